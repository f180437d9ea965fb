//! What temporal expressions look like: the patterns of `lexicons/timex_rules.tsv`, with the words of
//! `lexicons/timex_words.tsv` put in.

use std::collections::HashMap;
use std::sync::LazyLock;

use rapporteur_text::Span;
use regex::{Captures, Regex};

use crate::lexicon::rows;

/// One pattern and what kind of expression it finds.
struct Pattern {
    kind: &'static str,
    regex: Regex,
}

/// Words by class, lower case, with what they stand for.
pub(super) static WORDS: LazyLock<HashMap<(&'static str, String), &'static str>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for row in rows(include_str!("../../lexicons/timex_words.tsv")) {
        let [class, alternatives, value] = row[..] else { continue };
        for word in alternatives.split('|') {
            let word = word.to_lowercase().replace(r"\.?", "").replace("['’]", "'");
            words.insert((class, word), value);
        }
    }
    words
});

/// What a word of a class stands for; points, case and the form of the apostrophe do not matter.
pub(super) fn meaning(class: &'static str, word: &str) -> Option<&'static str> {
    let word = word.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    WORDS.get(&(class, word.trim_end_matches('.').to_string())).copied()
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let classes = classes();
    rows(include_str!("../../lexicons/timex_rules.tsv"))
        .filter_map(|row| {
            let [kind, template] = row[..] else { return None };
            let mut pattern = template.replace(' ', r"[ \u{a0}]+").replace("[ \\u{a0}]+?", r"[ \u{a0}]?");
            for (name, alternatives) in &classes {
                pattern = pattern.replace(&format!("{{{name}}}"), alternatives);
            }
            // word boundaries and digits of ASCII keep the search in the automaton beside curly quotes; `whole_words`
            // looks at the letters around once more
            let pattern = pattern.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]");
            Regex::new(&format!("(?i){pattern}")).ok().map(|regex| Pattern { kind, regex })
        })
        .collect()
});

/// Builds the patterns now.
pub(super) fn warm_up() {
    LazyLock::force(&PATTERNS);
}

/// Regular expressions of the word classes.
fn classes() -> Vec<(&'static str, String)> {
    let mut listed: HashMap<&str, Vec<String>> = HashMap::new();
    for row in rows(include_str!("../../lexicons/timex_words.tsv")) {
        if let [class, words, _] = row[..] {
            listed.entry(class).or_default().extend(words.split('|').map(|w| w.replace(' ', r"[ \u{a0}]+")));
        }
    }
    // longest first, since the first alternative that fits is taken
    let join = |class: &str| {
        let mut words = listed.get(class).cloned().unwrap_or_default();
        words.sort_by_key(|w| (std::cmp::Reverse(w.len()), w.clone()));
        words.join("|")
    };
    // names of months and days are written with a capital; "may" and "march" are verbs
    let months = join("month");
    let tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
    let ones = "one|two|three|four|five|six|seven|eight|nine";
    vec![
        ("month", format!(r"\b(?-i:{months})\b")),
        ("anymonth", format!(r"\b(?-i:{months}\b|(?:{})|(?:{})\b)", join("monthshort"), months.to_uppercase())),
        ("weekday", format!(r"\b(?-i:{})", join("weekday"))),
        ("season", format!(r"\b(?:{})\b", join("season"))),
        ("part", format!(r"\b(?:{})\b", join("part"))),
        ("units", format!(r"\b(?:{})s?\b", join("unit"))),
        ("unit", format!(r"\b(?:{})", join("unit"))),
        (
            "number",
            format!(r"\b(?:\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?|(?:{tens})[- ](?:{ones})\b|(?:{})\b)", join("number")),
        ),
        ("ordinal", format!(r"\b(?:{})", join("ordinal"))),
        ("holiday", format!(r"\b(?-i:{})\b", join("holiday"))),
        ("day", r"\b(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b".into()),
        ("day2", r"(?:3[01]|[12]\d|0?[1-9])".into()),
        ("year", r"\b(?:1\d{3}|20\d{2})".into()),
        (
            "mod",
            r"\b(?:early in|late in|early|late|mid-?|(?:the )?(?:very )?(?:end|beginning|start|middle|second half|first half|latter part|latter half|early part|close) of)"
                .replace(' ', r"[ \u{a0}]+"),
        ),
        (
            "approx",
            r"\b(?:just over|just under|only|about|around|nearly|almost|over|under|more than|less than|fewer than|at least|at most|close to|approximately|roughly|up to|some|another|barely|exactly|ca\.|circa)"
                .replace(' ', r"[ \u{a0}]+"),
        ),
    ]
}

/// A place that looks like a temporal expression.
pub(super) struct Found<'t> {
    pub(super) kind: &'static str,
    pub(super) span: Span,
    pub(super) groups: Captures<'t>,
    order: usize,
}

impl<'t> Found<'t> {
    /// The words of a group, "" if it is not there.
    pub(super) fn group(&self, name: &str) -> &'t str {
        self.groups.name(name).map_or("", |m| m.as_str())
    }
}

/// All places that look like temporal expressions, in text order, none overlapping another.
///
/// `allowed` has the last word on each before it may shut out shorter ones.
pub(super) fn find<'t>(text: &'t str, mut allowed: impl FnMut(&Found<'t>) -> bool) -> Vec<Found<'t>> {
    let mut all: Vec<Found<'t>> = Vec::new();
    for (order, pattern) in PATTERNS.iter().enumerate() {
        for groups in pattern.regex.captures_iter(text) {
            let Some(own) = groups.name("t").or_else(|| groups.get(0)) else { continue };
            if let Some(span) = Span::of(text, own.range()).map(|s| s.trim(text)).filter(|s| whole_words(text, *s)) {
                all.push(Found { kind: pattern.kind, span, groups, order });
            }
        }
    }
    all.sort_by_key(|f| (f.span.start(), std::cmp::Reverse(f.span.end()), f.order));
    let mut kept: Vec<Found<'t>> = Vec::new();
    for found in all {
        if kept.last().is_none_or(|k| k.span.end() <= found.span.start()) && allowed(&found) {
            kept.push(found);
        }
    }
    kept
}

/// Whether no word is cut at either end.
fn whole_words(text: &str, span: Span) -> bool {
    let before = text.get(..span.start()).and_then(|t| t.chars().next_back());
    let after = text.get(span.end()..).and_then(|t| t.chars().next());
    let words = span.slice(text);
    let joined = |a: Option<char>, b: Option<char>| matches!((a, b), (Some(a), Some(b)) if a.is_alphanumeric() && b.is_alphanumeric());
    !joined(before, words.chars().next()) && !joined(words.chars().next_back(), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_a_regular_expression() {
        let written = rows(include_str!("../../lexicons/timex_rules.tsv")).count();
        assert_eq!(PATTERNS.len(), written);
    }

    #[test]
    fn the_longer_expression_wins() {
        let text = "on Tuesday, January 28, 2026, and in May";
        let found: Vec<_> = find(text, |_| true).into_iter().map(|f| (f.kind, f.span.slice(text))).collect();
        assert_eq!(found, [("full", "Tuesday, January 28, 2026"), ("month", "May")]);
    }
}
