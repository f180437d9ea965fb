//! Attributions inside attributions.
//!
//! What a source says of other people's beliefs, wishes and views is that source's own report and no second quotation; a
//! second speech is one: "the paper reported that the minister had said", a quotation within the quotation. Those are kept,
//! and their chain leads through the outer source.

use rapporteur_text::Span;

use super::draft::Draft;
use super::marks::Marked;
use crate::Context;

/// Leaves out the attributions that stand in the content of another, unless they relay speech.
pub(super) fn outermost(cx: &Context<'_>, marks: &[Marked], drafts: Vec<Draft>) -> Vec<Draft> {
    let inside = holders(cx, &drafts);
    let keep: Vec<bool> = (0..drafts.len())
        .map(|i| match inside[i] {
            None => true,
            Some(outer) => relays(cx, marks, &drafts[i], &drafts[outer]),
        })
        .collect();
    drafts.into_iter().zip(keep).filter_map(|(d, k)| k.then_some(d)).collect()
}

/// Whether an attribution stands in quotation marks, source and all, without quoting others: what the quoted speaker says of
/// other people is no quotation of the article.
pub(super) fn quoted(cx: &Context<'_>, marks: &[Marked], draft: &Draft) -> bool {
    if draft.cue.is_empty() {
        return false;
    }
    let cue = cx.span(draft.cue.clone());
    let before = marks.partition_point(|m| m.outer.start() <= cue.start());
    let around = marks[..before].iter().rposition(|m| m.depth == 0).filter(|&o| {
        let m = &marks[o];
        !m.single && m.closed && m.inner.contains(cue)
    });
    let Some(outer) = around else { return false };
    let outside = |i: usize| !marks[outer].outer.holds(cx.token(i).start as usize);
    let mut inner = marks[outer + 1..].iter().take_while(|m| m.depth > 0);
    !draft.source.is_some_and(outside) && !inner.any(|m| draft.parts.iter().any(|p| m.outer.overlaps(*p)))
}

/// Whether a speech inside another's content is one of its own.
fn relays(cx: &Context<'_>, marks: &[Marked], draft: &Draft, outer: &Draft) -> bool {
    if !draft.speech || draft.source.is_none() || draft.source == outer.source {
        return false;
    }
    let cue = cx.span(draft.cue.clone());
    // marks are in order and an inner one follows its outer one, so those around a cue stand just before it
    let before = marks.partition_point(|m| m.outer.start() <= cue.start());
    let outermost = marks[..before].iter().rposition(|m| m.depth == 0).filter(|&o| marks[o].inner.contains(cue));
    let quoted = outermost.is_some();
    let inner = outermost.map_or(&marks[..0], |o| &marks[o + 1..]).iter().take_while(|m| m.depth > 0);
    match quoted {
        true => inner.map(|m| m.inner).any(|m| !m.contains(cue) && draft.parts.iter().any(|p| m.overlaps(*p))),
        // words after a colon are told by a noun inside: "shows that her refusal was blunter: ..."
        false if draft.rule.0 == "quote.colon.v1" => true,
        // "according to a delegate, he said that ...": the words of one, told by another
        false if outer.rule.0.starts_with("quote.according") && draft.rule.0 == "quote.inserted.v1" => true,
        false => {
            let known = |s: usize| {
                cx.token(s).pos != "PRON" || outer.rule.0.starts_with("quote.according") || other(cx, s, outer)
            };
            told(draft) && draft.source.is_some_and(known)
        }
    }
}

/// Whether a speech is told with the clause it makes known.
fn told(draft: &Draft) -> bool {
    matches!(draft.rule.0, "quote.clause.v1" | "quote.made-known.v1")
}

/// Whether the pronoun `s` is known to mean another than the source of `outer`.
fn other(cx: &Context<'_>, s: usize, outer: &Draft) -> bool {
    let of = |i: usize| cx.reference(i).entity;
    of(s).is_some() && outer.source.is_some_and(|o| of(o) != of(s))
}

/// For each draft the nearest one whose content holds its cue.
pub(super) fn holders(cx: &Context<'_>, drafts: &[Draft]) -> Vec<Option<usize>> {
    let mut parts: Vec<(Span, usize)> =
        drafts.iter().enumerate().flat_map(|(i, d)| d.parts.iter().map(move |&p| (p, i))).collect();
    parts.sort_unstable();
    // furthest end among the parts up to each, so that looking back can stop
    let mut reach = Vec::with_capacity(parts.len());
    for (p, _) in &parts {
        reach.push(p.end().max(reach.last().copied().unwrap_or(0)));
    }
    let size = |i: usize| drafts[i].parts.iter().map(|p| p.len()).sum::<usize>();
    let holder = |i: usize| {
        let d = &drafts[i];
        if d.cue.is_empty() {
            return None;
        }
        let cue = cx.span(d.cue.clone());
        let mut at = parts.partition_point(|(p, _)| p.start() <= cue.start());
        while at > 0 && reach[at - 1] > cue.start() {
            at -= 1;
            let (p, j) = parts[at];
            if j != i && p.contains(cue) && size(j) > size(i) {
                return Some(j);
            }
        }
        None
    };
    (0..drafts.len()).map(holder).collect()
}
