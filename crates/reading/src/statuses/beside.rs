//! Statuses whose matter the parse does not give as a subject: a pair of bare nouns before the words, what is seen as
//! something, what there is.

use rapporteur_text::Span;

use super::find_in::{AGREED_ON, STATE, in_principle, is_matter, matters, unreal};
use super::{Found, status_of};
use crate::Context;
use crate::model::StatusSort;
use crate::syntax_help as help;

/// "called flow and reservoir blocked", "flow and reservoir are now agreed": two bare nouns right before the words of the
/// status, or before the form of "be" between, whatever the parse makes of them.
pub(super) fn pair_before(cx: &Context<'_>, i: usize) -> Option<Vec<Span>> {
    let start = cx.parse.sentence_of(i).start;
    let mut at = i;
    let back = |at: usize| at.checked_sub(1).filter(|&b| b >= start);
    while let Some(b) = back(at).filter(|&b| {
        matches!(cx.token(b).pos.as_str(), "AUX" | "ADV") || matches!(cx.token(b).lower.as_str(), "as" | "both")
    }) {
        at = b;
    }
    let second = back(at).filter(|&b| matches!(cx.token(b).pos.as_str(), "NOUN" | "PROPN"))?;
    let and = back(second).filter(|&b| cx.token(b).lower == "and")?;
    let first = back(and).filter(|&b| matches!(cx.token(b).pos.as_str(), "NOUN" | "PROPN" | "VERB" | "ADJ"))?;
    let before = back(first).map_or("", |b| cx.token(b).lower.as_str());
    let bounded = first == start
        || matches!(before, "that" | "," | "both" | ":" | "“" | "\"")
        || back(first).is_some_and(|b| {
            matches!(cx.token(b).lemma.as_str(), "call" | "consider" | "declare" | "regard" | "leave" | "say" | "see")
        });
    let plain = [first, second].iter().all(|&n| is_matter(cx, n) && cx.word(n).chars().all(char::is_alphabetic));
    (bounded && plain).then(|| [first, second].iter().map(|&n| cx.span(n..n + 1)).collect())
}

/// A word of status whose subject the parse does not give: only the pair before it tells what it is of.
pub(super) fn pair(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let word = if t.pos == "ADJ" { t.lower.as_str() } else { t.lemma.as_str() };
    let status = status_of("state", word).filter(|_| matches!(t.tag.as_str(), "VBN" | "VBD" | "JJ"))?;
    if unreal(cx, i) || help::is_negated(cx, i) {
        return None;
    }
    let both = pair_before(cx, i)?;
    let principle = in_principle(cx, i);
    let status = match status {
        StatusSort::Agreed if principle.is_some() => StatusSort::AgreedInPrinciple,
        other => other,
    };
    let span = cx.span(help::trim_punct(cx, i..principle.unwrap_or(i) + 1));
    // "X called flow and reservoir blocked": X says so
    let up = cx.parse.head(i);
    let named = [i, up].into_iter().chain(cx.parse.ancestors(up).take(2)).find(|&v| {
        matches!(cx.token(v).lemma.as_str(), "call" | "consider" | "declare" | "regard") && help::is_verb(cx, v)
    });
    let by = named.and_then(|v| help::actor(cx, v)).map(|a| cx.reference(a));
    let make = |m| Found { rule: STATE, confidence: 0.7, span, token: i, status, matter: Some(m), by, percent: None };
    Some(both.into_iter().map(make).collect())
}

/// "called the two items deadlocked": the word right behind the noun that something is called, however it is parsed.
pub(super) fn named(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let noun = i.checked_sub(1).filter(|&n| matches!(cx.token(n).pos.as_str(), "NOUN" | "PROPN"))?;
    let (_, status) = super::known("state", &t.lower).or_else(|| super::known("state", &t.lemma))?;
    let participle = matches!(t.tag.as_str(), "VBN" | "VBD" | "JJ");
    let verb = cx.parse.ancestors(noun).find(|&a| help::is_verb(cx, a) && a != i)?;
    let names = matches!(
        cx.token(verb).lemma.as_str(),
        "call" | "consider" | "declare" | "regard" | "describe" | "deem" | "pronounce" | "leave" | "see" | "find"
    );
    let hangs = cx.parse.head(i) == noun || cx.parse.head(i) == verb || cx.parse.head(noun) == i;
    let object = verb < noun && (cx.parse.head(noun) == verb || cx.parse.head(noun) == i);
    if !(participle && names && hangs && object) || unreal(cx, verb) || help::is_negated(cx, verb) {
        return None;
    }
    if !is_matter(cx, noun) || cx.parse.child(i, &["agent", "prep", "dobj"]).is_some() {
        return None;
    }
    let by = help::actor(cx, verb).map(|a| cx.reference(a));
    let span = cx.span(i..i + 1);
    let make = |m| Found { rule: STATE, confidence: 0.7, span, token: i, status, matter: Some(m), by, percent: None };
    let all = pair_before(cx, i).unwrap_or_else(|| matters(cx, noun));
    Some(all.into_iter().map(make).collect())
}

/// "considers her chapter as agreed", "speaks of a chapter blocked".
pub(super) fn seen_as(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let status = status_of("state", &t.lemma).filter(|_| t.tag == "VBN")?;
    let verb = cx.parse.head(i);
    let (noun, holder) = match t.dep.as_str() {
        "ccomp" | "advcl" | "xcomp"
            if cx.parse.child(i, &["mark", "prep"]).is_some_and(|m| cx.token(m).lower == "as") =>
        {
            let noun = help::own_subject(cx, i).or_else(|| cx.parse.child(verb, &["dobj"]))?;
            (noun, verb)
        }
        "acl" => {
            let of = Some(cx.parse.head(verb)).filter(|&p| cx.token(p).lower == "of")?;
            (verb, cx.parse.head(of))
        }
        _ => return None,
    };
    let sees = matches!(
        cx.token(holder).lemma.as_str(),
        "consider" | "regard" | "see" | "describe" | "view" | "treat" | "speak" | "talk"
    );
    if !sees || unreal(cx, holder) || help::is_negated(cx, holder) || !is_matter(cx, noun) {
        return None;
    }
    let by = help::actor(cx, holder).map(|a| cx.reference(a));
    let span = cx.span(i..i + 1);
    let make = |m| Found { rule: STATE, confidence: 0.7, span, token: i, status, matter: Some(m), by, percent: None };
    Some(matters(cx, noun).into_iter().map(make).collect())
}

/// "there was an agreement on fish", "there was agreement to that effect".
pub(super) fn there_is(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    if cx.token(i).lemma != "be" || cx.parse.child(i, &["expl"]).is_none() || unreal(cx, i) || help::is_negated(cx, i) {
        return None;
    }
    let what = cx.parse.child(i, &["attr"]).filter(|&a| {
        matches!(cx.token(a).lemma.as_str(), "agreement" | "deal" | "understanding" | "accord" | "consensus")
    })?;
    let no = cx.parse.children_with(what, &["det"]).any(|d| cx.token(d).lower == "no");
    let on = cx
        .parse
        .children_with(what, &["prep"])
        .filter(|&p| matches!(cx.token(p).lower.as_str(), "on" | "over" | "about" | "to"))
        .find_map(|p| cx.parse.child(p, &["pobj"]))?;
    let effect = cx.token(on).lower == "effect";
    let status = if no { StatusSort::Disputed } else { StatusSort::Agreed };
    let span = cx.span(help::noun_phrase(cx, what).start..what + 1);
    let make =
        |matter| Found { rule: AGREED_ON, confidence: 0.7, span, token: what, status, matter, by: None, percent: None };
    if effect {
        return Some(vec![make(None)]);
    }
    Some(matters(cx, on).into_iter().map(|m| make(Some(m))).collect())
}
