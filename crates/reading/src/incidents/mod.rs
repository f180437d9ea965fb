//! The family of incidents: attacks, violations, walkouts, sanctions, detentions, protests, accidents around the talks;
//! who did them to whom, where and when, who says so and who denies it.
//!
//! A verb that tells the event as done ("seized two boats"), a noun with a day, a place or a doer ("the walkout on
//! Friday"), and who charges whom with it: an accusation, an allegation, a denial, what is called a breach. What may, must
//! or should happen is no incident, nor what happened long before the article.

mod accusations;
mod nouns;
mod who;
mod words;

use crate::Context;
use crate::model::{Incident, IncidentSort, Item, RefKind, Reference, Rule};
use crate::syntax_help as syntax;
use crate::talks::is_amid_talks;

const VERB: Rule = Rule("incident.verb.v4");

/// Finds incidents.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Incident> {
    let mut found: Vec<(u32, Incident)> = Vec::new();
    // elsewhere an arrest, a crash or a march has nothing to do with talks
    if !is_amid_talks(cx) {
        return Vec::new();
    }
    for i in 0..cx.parse.len() {
        let Some(mut incident) = token(cx, i).filter(|n| !is_crime(cx, n)) else {
            continue;
        };
        if incident.denied_by.is_none() {
            who::deny(cx, i, &mut incident);
        }
        let sentence = cx.token(i).sentence;
        // one event told twice in a sentence or in two that follow
        let known = found.iter_mut().rev().find(|(s, k)| {
            sentence - *s <= 1 && same(k, &incident) && (sentence == *s || !is_countered(k, &incident))
                || sentence == *s && related(k, &incident)
        });
        match known {
            Some((_, known)) => join(known, incident),
            None => found.push((sentence, incident)),
        }
    }
    found.into_iter().map(|f| f.1).collect()
}

/// The incident that token `i` tells.
fn token(cx: &Context<'_>, i: usize) -> Option<Incident> {
    let t = cx.token(i);
    match t.pos.as_str() {
        "VERB" => match t.lemma.as_str() {
            "allege" => accusations::allegation(cx, i),
            "deny" => accusations::denial(cx, i),
            _ => accusations::accusation(cx, i).or_else(|| verb(cx, i)).or_else(|| accusations::called(cx, i)),
        },
        "NOUN" => nouns::noun(cx, i),
        _ => None,
    }
}

/// What one person did by force is a crime; those who negotiate have others do it. Whoever leads a side is told as the side.
fn is_crime(cx: &Context<'_>, i: &Incident) -> bool {
    let alone = |r: &Reference| r.kind == RefKind::Person && r.entity.is_none_or(|e| cx.entity(e).of.is_none());
    i.sort == IncidentSort::Attack && i.actor.as_ref().is_some_and(alone)
}

/// What sides do to each other, and seldom anybody else.
fn is_grave(sort: IncidentSort) -> bool {
    matches!(sort, IncidentSort::Attack | IncidentSort::Violation | IncidentSort::Walkout | IncidentSort::Sanction)
}

fn same(a: &Incident, b: &Incident) -> bool {
    let entity = |r: &Option<Reference>| r.and_then(|r| r.entity);
    let fits = |x: Option<_>, y: Option<_>| x.is_none() || y.is_none() || x == y;
    a.sort == b.sort
        && fits(entity(&a.actor), entity(&b.actor))
        && (a.when.is_unknown() || b.when.is_unknown() || a.when.first_day() == b.when.first_day())
}

/// What one says of an event in the next sentence against what was told of it: another's version of it.
fn is_countered(known: &Incident, new: &Incident) -> bool {
    let charge = |i: &Incident| i.item.rule == accusations::ACCUSED;
    charge(known) != charge(new)
        || known.denied_by.is_some() && known.denied_by.map(|r| r.entity) == new.claimed_by.map(|r| r.entity)
}

/// An accusation and the event in it.
fn related(a: &Incident, b: &Incident) -> bool {
    a.item.rule == accusations::ACCUSED && a.item.span().overlaps(b.item.span())
}

fn join(known: &mut Incident, new: Incident) {
    new.item.evidence().for_each(|e| known.item.add(*e));
    known.actor = known.actor.or(new.actor);
    known.target = known.target.or(new.target);
    known.place = known.place.or(new.place);
    known.claimed_by = known.claimed_by.or(new.claimed_by);
    known.denied_by = known.denied_by.or(new.denied_by);
    if known.when.is_unknown() {
        known.when = new.when;
    }
}

/// "seized two boats", "was attacked", "walked out".
fn verb(cx: &Context<'_>, i: usize) -> Option<Incident> {
    if !words::is_done(cx, i) {
        return None;
    }
    let sort = words::deed(cx, i, true)?;
    let object = who::object(cx, i);
    let actor = who::actor(cx, i);
    let when = who::day(cx, i);
    let place = who::place(cx, i);
    // an event without a day or a place is only a word ("police arrested a man"), unless somebody did it to the other side
    let by_somebody = is_grave(sort) && actor.is_some_and(|a| a.entity.is_some());
    if when.is_unknown() && place.is_none() && !by_somebody || who::is_history(cx, i) {
        return None;
    }
    // a line or a road is hit, but it is no one
    let thing = |o: usize| ["line", "works", "road", "paper", "system"].iter().any(|c| words::is_called(cx, o, c));
    let whom = |o: usize| who::someone(cx, o).filter(|_| !thing(o)).or_else(|| who::owner(cx, o));
    let target = object.and_then(whom);
    let after = object.filter(|&o| cx.token(o).sentence == cx.token(i).sentence);
    let (start, end) = after.map_or((i, i), |o| (o.min(i), o.max(i)));
    let start = if cx.token(i).dep == "acl" { start } else { i };
    let span = cx.span(syntax::verb_group(cx, i)).cover(cx.span(start..end + 1));
    Some(Incident {
        item: Item::new(VERB, 0.6, cx.evidence(span)),
        sort,
        actor,
        target: target.filter(|t| actor.and_then(|a| a.entity) != t.entity || t.entity.is_none()),
        place,
        when,
        claimed_by: who::claimant(cx, i),
        denied_by: None,
    })
}
