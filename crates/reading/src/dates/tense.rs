//! Which way a day without its year or week lies: before the article or after it, by the verb that governs it.

use std::collections::HashSet;
use std::sync::LazyLock;

use rapporteur_text::Span;

use crate::Context;
use crate::lexicon::rows;

/// Where the verb puts the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// Before the article.
    Past,
    /// After it.
    Future,
    /// Not said.
    Open,
}

fn lemmas(file: &'static str) -> HashSet<&'static str> {
    rows(file).filter_map(|r| r.first().copied()).collect()
}

static PLANNED: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lemmas(include_str!("../../lexicons/timex_planned.tsv")));
static TIMETABLE: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lemmas(include_str!("../../lexicons/timex_timetable.tsv")));

/// The token through which a span hangs in its sentence: the first whose head lies outside.
pub(crate) fn head_of(cx: &Context<'_>, span: Span) -> Option<usize> {
    let tokens = cx.parse.tokens_in(span.range());
    let start = tokens.start.min(cx.parse.len().checked_sub(1)?);
    // an expression that is only part of a token ("3" of "3-day") hangs where the token does
    let tokens = if tokens.is_empty() {
        let at = if cx.token(start).start as usize > span.start() { start.saturating_sub(1) } else { start };
        at..at + 1
    } else {
        tokens
    };
    tokens.clone().find(|&i| !tokens.contains(&cx.parse.head(i)) || cx.parse.is_root(i)).or(Some(tokens.start))
}

/// The tense that governs these words.
pub(crate) fn tense_of(cx: &Context<'_>, span: Span) -> Tense {
    let Some(head) = head_of(cx, span) else { return Tense::Open };
    let (mut forward, mut until) = (false, false);
    for at in std::iter::once(head).chain(cx.parse.ancestors(head)) {
        let token = cx.token(at);
        match token.pos.as_str() {
            // the day of a limit, or of what lies ahead, is still to come
            "ADP" | "SCONJ" if matches!(token.lower.as_str(), "until" | "till" | "by") => {
                (forward, until) = (true, token.lower != "by");
            }
            "ADV" if token.lower == "ahead" => forward = true,
            "ADJ" if PLANNED.contains(token.lemma.as_str()) => return Tense::Future,
            "NOUN" if matches!(token.lemma.as_str(), "deadline" | "plan" | "schedule") => forward = true,
            "VERB" | "AUX" => match verb_tense(cx, at) {
                // "the session runs until Friday", "has now given them until Monday"
                Some(Tense::Past) if forward && (!perfect(cx, at) || until && grants(cx, at)) => return Tense::Future,
                Some(Tense::Open) if forward => return Tense::Future,
                // "had urged them to answer by July 31"
                Some(Tense::Future) if forward && had_wanted(cx, at) => return Tense::Past,
                Some(tense) => return tense,
                None => {}
            },
            _ => {}
        }
    }
    if forward { Tense::Future } else { Tense::Open }
}

/// A present perfect of giving time: "has given them until Monday", "has put it back until June".
fn grants(cx: &Context<'_>, verb: usize) -> bool {
    let now =
        cx.parse.children_with(verb, &["aux"]).any(|a| matches!(cx.token(a).lower.as_str(), "has" | "have" | "'ve"));
    now && matches!(
        cx.token(verb).lemma.as_str(),
        "give" | "grant" | "allow" | "extend" | "put" | "push" | "move" | "prolong" | "postpone" | "delay"
    )
}

/// Whether an infinitive stands under a past perfect: what had been asked for is over.
fn had_wanted(cx: &Context<'_>, verb: usize) -> bool {
    let over = cx.parse.head(verb);
    let bare = cx.parse.children_with(verb, &["aux"]).all(|a| cx.token(a).lower == "to");
    bare && over != verb
        && cx.token(over).pos == "VERB"
        && cx.parse.children_with(over, &["aux"]).any(|a| cx.token(a).lower == "had")
}

fn perfect(cx: &Context<'_>, verb: usize) -> bool {
    cx.parse.children_with(verb, &["aux"]).any(|a| cx.token(a).lemma == "have")
}

/// The tense of one verb with its auxiliaries; none where it has none of its own (a bare participle).
pub(crate) fn verb_tense(cx: &Context<'_>, verb: usize) -> Option<Tense> {
    let token = cx.token(verb);
    let aux: Vec<&str> =
        cx.parse.children_with(verb, &["aux", "auxpass"]).map(|a| cx.token(a).lower.as_str()).collect();
    let has = |words: &[&str]| aux.iter().any(|a| words.contains(a));
    if PLANNED.contains(token.lemma.as_str()) && token.tag != "VBD"
        || has(&["will", "would", "shall", "'ll", "’ll", "wo", "may", "might", "can", "could", "should", "must"])
            && !has(&["have"])
        || has(&["to"])
    {
        return Some(Tense::Future);
    }
    match token.tag.as_str() {
        _ if has(&["have", "has", "had", "'ve", "’ve"]) => Some(Tense::Past),
        "VBD" => Some(Tense::Past),
        "VBN" if has(&["was", "were", "been"]) || aux.is_empty() => Some(Tense::Past),
        "VBG" if has(&["was", "were"]) => Some(Tense::Past),
        "VBG" if has(&["is", "are", "am", "'s", "'re", "’s", "’re"]) => Some(Tense::Future),
        "VBG" => None,
        "VBZ" | "VBP" | "VB" if TIMETABLE.contains(token.lemma.as_str()) => Some(Tense::Future),
        _ => Some(Tense::Open),
    }
}
