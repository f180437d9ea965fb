//! What somebody would have another do ("would have the army leave the valley"), and what somebody is to do ("the bank is to
//! drop its fee").

use super::candidate::Candidate;
use super::clause::{Force, clause_child, empty_phrase, infinitive, lemma, passive};
use super::lexicon::{Stand, is};
use super::modals::{push, verb_phrase};
use crate::Context;
use crate::model::{Act, Polarity, Rule};

const IS_TO: Rule = Rule("statement.is-to.v1");
const WOULD_HAVE: Rule = Rule("statement.would-have.v1");

/// What somebody "would have" done: a clause with its own subject and without a tense.
pub(super) fn found(cx: &Context<'_>, v: usize) -> Option<usize> {
    clause_child(cx, v, &["ccomp", "xcomp"], |c| {
        matches!(cx.token(c).tag.as_str(), "VB" | "VBN")
            && cx.parse.child(c, &["nsubj", "nsubjpass"]).is_some_and(|s| s > v)
            && cx.parse.child(c, &["aux", "auxpass", "mark"]).is_none()
    })
}

/// The stand of who would have it so: "would have the army leave", "would have no clause struck".
pub(super) fn stand(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) {
    let Some(c) = found(cx, v) else { return };
    let denied = f.negated || cx.parse.child(c, &["nsubj", "nsubjpass"]).is_some_and(|t| empty_phrase(cx, t));
    let stand = if denied {
        Stand { act: Act::Oppose, polarity: Polarity::Against }
    } else {
        Stand { act: Act::Demand, polarity: Polarity::For }
    };
    push(out, WOULD_HAVE, 0.6, v, Some(s), stand, f, denied, cx.parse.subtree_range(c), true);
    if let Some(last) = out.last_mut() {
        last.matter_head = c;
        last.governs = Some(c);
    }
}

/// What a known party "is to" do under what was agreed; where it goes and whom it meets is the diary's.
pub(super) fn planned(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) {
    let now = matches!(cx.token(v).tag.as_str(), "VBZ" | "VBP") && !f.negated && cx.reference(s).entity.is_some();
    let deed = |c: usize| is("deed", lemma(cx, c)) && !passive(cx, c);
    let Some(c) = clause_child(cx, v, &["xcomp"], |c| infinitive(cx, c) && deed(c)).filter(|_| now) else {
        return;
    };
    let promise = Stand { act: Act::Promise, polarity: Polarity::For };
    push(out, IS_TO, 0.5, c, Some(s), promise, f, false, verb_phrase(cx, c), true);
}
