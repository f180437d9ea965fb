//! Positions told by a noun that has them and a copula or a colon: "the union's aim is a shorter week", "Peru's condition: an
//! open border", "the ministry's answer was no".

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{self, clause_child, dep, force, infinitive, is_verb, lemma, lower};
use super::lexicon::{NOUNS, Stand, is};
use super::nouns::possessor;
use crate::Context;
use crate::model::{Act, Modality, Polarity, Rule};

const POSITION: Rule = Rule("statement.position.v1");

const DEMAND: Stand = Stand { act: Act::Demand, polarity: Polarity::For };

/// The position that the noun `n` says its owner has.
pub(super) fn find(cx: &Context<'_>, n: usize, voiced: bool, out: &mut Vec<Candidate>) {
    if cx.token(n).pos != "NOUN" || !matches!(dep(cx, n), "nsubj" | "ROOT") || voiced && dep(cx, n) == "ROOT" {
        return;
    }
    let answers = is("answer", lemma(cx, n));
    let Some(stand) = stand_of(cx, n).or(answers.then_some(DEMAND)) else { return };
    let Some(owner) = possessor(cx, n) else { return };
    let found = if answers { answered(cx, n) } else { value(cx, n).map(|(head, range)| (stand, head, range)) };
    let Some((stand, head, matter)) = found else { return };
    out.push(Candidate {
        rule: POSITION,
        confidence: 0.6,
        predicate: n,
        predicate_words: n..n + 1,
        holder: Some(owner),
        stand,
        negated: false,
        modality: Modality::Certain,
        matter,
        matter_head: head,
        target: None,
        clausal: false,
        weak: true,
        governs: None,
        future: true,
    });
}

/// The stand a noun names; those that `nouns` reads with a copula count here before a colon only.
fn stand_of(cx: &Context<'_>, n: usize) -> Option<Stand> {
    let price = lemma(cx, n) == "price" && cx.parse.children_with(n, &["prep"]).any(|p| lower(cx, p) == "for");
    // "its red line", "the union's bottom line"
    let line = lemma(cx, n) == "line"
        && cx.parse.children_with(n, &["amod", "compound"]).any(|a| matches!(lower(cx, a), "bottom" | "red"));
    if is("aim", lemma(cx, n)) || price || line {
        return Some(DEMAND);
    }
    let stand = NOUNS.get(lemma(cx, n)).and_then(|e| e.first()).map(|e| e.stand)?;
    (dep(cx, n) == "ROOT" && matches!(stand.act, Act::Demand | Act::Request | Act::Offer | Act::Propose))
        .then_some(stand)
}

/// What stands behind the copula or the colon.
fn value(cx: &Context<'_>, n: usize) -> Option<(usize, Range<usize>)> {
    if dep(cx, n) == "ROOT" {
        return behind_colon(cx, n);
    }
    let v = copula(cx, n)?;
    if force(cx, v).negated {
        return None;
    }
    if let Some(c) = clause_child(cx, v, &["ccomp", "xcomp", "advcl"], |c| {
        infinitive(cx, c) || cx.parse.child(c, &["mark"]).is_some_and(|m| lower(cx, m) == "that")
    }) {
        return Some((c, cx.parse.subtree_range(c)));
    }
    if let Some(a) = cx.parse.child(v, &["attr"]).filter(|&a| a > v) {
        // "the aim is clear", "the priority is anyone's guess" name nothing
        let names =
            matches!(cx.token(a).pos.as_str(), "NOUN" | "PROPN" | "NUM") && cx.parse.child(a, &["relcl"]).is_none();
        return names.then(|| (a, cx.parse.subtree_range(a)));
    }
    let p = cx.parse.children_with(v, &["prep"]).find(|&p| p > v && lower(cx, p) == "for")?;
    let o = cx.parse.child(p, &["pobj"]).filter(|&o| !matches!(cx.token(o).ent.as_str(), "DATE" | "TIME"))?;
    Some((o, cx.parse.subtree_range(p)))
}

/// "The ministry's answer was no", "the board's reply: never".
fn answered(cx: &Context<'_>, n: usize) -> Option<(Stand, usize, Range<usize>)> {
    let start = match dep(cx, n) {
        "ROOT" => behind_colon(cx, n)?.1.start,
        _ => copula(cx, n).filter(|&v| !force(cx, v).negated)? + 1,
    };
    let word = |k: usize| cx.parse.tokens.get(k).map_or("", |t| t.lower.as_str());
    let at = start
        + usize::from(matches!(word(start), "a" | "an" | "still" | "again" | "flat" | "firm" | "“" | "\"" | "``"));
    let ends = |k: usize| cx.parse.tokens.get(k).is_none_or(|t| matches!(t.pos.as_str(), "PUNCT" | "CCONJ" | "ADP"));
    let stand = match word(at) {
        "no" | "never" if ends(at + 1) => Stand { act: Act::Reject, polarity: Polarity::Against },
        "yes" if ends(at + 1) => Stand { act: Act::Accept, polarity: Polarity::For },
        _ => return None,
    };
    Some((stand, n, clause::phrase(cx, n)))
}

fn copula(cx: &Context<'_>, n: usize) -> Option<usize> {
    let v = cx.parse.head(n);
    let plain = force(cx, v).modal.is_none_or(|m| m == clause::Modal::Would) && !clause::asked(cx, v);
    (is_verb(cx, v) && v > n && matches!(lemma(cx, v), "be" | "remain" | "stay") && plain).then_some(v)
}

/// What follows a colon right behind the noun and what hangs on it, to the end of the sentence.
fn behind_colon(cx: &Context<'_>, n: usize) -> Option<(usize, Range<usize>)> {
    let sentence = cx.parse.sentence_of(n);
    let colon = (n + 1..sentence.end.min(n + 14)).find(|&k| lower(cx, k) == ":")?;
    let verbless = (sentence.start..colon).all(|k| !matches!(cx.token(k).tag.as_str(), "VBD" | "VBZ" | "VBP" | "MD"));
    let range = colon + 1..sentence.end;
    let head = range.clone().find(|&k| !range.contains(&cx.parse.head(k)) && !clause::is_punct(cx, k))?;
    (verbless && range.len() > 1).then_some((head, range))
}
