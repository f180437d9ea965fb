//! Bodies that are described ("the dockers' union") and not named.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::parties::bodies;
use crate::words::stem;

/// Words for one sort of body, a row each.
static SAME: LazyLock<Vec<HashSet<String>>> = LazyLock::new(|| bodies("same"));

/// Letters from which on words that begin alike are one ("negotiators", "negotiating").
const LONG: usize = 6;

/// Names that can be asked by a description: only those are compared that have a word of its head's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Described {
    /// The number of each name, and its stems.
    names: Vec<(usize, Vec<String>)>,
    /// Places in `names`, by each word of a name and by its first letters.
    by_word: HashMap<String, Vec<usize>>,
    by_start: HashMap<Option<String>, Vec<usize>>,
}

impl Described {
    /// Names with their numbers, in order of number.
    pub(crate) fn new<'a>(names: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut all = Self::default();
        for (number, name) in names {
            let at = all.names.len();
            let stems = stems(name);
            for word in &stems {
                push(all.by_word.entry(word.clone()).or_default(), at);
                if is_long(word) {
                    push(all.by_start.entry(start(word).map(str::to_string)).or_default(), at);
                }
            }
            all.names.push((number, stems));
        }
        all
    }

    /// The numbers of the names that a description fits, in order, with how well.
    pub(crate) fn meant(&self, description: &str) -> Vec<(usize, usize)> {
        let words = stems(description);
        let Some(head) = words.last() else { return Vec::new() };
        let same = SAME.iter().filter(|row| row.contains(head)).flatten();
        let by_word = std::iter::once(head).chain(same).filter_map(|w| self.by_word.get(w));
        let by_start = is_long(head).then(|| self.by_start.get(&start(head).map(str::to_string))).flatten();
        let mut found: Vec<usize> = by_word.chain(by_start).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        let of = |at: usize| self.names.get(at).map(|(number, name)| (*number, fits(&words, name)));
        found.into_iter().filter_map(of).filter(|(_, fit)| *fit > 0).collect()
    }
}

fn push(list: &mut Vec<usize>, at: usize) {
    if list.last() != Some(&at) {
        list.push(at);
    }
}

fn stems(words: &str) -> Vec<String> {
    words.split(' ').map(stem).collect()
}

fn is_long(stem: &str) -> bool {
    stem.chars().count() >= LONG
}

fn start(stem: &str) -> Option<&str> {
    stem.get(..LONG)
}

fn near(a: &str, b: &str) -> bool {
    a == b || (start(a) == start(b) && is_long(a) && is_long(b))
}

/// How well a description ("dockers' union") fits a name ("Dockers' Federation"): 0 not, 1 by its head, 2 by more.
pub(crate) fn says_so(description: &str, name: &str) -> usize {
    fits(&stems(description), &stems(name))
}

fn fits(words: &[String], names: &[String]) -> usize {
    let (Some(head), Some(last)) = (words.last(), names.last()) else { return 0 };
    if names.len() < 2 && head != last {
        return 0;
    }
    // "the dockers" for their federation; but the Government Printer is not the government, nor the State Council the state
    let modifies = matches!(head.as_str(), "government" | "state" | "country" | "public");
    let same = near(head, last)
        || !modifies && names.iter().any(|n| near(head, n))
        || SAME.iter().any(|row| row.contains(head) && row.contains(last));
    if !same {
        return 0;
    }
    // every further word of the description must be in the name
    let more = words.iter().take(words.len() - 1).filter(|w| !matches!(w.as_str(), "the" | "of")).collect::<Vec<_>>();
    if more.iter().all(|w| names.iter().any(|n| near(w, n))) { 1 + usize::from(!more.is_empty()) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names are looked up by words, and told apart by comparing: the first must never miss what the second finds.
    #[test]
    fn what_a_description_fits_is_found_whatever_the_words() {
        let names = [
            "dockers' federation",
            "harbour board",
            "state council",
            "government printer",
            "negotiating commission",
            "federation",
            "ministry of energy",
            "union of the north",
            "переговорный комитет",
            "negotiators' union",
        ];
        let all = Described::new(names.iter().copied().enumerate());
        let words = [
            "union",
            "dockers' union",
            "dockers",
            "board",
            "government",
            "state",
            "negotiators",
            "negotiation",
            "ministry",
            "energy ministry",
            "the union",
            "переговоры",
            "commission",
            "council",
            "",
            "federation",
            "north",
        ];
        for description in words {
            let compared = names.iter().map(|name| says_so(description, name)).enumerate().filter(|(_, fit)| *fit > 0);
            assert_eq!(all.meant(description), compared.collect::<Vec<_>>(), "{description}");
        }
        assert_eq!(all.meant("dockers' union"), [(0, 2)]);
    }
}
