//! Accusations, allegations, denials, and what somebody calls a breach.

use super::who::{day, doer, is_history, owner, place, someone};
use super::words::{deed, is_in, is_people, noun_sort};
use crate::Context;
use crate::model::{Incident, IncidentSort, Item, Reference, Rule, Why};
use crate::syntax_help as syntax;

pub(super) const ACCUSED: Rule = Rule("incident.accusation.v4");

/// The preposition before what one is accused of.
fn charge_word(lemma: &str) -> Option<&'static str> {
    match lemma {
        "accuse" => Some("of"),
        "blame" => Some("for"),
        "charge" => Some("with"),
        _ => None,
    }
}

/// "X accused Y of opening the gates", "of a breach of the truce", "blamed Y for shelling the mill".
pub(super) fn accusation(cx: &Context<'_>, i: usize) -> Option<Incident> {
    let word = charge_word(&cx.token(i).lemma)?;
    if syntax::is_negated(cx, i) || syntax::modal(cx, i).is_some() || syntax::is_infinitive(cx, i) {
        return None;
    }
    let passive = syntax::is_passive(cx, i);
    let accused = cx.parse.child(i, &[if passive { "nsubjpass" } else { "dobj" }])?;
    let claimed_by = doer(cx, i).and_then(|a| someone(cx, a));
    let of = cx.parse.subtree(i).into_iter().find(|&p| {
        let up = cx.parse.head(p);
        let deed = cx.parse.child(p, &["pcomp"]).is_some();
        // the parse may hang it on a day in between ("accused X on Sunday of a breach")
        let day = up > accused && matches!(cx.token(up).ent.as_str(), "DATE" | "TIME");
        cx.token(p).lower == word
            && cx.token(p).dep == "prep"
            && p > accused
            && (up == i || up == accused || deed || day)
    })?;
    let (sort, head) = charged(cx, of)?;
    let vague = sort.is_none() && (word != "of" || claimed_by.is_none() || !is_concrete(cx, head));
    if vague || is_history(cx, head) || is_history(cx, i) {
        return None;
    }
    let span = cx.span(i..i + 1).cover(cx.subtree_span(head));
    let actor = someone(cx, accused);
    let target = cx.parse.child(head, &["dobj"]).and_then(|o| owner(cx, o).or_else(|| someone(cx, o)));
    let mut item = Item::new(ACCUSED, 0.6, cx.evidence(span));
    if let Some(a) = actor.filter(|a| !span.contains(a.span)) {
        item.add(cx.evidence_why(a.span, Why::Antecedent));
    }
    Some(Incident {
        item,
        sort: sort.unwrap_or(IncidentSort::Other),
        actor,
        target: target.filter(|t| t.entity != actor.and_then(|a| a.entity)),
        place: place(cx, head),
        when: day(cx, head),
        claimed_by,
        denied_by: None,
    })
}

/// What somebody is accused of: its kind where the lexicon knows the word, and its head token.
fn charged(cx: &Context<'_>, of: usize) -> Option<(Option<IncidentSort>, usize)> {
    match (cx.parse.child(of, &["pcomp"]), cx.parse.child(of, &["pobj"])) {
        (Some(v), _) => {
            // a deed has an object or a clause of its own; a manner of negotiating is none
            let done = cx.parse.child(v, &["dobj", "ccomp"]).is_some() && !is_in("stance", &cx.token(v).lemma);
            let known = deed(cx, v, false).filter(|_| !is_quoted(cx, v));
            (known.is_some() || done).then_some((known, v))
        }
        (None, Some(o)) => Some((Some(noun_sort(cx, o)?), o)),
        _ => None,
    }
}

/// Whether the deed stands in quotation marks, or has some in it.
fn is_quoted(cx: &Context<'_>, deed: usize) -> bool {
    let before = cx.text().get(..cx.token(deed).start as usize).unwrap_or("");
    before.ends_with(['"', '“', '\'', '‘', '`'])
}

/// A deed with a day, a place or the perfect, told in plain words: "of buying friends" and "of 'selling umbrellas to the
/// drowned'" are figures of speech.
fn is_concrete(cx: &Context<'_>, deed: usize) -> bool {
    let words = cx.subtree_span(deed).slice(cx.text());
    let quoted = is_quoted(cx, deed) || words.contains(['"', '“']);
    let perfect = cx.parse.children_with(deed, &["aux"]).any(|a| cx.token(a).lower == "having");
    let inside = cx.parse.subtree(deed);
    let dated = !day(cx, deed).is_unknown() || cx.dates_in(cx.subtree_span(deed)).next().is_some();
    !quoted && (perfect || dated || place(cx, deed).is_some() || inside.into_iter().any(|k| place(cx, k).is_some()))
}

/// "X alleges that Y has brought in replacements".
pub(super) fn allegation(cx: &Context<'_>, i: usize) -> Option<Incident> {
    if syntax::is_negated(cx, i) || syntax::modal(cx, i).is_some() {
        return None;
    }
    let v = cx.parse.child(i, &["ccomp"])?;
    let done = matches!(cx.token(v).tag.as_str(), "VBD" | "VBN")
        || cx.parse.children_with(v, &["aux"]).any(|a| matches!(cx.token(a).lower.as_str(), "has" | "have" | "had"));
    let object = cx.parse.child(v, &["dobj"]).is_some() || syntax::is_passive(cx, v);
    if !done
        || !object
        || syntax::is_negated(cx, v)
        || syntax::modal(cx, v).is_some()
        || is_in("stance", &cx.token(v).lemma) && cx.token(v).lemma != "do"
    {
        return None;
    }
    let sort = deed(cx, v, false).unwrap_or(IncidentSort::Other);
    let span = cx.span(i..i + 1).cover(cx.span(syntax::trim_punct(cx, v..cx.parse.subtree_range(v).end)));
    let claimed_by = Some(syntax::actor(cx, i).and_then(|a| someone(cx, a))?);
    let actor = syntax::actor(cx, v).filter(|&a| !is_people(cx, a)).and_then(|a| someone(cx, a));
    let (place, when) = (place(cx, v), day(cx, v));
    // "alleges that he was fired": by whom, when and where stay untold
    if actor.is_none() && place.is_none() && when.is_unknown() || is_history(cx, v) {
        return None;
    }
    Some(Incident {
        item: Item::new(ACCUSED, 0.55, cx.evidence(span)),
        sort,
        actor,
        target: None,
        place,
        when,
        claimed_by,
        denied_by: None,
    })
}

/// "denied that the truce had been violated": what somebody else must have said.
pub(super) fn denial(cx: &Context<'_>, i: usize) -> Option<Incident> {
    if syntax::is_negated(cx, i) || syntax::modal(cx, i).is_some() || syntax::is_infinitive(cx, i) {
        return None;
    }
    let v = cx.parse.child(i, &["ccomp"]).filter(|&v| matches!(cx.token(v).tag.as_str(), "VBD" | "VBN"))?;
    let sort = deed(cx, v, false).filter(|_| !syntax::is_negated(cx, v) && syntax::modal(cx, v).is_none())?;
    let denied_by = syntax::actor(cx, i).and_then(|a| someone(cx, a)).filter(|_| !is_history(cx, v))?;
    let object = cx.parse.child(v, &["dobj", "nsubjpass"]);
    let first = object.map_or(v, |o| syntax::noun_phrase(cx, o).start.min(v));
    let last = object.map_or(v, |o| o.max(v));
    Some(Incident {
        item: Item::new(ACCUSED, 0.55, cx.evidence(cx.span(i..i + 1).cover(cx.span(first..last + 1)))),
        sort,
        actor: syntax::actor(cx, v).and_then(|a| someone(cx, a)),
        target: None,
        place: place(cx, v),
        when: day(cx, v),
        claimed_by: None,
        denied_by: Some(denied_by),
    })
}

/// "called the stoppage a breach of the contract", "denounced it as a violation of the truce".
pub(super) fn called(cx: &Context<'_>, i: usize) -> Option<Incident> {
    let names =
        matches!(cx.token(i).lemma.as_str(), "call" | "describe" | "denounce" | "condemn" | "brand" | "term" | "label");
    if !names || !matches!(cx.token(i).tag.as_str(), "VBD" | "VBZ" | "VBP") || syntax::is_negated(cx, i) {
        return None;
    }
    let breach = cx.parse.subtree(i).into_iter().find(|&k| {
        k > i
            && cx.token(k).pos == "NOUN"
            && noun_sort(cx, k) == Some(IncidentSort::Violation)
            && matches!(cx.token(k).dep.as_str(), "oprd" | "pobj" | "attr" | "dobj" | "ccomp" | "appos")
    })?;
    let of = syntax::prep_object(cx, breach, &["of"])?;
    let thing = cx.parse.children_with(i, &["dobj", "ccomp"]).chain(cx.parse.children_with(breach, &["nsubj"]));
    let thing =
        thing.into_iter().find(|&t| t < breach && matches!(cx.token(t).pos.as_str(), "NOUN" | "PROPN" | "PRON"))?;
    if [i, thing, breach].into_iter().any(|k| is_history(cx, k)) {
        return None;
    }
    let end = syntax::noun_phrase(cx, of).end;
    let span = cx.span(syntax::noun_phrase(cx, thing).start..end);
    Some(Incident {
        item: Item::new(ACCUSED, 0.55, cx.evidence(span)),
        sort: IncidentSort::Violation,
        actor: cx.parse.child(thing, &["poss"]).and_then(|p| someone(cx, p)),
        target: None,
        place: place(cx, thing),
        when: day(cx, thing),
        claimed_by: Some(caller(cx, i)?),
        denied_by: None,
    })
}

/// Who calls it so; "Ban condemned what he called a breach": the pronoun is the subject of the verb above.
fn caller(cx: &Context<'_>, i: usize) -> Option<Reference> {
    let who = syntax::actor(cx, i)?;
    let above = cx.parse.ancestors(i).filter(|&v| syntax::is_verb(cx, v)).find_map(|v| syntax::own_subject(cx, v));
    let who = above.filter(|&a| cx.token(who).pos == "PRON" && a < who && cx.token(a).pos != "PRON").unwrap_or(who);
    someone(cx, who)
}
