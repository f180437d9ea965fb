//! All sentences of all articles: in what company words stand, also where nobody takes a side.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rapporteur_article::Article;
use rapporteur_reading::Reading;

use super::learning::candidates;
use super::phrases::Phrases;
use crate::words::{Word, words};

/// Words between a candidate and the phrase whose company it keeps, at most.
const NEAR: usize = 9;
/// Least weight of a phrase that shows what a sentence is about.
const CLEAR: f32 = 0.7;
/// What a sentence counts, beside an item read from one.
const SENTENCE: f32 = 0.5;
/// What a figure with the words for what it measures counts.
const MEASURE: f32 = 2.0;

/// The distinct sentences, and figures with what they measure.
pub(super) struct Corpus {
    sentences: Vec<Vec<Word>>,
    /// Key of number and unit, words for what it measures.
    figures: BTreeSet<(String, String)>,
}

impl Corpus {
    /// The sentences of these articles.
    pub(super) fn new(read: &[(&Article, &Reading)]) -> Self {
        let mut seen = HashSet::new();
        let mut sentences = Vec::new();
        let mut figures = BTreeSet::new();
        for (article, reading) in read {
            for sentence in split(&article.text) {
                let found = words(sentence, 0);
                let key: Vec<&str> = found.iter().map(|w| w.stem.as_str()).collect();
                if found.len() > 2 && seen.insert(key.join(" ")) {
                    sentences.push(found);
                }
            }
            for f in &reading.figures {
                if let Some(m) = f.measures {
                    let key = figure_key(f.as_written.slice(&article.text));
                    figures.insert((key, m.slice(&article.text).to_lowercase()));
                }
            }
        }
        Self { sentences, figures }
    }

    /// The share of the sentences that hold a word; 0 for a phrase of several.
    pub(super) fn share(&self, word: &str) -> f32 {
        let holds = self.sentences.iter().filter(|s| s.iter().any(|w| w.stem == word)).count();
        holds as f32 / self.sentences.len().max(1) as f32
    }

    /// Adds to `counts`, for each candidate word and pair, near which group's phrases it stands; the last cell counts
    /// where it stands near none.
    pub(super) fn count(
        &self,
        known: &Phrases,
        names: &HashSet<String>,
        nouns: &HashSet<String>,
        groups: usize,
        counts: &mut BTreeMap<String, Vec<f32>>,
    ) {
        let mut add = |word: String, group: Option<usize>, gain: f32| {
            let row = counts.entry(word).or_insert_with(|| vec![0.0; groups + 1]);
            row[group.filter(|&g| g < groups).unwrap_or(groups)] += gain;
        };
        for sentence in &self.sentences {
            let anchors: Vec<(usize, usize, usize)> = known
                .scan(sentence)
                .iter()
                .flat_map(|f| f.senses.iter().filter(|s| s.weight >= CLEAR).map(|s| (f.first, f.end, s.group)))
                .collect();
            let mut seen = BTreeSet::new();
            candidates(sentence, known, names, nouns, &mut seen);
            for word in seen {
                let first = word.split(' ').next().unwrap_or("");
                let at = sentence.iter().position(|w| w.stem == first).unwrap_or(0);
                let gap = |a: &(usize, usize, usize)| if at < a.0 { a.0 - at } else { (at + 1).saturating_sub(a.1) };
                let nearest = anchors.iter().min_by_key(|a| (gap(a), a.2)).filter(|a| gap(a) <= NEAR);
                add(word, nearest.map(|a| a.2), SENTENCE);
            }
        }
        for (key, measures) in &self.figures {
            let found = known
                .scan(&words(measures, 0))
                .into_iter()
                .flat_map(|f| f.senses)
                .max_by(|a, b| a.weight.total_cmp(&b.weight).then(b.group.cmp(&a.group)));
            if let Some(sense) = found.filter(|_| key.contains(' ')) {
                add(key.clone(), Some(sense.group), MEASURE);
            }
        }
    }
}

/// The key of a figure: number and the first word of its unit.
fn figure_key(written: &str) -> String {
    let found = words(written, 0);
    let at = found.iter().position(|w| w.stem.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(0);
    let key: Vec<&str> = found.iter().skip(at).take(2).map(|w| w.stem.as_str()).collect();
    key.join(" ")
}

/// The sentences of a text, roughly: cut at line ends, and after full stops before a capital.
fn split(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for line in text.lines() {
        let mut from = 0;
        for (at, mark) in line.match_indices(['.', '!', '?', ';']) {
            let rest = line.get(at + mark.len()..).unwrap_or("");
            let next = rest.trim_start_matches(['”', '"', '’', '\'', ')']).strip_prefix(' ').unwrap_or("");
            if next.starts_with(|c: char| c.is_uppercase() || "“\"‘".contains(c)) {
                out.push(line.get(from..at).unwrap_or(""));
                from = at + mark.len();
            }
        }
        out.push(line.get(from..).unwrap_or(""));
    }
    out
}
