//! Whatever the words and whatever the tree: reading, discovery, ledger and report end without a panic.

mod fuzzed;
#[path = "../../syntax/tests/tiny/mod.rs"]
mod tiny;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use rapporteur::article::{Config, extract};
use rapporteur::capture::{Config as Reading, Source, read};

/// Texts of some articles of the examples.
static EXAMPLES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/river-accord/articles");
    let captures = read(&[Source::from(folder)], &Reading::default()).step_by(4);
    captures.map(|capture| extract(&capture.unwrap(), &Config::default()).text).collect()
});

#[test]
fn the_rules_meet_the_trees_that_mean_nothing() {
    let kinds: BTreeSet<&str> = EXAMPLES.iter().flat_map(|text| fuzzed::any_article(text, "2025-03-04")).collect();
    // If hardly a rule found anything, the tests below would try nothing.
    assert!(kinds.len() >= 10, "only {kinds:?}");
}

/// Words that rules look for, and what stands around them.
const WORDS: &[&str] = &[
    // ends in a letter of several bytes before "ed"; words of the frames
    "倀ed",
    "éed",
    "ﬁned",
    "go",
    "as",
    "far",
    "further",
    "than",
    "no",
    "would",
    "let",
    "only",
    "without",
    "point",
    "set",
    "its",
    "heart",
    "on",
    "table",
    "stop",
    "at",
    "too",
    "few",
    "considers",
    "strikes",
    "her",
    "likewise",
    "so",
    "did",
    "neither",
    "nor",
    "said",
    "says",
    "told",
    "refused",
    "agreed",
    "accused",
    "denied",
    "offered",
    "demanded",
    "rejected",
    "warned",
    "would",
    "will",
    "not",
    "never",
    "to",
    "that",
    "if",
    "unless",
    "until",
    "after",
    "before",
    "only",
    "the",
    "a",
    "his",
    "her",
    "he",
    "she",
    "they",
    "it",
    "who",
    "which",
    "and",
    "or",
    "but",
    "of",
    "in",
    "on",
    "at",
    "by",
    "for",
    "with",
    "according",
    "from",
    "between",
    "Ada",
    "Brok",
    "Mr.",
    "Ms.",
    "President",
    "minister",
    "spokesman",
    "Union",
    "owners",
    "Tarvenia",
    "Orlusk",
    "Kyiv",
    "Washington",
    "Reuters",
    "talks",
    "meeting",
    "summit",
    "deal",
    "proposal",
    "plan",
    "ceasefire",
    "pay",
    "tariff",
    "border",
    "deadline",
    "vote",
    "strike",
    "attack",
    "killed",
    "Monday",
    "Tuesday",
    "yesterday",
    "tomorrow",
    "today",
    "next",
    "last",
    "week",
    "month",
    "year",
    "March",
    "May",
    "3",
    "31",
    "29",
    "February",
    "2025",
    "1999",
    "0",
    "99999",
    "2025-02-30",
    "12.5",
    "1,000",
    "3/4",
    "13:61",
    "24:00",
    "percent",
    "%",
    "million",
    "billion",
    "$",
    "€",
    "crowns",
    "dozen",
    "twenty-one",
    "hundred",
    "half",
    "quarter",
    "first",
    "third",
    "30-day",
    "nineties",
    "1990s",
    "mid-",
    "early",
    "fortnight",
    "Feb.",
    "noon",
];

fn word() -> impl Strategy<Value = String> {
    let marks = [
        ",",
        ".",
        ";",
        ":",
        "?",
        "!",
        "\"",
        "\u{201c}",
        "\u{201d}",
        "'",
        "\u{2019}s",
        "(",
        ")",
        "\u{2014}",
        "-",
        "…",
        "\n",
        "\n\n",
        "é",
        "日本",
        "\u{301}",
        "\u{200b}",
        "İ",
        "ß",
        "ﬁ",
        "½",
        "٣",
        "²",
    ];
    prop_oneof![
        12 => prop::sample::select(WORDS.to_vec()).prop_map(|word| format!(" {word}")),
        4 => prop::sample::select(marks.to_vec()).prop_map(str::to_string),
        1 => "[0-9]{1,20}([.,:/-][0-9]{1,6}){0,3}",
        1 => "\\PC{0,6}",
    ]
}

fn day() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["2025-03-04", "2024-02-29", "-009999-01-01", "0001-01-01", "9999-12-31", "none"])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn any_words_in_any_tree(words in proptest::collection::vec(word(), 0..120), day in day()) {
        fuzzed::any_article(&words.concat(), day);
    }

    #[test]
    fn the_examples_with_words_lost_and_moved(
        text in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), word(), any::<bool>()), 1..30),
        from in any::<prop::sample::Index>(),
        day in day(),
    ) {
        let mut words: Vec<String> = text.get(&EXAMPLES).split_inclusive([' ', '\n']).map(str::to_string).collect();
        let from = from.index(words.len());
        words.rotate_left(from);
        words.truncate(150);
        for (at, word, is_lost) in changes {
            let at = at.index(words.len());
            words[at] = if is_lost { String::new() } else { word };
        }
        fuzzed::any_article(&words.concat(), day);
    }

    #[test]
    fn any_characters_in_any_tree(text in any::<String>(), day in day()) {
        fuzzed::any_article(&text, day);
    }

    #[test]
    fn dates_and_numbers_of_all_kinds(
        text in "(((in|by|on|since|until|from|before|within|some|about|up to) )?([0-9]{1,12}|[A-Z][a-z]{2}\\.?|January|Friday|Monday|spring|weeks?|days?|years?|hours?|months?|ago|earlier|later|next|last|this|of|to|the|percent|million|trillion|a|half|two|ninety|hundred|thousand|dozen|[0-9]{1,4}[-/.:][0-9]{1,4}([-/.:][0-9]{1,4})?|[0-9]{1,3}(,[0-9]{3}){1,7}|[.,-])[ ,.-]?){1,40}",
        day in day(),
    ) {
        fuzzed::any_article(&text, day);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn any_words_in_the_trees_of_the_real_model(words in proptest::collection::vec(word(), 0..80), day in day()) {
        fuzzed::any_parse(&words.concat(), day, &rapporteur::model::for_tests());
    }
}
