//! Who said what: source, cue, content.
//!
//! Not the verb makes an attribution but its complement: a finite clause, an infinitive, a quoted stretch, a noun phrase
//! with what is said of it. [`verbs`] and [`nominals`] read these off the tree by the frames of `lexicons/cues.tsv`;
//! [`direct`] then gives every stretch in quotation marks to the cue beside it, whatever the tree made of it;
//! [`sources`] says who is meant and through whom it reached us.

mod confidence;
mod continued;
mod direct;
mod draft;
pub(crate) mod excerpts;
mod frames;
mod goes_on;
mod introduced;
mod loose;
pub(crate) mod marks;
mod nesting;
mod nominals;
mod phrases;
mod relays;
mod report;
mod sources;
mod stray;
mod turns;
mod verbs;

use rapporteur_text::Span;

use crate::Context;
use crate::model::{Item, Mode, Quote};
use draft::Draft;
use marks::Marked;

pub(crate) use sources::is_known as is_known_source;

/// Finds quotations, in text order.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Quote> {
    let marks = marks::find(cx.text());
    let mut drafts = verbs::find(cx);
    drafts.extend(nominals::find(cx));
    let phrases = phrases::find(cx);
    drafts.retain(|d| d.cue.is_empty() || !phrases.iter().any(|p| p.cue.contains(&d.cue.start)));
    drafts.extend(phrases);
    drafts.extend(turns::find(cx));
    drafts.sort_by_key(|d| (d.cue.start, d.cue.end, d.rule));
    // "Chile, supported by Peru, said": who stands where, no words of anybody
    drafts.retain(|d| !d.cue.clone().any(|i| crate::statements::joins(cx, i)));
    drafts.retain(|d| !nesting::quoted(cx, &marks, d));
    direct::assign(cx, &marks, &mut drafts);
    drafts.retain(|d| d.parts.iter().any(|p| says_something(cx, *p)));
    let drafts = nesting::outermost(cx, &marks, drafts);
    let mut drafts = continued::split(cx, &marks, drafts);
    drafts.extend(goes_on::find(cx, &marks, &drafts));
    drafts.sort_by_key(|d| (d.parts.first().copied(), d.cue.start));
    let sources = sources::all(cx, &drafts);
    let found = drafts.iter().zip(sources);
    found.flat_map(|(d, s)| sources::apart(cx, d, finish(cx, &marks, d, s))).collect()
}

/// Whether token `v` is a verb of speech, one that takes words in quotation marks.
pub(crate) fn is_speech(cx: &Context<'_>, v: usize) -> bool {
    verbs::frames_of(cx, v).is_some_and(|f| f.quote)
}

/// Whether a content has more words than a relative pronoun.
fn says_something(cx: &Context<'_>, part: Span) -> bool {
    cx.parse
        .tokens_in(part.range())
        .any(|i| cx.token(i).pos != "PUNCT" && !matches!(cx.token(i).tag.as_str(), "WDT" | "WP"))
}

fn finish(cx: &Context<'_>, marks: &[Marked], draft: &Draft, source: sources::Attribution) -> Option<Quote> {
    let cue = (!draft.cue.is_empty()).then(|| cx.span(draft.cue.clone()));
    let mut own = *draft.parts.first()?;
    own = draft.parts.iter().fold(own, |a, &b| a.cover(b));
    if !draft.carried {
        own = cue.into_iter().chain(source.within).fold(own, Span::cover);
    }
    let mut item = Item::new(draft.rule, draft.confidence, cx.evidence(own));
    source.evidence.into_iter().for_each(|e| item.add(e));
    Some(Quote {
        item,
        source: source.reference,
        cue,
        content: draft.parts.clone(),
        mode: mode(cx.text(), marks, &draft.parts),
        chain: source.chain,
        named: source.named,
        said: source.said,
    })
}

/// Direct where every word of the content stands in quotation marks, mixed where some do.
fn mode(text: &str, marks: &[Marked], parts: &[Span]) -> Mode {
    let (mut inside, mut all) = (0, 0);
    for part in parts {
        all += letters(part.slice(text));
        // the mark that is open at the start of the part stands before it, with its inner ones
        let open = marks.partition_point(|m| m.outer.start() <= part.start());
        let first = marks[..open].iter().rposition(|m| m.depth == 0).unwrap_or(open);
        let near = marks[first..].iter().take_while(|m| m.outer.start() < part.end());
        for m in near.filter(|m| m.depth == 0 && m.outer.overlaps(*part)) {
            let start = m.outer.start().max(part.start());
            let end = m.outer.end().min(part.end());
            inside += Span::of(text, start..end).map_or(0, |s| letters(s.slice(text)));
        }
    }
    match inside {
        0 => Mode::Indirect,
        n if n >= all => Mode::Direct,
        _ => Mode::Mixed,
    }
}

fn letters(words: &str) -> usize {
    words.chars().filter(|c| c.is_alphanumeric()).count()
}
