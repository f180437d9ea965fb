//! Who did it to whom, where and when, who says so and who denies it.

use rapporteur_text::{Span, When};

use super::words::is_called;
use crate::Context;
use crate::dates;
use crate::mentions::lexicons;
use crate::model::{Incident, RefKind, Reference, Why};
use crate::syntax_help as syntax;

/// Days before the article from which on an event is told as history.
const HISTORY: i32 = 90;

/// The one who does it, as a token: the subject, the agent of a passive, the noun a relative clause hangs on.
pub(super) fn doer(cx: &Context<'_>, verb: usize) -> Option<usize> {
    let found = syntax::actor(cx, verb)?;
    Some(if is_relative(cx, found) { relative_head(cx, verb).unwrap_or(found) } else { found })
}

/// What it is done to: the object, the subject of a passive, the noun a participle or a relative clause hangs on.
pub(super) fn object(cx: &Context<'_>, verb: usize) -> Option<usize> {
    let t = cx.token(verb);
    match cx.parse.child(verb, &["dobj", "nsubjpass"]) {
        Some(o) if is_relative(cx, o) => relative_head(cx, verb),
        Some(o) => Some(o),
        None => (t.tag == "VBN" && t.dep == "acl").then(|| cx.parse.head(verb)),
    }
}

fn is_relative(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).tag.as_str(), "WDT" | "WP") || cx.token(i).lower == "that"
}

fn relative_head(cx: &Context<'_>, verb: usize) -> Option<usize> {
    (cx.token(verb).dep == "relcl").then(|| cx.parse.head(verb))
}

/// The doer as a reference: someone named, whoever's force it is, or people by what they are called ("customs men").
pub(super) fn actor(cx: &Context<'_>, verb: usize) -> Option<Reference> {
    let i = doer(cx, verb)?;
    let called = || ["force", "people", "marcher", "worker", "bench"].iter().any(|c| is_called(cx, i, c));
    someone(cx, i).or_else(|| owner(cx, i)).or_else(|| called().then(|| cx.reference(i)))
}

/// Whoever the noun at `i` names; none where the article does not tell.
pub(super) fn someone(cx: &Context<'_>, i: usize) -> Option<Reference> {
    // "Chile, whose delegation walked out"
    let whose = cx.parse.child(i, &["poss"]).filter(|&p| cx.token(p).lower == "whose");
    let clause = whose.and_then(|_| cx.parse.ancestors(i).find(|&v| cx.token(v).dep == "relcl"));
    let i = clause.map_or(i, |v| cx.parse.head(v));
    let r = cx.reference(i);
    // "he" is no country
    if matches!(cx.token(i).lower.as_str(), "he" | "she" | "him" | "her") && r.kind != RefKind::Person {
        return None;
    }
    r.entity.filter(|_| matches!(r.kind, RefKind::Person | RefKind::Party | RefKind::Organisation)).map(|_| r)
}

/// Whose a thing is: "a Bellorian flotilla", "Norway's ships".
pub(super) fn owner(cx: &Context<'_>, i: usize) -> Option<Reference> {
    cx.parse
        .children_with(i, &["poss", "amod", "compound", "nmod"])
        .find_map(|c| someone(cx, c))
        .filter(|r| r.kind != RefKind::Person)
}

/// A name of a place, or a noun for one, after "in", "at", "near", "on".
pub(super) fn place(cx: &Context<'_>, i: usize) -> Option<Reference> {
    let is_place = |o: usize| {
        let r = cx.reference(o);
        let named =
            r.entity.is_some_and(|e| cx.entity(e).mentions.iter().any(|m| m.named)) && cx.token(o).pos == "PROPN";
        (named && matches!(r.kind, RefKind::Place | RefKind::Party)) || lexicons::is_place_noun(&cx.token(o).lower)
    };
    let under = |h: usize| {
        let mut preps = cx.parse.children_with(h, &["prep"]).filter(|&p| {
            matches!(
                cx.token(p).lower.as_str(),
                "in" | "at" | "near" | "on" | "off" | "outside" | "into" | "across" | "onto"
            )
        });
        // "at any point" is no place
        let vague =
            |o: usize| cx.parse.children_with(o, &["det"]).any(|d| matches!(cx.token(d).lower.as_str(), "any" | "no"));
        preps.find_map(|p| cx.parse.child(p, &["pobj"]).filter(|&o| is_place(o) && !vague(o)))
    };
    // "fell on the mill near Bergen"
    let beyond = || {
        let objects = cx.parse.children_with(i, &["prep"]).filter_map(|p| cx.parse.child(p, &["pobj"]));
        objects.filter(|&o| cx.token(o).ent.is_empty()).find_map(under)
    };
    let found =
        under(i).or_else(|| cx.parse.children_with(i, &["dobj", "nsubjpass"]).find_map(under)).or_else(beyond)?;
    Some(Reference { kind: RefKind::Place, ..cx.reference(found) })
}

/// The other noun that a date names: "the 2019 truce", "the ceasefire of November 2024" tell no day of who broke it. In "On
/// 3 May 2019 Peru closed the port" the parse may hang the date on the doer, whom it does not name.
fn named_by(cx: &Context<'_>, date: usize, i: usize) -> Option<usize> {
    let up = cx.parse.head(date);
    let mut named = match cx.token(date).dep.as_str() {
        "compound" | "amod" | "nmod" | "nummod" | "poss" => up,
        "pobj" if cx.token(up).lower == "of" => cx.parse.head(up),
        _ => return None,
    };
    while named != i && cx.token(named).dep == "compound" {
        named = cx.parse.head(named);
    }
    let doer = cx.token(named).pos == "PROPN" && cx.token(named).dep == "nsubj";
    (named != i && !doer && matches!(cx.token(named).pos.as_str(), "NOUN" | "PROPN")).then_some(named)
}

/// Whether a date hangs on the verb or noun `i`, in its own clause, and names no other noun.
fn hangs(cx: &Context<'_>, i: usize, date: Span) -> bool {
    let top = dates::head_of(cx, date);
    top.is_some_and(|top| named_by(cx, top, i).is_none() && hangs_below(cx, i, top))
}

/// Whether a token hangs on the verb or noun `i`, in its own clause.
fn hangs_below(cx: &Context<'_>, i: usize, token: usize) -> bool {
    let mut at = token;
    for _ in 0..5 {
        at = cx.parse.head(at);
        if at == i {
            return true;
        }
        if syntax::is_verb(cx, at) {
            return false;
        }
    }
    false
}

/// Whether a date says when `i` was done: "in 2017", "the raid of 2017", "during the 2017 war"; not "since 2017", which may
/// go on, and not the age of what was done to ("blocked the 1998 bridge").
fn tells(cx: &Context<'_>, i: usize, date: Span) -> bool {
    let Some(top) = dates::head_of(cx, date).filter(|&top| hangs_below(cx, i, top)) else { return false };
    let over = |k: usize| cx.token(cx.parse.head(k)).lower.as_str();
    match named_by(cx, top, i) {
        Some(noun) => {
            let event = matches!(over(noun), "in" | "during" | "at" | "after" | "following" | "throughout");
            event && cx.parse.head(cx.parse.head(noun)) == i
        }
        None => over(top) != "since",
    }
}

/// Whether a deed or event is told with a time that lies long before the article ("last closed the road in 2017") or by how
/// many years lie behind it; a recent day of its own wins.
pub(super) fn is_history(cx: &Context<'_>, i: usize) -> bool {
    let Some(published) = cx.article.published.map(|p| p.date) else { return is_years_back(cx, i) };
    let old = |w: &When| w.last_day().is_some_and(|d| (published - d).get_days() > HISTORY);
    let own = day(cx, i);
    if !own.is_unknown() && !old(&own) {
        return false;
    }
    let mut told = cx.dates_in(cx.sentence_at(i)).filter(|d| old(&d.when));
    told.any(|d| tells(cx, i, d.item.span())) || is_years_back(cx, i)
}

/// Whether an event is told by how many years lie behind it: "101 years since the massacre began", "raided it three years
/// ago". What is told beside such a length ("three years after the truce was signed they shelled the town") is not.
fn is_years_back(cx: &Context<'_>, i: usize) -> bool {
    cx.dates_in(cx.sentence_at(i)).any(|d| {
        let years = d.value.strip_prefix('P').and_then(|v| v.strip_suffix('Y'));
        if !years.is_some_and(|y| y.chars().all(|c| c.is_ascii_digit())) {
            return false;
        }
        let span = d.item.span();
        let from = cx.parse.tokens_in(span.range()).end;
        let Some(next) = (from < cx.parse.sentence_of(i).end).then_some(from) else { return false };
        match cx.token(next).lower.as_str() {
            "since" | "after" => is_below(cx, i, next),
            "ago" | "later" => hangs(cx, i, span.cover(cx.span(next..next + 1))),
            _ => false,
        }
    })
}

/// Whether `i` stands in the clause or the phrase that `word` ("since", "after") opens.
fn is_below(cx: &Context<'_>, i: usize, word: usize) -> bool {
    let clause = (cx.token(word).dep == "mark").then(|| cx.parse.head(word));
    let opened = clause.or_else(|| cx.parse.child(word, &["pobj", "pcomp"]));
    opened.is_some_and(|o| o == i || cx.parse.ancestors(i).any(|a| a == o))
}

/// The day that hangs on a verb or noun, in its own clause.
pub(super) fn day(cx: &Context<'_>, i: usize) -> When {
    let short =
        |w: &When| w.first_day().zip(w.last_day()).is_some_and(|(a, b)| a.until(b).is_ok_and(|s| s.get_days() <= 14));
    let published = cx.article.published.map(|p| p.date);
    let past = |w: &When| published.is_none_or(|p| w.first_day().is_none_or(|d| d <= p));
    let mut dates = cx.dates_in(cx.sentence_at(i)).filter(|d| short(&d.when) && past(&d.when));
    dates.find(|d| hangs(cx, i, d.item.span())).map(|d| d.when.clone()).unwrap_or_default()
}

/// Who says so, where the event is told in a clause under a verb of saying.
pub(super) fn claimant(cx: &Context<'_>, i: usize) -> Option<Reference> {
    let mut at = i;
    for _ in 0..4 {
        let up = cx.parse.head(at);
        if up == at {
            return None;
        }
        let says = matches!(
            cx.token(up).lemma.as_str(),
            "say"
                | "allege"
                | "claim"
                | "report"
                | "tell"
                | "charge"
                | "insist"
                | "announce"
                | "declare"
                | "complain"
                | "assert"
                | "maintain"
                | "confirm"
                | "acknowledge"
                | "admit"
        );
        if says && matches!(cx.token(at).dep.as_str(), "ccomp" | "conj" | "parataxis") {
            return syntax::actor(cx, up).and_then(|a| someone(cx, a));
        }
        at = up;
    }
    None
}

/// "Y denied it" in the sentence or the two after it, a little later where Y is the one accused.
pub(super) fn deny(cx: &Context<'_>, i: usize, incident: &mut Incident) {
    let from = cx.parse.sentence_of(i);
    let last = (cx.token(i).sentence as usize + 5).min(cx.parse.sentences.len().saturating_sub(1));
    let to = cx.parse.sentences.get(last).map_or(from.end, |s| s.end);
    for v in from.start..to {
        if cx.token(v).pos != "VERB"
            || !matches!(cx.token(v).lemma.as_str(), "deny" | "reject" | "dispute")
            || !is_done_or_present(cx, v)
        {
            continue;
        }
        let object = cx.parse.child(v, &["dobj"]).map(|o| cx.token(o).lemma.to_lowercase());
        // "rejected it", "disputed the claim" may be said of an offer; "denied it" is said of a deed
        let plain = matches!(object.as_deref(), Some("it" | "this" | "that" | "which" | "claim"));
        let points = plain && cx.token(v).lemma == "deny"
            || matches!(
                object.as_deref(),
                Some("accusation" | "charge" | "allegation" | "responsibility" | "wrongdoing" | "involvement")
            );
        if !points {
            continue;
        }
        let who = syntax::actor(cx, v).and_then(|a| someone(cx, a));
        let soon = cx.token(v).sentence <= cx.token(i).sentence + 2;
        let accused = |w: &Reference| incident.actor.is_some_and(|a| a.entity == w.entity);
        if let Some(who) =
            who.filter(|w| soon || accused(w)).filter(|w| incident.claimed_by.is_none_or(|c| c.entity != w.entity))
        {
            incident.denied_by = Some(who);
            incident.item.add(cx.evidence_why(cx.span(v..v + 1).cover(who.span), Why::Member));
            return;
        }
    }
}

fn is_done_or_present(cx: &Context<'_>, v: usize) -> bool {
    matches!(cx.token(v).tag.as_str(), "VBD" | "VBZ" | "VBP" | "VBN") && syntax::modal(cx, v).is_none()
}
