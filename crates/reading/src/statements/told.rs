//! What plain words of speech say of a matter, without a verb of a stand: "you do not sell a river", "the missiles have no
//! place here", "let them vote", "a pause would not do".

use super::candidate::Candidate;
use super::clause::{Force, Modal, dep, empty_phrase, force, infinitive, is_verb, lemma, lower, passive, subject};
use super::holder::{acts, own_side};
use super::lexicon::{Stand, is};
use super::modals::{push, verb_phrase};
use super::verdicts::counted;
use crate::Context;
use crate::model::{Act, Mode, Polarity, Rule};

const ONE: Rule = Rule("statement.one-does-not.v1");
const PLACE: Rule = Rule("statement.no-place.v1");
const POWERLESS: Rule = Rule("statement.no-power.v1");
const NOT_TO_BE: Rule = Rule("statement.not-to-be.v1");
const MEANS: Rule = Rule("statement.means.v1");
const NONE_WITHOUT: Rule = Rule("statement.none-without.v1");
const LET: Rule = Rule("statement.let.v1");
const ENOUGH: Rule = Rule("statement.would-do.v1");
const HARMS: Rule = Rule("statement.would-ruin.v2");

const AGAINST: Polarity = Polarity::Against;

/// Stands of the clause headed by `v`, inside somebody's quotation.
pub(super) fn find(cx: &Context<'_>, v: usize, voice: Option<Mode>, out: &mut Vec<Candidate>) {
    let Some(mode) = voice.filter(|_| is_verb(cx, v)) else { return };
    if matches!(dep(cx, v), "aux" | "auxpass" | "amod" | "compound" | "relcl" | "acl" | "pcomp" | "csubj") {
        return;
    }
    if allowed(cx, v, out) || dep(cx, v) == "advcl" {
        return;
    }
    let Some(s) = subject(cx, v) else { return };
    let f = force(cx, v);
    let _ = mode == Mode::Direct && one_does_not(cx, v, s, f, out)
        || no_place(cx, v, s, f, out)
        || would_do(cx, v, s, f, out)
        || powerless(cx, v, f, out)
        || not_to_be(cx, v, s, f, out)
        || over_again(cx, v, s, f, out)
        || ruins(cx, v, s, f, out)
        || sees_none(cx, v, s, f, out);
}

/// "Let them vote", "let the guns be silent": asked of the other side.
fn allowed(cx: &Context<'_>, v: usize, out: &mut Vec<Candidate>) -> bool {
    let bare = lemma(cx, v) == "let"
        && matches!(cx.token(v).tag.as_str(), "VB" | "VBP")
        && cx.parse.child(v, &["nsubj", "aux", "neg"]).is_none();
    let again = lemma(cx, cx.parse.head(v)) == "let" && !cx.parse.is_root(v);
    let said = !again && (cx.parse.is_root(v) || matches!(dep(cx, v), "ccomp" | "conj" | "advcl" | "parataxis"));
    let Some(c) = cx.parse.children_with(v, &["ccomp", "xcomp"]).find(|&c| c > v).filter(|_| bare && said) else {
        return false;
    };
    let Some(s) = cx.parse.child(c, &["nsubj", "nsubjpass"]) else { return false };
    let other = !matches!(lower(cx, s), "me" | "us" | "'s" | "’s" | "there" | "nobody") && !empty_phrase(cx, s);
    if !other || force(cx, c).negated || is("mind", lemma(cx, c)) && lemma(cx, c) != "be" {
        return false;
    }
    let f = force(cx, v);
    let demand = Stand { act: Act::Demand, polarity: Polarity::For };
    push(out, LET, 0.5, v, None, demand, f, false, cx.parse.subtree_range(c), true);
    if let Some(last) = out.last_mut() {
        last.matter_head = c;
        last.governs = Some(c);
    }
    true
}

/// "You do not hand a thief the keys", "you cannot vote a river uphill": what no one does, the speaker opposes.
fn one_does_not(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let anyone = matches!(lower(cx, s), "you" | "one");
    let general = matches!(f.modal, None | Some(Modal::Can)) && !f.past && !f.perfect;
    let object = cx.parse.child(v, &["dobj", "prep", "dative"]).is_some_and(|o| o > v);
    if !(anyone && f.negated && general && object) || passive(cx, v) || is("mind", lemma(cx, v)) {
        return false;
    }
    let stand = Stand { act: Act::Oppose, polarity: AGAINST };
    push(out, ONE, 0.5, v, None, stand, f, true, verb_phrase(cx, v), false);
    true
}

/// "The missiles have no place at this table", "that list has no business here".
fn no_place(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let object = cx.parse.child(v, &["dobj"]).filter(|&o| o > v && lemma(cx, v) == "have");
    let Some(o) = object.filter(|&o| matches!(lemma(cx, o), "place" | "business" | "room" | "standing" | "role"))
    else {
        return false;
    };
    let denied = f.negated ^ empty_phrase(cx, o);
    let placed = cx.parse.children_with(o, &["prep", "advmod"]).any(|p| p > o)
        || cx.parse.children_with(v, &["prep", "advmod"]).any(|p| p > o);
    if !denied || !placed || f.past && f.perfect || own_side(cx, s) || acts(cx, s) {
        return false;
    }
    let stand = Stand { act: Act::Reject, polarity: AGAINST };
    push(out, PLACE, 0.55, v, None, stand, f, true, cx.parse.subtree_range(s), false).matter_head = s;
    true
}

/// "It is not in his power to part with a village".
fn powerless(cx: &Context<'_>, v: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let power = cx
        .parse
        .children_with(v, &["prep"])
        .filter(|&p| lower(cx, p) == "in" || lower(cx, p) == "within")
        .filter_map(|p| cx.parse.child(p, &["pobj"]))
        .find(|&o| lemma(cx, o) == "power");
    let todo = power.and_then(|o| {
        let below = cx.parse.children_with(o, &["acl", "relcl"]).chain(cx.parse.children_with(v, &["xcomp", "advcl"]));
        below.filter(|&c| c > o).find(|&c| infinitive(cx, c))
    });
    let Some(c) = todo.filter(|_| f.negated && lemma(cx, v) == "be") else { return false };
    let stand = Stand { act: Act::Refuse, polarity: AGAINST };
    push(out, POWERLESS, 0.55, v, None, stand, f, true, cx.parse.subtree_range(c), true).matter_head = c;
    true
}

/// "Borders are not to be redrawn by gunfire".
fn not_to_be(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let todo = cx.parse.children_with(v, &["xcomp"]).find(|&c| c > v && infinitive(cx, c) && passive(cx, c));
    let Some(c) = todo.filter(|_| lemma(cx, v) == "be" && f.negated && f.modal.is_none() && !acts(cx, s)) else {
        return false;
    };
    let stand = Stand { act: Act::Oppose, polarity: AGAINST };
    push(
        out,
        NOT_TO_BE,
        0.5,
        v,
        None,
        stand,
        f,
        true,
        cx.parse.subtree_range(s).start..cx.parse.subtree_range(c).end,
        false,
    )
    .matter_head = s;
    true
}

/// "January means January": held fast.
fn over_again(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let same = cx.parse.child(v, &["dobj"]).is_some_and(|o| o > v && lower(cx, o) == lower(cx, s));
    if lemma(cx, v) != "mean" || !same || f.negated || f.modal.is_some() {
        return false;
    }
    let demand = Stand { act: Act::Demand, polarity: Polarity::For };
    push(out, MEANS, 0.5, v, None, demand, f, false, cx.parse.subtree_range(s), false).matter_head = s;
    true
}

/// "A pause would only help them", "the levy would cost growers their farms": what a thing would do tells against it.
fn ruins(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let only =
        cx.parse.children_with(v, &["advmod"]).any(|a| a < v && matches!(lower(cx, a), "only" | "merely" | "simply"));
    let object = cx.parse.child(v, &["dobj", "ccomp", "xcomp", "dative"]).is_some_and(|o| o > v);
    let event = is("mishap", lemma(cx, s)) || is("state", lemma(cx, s));
    let thing = matches!(cx.token(s).pos.as_str(), "NOUN") && !acts(cx, s) && !own_side(cx, s);
    if f.modal != Some(Modal::Would) || f.negated || f.perfect || passive(cx, v) || !object || event || !thing {
        return false;
    }
    let harms = is("ruining", lemma(cx, v)) || only && is("worsening", lemma(cx, v));
    if !harms || empty_phrase(cx, s) {
        return false;
    }
    let stand = Stand { act: Act::Oppose, polarity: AGAINST };
    push(out, HARMS, 0.45, v, None, stand, f, false, cx.parse.subtree_range(s), true).matter_head = s;
    true
}

/// "sees no peace without a border": the border is asked for.
fn sees_none(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let now = !f.past && !f.perfect;
    let object = cx.parse.child(v, &["dobj"]).filter(|&o| o > v && now && (f.negated ^ empty_phrase(cx, o)));
    let Some(o) = object.filter(|_| matches!(lemma(cx, v), "see" | "imagine" | "expect")) else { return false };
    let without = |h: usize| cx.parse.children_with(h, &["prep"]).find(|&p| lower(cx, p) == "without");
    let Some(wanted) = without(v).or_else(|| without(o)).and_then(|p| cx.parse.child(p, &["pobj"])) else {
        return false;
    };
    let demand = Stand { act: Act::Demand, polarity: Polarity::For };
    push(out, NONE_WITHOUT, 0.5, v, Some(s), demand, f, true, cx.parse.subtree_range(wanted), false).matter_head =
        wanted;
    true
}

/// "October would do", "forty will suffice"; "a pause would not do": less than what is wanted is turned down for more.
fn would_do(cx: &Context<'_>, v: usize, s: usize, f: Force, out: &mut Vec<Candidate>) -> bool {
    let alone = cx.parse.child(v, &["dobj", "prep", "advmod", "xcomp", "ccomp", "attr", "acomp"]).is_none();
    let will = matches!(f.modal, Some(Modal::Will | Modal::Would));
    if !(will && alone && matches!(lemma(cx, v), "do" | "suffice")) || acts(cx, s) || cx.token(s).pos == "PRON" {
        return false;
    }
    let measured = counted(cx, s) || matches!(cx.token(s).ent.as_str(), "DATE" | "PERCENT" | "MONEY" | "CARDINAL");
    let stand = match f.negated || empty_phrase(cx, s) {
        true => Stand { act: Act::Reject, polarity: Polarity::For },
        false if measured => Stand { act: Act::OpenTo, polarity: Polarity::Open },
        false => return false,
    };
    push(out, ENOUGH, 0.5, v, None, stand, f, f.negated, cx.parse.subtree_range(s), true).matter_head = s;
    true
}
