//! Runs the examples of the frame lexicons: every entry has sentences in which it must be found and one in which it must
//! not.
//!
//! A frame lexicon (`lexicons/acts.tsv`, ...) says in which complements a word has the sense of its entry; the file of the same
//! name in `lexicons/examples` shows it. Its columns: word, frame, a sentence, what is found in it by this word, and a sentence
//! with the same word that has another sense or none of its frames, in which the lexicon may find nothing by it. Every
//! frame of an entry has a row of its own, every entry at least one of the second sentences.
//!
//! `FRAMES=acts` limits the run to one lexicon. `BLESS=1` writes what is found where that column is still empty; read it
//! before you keep it.
#![allow(clippy::disallowed_methods, reason = "tests read their own documents")]

mod frames {
    pub(crate) mod found;
    pub(crate) mod lexicons;
}

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use frames::found::Reader;
use frames::lexicons::{Entry, LEXICONS, Lexicon};
use rayon::prelude::*;

/// A row of an example file.
struct Example {
    line: usize,
    word: String,
    frame: String,
    positive: String,
    found: String,
    negative: String,
}

/// What a row comes to: what is written in its empty column, and what is wrong.
struct Outcome {
    blessed: Option<String>,
    wrong: Vec<String>,
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lexicons/examples").join(format!("{name}.tsv"))
}

fn examples(text: &str) -> Vec<Example> {
    let rows = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    rows.map(|(n, l)| {
        let mut columns = l.split('\t').map(|c| c.trim().to_string());
        let mut next = || columns.next().unwrap_or_default();
        Example { line: n + 1, word: next(), frame: next(), positive: next(), found: next(), negative: next() }
    })
    .collect()
}

/// The rows with those whose word is `*` written out for each entry of their frame that has no sentence of its own: `{}` is
/// the word, with an article where the frame is of a count noun.
fn expanded(rows: Vec<Example>, entries: &[Entry]) -> Vec<Example> {
    let fits = |x: &Example| x.word == "*" && entries.iter().any(|e| e.frame == x.frame);
    let (templates, mut rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(fits);
    let own = |e: &Entry, of: fn(&Example) -> &String| rows.iter().any(|x| x.word == e.word && !of(x).is_empty());
    let mut written = Vec::new();
    for t in &templates {
        for e in entries.iter().filter(|e| e.frame == t.frame) {
            let fill = |sentence: &str, own: bool| match own {
                true => String::new(),
                false => sentence.replace("{}", &with_article(&e.word, &e.frame)),
            };
            let positive = fill(&t.positive, own(e, |x| &x.positive));
            let negative = fill(&t.negative, own(e, |x| &x.negative));
            written.push(Example {
                line: t.line,
                word: e.word.clone(),
                frame: t.frame.clone(),
                positive,
                found: t.found.clone(),
                negative,
            });
        }
    }
    rows.extend(written);
    rows
}

fn with_article(word: &str, frame: &str) -> String {
    let vowel =
        word.starts_with(['a', 'e', 'i', 'o', 'u']) && !["uni", "one", "use"].iter().any(|p| word.starts_with(p));
    match frame.ends_with(" count") {
        true => format!("{} {word}", if vowel { "an" } else { "a" }),
        false => word.to_string(),
    }
}

/// Entries without their sentences, and sentences without an entry.
fn covered(lexicon: &Lexicon, entries: &[Entry], examples: &[Example]) -> Vec<String> {
    let mut wrong = Vec::new();
    let keys: HashMap<_, _> = entries.iter().map(|e| ((e.word.as_str(), e.frame.as_str()), e)).collect();
    if keys.len() < entries.len() {
        wrong.push("a word has the same frame twice".to_string());
    }
    let shown: HashSet<_> =
        examples.iter().filter(|x| !x.positive.is_empty()).map(|x| (x.word.as_str(), x.frame.as_str())).collect();
    let denied: HashSet<_> = examples
        .iter()
        .filter(|x| !x.negative.is_empty())
        .filter_map(|x| keys.get(&(x.word.as_str(), x.frame.as_str())).map(|e| e.number))
        .collect();
    for e in entries {
        if !shown.contains(&(e.word.as_str(), e.frame.as_str())) && (e.every || !entry_shown(e, examples)) {
            wrong.push(format!("`{}` {} has no sentence", e.word, e.frame));
        }
        if !denied.contains(&e.number) {
            wrong.push(format!("`{}` {} has no sentence in which it is not found", e.word, e.frame));
        }
    }
    for x in examples.iter().filter(|x| !keys.contains_key(&(x.word.as_str(), x.frame.as_str()))) {
        wrong.push(format!("{}: `{}` {} is in no row of {}", x.line, x.word, x.frame, lexicon.name));
    }
    wrong
}

fn entry_shown(entry: &Entry, examples: &[Example]) -> bool {
    examples.iter().any(|x| x.word == entry.word && !x.positive.is_empty())
}

fn check(reader: &Reader, lexicon: &Lexicon, entry: &Entry, x: &Example) -> Outcome {
    let mut outcome = Outcome { blessed: None, wrong: Vec::new() };
    let place = format!("{}: `{}` {}", x.line, x.word, x.frame);
    if !x.positive.is_empty() {
        let got = reader.found(lexicon, &entry.word, &x.positive);
        let good = |line: &&String| line.contains(&entry.wants) && (x.found.is_empty() || line.trim() == x.found);
        match got.iter().find(good) {
            Some(line) => outcome.blessed = Some(line.clone()),
            None => outcome.wrong.push(format!("{place} is not found in: {}\n    found: {got:?}", x.positive)),
        }
    }
    if !x.negative.is_empty() {
        let got = reader.found(lexicon, &entry.word, &x.negative);
        if !got.is_empty() {
            outcome.wrong.push(format!("{place} is found in: {}\n    found: {got:?}", x.negative));
        }
        if !reader.holds(lexicon, &entry.word, &x.negative) {
            outcome.wrong.push(format!("{place} does not stand in: {}", x.negative));
        }
    }
    outcome
}

/// Writes what was found into the rows whose column for it is empty.
fn bless(text: &str, found: &HashMap<usize, String>) -> String {
    let mut out = String::new();
    for (n, line) in text.lines().enumerate() {
        let mut columns: Vec<&str> = line.split('\t').collect();
        if let Some(words) = found.get(&(n + 1)) {
            columns.resize(columns.len().max(4), "");
            columns[3] = words;
        }
        let _ = writeln!(out, "{}", columns.join("\t").trim_end());
    }
    out
}

fn run(reader: &Reader, lexicon: &Lexicon) -> Vec<String> {
    let text = std::fs::read_to_string(path(lexicon.name)).unwrap_or_default();
    let entries = lexicon.entries();
    let examples = expanded(examples(&text), &entries);
    let mut wrong = covered(lexicon, &entries, &examples);
    let keys: HashMap<_, _> = entries.iter().map(|e| ((e.word.as_str(), e.frame.as_str()), e)).collect();
    let known: Vec<_> =
        examples.iter().filter_map(|x| Some((x, *keys.get(&(x.word.as_str(), x.frame.as_str()))?))).collect();
    let outcomes: Vec<Outcome> = known.par_iter().map(|(x, e)| check(reader, lexicon, e, x)).collect();
    let mut found = HashMap::new();
    for ((x, _), outcome) in known.iter().zip(outcomes) {
        wrong.extend(outcome.wrong);
        if x.found.is_empty()
            && !x.positive.is_empty()
            && let Some(words) = outcome.blessed
        {
            found.insert(x.line, words);
        }
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path(lexicon.name), bless(&text, &found)).unwrap();
    } else if !found.is_empty() {
        wrong.push(format!("{} rows do not say what is found; run with BLESS=1", found.len()));
    }
    wrong
}

#[test]
fn every_entry_is_found_where_it_should_and_only_there() {
    let only = std::env::var("FRAMES").unwrap_or_default();
    let reader = Reader::new();
    let mut report = String::new();
    for lexicon in LEXICONS.iter().filter(|l| only.is_empty() || l.name == only) {
        for line in run(&reader, lexicon) {
            let _ = writeln!(report, "{}.tsv:{line}", lexicon.name);
        }
    }
    assert!(report.is_empty(), "{report}");
}
