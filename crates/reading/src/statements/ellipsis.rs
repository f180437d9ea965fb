//! Stands told without their verb: "the ministry will not", "and so did the pilots", "the union wants a rise, the bank a
//! freeze".

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{dep, is_nominal, is_punct, is_verb, lemma, lower, phrase};
use super::holder::{Voices, acts};
use super::lexicon::{Stand, is, negated};
use crate::Context;
use crate::model::{Act, Modality, Polarity, Rule};

const SHORT: Rule = Rule("statement.cut-short.v1");
const LIKEWISE: Rule = Rule("statement.likewise.v1");
const GAPPED: Rule = Rule("statement.gapped.v1");

/// "Chile will not.": a modal that stands alone and is denied refuses what was told before.
pub(super) fn cut_short(cx: &Context<'_>, v: usize, out: &mut Vec<Candidate>) {
    let modal = cx.token(v).tag == "MD"
        && matches!(lower(cx, v), "will" | "wo" | "would" | "can" | "ca" | "could")
        && matches!(dep(cx, v), "ROOT" | "conj" | "ccomp");
    let denied = cx.parse.children(v).any(|c| dep(cx, c) == "neg");
    if !modal || !denied || filled(cx, v) {
        return;
    }
    let Some(holder) = cx.parse.child(v, &["nsubj"]).filter(|&s| s < v && acts(cx, s)) else { return };
    let end = cx.parse.children(v).filter(|&c| dep(cx, c) == "neg").max().unwrap_or(v) + 1;
    out.push(Candidate {
        rule: SHORT,
        confidence: 0.5,
        predicate: v,
        predicate_words: v..end.max(v + 1),
        holder: Some(holder),
        stand: Stand { act: Act::Refuse, polarity: Polarity::Against },
        negated: true,
        modality: Modality::Certain,
        matter: v..end.max(v + 1),
        matter_head: v,
        target: None,
        clausal: true,
        weak: true,
        governs: None,
        future: true,
    });
}

/// Whether a verb has something to say by itself.
fn filled(cx: &Context<'_>, v: usize) -> bool {
    cx.parse.children_with(v, &["dobj", "xcomp", "ccomp", "attr", "acomp", "prep", "oprd"]).any(|c| c > v)
}

/// "and so did the pilots", "as did Peru", "the union did not": another's stand, the same or the contrary.
pub(super) fn likewise(cx: &Context<'_>, sentence: Range<usize>, all: &mut Vec<Candidate>) {
    for v in sentence {
        if !is_verb(cx, v) || !matches!(lemma(cx, v), "do" | "will" | "would" | "have") || filled(cx, v) {
            continue;
        }
        let Some(turned) = echo(cx, v) else { continue };
        let above = cx.parse.head(v);
        let Some(model) = all
            .iter()
            .rev()
            .find(|c| c.clausal && (c.predicate == above || cx.parse.head(c.predicate) == above && c.predicate < v))
        else {
            continue;
        };
        let subject = cx.parse.children_with(v, &["nsubj"]).find(|&s| acts(cx, s));
        let Some(holder) = subject.filter(|&s| Some(s) != model.holder) else { continue };
        let stand = if turned { negated(model.stand) } else { model.stand };
        let c = Candidate {
            rule: LIKEWISE,
            confidence: 0.55,
            predicate: v,
            predicate_words: v..v + 1,
            holder: Some(holder),
            stand,
            governs: None,
            ..model.clone()
        };
        all.push(c);
    }
}

/// Whether the auxiliary `v` stands for a verb told before, and denies it.
fn echo(cx: &Context<'_>, v: usize) -> Option<bool> {
    let aux = cx.parse.children(v).all(|c| !matches!(dep(cx, c), "aux" | "auxpass"));
    if !aux || !matches!(dep(cx, v), "conj" | "advcl" | "ccomp" | "parataxis") {
        return None;
    }
    let before = v.checked_sub(1).map_or("", |i| lower(cx, i));
    match before {
        "so" | "neither" | "nor" => Some(false),
        "as" if dep(cx, v) == "advcl" => Some(false),
        _ => cx.parse.children(v).any(|c| dep(cx, c) == "neg" && c == v + 1).then_some(true),
    }
}

/// "The union wants a rise, the bank a freeze": what stands behind another's name is held as what stands behind the verb.
pub(super) fn gapped(cx: &Context<'_>, sentence: Range<usize>, voices: &Voices, all: &mut Vec<Candidate>) {
    let Some(model) = all.iter().find(|c| c.clausal && listable(c) && !c.negated).cloned() else { return };
    let mut ends = model.matter.end;
    for k in model.matter.start + 1..sentence.end {
        if voices.of(k) != voices.of(model.predicate) || !party(cx, k) || model.holder == Some(k) {
            continue;
        }
        let start = phrase(cx, k).start;
        let comma = start.checked_sub(1).filter(|&p| p > model.matter.start && matches!(lower(cx, p), "," | ";"));
        let Some(comma) = comma.filter(|_| opens(cx, k + 1)) else { continue };
        let end = segment_end(cx, k + 1, sentence.end);
        if (k + 1..end).any(|i| tensed(cx, i) && !relative(cx, i)) {
            continue;
        }
        let range = k + 1..end;
        let head = range.clone().find(|&i| is_nominal(cx, i) && !range.contains(&cx.parse.head(i)));
        let head = head.or_else(|| range.clone().find(|&i| matches!(cx.token(i).pos.as_str(), "NOUN" | "NUM")));
        let Some(head) = head.filter(|&h| !acts(cx, h)) else { continue };
        ends = ends.min(comma);
        all.push(Candidate {
            rule: GAPPED,
            confidence: 0.55,
            predicate: k,
            predicate_words: k..k + 1,
            holder: Some(k),
            matter: range,
            matter_head: head,
            target: None,
            governs: None,
            ..model.clone()
        });
    }
    for c in all.iter_mut().filter(|c| c.predicate == model.predicate && c.matter.end > ends && c.matter.start < ends) {
        c.matter.end = ends;
    }
}

/// A stand that a list of parties may share: who wants, offers, prefers, backs what.
fn listable(c: &Candidate) -> bool {
    c.rule.0.starts_with("statement.verb-complement.")
        && matches!(c.stand.act, Act::Demand | Act::Request | Act::Offer | Act::Propose | Act::Support | Act::OpenTo)
}

fn party(cx: &Context<'_>, k: usize) -> bool {
    matches!(cx.token(k).pos.as_str(), "NOUN" | "PROPN")
        && acts(cx, k)
        && dep(cx, k) != "compound"
        && (cx.reference(k).entity.is_some() || is("actor", lemma(cx, k)))
}

/// Whether a noun phrase opens at `i`: an article, a number, "no".
fn opens(cx: &Context<'_>, i: usize) -> bool {
    cx.parse.tokens.get(i).is_some_and(|t| {
        t.pos == "NUM" || matches!(t.lower.as_str(), "a" | "an" | "the" | "no" | "half" | "only" | "at" | "nothing")
    })
}

/// The end of what is held: before the next comma with another party behind it, a semicolon, or the end of the sentence.
fn segment_end(cx: &Context<'_>, from: usize, end: usize) -> usize {
    let stops = |i: &usize| {
        matches!(lower(cx, *i), ";" | "." | ":" | "—" | "–")
            || lower(cx, *i) == "," && (i + 1..end.min(i + 4)).any(|k| party(cx, k) && opens(cx, k + 1))
            || matches!(lower(cx, *i), "and" | "but") && is_punct(cx, i - 1)
    };
    (from..end).find(stops).unwrap_or(end)
}

fn tensed(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).tag.as_str(), "VBD" | "VBZ" | "VBP" | "MD")
}

fn relative(cx: &Context<'_>, i: usize) -> bool {
    dep(cx, i) == "relcl" || dep(cx, clause_head(cx, i)) == "relcl"
}

fn clause_head(cx: &Context<'_>, i: usize) -> usize {
    if matches!(dep(cx, i), "aux" | "auxpass") { cx.parse.head(i) } else { i }
}
