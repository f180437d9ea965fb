//! Through whom the words of a source reached us, beside those whose report they stand in: who was told, heard, quoted or
//! cited.

use super::draft::Draft;
use super::sources::{link, own_outlet};
use crate::Context;
use crate::model::{Link, LinkSort};
use crate::syntax_help as help;

/// Verbs by which one outlet has the words of another.
const PASSED_ON: &[&str] = &["quote", "relay", "carry", "cite", "report", "pick", "broadcast", "publish", "air"];

/// The relays before a source, outermost first.
pub(super) fn before(cx: &Context<'_>, draft: &Draft) -> Vec<Link> {
    let verb = |&i: &usize| {
        help::is_verb(cx, i) && !help::has_dep(cx, i, &["aux", "auxpass"]) && cx.token(i).lower != "according"
    };
    let Some(v) = draft.cue.clone().find(verb) else { return Vec::new() };
    let mut found: Vec<Link> = passed_on(cx, draft, v).into_iter().collect();
    found.extend(hearer(cx, draft, v));
    found.extend(told(cx, draft, v).filter(|t| !found.iter().any(|f| f.span.overlaps(t.span))));
    found
}

/// "told AFP that", "said to the radio", "said through his spokeswoman": who was told or spoke for the source.
fn told(cx: &Context<'_>, draft: &Draft, v: usize) -> Option<Link> {
    let object = |o: usize| match cx.token(o).pos.as_str() {
        "ADP" => cx.parse.child(o, &["pobj"]),
        _ => Some(o),
    };
    let direct = cx.parse.children_with(v, &["dobj", "dative"]).filter_map(object);
    let to = |&p: &usize| p > v && cx.token(p).lower == "to";
    let through = |&p: &usize| p > v && matches!(cx.token(p).lower.as_str(), "through" | "via");
    let prep = |p: usize| cx.parse.child(p, &["pobj"]);
    let outlet = direct
        .chain(cx.parse.children_with(v, &["prep"]).filter(to).filter_map(prep))
        .filter(|&i| !held(cx, draft, i))
        .find_map(|i| receiver(cx, i));
    outlet.or_else(|| {
        let voice = cx.parse.children_with(v, &["prep"]).filter(through).find_map(prep)?;
        let person = |i: usize| cx.token(i).lower.starts_with("spokes") || super::sources::is_source(cx, i);
        (person(voice) && !held(cx, draft, voice)).then(|| whole(cx, voice))
    })
}

/// An outlet or agency that was told, other than the one that writes.
fn receiver(cx: &Context<'_>, i: usize) -> Option<Link> {
    let found = whole(cx, i);
    let tells = matches!(found.sort, LinkSort::Agency | LinkSort::Outlet);
    (tells && !own_outlet(cx, i, found.span)).then_some(found)
}

fn whole(cx: &Context<'_>, i: usize) -> Link {
    let mut reference = cx.reference(i);
    reference.span = cx.span(help::noun_phrase(cx, i));
    link(cx, i, reference)
}

fn held(cx: &Context<'_>, draft: &Draft, i: usize) -> bool {
    draft.parts.iter().any(|p| p.holds(cx.token(i).start as usize))
}

/// "A cook heard from a driver that ...": who heard it; the writer is none.
fn hearer(cx: &Context<'_>, draft: &Draft, v: usize) -> Option<Link> {
    let from = cx.parse.children_with(v, &["prep"]).find(|&p| cx.token(p).lower == "from")?;
    let heard = matches!(cx.token(v).lemma.as_str(), "hear" | "learn" | "understand" | "have" | "know");
    if !heard || cx.parse.child(from, &["pobj"]) != draft.source {
        return None;
    }
    let ours =
        |w: usize| cx.parse.children_with(w, &["poss"]).any(|p| matches!(cx.token(p).lower.as_str(), "our" | "my"));
    let writer = |w: usize| matches!(cx.token(w).lower.as_str(), "i" | "we" | "one" | "you" | "it");
    // "as our correspondent knows from": the writer, unless the correspondent is told of
    let own = |w: usize| writer(w) || ours(w) && cx.token(v).lemma == "know";
    let who = help::actor(cx, v).filter(|&w| !own(w))?;
    Some(whole(cx, who))
}

/// "as relayed by the agency", "which was quoted by DPA": an outlet that has the words from another.
fn passed_on(cx: &Context<'_>, draft: &Draft, v: usize) -> Option<Link> {
    let verb = |&i: &usize| {
        i != v && cx.token(i).tag == "VBN" && PASSED_ON.contains(&cx.token(i).lemma.as_str()) && !held(cx, draft, i)
    };
    let by = |i: usize| cx.parse.child(i, &["agent"]).and_then(|a| cx.parse.child(a, &["pobj"]));
    // who passes a thing on is no person of the story: an outlet, or a name of letters
    let outlet = |o: usize| receiver(cx, o).or_else(|| letters(cx, o).then(|| whole(cx, o)));
    cx.parse.sentence_of(v).filter(verb).filter_map(by).find_map(outlet)
}

/// "DPA", "CNW": a name of capital letters.
fn letters(cx: &Context<'_>, i: usize) -> bool {
    let word = cx.word(i);
    word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase()) && cx.token(i).pos == "PROPN"
}

/// "The paper, citing two aides, says", "the agency, which quotes an envoy": whose words a source passes on.
pub(super) fn cited(cx: &Context<'_>, draft: &Draft, source: usize) -> Option<Link> {
    let v = draft.cue.clone().find(|&i| help::is_verb(cx, i));
    let clauses = cx.parse.children_with(source, &["acl", "relcl"]);
    let verb = clauses.chain(v.into_iter().flat_map(|v| cx.parse.children_with(v, &["advcl", "acl"]))).find(|&c| {
        matches!(cx.token(c).lemma.as_str(), "cite" | "quote" | "invoke")
            && !help::is_passive(cx, c)
            && (cx.token(c).tag == "VBG" || help::is_finite(cx, c))
    })?;
    let whom = cx.parse.child(verb, &["dobj"]).filter(|&o| !held(cx, draft, o))?;
    Some(whole(cx, whom))
}
