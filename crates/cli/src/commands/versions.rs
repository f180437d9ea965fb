//! The versions of a page, for `show`: which there are, and what changed from each to the next.

use rapporteur::folder::{PageShown, SentenceChange, VersionShown, Word};
use serde_json::{Value, json};

use crate::text;

/// The versions, each in a line; nothing where no page has any.
pub(super) fn listed(pages: &[PageShown], width: usize) -> String {
    let mut out = String::new();
    for page in pages {
        out += "\nVERSIONS OF ITS PAGE\n";
        for (n, version) in page.versions.iter().enumerate() {
            out += &text::wrapped(&line(n, version), width, "  ", "      ");
        }
    }
    out
}

/// The versions with what changed in each.
pub(super) fn printed(pages: &[PageShown], width: usize, is_coloured: bool) -> String {
    let mut out = String::new();
    for page in pages {
        out += &text::wrapped(&page.address, width, "", "    ");
        for (n, version) in page.versions.iter().enumerate() {
            out += "\n";
            out += &text::wrapped(&line(n, version), width, "", "    ");
            for change in &version.changes {
                let (sign, words) = match change {
                    SentenceChange::Same(_) => continue,
                    SentenceChange::Went(words) => ("- ", words.clone()),
                    SentenceChange::Came(words) => ("+ ", words.clone()),
                    SentenceChange::Reworded { words, .. } => ("~ ", reworded(words, is_coloured)),
                };
                out += &text::wrapped(&words, width, &format!("  {sign}"), "    ");
            }
        }
    }
    if pages.is_empty() {
        out += "no other version of its page is known\n";
    }
    out
}

/// "1 a-0123 Courier, 2025-03-04, one, seen 2025-03-04 to 2025-03-05: 1 sentence went, 2 came".
fn line(n: usize, version: &VersionShown) -> String {
    let [first, last] = version.seen.map(|at| at.date.to_string());
    let seen = if first == last { first } else { format!("{first} to {last}") };
    let (went, came) = version.counts();
    let changed = match (n, went + came) {
        (0, _) => String::new(),
        (_, 0) => ": no sentence changed".to_string(),
        _ => format!(": {}", super::add::sentences(went, came)),
    };
    format!("{} {} {}, seen {seen}{changed}", n + 1, version.article, version.source)
}

/// A sentence with the words that went and came in it: "refused on [-Tuesday-] {+Monday+}", as `wdiff` writes it.
fn reworded(words: &[(Word, String)], is_coloured: bool) -> String {
    let one = |(word, stretch): &(Word, String)| match (word, is_coloured) {
        (Word::Same, _) => stretch.clone(),
        (Word::Went, false) => format!("[-{stretch}-]"),
        (Word::Came, false) => format!("{{+{stretch}+}}"),
        (Word::Went, true) => coloured(stretch, "9;31"),
        (Word::Came, true) => coloured(stretch, "32"),
    };
    words.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Each word by itself, so that a line may be broken between any two.
fn coloured(words: &str, code: &str) -> String {
    words.split(' ').map(|w| format!("\u{1b}[{code}m{w}\u{1b}[0m")).collect::<Vec<_>>().join(" ")
}

/// As data; `is_whole`: with what became of each sentence, and not only of those that changed.
pub(crate) fn json(pages: &[PageShown], is_whole: bool) -> Value {
    let change = |c: &SentenceChange| match c {
        SentenceChange::Same(words) => json!({"change": "same", "went": words, "came": words, "words": []}),
        SentenceChange::Went(words) => json!({"change": "went", "went": words, "came": "", "words": []}),
        SentenceChange::Came(words) => json!({"change": "came", "went": "", "came": words, "words": []}),
        SentenceChange::Reworded { went, came, words } => {
            let words: Vec<Value> = words.iter().map(|(w, s)| json!({"change": named(*w), "text": s})).collect();
            json!({"change": "reworded", "went": went, "came": came, "words": words})
        }
    };
    let version = |v: &VersionShown| {
        let (went, came) = v.counts();
        let told = v.changes.iter().filter(|c| is_whole || !matches!(c, SentenceChange::Same(_)));
        json!({
            "article": v.article, "source": v.source, "title": v.title, "first_seen": v.seen[0], "last_seen": v.seen[1],
            "went": went, "came": came, "changes": told.map(change).collect::<Value>(),
        })
    };
    let page =
        |p: &PageShown| json!({"address": p.address, "versions": p.versions.iter().map(version).collect::<Value>()});
    pages.iter().map(page).collect()
}

fn named(word: Word) -> &'static str {
    match word {
        Word::Same => "same",
        Word::Went => "went",
        Word::Came => "came",
    }
}
