//! A quotation in the making.

use std::ops::Range;

use rapporteur_text::Span;

use crate::Context;
use crate::model::Rule;
use crate::syntax_help as help;

/// What one rule found: cue, head of the source, spans of the content.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) rule: Rule,
    pub(super) confidence: f32,
    /// Tokens of the cue; empty where there is none.
    pub(super) cue: Range<usize>,
    /// Head token of the source's noun phrase.
    pub(super) source: Option<usize>,
    /// What is said, in text order, never overlapping.
    pub(super) parts: Vec<Span>,
    /// Whether the cue is one of speech, which takes whole quotations.
    pub(super) speech: bool,
    /// Whether cue and source stand in a sentence before and are carried over.
    pub(super) carried: bool,
}

impl Draft {
    pub(super) fn new(rule: Rule, confidence: f32, cue: Range<usize>, source: Option<usize>, parts: Vec<Span>) -> Self {
        Self { rule, confidence, cue, source, parts, speech: false, carried: false }
    }

    /// Adds a span to the content, kept in order; what overlaps is joined.
    pub(super) fn take_in(&mut self, span: Span) {
        let mut joined = span;
        self.parts.retain(|p| {
            let apart = !p.overlaps(joined);
            if !apart {
                joined = joined.cover(*p);
            }
            apart
        });
        self.parts.push(joined);
        self.parts.sort_unstable();
    }

    /// Gives up a stretch that another cue has, with all that follows it.
    pub(super) fn leave(&mut self, cx: &Context<'_>, outer: Span) {
        let cut = |p: &Span| {
            let end = p.end().min(outer.start());
            let front = cx.text().get(p.start()..end)?.trim_end_matches([' ', '\u{a0}', ':', ';', ',']);
            Span::of(cx.text(), p.start()..p.start() + front.len()).filter(|s| !s.is_empty())
        };
        self.parts = self.parts.iter().filter_map(cut).collect();
    }
}

/// Spans of a sorted list of tokens: one a run without a gap, punctuation trimmed off the ends, bare punctuation left out.
pub(super) fn spans(cx: &Context<'_>, tokens: &[usize]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < tokens.len() {
        let mut last = first;
        while last + 1 < tokens.len() && tokens[last] + 1 == tokens[last + 1] {
            last += 1;
        }
        let run = trim(cx, tokens[first]..tokens[last] + 1);
        if !run.is_empty() {
            found.push(cx.span(run));
        }
        first = last + 1;
    }
    found
}

/// Trims commas, dashes and marks off the ends of a run; a pair of quotation marks inside stays.
fn trim(cx: &Context<'_>, mut run: Range<usize>) -> Range<usize> {
    let loose = |i: usize, front: bool| {
        let t = cx.token(i);
        match cx.word(i) {
            "\"" | "''" | "``" | "“" | "”" | "‘" | "’" | "'" | "(" | ")" | "[" | "]" | "$" | "%" | "#" | "£" | "€" => {
                front && matches!(cx.word(i), "”" | ")" | "]") || !front && matches!(cx.word(i), "“" | "(" | "[")
            }
            _ => matches!(t.pos.as_str(), "PUNCT" | "SPACE"),
        }
    };
    while run.start < run.end && loose(run.start, true) {
        run.start += 1;
    }
    while run.end > run.start && loose(run.end - 1, false) {
        run.end -= 1;
    }
    if run.clone().all(|i| matches!(cx.token(i).pos.as_str(), "PUNCT" | "SPACE")) {
        return run.start..run.start;
    }
    run
}

/// The tokens of the subtree of `i`, sorted, without those below any of `dropped`.
pub(super) fn subtree_but(cx: &Context<'_>, i: usize, dropped: &[usize]) -> Vec<usize> {
    help::subtree_without(cx, i, |c| dropped.contains(&c))
}

/// Whether the preposition `p` says which side is taken ("for a truce", "against a levy") and no words in quotation marks
/// begin right behind it.
pub(super) fn sided(cx: &Context<'_>, p: usize) -> bool {
    let marked = |i: usize| i < cx.parse.len() && matches!(cx.word(i), "\"" | "''" | "``" | "“" | "”" | "«");
    matches!(cx.token(p).lower.as_str(), "for" | "against" | "to") && !marked(p + 1)
}
