//! What holds for every brief, whatever was read: sources, sentences, widths, formats, days. Nothing here knows what
//! the examples say.

use std::collections::BTreeMap;

use rapporteur::report::brief::{Brief, Options};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::{of_kind, records, talks};

/// What this writes of the brief of everything; as the command, it leaves out what is less sure than a half.
fn written(most: usize, write: impl Fn(&Brief<'_>) -> String) -> String {
    let mut options = Options::default();
    options.most = most;
    options.filter.min_confidence = 0.5;
    write(&Brief::of(&talks().view(), &options))
}

/// Words on one line.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as they were before Markdown's marks were taken from them.
fn unescaped(words: &str) -> String {
    let mut out = String::new();
    let mut chars = words.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out
}

/// Texts of the articles by the name of their file, on one line each.
fn texts() -> BTreeMap<String, String> {
    let file = |a: &Value| a["path"].as_str().unwrap().rsplit('/').next().unwrap().to_string();
    of_kind("article").map(|a| (file(a), joined(a["text"].as_str().unwrap()))).collect()
}

/// A line of the brief in Markdown, with the sentences below it and their sources.
struct Item {
    section: String,
    says: String,
    shown: Vec<(String, String)>,
}

fn items(markdown: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut section = String::new();
    for line in markdown.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.to_string();
        } else if let Some(says) = line.strip_prefix("- ") {
            items.push(Item { section: section.clone(), says: unescaped(says), shown: Vec::new() });
        } else if let Some(shown) = line.strip_prefix("  > ") {
            let (sentence, source) = shown.rsplit_once(" *[").expect("a sentence has its source");
            let source = source.strip_suffix("]*").expect("a source ends its line");
            items.last_mut().unwrap().shown.push((unescaped(sentence), unescaped(source)));
        }
    }
    items.retain(|item| !item.says.starts_with("and ") || !item.says.contains(" more: "));
    items
}

#[test]
fn every_item_carries_a_sentence_of_the_article_it_names() {
    let texts = texts();
    for most in [3, 200] {
        let items = items(&written(most, |brief| brief.markdown()));
        let plain = joined(&written(most, |brief| brief.text(100, false)));
        assert!(items.len() > 20, "only {} items", items.len());
        for item in items.iter().filter(|item| item.section != "Notes") {
            assert!(!item.shown.is_empty(), "no source: {}", item.says);
            for (sentence, source) in &item.shown {
                let file = source.rsplit(", ").next().unwrap();
                let text = texts.get(file).unwrap_or_else(|| panic!("there is no file `{file}`"));
                // A shift shows the sentence before it too, and says that it is.
                let words = sentence.strip_prefix("before: ").unwrap_or(sentence);
                let words = words.strip_suffix('…').unwrap_or(words);
                assert!(words.chars().count() >= 10 && text.contains(words), "`{words}` is not in {file}");
                assert!(plain.contains(&format!("{sentence} [{source}]")), "the text brief lacks `{sentence}`");
            }
        }
    }
}

#[test]
fn lines_keep_to_the_width_and_have_no_colour() {
    for width in [48, 80, 120] {
        let text = written(100, |brief| brief.text(width, false));
        assert!(!text.contains('\u{1b}'), "colour where no terminal is");
        for line in text.lines() {
            let is_one_word = !line.trim().contains(' ');
            assert!(line.width() <= width || is_one_word, "{} columns of {width}: {line}", line.width());
            assert_eq!(line.trim_end(), line, "blanks at the end of a line");
        }
        assert!(text.lines().any(|line| line.width() > width - 12), "the width is not used");
    }
}

#[test]
fn markdown_has_one_title_and_a_heading_for_each_section() {
    let markdown = written(8, |brief| brief.markdown());
    let text = written(8, |brief| brief.text(100, false));
    assert_eq!(markdown.lines().filter(|line| line.starts_with("# ")).count(), 1);
    assert!(markdown.starts_with("# Talks"), "{}", &markdown[..80]);
    let sections: Vec<String> =
        markdown.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_uppercase).collect();
    let of_text: Vec<&str> = text
        .lines()
        .filter(|line| !line.is_empty() && *line == line.to_uppercase() && !line.starts_with(' '))
        .collect();
    assert!(sections.len() > 5, "{sections:?}");
    assert_eq!(sections, of_text);
    assert!(markdown.contains("\n### "), "issues have no headings");
}

const KEYS: [&str; 15] = [
    "run",
    "as_of",
    "articles",
    "origins",
    "parties",
    "sticking_points",
    "issues",
    "shifts",
    "proposals",
    "meetings",
    "deadlines",
    "deadlocks",
    "disputes",
    "notes",
    "sources",
];

#[test]
fn json_is_built_of_the_records_of_the_export() {
    let found: Value = serde_json::from_str(&written(8, |brief| brief.json())).unwrap();
    let keys: Vec<&str> = found.as_object().unwrap().keys().map(String::as_str).collect();
    // The contract's keys in its order; `proposals`, `deadlines` and `sources` were added.
    assert_eq!(keys, KEYS);
    let known: BTreeMap<(&str, &str), &Value> =
        records().iter().map(|r| ((r["kind"].as_str().unwrap(), r["id"].as_str().unwrap()), r)).collect();
    let same = |record: &Value| {
        let id = (record["kind"].as_str().unwrap(), record["id"].as_str().unwrap());
        assert_eq!(Some(&record), known.get(&id), "{id:?} differs from the export");
    };
    let list = |value: &Value, key: &str| value[key].as_array().unwrap_or_else(|| panic!("`{key}` is no list")).clone();
    for key in ["parties", "shifts", "proposals", "meetings", "deadlines", "deadlocks", "disputes", "notes"] {
        list(&found, key).iter().for_each(same);
    }
    same(&found["run"]);
    assert!(!list(&found, "issues").is_empty());
    for issue in list(&found, "issues") {
        let keys: Vec<&str> = issue.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["issue", "positions", "status", "conditions", "disputes"]);
        same(&issue["issue"]);
        for (key, field) in [("positions", "issue"), ("status", "issue")] {
            for record in list(&issue, key) {
                same(&record);
                assert_eq!(record[field]["id"], issue["issue"]["id"]);
            }
        }
        ["conditions", "disputes"].iter().for_each(|key| list(&issue, key).iter().for_each(same));
    }
    for point in list(&found, "sticking_points") {
        let keys: Vec<&str> = point.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["issue", "from", "to", "measure"]);
    }
    assert_eq!(found["articles"].as_u64(), Some(of_kind("article").count() as u64));
    assert_eq!(list(&found, "sources").len(), of_kind("article").count());
}
