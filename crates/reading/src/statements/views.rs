//! How somebody sees a thing, told by the writer: "to the union this is small beer", "the clause strikes her as a trap",
//! "thinks forty fair", "considers one seat to be too few".

use super::candidate::Candidate;
use super::clause::{
    Force, clause_child, dep, empty_phrase, force, is_nominal, is_punct, is_verb, lemma, lower, subject,
};
use super::holder::acts;
use super::lexicon::{Label, Stand, is};
use super::verbs::noun_range;
use super::verdicts::{label_of, stand_of, thing_like, too};
use crate::Context;
use crate::model::{Act, Polarity, Rule};
use crate::syntax_help::is_finite;

const VIEW: Rule = Rule("statement.view.v1");

/// The view that the verb `v` tells of.
pub(super) fn find(cx: &Context<'_>, v: usize, voiced: bool, out: &mut Vec<Candidate>) {
    if !is_verb(cx, v) || matches!(dep(cx, v), "aux" | "auxpass" | "amod" | "compound") {
        return;
    }
    let f = force(cx, v);
    if f.modal.is_some() {
        return;
    }
    let seen = if voiced { None } else { in_the_eyes_of(cx, v) };
    if let Some((holder, thing, said)) = seen.or_else(|| strikes(cx, v)).or_else(|| judges(cx, v)) {
        push(cx, v, holder, thing, said, f, out);
    }
}

/// "To the League this is small beer", "for Peru the length is the problem": holder, thing, what it is said to be.
fn in_the_eyes_of(cx: &Context<'_>, v: usize) -> Option<(usize, usize, usize)> {
    if !matches!(lemma(cx, v), "be" | "remain") {
        return None;
    }
    let thing = subject(cx, v).filter(|&s| s < v && thing_like(cx, s))?;
    let said = cx.parse.child(v, &["attr", "acomp"]).filter(|&a| a > v)?;
    let p = cx.parse.children_with(v, &["prep"]).find(|&p| {
        let start = cx.parse.sentence_of(v).start;
        let opens = p == start || p == start + 1 && (is_punct(cx, start) || dep(cx, start) == "cc");
        opens && matches!(lower(cx, p), "to" | "for")
    })?;
    let o = cx.parse.child(p, &["pobj"]).filter(|&o| acts(cx, o) && cx.reference(o).entity.is_some())?;
    (o < thing).then_some((o, thing, said))
}

/// "Keeping it open strikes her as a waste".
fn strikes(cx: &Context<'_>, v: usize) -> Option<(usize, usize, usize)> {
    let holder = cx.parse.child(v, &["dobj"]).filter(|&o| lemma(cx, v) == "strike" && acts(cx, o))?;
    let before = |c: usize| c < v && cx.token(c).tag == "VBG";
    let thing = subject(cx, v).or_else(|| cx.parse.children_with(v, &["advcl", "csubj"]).find(|&c| before(c)))?;
    let tie = [v, holder]
        .into_iter()
        .find_map(|h| cx.parse.children_with(h, &["prep"]).find(|&p| p > holder && lower(cx, p) == "as"))?;
    let said = cx.parse.child(tie, &["pobj", "amod", "pcomp"])?;
    Some((holder, thing, said))
}

/// "thinks forty fair", "considers one seat to be too few", "sees the building as a museum".
fn judges(cx: &Context<'_>, v: usize) -> Option<(usize, usize, usize)> {
    if !is("judging", lemma(cx, v)) {
        return None;
    }
    let holder = subject(cx, v).filter(|&s| acts(cx, s))?;
    let thing = |t: &usize| *t > v && is_nominal(cx, *t) && !acts(cx, *t) && cx.token(*t).ent != "PERSON";
    if let Some(c) = clause_child(cx, v, &["ccomp", "xcomp"], |c| cx.parse.child(c, &["nsubj"]).is_some_and(|t| t < c))
        && cx.parse.child(c, &["mark"]).is_none()
    {
        let t = cx.parse.child(c, &["nsubj"]).filter(thing)?;
        let said = if lemma(cx, c) == "be" { cx.parse.child(c, &["attr", "acomp"])? } else { c };
        let judged = matches!(cx.token(said).pos.as_str(), "ADJ" | "NOUN" | "NUM");
        return (!is_finite(cx, c) && judged).then_some((holder, t, said));
    }
    let t = cx.parse.child(v, &["dobj"]).filter(thing)?;
    let tie = [v, t]
        .into_iter()
        .find_map(|h| cx.parse.children_with(h, &["prep"]).find(|&p| p > t && lower(cx, p) == "as"))?;
    Some((holder, t, cx.parse.child(tie, &["pobj"])?))
}

/// What is said of the thing makes the stand; where its side is not known, the view is kept as an assertion.
fn push(cx: &Context<'_>, v: usize, holder: usize, thing: usize, said: usize, f: Force, out: &mut Vec<Candidate>) {
    let denied = f.negated || empty_phrase(cx, said);
    let label = too(cx, said).or_else(|| label_of(cx, said));
    let label = match (label, denied) {
        (Some(Label::Positive), true) => Some(Label::Negative),
        (_, true) => None,
        (l, false) => l,
    };
    let stand = label.map_or(Stand { act: Act::Assert, polarity: Polarity::None }, |l| stand_of(cx, l, thing));
    out.push(Candidate {
        rule: VIEW,
        confidence: 0.5,
        predicate: said,
        predicate_words: said..said + 1,
        holder: Some(holder),
        stand,
        negated: denied,
        modality: f.modality,
        matter: noun_range(cx, thing),
        matter_head: thing,
        target: None,
        clausal: true,
        weak: true,
        governs: None,
        future: false,
    });
    if let Some(c) = out.last_mut().filter(|_| said < v) {
        c.predicate = v;
    }
}
