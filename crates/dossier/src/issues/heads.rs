//! Short forms of a matter: the head of a compound ("the clause" for "no-strike clause"), the number of a point.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::discovery::{Draft, Texts};
use super::vocabulary::Number;
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
pub(super) fn add_heads(texts: &Texts<'_>, drafts: &mut [Draft]) {
    let assigned = texts.assign(drafts);
    let heads = heads(drafts);
    let standing = standing(texts, heads.keys().filter_map(|head| texts.vocabulary.find(head)));
    let mut found = Vec::new();
    for (head, of) in heads {
        let phrase = |term: &String| texts.vocabulary.find_all(term);
        let of: BTreeMap<usize, Vec<Vec<Number>>> =
            of.into_iter().map(|(d, terms)| (d, terms.iter().filter_map(phrase).collect())).collect();
        let items = texts.vocabulary.find(&head).and_then(|n| standing.get(&n)).map_or(&[][..], Vec::as_slice);
        let (mut whole, mut of_item) = (BTreeMap::<usize, usize>::new(), BTreeMap::<usize, usize>::new());
        for &n in items {
            for (&d, terms) in &of {
                let within = terms.iter().any(|t| texts.items[n].lines.has(t));
                *whole.entry(d).or_default() += usize::from(within);
            }
            if let Some((d, _)) = assigned[n].filter(|(_, fit)| fit.own > CLEAR) {
                *of_item.entry(d).or_default() += 1;
            }
        }
        let Some((&d, &n)) = whole.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))) else { continue };
        let mine = of_item.get(&d).copied().unwrap_or(0);
        let others: usize = of_item.iter().filter(|x| *x.0 != d).map(|x| *x.1).sum();
        let rivals: usize = whole.iter().filter(|x| *x.0 != d).map(|x| *x.1).sum();
        if n >= SEEN && PART * n >= items.len() && mine >= others && 3 * rivals <= n {
            found.push((d, head));
        }
    }
    for (d, head) in found {
        drafts[d].terms.insert(head, HEAD);
    }
}

/// The heads of firm compounds that no other draft has for a term, with the compounds of each draft.
fn heads(drafts: &[Draft]) -> BTreeMap<String, BTreeMap<usize, BTreeSet<String>>> {
    let mut having: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for (d, key) in drafts.iter().enumerate().flat_map(|(d, x)| x.terms.keys().chain(&x.contrary).map(move |k| (d, k)))
    {
        having.entry(key).or_default().insert(d);
    }
    let taken = |head: &str, by: usize| {
        let firm = drafts[by].terms.get(head).is_some_and(|&w| w >= HEAD);
        firm || having.get(head).is_some_and(|of| of.iter().any(|d| *d != by))
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
    heads
}

/// For each of some words the items that count in whose matter or sentence it stands.
fn standing(texts: &Texts<'_>, words: impl Iterator<Item = Number>) -> HashMap<Number, Vec<usize>> {
    let mut standing: HashMap<Number, Vec<usize>> = words.map(|w| (w, Vec::new())).collect();
    for (n, item) in texts.items.iter().enumerate().filter(|(_, i)| i.weight > 0.0) {
        for word in item.lines.near().flatten() {
            if let Some(items) = standing.get_mut(word).filter(|items| items.last() != Some(&n)) {
                items.push(n);
            }
        }
    }
    standing
}

/// Adds the numbers of points, where all papers mean the same issue by a number.
pub(super) fn add_points(texts: &Texts<'_>, drafts: &mut [Draft]) {
    let assigned = texts.assign_those(drafts, |item| item.point.is_some());
    let mut points: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for (item, found) in texts.items.iter().zip(assigned) {
        if let (Some(point), Some((d, fit))) = (item.point, found)
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
