//! Every folder in `tests/fixtures` is a page, the text it holds and the fields it states; see the `NOTE.md` in each.
#![allow(clippy::disallowed_methods)] // tests open their own fixtures

use std::fs;
use std::path::Path;

use rapporteur_article::{Config, decode, extract};
use rapporteur_capture::{Config as Reading, Source, read};
use serde_json::Value;

fn check(folder: &Path) {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let source = ["source.html", "source.txt"].iter().map(|s| folder.join(s)).find(|p| p.exists()).unwrap();
    let at = "2026-01-31".parse().ok();
    let captures: Vec<_> = read(&[Source::Path(source)], &Reading::captured_at(at)).map(Result::unwrap).collect();
    let article = extract(&captures[0], &Config::default());
    let expected = fs::read_to_string(folder.join("expected.txt")).unwrap();
    assert_eq!(article.text, expected.trim_end(), "text of {name}");
    let fields: Value = serde_json::from_str(&fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    let authors = serde_json::to_value(&article.authors).unwrap();
    let moment = |m: Option<rapporteur_text::Moment>| m.map(|m| m.to_string()).unwrap_or_default();
    for (key, value) in fields.as_object().unwrap() {
        let found: Value = match key.as_str() {
            "title" => article.title.clone().into(),
            "authors" => authors.clone(),
            "agency" => article.agency.clone().into(),
            "outlet" => article.outlet.clone().into(),
            "published" => moment(article.published).into(),
            "basis" => article.published_basis.as_str().into(),
            "updated" => moment(article.updated).into(),
            "language" => article.language.clone().into(),
            "url" => article.sources[0].url.clone().into(),
            "place" => article.dateline.clone().map(|d| d.place).unwrap_or_default().into(),
            other => panic!("{name}: unknown key {other}"),
        };
        assert_eq!(&found, value, "{key} of {name}");
    }
    let source = decode(&captures[0].bytes).text;
    let mapped: usize = article.origin_map.iter().map(|(span, _)| span.len()).sum();
    assert!(mapped * 10 >= article.text.len() * 9, "{name}: only {mapped} of {} bytes mapped", article.text.len());
    for (span, origin) in &article.origin_map {
        assert_eq!(source.get(*origin..origin + span.len()), Some(span.slice(&article.text)), "origin in {name}");
    }
}

#[test]
fn every_fixture_is_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut folders: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    folders.iter().for_each(|f| check(f));
}
