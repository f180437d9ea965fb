//! The few words that a long report quotes, as quotations of their own.
//!
//! `She said the refusal stood, since two offices meant "two sets of forms and no clear duty"` is one report, and its last
//! words are what she said word for word. A short stretch in marks inside a longer content gets a record of its own, with
//! source, cue and chain of the report; the report itself stays whole.

use rapporteur_text::Span;

use super::loose::{self, Stretch};
use super::marks::{self, Marked};
use super::{confidence, letters};
use crate::Context;
use crate::model::{HasItem, Item, Mode, Quote, Rule, Why, settle};

/// Adds the excerpts behind the quotations, whose numbers stay what they are.
pub(crate) fn add(cx: &Context<'_>, quotes: &mut Vec<Quote>) {
    let marks = marks::find(cx.text());
    let mut found: Vec<Quote> = quotes
        .iter()
        .filter(|q| q.mode == Mode::Mixed)
        .flat_map(|q| stretches(cx, &marks, q).into_iter().map(|s| excerpt(cx, q, s)).collect::<Vec<_>>())
        .filter(|e| !quotes.iter().any(|q| q.content == e.content))
        .collect();
    found.extend(loose::find(cx, &marks, quotes, &found));
    quotes.extend(settle(cx, found));
}

/// Whether a rule gives a phrase ("noted the need for a ..."), in which marks are more often a term than a voice.
fn phrase(rule: Rule) -> bool {
    ["quote.object", "quote.noun", "quote.preposition"].iter().any(|r| rule.0.starts_with(r))
}

/// The stretches in marks that are less than half of a content.
fn stretches(cx: &Context<'_>, marks: &[Marked], quote: &Quote) -> Vec<Span> {
    let all: usize = quote.content.iter().map(|p| letters(p.slice(cx.text()))).sum();
    let short = |m: &&Marked| 2 * letters(m.inner.slice(cx.text())) < all;
    let voice = |m: &&Marked| match loose::stretch(cx, m) {
        Stretch::Voice => true,
        Stretch::Short => !phrase(quote.item().rule),
        Stretch::Term => false,
    };
    let inside = |m: &&Marked| m.depth == 0 && m.closed && quote.content.iter().any(|p| p.contains(m.inner));
    let from = marks.partition_point(|m| quote.content.first().is_some_and(|p| m.outer.end() <= p.start()));
    let to = quote.content.last().map_or(0, |p| p.end());
    let near = marks[from..].iter().take_while(|m| m.outer.start() < to);
    near.filter(inside).filter(short).filter(voice).map(|m| m.inner).collect()
}

/// A stretch as a record of its own, with what the report says of its source; where another's words are named ("in the words of
/// the mayor"), with that source, through the report's.
fn excerpt(cx: &Context<'_>, of: &Quote, words: Span) -> Quote {
    let sure = of.item().confidence.min(confidence::BEFORE);
    let made = told(cx, of, Item::new(Rule("quote.excerpt.v2"), sure, cx.evidence(words)), words);
    match loose::in_words_of(cx, words) {
        Some(source) => loose::by(cx, source, made),
        None => made,
    }
}

/// A quotation of `words` with everything else as in `of`.
pub(super) fn told(cx: &Context<'_>, of: &Quote, mut item: Item, words: Span) -> Quote {
    // who says so stands in the report's words
    of.item().evidence().filter(|e| e.why != Why::Item).for_each(|&e| item.add(e));
    let told = of.source.map(|s| s.span).into_iter().chain(of.cue).reduce(Span::cover);
    told.into_iter().for_each(|t| item.add(cx.evidence_why(t, Why::Antecedent)));
    Quote { item, content: vec![words], mode: Mode::Direct, ..of.clone() }
}
