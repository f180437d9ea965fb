//! Learning the other words of a matter from the company they keep.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::corpus::Corpus;
use super::discovery::{Draft, Item, assign, names_matter, phrases};
use super::phrases::Phrases;
use crate::lexicon::{AGENTS, GENERIC, PROCEDURES};
use crate::words::{Word, stem};

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

/// Adds to each draft the words and pairs of words whose sentences are mostly about it.
pub(super) fn learn(items: &[Item<'_>], corpus: &Corpus, names: &HashSet<String>, drafts: &mut [Draft]) {
    let assigned = assign(items, drafts);
    let known = phrases(drafts);
    // only words that stand in noun phrases somewhere
    let nouns: HashSet<String> = items
        .iter()
        .flat_map(|i| i.topics.iter().flat_map(|t| t.lemma.split([' ', '-']).map(stem).collect::<Vec<_>>()))
        .collect();
    let mut counts: BTreeMap<String, Vec<f32>> = BTreeMap::new();
    for (item, found) in items.iter().zip(&assigned) {
        if item.weight == 0.0 {
            continue;
        }
        // what is known only from the words before teaches nothing
        let group = found.filter(|(_, fit)| fit.own > 0.25).map(|(g, _)| g);
        let mut seen = BTreeSet::new();
        for zone in item.zones.zones.iter().take(2) {
            candidates(&zone.words, &known, names, &nouns, &mut seen);
        }
        for word in seen {
            let row = counts.entry(word).or_insert_with(|| vec![0.0; drafts.len() + 1]);
            row[group.unwrap_or(drafts.len())] += 1.0;
        }
    }
    corpus.count(&known, names, &nouns, drafts.len(), &mut counts);
    let taken: BTreeSet<String> = drafts.iter().flat_map(|d| d.terms.keys().chain(&d.contrary).cloned()).collect();
    for (word, row) in counts.into_iter().filter(|(w, _)| !taken.contains(w)) {
        // sentences nobody claims count against a word, but less than those of another issue
        let total: f32 = row.iter().take(drafts.len()).sum::<f32>() + UNCLAIMED * row[drafts.len()];
        let Some(g) = (0..drafts.len()).max_by(|&a, &b| row[a].total_cmp(&row[b]).then(b.cmp(&a))) else { return };
        let share = (row[g] - 0.5) / total;
        let generic = word.split(' ').all(|w| GENERIC.contains(w));
        let figure = word.chars().next().is_some_and(|c| c.is_ascii_digit());
        let (seen, least) = match () {
            () if figure => (FIGURE_SEEN, SHARE),
            () if generic => (GENERIC_SEEN, GENERIC_SHARE),
            () => (SEEN, SHARE),
        };
        if total >= seen && share >= least {
            drafts[g].terms.insert(word, if generic && !figure { 0.4 } else { 0.3 + 0.5 * share });
        }
    }
}

/// Words and pairs of words of a zone that could be learned: outside the phrases that are known already.
pub(super) fn candidates(
    words: &[Word],
    known: &Phrases,
    names: &HashSet<String>,
    nouns: &HashSet<String>,
    seen: &mut BTreeSet<String>,
) {
    let found = known.scan(words);
    let free = |i: usize| !found.iter().any(|f| f.first <= i && i < f.end && f.senses.iter().any(|s| s.weight > 0.5));
    let number = |s: &str| s.chars().next().is_some_and(|c| c.is_ascii_digit());
    let unit =
        |s: &str| matches!(s, "percent" | "million" | "billion" | "crown" | "euro" | "dollar" | "metre" | "share");
    let good = |s: &str| {
        !stop_word(s)
            && !AGENTS.contains(s)
            && !PROCEDURES.contains(s)
            && !names.contains(s)
            && (nouns.contains(s) || number(s) || unit(s))
    };
    for (i, w) in words.iter().enumerate().filter(|(i, _)| free(*i)) {
        if good(&w.stem) && !number(&w.stem) && w.stem.chars().count() > 2 {
            seen.insert(w.stem.clone());
        }
        if let Some(next) = words.get(i + 1).filter(|_| free(i + 1))
            && good(&next.stem)
            && (good(&w.stem) || number(&w.stem))
            && (names_matter(&w.stem, names)
                || names_matter(&next.stem, names)
                || (number(&w.stem) && unit(&next.stem)))
        {
            seen.insert(format!("{} {}", w.stem, next.stem));
        }
    }
}

/// Words that build sentences and say nothing of a matter.
pub(crate) fn stop_word(word: &str) -> bool {
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
    (word.len() < 3 && !word.chars().any(|c| c.is_ascii_digit())) || WORDS.contains(&format!(" {word} "))
}
