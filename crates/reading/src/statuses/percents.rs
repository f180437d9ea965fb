//! "the chapter is 90 percent done", "nine tenths done", "ready for 80 percent".

use super::find_in::is_matter;
use super::{Found, status_of};
use crate::Context;
use crate::model::{RefKind, Rule};
use crate::syntax_help as help;

pub(super) const PERCENT: Rule = Rule("status.percent.v3");

/// The share told by the word at `i` ("percent", "tenths") and the word of completion beside it.
pub(super) fn percent(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let done = done(cx, i)?;
    let number = (i.saturating_sub(2)..i).rev().find(|&n| cx.token(n).pos == "NUM")?;
    let percent = share(cx, number, i)?;
    // "48 percent overall agreed" counts heads
    let heads = std::iter::once(done).chain(cx.parse.ancestors(done)).find_map(|v| help::own_subject(cx, v));
    if heads.is_some_and(|s| s == i || s == number) || done > i + 1 && cx.token(done).lower == "agreed" {
        return None;
    }
    // "they were only 95 percent ready": what they are, stands before; who is "90 percent there" is the talks
    let they = heads.filter(|&s| matches!(cx.token(s).lower.as_str(), "they" | "these" | "those"));
    let meant = they.and_then(|s| things_before(cx, s));
    if they.is_some() && meant.is_none() && cx.token(done).lower != "there" {
        return None;
    }
    let subject = meant.or_else(|| heads.filter(|&s| is_matter(cx, s)));
    let status = status_of("percent", &cx.token(done).lower)?;
    let span = cx.span(number.min(done)..i.max(done) + 1);
    Some(vec![Found {
        rule: PERCENT,
        confidence: 0.85,
        span,
        token: done,
        status,
        matter: subject.map(|s| cx.span(help::trim_punct(cx, help::noun_phrase(cx, s)))),
        by: None,
        percent: Some(percent),
    }])
}

/// The last things before a pronoun in its sentence that something is said of: no cause, day or doer.
fn things_before(cx: &Context<'_>, pronoun: usize) -> Option<usize> {
    let start = cx.parse.sentence_of(pronoun).start;
    let is_thing = |&n: &usize| {
        let on = |n| {
            cx.token(n).dep == "pobj"
                && matches!(cx.token(cx.parse.head(n)).lower.as_str(), "on" | "over" | "about" | "of")
        };
        let told = matches!(cx.token(n).dep.as_str(), "nsubj" | "nsubjpass" | "dobj") || on(n);
        cx.token(n).tag == "NNS" && is_matter(cx, n) && told
    };
    (start..pronoun)
        .rev()
        .filter(is_thing)
        .find(|&n| cx.reference(n).entity.is_none_or(|e| cx.entity(e).kind != RefKind::Person))
}

/// The word that says how far: right behind ("done", "of the way there") or before "to", "for" ("finished to 95 percent").
fn done(cx: &Context<'_>, i: usize) -> Option<usize> {
    let sentence = cx.parse.sentence_of(i);
    let near = |n: usize| if sentence.contains(&n) { cx.token(n).lower.as_str() } else { "" };
    let is_done = |n: usize| status_of("percent", near(n)).is_some();
    // "one half of one percent and there'll be cold iron"
    let there = |n: usize| near(n) == "there" && near(n.wrapping_sub(1)) != "way" && n != i + 1;
    let behind = (i + 1..i + 3).find(|&n| is_done(n) && !there(n) && near(n.wrapping_sub(1)) != "and");
    let way = || (near(i + 1) == "of" && near(i + 3) == "way" && near(i + 4) == "there").then_some(i + 4);
    behind.or_else(way).or_else(|| {
        let to = i.checked_sub(2).filter(|&n| matches!(near(n), "to" | "for"))?;
        to.checked_sub(1).filter(|&n| is_done(n))
    })
}

/// The share in percent; tenths and quarters are turned into it.
fn share(cx: &Context<'_>, number: usize, unit: usize) -> Option<f64> {
    let parts = match cx.token(unit).lower.as_str() {
        "tenths" => 10.0,
        "quarters" => 25.0,
        "fifths" => 20.0,
        _ => 1.0,
    };
    crate::dates::number(cx.word(number)).map(|p| p * parts).filter(|p| (0.0..=100.0).contains(p))
}
