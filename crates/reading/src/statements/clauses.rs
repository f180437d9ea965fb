//! The clauses of a report: "the paper was fair, she said, and the bank would sign; the rest could wait" says three things.

use std::ops::Range;

use rapporteur_text::Span;

use super::clause::{dep, is_verb, lower, tidy};
use crate::Context;
use crate::model::{Mode, Quote};
use crate::syntax_help as help;

/// One clause of a report, which its cue may interrupt.
pub(super) struct Clause {
    /// First token of its words.
    pub(super) start: usize,
    /// The part of it that says most by itself.
    pub(super) words: Span,
    /// All of it.
    parts: Vec<Span>,
}

impl Clause {
    /// Whether the words stand in one of its parts.
    pub(super) fn holds(&self, words: Span) -> bool {
        self.parts.iter().any(|p| p.contains(words))
    }
}

/// The clauses of a quotation that stand in a sentence.
pub(super) fn of(cx: &Context<'_>, quote: &Quote, sentence: Range<usize>) -> Vec<Clause> {
    let runs: Vec<Range<usize>> = quote
        .content
        .iter()
        .map(|s| cx.parse.tokens_in(s.range()))
        .map(|r| r.start.max(sentence.start)..r.end.min(sentence.end))
        .filter(|r| r.start < r.end)
        .collect();
    let mut clauses: Vec<Vec<Range<usize>>> = vec![Vec::new()];
    for run in &runs {
        let mut start = run.start;
        for cut in cuts(cx, run, !clauses[0].is_empty()) {
            if cut > start {
                clauses.last_mut().into_iter().for_each(|c| c.push(start..cut));
            }
            clauses.push(Vec::new());
            start = cut;
        }
        clauses.last_mut().into_iter().for_each(|c| c.push(start..run.end));
    }
    clauses.into_iter().filter_map(|c| clause(cx, quote, &c)).collect()
}

fn clause(cx: &Context<'_>, quote: &Quote, parts: &[Range<usize>]) -> Option<Clause> {
    let says = |r: &&Range<usize>| quote.mode != Mode::Indirect || (r.start..r.end).any(|i| told(cx, i));
    let best = parts.iter().find(says).or_else(|| parts.iter().max_by_key(|r| r.len()))?;
    let span = tidy(cx, best.clone());
    let parts = parts.iter().map(|p| cx.span(p.clone())).collect();
    (best.len() > 1 && !span.is_empty()).then_some(Clause { start: best.start, words: span, parts })
}

/// Whether token `i` is a verb with a tense.
fn told(cx: &Context<'_>, i: usize) -> bool {
    is_verb(cx, i) && help::is_finite(cx, i)
}

/// Where a new clause with a subject of its own begins in a stretch; also at its start where it goes on behind a cue.
fn cuts(cx: &Context<'_>, run: &Range<usize>, goes_on: bool) -> Vec<usize> {
    let mut found: Vec<usize> = run.clone().filter_map(|i| joined(cx, i, run)).collect();
    found.extend(run.clone().filter(|&i| lower(cx, i) == ";").map(|i| i + 1));
    if goes_on && matches!(lower(cx, run.start), "and" | "but" | "nor" | "so" | "yet") {
        let own = |i: usize| told(cx, i) && help::own_subject(cx, i).is_some_and(|s| run.contains(&s));
        found.extend(run.clone().any(own).then_some(run.start));
    }
    found.retain(|&c| c + 2 < run.end && (c > run.start + 2 || c == run.start));
    found.sort_unstable();
    found.dedup();
    found
}

/// The start of the clause of verb `v`, where it is joined to a main clause of the report and has a subject of its own.
fn joined(cx: &Context<'_>, v: usize, run: &Range<usize>) -> Option<usize> {
    let own =
        cx.parse.child(v, &["nsubj", "nsubjpass", "expl", "csubj"]).is_some_and(|s| s < v || dep(cx, s) == "expl");
    if !matches!(dep(cx, v), "conj" | "parataxis") || !told(cx, v) || !own {
        return None;
    }
    // "sell it and you lose the town": what comes of it, no clause beside it
    if help::own_subject(cx, cx.parse.head(v)).is_none() && cx.token(cx.parse.head(v)).tag == "VB" {
        return None;
    }
    let mut top = v;
    while matches!(dep(cx, top), "conj" | "parataxis") && cx.parse.head(top) != top {
        top = cx.parse.head(top);
        if !is_verb(cx, top) || !run.contains(&top) && top > run.start {
            return None;
        }
    }
    matches!(dep(cx, top), "ROOT" | "ccomp").then(|| cx.parse.subtree_range(v).start)
}
