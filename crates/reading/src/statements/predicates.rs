//! Adjectives and set phrases after a copula: "is ready to", "is unacceptable", "is not on the table".

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{
    clause_child, dep, empty_phrase, force, infinitive, is_verb, lemma, lower, range_without, subject,
};
use super::holder::acts;
use super::lexicon::{ADJECTIVES, AdjectiveEntry, Frame, is};
use super::lists::split_prepositions;
use crate::Context;
use crate::model::{Act, Polarity, Rule};

const HOLDER: Rule = Rule("statement.ready-to.v1");
const MATTER: Rule = Rule("statement.unacceptable.v1");

/// Stands of the adjective, preposition or noun `a` that opens one of the phrases.
pub(super) fn find(cx: &Context<'_>, a: usize, voiced: bool, out: &mut Vec<Candidate>) {
    let Some(entry) = ADJECTIVES.iter().find(|e| matches_at(cx, a, &e.words)) else { return };
    // "non-negotiable" is found at its first part
    if a > 1 && lower(cx, a - 1) == "-" && lower(cx, a - 2) == "non" {
        return;
    }
    let end = a + entry.words.len();
    // the parse may hang the phrase on the copula by its preposition or by its noun
    let Some(copula) = copula_of(cx, a, end) else { return };
    if entry.of_holder {
        of_holder(cx, a, end, copula, entry, out)
    } else {
        of_matter(cx, a, end, copula, voiced, entry, out)
    }
}

fn matches_at(cx: &Context<'_>, a: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(k, w)| cx.parse.tokens.get(a + k).is_some_and(|t| t.lower == *w))
        || (words == ["non-negotiable"]
            && ["non", "-", "negotiable"]
                .iter()
                .enumerate()
                .all(|(k, w)| cx.parse.tokens.get(a + k).is_some_and(|t| t.lower == *w)))
}

/// The copula the phrase `a..end` hangs on; an apposed or coordinated phrase hangs on that of the first.
fn copula_of(cx: &Context<'_>, a: usize, end: usize) -> Option<usize> {
    // a participle with a form of "be" ("is opposed to") is its own verb
    let own = |&k: &usize| cx.token(k).tag == "VBN" && cx.parse.child(k, &["auxpass"]).is_some();
    if let Some(participle) = (a..end).find(own) {
        return Some(participle);
    }
    let mut at = a;
    for _ in 0..5 {
        let head = cx.parse.head(at);
        if head == at {
            return None;
        }
        let outside = head < a || head >= end;
        if outside && is_verb(cx, head) {
            let copular = matches!(
                lemma(cx, head),
                "be" | "remain"
                    | "stay"
                    | "seem"
                    | "appear"
                    | "become"
                    | "look"
                    | "sound"
                    | "feel"
                    | "declare"
                    | "say"
                    | "prove"
            ) || lower(cx, head).ends_with("'s")
                || lower(cx, head).ends_with("’s");
            return (copular
                && matches!(
                    dep(cx, at),
                    "acomp" | "prep" | "attr" | "advmod" | "oprd" | "conj" | "xcomp" | "advcl" | "pobj"
                ))
            .then_some(head);
        }
        if outside && !matches!(dep(cx, at), "conj") {
            return None;
        }
        at = head;
    }
    None
}

fn of_holder(cx: &Context<'_>, a: usize, end: usize, copula: usize, entry: &AdjectiveEntry, out: &mut Vec<Candidate>) {
    let Some(holder) = subject(cx, copula) else { return };
    let Some((head, matter, governs)) = complement(cx, a, end, copula, entry) else { return };
    if matches!(entry.words.as_slice(), ["for"]) && !leaning(cx, a, copula, head) {
        return;
    }
    let f = force(cx, copula);
    let own_negation = a != copula && cx.parse.children(a).any(|c| dep(cx, c) == "neg");
    let turned = f.negated ^ own_negation ^ empty_phrase(cx, holder);
    let stand = if turned { entry.negated } else { entry.stand };
    let inner = governs.is_some_and(|g| cx.parse.children(g).any(|n| dep(cx, n) == "neg" && n < g));
    let mut stand = stand;
    // "is ready to pay for the fence": more than a readiness
    if stand.act == Act::OpenTo && governs.is_some_and(|g| is("paying", lemma(cx, g))) {
        stand.act = Act::Offer;
    }
    if inner && stand.polarity == Polarity::For {
        stand.polarity = Polarity::Against;
    }
    // "opposed to the toll, to the court and to any fee": each by itself
    let tie = Some(matter.start).filter(|&p| dep(cx, p) == "prep" && governs.is_none());
    let parts = tie.map(|p| split_prepositions(cx, cx.parse.head(p), p, lower(cx, p))).unwrap_or_default();
    for (matter_head, matter) in if parts.is_empty() { vec![(head, matter)] } else { parts } {
        out.push(Candidate {
            rule: HOLDER,
            confidence: 0.8,
            predicate: a,
            predicate_words: a..end,
            holder: Some(holder),
            stand,
            negated: turned,
            modality: f.modality,
            matter,
            matter_head,
            target: None,
            clausal: true,
            weak: false,
            governs,
            future: true,
        });
    }
}

/// "Peru is for a pause"; "the parcel is for Anna", "is, for once, late", "will be back for a talk" are not.
fn leaning(cx: &Context<'_>, a: usize, copula: usize, object: usize) -> bool {
    let thing = matches!(cx.token(object).pos.as_str(), "NOUN" | "VERB") && cx.token(object).ent.is_empty();
    let idle = matches!(lemma(cx, object), "time" | "sake" | "part" | "moment" | "avoidance" | "while");
    let alone = cx.parse.child(copula, &["attr", "acomp", "dobj", "oprd", "expl"]).is_none();
    let near = copula < a
        && (copula + 1..a).all(|k| {
            matches!(
                lower(cx, k),
                "also" | "still" | "now" | "all" | "firmly" | "not" | "n't" | "n’t" | "never" | "strongly" | "always"
            )
        });
    lemma(cx, copula) == "be" && dep(cx, a) == "prep" && thing && !idle && alone && near && !acts(cx, object)
}

fn complement(
    cx: &Context<'_>,
    a: usize,
    end: usize,
    copula: usize,
    entry: &AdjectiveEntry,
) -> Option<(usize, Range<usize>, Option<usize>)> {
    let last = end - 1;
    entry.frames.iter().find_map(|f| match f {
        Frame::To => {
            // "in no mood to wait": of the noun
            let c = [a, copula, last].iter().find_map(|&h| {
                clause_child(cx, h, &["xcomp", "ccomp", "advcl", "acl", "relcl"], |c| c >= end && infinitive(cx, c))
            })?;
            Some((c, cx.parse.subtree_range(c), Some(c)))
        }
        Frame::That => {
            let c = clause_child(cx, a, &["ccomp"], |c| c >= end)?;
            Some((c, cx.parse.subtree_range(c), Some(c)))
        }
        Frame::P(p) => {
            let prep = [a, copula, last]
                .iter()
                .find_map(|&h| cx.parse.children_with(h, &["prep"]).find(|&x| x >= end && lower(cx, x) == *p))?;
            let o = cx.parse.child(prep, &["pobj", "pcomp"])?;
            Some((o, cx.parse.subtree_range(prep), is_verb(cx, o).then_some(o)))
        }
        Frame::Np => {
            let o = cx.parse.child(last, &["pobj", "pcomp"])?;
            Some((o, cx.parse.subtree_range(o), is_verb(cx, o).then_some(o)))
        }
        _ => None,
    })
}

fn of_matter(
    cx: &Context<'_>,
    a: usize,
    end: usize,
    copula: usize,
    voiced: bool,
    entry: &AdjectiveEntry,
    out: &mut Vec<Candidate>,
) {
    // "a lower figure is unacceptable to the union"
    let judge = [a, end - 1, copula].iter().find_map(|&h| {
        let prep = cx
            .parse
            .children_with(h, &["prep"])
            .find(|&p| p >= end && matches!(lower(cx, p), "to" | "for" | "by" | "with" | "in"))?;
        // "out of the question in Lima": a capital for those who sit there
        let seat = |o: usize| cx.token(o).ent == "GPE" && cx.reference(o).entity.is_some();
        cx.parse
            .child(prep, &["pobj"])
            .filter(|&o| lower(cx, prep) != "in" || seat(o))
            .filter(|&o| acts(cx, o) || matches!(lower(cx, o), "us" | "me"))
    });
    if judge.is_none() && !voiced {
        return;
    }
    let Some(thing) = subject(cx, copula) else { return };
    if cx.parse.child(copula, &["mark"]).is_some_and(|m| lower(cx, m) == "whether") {
        return;
    }
    if matches!(lower(cx, thing), "i" | "we" | "you" | "he" | "she" | "there") || cx.token(thing).ent == "PERSON" {
        return;
    }
    let f = force(cx, copula);
    let own_negation = a != copula && cx.parse.children(a).any(|c| dep(cx, c) == "neg");
    let turned = f.negated ^ own_negation ^ empty_phrase(cx, thing);
    // "it is impossible to accept": the matter is what follows
    let clause = matches!(lower(cx, thing), "it")
        .then(|| [a, copula].iter().find_map(|&h| clause_child(cx, h, &["xcomp", "ccomp", "advcl"], |c| c >= end)))
        .flatten();
    let (head, matter) = match clause {
        Some(c) => (c, cx.parse.subtree_range(c)),
        None => (thing, range_without(cx, thing, |k| k > thing && matches!(dep(cx, k), "punct"))),
    };
    let stand = if turned { entry.negated } else { entry.stand };
    if stand.act == Act::Assert || f.past && stand.act == Act::OpenTo && dep(cx, copula) != "ccomp" {
        return;
    }
    out.push(Candidate {
        rule: MATTER,
        confidence: 0.65,
        predicate: a,
        predicate_words: a..end,
        holder: judge,
        stand,
        negated: turned,
        modality: f.modality,
        matter,
        matter_head: head,
        target: None,
        clausal: true,
        weak: true,
        governs: clause,
        future: true,
    });
}
