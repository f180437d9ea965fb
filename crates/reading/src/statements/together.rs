//! Who stands together: names joined by "and", listed with commas, written as one with a stroke.

use rapporteur_text::Span;

use super::clause::{coordinated, dep, is_nominal, is_verb, lower, phrase};
use super::holder::reference;
use super::lexicon::is;
use super::roster::{self, Role};
use crate::Context;
use crate::model::{RefKind, Reference};

/// Heads of all that stand together with the noun `i`: joined to it, listed before it, or in its name's list.
pub(super) fn together(cx: &Context<'_>, i: usize) -> Vec<usize> {
    if let Some(listed) = listed(cx, i) {
        return listed;
    }
    let mut all = examples(cx, i).unwrap_or_else(|| coordinated(cx, i));
    let mut at = 0;
    while at < all.len() && all.len() < 60 {
        let here = all[at];
        for a in cx.parse.children_with(here, &["appos"]).filter(|&a| list_goes_on(cx, here, a)) {
            all.extend(coordinated(cx, a).into_iter().filter(|c| !all.contains(c)).collect::<Vec<_>>());
        }
        at += 1;
    }
    all.extend(listed_before(cx, i));
    all.sort_unstable();
    all.dedup();
    all.retain(|&c| !second_half(cx, c));
    all
}

/// Those who stand together with `i` in the list before a verb.
fn listed(cx: &Context<'_>, i: usize) -> Option<Vec<usize>> {
    let roster = roster::around(cx, i)?;
    let Some(own) = roster.seats.iter().find(|s| s.head == i).map(|s| s.role) else {
        return roster.seats.iter().any(|s| s.behalf.iter().any(|b| b.0 == i)).then(|| vec![i]);
    };
    let with = (own == Role::Holder).then_some(Role::With);
    let mut all: Vec<usize> = std::iter::once(own).chain(with).flat_map(|r| roster.heads(r)).collect();
    all.sort_unstable();
    Some(all)
}

/// "Some countries, including Peru and Chile": of those nobody counts, the ones that are named.
fn examples(cx: &Context<'_>, i: usize) -> Option<Vec<usize>> {
    let vague = |w: &str| matches!(w, "some" | "many" | "several" | "various" | "most" | "other" | "others" | "number");
    let opens = |c: usize| vague(lower(cx, c)) || cx.parse.children(c).any(|d| d < c && vague(lower(cx, d)));
    let tie = |&p: &usize| {
        p > i && (lower(cx, p) == "including" || lower(cx, p) == "as" && p > 0 && lower(cx, p - 1) == "such")
    };
    let tie = cx.parse.children(i).filter(|_| opens(i)).find(tie).or_else(|| {
        let of = cx.parse.children_with(i, &["prep"]).find(|&p| opens(i) && lower(cx, p) == "of")?;
        cx.parse.children(cx.parse.child(of, &["pobj"])?).find(tie)
    })?;
    let first = cx.parse.child(tie, &["pobj"]).filter(|&o| is_name(cx, o))?;
    Some(coordinated(cx, first))
}

fn is_name(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).ent.as_str(), "GPE" | "ORG" | "NORP" | "LOC") || cx.token(i).pos == "PROPN"
}

/// "Peru, Chile and Bolivia": the parse takes the second name of a list for an apposition of the first.
fn list_goes_on(cx: &Context<'_>, i: usize, a: usize) -> bool {
    let person = |i: usize| cx.token(i).ent == "PERSON";
    let closed = coordinated(cx, a).iter().any(|&c| cx.parse.child(c, &["cc"]).is_some());
    is_name(cx, i) && is_name(cx, a) && person(i) == person(a) && closed && a > 0 && {
        let start = phrase(cx, a).start;
        start > 0 && lower(cx, start - 1) == ","
    }
}

/// Names before a list that the parse has hung on the verb: "Peru, the Northern League and Chile rejected".
fn listed_before(cx: &Context<'_>, i: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let verb = cx.parse.head(i);
    if !is_name(cx, i) || !is_verb(cx, verb) || i > verb || cx.parse.child(i, &["cc"]).is_none() {
        return found;
    }
    let mut start = phrase(cx, i).start;
    while start > 1 && lower(cx, start - 1) == "," {
        let before = start - 2;
        let head = cx.parse.head(before);
        let loose = head == verb && matches!(dep(cx, before), "npadvmod" | "dep" | "nsubj" | "nmod" | "advmod");
        let listed = found.contains(&head) && dep(cx, before) == "conj";
        if !is_name(cx, before) || !(loose || listed) || cx.token(before).ent == "PERSON" {
            break;
        }
        found.push(before);
        start = phrase(cx, before).start;
    }
    found
}

/// Whether `i` is the second half of a name of two places ("Trinidad and Tobago").
pub(super) fn second_half(cx: &Context<'_>, i: usize) -> bool {
    let first = cx.parse.head(i);
    let one = |e: &rapporteur_syntax::Entity| e.tokens.contains(&first);
    dep(cx, i) == "conj"
        && first < i
        && i - first <= 4
        && (is("twin-name", lower(cx, i)) || cx.parse.entity_of(i).is_some_and(one))
}

/// "Peru/Chile": two names written as one.
pub(super) fn slashed(cx: &Context<'_>, r: Reference) -> Vec<Reference> {
    let words = r.span.slice(cx.text());
    let parts: Vec<&str> = words.split('/').collect();
    let name = |p: &str| p.chars().next().is_some_and(char::is_uppercase) && p.chars().any(char::is_alphabetic);
    let bare = |p: &str| p.trim_start().trim_start_matches("the ").trim_start_matches("The ").to_string();
    if parts.len() < 2 || !parts.iter().all(|p| name(&bare(p)) && p.len() > 1) {
        return vec![r];
    }
    let mut start = r.span.start();
    let mut found = Vec::new();
    for p in parts {
        let inner = bare(p);
        let from = start + p.len() - inner.len();
        start += p.len() + 1;
        let Some(span) = Span::of(cx.text(), from..from + inner.len()) else { continue };
        let entity = cx.entities.iter().find(|e| e.name.eq_ignore_ascii_case(&inner)).map(|e| e.id);
        found.push(Reference { span, entity, ..r });
    }
    found
}

/// The states and bodies named beside the source with head `i` that say the same, each by itself; people are kept
/// together, for a title or an office joined to a name is too often taken for another name.
pub(crate) fn speakers(cx: &Context<'_>, i: usize) -> Vec<(usize, Reference)> {
    if let Some(roster) = roster::around(cx, i).filter(|r| r.heads(Role::Holder).any(|h| h == i)) {
        return roster.voices().flat_map(|h| slashed(cx, reference(cx, h)).into_iter().map(move |r| (h, r))).collect();
    }
    let mut heads = together(cx, i);
    heads.extend(super::holder::with_others(cx, i));
    heads.sort_unstable();
    heads.dedup();
    heads.retain(|&h| h == i || !matches!(lower(cx, h), "others" | "many" | "some" | "several" | "more"));
    let body = |h: usize| is_name(cx, h) && cx.token(h).ent != "PERSON" && cx.reference(h).kind != RefKind::Person;
    let known =
        |&h: &usize| is_nominal(cx, h) && body(h) && (cx.reference(h).entity.is_some() || cx.token(h).pos == "PROPN");
    if heads.is_empty() || !heads.iter().all(known) {
        return Vec::new();
    }
    let each = |h: usize| slashed(cx, reference(cx, h)).into_iter().map(move |r| (h, r));
    let found: Vec<_> = heads.into_iter().flat_map(each).collect();
    if found.len() > 1 { found } else { Vec::new() }
}
