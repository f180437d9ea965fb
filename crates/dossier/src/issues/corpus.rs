//! All sentences of all articles: in what company words stand, also where nobody takes a side.

use std::collections::{BTreeSet, HashSet};

use rapporteur_article::Article;
use rapporteur_reading::Reading;

use super::learning::{Candidate, Counts, Traits};
use super::vocabulary::{Lookup, Number, Vocabulary};
use crate::words::words;

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
    sentences: Vec<Box<[Number]>>,
    /// In how many of them each word stands.
    holding: Vec<u32>,
    /// Number and unit, words for what it measures.
    figures: Vec<(Candidate, Box<[Number]>)>,
}

impl Corpus {
    /// The sentences of these articles.
    pub(super) fn new(read: &[(&Article, &Reading)], vocabulary: &mut Vocabulary) -> Self {
        let mut seen: HashSet<Box<[Number]>> = HashSet::new();
        let mut figures: BTreeSet<(String, String)> = BTreeSet::new();
        for (article, reading) in read {
            for sentence in split(&article.text) {
                let found = words(sentence, 0);
                if found.len() > 2 {
                    seen.insert(vocabulary.numbers(&found));
                }
            }
            for f in &reading.figures {
                if let Some(m) = f.measures {
                    let key = figure_key(f.as_written.slice(&article.text));
                    figures.insert((key, m.slice(&article.text).to_lowercase()));
                }
            }
        }
        let mut sentences: Vec<Box<[Number]>> = seen.into_iter().collect();
        sentences.sort_unstable();
        let figure = |(key, measures): (String, String)| {
            let (number, unit) = key.split_once(' ')?;
            let key = (vocabulary.number(number), Some(vocabulary.number(unit)));
            Some((key, vocabulary.numbers(&words(&measures, 0))))
        };
        let figures = figures.into_iter().filter_map(figure).collect();
        let mut holding = vec![0; vocabulary.len()];
        for sentence in &sentences {
            let distinct: BTreeSet<&Number> = sentence.iter().collect();
            distinct.into_iter().for_each(|w| holding[*w as usize] += 1);
        }
        Self { sentences, holding, figures }
    }

    /// The share of the sentences that hold a word.
    pub(super) fn share(&self, word: Number) -> f32 {
        let holds = self.holding.get(word as usize).copied().unwrap_or_default();
        holds as f32 / self.sentences.len().max(1) as f32
    }

    /// Counts, for each candidate word and pair, near which draft's phrases it stands.
    pub(super) fn count(&self, known: &Lookup<'_>, traits: &Traits, counts: &mut Counts) {
        let mut seen = Vec::new();
        for sentence in &self.sentences {
            let heard = known.scan(sentence);
            let clear = heard.iter().flat_map(|h| h.senses.iter().map(move |s| (h, s)));
            let anchors: Vec<(usize, usize, usize)> =
                clear.filter(|(_, s)| s.weight >= CLEAR).map(|(h, s)| (h.first, h.end, s.group)).collect();
            seen.clear();
            traits.candidates(sentence, known, &mut seen);
            seen.sort_unstable();
            seen.dedup();
            for &candidate in &seen {
                let at = sentence.iter().position(|w| *w == candidate.0).unwrap_or(0);
                let gap = |a: &(usize, usize, usize)| if at < a.0 { a.0 - at } else { (at + 1).saturating_sub(a.1) };
                let nearest = anchors.iter().min_by_key(|a| (gap(a), a.2)).filter(|a| gap(a) <= NEAR);
                counts.add(candidate, nearest.map(|a| a.2), SENTENCE);
            }
        }
        for (key, measures) in &self.figures {
            let found = known
                .scan(measures)
                .into_iter()
                .flat_map(|h| h.senses)
                .max_by(|a, b| a.weight.total_cmp(&b.weight).then(b.group.cmp(&a.group)));
            if let Some(sense) = found {
                counts.add(*key, Some(sense.group), MEASURE);
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
