//! Words per CPU second of one thread, and peak memory.
//!
//! `cargo run -p rapporteur-syntax --example throughput -- FOLDER FILE [TIMES]`: the folder holds `config.cfg`; each line of
//! the file is a paragraph. `tools/bench/spacy_peer.py` measures spaCy on the same input.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example touches the world")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use rapporteur_syntax::{Package, Pipeline};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file, rest @ ..] = args.as_slice() else { return Err("usage: throughput FOLDER FILE [TIMES]".into()) };
    let times: usize = rest.first().map_or(Ok(1), |n| n.parse())?;
    let text = std::fs::read_to_string(file)?;
    let (wall, cpu) = (Instant::now(), cpu_seconds());
    let mut package = Package::new();
    for name in Package::REQUIRED.iter().chain(Package::VECTORS) {
        if let Ok(bytes) = std::fs::read(Path::new(folder).join(name)) {
            package.insert(*name, bytes);
        }
    }
    println!("read     {:.3} s wall, {:.3} s CPU", wall.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let pipeline = Pipeline::load(&package)?;
    drop(package);
    println!("loaded   {:.3} s wall, {:.3} s CPU", wall.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let words = text.split_whitespace().count();
    for _ in 0..times {
        let (wall, cpu) = (Instant::now(), cpu_seconds());
        let tokens = pipeline.parse_paragraphs(&text).len();
        let (wall, cpu) = (wall.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        let rate = words as f64 / cpu;
        println!("{words} words, {tokens} tokens: {wall:.3} s wall, {cpu:.3} s CPU, {rate:.0} words per CPU second");
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS")) {
        println!("{line}");
    }
    Ok(())
}

/// Time all threads of this process ran, from Linux's `/proc` (clock ticks of a hundredth of a second).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    fields.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / 100.0
}
