//! What somebody would have another do: "would have the army leave the valley".

use super::candidate::Candidate;
use super::clause::{Force, clause_child, empty_phrase};
use super::lexicon::Stand;
use super::modals::push;
use crate::Context;
use crate::model::{Act, Polarity, Rule};

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
