//! What each stage of reading costs, one thread.
//!
//! `cargo run --release -p rapporteur --example stages -- FOLDER...` reads captures one after the other and prints seconds for
//! clean text, parse, reading, and for discovery with the ledger.
#![allow(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::time::{Duration, Instant};

use rapporteur::article::Article;
use rapporteur::{Options, Talks};
use rapporteur_capture::{Source, list, open};
use rapporteur_reading::Reading;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    let sources: Vec<Source> = named.iter().map(|n| Source::from(n.as_str())).collect();
    let pipeline = rapporteur::model::load(&Default::default(), &mut |_| ())?;
    rapporteur_reading::warm_up();
    let config = rapporteur_capture::Config::captured_at(None);
    let captures: Vec<_> = list(&sources).into_iter().flatten().flat_map(|f| open(&f, &config)).flatten().collect();
    let mut spent = [Duration::ZERO; 3];
    let mut words = 0;
    let mut timed = |n: usize, start: Instant| spent[n] += start.elapsed();
    for capture in &captures {
        let start = Instant::now();
        let article: Article = rapporteur_article::extract(capture, &Default::default());
        timed(0, start);
        let start = Instant::now();
        let parse = pipeline.parse_paragraphs(&article.text);
        timed(1, start);
        let start = Instant::now();
        let reading: Reading = rapporteur_reading::read(&article, &parse);
        timed(2, start);
        words += article.text.split_whitespace().count();
        std::hint::black_box(reading);
    }
    let start = Instant::now();
    std::hint::black_box(Talks::from_captures(&captures, &pipeline, &Options::default()));
    println!("{} captures, {words} words", captures.len());
    for (name, time) in ["clean text", "parse", "reading"].iter().zip(spent) {
        println!("{name:<12}{:.3} s", time.as_secs_f64());
    }
    println!(
        "{:<12}{:.3} s wall, all of it again on all threads, with discovery and ledger",
        "whole",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
