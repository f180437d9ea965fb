//! Noun phrases: what belongs to one, and how it is determined.

use std::ops::Range;

use crate::Context;

/// Labels of what stands before the head inside its phrase.
const BEFORE: [&str; 12] =
    ["det", "predet", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "case", "neg", "punct"];

/// The noun phrase of head `i`: its modifiers before it and prepositional phrases right after it; no relative clause,
/// apposition or coordination.
pub(crate) fn noun_phrase(cx: &Context<'_>, i: usize) -> Range<usize> {
    let left = left_edge(cx, i, 0);
    left..right_edge(cx, i, 0)
}

fn left_edge(cx: &Context<'_>, i: usize, depth: usize) -> usize {
    let mut left = i;
    for c in cx.parse.children(i).rev().filter(|&c| c < i) {
        let dep = cx.token(c).dep.as_str();
        let quote_or_comma = dep == "punct" && !matches!(cx.word(c), "-" | "–" | "/");
        if !BEFORE.contains(&dep) || quote_or_comma || depth > 8 {
            if dep == "punct" && cx.word(c) == "," {
                continue;
            }
            break;
        }
        left = left.min(if dep == "punct" { c } else { left_edge(cx, c, depth + 1) });
    }
    left
}

fn right_edge(cx: &Context<'_>, i: usize, depth: usize) -> usize {
    let mut right = i + 1;
    for c in cx.parse.children(i).filter(|&c| c > i) {
        let t = cx.token(c);
        match t.dep.as_str() {
            "prep" if c == right && depth < 4 && matches!(t.lower.as_str(), "of" | "for" | "at" | "from") => {
                let Some(object) = cx.parse.child(c, &["pobj"]) else { break };
                right = right_edge(cx, object, depth + 1).max(right);
            }
            "nummod" | "npadvmod" if c == right => right = c + 1,
            _ => break,
        }
    }
    right
}

/// How a noun phrase is determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Determined {
    /// "the", "this", a possessor.
    Definite,
    /// "a", a number, "some".
    Indefinite,
    /// Nothing.
    Bare,
}

/// How the phrase of head `i` is determined.
pub(crate) fn determined(cx: &Context<'_>, i: usize) -> Determined {
    let mut seen = Determined::Bare;
    for c in cx.parse.children(i).filter(|&c| c < i) {
        let t = cx.token(c);
        match (t.dep.as_str(), t.lower.as_str()) {
            ("poss", _) => return Determined::Definite,
            ("det" | "predet", "the" | "this" | "that" | "these" | "those" | "both" | "all") => {
                return Determined::Definite;
            }
            ("det", _) => seen = Determined::Indefinite,
            ("nummod", _) if seen == Determined::Bare => seen = Determined::Indefinite,
            ("amod", "many" | "several" | "some" | "few" | "other" | "another") => seen = Determined::Indefinite,
            _ => {}
        }
    }
    seen
}

/// Lower-case words that modify head `i`: adjectives, nouns and the nouns of a plural possessor ("the dockers' union").
pub(crate) fn modifiers(cx: &Context<'_>, i: usize) -> Vec<String> {
    let mut found = Vec::new();
    for c in cx.parse.children_with(i, &["amod", "compound", "nmod", "poss"]).filter(|&c| c < i) {
        if cx.token(c).pos == "PRON" {
            continue;
        }
        for k in cx.parse.subtree(c) {
            let t = cx.token(k);
            if matches!(t.pos.as_str(), "ADJ" | "NOUN" | "PROPN" | "VERB") && t.lower != "the" {
                found.push(t.lemma.to_lowercase());
            }
        }
    }
    found
}

/// Whether each token stands inside quotation marks, paragraph by paragraph.
pub(crate) fn quoted(cx: &Context<'_>) -> Vec<bool> {
    let text = cx.text();
    let mut inside = false;
    let mut found = Vec::with_capacity(cx.parse.len());
    let mut at = 0;
    for t in &cx.parse.tokens {
        if text.get(at..t.start as usize).is_some_and(|gap| gap.contains('\n')) {
            inside = false;
        }
        at = t.end as usize;
        match text.get(t.start as usize..t.end as usize).unwrap_or("") {
            "“" | "«" | "„" => inside = true,
            "”" | "»" => inside = false,
            "\"" | "``" | "''" => inside = !inside,
            _ => {}
        }
        found.push(inside);
    }
    found
}
