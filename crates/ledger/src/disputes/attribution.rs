//! The same words given to two speakers.
//!
//! A quotation counts where four or more of its content words are those of another, given to somebody else in an article
//! of another origin; a percentage of one issue where two articles name two claimants for it.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_reading::model::{Quote, Status as Mention};

use crate::Named;
use crate::cx::{Cx, Told, content_words, days_between};
use crate::model::{About, Dispute, DisputeSort, Verdict};

use super::{Claim, dispute};

/// Fewest content words by which a saying is known again.
const WORDS: usize = 4;
/// Share of the words that two reports of one saying have in common.
const ALIKE: f64 = 0.8;
/// Reports further apart may be of two sayings.
const NEAR: i64 = 14;

pub(super) fn find(cx: &Cx<'_>) -> Vec<Dispute> {
    let mut all = sayings(cx);
    all.extend(percentages(cx));
    all
}

fn near<T: rapporteur_reading::model::HasItem>(a: &Told<'_, T>, b: &Told<'_, T>) -> bool {
    match (a.published(), b.published()) {
        (Some(x), Some(y)) => days_between(x, y).abs() <= NEAR,
        _ => true,
    }
}

struct Saying<'a> {
    told: Told<'a, Quote>,
    words: BTreeSet<String>,
    by: Named,
}

fn sayings(cx: &Cx<'_>) -> Vec<Dispute> {
    let mut all: Vec<Saying<'_>> = Vec::new();
    for told in cx.told(|w| &w.reading.quotes) {
        let Some(source) = told.record.source else { continue };
        let by = told.w.named(cx.dossier, &source);
        let content: Vec<&str> = told.record.content.iter().map(|c| told.w.words(*c)).collect();
        let words = content_words(&content.join(" "));
        if by.is_resolved() && words.len() >= WORDS {
            all.push(Saying { told, words, by });
        }
    }
    let prefixes = prefixes(&all);
    let mut index: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, prefix) in prefixes.iter().enumerate() {
        prefix.iter().for_each(|w| index.entry(w).or_default().push(i));
    }
    let mut found = Vec::new();
    for (i, a) in all.iter().enumerate() {
        let later = |w: &&str| index.get(w).into_iter().flatten().copied().filter(|&j| j > i).collect::<Vec<_>>();
        let candidates: BTreeSet<usize> = prefixes[i].iter().flat_map(later).collect();
        let Some(b) = candidates.into_iter().map(|j| &all[j]).find(|b| is_disputed(cx, a, b)) else { continue };
        let about = About::Words(a.told.w.words(a.told.record.content[0]).to_string());
        let sides = vec![vec![said(a)], vec![said(b)]];
        let rule = "dispute.attribution-same-words.v1";
        found.extend(dispute(cx, DisputeSort::Attribution, rule, about, sides, Verdict::Differs));
    }
    found
}

/// For each saying its rarest words, so many that two sayings with [`ALIKE`] of their words in common share one of them
/// (the prefix filter of set similarity joins, Chaudhuri et al. 2006).
fn prefixes<'a>(all: &'a [Saying<'_>]) -> Vec<Vec<&'a str>> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for s in all {
        s.words.iter().for_each(|w| *uses.entry(w).or_default() += 1);
    }
    let prefix = |s: &'a Saying<'_>| {
        let mut words: Vec<&str> = s.words.iter().map(String::as_str).collect();
        words.sort_by_key(|w| (uses.get(w).copied().unwrap_or(0), *w));
        let shared = (words.len() as f64 * ALIKE).ceil() as usize;
        words.truncate(words.len() + 1 - shared);
        words
    };
    all.iter().map(prefix).collect()
}

/// One saying, two speakers of whom neither speaks for the other.
fn is_disputed(cx: &Cx<'_>, a: &Saying<'_>, b: &Saying<'_>) -> bool {
    if a.by == b.by || cx.origins.of(a.told.article()) == cx.origins.of(b.told.article()) {
        return false;
    }
    let shared = a.words.intersection(&b.words).count() as f64;
    let all = (a.words.len() + b.words.len()) as f64 - shared;
    let party = |s: &Saying<'_>| s.told.record.source.map(|r| s.told.w.holder(cx.dossier, &r).0.key());
    shared / all >= ALIKE && a.by.key() != b.by.key() && party(a) != party(b) && near(&a.told, &b.told)
}

fn said(s: &Saying<'_>) -> Claim {
    Claim {
        value: s.by.shown().to_string(),
        claimant: Some(s.by.clone()),
        cited: s.told.cited(),
        confidence: s.told.item().confidence,
        id: s.told.id().clone(),
    }
}

/// "95 percent done" of one issue, given to two.
fn percentages(cx: &Cx<'_>) -> Vec<Dispute> {
    let all: Vec<Told<'_, Mention>> = cx
        .told(|w| &w.reading.statuses)
        .into_iter()
        .filter(|t| t.record.percent.is_some() && t.record.according_to.is_some())
        .collect();
    let by = |t: &Told<'_, Mention>| t.record.according_to.map(|r| t.w.holder(cx.dossier, &r));
    let mut found = Vec::new();
    for (i, a) in all.iter().enumerate() {
        let other = all[i + 1..].iter().find(|b| {
            let parties =
                by(a).zip(by(b)).is_some_and(|(x, y)| x.0.is_resolved() && y.0.is_resolved() && x.0.key() != y.0.key());
            let apart = cx.origins.of(a.article()) != cx.origins.of(b.article());
            a.record.percent == b.record.percent && parties && apart && near(a, b)
        });
        let Some(b) = other else { continue };
        let about = About::Words(a.record.matter.map_or("", |m| a.w.words(m)).to_string());
        let claims = |t: &Told<'_, Mention>| {
            let who = by(t).map(|(party, person)| person.unwrap_or(party));
            Claim {
                value: who.as_ref().map_or("", |n| n.shown()).to_string(),
                claimant: who,
                cited: t.cited(),
                confidence: t.item().confidence,
                id: t.id().clone(),
            }
        };
        let rule = "dispute.attribution-percentage.v1";
        found.extend(dispute(
            cx,
            DisputeSort::Attribution,
            rule,
            about,
            vec![vec![claims(a)], vec![claims(b)]],
            Verdict::Differs,
        ));
    }
    found
}
