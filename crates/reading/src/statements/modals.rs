//! Stands without a stance verb: "will not sign", "would never accept", "the duty must go", "there will be no deal",
//! and denials and charges told as plain clauses after "said".

use std::ops::Range;

use super::candidate::Candidate;
use super::caused;
use super::clause::{
    self, Force, Modal, clause_child, dep, empty_phrase, force, infinitive, is_verb, lemma, lower, passive,
    range_without, subject,
};
use super::holder::{Voices, acts, own_side};
use super::lexicon::{Stand, is};
use crate::Context;
use crate::model::{Act, Mode, Polarity, Rule};

pub(super) const WILL_NOT: Rule = Rule("statement.will-not.v1");
const WILL: Rule = Rule("statement.will.v1");
const MUST: Rule = Rule("statement.must.v1");
const COULD: Rule = Rule("statement.could.v1");
pub(super) const DENIAL: Rule = Rule("statement.plain-denial.v2");
const ASIDE: Rule = Rule("statement.aside.v1");
const RATHER: Rule = Rule("statement.rather.v1");
const STAYS: Rule = Rule("statement.stays.v2");
const IMPERATIVE: Rule = Rule("statement.imperative.v1");
const FRAGMENT: Rule = Rule("statement.fragment.v1");

/// Stands of the clause headed by `v`; `voiced`: inside somebody's quotation.
pub(super) fn find(cx: &Context<'_>, v: usize, voice: Option<Mode>, out: &mut Vec<Candidate>) {
    let voiced = voice.is_some();
    if !is_verb(cx, v) || matches!(dep(cx, v), "aux" | "auxpass" | "amod" | "compound") {
        return;
    }
    if matches!(dep(cx, v), "relcl" | "acl" | "pcomp" | "csubj") || dep(cx, v) == "advcl" && !beside(cx, v) {
        return;
    }
    // "does not see why they should pay" is no question
    let unseen = unreasoned(cx, v) && force(cx, cx.parse.head(v)).negated;
    if clause::asked(cx, v) || clause::question_within(cx, v) && !unseen {
        return;
    }
    // "does not, and never will, accept": the verb is the other one
    if lemma(cx, v) == "do" && matches!(cx.token(v).tag.as_str(), "VBZ" | "VBP" | "VBD") {
        return;
    }
    let Some(s) = subject(cx, v) else {
        if !there_is(cx, v, voiced, out) && voice == Some(Mode::Direct) {
            imperative(cx, v, out);
        }
        return;
    };
    let f = force(cx, v);
    let denied = denied(cx, v, s, f);
    let own = own_side(cx, s) || acts(cx, s) || voiced && matches!(lower(cx, s), "he" | "she" | "it" | "they");
    if there_is(cx, v, voiced, out) {
        return;
    }
    let acting = own && !indefinite(cx, s);
    match f.modal {
        // "would have the army leave", "would have the clause struck"
        Some(Modal::Would) if acting && lemma(cx, v) == "have" && caused::found(cx, v).is_some() => {
            caused::stand(cx, v, s, f, out)
        }
        // "will have to go"
        Some(Modal::Will | Modal::Would)
            if voiced
                && !denied
                && lemma(cx, v) == "have"
                && clause_child(cx, v, &["xcomp"], |c| infinitive(cx, c)).is_some() =>
        {
            need(cx, v, s, own, denied, f, out)
        }
        // who attends what is the diary's
        Some(Modal::Will | Modal::Would | Modal::Can | Modal::Could)
            if denied && !own_side(cx, s) && is("schedule", lemma(cx, v)) => {}
        Some(Modal::Will | Modal::Would | Modal::Can | Modal::Could) if denied => {
            will_not(cx, v, s, own, voiced, f, out)
        }
        Some(Modal::Must | Modal::Should) if voiced => must(cx, v, s, denied, f, out),
        Some(Modal::Could | Modal::Can | Modal::May) if voiced && !denied && passive(cx, v) => {
            could_be(cx, v, s, f, out)
        }
        Some(Modal::Could | Modal::Can | Modal::May) if acting && voiced && !denied => could(cx, v, s, f, out),
        // "Peru might look at the terminal": told by the writer of somebody known
        Some(Modal::Could | Modal::May)
            if acting && !denied && is("yielding", lemma(cx, v)) && cx.reference(s).entity.is_some() =>
        {
            could(cx, v, s, f, out)
        }
        None if lemma(cx, v) == "be" && acting => caused::planned(cx, v, s, f, out),
        Some(Modal::Will | Modal::Would) if voiced && stays(cx, v, s, denied, f, out) => {}
        Some(Modal::Will | Modal::Would) if voiced && !denied && wanted(cx, v, s, f, out) => {}
        Some(Modal::Will | Modal::Would) if voiced && !denied && repaid(cx, v, s, f, out) => {}
        Some(Modal::Will | Modal::Would) if acting && !denied => will(cx, v, s, voiced, f, out),
        None if voiced && matches!(lemma(cx, v), "have" | "need") => {
            let told = voice != Some(Mode::Direct) && dep(cx, v) == "ccomp";
            need(cx, v, s, own, denied, Force { past: f.past && !told, ..f }, out)
        }
        None if voiced && stays(cx, v, s, denied, f, out) => {}
        _ => {}
    }
}

/// "a planter", "a country": nobody in particular, so what one would do is nobody's promise.
fn indefinite(cx: &Context<'_>, s: usize) -> bool {
    cx.reference(s).entity.is_none()
        && cx.parse.child(s, &["det"]).is_some_and(|d| matches!(lower(cx, d), "a" | "an" | "any" | "every"))
}

/// "why they should pay".
fn unreasoned(cx: &Context<'_>, v: usize) -> bool {
    dep(cx, v) == "ccomp" && cx.parse.children_with(v, &["advmod"]).any(|w| lower(cx, w) == "why")
}

/// Whether the clause of `v` denies, by itself, its subject or its object.
pub(super) fn denied(cx: &Context<'_>, v: usize, s: usize, f: Force) -> bool {
    let object = cx.parse.child(v, &["dobj", "attr", "dative"]).filter(|&o| o > v);
    let nothing = |p: usize| cx.parse.child(p, &["pobj"]).is_some_and(|o| empty_phrase(cx, o));
    f.negated
        || empty_phrase(cx, s)
        || no_further(cx, v)
        || object.is_some_and(|o| empty_phrase(cx, o))
        // "will settle for nothing less"
        || (object.is_none() || is("giving", lemma(cx, v)))
            && cx.parse.children_with(v, &["prep", "dative"]).any(nothing)
}

/// "will go no further", "no lower than ten": an end to it.
fn no_further(cx: &Context<'_>, v: usize) -> bool {
    let measure = |c: usize| matches!(lower(cx, c), "further" | "farther" | "lower" | "higher" | "faster" | "beyond");
    cx.parse
        .children_with(v, &["advmod", "acomp"])
        .any(|c| c > v && measure(c) && cx.parse.children(c).any(|d| lower(cx, d) == "no"))
}

/// "..., whereas Peru will not": a clause set beside another, no part of it.
fn beside(cx: &Context<'_>, v: usize) -> bool {
    cx.parse.child(v, &["nsubj", "nsubjpass"]).is_some()
        && cx.parse.child(v, &["mark"]).is_some_and(|m| {
            matches!(lower(cx, m), "whereas" | "although" | "though")
                || lower(cx, m) == "while" && (m == cx.parse.sentence_of(m).start || lower(cx, m - 1) == ",")
        })
}

#[allow(clippy::too_many_arguments, reason = "one call a rule, all fields differ")]
pub(super) fn push(
    out: &mut Vec<Candidate>,
    rule: Rule,
    confidence: f32,
    v: usize,
    holder: Option<usize>,
    stand: Stand,
    f: Force,
    negated: bool,
    matter: Range<usize>,
    future: bool,
) -> &mut Candidate {
    out.push(Candidate {
        rule,
        confidence,
        predicate: v,
        predicate_words: v..v + 1,
        holder,
        stand,
        negated,
        modality: f.modality,
        matter,
        matter_head: v,
        target: None,
        clausal: true,
        weak: true,
        governs: None,
        future,
    });
    let last = out.len() - 1;
    &mut out[last]
}

/// The words of the clause from its verb on.
pub(super) fn verb_phrase(cx: &Context<'_>, v: usize) -> Range<usize> {
    range_without(cx, v, |k| {
        k < v
            || matches!(dep(cx, k), "punct" | "parataxis" | "cc")
            || dep(cx, k) == "conj" && cx.parse.child(k, &["nsubj", "nsubjpass"]).is_some()
    })
}

/// The words of the clause with its subject.
pub(super) fn whole(cx: &Context<'_>, v: usize) -> Range<usize> {
    range_without(cx, v, |k| {
        matches!(dep(cx, k), "punct" | "parataxis" | "mark" | "cc")
            || k > v && dep(cx, k) == "conj" && cx.parse.child(k, &["nsubj", "nsubjpass"]).is_some()
    })
}

fn will_not(cx: &Context<'_>, v: usize, s: usize, own: bool, voiced: bool, f: Force, out: &mut Vec<Candidate>) {
    if is("idle", lemma(cx, v)) && !(own && shuns(cx, v)) || is("unsaid", lemma(cx, v)) {
        return;
    }
    // "Nobody will love it": of no one in particular
    if !passive(cx, v) && matches!(lower(cx, s), "nobody" | "noone" | "no-one") {
        return;
    }
    // "could do nothing for them": what is out of one's power is not refused
    let powerless = matches!(f.modal, Some(Modal::Can | Modal::Could))
        && lemma(cx, v) == "do"
        && cx.parse.child(v, &["dobj"]).is_some_and(|o| matches!(lower(cx, o), "nothing" | "little"));
    // "will not stop asking": goes on as before
    let goes_on = matches!(lemma(cx, v), "stop" | "cease" | "quit" | "rest")
        && clause_child(cx, v, &["xcomp", "advcl", "ccomp"], |c| cx.token(c).tag == "VBG" || infinitive(cx, c))
            .is_some();
    // "delegates could not close the question": told by the writer, what did not come off
    let failed = !voiced && f.modal == Some(Modal::Could) && !is("yielding", lemma(cx, v));
    if powerless || goes_on || failed {
        return;
    }
    if aside(cx, v, s, f, out) {
        return;
    }
    let none = shuns(cx, v) && cx.parse.child(v, &["dobj"]).is_some_and(|o| lower(cx, o) == "none");
    let act = if none { Act::Reject } else { Act::Refuse };
    let against = Stand { act, polarity: Polarity::Against };
    let acting = own && !passive(cx, v);
    if acting {
        push(
            out,
            WILL_NOT,
            0.75,
            v,
            Some(s).filter(|&s| !empty_phrase(cx, s)),
            against,
            f,
            true,
            verb_phrase(cx, v),
            true,
        );
    } else if voiced && (!can(f) || passive(cx, v) && !is("unable", lemma(cx, v))) && !contrasted(cx, v) {
        push(out, WILL_NOT, 0.6, v, None, against, f, true, whole(cx, v), true);
    }
}

/// Whether it is told with "can" or "could".
fn can(f: Force) -> bool {
    matches!(f.modal, Some(Modal::Can | Modal::Could))
}

/// "The lenders would need a floor", said of whomever: the speaker asks for it.
fn wanted(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let person = matches!(lower(cx, s), "i" | "you" | "he" | "she" | "anything" | "nothing");
    let object = cx.parse.child(v, &["dobj"]).filter(|&o| o > v && lower(cx, o) != "more");
    let Some(o) = object.filter(|_| !person && !passive(cx, v) && matches!(lemma(cx, v), "need" | "require")) else {
        return false;
    };
    let demand = Stand { act: Act::Demand, polarity: Polarity::For };
    push(out, MUST, 0.5, v, None, demand, f, false, cx.parse.subtree_range(o), true).matter_head = o;
    true
}

/// "Each seizure will be answered with another": what is to be repaid in kind is threatened for.
fn repaid(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let by = cx.parse.children_with(v, &["prep", "agent"]).any(|p| p > v && matches!(lower(cx, p), "with" | "by"));
    if !(by && passive(cx, v) && matches!(lemma(cx, v), "answer" | "meet" | "repay" | "return" | "match")) {
        return false;
    }
    let threat = Stand { act: Act::Threaten, polarity: Polarity::Against };
    push(out, WILL, 0.5, v, None, threat, f, false, cx.parse.subtree_range(s), true).matter_head = s;
    true
}

/// "will have none of it", "will have no such bargain".
fn shuns(cx: &Context<'_>, v: usize) -> bool {
    lemma(cx, v) == "have"
        && cx.parse.child(v, &["dobj"]).is_some_and(|o| {
            // "will have nothing to do with it"
            let part = |c: usize| lemma(cx, c) == "do" && infinitive(cx, c);
            let none = lower(cx, o) == "nothing" && cx.parse.children_with(o, &["relcl", "acl"]).any(part);
            none || matches!(lower(cx, o), "none" | "neither")
                || empty_phrase(cx, o)
                    && (is("dealing", lemma(cx, o)) || cx.parse.children(o).any(|c| lower(cx, c) == "such"))
        })
}

/// "would no longer stand in the way of a sale": what one does not hinder, one lets come.
fn aside(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let way = cx
        .parse
        .children_with(v, &["prep"])
        .find(|&p| lower(cx, p) == "in")
        .and_then(|p| cx.parse.child(p, &["pobj"]))
        .filter(|&o| lemma(cx, o) == "way" && matches!(lemma(cx, v), "stand" | "get" | "be"));
    let thing = way
        .and_then(|w| cx.parse.children_with(w, &["prep"]).find(|&p| lower(cx, p) == "of"))
        .and_then(|p| cx.parse.child(p, &["pobj"]));
    let Some(thing) = thing else { return false };
    let act = if f.no_longer { Act::Concede } else { Act::OpenTo };
    let stand = Stand { act, polarity: Polarity::Open };
    push(out, ASIDE, 0.65, v, Some(s), stand, f, true, cx.parse.subtree_range(thing), true).matter_head = thing;
    true
}

/// "would rather close than sign": the worse of the two is refused.
fn rather(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let sooner = cx.parse.children_with(v, &["advmod"]).any(|a| a < v && matches!(lower(cx, a), "rather" | "sooner"));
    let worse = cx
        .parse
        .children_with(v, &["advcl"])
        .find(|&c| c > v && cx.parse.child(c, &["mark"]).is_some_and(|m| lower(cx, m) == "than"));
    let Some(worse) = worse.filter(|_| sooner) else { return false };
    let against = Stand { act: Act::Refuse, polarity: Polarity::Against };
    push(out, RATHER, 0.6, v, Some(s), against, f, true, worse..cx.parse.subtree_range(worse).end, true).matter_head =
        worse;
    true
}

/// "would follow the readings and not precede them": the denial only sharpens what was said before it.
fn contrasted(cx: &Context<'_>, v: usize) -> bool {
    dep(cx, v) == "conj"
        && cx.parse.child(v, &["nsubj", "nsubjpass", "aux"]).is_none()
        && !force(cx, cx.parse.head(v)).negated
}

/// "There will be no deal", "there was no such promise".
fn there_is(cx: &Context<'_>, v: usize, voiced: bool, out: &mut Vec<Candidate>) -> bool {
    if lemma(cx, v) != "be" || cx.parse.child(v, &["expl"]).is_none_or(|e| lower(cx, e) != "there") {
        return false;
    }
    let Some(thing) = cx.parse.child(v, &["attr", "nsubj"]).filter(|&t| t > v) else { return true };
    let f = force(cx, v);
    if !voiced {
        return true;
    }
    if !(f.negated || empty_phrase(cx, thing)) {
        // "there is a need for oversight"
        let wanted = matches!(lemma(cx, thing), "need" | "demand")
            .then(|| cx.parse.children_with(thing, &["prep"]).find(|&p| lower(cx, p) == "for"))
            .flatten()
            .and_then(|p| cx.parse.child(p, &["pobj", "pcomp"]));
        if let Some(o) = wanted.filter(|_| f.modal.is_none() && !f.past) {
            let demand = Stand { act: Act::Demand, polarity: Polarity::For };
            push(out, MUST, 0.6, v, None, demand, f, false, cx.parse.subtree_range(o), false).matter_head = o;
        }
        return true;
    }
    let such = cx.parse.children(thing).any(|c| matches!(lower(cx, c), "such"));
    // "no question of a cut", "no room for compromise": what is shut out is what the room is for
    let shut = is("room", lemma(cx, thing)).then(|| {
        let p = cx.parse.children_with(thing, &["prep"]).find(|&p| matches!(lower(cx, p), "for" | "of"))?;
        cx.parse.child(p, &["pobj", "pcomp"])
    });
    let stand = match (f.modal, f.past || such) {
        (Some(_), _) => Stand { act: Act::Refuse, polarity: Polarity::Against },
        (None, true) => Stand { act: Act::Deny, polarity: Polarity::None },
        (None, false) if matches!(shut, Some(Some(_))) => Stand { act: Act::Reject, polarity: Polarity::Against },
        // "if there is no productivity, there is no money", "there is no version we could live with"
        (None, false) if needed_for(cx, v, thing).is_some() => Stand { act: Act::Demand, polarity: Polarity::For },
        (None, false) if conditioned(cx, v) || liked(cx, thing) => {
            Stand { act: Act::Refuse, polarity: Polarity::Against }
        }
        // "there is no plan yet": how things are
        (None, false) => return true,
    };
    let needed = needed_for(cx, v, thing).filter(|_| stand.polarity == Polarity::For);
    let thing = needed.or(shut.flatten()).unwrap_or(thing);
    let rule = if f.modal.is_some() { WILL_NOT } else { DENIAL };
    push(out, rule, 0.6, v, None, stand, f, true, cx.parse.subtree_range(thing), f.modal.is_some()).matter_head = thing;
    true
}

/// "There is no accord without a court": what the thing cannot be without.
fn needed_for(cx: &Context<'_>, v: usize, thing: usize) -> Option<usize> {
    let without = |h: usize| cx.parse.children_with(h, &["prep"]).find(|&p| p > thing && lower(cx, p) == "without");
    let o = cx.parse.child(without(thing).or_else(|| without(v))?, &["pobj"])?;
    (!matches!(lower(cx, o), "doubt" | "reason" | "risk" | "cost")).then_some(o)
}

/// Whether "if" or "without" stands before the clause.
fn conditioned(cx: &Context<'_>, v: usize) -> bool {
    cx.parse.children_with(v, &["advcl", "prep"]).any(|c| {
        c < v && (lower(cx, c) == "without" || cx.parse.child(c, &["mark"]).is_some_and(|m| lower(cx, m) == "if"))
    })
}

/// "a version we could live with", "a paper they would sign".
pub(super) fn liked(cx: &Context<'_>, n: usize) -> bool {
    cx.parse.children_with(n, &["relcl"]).any(|r| {
        let modal = force(cx, r).modal;
        let open = is("yielding", lemma(cx, r)) || matches!(lemma(cx, r), "swallow" | "defend" | "recommend" | "sell");
        open && matches!(modal, Some(Modal::Can | Modal::Could | Modal::Will | Modal::Would))
    })
}

fn must(cx: &Context<'_>, v: usize, s: usize, denied: bool, f: Force, out: &mut Vec<Candidate>) {
    // "should the board recommend it": a condition
    let modal = cx.parse.children_with(v, &["aux"]).find(|&a| cx.token(a).tag == "MD");
    if modal.is_some_and(|m| m < cx.parse.subtree_range(s).start) {
        return;
    }
    // "must have been moved" guesses; "why they should pay" asks, or will not see
    let why = unreasoned(cx, v);
    if f.perfect || why && !force(cx, cx.parse.head(v)).negated {
        return;
    }
    let denied = denied ^ why;
    // "I don't think it should": the denial stands before the verb of thought
    let above = cx.parse.head(v);
    let thought = dep(cx, v) == "ccomp"
        && matches!(lemma(cx, above), "think" | "believe" | "feel" | "say")
        && force(cx, above).negated;
    let denied = denied ^ thought;
    let polarity = if denied { Polarity::Against } else { Polarity::For };
    let act = if denied { Act::Oppose } else { Act::Demand };
    if own_side(cx, s) && matches!(lower(cx, s), "i" | "we") && f.modal == Some(Modal::Should) {
        return;
    }
    if is("idle", lemma(cx, v)) && cx.parse.child(v, &["attr", "acomp", "prep", "xcomp"]).is_none() {
        return;
    }
    push(out, MUST, 0.6, v, None, Stand { act, polarity }, f, denied, whole(cx, v), true);
    if acts(cx, s)
        && !passive(cx, v)
        && let Some(c) = out.last_mut()
    {
        c.target = Some(s);
    }
    gone(cx, v, s, denied, out);
}

/// "The duty must go": what is to vanish is opposed.
fn gone(cx: &Context<'_>, v: usize, s: usize, denied: bool, out: &mut [Candidate]) {
    let leaves = is("vanish", lemma(cx, v)) && cx.parse.child(v, &["prep", "xcomp", "dobj", "advmod"]).is_none();
    if let Some(c) = out.last_mut().filter(|_| leaves && !denied && !acts(cx, s)) {
        c.stand.polarity = Polarity::Against;
        c.matter = cx.parse.subtree_range(s);
        c.matter_head = s;
    }
}

/// "we need a deal", "the weekends have to go".
fn need(cx: &Context<'_>, v: usize, s: usize, own: bool, denied: bool, f: Force, out: &mut Vec<Candidate>) {
    let demand = Stand { act: Act::Demand, polarity: Polarity::For };
    let oppose = Stand { act: Act::Oppose, polarity: Polarity::Against };
    let stand = if denied { oppose } else { demand };
    if f.past || denied && lemma(cx, v) == "need" {
        return;
    }
    if let Some(c) = clause_child(cx, v, &["xcomp", "ccomp"], |c| infinitive(cx, c)) {
        if lower(cx, s) == "i" || cx.token(s).ent == "PERSON" {
            return;
        }
        push(out, MUST, 0.6, v, None, stand, f, denied, whole(cx, v), true).matter_head = c;
        gone(cx, c, s, denied, out);
        return;
    }
    if lemma(cx, v) == "need"
        && own
        && let Some(o) = cx.parse.child(v, &["dobj"])
    {
        // "workers need a guarantee", said by who speaks for them
        let holder = Some(s).filter(|&s| cx.reference(s).entity.is_some() || own_side(cx, s));
        push(out, MUST, 0.6, v, holder, stand, f, denied, cx.parse.subtree_range(o), true).matter_head = o;
    }
}

/// "could pay a third", "might look at a smaller dam": open where nothing stronger is known.
fn could(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) {
    let pictured =
        lemma(cx, v) == "see" && clause_child(cx, v, &["ccomp", "xcomp"], |c| cx.token(c).tag == "VBG").is_some();
    let together = lemma(cx, v) == "work" && cx.parse.children_with(v, &["prep"]).any(|p| lower(cx, p) == "with");
    let idle = is("idle", lemma(cx, v)) && !pictured && !together;
    if idle || is("harm", lemma(cx, v)) && !harmless(cx, v) || passive(cx, v) {
        return;
    }
    // "can see the fee going"; "we can wait" tells of power; "we can discuss it" of willingness
    if f.modal == Some(Modal::Can) && !pictured && !is("yielding", lemma(cx, v)) {
        return;
    }
    // "might start logging if nothing comes of it"
    let ill = |i: usize| is("mishap", lemma(cx, i)) || matches!(lower(cx, i), "nothing" | "no" | "not" | "n't" | "n’t");
    let menace = cx.parse.children_with(v, &["advcl"]).any(|c| {
        cx.parse.child(c, &["mark"]).is_some_and(|m| lower(cx, m) == "if") && cx.parse.subtree_range(c).any(ill)
    });
    let act = if is("paying", lemma(cx, v)) { Act::Offer } else { Act::OpenTo };
    let open = Stand { act, polarity: Polarity::Open };
    let threat = Stand { act: Act::Threaten, polarity: Polarity::None };
    push(out, COULD, 0.55, v, Some(s), if menace { threat } else { open }, f, false, verb_phrase(cx, v), true);
}

/// "we will publish the readings"; a verb of harm makes it a threat.
fn will(cx: &Context<'_>, v: usize, s: usize, voiced: bool, f: Force, out: &mut Vec<Candidate>) {
    if is("idle", lemma(cx, v)) || is("schedule", lemma(cx, v)) || is("transparent", lemma(cx, v)) || passive(cx, v) {
        return;
    }
    if rather(cx, v, s, f, out) {
        return;
    }
    // "will face each other": the diary
    let each_other = |o: usize| lower(cx, o) == "other" || lower(cx, o) == "another";
    if cx.parse.child(v, &["dobj"]).is_some_and(each_other) {
        return;
    }
    // "will have noted": what is taken to be done; "would rather walk away": what is liked better
    if f.perfect || cx.parse.children_with(v, &["advmod"]).any(|a| lower(cx, a) == "rather") {
        return;
    }
    // "not going to pay for all and take home half": the denial is of both together
    if dep(cx, v) == "conj" && force(cx, cx.parse.head(v)).negated {
        return;
    }
    let harm = is("harm", lemma(cx, v)) && !harmless(cx, v) || in_court(cx, v);
    let stand = if harm || clause::unless(cx, v) || menaced(cx, v) {
        Stand { act: Act::Threaten, polarity: Polarity::None }
    } else if is("talking", lemma(cx, v)) {
        Stand { act: Act::OpenTo, polarity: Polarity::Open }
    } else {
        Stand { act: Act::Promise, polarity: Polarity::For }
    };
    let confidence = if voiced { 0.5 } else { 0.3 };
    push(out, WILL, confidence, v, Some(s), stand, f, false, verb_phrase(cx, v), true);
}

/// "leave the headquarters where it is", "leave the choice to a vote", "stop felling by 2040" do no harm.
fn harmless(cx: &Context<'_>, v: usize) -> bool {
    let object = cx.parse.children_with(v, &["dobj", "nsubj"]).find(|&o| o > v);
    let kept = |i: usize| matches!(lower(cx, i), "where" | "alone" | "intact" | "untouched" | "as" | "to" | "in");
    let served = |c: usize| is("service", lemma(cx, c));
    if object.is_some_and(|o| is("burden", lemma(cx, o)))
        && matches!(lemma(cx, v), "suspend" | "cancel" | "halt" | "stop" | "withdraw" | "pull" | "close" | "end")
    {
        return true;
    }
    match lemma(cx, v) {
        "leave" => object.is_some_and(|o| !is("seat", lemma(cx, o))) && cx.parse.subtree_range(v).any(kept),
        "stop" | "halt" | "cease" => {
            clause_child(cx, v, &["xcomp", "ccomp"], |c| cx.token(c).tag == "VBG").is_some_and(|c| !served(c))
        }
        _ => false,
    }
}

/// "will go to court", "will see them before a judge".
fn in_court(cx: &Context<'_>, v: usize) -> bool {
    matches!(lemma(cx, v), "go" | "take" | "see" | "bring" | "turn" | "drag" | "haul")
        && cx.parse.children_with(v, &["prep"]).any(|p| {
            matches!(lower(cx, p), "to" | "before" | "in" | "into")
                && cx.parse.child(p, &["pobj"]).is_some_and(|o| is("bench", lemma(cx, o)))
        })
}

/// Whether the clause is what somebody warned or threatened, with a condition to it: "if ..., they would ..., warned X".
pub(super) fn menaced(cx: &Context<'_>, v: usize) -> bool {
    let conditional = cx
        .parse
        .children_with(v, &["advcl"])
        .any(|c| cx.parse.child(c, &["mark"]).is_some_and(|m| lower(cx, m) == "if"));
    let head = cx.parse.head(v);
    conditional && dep(cx, v) == "ccomp" && matches!(lemma(cx, head), "warn" | "threaten" | "caution")
}

/// "rosters could be looked at", "that part could be signed": the speaker does not exclude it.
fn could_be(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) {
    if is("idle", lemma(cx, v)) || is("harm", lemma(cx, v)) || clause::agent(cx, v).is_some() {
        return;
    }
    let open = Stand { act: Act::OpenTo, polarity: Polarity::Open };
    push(out, COULD, 0.5, v, None, open, f, false, cx.parse.subtree_range(s), true).matter_head = s;
}

/// "the duty stays where it is" keeps it; "the clause comes first" puts it before all else.
fn stays(cx: &Context<'_>, v: usize, s: usize, denied: bool, f: Force, out: &mut Vec<Candidate>) -> bool {
    let first = cx.parse.children(v).any(|c| lower(cx, c) == "first");
    let kept = cx
        .parse
        .children(v)
        .any(|c| c > v && matches!(dep(cx, c), "advcl" | "ccomp" | "acl" | "prep" | "acomp" | "advmod"))
        && cx.parse.tokens.get(v + 1).is_some_and(|t| {
            // "remains in force", not "in the calendar"
            let after = cx.parse.tokens.get(v + 2).map_or("", |t| t.lower.as_str());
            let waits = cx.parse.children_with(v, &["advcl"]).any(|c| {
                cx.parse.child(c, &["mark"]).is_some_and(|m| matches!(lower(cx, m), "until" | "unless" | "till"))
            });
            let held = t.lower != "in" || waits || matches!(after, "force" | "place" | "effect" | "full");
            held && is("kept", &t.lower) || is("shut", &t.lower)
        });
    let act = match lemma(cx, v) {
        "come" if first && !denied => Act::Demand,
        "stay" | "remain" if kept && !denied && !acts(cx, s) => Act::Refuse,
        _ => return false,
    };
    // "the loan stays frozen"
    let shut = act == Act::Refuse && is("shut", lower(cx, v + 1));
    let stand = Stand { act, polarity: if shut { Polarity::Against } else { Polarity::For } };
    push(out, STAYS, 0.5, v, None, stand, f, false, cx.parse.subtree_range(s), true).matter_head = s;
    true
}

/// "Take the weekends off us", said to the other side.
fn imperative(cx: &Context<'_>, v: usize, out: &mut Vec<Candidate>) {
    let bare = cx.token(v).tag == "VB" && cx.parse.child(v, &["aux", "mark"]).is_none();
    let object = cx.parse.child(v, &["dobj"]).filter(|&o| o > v);
    if !bare || object.is_none() || !(cx.parse.is_root(v) || dep(cx, v) == "ccomp") || is("idle", lemma(cx, v)) {
        return;
    }
    let f = force(cx, v);
    // "Bend a fence and the goats are out" warns, "leave the small ones alone" forbids
    let warns = cx
        .parse
        .children_with(v, &["conj"])
        .any(|c| is_verb(cx, c) && cx.parse.child(c, &["nsubj", "nsubjpass", "expl"]).is_some());
    let spared = lemma(cx, v) == "leave" && cx.parse.children(v).any(|c| c > v && lower(cx, c) == "alone");
    let stand = if f.negated || warns || spared {
        Stand { act: Act::Oppose, polarity: Polarity::Against }
    } else {
        Stand { act: Act::Demand, polarity: Polarity::For }
    };
    push(out, IMPERATIVE, 0.5, v, None, stand, f, f.negated, verb_phrase(cx, v), true);
}

/// "Twelve percent into the fund": a number and where it is to go, and nothing else.
fn bare_number(cx: &Context<'_>, n: usize) -> bool {
    let number = cx.token(n).pos == "NUM" || cx.parse.child(n, &["nummod"]).is_some();
    let aimed =
        cx.parse.children_with(n, &["prep"]).any(|p| p > n && matches!(lower(cx, p), "into" | "for" | "from" | "by"));
    let verbless = cx.parse.subtree_range(n).all(|i| !is_verb(cx, i));
    // "Six hundred and twenty": a number said alone
    let alone = cx.token(n).pos == "NUM"
        && cx.parse.subtree_range(n).len() > 1
        && cx.parse.subtree_range(n).all(|i| !matches!(cx.token(i).pos.as_str(), "NOUN" | "PROPN" | "ADJ" | "PRON"));
    number && (aimed || alone) && verbless && !matches!(cx.token(n).ent.as_str(), "DATE" | "TIME")
}

/// Whether the word opens a phrase of its own: "First the money", not "First money".
fn marked(cx: &Context<'_>, i: usize) -> bool {
    cx.parse.tokens.get(i).is_some_and(|t| matches!(t.dep.as_str(), "det" | "poss") || t.pos == "DET")
}

/// "No number, no court", "Water first": a demand or a refusal without a verb.
pub(super) fn fragment(cx: &Context<'_>, n: usize, voices: &Voices, out: &mut Vec<Candidate>) {
    if !matches!(cx.token(n).pos.as_str(), "NOUN" | "PROPN" | "NUM") {
        return;
    }
    let mut at = n;
    while matches!(dep(cx, at), "conj" | "appos") && at != cx.parse.head(at) {
        at = cx.parse.head(at);
    }
    let verbless = |i: usize| {
        !is_verb(cx, i) && cx.parse.child(i, &["nsubj", "cop", "aux", "relcl"]).is_none_or(|c| dep(cx, c) == "relcl")
    };
    // a fragment hangs on nothing, or on a word outside its quotation
    let said = voices.of(cx.parse.head(at)) != voices.of(n);
    if !(cx.parse.is_root(at) || said) || !verbless(at) {
        return;
    }
    let words = clause::phrase(cx, n);
    let first = [words.end.saturating_sub(1), words.end]
        .iter()
        .any(|&k| k > n && cx.parse.tokens.get(k).is_some_and(|t| t.lower == "first"));
    let f = force(cx, n);
    let opens = lower(cx, words.start);
    let all = n == at && matches!(opens, "every" | "each" | "all")
        || opens == "first" && n == at && marked(cx, words.start + 1);
    let stand = if empty_phrase(cx, n) {
        Stand { act: Act::Reject, polarity: Polarity::Against }
    } else if n == at && (first || all || bare_number(cx, n)) {
        Stand { act: Act::Demand, polarity: Polarity::For }
    } else {
        return;
    };
    push(out, FRAGMENT, 0.55, n, None, stand, f, stand.act == Act::Reject, words, true);
}
