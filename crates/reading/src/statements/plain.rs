//! Stands of plain clauses in speech, told by how they are put: "we did not come here to haggle", "no fee was ever
//! discussed", "they broke the seal", "if it slips again, work will stop", "the levy goes only after the date is set".

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{
    Force, Modal, clause_child, dep, empty_phrase, force, infinitive, is_verb, lemma, lower, passive, range_without,
    subject,
};
use super::conditions::Tie;
use super::holder::{acts, own_side};
use super::lexicon::{Stand, is};
use super::modals::{self, DENIAL, WILL_NOT, push, verb_phrase, whole};
use crate::Context;
use crate::model::{Act, ConditionSort, Mode, Polarity, Rule};

const PURPOSE: Rule = Rule("statement.not-for-that.v1");
const CHARGE: Rule = Rule("statement.plain-charge.v2");
const TIED: Rule = Rule("statement.tied.v1");
const MENACE: Rule = Rule("statement.menace.v1");

const SENSE: Rule = Rule("statement.sense.v1");

const AGAINST: Polarity = Polarity::Against;

/// Stands of the clause headed by `v`, inside somebody's quotation.
pub(super) fn find(cx: &Context<'_>, v: usize, voice: Option<Mode>, ties: &[Tie], out: &mut Vec<Candidate>) {
    let Some(mode) = voice.filter(|_| is_verb(cx, v)) else { return };
    if matches!(dep(cx, v), "aux" | "auxpass" | "amod" | "compound" | "relcl" | "advcl" | "acl" | "pcomp" | "csubj") {
        return;
    }
    // "does not, and never will, accept": the verb is the other one
    if lemma(cx, v) == "do" && matches!(cx.token(v).tag.as_str(), "VBZ" | "VBP" | "VBD") {
        return;
    }
    let Some(s) = subject(cx, v) else { return };
    let f = force(cx, v);
    let denied = modals::denied(cx, v, s, f) || opened_by_nor(cx, v);
    let found = purpose(cx, v, s, f, out)
        || not_for(cx, v, s, f, out)
        || denied && denial(cx, v, s, f, out)
        || denied && not_done(cx, v, s, f, out)
        || denied && mode == Mode::Direct && not_to_be(cx, v, s, f, out)
        || sense(cx, v, s, f, out)
        || !denied && charge(cx, v, s, mode, f, out);
    if let Some(tie) =
        ties.iter().find(|t| t.host == v && !t.words.contains(&v)).filter(|_| !found && (f.modal.is_some() || !f.past))
    {
        tied(cx, v, s, denied, f, tie, out);
    }
}

/// "Nor would it begin".
fn opened_by_nor(cx: &Context<'_>, v: usize) -> bool {
    cx.parse.children(v).any(|c| c < v && matches!(lower(cx, c), "nor" | "neither") && dep(cx, c) != "nsubj")
}

/// "We did not come here to discuss a loan": what one is not there for is turned down.
fn purpose(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let there = lemma(cx, v) != "be" || cx.parse.children(v).any(|c| matches!(lower(cx, c), "here" | "there"));
    let own = own_side(cx, s) || matches!(lower(cx, s), "they" | "it");
    if !f.negated || f.modal.is_some() || !own || !there || is("mind", lemma(cx, v)) && lemma(cx, v) != "be" {
        return false;
    }
    let Some(aim) = clause_child(cx, v, &["advcl"], |c| infinitive(cx, c)) else { return false };
    let stand = Stand { act: Act::Reject, polarity: AGAINST };
    push(out, PURPOSE, 0.6, v, Some(s), stand, f, true, cx.parse.subtree_range(aim), true).matter_head = aim;
    true
}

/// "We came here to plant trees, not to be rationed": the second is turned down.
fn not_for(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let there = cx.parse.children(v).any(|c| lower(cx, c) == "here") || matches!(lemma(cx, v), "come" | "sit");
    let own = own_side(cx, s) || matches!(lower(cx, s), "they" | "it");
    if f.negated || f.modal.is_some() || !own || !there {
        return false;
    }
    let aims =
        |h: usize| cx.parse.children_with(h, &["advcl", "conj", "xcomp"]).filter(|&c| c > v && infinitive(cx, c));
    let denied = |c: &usize| cx.parse.children_with(*c, &["neg"]).any(|n| n < *c);
    let Some(aim) = aims(v).find(denied).or_else(|| aims(v).flat_map(aims).find(denied)) else { return false };
    let stand = Stand { act: Act::Oppose, polarity: AGAINST };
    push(out, PURPOSE, 0.55, v, Some(s), stand, f, true, verb_phrase(cx, aim), true).matter_head = aim;
    true
}

/// A negated past is a denial: "never promised it", "no fee had been discussed", "had nothing to do with it".
fn denial(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let speaker = own_side(cx, s) || matches!(lower(cx, s), "he" | "she" | "it" | "they") && dep(cx, v) == "ccomp";
    let ever = cx.parse.children(v).any(|c| matches!(lower(cx, c), "never" | "ever"));
    let object = cx.parse.child(v, &["dobj"]);
    // "had nothing to say" denies nothing
    let mute = |o: usize| cx.parse.children_with(o, &["relcl", "acl", "amod"]).any(|r| is("idle", lemma(cx, r)));
    let nothing = object.is_some_and(|o| lower(cx, o) == "nothing" && !mute(o));
    let past = f.past || f.perfect;
    // "no fee had been discussed", "nobody has drawn a line"
    let empty =
        cx.token(s).pos == "NOUN" && empty_phrase(cx, s) && lower(cx, s) != "nobody" && (f.perfect || passive(cx, v));
    let done = past && (ever || nothing && lemma(cx, v) == "have" || speaker && f.perfect || empty);
    // "know nothing of a promise", "owe nobody anything", "has nothing to do with it"
    let aloof = match lemma(cx, v) {
        "know" => nothing,
        "owe" => true,
        "have" => {
            nothing
                && object.is_some_and(|o| cx.parse.children_with(o, &["relcl", "acl"]).any(|r| lemma(cx, r) == "do"))
        }
        _ => false,
    };
    let told = done && !matches!(lemma(cx, v), "be" | "know" | "say") || aloof && (f.modal.is_none());
    if !told || f.modal.is_some() {
        return false;
    }
    let stand = Stand { act: Act::Deny, polarity: Polarity::None };
    push(out, DENIAL, 0.5, v, None, stand, f, true, whole(cx, v), false);
    true
}

/// "Peru does not pay for weather": what one does not do, one refuses.
fn not_done(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let past = f.past || f.perfect;
    let known = is("idle", lemma(cx, v)) || is("mind", lemma(cx, v));
    if past || f.modal.is_some() || !f.negated || !own_side_or_party(cx, s) || known || infinitive(cx, v) {
        return false;
    }
    let against = Stand { act: Act::Refuse, polarity: AGAINST };
    push(out, WILL_NOT, 0.5, v, Some(s), against, f, true, verb_phrase(cx, v), true);
    true
}

/// "That won't happen", "it does not pass over my desk".
fn not_to_be(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let coming = matches!(f.modal, None | Some(Modal::Will | Modal::Would)) && !f.past && !f.perfect;
    if !coming || !is("occur", lemma(cx, v)) || !matches!(lower(cx, s), "it" | "that" | "this") {
        return false;
    }
    let stand = Stand { act: Act::Reject, polarity: AGAINST };
    push(out, WILL_NOT, 0.5, v, None, stand, f, true, cx.parse.subtree_range(s), true).matter_head = s;
    true
}

/// "Two seats make little sense", "the idea has merit".
fn sense(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let worth = match lemma(cx, v) {
        "make" => "sense",
        "have" => "merit",
        _ => return false,
    };
    let Some(o) = cx.parse.child(v, &["dobj"]).filter(|&o| lemma(cx, o) == worth) else { return false };
    let little = cx.parse.children_with(o, &["amod"]).any(|a| matches!(lower(cx, a), "little" | "scant" | "limited"));
    let denied = f.negated || empty_phrase(cx, o) || little;
    if acts(cx, s) || f.modal.is_some() && !denied {
        return false;
    }
    let stand = if denied {
        Stand { act: Act::Oppose, polarity: AGAINST }
    } else {
        Stand { act: Act::Support, polarity: Polarity::For }
    };
    push(out, SENSE, 0.55, v, None, stand, f, denied, cx.parse.subtree_range(s), false).matter_head = s;
    true
}

/// A wrong done by another: "they broke the seal", "the line has hidden the log".
fn charge(cx: &Context<'_>, v: usize, s: usize, mode: Mode, f: Force, out: &mut Vec<Candidate>) -> bool {
    let other =
        acts(cx, s) && cx.token(s).pos != "PRON" || matches!(lower(cx, s), "they" | "you") && mode == Mode::Direct;
    if !(f.past || f.perfect)
        || f.modal.is_some()
        || !is("wrong", lemma(cx, v))
        || own_side(cx, s)
        || !other
        || passive(cx, v)
    {
        return false;
    }
    let stand = Stand { act: Act::Accuse, polarity: Polarity::None };
    push(out, CHARGE, 0.5, v, None, stand, f, false, whole(cx, v), false);
    if let Some(c) = out.last_mut() {
        c.target = Some(s);
    }
    true
}

/// A clause with a condition: a refusal that lasts until, a readiness once, a threat if.
fn tied(cx: &Context<'_>, v: usize, s: usize, denied: bool, f: Force, tie: &Tie, out: &mut Vec<Candidate>) {
    // "as long as the wards stay open"
    let long = tie.words.clone().take(3).any(|i| lower(cx, i) == "long");
    let lasting = long || matches!(tie.sort, ConditionSort::Unless | ConditionSort::Until | ConditionSort::Before);
    let (rule, stand) = match (denied, f.modal) {
        (true, Some(Modal::Will | Modal::Would) | None) if lasting => {
            (TIED, Stand { act: Act::Refuse, polarity: AGAINST })
        }
        (true, _) => return,
        (false, Some(Modal::Could | Modal::May)) if !is("harm", lemma(cx, v)) => (TIED, OPEN),
        (false, Some(Modal::Will | Modal::Would) | None)
            if matches!(tie.sort, ConditionSort::OnlyIf) || tie.strict && tie.sort == ConditionSort::After =>
        {
            (TIED, OPEN)
        }
        (false, Some(Modal::Will | Modal::Would) | None)
            if matches!(tie.sort, ConditionSort::If | ConditionSort::Unless)
                && (f.modal.is_some() && menacing(cx, v, tie) || modals::menaced(cx, v)) =>
        {
            (MENACE, Stand { act: Act::Threaten, polarity: Polarity::None })
        }
        _ => return,
    };
    if lower(cx, s) == "there" || is("mind", lemma(cx, v)) && lemma(cx, v) != "be" && lemma(cx, v) != "have" {
        return;
    }
    push(out, rule, 0.5, v, None, stand, f, denied, without_tie(cx, v, s, tie), true);
}

const OPEN: Stand = Stand { act: Act::OpenTo, polarity: Polarity::Open };

/// Whether ill follows, or what it follows on is ill: "if it slips again, the guns would be back".
fn menacing(cx: &Context<'_>, v: usize, tie: &Tie) -> bool {
    let ill = |i: usize| {
        is("mishap", lemma(cx, i))
            || matches!(lower(cx, i), "again" | "second" | "another" | "not" | "n't" | "n’t" | "no")
    };
    !is("yielding", lemma(cx, v)) && (is("harm", lemma(cx, v)) || tie.words.clone().any(ill))
}

/// The words of the clause without those of its condition.
fn without_tie(cx: &Context<'_>, v: usize, s: usize, tie: &Tie) -> Range<usize> {
    let subject = cx.parse.subtree_range(s).start;
    range_without(cx, v, |k| {
        let r = cx.parse.subtree_range(k);
        // "According to Diaz, the camps may be emptied"
        let before = r.end <= subject && subject < v && matches!(dep(cx, k), "prep" | "npadvmod" | "advmod");
        before
            || matches!(dep(cx, k), "punct" | "parataxis" | "mark" | "cc")
            || r.start < tie.words.end && r.end > tie.words.start && tie.words.start != v
            || k > v && dep(cx, k) == "conj" && cx.parse.child(k, &["nsubj", "nsubjpass"]).is_some()
    })
}

fn own_side_or_party(cx: &Context<'_>, s: usize) -> bool {
    matches!(lower(cx, s), "we") || own_side(cx, s) && lower(cx, s) != "i" || acts(cx, s) && cx.token(s).ent == "GPE"
}
