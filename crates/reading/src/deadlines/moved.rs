//! Deadlines that are moved: the day they had, the day they have now.

use rapporteur_text::{Span, When};

use super::{AGAIN, BY, NOUN, UNTIL, make, matter_of, target_day};
use crate::Context;
use crate::model::{Deadline, DeadlineState, Evidence, Item, Why};
use crate::syntax_help as help;

/// The deadline on the day to which another was moved, unless the article tells it elsewhere.
pub(super) fn on_new_day(cx: &Context<'_>, moved: &Deadline, all: &[Deadline]) -> Option<Deadline> {
    let day = moved.moved_to.first_day()?;
    let told = all.iter().any(|d| d.when.first_day() == Some(day) && d.when.last_day() == moved.moved_to.last_day());
    if told {
        return None;
    }
    let own = moved.item.span();
    let inside = |s: &Span| moved.item.sentence().contains(*s);
    let mut days = cx.dates.iter().filter(|d| last_of(d.when.clone()).first_day() == Some(day)).map(|d| d.item.span());
    let span = days.find(inside).map_or(own, |s| own.cover(s));
    let mut item = Item::new(moved.item.rule, moved.item.confidence, cx.evidence(span));
    moved.item.evidence().skip(1).for_each(|e| item.add(*e));
    let (when, state) = (moved.moved_to.clone(), DeadlineState::Set);
    Some(Deadline { item, when, state, moved_to: When::unknown(), ..moved.clone() })
}

/// "were to answer by Friday; she has now given them until Monday": the rest of the sentence puts off what it began with; a
/// deadline that was lifted is put off where what follows says so of the same matter or with "now".
pub(super) fn superseded(cx: &Context<'_>, found: &mut [Deadline]) {
    for n in 1..found.len() {
        let (before, rest) = found.split_at_mut(n);
        let (first, later) = (&mut before[n - 1], &rest[0]);
        let asked = matches!(later.item.rule, UNTIL | BY) && later.state == DeadlineState::Set;
        let instead = asked && first.state == DeadlineState::Denied && is_instead(cx, first, later);
        let again = later.item.rule == AGAIN || instead;
        let follows =
            later.item.span().start() > first.item.span().end() && later.when.first_day() > first.when.first_day();
        if again && follows && !first.when.is_unknown() && first.item.sentence() == later.item.sentence() {
            move_to(first, &later.when, later);
        }
    }
}

/// Whether a deadline is told as the new one of another: of the same matter, or "now wants a deal by Monday".
fn is_instead(cx: &Context<'_>, first: &Deadline, later: &Deadline) -> bool {
    let nouns = |d: &Deadline| {
        let tokens = d.matter.map_or(0..0, |m| cx.parse.tokens_in(m.range()));
        tokens.filter(|&k| matches!(cx.token(k).pos.as_str(), "NOUN" | "PROPN")).map(|k| &cx.token(k).lemma)
    };
    let between = cx.parse.tokens_in(first.item.span().end()..later.item.span().end());
    let now = between.into_iter().any(|k| matches!(cx.token(k).lower.as_str(), "now" | "instead"));
    now || nouns(first).any(|a| nouns(later).any(|b| a == b))
}

/// A deadline has been put off to another day; whether it had one.
pub(super) fn move_to(first: &mut Deadline, day: &When, later: &Deadline) -> bool {
    let passed = first.state == DeadlineState::Passed;
    if first.when.is_unknown() || first.state == DeadlineState::Moved {
        return false;
    }
    // one that ran out before is still told as passed
    if !passed {
        first.state = DeadlineState::Moved;
    }
    first.moved_to = last_of(day.clone());
    later.item.evidence().take(1).for_each(|e| first.item.add(Evidence { why: Why::Member, ..*e }));
    true
}

/// "the end of April" is its last day.
pub(super) fn last_of(when: When) -> When {
    let end = when.as_written.to_lowercase().contains("end of") && when.to.is_some();
    if end { When { from: when.to, ..when } } else { when }
}

/// The day a deadline had before it was moved: "the March 14 deadline", "a deadline of 31 March", "the deadline on Friday", "from
/// Oct 6"; unknown where none of these tells it.
pub(super) fn old_day(cx: &Context<'_>, noun: usize, verb: usize, new: Option<&When>) -> When {
    let own = cx.subtree_span(noun);
    let head = cx.span(noun..noun + 1);
    let after = |s: Span, words: &[&str]| {
        let before = cx.text().get(..s.start()).unwrap_or("").trim_end().to_lowercase();
        words.iter().any(|w| before.ends_with(&format!(" {w}")))
    };
    let is_old = |s: Span| {
        let with_noun = own.contains(s) && (s.end() <= head.start() || after(s, &["of", "on", "at", "by"]));
        with_noun || s.start() > (cx.token(verb).end as usize).min(head.end()) && after(s, &["from"])
    };
    let single = |w: &When| w.first_day().zip(w.last_day()).is_some_and(|(a, b)| (b - a).get_days() <= 1);
    let other = |w: &When| new.is_none_or(|n| n.first_day() != w.first_day());
    let mut days = cx.dates_in(cx.sentence_at(noun)).filter(|d| single(&d.when) && other(&d.when));
    days.find(|d| is_old(d.item.span())).map(|d| d.when.clone()).unwrap_or_default()
}

/// "The deadline passed, and the chair put it back to 20 March": the pronoun stands for the deadline spoken of before, whose
/// words are told with it.
pub(super) fn put_back(cx: &Context<'_>, i: usize) -> Option<(Span, Deadline)> {
    let t = cx.token(i);
    let shifts = matches!(t.lemma.as_str(), "put" | "push" | "move" | "extend" | "postpone" | "shift" | "set");
    if !shifts || t.pos != "VERB" || help::modal(cx, i).is_some() || help::is_negated(cx, i) {
        return None;
    }
    let it = cx.parse.child(i, &["dobj", "nsubjpass"]).filter(|&o| cx.token(o).lower == "it")?;
    let from = cx.token(i).sentence.saturating_sub(1) as usize;
    let start = cx.parse.sentences.get(from).map_or(0, |s| s.start);
    let named = (start..it).rev().find(|&n| matches!(cx.token(n).lemma.as_str(), "deadline" | "ultimatum"))?;
    let target = target_day(cx, i)?;
    let span = cx.span(help::verb_group(cx, i));
    let mut deadline = make(cx, NOUN, 0.7, span, When::unknown());
    deadline.item.add(cx.evidence_why(cx.span(help::noun_phrase(cx, named)), Why::Antecedent));
    deadline.state = DeadlineState::Moved;
    deadline.moved_to = last_of(target);
    deadline.matter = matter_of(cx, named);
    // the subject of the first clause is not that of the second
    let who = help::own_subject(cx, i).or_else(|| help::actor(cx, i)).filter(|&a| a != named);
    deadline.by = who.map(|a| cx.reference(a));
    Some((cx.span(help::noun_phrase(cx, named)), deadline))
}
