//! Containers, clean text and other languages: what the capture says beside its words.
#![allow(clippy::disallowed_methods)] // tests lay out the files that `capture` reads

use rapporteur_article::{Article, Config, PublishedBasis, extract, merge_same};
use rapporteur_capture::{Capture, Config as Reading, Source, read};

const BODY: &str = "Envoys of both sides met on Monday for a third day of talks in the old town hall, officials said.";

fn articles(name: &str, content: &str, config: &Config) -> Vec<Article> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let reading = Reading::captured_at("2026-01-31".parse().ok());
    read(&[Source::Path(path)], &reading).map(|c| extract(&c.unwrap(), config)).collect()
}

#[test]
fn what_the_container_says_goes_first() {
    let line = format!(
        "{{\"id\": \"k7\", \"url\": \"https://x.example/7\", \"outlet\": \"Herald\", \"title\": \"Talks\", \
         \"published\": \"2025-03-04\", \"language\": \"en-GB\", \"text\": \"Other title line here\\n{BODY}\\nShare this article\"}}\n"
    );
    let article = articles("one.jsonl", &line, &Config::default()).remove(0);
    assert_eq!(
        (article.source_id.as_str(), article.title.as_str(), article.outlet.as_str()),
        ("k7", "Talks", "Herald")
    );
    assert_eq!(article.published.map(|m| m.to_string()).as_deref(), Some("2025-03-04"));
    assert_eq!(article.published_basis, PublishedBasis::Input);
    assert_eq!((article.sources[0].url.as_str(), article.language.as_str()), ("https://x.example/7", "en-GB"));
    assert_eq!(article.text, BODY);
    assert!(article.id.as_str().ends_with("-1"));
}

#[test]
fn clean_text_is_taken_as_it_is() {
    let text = format!("Share this article\n\n  {BODY}\r\nBy Ann Lee\n");
    let article = articles("clean.txt", &text, &Config::verbatim()).remove(0);
    assert_eq!(article.text, text);
    assert_eq!((article.removed, article.authors.len(), article.published), (0, 0, None));
}

#[test]
fn other_languages_are_kept_with_a_note() {
    let german = "Die Unterhändler beider Seiten trafen sich am Montag zum dritten Mal im alten Rathaus, um über den Haushalt zu reden.\n\
                  Der Minister sagte, man sei noch weit voneinander entfernt, aber man werde in der nächsten Woche weiter verhandeln.";
    let article = articles("de.txt", german, &Config::default()).remove(0);
    assert_eq!((article.text.as_str(), article.language.as_str()), (german, "de"));
    assert!(article.notes.iter().any(|n| n.code == "not-english" && n.message.contains("`de`")));
}

#[test]
fn an_empty_page_gives_an_article_with_notes() {
    let article =
        extract(&Capture::from_bytes("<!doctype html><html><body><nav>Home</nav></body></html>"), &Config::default());
    let codes: Vec<&str> = article.notes.iter().map(|n| n.code).collect();
    assert_eq!((article.text.as_str(), codes), ("", vec!["no-text", "no-date"]));
}

#[test]
fn the_same_bytes_at_two_paths_are_one_article() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt"] {
        std::fs::write(folder.path().join(name), BODY).unwrap();
    }
    let all = read(&[Source::Path(folder.path().into())], &Reading::default());
    let merged = merge_same(all.map(|c| extract(&c.unwrap(), &Config::default())).collect());
    assert_eq!((merged.len(), merged[0].sources.len()), (1, 2));
}
