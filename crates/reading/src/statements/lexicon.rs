//! The word lists of statements, read once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::lexicon::rows;
use crate::model::{Act, ConditionSort, Polarity};

/// What a predicate takes to have the sense of its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Frame {
    /// Object.
    Np,
    /// Infinitive with the same subject.
    To,
    /// Object and infinitive: the object is to do it.
    NpTo,
    /// Finite or subjunctive clause.
    That,
    /// Gerund.
    Ing,
    /// Preposition.
    P(&'static str),
    /// The object is the target, the preposition ties the matter.
    NpP(&'static str),
    /// The object is the target, the clause is the matter.
    NpThat,
    /// The preposition ties the target, the infinitive is the matter.
    PTo(&'static str),
    /// No complement at all: what it is about was told before ("the union agreed").
    Bare,
    /// Of a set phrase: its own noun with what hangs on it ("took the deal").
    Own,
}

impl Frame {
    fn of(written: &'static str) -> Option<Self> {
        Some(match written {
            "np" => Self::Np,
            "to" => Self::To,
            "np-to" => Self::NpTo,
            "that" => Self::That,
            "ing" => Self::Ing,
            "np-that" => Self::NpThat,
            "bare" => Self::Bare,
            "own" => Self::Own,
            _ => {
                if let Some(p) = written.strip_prefix("np-p:") {
                    Self::NpP(p)
                } else if let Some(p) = written.strip_prefix("p:") {
                    p.strip_suffix("-to").map_or(Self::P(p), Self::PTo)
                } else {
                    return None;
                }
            }
        })
    }
}

/// Act and polarity of one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stand {
    pub(super) act: Act,
    pub(super) polarity: Polarity,
}

fn stand(act: Option<&&str>, polarity: Option<&&str>) -> Option<Stand> {
    Some(Stand { act: Act::from_written(act?)?, polarity: Polarity::from_written(polarity?)? })
}

/// A verb with its complements.
#[derive(Debug)]
pub(super) struct VerbEntry {
    pub(super) frames: Vec<Frame>,
    pub(super) stand: Stand,
}

/// Entries by lemma (particle after `_`), in the order of the file.
pub(super) static VERBS: LazyLock<HashMap<&'static str, Vec<VerbEntry>>> =
    LazyLock::new(|| verb_entries(include_str!("../../lexicons/acts.tsv")));

/// Set phrases by verb and noun.
pub(super) static PHRASES: LazyLock<HashMap<&'static str, Vec<VerbEntry>>> =
    LazyLock::new(|| verb_entries(include_str!("../../lexicons/act_phrases.tsv")));

fn verb_entries(file: &'static str) -> HashMap<&'static str, Vec<VerbEntry>> {
    let mut all: HashMap<&'static str, Vec<VerbEntry>> = HashMap::new();
    for r in rows(file) {
        let (Some(lemma), Some(frames), Some(stand)) = (r.first(), r.get(1), stand(r.get(2), r.get(3))) else {
            continue;
        };
        let frames = frames.split(' ').filter_map(Frame::of).collect();
        all.entry(lemma).or_default().push(VerbEntry { frames, stand });
    }
    all
}

/// A noun that names a stand: prepositions (or `to`, `that`) that tie its matter.
#[derive(Debug)]
pub(super) struct NounEntry {
    pub(super) ties: Vec<&'static str>,
    pub(super) stand: Stand,
}

/// Nouns by lemma.
pub(super) static NOUNS: LazyLock<HashMap<&'static str, Vec<NounEntry>>> = LazyLock::new(|| {
    let mut all: HashMap<&'static str, Vec<NounEntry>> = HashMap::new();
    for r in rows(include_str!("../../lexicons/act_nouns.tsv")) {
        let (Some(lemma), Some(ties), Some(stand)) = (r.first(), r.get(1), stand(r.get(2), r.get(3))) else {
            continue;
        };
        all.entry(lemma).or_default().push(NounEntry { ties: ties.split(' ').collect(), stand });
    }
    all
});

/// An adjective or set phrase after a copula.
#[derive(Debug)]
pub(super) struct AdjectiveEntry {
    /// Its words.
    pub(super) words: Vec<&'static str>,
    /// Whether its subject is the holder (else what the stand is about).
    pub(super) of_holder: bool,
    pub(super) frames: Vec<Frame>,
    pub(super) stand: Stand,
    pub(super) negated: Stand,
}

/// All adjectives, longest first.
pub(super) static ADJECTIVES: LazyLock<Vec<AdjectiveEntry>> = LazyLock::new(|| {
    let mut all: Vec<_> = rows(include_str!("../../lexicons/act_adjectives.tsv"))
        .filter_map(|r| {
            Some(AdjectiveEntry {
                words: r.first()?.split(' ').collect(),
                of_holder: *r.get(1)? == "holder",
                frames: r.get(2)?.split(' ').filter_map(Frame::of).collect(),
                stand: stand(r.get(3), r.get(4))?,
                negated: stand(r.get(5), r.get(6))?,
            })
        })
        .collect();
    all.sort_by_key(|a| std::cmp::Reverse(a.words.len()));
    all
});

static NEGATION: LazyLock<HashMap<Act, Stand>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/act_negation.tsv"))
        .filter_map(|r| Some((Act::from_written(r.first()?)?, stand(r.get(1), r.get(2))?)))
        .collect()
});

/// What an act becomes under negation.
pub(super) fn negated(stand: Stand) -> Stand {
    let mut turned = NEGATION.get(&stand.act).copied().unwrap_or(stand);
    // "did not call for", "does not warn": nothing is said of the matter either way
    if turned.polarity == Polarity::Against && stand.polarity == Polarity::Against {
        turned.polarity = Polarity::Open;
    }
    turned
}

static WORDS: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/act_words.tsv")).filter_map(|r| Some((*r.first()?, *r.get(1)?))).collect()
});

/// Whether a lemma is in a small word class.
pub(super) fn is(class: &str, lemma: &str) -> bool {
    WORDS.contains(&(class, lemma))
}

/// What a label says of the one who uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// Against what it names.
    Negative,
    /// For what it names.
    Positive,
    /// What it names is not so.
    Denial,
    /// What it names is held fast: "a must", "a floor".
    Firm,
    /// Against what it names, and where that is a sum, because it is too small: "a tip", "crumbs".
    Low,
    /// What it names does not go far enough.
    Short,
    /// Nothing: a plain name of a thing.
    Plain,
}

static LABELS: LazyLock<HashMap<&'static str, Label>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/act_labels.tsv"))
        .filter_map(|r| {
            let label = match *r.get(1)? {
                "negative" => Label::Negative,
                "positive" => Label::Positive,
                "firm" => Label::Firm,
                "plain" => Label::Plain,
                "low" => Label::Low,
                "short" => Label::Short,
                _ => Label::Denial,
            };
            Some((*r.first()?, label))
        })
        .collect()
});

/// The label a lemma is.
pub(super) fn label(lemma: &str) -> Option<Label> {
    LABELS.get(lemma).copied()
}

/// Where a connective makes a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Wherever it stands.
    Any,
    /// Only with something to come.
    Will,
    /// Only with a refusal or a demand.
    Not,
}

/// A connective of conditions.
#[derive(Debug)]
pub(super) struct Connective {
    pub(super) words: Vec<&'static str>,
    pub(super) sort: ConditionSort,
    pub(super) with: Use,
}

/// All connectives, longest first.
pub(super) static CONNECTIVES: LazyLock<Vec<Connective>> = LazyLock::new(|| {
    let mut all: Vec<_> = rows(include_str!("../../lexicons/conditions.tsv"))
        .filter_map(|r| {
            let with = match *r.get(2)? {
                "any" => Use::Any,
                "will" => Use::Will,
                _ => Use::Not,
            };
            let sort = ConditionSort::from_written(r.get(1)?)?;
            Some(Connective { words: r.first()?.split(' ').collect(), sort, with })
        })
        .collect();
    all.sort_by_key(|c| std::cmp::Reverse(c.words.len()));
    all
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let count = |f: &'static str| rows(f).count();
        assert_eq!(VERBS.values().map(Vec::len).sum::<usize>(), count(include_str!("../../lexicons/acts.tsv")));
        let phrases = count(include_str!("../../lexicons/act_phrases.tsv"));
        assert_eq!(PHRASES.values().map(Vec::len).sum::<usize>(), phrases);
        assert!(VERBS.values().chain(PHRASES.values()).flatten().all(|e| !e.frames.is_empty()));
        assert_eq!(NOUNS.values().map(Vec::len).sum::<usize>(), count(include_str!("../../lexicons/act_nouns.tsv")));
        assert_eq!(ADJECTIVES.len(), count(include_str!("../../lexicons/act_adjectives.tsv")));
        assert_eq!(CONNECTIVES.len(), count(include_str!("../../lexicons/conditions.tsv")));
        assert_eq!(NEGATION.len(), Act::ALL.len());
    }
}
