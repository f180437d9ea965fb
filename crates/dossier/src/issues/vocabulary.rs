//! Words as numbers: the texts of a discovery are gone through many times, and all their words lie in memory at once.

use std::collections::HashMap;
use std::sync::Arc;

use super::matching::{Fit, Hearing};
use super::phrases::{FIRM, SAME_ROOT, Sense, put};
use super::zones::Zones;
use crate::lexicon::AGENTS;
use crate::words::{Word, root};

/// The number of a stem.
pub(super) type Number = u32;

/// No number.
const NONE: u32 = u32::MAX;

/// Stems by number.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<Arc<str>, Number>,
    entries: Vec<Entry>,
    /// What stems have in common with their verbs and nouns.
    roots: HashMap<Arc<str>, u32>,
    root_names: Vec<Arc<str>>,
}

/// What never changes of a stem.
#[derive(Debug)]
struct Entry {
    stem: Arc<str>,
    /// Its root, or [`NONE`].
    root: u32,
    /// Its parts, of a stem with hyphens.
    parts: Box<[Number]>,
    /// Whether it names people or a body.
    is_agent: bool,
}

impl Vocabulary {
    /// The number of a stem, new or known.
    pub(super) fn number(&mut self, stem: &str) -> Number {
        if let Some(&known) = self.numbers.get(stem) {
            return known;
        }
        let parts: Box<[Number]> =
            if stem.contains('-') { stem.split('-').map(|p| self.number(p)).collect() } else { Box::default() };
        let root = root(stem).map_or(NONE, |r| self.root_number(r));
        let (number, stem) = (self.entries.len() as Number, Arc::<str>::from(stem));
        self.entries.push(Entry { stem: stem.clone(), root, parts, is_agent: AGENTS.contains(&*stem) });
        self.numbers.insert(stem, number);
        number
    }

    fn root_number(&mut self, root: &str) -> u32 {
        if let Some(&known) = self.roots.get(root) {
            return known;
        }
        let (number, root) = (self.root_names.len() as u32, Arc::<str>::from(root));
        self.root_names.push(root.clone());
        self.roots.insert(root, number);
        number
    }

    /// The numbers of some words.
    pub(super) fn numbers(&mut self, words: &[Word]) -> Box<[Number]> {
        words.iter().map(|w| self.number(&w.stem)).collect()
    }

    /// The number of a stem that the texts have.
    pub(super) fn find(&self, stem: &str) -> Option<Number> {
        self.numbers.get(stem).copied()
    }

    /// The numbers of the stems of a phrase key; `None` where the texts lack one.
    pub(super) fn find_all(&self, key: &str) -> Option<Vec<Number>> {
        key.split(' ').map(|stem| self.find(stem)).collect()
    }

    /// The stem of a number.
    pub(super) fn stem(&self, number: Number) -> &str {
        self.entries.get(number as usize).map_or("", |e| &e.stem)
    }

    /// How many stems there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Numbers of what a word is found by: itself and the parts of a compound.
    fn found_by(&self, number: Number) -> impl Iterator<Item = Number> + '_ {
        let parts = self.entries.get(number as usize).map_or(&[][..], |e| &e.parts);
        std::iter::once(number).chain(parts.iter().copied())
    }
}

/// The words of an item, as numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    words: Box<[Number]>,
    /// Where each line ends, and how much a phrase in it tells.
    ends: Box<[(u32, f32)]>,
}

impl Lines {
    /// The words of these zones.
    pub(super) fn new(zones: &Zones, vocabulary: &mut Vocabulary) -> Self {
        let words: Box<[Number]> =
            zones.zones.iter().flat_map(|z| &z.words).map(|w| vocabulary.number(&w.stem)).collect();
        let mut end = 0;
        let ends = zones.zones.iter().map(|z| {
            end += z.words.len();
            (end as u32, z.weight)
        });
        Self { ends: ends.collect(), words }
    }

    /// The words of each zone, and their weight.
    pub(super) fn each(&self) -> impl Iterator<Item = (&[Number], f32)> {
        let mut first = 0;
        self.ends.iter().map(move |&(end, weight)| {
            let words = self.words.get(first..end as usize).unwrap_or_default();
            first = end as usize;
            (words, weight)
        })
    }

    /// The matter, and the rest of its sentence.
    pub(super) fn near(&self) -> impl Iterator<Item = &[Number]> {
        self.each().take(2).map(|l| l.0)
    }

    /// Whether the matter or its sentence have these words in this order.
    pub(super) fn has(&self, phrase: &[Number]) -> bool {
        self.near().any(|line| line.windows(phrase.len().max(1)).any(|w| w == phrase))
    }
}

/// A phrase found among numbered words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Heard<'a> {
    /// First word.
    pub(super) first: usize,
    /// One past the last word.
    pub(super) end: usize,
    /// Which phrase it is.
    phrase: u32,
    /// What it says.
    pub(super) senses: &'a [Sense],
}

/// Where phrases that begin with a word are found.
#[derive(Debug, Clone, Copy)]
struct Start {
    /// The word alone, or [`NONE`].
    alone: u32,
    /// The longer ones, or [`NONE`].
    longer: u32,
}

/// Phrases by the numbers of their words. It finds what [`Phrases`](super::phrases::Phrases) of the same finds.
#[derive(Debug)]
pub(super) struct Lookup<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    /// For each word.
    starts: Vec<Start>,
    /// Phrases of several words with the same first, the longest first.
    longer: Vec<Vec<(Box<[Number]>, u32)>>,
    /// For each root the phrase, or [`NONE`].
    roots: Vec<u32>,
    phrases: Vec<(String, Vec<Sense>)>,
    of: u32,
    percent: u32,
}

impl<'v> Lookup<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        let word = |stem| vocabulary.find(stem).unwrap_or(NONE);
        Self {
            vocabulary,
            starts: vec![Start { alone: NONE, longer: NONE }; vocabulary.len()],
            longer: Vec::new(),
            roots: vec![NONE; vocabulary.root_names.len()],
            phrases: Vec::new(),
            of: word("of"),
            percent: word("percent"),
        }
    }

    /// Adds a phrase (a key of stems joined by blanks) to a group; a second time for a group, the surer sense stands. One
    /// with a word that the texts lack is left out.
    pub(super) fn add(&mut self, key: &str, sense: Sense) {
        if sense.weight >= FIRM
            && let Some(base) = root(key)
            && let Some(&number) = self.vocabulary.roots.get(base)
            && let Some(slot) = self.roots.get_mut(number as usize)
        {
            let senses = senses_at(&mut self.phrases, slot, base);
            put(senses, Sense { weight: sense.weight * SAME_ROOT, ..sense });
        }
        let Some(words) = self.vocabulary.find_all(key).filter(|_| !key.is_empty()) else { return };
        let Some(start) = words.first().and_then(|&w| self.starts.get_mut(w as usize)) else { return };
        if words.len() == 1 {
            return put(senses_at(&mut self.phrases, &mut start.alone, key), sense);
        }
        if start.longer == NONE {
            start.longer = self.longer.len() as u32;
            self.longer.push(Vec::new());
        }
        let Some(list) = self.longer.get_mut(start.longer as usize) else { return };
        let at = list.iter().position(|l| *l.0 == *words).unwrap_or_else(|| {
            let at = list.partition_point(|l| l.0.len() >= words.len());
            list.insert(at, (words.into_boxed_slice(), NONE));
            at
        });
        if let Some(slot) = list.get_mut(at) {
            put(senses_at(&mut self.phrases, &mut slot.1, key), sense);
        }
    }

    /// All phrases in these words, longest first, none overlapping. A compound with hyphens that is no phrase itself is looked
    /// up by its parts, a word that is none by its root.
    pub(super) fn scan(&self, words: &[Number]) -> Vec<Heard<'_>> {
        let mut found = Vec::new();
        let mut first = 0;
        while first < words.len() {
            let here = self.at(&words[first..]).map(|(length, phrase)| (first + length, phrase));
            if let Some((end, phrase)) = here {
                let senses = self.phrases.get(phrase as usize).map_or(&[][..], |p| &p.1);
                found.push(Heard { first, end, phrase, senses });
            }
            first = here.map_or(first + 1, |(end, _)| end);
        }
        found
    }

    /// The phrase that these words begin with, and of how many it is.
    fn at(&self, words: &[Number]) -> Option<(usize, u32)> {
        let entry = self.vocabulary.entries.get(*words.first()? as usize)?;
        let whole = || self.longest(words);
        let joined = || self.longest(&entry.parts).filter(|(length, _)| *length == entry.parts.len());
        let part = || entry.parts.iter().rev().find_map(|p| self.longest(&[*p]));
        let by_parts = || joined().or_else(part).filter(|_| !entry.parts.is_empty()).map(|(_, phrase)| (1, phrase));
        let by_root = || self.roots.get(entry.root as usize).filter(|p| **p != NONE).map(|&phrase| (1, phrase));
        whole().or_else(by_parts).or_else(by_root)
    }

    /// The longest phrase that these words begin with as they are.
    fn longest(&self, words: &[Number]) -> Option<(usize, u32)> {
        let start = self.starts.get(*words.first()? as usize)?;
        let longer = self.longer.get(start.longer as usize).into_iter().flatten();
        let longest = longer.filter(|l| words.starts_with(&l.0)).map(|l| (l.0.len(), l.1)).next();
        longest.or((start.alone != NONE).then_some((1, start.alone)))
    }

    /// The key of a phrase that was found; of one by its root, the root.
    pub(super) fn key(&self, heard: &Heard<'_>) -> &str {
        self.phrases.get(heard.phrase as usize).map_or("", |p| &p.0)
    }

    /// How well an item fits the groups that it says anything of, in order of group.
    pub(super) fn fits(&self, lines: &Lines) -> Vec<(usize, Fit)> {
        let mut fits: Vec<(usize, Fit)> = Vec::new();
        for (words, weight) in lines.each() {
            let mut hearing = Hearing::default();
            for heard in self.scan(words) {
                hearing.hear(
                    self.key(&heard),
                    heard.end - heard.first,
                    self.only_modifies(words, &heard),
                    heard.senses,
                );
            }
            hearing.gains(weight, |group, gain| {
                let at = fits.binary_search_by_key(&group, |f| f.0).unwrap_or_else(|at| {
                    fits.insert(at, (group, Fit::default()));
                    at
                });
                fits[at].1.gain(gain, weight);
            });
        }
        fits
    }

    /// As for words in texts: whether a phrase only modifies people, or is the base of a share.
    fn only_modifies(&self, words: &[Number], heard: &Heard<'_>) -> bool {
        let next = words.get(heard.end).and_then(|w| self.vocabulary.entries.get(*w as usize));
        let base = matches!(words.get(..heard.first), Some([.., p, o]) if *p == self.percent && *o == self.of);
        next.is_some_and(|e| e.is_agent) || base
    }
}

/// The senses of the phrase that a slot holds, which is made where there is none.
fn senses_at<'a>(phrases: &'a mut Vec<(String, Vec<Sense>)>, slot: &mut u32, key: &str) -> &'a mut Vec<Sense> {
    if *slot == NONE {
        *slot = phrases.len() as u32;
        phrases.push((key.to_string(), Vec::new()));
    }
    &mut phrases[*slot as usize].1
}

/// In which items each word stands.
#[derive(Debug)]
pub(super) struct Standing {
    /// Items by word or part of a compound.
    by_word: Vec<Vec<u32>>,
    /// Items by root.
    by_root: Vec<Vec<u32>>,
}

impl Standing {
    /// Of numbered items.
    pub(super) fn new<'a>(vocabulary: &Vocabulary, items: impl Iterator<Item = (usize, &'a Lines)>) -> Self {
        let mut all = Self {
            by_word: vec![Vec::new(); vocabulary.len()],
            by_root: vec![Vec::new(); vocabulary.root_names.len()],
        };
        let put = |list: Option<&mut Vec<u32>>, item: usize| {
            if let Some(list) = list.filter(|l| l.last() != Some(&(item as u32))) {
                list.push(item as u32);
            }
        };
        for (item, lines) in items {
            for &word in &lines.words {
                vocabulary.found_by(word).for_each(|w| put(all.by_word.get_mut(w as usize), item));
                let root = vocabulary.entries.get(word as usize).map_or(NONE, |e| e.root);
                put(all.by_root.get_mut(root as usize), item);
            }
        }
        all
    }

    /// The items in which a phrase may be found, in order: those with its first word, whole or in a compound, or of its root.
    pub(super) fn of(&self, vocabulary: &Vocabulary, key: &str) -> Vec<usize> {
        let first = key.split(' ').next().and_then(|w| vocabulary.find(w));
        let by_word = first.and_then(|w| self.by_word.get(w as usize)).into_iter().flatten();
        let base = root(key).and_then(|r| vocabulary.roots.get(r));
        let by_root = base.and_then(|r| self.by_root.get(*r as usize)).into_iter().flatten();
        let mut found: Vec<usize> = by_word.chain(by_root).map(|i| *i as usize).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::issues::matching::fits;
    use crate::issues::phrases::Phrases;
    use crate::issues::zones::Zone;

    /// Words with a root, compounds, agents and bases of shares, so that each way of finding a phrase is met.
    const WORDS: [&str; 16] = [
        "inspect",
        "inspection",
        "inspector",
        "fund",
        "flood-fund",
        "flood",
        "tax",
        "grain-tax",
        "no-strike",
        "strike",
        "minister",
        "percent",
        "of",
        "wage",
        "12",
        "pay-rise-fund",
    ];

    fn key() -> impl Strategy<Value = String> {
        proptest::collection::vec(0..WORDS.len(), 1..4)
            .prop_map(|w| w.iter().map(|w| WORDS[*w]).collect::<Vec<_>>().join(" "))
    }

    fn text() -> impl Strategy<Value = Vec<Word>> {
        let word = |w: usize| Word { start: 0, end: 0, stem: WORDS[w].to_string() };
        proptest::collection::vec(0..WORDS.len(), 0..12).prop_map(move |w| w.into_iter().map(word).collect())
    }

    proptest! {
        #[test]
        fn numbered_words_say_what_words_say(
            keys in proptest::collection::vec((key(), 0..3usize, 0..5usize, any::<bool>()), 0..12),
            zones in proptest::collection::vec((text(), 0..3usize), 1..4),
        ) {
            let zone = |(words, w): &(Vec<Word>, usize)| Zone { words: words.clone(), weight: [1.0, 0.5, 0.3][*w] };
            let zones = Zones { zones: zones.iter().map(zone).collect(), at: 0, sentence: rapporteur_text::Span::all(""), point: None };
            let mut vocabulary = Vocabulary::default();
            let lines = Lines::new(&zones, &mut vocabulary);
            let (mut phrases, mut lookup) = (Phrases::default(), Lookup::new(&vocabulary));
            for (key, group, weight, contrary) in &keys {
                let sense = Sense { group: *group, weight: [0.35, 0.6, 0.8, 0.9, 1.0][*weight], contrary: *contrary };
                phrases.add(key, sense);
                lookup.add(key, sense);
            }
            for (zone, (numbers, _)) in zones.zones.iter().zip(lines.each()) {
                let found: Vec<_> = phrases.scan(&zone.words).into_iter().map(|f| (f.first, f.end, f.key, f.senses)).collect();
                let heard = lookup.scan(numbers);
                let heard: Vec<_> = heard.iter().map(|h| (h.first, h.end, lookup.key(h), h.senses)).collect();
                prop_assert_eq!(found, heard);
            }
            let dense = fits(&phrases, &zones, 3);
            let mut sparse = vec![Fit::default(); 3];
            lookup.fits(&lines).into_iter().for_each(|(group, fit)| sparse[group] = fit);
            prop_assert_eq!(dense, sparse);
            // whatever phrase is found in an item, the item is listed under it
            let standing = Standing::new(&vocabulary, std::iter::once((7, &lines)));
            for (key, ..) in &keys {
                let mut alone = Lookup::new(&vocabulary);
                alone.add(key, Sense { group: 0, weight: 1.0, contrary: false });
                let is_found = !alone.fits(&lines).is_empty();
                prop_assert!(!is_found || standing.of(&vocabulary, key) == [7], "{}", key);
            }
        }
    }
}
