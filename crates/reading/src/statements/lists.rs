//! Lists of what is held, each item a matter by itself: "a rise, an end to overtime and no robots", "for a fund and for a
//! seat", "to open the gates and to pay a fee".

use std::ops::Range;

use super::clause::{self, dep, infinitive, is_verb, lower, range_without};
use crate::Context;

/// Objects with words of their own in front, each its own matter: "a rise, an end to overtime and no robots".
pub(super) fn split(cx: &Context<'_>, o: usize) -> Vec<(usize, Range<usize>)> {
    let mut all = clause::coordinated(cx, o);
    // "a rise, an end to overtime and no robots": the parse takes the second for an apposition of the first
    let listed = cx.parse.children_with(o, &["appos"]).find(|&a| cx.parse.child(a, &["conj"]).is_some());
    all.extend(listed.map(|a| clause::coordinated(cx, a)).unwrap_or_default());
    let own = |i: usize| cx.parse.children(i).any(|c| c < i && matches!(dep(cx, c), "det" | "poss" | "nummod"));
    if all.len() < 2 || !all.iter().all(|&i| own(i)) {
        return Vec::new();
    }
    all.iter()
        .map(|&i| {
            let next = |k: usize| matches!(dep(cx, k), "conj" | "cc" | "punct" | "preconj") || Some(k) == listed;
            (i, range_without(cx, i, |k| k > i && next(k)))
        })
        .collect()
}

/// Clauses joined to each other, each with its own "to" or "that": "to sign and to pay", "that it end and that they go".
pub(super) fn split_clauses(cx: &Context<'_>, c: usize) -> Vec<(usize, Range<usize>)> {
    let marked = |k: usize| {
        cx.parse
            .children(k)
            .any(|t| t < k && (cx.token(t).tag == "TO" || dep(cx, t) == "mark" && lower(cx, t) == "that"))
    };
    let mut all = vec![c];
    let mut at = 0;
    while at < all.len() && all.len() < 6 {
        all.extend(
            cx.parse.children_with(all[at], &["conj"]).filter(|&k| is_verb(cx, k) && marked(k)).collect::<Vec<_>>(),
        );
        at += 1;
    }
    if all.len() < 2 || !marked(c) {
        return Vec::new();
    }
    all.iter()
        .map(|&k| (k, range_without(cx, k, |j| j > k && (matches!(dep(cx, j), "cc" | "punct") || all.contains(&j)))))
        .collect()
}

/// Prepositional complements joined to each other: "for a higher wage and for shorter hours".
pub(super) fn split_prepositions(cx: &Context<'_>, v: usize, prep: usize, word: &str) -> Vec<(usize, Range<usize>)> {
    let mut preps = vec![prep];
    // "clings to 2010 as a drunk to a post": what is joined follows "and" or a comma
    let joined =
        |p: usize| p > v && lower(cx, p) == word && p > 0 && (is_joint(cx, p - 1) || p > 1 && is_joint(cx, p - 2));
    preps.extend(cx.parse.children_with(v, &["prep", "conj"]).filter(|&c| c != prep && joined(c)));
    let mut at = 0;
    while at < preps.len() && preps.len() < 12 {
        preps.extend(cx.parse.children_with(preps[at], &["conj", "prep"]).filter(|&c| joined(c)).collect::<Vec<_>>());
        at += 1;
    }
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    for p in preps.iter().copied() {
        let Some(o) = cx.parse.child(p, &["pobj", "pcomp"]) else { continue };
        let inner = split(cx, o);
        if !inner.is_empty() {
            found.extend(inner);
            continue;
        }
        let same = |k: usize| preps.contains(&k);
        found.push((o, range_without(cx, p, |k| k > p && (matches!(dep(cx, k), "conj" | "cc" | "punct") || same(k)))));
    }
    // "for an end to fees and for members to have a vote"
    let clause = |c: &usize| {
        *c > prep
            && infinitive(cx, *c)
            && cx.parse.child(*c, &["mark"]).is_some_and(|m| lower(cx, m) == word && m > 0 && is_joint(cx, m - 1))
    };
    found.extend(cx.parse.children_with(v, &["advcl", "conj"]).filter(clause).map(|c| (c, cx.parse.subtree_range(c))));
    if found.len() > 1 { found } else { Vec::new() }
}

fn is_joint(cx: &Context<'_>, i: usize) -> bool {
    clause::is_punct(cx, i) || cx.token(i).tag == "CC"
}
