//! Finding the phrases of many groups in a text, longest first.

use std::collections::HashMap;

use crate::words::{Word, root};

/// How surely a word of the same root means what a phrase means ("inspect" for "inspection").
pub(super) const SAME_ROOT: f32 = 0.7;
/// Least weight of a word whose root is looked up too.
pub(super) const FIRM: f32 = 0.8;

/// What a phrase says of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sense {
    /// Number of the group (an issue, a family).
    pub(crate) group: usize,
    /// How surely the phrase means it, 0 to 1.
    pub(crate) weight: f32,
    /// Whether the phrase names the contrary.
    pub(crate) contrary: bool,
}

/// A phrase found in a list of words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found<'a> {
    /// First word.
    pub(crate) first: usize,
    /// One past the last word.
    pub(crate) end: usize,
    /// The phrase's key.
    pub(crate) key: &'a str,
    /// What it says.
    pub(crate) senses: &'a [Sense],
}

/// Phrases by key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    map: HashMap<String, Vec<Sense>>,
    /// Single words by the root they share with their verbs and nouns.
    roots: HashMap<String, Vec<Sense>>,
    /// For each first word of a phrase, the most words of one.
    longest: HashMap<String, usize>,
}

/// Adds a sense; a second time for a group, the surer stands.
pub(super) fn put(senses: &mut Vec<Sense>, sense: Sense) {
    match senses.iter_mut().find(|s| s.group == sense.group) {
        Some(s) if s.weight >= sense.weight => {}
        Some(s) => *s = sense,
        None => {
            senses.push(sense);
            senses.sort_by_key(|s| s.group);
        }
    }
}

impl Phrases {
    /// Adds a phrase (a key of stems joined by blanks) to a group; a second time for a group, the surer sense stands.
    pub(crate) fn add(&mut self, key: &str, sense: Sense) {
        if key.is_empty() {
            return;
        }
        let first = key.split(' ').next().unwrap_or_default();
        let longest = self.longest.entry(first.to_string()).or_default();
        *longest = (*longest).max(key.split(' ').count());
        if sense.weight >= FIRM
            && let Some(base) = root(key)
        {
            put(self.roots.entry(base.to_string()).or_default(), Sense { weight: sense.weight * SAME_ROOT, ..sense });
        }
        put(self.map.entry(key.to_string()).or_default(), sense);
    }

    fn get(&self, key: &str) -> Option<(&str, &[Sense])> {
        self.map.get_key_value(key).map(|(k, v)| (k.as_str(), v.as_slice()))
    }

    /// All phrases in these words, longest first, none overlapping. A hyphenated word that is no phrase itself is
    /// looked up by its parts, a word that is none by its root.
    pub(crate) fn scan<'a>(&'a self, words: &[Word]) -> Vec<Found<'a>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let step = self.longest_at(words, at, &mut found);
            at += step;
        }
        found
    }

    fn longest_at<'a>(&'a self, words: &[Word], at: usize, found: &mut Vec<Found<'a>>) -> usize {
        let longest = self.longest.get(&words[at].stem).copied().unwrap_or_default();
        for n in (1..=longest.min(words.len() - at)).rev() {
            let stems = || words[at..at + n].iter().map(|w| w.stem.as_str()).collect::<Vec<&str>>().join(" ");
            let same = if n == 1 { self.get(&words[at].stem) } else { self.get(&stems()) };
            if let Some((key, senses)) = same {
                found.push(Found { first: at, end: at + n, key, senses });
                return n;
            }
        }
        if words[at].stem.contains('-') {
            let parts: Vec<&str> = words[at].stem.split('-').collect();
            let whole = parts.join(" ");
            for part in std::iter::once(whole.as_str()).chain(parts.iter().rev().copied()) {
                if let Some((key, senses)) = self.get(part) {
                    found.push(Found { first: at, end: at + 1, key, senses });
                    return 1;
                }
            }
        }
        if let Some(base) = root(&words[at].stem)
            && let Some((key, senses)) = self.roots.get_key_value(base)
        {
            found.push(Found { first: at, end: at + 1, key, senses });
        }
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn the_longest_phrase_wins_and_hyphens_open() {
        let mut phrases = Phrases::default();
        phrases.add("fund", Sense { group: 0, weight: 1.0, contrary: false });
        phrases.add("flood fund", Sense { group: 1, weight: 1.0, contrary: false });
        phrases.add("tax", Sense { group: 2, weight: 1.0, contrary: false });
        let found = phrases.scan(&words("a flood fund, another fund and a grain-tax", 0));
        let groups: Vec<usize> = found.iter().flat_map(|f| f.senses.iter().map(|s| s.group)).collect();
        assert_eq!(groups, [1, 0, 2]);
    }

    #[test]
    fn a_verb_finds_its_noun_less_surely() {
        let mut phrases = Phrases::default();
        phrases.add("inspection", Sense { group: 0, weight: 1.0, contrary: false });
        phrases.add("weak", Sense { group: 1, weight: 0.35, contrary: false });
        let found = phrases.scan(&words("to inspect every gate, weakened", 0));
        assert_eq!(found.iter().map(|f| f.senses[0].weight).collect::<Vec<_>>(), [SAME_ROOT]);
    }
}
