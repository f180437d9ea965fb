//! Quotations that no word of speech attributes, after a sentence about the one who speaks: `He put down his fork. "They can
//! have my boat first."`
//!
//! The words must be somebody's own: whole sentences in marks with "I" or "we" in them.

use std::ops::Range;

use super::confidence;
use super::draft::Draft;
use super::marks::Marked;
use crate::Context;
use crate::model::{RefKind, Rule};
use crate::syntax_help as help;

/// Words below which a quotation is a cry or a title.
const FEW: usize = 4;

/// The quotation in marks, given to the person whom the sentence before it is about.
pub(super) fn draft(cx: &Context<'_>, m: &Marked, tokens: &Range<usize>) -> Option<Draft> {
    let words = m.inner.slice(cx.text());
    let whole = words.ends_with(['.', '!', '?', '…']) && words.split_whitespace().count() >= FEW;
    let own = |i: usize| {
        let lower = cx.token(i).lower.as_str();
        matches!(lower, "i" | "me" | "my" | "mine" | "we" | "us" | "our" | "ours") && cx.word(i) != "US"
    };
    if !whole || !tokens.clone().any(own) {
        return None;
    }
    let last = cx.parse.tokens.partition_point(|t| t.end as usize <= m.outer.start()).checked_sub(1)?;
    let gap = cx.text().get(cx.token(last).end as usize..m.outer.start())?;
    let stop = matches!(cx.word(last), "." | "!" | "?" | ":" | "…");
    // a paragraph that is nothing but the quotation goes with the one before
    let next = cx.text().get(m.outer.end()..).unwrap_or("").trim_start_matches([' ', '\u{a0}']);
    let alone = !m.closed || next.is_empty() || next.starts_with('\n');
    if !stop || gap.contains('\n') && !(alone && gap.matches('\n').count() <= 2) {
        return None;
    }
    let source = about(cx, &cx.parse.sentence_of(last))?;
    let draft =
        Draft::new(Rule("quote.introduced.v1"), confidence::INTRODUCED, source..source, Some(source), Vec::new());
    Some(Draft { speech: true, carried: true, ..draft })
}

/// The person a sentence is about: its subject, the owner of its subject ("her line has not changed"), or the name at the head of
/// one without a verb ("Brandt himself, for the record.").
fn about(cx: &Context<'_>, sentence: &Range<usize>) -> Option<usize> {
    let verb = sentence.clone().find(|&i| cx.parse.is_root(i) && help::is_verb(cx, i) && help::is_finite(cx, i));
    let Some(v) = verb else {
        let head = |i: usize| cx.name_head.get(i).copied().flatten().map_or(i, |h| h as usize);
        let name = sentence.clone().take(3).map(head).find(|&i| cx.token(i).pos == "PROPN" && person(cx, i))?;
        let told = |i: usize| help::is_verb(cx, i) && help::is_finite(cx, i) && !help::has_dep(cx, i, &["relcl"]);
        return (!sentence.clone().any(told)).then_some(name);
    };
    let subject = help::own_subject(cx, v).filter(|s| sentence.contains(s))?;
    if person(cx, subject) {
        return Some(subject);
    }
    cx.parse.child(subject, &["poss"]).filter(|&p| person(cx, p))
}

/// Whether a token means one known person.
fn person(cx: &Context<'_>, i: usize) -> bool {
    let lower = cx.token(i).lower.as_str();
    let pronoun = cx.token(i).pos != "PRON" || matches!(lower, "he" | "she" | "his" | "her");
    pronoun && cx.reference(i).entity.is_some_and(|e| cx.entity(e).kind == RefKind::Person)
}
