//! Prints the article of each capture as a JSON line: `cargo run --example dump -- PATH...`
//!
//! A small part of `rapporteur export`, for looking at this crate alone.
#![allow(clippy::print_stdout, clippy::print_stderr)] // an example program talks to its user

use rapporteur_article::{Config, extract};
use rapporteur_capture::{Config as Reading, Source, read};
use serde_json::json;

fn main() {
    let paths: Vec<Source> = std::env::args().skip(1).map(|p| Source::from(p.as_str())).collect();
    for outcome in read(&paths, &Reading::default()) {
        let capture = match outcome {
            Ok(capture) => capture,
            Err(refusal) => {
                eprintln!("{refusal}");
                continue;
            }
        };
        let article = extract(&capture, &Config::default());
        let dateline = article.dateline.as_ref().map(|d| json!({"place": d.place, "date": d.date}));
        let notes: Vec<_> = article.notes.iter().map(|n| format!("{}: {}", n.code, n.message)).collect();
        let mapped: usize = article.origin_map.iter().map(|(s, _)| s.len()).sum();
        println!(
            "{}",
            json!({
                "kind": "article", "id": article.id.as_str(), "source_id": article.source_id, "path": capture.path,
                "url": article.sources[0].url, "outlet": article.outlet, "title": article.title,
                "authors": article.authors, "agency": article.agency, "dateline": dateline,
                "published": article.published, "published_basis": article.published_basis.as_str(),
                "updated": article.updated, "language": article.language, "text": article.text,
                "removed": article.removed, "mapped": mapped, "notes": notes,
            })
        );
    }
}
