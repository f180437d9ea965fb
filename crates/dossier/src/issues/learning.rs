//! Learning the other words of a matter from the company they keep.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::corpus::Corpus;
use super::discovery::{Draft, Texts, names_matter};
use super::vocabulary::{Lookup, Number};
use crate::lexicon::{AGENTS, GENERIC, PROCEDURES};
use crate::words::stem;

/// Fewest distinct sentences in which a word must have been seen.
const SEEN: f32 = 3.0;
/// Least share of its sentences that must belong to the issue.
const SHARE: f32 = 0.5;

/// What a sentence that no issue claims counts.
const UNCLAIMED: f32 = 0.2;
/// Fewest sentences and least share for a word that otherwise names no matter ("the clause").
const GENERIC_SEEN: f32 = 4.0;
const GENERIC_SHARE: f32 = 0.75;
/// Fewest sentences for a figure ("24 percent"), which is seldom another matter's.
const FIGURE_SEEN: f32 = 2.0;

/// A word that could be learned, or a pair of neighbours.
pub(super) type Candidate = (Number, Option<Number>);

/// In how many sentences of each draft a candidate stands; under `None` in those of no draft. Whole numbers and halves, so that
/// the order in which they are added changes nothing.
#[derive(Debug, Default)]
pub(super) struct Counts(HashMap<Candidate, Vec<(Option<usize>, f32)>>);

impl Counts {
    pub(super) fn add(&mut self, candidate: Candidate, group: Option<usize>, gain: f32) {
        let row = self.0.entry(candidate).or_default();
        match row.iter_mut().find(|cell| cell.0 == group) {
            Some(cell) => cell.1 += gain,
            None => row.push((group, gain)),
        }
    }
}

/// Adds to each draft the words and pairs of words whose sentences are mostly about it.
pub(super) fn learn(texts: &Texts<'_>, corpus: &Corpus, traits: &Traits, drafts: &mut [Draft]) {
    let known = texts.lookup(drafts);
    let mut counts = Counts::default();
    let mut seen = Vec::new();
    for (item, found) in texts.items.iter().zip(texts.assign(drafts)).filter(|(i, _)| i.weight > 0.0) {
        // what is known only from the words before teaches nothing
        let group = found.filter(|(_, fit)| fit.own > 0.25).map(|(g, _)| g);
        seen.clear();
        item.lines.near().for_each(|line| traits.candidates(line, &known, &mut seen));
        seen.sort_unstable();
        seen.dedup();
        seen.iter().for_each(|candidate| counts.add(*candidate, group, 1.0));
    }
    corpus.count(&known, traits, &mut counts);
    let taken: HashSet<String> = drafts.iter().flat_map(|d| d.terms.keys().chain(&d.contrary).cloned()).collect();
    for ((first, second), row) in counts.0 {
        // sentences nobody claims count against a word, but less than those of another issue
        let of = |cell: &(Option<usize>, f32)| if cell.0.is_some() { cell.1 } else { UNCLAIMED * cell.1 };
        let (claimed, open): (Vec<_>, Vec<_>) = row.iter().partition(|cell| cell.0.is_some());
        let total = claimed.iter().map(of).sum::<f32>() + open.iter().map(of).sum::<f32>();
        let main = row.iter().filter_map(|(group, n)| Some(((*group)?, *n)));
        let Some((g, most)) = main.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))) else { continue };
        let share = (most - 0.5) / total;
        if total < FIGURE_SEEN || share < SHARE {
            continue;
        }
        let stem = |n: Number| texts.vocabulary.stem(n);
        let word = second.map_or_else(|| stem(first).to_string(), |second| format!("{} {}", stem(first), stem(second)));
        let generic = word.split(' ').all(|w| GENERIC.contains(w));
        let figure = word.chars().next().is_some_and(|c| c.is_ascii_digit());
        let (seen, least) = match () {
            () if figure => (FIGURE_SEEN, SHARE),
            () if generic => (GENERIC_SEEN, GENERIC_SHARE),
            () => (SEEN, SHARE),
        };
        if total >= seen && share >= least && !taken.contains(&word) {
            drafts[g].terms.insert(word, if generic && !figure { 0.4 } else { 0.3 + 0.5 * share });
        }
    }
}

/// What of the words does not change while they are learned.
pub(super) struct Traits {
    of: Vec<Trait>,
}

/// What a word can be part of.
#[derive(Debug, Clone, Copy)]
struct Trait {
    /// It can be learned.
    is_good: bool,
    /// It begins with a digit.
    is_number: bool,
    /// What is counted in.
    is_unit: bool,
    /// It has letters enough to stand alone.
    is_long: bool,
    /// It can name a matter.
    is_matter: bool,
}

impl Traits {
    pub(super) fn of(texts: &Texts<'_>) -> Self {
        // only words that stand in noun phrases somewhere
        let lemmas = texts.items.iter().flat_map(|i| i.topics.iter().flat_map(|t| t.lemma.split([' ', '-'])));
        let nouns: HashSet<String> = lemmas.collect::<HashSet<&str>>().into_iter().map(stem).collect();
        let of = |n: usize| {
            let s = texts.vocabulary.stem(n as Number);
            let is_number = s.chars().next().is_some_and(|c| c.is_ascii_digit());
            let units = ["percent", "million", "billion", "crown", "euro", "dollar", "metre", "share"];
            let is_unit = units.contains(&s);
            let is_any = !stop_word(s) && !AGENTS.contains(s) && !PROCEDURES.contains(s) && !texts.names.contains(s);
            Trait {
                is_good: is_any && (nouns.contains(s) || is_number || is_unit),
                is_number,
                is_unit,
                is_long: s.chars().count() > 2,
                is_matter: names_matter(s, texts.names),
            }
        };
        Self { of: (0..texts.vocabulary.len()).map(of).collect() }
    }

    /// Adds the words and pairs of words that could be learned: outside the phrases that are known already.
    pub(super) fn candidates(&self, words: &[Number], known: &Lookup<'_>, seen: &mut Vec<Candidate>) {
        let mut is_free = vec![true; words.len()];
        for heard in known.scan(words).iter().filter(|h| h.senses.iter().any(|s| s.weight > 0.5)) {
            is_free[heard.first..heard.end].fill(false);
        }
        let of = |i: usize| words.get(i).and_then(|w| self.of.get(*w as usize)).filter(|_| is_free[i]);
        for (i, &word) in words.iter().enumerate() {
            let Some(this) = of(i) else { continue };
            if this.is_good && !this.is_number && this.is_long {
                seen.push((word, None));
            }
            if let Some(next) = of(i + 1)
                && next.is_good
                && (this.is_good || this.is_number)
                && (this.is_matter || next.is_matter || this.is_number && next.is_unit)
            {
                seen.push((word, words.get(i + 1).copied()));
            }
        }
    }
}

/// Words that build sentences and say nothing of a matter.
pub(crate) fn stop_word(word: &str) -> bool {
    (word.len() < 3 && !word.chars().any(|c| c.is_ascii_digit())) || STOP_WORDS.contains(word)
}

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    const WORDS: &str = " the a an and or but nor if so as of in on at by for from to into with without over under after \
        before until unless than then that this these those it its he him his she her they them their we us our you \
        your i me my who whom whose which what when where why how there here is are was were be been being am do does \
        did done have has had having will would can could shall should may might must not no never ever only just also \
        too very more most less least much many few some any all each every both either neither other another own same \
        such about against between during through while because since though although like out up down off again once \
        yet still even well now already said say saying told tell ask asked asking want wanted wanting call called \
        calling make made making take took taken taking give gave given giving get got come came coming put let go \
        went going see saw seen accept accepted agree agreed offer offered reject rejected refuse refused oppose \
        opposed demand demanded insist insisted support supported warn warned accuse accused deny denied propose \
        proposed keep kept hold held leave left remain remained need needed include included rather one two three it'll \
        don't didn't won't can't isn't wasn't we'll we're they're i'm he'd she'd we've that's there's ";
    WORDS.split_whitespace().collect()
});
