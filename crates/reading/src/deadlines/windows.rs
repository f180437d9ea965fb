//! Windows, offers and periods: the day on which they shut, lapse or stay open to.

use rapporteur_text::{Span, When};

use super::moved::last_of;
use super::{SHUTS, behind, make};
use crate::Context;
use crate::dates;
use crate::model::{Deadline, DeadlineState};
use crate::syntax_help as help;

/// "the funding window closes on 31 March", "will now stay open until 30 April".
pub(super) fn shuts(cx: &Context<'_>, i: usize) -> Option<Deadline> {
    // the parse may take "the offer lapses" for two nouns
    let noun_after = |v: usize| {
        cx.token(i).dep == "compound" && matches!(cx.token(v).lower.as_str(), "lapses" | "expires" | "closes" | "ends")
    };
    let verb = cx
        .parse
        .ancestors(i)
        .next()
        .filter(|&v| cx.parse.child(v, &["nsubj", "nsubjpass"]) == Some(i) || noun_after(v))?;
    let rest = cx.parse.children_with(verb, &["conj"]);
    let relative = cx.parse.children_with(i, &["relcl"]);
    let found: Vec<(usize, Deadline)> = std::iter::once(verb)
        .chain(rest)
        .chain(relative)
        .filter_map(|v| shuts_on(cx, i, v).map(|deadline| (v, deadline)))
        .collect();
    let old = found.iter().find(|(_, d)| !d.when.is_unknown()).map(|(_, d)| d.when.clone());
    match found.iter().find(|(_, d)| d.state == DeadlineState::Moved) {
        Some((_, moved)) => Some(Deadline { when: old.unwrap_or_default(), ..moved.clone() }),
        None => found.into_iter().find(|&(v, _)| !would_have(cx, v)).map(|(_, d)| d),
    }
}

/// "would have shut on Monday": a day that stands no longer.
fn would_have(cx: &Context<'_>, verb: usize) -> bool {
    let aux = |word: &str| cx.parse.children_with(verb, &["aux"]).any(|a| cx.token(a).lower == word);
    aux("would") && aux("have")
}

fn shuts_on(cx: &Context<'_>, noun: usize, verb: usize) -> Option<Deadline> {
    if help::is_negated(cx, verb) {
        return None;
    }
    let lemma = cx.token(verb).lemma.as_str();
    let open = cx.parse.children_with(verb, &["acomp", "advmod", "oprd"]).any(|o| cx.token(o).lower == "open");
    let extended = matches!(lemma, "extend" | "prolong") && help::is_passive(cx, verb);
    let stays = matches!(lemma, "stay" | "remain" | "keep") && open;
    let longer =
        cx.parse.children_with(verb, &["advmod"]).any(|a| matches!(cx.token(a).lower.as_str(), "now" | "longer"));
    // the parse may take "lapses" for a noun
    let ends = matches!(lemma, "close" | "shut" | "expire" | "lapse" | "end" | "run");
    let good = cx
        .parse
        .children_with(verb, &["acomp"])
        .any(|a| matches!(cx.token(a).lower.as_str(), "good" | "valid" | "open" | "available"));
    let holds = lemma == "be" && good || matches!(lemma, "stand" | "run" | "hold" | "last");
    let until = cx.parse.subtree(verb).into_iter().any(|p| matches!(cx.token(p).lower.as_str(), "until" | "till"));
    let (preps, state): (&[&str], _) = match () {
        () if extended || stays && longer => (&["until", "till", "to"], DeadlineState::Moved),
        () if stays => (&["until", "till"], DeadlineState::Set),
        () if holds && until => (&["until", "till"], DeadlineState::Set),
        () if ends => (&["on", "at", "by"], DeadlineState::Set),
        () => return None,
    };
    let preposition = cx
        .parse
        .subtree(verb)
        .into_iter()
        // in the verb's own clause
        .filter(|&p| cx.parse.ancestors(p).find(|&a| help::is_verb(cx, a) || a == verb) == Some(verb))
        .filter(|&p| p > verb && preps.contains(&cx.token(p).lower.as_str()))
        .find_map(|p| behind(cx, p));
    let (span, when) = preposition.or_else(|| bare_day(cx, verb).filter(|_| ends && lemma != "run"))?;
    let past = matches!(cx.token(verb).tag.as_str(), "VBD") && state == DeadlineState::Set;
    let mut deadline = make(cx, SHUTS, 0.65, cx.span(help::noun_phrase(cx, noun)).cover(span), when.clone());
    deadline.state = if past { DeadlineState::Passed } else { state };
    if deadline.state == DeadlineState::Moved {
        (deadline.when, deadline.moved_to) = (When::unknown(), last_of(when));
    }
    deadline.matter = Some(cx.span(help::trim_punct(cx, help::noun_phrase(cx, noun))));
    Some(deadline)
}

/// "shuts next Monday", "expires tomorrow": a day without a preposition.
fn bare_day(cx: &Context<'_>, verb: usize) -> Option<(Span, When)> {
    dates::merged_in(cx, cx.subtree_span(verb)).into_iter().find(|(span, when)| {
        let day = when.first_day().is_some() && when.first_day() == when.last_day();
        let own = |h: usize| cx.parse.head(h) == verb && help::has_dep(cx, h, &["npadvmod", "tmod", "advmod"]);
        day && span.start() > cx.token(verb).start as usize && dates::head_of(cx, *span).is_some_and(own)
    })
}
