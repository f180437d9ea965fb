//! Quotations that go on after the sentence of their cue: `"A," he said. "B."` is two records.
//!
//! Each stretch that ends a sentence stands by itself; the later ones carry the source and the cue of the first. A stretch
//! that the cue only interrupts (`"A," she said, "and B."`) stays with its other half.

use rapporteur_text::Span;

use super::confidence;
use super::draft::Draft;
use super::marks::Marked;
use crate::Context;
use crate::model::Rule;

/// The rule that carries an attribution to the sentences after it.
pub(super) const RULE: Rule = Rule("quote.continued.v1");

/// Gives each stretch in marks that stands in a sentence after the cue's its own draft.
pub(super) fn split(cx: &Context<'_>, marks: &[Marked], drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.into_iter().flat_map(|d| parted(cx, marks, d)).collect()
}

fn parted(cx: &Context<'_>, marks: &[Marked], draft: Draft) -> Vec<Draft> {
    if draft.cue.is_empty() || draft.parts.len() < 2 {
        return vec![draft];
    }
    let mut groups: Vec<Vec<Span>> = Vec::new();
    for &part in &draft.parts {
        let ended = groups.last().and_then(|g| g.last()).is_some_and(|p| ends_between(cx, marks, *p, part));
        match groups.last_mut() {
            Some(g) if !ended => g.push(part),
            _ => groups.push(vec![part]),
        }
    }
    // the attribution stands in the first group, or right behind it
    let mut groups = groups.into_iter();
    let first = Draft { parts: groups.next().unwrap_or_default(), ..draft.clone() };
    let later = groups.map(|parts| Draft {
        rule: RULE,
        confidence: confidence::CONTINUED,
        carried: true,
        parts,
        ..draft.clone()
    });
    std::iter::once(first).chain(later).collect()
}

/// Whether a sentence ends between two stretches with other words than quoted ones between them, the second being in marks.
fn ends_between(cx: &Context<'_>, marks: &[Marked], first: Span, second: Span) -> bool {
    let at = marks.partition_point(|m| m.outer.start() <= second.start());
    let Some(mark) = marks[..at].iter().rev().take(4).find(|m| m.depth == 0 && m.outer.contains(second)) else {
        return false;
    };
    let gap = cx.text().get(first.end()..mark.outer.start()).unwrap_or("");
    // every paragraph of a long quotation stands by itself
    if mark.continues && gap.contains('\n') {
        return true;
    }
    let said = gap.trim_start_matches(|c: char| !c.is_alphanumeric());
    !said.is_empty() && said.trim_end().ends_with(['.', '!', '?'])
}
