//! For when a figure holds: "as of 3 March", "200 dead in 2023", "carried 372 tonnes last summer".
//!
//! A day on the noun that is counted, or on a verb that only states how much there was. The day of an offer, a demand or
//! a report is not the day of its figures.

use rapporteur_text::{Span, When};

use super::is_word;
use crate::Context;
use crate::dates;
use crate::model::TimexType;
use crate::syntax_help as syntax;

/// The time for which the figure at `number` (hanging in the sentence through `token`) is given.
pub(super) fn of(cx: &Context<'_>, token: usize, number: Span) -> When {
    let sentence = cx.sentence_at(token);
    let times: Vec<(Span, When)> =
        dates::merged_in(cx, sentence).into_iter().filter(|(s, _)| !s.overlaps(number) && is_date(cx, *s)).collect();
    let stated = times.iter().find(|(s, _)| is_stated(cx, *s));
    let hung = || times.iter().find(|(s, _)| hangs(cx, token, number, *s));
    stated.or_else(hung).map(|(_, w)| w.clone()).unwrap_or_default()
}

fn is_date(cx: &Context<'_>, span: Span) -> bool {
    cx.dates_in(span).all(|d| matches!(d.sort, TimexType::Date | TimexType::Time))
}

/// The words right before a time.
fn before<'a>(cx: &Context<'a>, span: Span) -> &'a str {
    cx.text().get(..span.start()).unwrap_or("").trim_end()
}

/// "as of 3 March", "as at the end of May".
fn is_stated(cx: &Context<'_>, span: Span) -> bool {
    let words = before(cx, span).to_lowercase();
    ["as of", "as at", "as of the end of", "as of late", "as of early"].iter().any(|w| words.ends_with(w))
}

/// Whether the time hangs on the noun that is counted, or on a verb of stating that has it as its subject or object.
fn hangs(cx: &Context<'_>, token: usize, number: Span, time: Span) -> bool {
    let Some(head) = dates::head_of(cx, time) else { return false };
    let preposition = cx.token(cx.parse.head(head)).lower.as_str();
    let bound = cx.token(head).dep == "pobj";
    if bound && !matches!(preposition, "in" | "on" | "at" | "during" | "of") {
        return false;
    }
    // "further along than on Monday" compares
    if before(cx, time).to_lowercase().ends_with(&format!("than {preposition}")) {
        return false;
    }
    let noun = counted(cx, token, number);
    for at in cx.parse.ancestors(head).take(4) {
        if Some(at) == noun || at == token {
            return true;
        }
        if syntax::is_verb(cx, at) {
            return states(cx, at) && below(cx, token, at);
        }
        if matches!(cx.token(at).pos.as_str(), "NOUN" | "PROPN") && at != head {
            return false;
        }
    }
    false
}

/// The noun that the number counts.
fn counted(cx: &Context<'_>, token: usize, number: Span) -> Option<usize> {
    let head = cx.parse.head(token);
    (matches!(cx.token(head).pos.as_str(), "NOUN" | "PROPN") && !number.holds(cx.token(head).start as usize))
        .then_some(head)
}

/// A verb in the past, perfect or present, under no modal, that says how much there is.
fn states(cx: &Context<'_>, verb: usize) -> bool {
    is_word("stating", &cx.token(verb).lemma)
        && syntax::modal(cx, verb).is_none()
        && !syntax::is_infinitive(cx, verb)
        && !syntax::is_negated(cx, verb)
}

/// Whether the figure stands in the verb's clause with no other verb between.
fn below(cx: &Context<'_>, token: usize, verb: usize) -> bool {
    for at in cx.parse.ancestors(token).take(5) {
        if at == verb {
            return true;
        }
        if syntax::is_verb(cx, at) {
            return false;
        }
    }
    false
}
