//! What a threat or a warning presses for: its condition names it. "Will strike unless the roster is published" is for the
//! roster's publication, "will sue if the pier is sold" is against the sale.

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{Modal, empty_phrase, force, is_verb, lemma, passive, subject};
use super::conditions::Tie;
use super::lexicon::is;
use crate::Context;
use crate::model::{Act, ConditionSort, Polarity};

/// Gives the threat `c` the stand that its conditions tell.
pub(super) fn press(cx: &Context<'_>, c: &mut Candidate, ties: &[&Tie]) {
    held_out(cx, c, ties);
    // "will block the road unless the ban is lifted" is about the ban
    let means = matches!(lemma(cx, c.predicate), "block" | "obstruct") && c.stand.polarity == Polarity::Against;
    if c.stand.act != Act::Threaten || c.stand.polarity != Polarity::None && !means {
        return;
    }
    let pressing = ties.iter().find_map(|t| pressed(cx, t));
    let Some((polarity, head, matter)) = pressing else { return };
    c.stand.polarity = polarity;
    c.matter = matter;
    c.matter_head = head;
    c.governs = None;
}

/// "will vote against it if", "warned that it would withdraw unless": a threat by its condition.
fn held_out(cx: &Context<'_>, c: &mut Candidate, ties: &[&Tie]) {
    let to_come = |v: usize| matches!(force(cx, v).modal, Some(Modal::Will | Modal::Would));
    let condition = |t: &&Tie| {
        matches!(t.sort, ConditionSort::If | ConditionSort::Unless | ConditionSort::Until)
            && t.words.start > c.predicate
    };
    if !ties.iter().any(condition) {
        return;
    }
    let fights = matches!(c.stand.act, Act::Reject | Act::Oppose)
        && c.stand.polarity == Polarity::Against
        && !c.negated
        && is("fighting", lemma(cx, c.predicate))
        && to_come(c.predicate);
    let warns = c.stand.act == Act::Warn && c.governs.is_some_and(to_come);
    if fights || warns {
        c.stand.act = Act::Threaten;
    }
}

/// Which way a condition presses, and what it is about.
fn pressed(cx: &Context<'_>, tie: &Tie) -> Option<(Polarity, usize, Range<usize>)> {
    let wanted = match tie.sort {
        ConditionSort::Unless | ConditionSort::Until => true,
        ConditionSort::If | ConditionSort::After => false,
        _ => return None,
    };
    let outside = |i: usize| !tie.words.contains(&cx.parse.head(i)) || cx.parse.is_root(i);
    let verb = tie.words.clone().find(|&i| is_verb(cx, i) && (outside(i) || cx.parse.head(i) == tie.words.start))?;
    // "if there is a second leak"
    let there = cx.parse.child(verb, &["expl"]).and_then(|_| cx.parse.child(verb, &["attr", "dobj"]));
    let s = there.or_else(|| subject(cx, verb)).filter(|s| tie.words.contains(s))?;
    let f = force(cx, verb);
    let object = cx.parse.child(verb, &["dobj", "attr"]).filter(|&o| o > verb && empty_phrase(cx, o));
    let missing = f.negated || empty_phrase(cx, s) || object.is_some();
    let failing = is("failing", lemma(cx, verb));
    let polarity = if wanted ^ missing ^ failing { Polarity::For } else { Polarity::Against };
    let start = cx.parse.subtree_range(s).start.max(tie.words.start);
    // the denial is in the polarity, so its word stays out of the matter
    let failed = cx.parse.child(verb, &["dobj"]).filter(|&o| o > verb).unwrap_or(s);
    let (head, matter) = match (object, missing) {
        _ if failing => (failed, cx.parse.subtree_range(failed)),
        (Some(o), _) => (o, o..cx.parse.subtree_range(o).end),
        (None, true) if empty_phrase(cx, s) => (s, s..cx.parse.subtree_range(s).end),
        (None, true) if passive(cx, verb) => (s, cx.parse.subtree_range(s)),
        (None, true) => (verb, verb..tie.words.end),
        (None, false) => (verb, start..tie.words.end),
    };
    Some((polarity, head, matter.start..matter.end.min(tie.words.end).max(matter.start + 1)))
}
