//! Short forms of a matter: the head of a compound ("the clause" for "no-strike clause"), the number of a point.

use std::collections::{BTreeMap, BTreeSet};

use super::discovery::{Draft, Item, assign};
use crate::words::phrase_key;

/// Fewest items in which the whole phrase stands.
const SEEN: usize = 2;
/// The whole phrase stands in at least one of so many items in which its head stands.
const PART: usize = 5;
/// Weight of a head.
const HEAD: f32 = 0.6;
/// Weight of the number of a point.
const POINT: f32 = 0.6;
/// Least own fit of an item that shows what a head means.
const CLEAR: f32 = 0.25;

/// Heads that stand for the talks as a whole, or for whoever acts.
const WHOLE: &str = " deal agreement accord treaty pact contract package paper proposal plan offer draft text talk term \
    point issue matter programme worker person people member party side force group committee body ";

/// Adds to each draft the heads of its compounds, where the texts use them for it.
pub(super) fn add_heads(items: &[Item<'_>], drafts: &mut [Draft]) {
    let assigned = assign(items, drafts);
    let taken = |head: &str, by: usize| {
        let firm = drafts[by].terms.get(head).is_some_and(|&w| w >= HEAD);
        let other = |(n, d): (usize, &Draft)| n != by && (d.terms.contains_key(head) || d.contrary.contains(head));
        firm || drafts.iter().enumerate().any(other)
    };
    let mut heads: BTreeMap<String, BTreeMap<usize, BTreeSet<String>>> = BTreeMap::new();
    for (d, draft) in drafts.iter().enumerate() {
        for (term, _) in draft.terms.iter().filter(|(_, w)| **w >= 0.8) {
            let head = term.rsplit([' ', '-']).next().unwrap_or(term);
            let long = head.chars().count() > 3 && head != term && head.chars().all(char::is_alphabetic);
            if long && !WHOLE.contains(&format!(" {head} ")) && !taken(head, d) {
                heads.entry(head.to_string()).or_default().entry(d).or_default().insert(term.clone());
            }
        }
    }
    let words = |item: &Item<'_>| -> String { item.zones.zones.iter().take(2).map(|z| z.stems()).collect() };
    let words: Vec<String> = items.iter().map(words).collect();
    let mut found = Vec::new();
    for (head, of) in heads {
        let mut whole: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut all, mut of_item) = (0, BTreeMap::new());
        let own = format!(" {head} ");
        for ((_, fit), stems) in items.iter().zip(&assigned).zip(&words).filter(|((i, _), _)| i.weight > 0.0) {
            if !stems.contains(&own) {
                continue;
            }
            all += 1;
            for (&d, terms) in &of {
                let within = terms.iter().any(|t| stems.contains(&format!(" {t} ")));
                *whole.entry(d).or_default() += usize::from(within);
            }
            if let Some((d, fit)) = fit
                && fit.own > CLEAR
            {
                *of_item.entry(*d).or_insert(0usize) += 1;
            }
        }
        let Some((&d, &n)) = whole.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))) else { continue };
        let mine = of_item.get(&d).copied().unwrap_or(0);
        let others: usize = of_item.iter().filter(|x| *x.0 != d).map(|x| *x.1).sum();
        let rivals: usize = whole.iter().filter(|x| *x.0 != d).map(|x| *x.1).sum();
        if n >= SEEN && PART * n >= all && mine >= others && 3 * rivals <= n {
            found.push((d, head));
        }
    }
    for (d, head) in found {
        drafts[d].terms.insert(head, HEAD);
    }
}

/// Adds the numbers of points, where all papers mean the same issue by a number.
pub(super) fn add_points(items: &[Item<'_>], drafts: &mut [Draft]) {
    let assigned = assign(items, drafts);
    let mut points: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for (item, found) in items.iter().zip(assigned) {
        if let (Some(point), Some((d, fit))) = (item.zones.point, found)
            && fit.own > CLEAR
        {
            points.entry(point).or_default().insert(d);
        }
    }
    for (point, of) in points {
        if let (1, Some(&d)) = (of.len(), of.first()) {
            drafts[d].terms.insert(phrase_key(&format!("point {point}")), POINT);
        }
    }
}
