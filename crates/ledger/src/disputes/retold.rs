//! One sentence told again with another figure: what a paper makes of an agency's text.
//!
//! Two articles of the same days have a sentence in common words, each with one figure of a unit that the other article has
//! nowhere. Whether the figure is a count or a demand does not matter: what is asked on one day is asked once.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_dossier::Dossier;
use rapporteur_reading::model::Figure as Record;

use crate::Witness;
use crate::cx::{Bit, Cx, HasBit, Words, content_words, days_between};
use crate::model::{About, Dispute, DisputeSort, Verdict};
use crate::pairs::Pairs;

use super::dispute;
use super::figures::{Figure, MOST, unit};

/// How many days apart two articles may be that tell the same.
const DAYS: i64 = 3;
/// How many words, besides the figures, two sentences must share.
const SHARED: usize = 4;
/// And which part of the words of the shorter one.
const ALIKE: f64 = 0.35;
/// Letters from which a word is rare enough to look for a sentence by.
const LONG: usize = 5;

/// A figure with the words of its sentence.
pub(super) struct Retold {
    pub(super) figure: Figure,
    words: Words,
    /// Those by which the sentence is looked for.
    rare: Vec<String>,
    /// Other values of the unit in the sentence.
    beside: BTreeSet<u64>,
    /// All values of the unit in the article.
    known: Arc<BTreeSet<(String, u64)>>,
}

impl HasBit for Retold {
    fn bit(&self) -> &Bit {
        self.figure.bit()
    }
}

/// The figures of an article that may be told otherwise elsewhere.
pub(super) fn of_article(dossier: &Dossier, w: &Witness<'_>) -> Vec<Retold> {
    let value = |f: &Record| f.value.filter(|v| v.is_finite() && *v > 0.0);
    let all = || w.reading.figures.iter().filter_map(|f| Some((f, unit(&f.unit), value(f)?)));
    let known: Arc<BTreeSet<_>> = Arc::new(all().map(|(_, unit, v)| (unit, v.to_bits())).collect());
    let retold = |(f, own, v): (&Record, String, f64)| {
        let sentence = f.item.sentence();
        let mut words = content_words(w.words(sentence));
        let figure_words = content_words(w.words(f.as_written));
        words.retain(|w| !figure_words.contains(w) && !w.chars().all(|c| c.is_ascii_digit()));
        let here = all().filter(|(o, u, _)| o.item.sentence() == sentence && *u == own).map(|x| x.2.to_bits());
        Some(Retold {
            figure: Figure::of(dossier, w, f)?,
            rare: words.iter().filter(|w| w.chars().count() >= LONG).cloned().collect(),
            words: Words::of(&words),
            beside: here.filter(|bits| *bits != v.to_bits()).collect(),
            known: known.clone(),
        })
    };
    all().filter_map(retold).filter(|r| r.words.len() >= SHARED).collect()
}

impl Pairs for Retold {
    type Mark = (String, String);
    const REACH: i64 = DAYS;

    fn marks(&self) -> Vec<(Self::Mark, Option<Date>)> {
        self.rare.iter().map(|w| ((self.figure.unit.clone(), w.clone()), self.published())).collect()
    }

    fn pairs(&self, other: &Self) -> bool {
        let (a, b) = (&self.figure, &other.figure);
        let (x, y) = (a.value, b.value);
        let near = self.published().zip(other.published()).is_some_and(|(p, q)| days_between(p, q).abs() <= DAYS);
        let apart = (x - y).abs() / x.max(y) > if a.approximate || b.approximate { 0.1 } else { 0.005 };
        let knows = |r: &Self, v: f64| r.known.contains(&(r.figure.unit.clone(), v.to_bits()));
        let shared = self.words.shared(&other.words);
        let least = self.words.len().min(other.words.len());
        self.article() != other.article()
            && near
            && a.unit == b.unit
            && apart
            && x.max(y) <= MOST * x.min(y)
            && !knows(self, y)
            && !knows(other, x)
            && self.beside == other.beside
            && shared >= SHARED
            && shared as f64 >= ALIKE * least as f64
    }
}

/// The dispute of a figure and the first that tells it otherwise.
pub(super) fn told_otherwise(cx: Cx<'_>, a: &Retold, later: &[&Retold]) -> Option<Dispute> {
    let b = later.iter().find(|b| a.figure.is_comparable(&b.figure))?;
    let about = a.figure.measures.clone().or_else(|| b.figure.measures.clone());
    let about = About::Words(about.filter(|m| !m.is_empty()).unwrap_or_else(|| a.figure.unit.clone()));
    let sides = vec![a.figure.claim().into_iter().collect(), b.figure.claim().into_iter().collect()];
    dispute(cx, DisputeSort::Figure, "dispute.figure-retold.v1", about, sides, Verdict::Differs)
}
