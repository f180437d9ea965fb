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
/// Tokens for each of which an article that is all about talks has a word of theirs.
const CLOSE: usize = 70;

fn words(of: &str) -> HashSet<&'static str> {
    rows(include_str!("../lexicons/talks_words.tsv"))
        .filter(|r| r[0] == of)
        .flat_map(|r| r.get(1).copied().unwrap_or("").split(' '))
        .collect()
}

static SURE: LazyLock<HashSet<&str>> = LazyLock::new(|| words("sure"));
static LIKELY: LazyLock<HashSet<&str>> = LazyLock::new(|| words("likely"));
static NO_VERB: LazyLock<HashSet<&str>> = LazyLock::new(|| words("no-verb"));

/// What the words of an article weigh.
struct Weight {
    /// All together; the sure ones count twice.
    all: usize,
    /// Different words.
    kinds: usize,
    /// Those hardly used of anything else.
    sure: usize,
}

fn weigh(cx: &Context<'_>) -> Weight {
    let (mut all, mut sure) = (0, 0);
    let mut kinds: HashSet<&str> = HashSet::new();
    for t in &cx.parse.tokens {
        let lemma = t.lemma.as_str();
        let word = [t.lower.as_str(), lemma].into_iter().find(|w| SURE.contains(w) || LIKELY.contains(w));
        // "according to", "boarded a bus"
        let Some(word) = word.filter(|w| t.pos != "VERB" && t.pos != "ADP" || !NO_VERB.contains(w)) else { continue };
        if SURE.contains(word) {
            sure += 1;
        }
        all += 1;
        kinds.insert(lemma);
    }
    Weight { all: all + sure, kinds: kinds.len(), sure }
}

/// Whether enough words of negotiating stand in the article, and at least two different ones.
pub(crate) fn is_about_talks(cx: &Context<'_>) -> bool {
    let weight = weigh(cx);
    match cx.parse.len() {
        ..FEW => weight.all >= ENOUGH_OF_FEW,
        n => weight.all + usize::from(weight.sure > 0) >= ENOUGH.max(n / DENSITY) && weight.kinds >= 2,
    }
}

/// Whether an article is about talks by a word hardly used of anything else, or by very many of the others: in one that is
/// not, a strike, a raid or a march is news of its own.
pub(crate) fn is_amid_talks(cx: &Context<'_>) -> bool {
    let weight = weigh(cx);
    is_about_talks(cx) && (weight.sure > 0 || cx.parse.len() < FEW || weight.all * CLOSE >= cx.parse.len())
}
