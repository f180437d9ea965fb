//! The outlet's name from the masthead and foot of a plain text.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::furniture::plain;
use crate::plain::{Line, Look};

static WORDS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| crate::lexicon::words(include_str!("../../lexicons/outlet-words.tsv")).collect());

/// The outlet named by the first lines, "" where they name none for sure: the name must hold a word that papers bear
/// (Times, News, Gazette), or come again further down.
pub(crate) fn of_lines(lines: &[Line]) -> String {
    for (at, line) in lines.iter().take(2).enumerate() {
        if matches!(line.look, Look::Core | Look::Short) || line.text.len() > 160 || line.text.starts_with('<') {
            continue;
        }
        for part in parts(line.text) {
            let count = part.split_whitespace().count();
            let bears = part.split_whitespace().any(|w| WORDS.contains(plain(w).as_str()));
            let again = || lines.iter().skip(at + 1).filter(|l| l.look != Look::Core).any(|l| l.text.contains(part));
            let name = (1..=6).contains(&count) && part.starts_with(char::is_uppercase) && !has_lower_start(part);
            if name && (bears || (count >= 2 && again())) && !crate::furniture::is_date_like(part) {
                return part.to_string();
            }
        }
    }
    String::new()
}

/// Parts of a masthead, the longest full name before its abbreviation: `NAP | North Atlantic Press`.
fn parts(line: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = vec![line];
    for separator in ["|", " — ", " – ", "::", "  ", "*", " · ", " - ", "("] {
        parts = parts.into_iter().flat_map(|p| p.split(separator)).collect();
    }
    let mut parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect();
    // A full name beside its letters is the better one; in a row of more parts the first is the name.
    if parts.len() == 2
        && parts[0].len() < parts[1].len()
        && parts[0].chars().all(|c| c.is_uppercase())
        && parts[0].len() <= 6
    {
        parts.swap(0, 1);
    }
    parts.truncate(1);
    // A station's frequency (`96.3`) is no part of its name.
    parts
        .into_iter()
        .map(|p| {
            p.rsplit_once(' ')
                .filter(|(_, last)| last.contains('.') && last.parse::<f32>().is_ok())
                .map_or(p, |(name, _)| name)
        })
        .collect()
}

fn has_lower_start(part: &str) -> bool {
    let small = ["of", "the", "and", "de", "for", "in", "on"];
    part.split_whitespace().any(|w| w.starts_with(char::is_lowercase) && !small.contains(&w))
}
