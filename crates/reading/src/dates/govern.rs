//! For the other families: when is what this verb or sentence tells?

use rapporteur_text::{Span, When};

use super::tense::head_of;
use crate::Context;
use crate::model::{Timex, TimexType};

/// All times of the calendar inside these words, with their spans: "4 to 6 February" is one, so is "10 a.m. on Tuesday".
pub(crate) fn merged_in(cx: &Context<'_>, span: Span) -> Vec<(Span, When)> {
    let mut merged: Vec<(Span, When)> = Vec::new();
    for date in cx.dates_in(span).filter(|d| is_calendar(d)) {
        let own = date.item.span();
        match merged.last_mut() {
            Some((before, when)) if let Some(joined) = join(cx, *before, when, own, &date.when) => {
                (*before, *when) = (before.cover(own), joined);
            }
            _ => merged.push((own, date.when.clone())),
        }
    }
    merged
}

/// Whether it stands for days of the calendar.
fn is_calendar(date: &Timex) -> bool {
    matches!(date.sort, TimexType::Date | TimexType::Time) && !date.when.is_unknown()
}

/// One time of two that stand together: a range, or an hour and its day.
fn join(cx: &Context<'_>, a: Span, first: &When, b: Span, second: &When) -> Option<When> {
    let between = cx.text().get(a.end()..b.start())?.trim().to_lowercase();
    let as_written = a.cover(b).slice(cx.text()).to_string();
    let basis = first.basis.max(second.basis);
    let hour = |w: &When| w.from.is_some_and(|m| m.time.is_some());
    match between.as_str() {
        "-" | "–" | "—" | "to" | "and" | "until" | "through" | "till" if first.from <= second.from => {
            // "in 2014 and 2016" are two years, "4 and 5 May" are two days together
            let days = |w: &When| w.first_day().is_some() && w.first_day() == w.last_day();
            let range = between != "and" || (days(first) && days(second) && next_day(first, second));
            range.then_some(When { from: first.from, to: second.to, as_written, basis })
        }
        "" | "on" | "," | ", on" | "at" | "from" if hour(first) != hour(second) => {
            let (clock, day) = if hour(first) { (first, second) } else { (second, first) };
            (clock.first_day() == day.first_day() && day.first_day() == day.last_day()).then(|| When {
                as_written,
                basis,
                ..clock.clone()
            })
        }
        _ => None,
    }
}

fn next_day(first: &When, second: &When) -> bool {
    first.first_day().and_then(|d| d.tomorrow().ok()) == second.first_day()
}

/// The time that governs token `i` (a verb, or a noun such as "talks"): one that hangs below it without another clause
/// between, else one below its governing verb, else one that opens its sentence.
pub(crate) fn when_for(cx: &Context<'_>, i: usize) -> When {
    let sentence = cx.sentence_at(i);
    let times = merged_in(cx, sentence);
    let distance = |span: Span| cx.span(i..i + 1).start().abs_diff(span.start());
    let mut below: Vec<&(Span, When)> = times.iter().filter(|(s, _)| governs(cx, i, *s)).collect();
    below.sort_by_key(|(s, _)| distance(*s));
    if let Some((_, when)) = below.first() {
        return when.clone();
    }
    // the verb above a noun, or above a verb that shares its time ("agreed on Monday to meet" does not)
    let above = cx.parse.ancestors(i).find(|&a| matches!(cx.token(a).pos.as_str(), "VERB" | "AUX"));
    let shares = !matches!(cx.token(i).dep.as_str(), "ccomp" | "xcomp" | "advcl" | "relcl" | "acl");
    match above.filter(|_| shares) {
        Some(verb) => times
            .iter()
            .filter(|(s, _)| governs(cx, verb, *s))
            .min_by_key(|(s, _)| distance(*s))
            .map_or_else(When::unknown, |(_, when)| when.clone()),
        None => When::unknown(),
    }
}

/// Whether the time at `span` hangs below token `i` with no other verb between.
fn governs(cx: &Context<'_>, i: usize, span: Span) -> bool {
    let Some(head) = head_of(cx, span) else { return false };
    for at in cx.parse.ancestors(head) {
        if at == i {
            return true;
        }
        if cx.token(at).pos == "VERB" {
            return false;
        }
    }
    false
}
