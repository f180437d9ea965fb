//! How many articles a CPU second the index of origins takes in, and what it keeps of each.
//!
//! `cargo run --release -p rapporteur-ledger --example origins -- COUNT [FILE]`; the texts go to FILE, one JSON string a
//! line, for `tools/bench/origins_peer.py` to be run on them.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example touches the world")]

use std::fs;
use std::io::{BufWriter, Write};
use std::time::Instant;

use rapporteur_ledger::OriginIndex;

#[path = "../benches/corpus/mod.rs"]
mod corpus;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let count: usize = words.next().unwrap_or_else(|| "10000".into()).parse()?;
    let articles = corpus::articles(count);
    if let Some(path) = words.next() {
        let mut file = BufWriter::new(fs::File::create(path)?);
        for article in &articles {
            writeln!(file, "{}", serde_json::to_string(&article.text)?)?;
        }
        file.flush()?;
    }
    let letters: usize = articles.iter().map(|a| a.text.len()).sum();
    let before = resident()?;
    let begun = Instant::now();
    let mut index = OriginIndex::new();
    articles.iter().for_each(|a| drop(index.add(a)));
    let took = begun.elapsed().as_secs_f64();
    let kept = resident()?.saturating_sub(before);
    let origins = index.into_origins().count();
    println!(
        "{count} articles of {} bytes, {origins} origins: {took:.1} s, {:.0} a second, {:.1} kB kept of each",
        letters / count.max(1),
        count as f64 / took,
        kept as f64 / count.max(1) as f64
    );
    Ok(())
}

/// Resident memory of this process in kB (Linux).
fn resident() -> Result<u64, Box<dyn std::error::Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).ok_or("no VmRSS in the status of this process")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
