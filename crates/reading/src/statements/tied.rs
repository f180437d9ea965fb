//! What somebody says would come about on a condition: "the duty goes once the data are shared".
//!
//! The subject is a thing, so no rule for what a party will or could do applies; the condition makes it the speaker's stand.

use super::candidate::Candidate;
use super::clause::{Force, Modal, dep, empty_phrase, force, is_punct, is_verb, lemma, lower, range_without, subject};
use super::conditions::Tie;
use super::holder::{Voices, acts, own_side};
use super::lexicon::{Stand, is};
use crate::Context;
use crate::model::{Act, ConditionSort, Mode, Polarity, Rule};

const WAITS: Rule = Rule("statement.waits.v1");

/// Stands of the clauses on which the ties of a sentence hang, where they stand in somebody's speech.
pub(super) fn find(cx: &Context<'_>, ties: &[Tie], voices: &Voices, out: &mut Vec<Candidate>) {
    for tie in ties {
        let Some(v) = clause(cx, tie, voices) else { continue };
        if tie.tells() && !shifted(cx, v, voices) {
            continue;
        }
        let thing = |s: &usize| own_side(cx, *s) || !acts(cx, *s) || empty_phrase(cx, *s);
        let Some(s) = subject(cx, v).filter(thing) else { continue };
        // "that is when school ends": what the time is
        if lemma(cx, v) == "be" && tie.words.start == v + 1 {
            continue;
        }
        if matches!(lower(cx, s), "you" | "i" | "who" | "which" | "that" | "what") {
            continue;
        }
        let f = force(cx, v);
        let denied = f.negated || empty_phrase(cx, s);
        if let Some(stand) = stand(cx, v, tie, denied, f) {
            out.push(candidate(cx, v, s, stand, denied, f));
        }
    }
}

/// The verb in somebody's speech that the tie hangs on; what hangs on the verb of speech belongs to what is said.
fn clause(cx: &Context<'_>, tie: &Tie, voices: &Voices) -> Option<usize> {
    let host = tie.host;
    let said = || cx.parse.children_with(host, &["ccomp"]).find(|&c| voices.of(c).is_some());
    let v = if voices.of(host).is_some() { host } else { said().filter(|_| voices.of(tie.words.start).is_some())? };
    (is_verb(cx, v) && !tie.words.contains(&v) && !matches!(dep(cx, v), "relcl" | "acl" | "csubj")).then_some(v)
}

/// "said they could go once he had paid": the past of reported speech tells of what is to come.
fn shifted(cx: &Context<'_>, v: usize, voices: &Voices) -> bool {
    let reported = voices.of(v).and_then(|q| cx.quotes.get(q)).is_some_and(|q| q.mode != Mode::Direct);
    reported && matches!(force(cx, v).modal, Some(Modal::Would | Modal::Could | Modal::May))
}

fn stand(cx: &Context<'_>, v: usize, tie: &Tie, denied: bool, f: Force) -> Option<Stand> {
    let may = matches!(f.modal, Some(Modal::Could | Modal::Can | Modal::May));
    let plain = f.modal.is_none() && !f.past && !f.perfect;
    if matches!(f.modal, Some(Modal::Must | Modal::Should)) || !(f.modal.is_some() || plain) {
        return None;
    }
    // "if it rains the price will rise": what follows, not what one would do
    if tie.sort == ConditionSort::If && !(may || denied && f.modal.is_some()) {
        return None;
    }
    if denied {
        return Some(Stand { act: Act::Refuse, polarity: Polarity::Against });
    }
    match tie.sort {
        // "will be in the street without pumps": what follows by itself
        ConditionSort::Until | ConditionSort::Unless => None,
        _ if is("harm", lemma(cx, v)) && !may => None,
        _ => Some(Stand { act: Act::OpenTo, polarity: Polarity::Open }),
    }
}

fn candidate(cx: &Context<'_>, v: usize, s: usize, stand: Stand, denied: bool, f: Force) -> Candidate {
    let matter = range_without(cx, v, |k| {
        matches!(dep(cx, k), "punct" | "parataxis" | "mark" | "cc" | "advcl")
            || k > v && dep(cx, k) == "conj" && cx.parse.child(k, &["nsubj", "nsubjpass"]).is_some()
    });
    let start = (matter.start..=v).find(|&k| !is_punct(cx, k)).unwrap_or(v);
    Candidate {
        rule: WAITS,
        confidence: 0.5,
        predicate: v,
        predicate_words: v..v + 1,
        holder: Some(s).filter(|&s| own_side(cx, s) && !empty_phrase(cx, s)),
        stand,
        negated: denied,
        modality: f.modality,
        matter: start..matter.end.max(v + 1),
        matter_head: s,
        target: None,
        clausal: true,
        weak: true,
        governs: None,
        future: true,
    }
}
