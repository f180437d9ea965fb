//! Whether an article is about a negotiation at all: words of many meanings are only then taken for what they mean there.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::Context;
use crate::lexicon::rows;

/// What the words of an article must weigh together.
const ENOUGH: usize = 4;
/// And for each so many tokens of a long one.
const DENSITY: usize = 200;
/// What those of a text of a few sentences must weigh.
const ENOUGH_OF_FEW: usize = 2;
/// Tokens of a text of a few sentences.
const FEW: usize = 100;

fn words(of: &str) -> HashSet<&'static str> {
    rows(include_str!("../lexicons/talks_words.tsv"))
        .filter(|r| r[0] == of)
        .flat_map(|r| r.get(1).copied().unwrap_or("").split(' '))
        .collect()
}

static SURE: LazyLock<HashSet<&str>> = LazyLock::new(|| words("sure"));
static LIKELY: LazyLock<HashSet<&str>> = LazyLock::new(|| words("likely"));

/// Whether enough words of negotiating stand in the article, and at least two different ones.
pub(crate) fn is_about_talks(cx: &Context<'_>) -> bool {
    let mut weight = 0;
    let mut kinds: HashSet<&str> = HashSet::new();
    for t in &cx.parse.tokens {
        let lemma = t.lemma.as_str();
        let word = [t.lower.as_str(), lemma].into_iter().find(|w| SURE.contains(w) || LIKELY.contains(w));
        if let Some(word) = word {
            weight += if SURE.contains(word) { 2 } else { 1 };
            kinds.insert(lemma);
        }
    }
    match cx.parse.len() {
        ..FEW => weight >= ENOUGH_OF_FEW,
        n => weight >= ENOUGH.max(n / DENSITY) && kinds.len() >= 2,
    }
}
