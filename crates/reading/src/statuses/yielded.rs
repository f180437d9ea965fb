//! What a side has agreed to or given up: "consented to the extension", "agreed to free the crews", "gave up its demand
//! for a lease", "no longer insists on a court", "struck the clause out of the draft".

use super::find_in::{in_principle, is_matter, is_side, unreal};
use super::open::found;
use super::{Found, is_word};
use crate::Context;
use crate::model::{Rule, StatusSort};
use crate::syntax_help as help;

const CONSENT: Rule = Rule("status.consent.v1");
const GIVEN_UP: Rule = Rule("status.given-up.v1");
const STRUCK: Rule = Rule("status.struck-out.v1");
const SIGNATURES: Rule = Rule("status.signatures.v1");

/// What the verb at `i` says a side has agreed to, given up, struck out or put its name to.
pub(super) fn yielded(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    // "would no longer insist" gives up what was insisted on
    let said_to_come = help::modal(cx, i).is_some_and(|m| matches!(cx.token(m).lower.as_str(), "would" | "will"));
    if said_to_come {
        return no_longer(cx, i);
    }
    if unreal(cx, i) {
        return None;
    }
    no_longer(cx, i)
        .or_else(|| consent(cx, i))
        .or_else(|| consent_to_do(cx, i))
        .or_else(|| given_up(cx, i))
        .or_else(|| struck_out(cx, i))
        .or_else(|| signatures(cx, i))
}

/// Past or perfect, or the present of a side that says so now.
fn is_told(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).tag.as_str(), "VBD" | "VBN" | "VBZ" | "VBP") && !help::is_negated(cx, i)
}

fn below(cx: &Context<'_>, head: usize, words: &[&str]) -> Option<usize> {
    let mut preps = cx.parse.children_with(head, &["prep", "dative"]);
    preps.find_map(|p| cx.parse.child(p, &["pobj"]).filter(|_| words.contains(&cx.token(p).lower.as_str())))
}

/// "agreed to the extension", "gave its consent to X", "signed up to the quota".
fn consent(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    if !is_told(cx, i) || help::is_passive(cx, i) {
        return None;
    }
    let particle = cx.parse.children_with(i, &["prt", "advmod"]).any(|p| cx.token(p).lower == "up");
    let object = cx.parse.child(i, &["dobj"]);
    let word = object.is_some_and(|o| is_word("consent", &cx.token(o).lemma));
    let matter = match t.lemma.as_str() {
        "agree" | "consent" | "assent" | "accede" | "acquiesce" => below(cx, i, &["to"]),
        "sign" if particle => below(cx, i, &["to"]),
        "give" | "lend" if word => below(cx, i, &["to"]).or_else(|| below(cx, object?, &["to"])),
        "say" if cx.parse.children_with(i, &["dobj", "intj", "advmod"]).any(|y| cx.token(y).lower == "yes") => {
            below(cx, i, &["to"])
        }
        _ => None,
    };
    let plain = |m: usize| is_matter(cx, m) && cx.token(m).pos != "PRON";
    let matter = matter.filter(|&m| plain(m) && !is_word("procedure", &cx.token(m).lemma))?;
    let by = help::subject(cx, i).filter(|&s| is_side(cx, s))?;
    let status = if in_principle(cx, i).is_some() { StatusSort::AgreedInPrinciple } else { StatusSort::Agreed };
    Some(found(cx, CONSENT, i, status, matter, Some(cx.reference(by))))
}

/// "agreed to free the crews": what is agreed is the whole clause; agreeing to meet or talk is no matter of the talks.
fn consent_to_do(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    if t.lemma != "agree"
        || !matches!(t.tag.as_str(), "VBD" | "VBN")
        || help::is_negated(cx, i)
        || help::is_passive(cx, i)
    {
        return None;
    }
    let clause = cx.parse.children_with(i, &["xcomp"]).find(|&c| help::is_infinitive(cx, c))?;
    let object = cx.parse.child(clause, &["dobj", "ccomp", "prep", "xcomp"]);
    if is_word("procedure", &cx.token(clause).lemma) || object.is_none() {
        return None;
    }
    if object.is_some_and(|o| is_word("procedure", &cx.token(o).lemma)) {
        return None;
    }
    let by = help::subject(cx, i).filter(|&s| is_side(cx, s))?;
    // the clause without what is coordinated to it or comes as a further remark
    let own = help::subtree_without(cx, clause, |c| {
        matches!(cx.token(c).dep.as_str(), "conj" | "cc" | "advcl" | "punct" | "parataxis")
            && cx.parse.head(c) == clause
            && c > clause
    });
    let words = help::trim_punct(cx, help::run_around(&own, clause));
    let to = words.clone().find(|&n| cx.token(n).tag == "TO").map_or(words.start, |n| n + 1);
    Some(vec![Found {
        rule: CONSENT,
        confidence: 0.65,
        span: cx.span(help::verb_group(cx, i)),
        token: i,
        status: if in_principle(cx, i).is_some() { StatusSort::AgreedInPrinciple } else { StatusSort::Agreed },
        matter: Some(cx.span(help::trim_punct(cx, to.min(clause)..words.end))),
        by: Some(cx.reference(by)),
        percent: None,
    }])
}

/// Whether a finding is of a side that agreed to do something.
pub(super) fn is_consent_to_do(cx: &Context<'_>, f: &Found) -> bool {
    let clause = cx.parse.children_with(f.token, &["xcomp"]).any(|c| help::is_infinitive(cx, c));
    f.rule == CONSENT && clause
}

/// "gave up its demand for a lease", "withdrew the request for a cut": the matter is what was asked for.
fn given_up(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let particle = cx.parse.child(i, &["prt"]).map(|p| cx.token(p).lower.as_str());
    let gives_up = match (t.lemma.as_str(), particle) {
        ("give", Some("up")) => true,
        (l, _) => is_word("gives-up", l),
    };
    if !gives_up || !matches!(t.tag.as_str(), "VBD" | "VBN") || help::is_negated(cx, i) {
        return None;
    }
    let passive = help::is_passive(cx, i);
    let object = cx.parse.child(i, &[if passive { "nsubjpass" } else { "dobj" }])?;
    if !is_word("asked", &cx.token(object).lemma) {
        return None;
    }
    let matter = below(cx, object, &["for", "on", "to", "of"]).filter(|&m| is_matter(cx, m)).unwrap_or(object);
    let by = (!passive).then(|| help::subject(cx, i)).flatten().filter(|&s| is_side(cx, s)).map(|s| cx.reference(s));
    let mut all = found(cx, GIVEN_UP, i, StatusSort::OffTable, matter, by);
    all.iter_mut().for_each(|f| f.span = f.span.cover(cx.span(object..object + 1)));
    Some(all)
}

/// "no longer insists on a court", "has stopped asking for reparations".
fn no_longer(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let longer =
        cx.parse.children_with(i, &["advmod", "neg"]).any(|a| matches!(cx.token(a).lower.as_str(), "longer" | "more"));
    let above = cx.parse.head(i);
    let stopped = matches!(cx.token(above).lemma.as_str(), "stop" | "cease") && t.dep == "xcomp" && t.tag == "VBG";
    let no = longer && help::is_negated(cx, i);
    if !(no && t.tag != "VBG" || stopped && matches!(cx.token(above).tag.as_str(), "VBD" | "VBN")) {
        return None;
    }
    let matter = match t.lemma.as_str() {
        "insist" | "press" | "push" | "ask" | "call" | "hold" => below(cx, i, &["on", "for", "out"]),
        "demand" | "seek" | "require" | "claim" | "request" => cx.parse.child(i, &["dobj"]),
        _ => None,
    };
    let matter = matter.filter(|&m| is_matter(cx, m))?;
    let by = help::subject(cx, i).filter(|&s| is_side(cx, s)).map(|s| cx.reference(s))?;
    Some(found(cx, GIVEN_UP, i, StatusSort::OffTable, matter, Some(by)))
}

/// "the clause was struck out", "deleted the reference to coal".
fn struck_out(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    if !matches!(t.tag.as_str(), "VBD" | "VBN") || help::is_negated(cx, i) {
        return None;
    }
    let out = cx.parse.children_with(i, &["prt", "advmod", "prep"]).any(|p| cx.token(p).lower == "out");
    let of_text = || {
        let from = below(cx, i, &["from"]);
        let out_of = cx.parse.children_with(i, &["prep"]).find_map(|p| below(cx, p, &["of"]));
        from.or(out_of).is_some_and(|n| is_word("paper", &cx.token(n).lemma))
    };
    // "deleted the reference to coal"
    let words_of_text = || {
        cx.parse.child(i, &["dobj", "nsubjpass"]).is_some_and(|o| {
            is_word("thing", &cx.token(o).lemma)
                || matches!(
                    cx.token(o).lemma.as_str(),
                    "reference" | "mention" | "word" | "phrase" | "passage" | "line"
                )
        })
    };
    let cut = match t.lemma.as_str() {
        "strike" | "cross" | "rub" => out || of_text(),
        "delete" | "expunge" => of_text() || words_of_text(),
        "remove" | "take" | "cut" | "leave" | "drop" => of_text(),
        _ => false,
    };
    let object = cx.parse.child(i, &["dobj", "nsubjpass"])?;
    (cut && is_matter(cx, object)).then(|| found(cx, STRUCK, i, StatusSort::OffTable, object, None))
}

/// "put their signatures to the truce", "their initials under the text".
fn signatures(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let sets =
        matches!(t.lemma.as_str(), "put" | "set" | "affix" | "append") && matches!(t.tag.as_str(), "VBD" | "VBN");
    let object = cx.parse.child(i, &["dobj"])?;
    let name = matches!(cx.token(object).lemma.as_str(), "signature" | "initial" | "initials" | "name");
    let under = |h: usize| below(cx, h, &["to", "under", "on"]);
    let text = under(i).or_else(|| under(object))?;
    let signed = is_word("paper", &cx.token(text).lemma) || is_word("thing", &cx.token(text).lemma);
    (sets && name && signed && is_told(cx, i)).then(|| found(cx, SIGNATURES, i, StatusSort::Signed, text, None))
}
