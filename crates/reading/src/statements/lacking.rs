//! A refusal of what lacks something is a demand for it: "will not sign without a court", "sign nothing that leaves it
//! out".

use super::candidate::Candidate;
use super::clause::{empty_phrase, lemma, lower};
use super::conditions::Tie;
use super::lexicon::{Stand, is};
use crate::Context;
use crate::model::{Act, Polarity, Rule};

const LACKING: Rule = Rule("statement.lacking.v2");

/// Turns the refusal `c`, with its conditions, to the demand behind it.
pub(super) fn turn(cx: &Context<'_>, c: &mut Candidate, ties: &[&Tie]) {
    if c.stand.polarity != Polarity::Against || !matches!(c.stand.act, Act::Refuse | Act::Reject) {
        return;
    }
    let Some(wanted) = without(cx, c, ties).or_else(|| left_out(cx, c.matter_head)) else { return };
    c.rule = LACKING;
    // "no accord without it" asks for it, who "will put his name to no page without it" refuses for its sake
    let named = is("accord", lemma(cx, c.matter_head)) || lower(cx, c.matter_head) == "nothing" || wanted < c.predicate;
    let act = if named || left_out(cx, c.matter_head).is_some() { Act::Demand } else { Act::Refuse };
    c.stand = Stand { act, polarity: Polarity::For };
    c.matter = cx.parse.subtree_range(wanted);
    c.matter_head = wanted;
    c.governs = None;
}

/// "no accord without a court": what the paper must hold.
fn without(cx: &Context<'_>, c: &Candidate, ties: &[&Tie]) -> Option<usize> {
    let paper = is("accord", lemma(cx, c.matter_head))
        || lower(cx, c.matter_head) == "nothing"
        || is("consenting", lemma(cx, c.predicate))
        || cx.parse.children_with(c.predicate, &["dobj", "prep"]).any(|o| {
            is("accord", lemma(cx, o)) || cx.parse.child(o, &["pobj"]).is_some_and(|p| is("accord", lemma(cx, p)))
        });
    let tie = ties.iter().find(|t| lower(cx, t.words.start) == "without")?;
    // "a council without classrooms"
    let of_it = cx.parse.head(tie.words.start) == c.matter_head && c.matter_head != c.predicate;
    if !(paper || of_it) {
        return None;
    }
    cx.parse.child(tie.words.start, &["pobj"])
}

/// "nothing that leaves out the court", "nothing in which the court does not appear".
fn left_out(cx: &Context<'_>, head: usize) -> Option<usize> {
    let clause = cx.parse.child(head, &["relcl"]).filter(|_| empty_phrase(cx, head))?;
    let is_of_it = || (head..clause).any(|k| lower(cx, k) == "which" && lower(cx, cx.parse.head(k)) == "in");
    if cx.parse.child(clause, &["neg"]).is_some() && is_of_it() && is("appearing", lemma(cx, clause)) {
        return cx.parse.child(clause, &["nsubj", "nsubjpass"]).filter(|&s| cx.token(s).pos != "PRON");
    }
    let lacks = is("omission", lemma(cx, clause))
        || lemma(cx, clause) == "leave" && cx.parse.children(clause).any(|p| lower(cx, p) == "out");
    cx.parse.child(clause, &["dobj"]).filter(|_| lacks)
}
