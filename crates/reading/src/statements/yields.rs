//! Moving and not moving, told without an object: "did not budge", "gave way on the fee", "is holding out".

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{self, Modal, dep, force, is_verb, lemma, lower, particle, subject};
use super::holder::acts;
use super::lexicon::{Stand, is};
use crate::Context;
use crate::model::{Act, Polarity, Rule};

const YIELDS: Rule = Rule("statement.yields.v1");

/// A stand of the verb `v` where it tells that its subject moved, or did not.
pub(super) fn find(cx: &Context<'_>, v: usize, out: &mut Vec<Candidate>) {
    if !is_verb(cx, v) || matches!(dep(cx, v), "aux" | "auxpass" | "amod" | "compound" | "acl" | "advcl" | "csubj") {
        return;
    }
    let Some((words, firm)) = phrase(cx, v) else { return };
    let Some(holder) = subject(cx, v).filter(|&s| acts(cx, s) && cx.reference(s).entity.is_some()) else { return };
    let f = force(cx, v);
    // "would not budge" is known by its modal, "may yield" by nobody
    if f.modal.is_some_and(|m| m != Modal::Will) || f.modal.is_some() && f.negated || clause::asked(cx, v) {
        return;
    }
    let stand = if firm == f.negated {
        Stand { act: Act::Concede, polarity: Polarity::Open }
    } else {
        Stand { act: Act::Refuse, polarity: Polarity::Against }
    };
    let topic = cx.parse.children_with(v, &["prep"]).find(|&p| p > v && matches!(lower(cx, p), "on" | "over" | "to"));
    let head = topic.and_then(|p| cx.parse.child(p, &["pobj"]));
    out.push(Candidate {
        rule: YIELDS,
        confidence: 0.6,
        predicate: v,
        predicate_words: words.clone(),
        holder: Some(holder),
        stand,
        negated: f.negated,
        modality: f.modality,
        matter: topic.filter(|_| head.is_some()).map_or(words, |p| cx.parse.subtree_range(p)),
        matter_head: head.unwrap_or(v),
        target: None,
        clausal: true,
        weak: true,
        governs: None,
        future: true,
    });
}

/// The words of the phrase, and whether it tells of standing firm.
fn phrase(cx: &Context<'_>, v: usize) -> Option<(Range<usize>, bool)> {
    let after = cx.parse.tokens.get(v + 1).map_or("", |t| t.lower.as_str());
    let whole = match particle(cx, v) {
        Some((p, word)) if p == v + 1 => format!("{} {word}", lemma(cx, v)),
        _ => format!("{} {after}", lemma(cx, v)),
    };
    // "the answer it gave in March"
    let next = Some(v + 1).filter(|&p| p < cx.parse.len() && cx.parse.head(p) == v);
    let tied = next.and_then(|p| cx.parse.child(p, &["pobj"]));
    if tied.is_some_and(|o| matches!(cx.token(o).ent.as_str(), "DATE" | "TIME") || !matches!(after, "on" | "over")) {
        return None;
    }
    if is("firm", &whole) {
        return Some((v..v + 2, true));
    }
    if is("yield", &whole) {
        return Some((v..v + 2, false));
    }
    // a thing moved is no move of one's own
    let bare = cx.parse.child(v, &["dobj"]).is_none_or(|o| is("inch", lemma(cx, o)));
    (bare && is("yield", lemma(cx, v))).then_some((v..v + 1, false))
}
