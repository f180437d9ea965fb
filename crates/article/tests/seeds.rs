//! The five real captures, where they are at hand: counts, dates and digests, none of their sentences.
#![allow(clippy::disallowed_methods, clippy::print_stderr)] // tests open files and say what they skip

use std::path::Path;

use rapporteur_article::{Article, Config, extract};
use rapporteur_capture::{Config as Reading, Source, read};
use rapporteur_text::Digest;

fn articles() -> Option<Vec<Article>> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|a| a.join("shared/seeds"));
    let Some(folder) = above.into_iter().find(|p| p.is_dir()) else {
        eprintln!("skipped: ../shared is absent");
        return None;
    };
    let reading = Reading::captured_at("2026-02-28".parse().ok());
    Some(read(&[Source::Path(folder)], &reading).map(|c| extract(&c.unwrap(), &Config::default())).collect())
}

#[test]
fn dates_agencies_and_authors_of_the_seeds() {
    let Some(articles) = articles() else { return };
    let dates: Vec<String> =
        articles.iter().map(|a| a.published.map(|m| m.date.to_string()).unwrap_or_default()).collect();
    assert_eq!(dates, ["2026-01-28", "2025-12-29", "2025-11-30", "", "2025-12-16"]);
    let agencies: Vec<&str> = articles.iter().map(|a| a.agency.as_str()).collect();
    assert_eq!(agencies, ["Reuters", "", "", "", "MENAFN"]);
    let authors: Vec<usize> = articles.iter().map(|a| a.authors.len()).collect();
    assert_eq!(authors, [4, 2, 0, 1, 0]);
    let titles: Vec<usize> = articles.iter().map(|a| a.title.chars().count()).collect();
    assert_eq!(titles, TITLES);
}

#[test]
fn body_lines_of_the_seeds_are_kept_and_furniture_is_gone() {
    let Some(articles) = articles() else { return };
    let lines: Vec<usize> = articles.iter().map(|a| a.text.lines().count()).collect();
    // Body lines (8, 22, 22, 9, 6) and the headings and the standfirst among them.
    assert_eq!(lines, [10, 23, 22, 11, 6]);
    let digests: Vec<String> =
        articles.iter().map(|a| Digest::of(a.text.as_bytes()).as_str()[..16].to_string()).collect();
    assert_eq!(digests, TEXTS);
}

/// Characters of each title.
const TITLES: [usize; 5] = [96, 0, 59, 93, 65];
/// The first 16 digits of the BLAKE3 digest of each text.
const TEXTS: [&str; 5] =
    ["54a6e75368ca2299", "b7097c1c9a427d54", "fc309c0a2c7a5a94", "4ad111e5ac609cf6", "a8156a0633ce13dd"];
