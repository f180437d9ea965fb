//! Verbs with the complements that make them stands (`lexicons/acts.tsv`), with control, negation and modals.

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{
    self, Modal, clause_child, coordinated, dep, empty_phrase, force, infinitive, is_nominal, is_verb, lemma, lower,
    range_without, subject,
};
use super::holder::{acronym, acts, own_side, side_of};
use super::lexicon::{Frame, NOUNS, Stand, VERBS, is, negated};
use super::lists::{split, split_clauses, split_prepositions};
use super::phrases;
use super::verdicts;
use crate::Context;
use crate::model::{Act, Polarity, Rule};
use crate::syntax_help::is_finite;

const VERB: Rule = Rule("statement.verb-complement.v1");
const ANSWER: Rule = Rule("statement.answer.v1");

/// Objects that name nothing.
const NO_OBJECT: &[&str] = &["himself", "herself", "itself", "themselves", "each", "other", "way", "what", "who"];

/// What fills a frame.
pub(super) struct Filled {
    pub(super) matter: Range<usize>,
    pub(super) head: usize,
    pub(super) target: Option<usize>,
    /// Negation inside the complement ("vowed not to").
    pub(super) negated: bool,
    pub(super) governs: Option<usize>,
    pub(super) split: Vec<(usize, Range<usize>)>,
}

/// Stands of the verb `v`.
pub(super) fn find(cx: &Context<'_>, v: usize, out: &mut Vec<Candidate>) {
    if !is_verb(cx, v) || matches!(dep(cx, v), "aux" | "auxpass" | "amod" | "compound") {
        return;
    }
    if questioned(cx, v) || joins(cx, v) || enabled(cx, v) || clause::asked(cx, v) {
        return;
    }
    answers(cx, v, out);
    let particle = clause::particle(cx, v);
    let key = lemma(cx, v).to_lowercase();
    let with_particle = particle.map(|(p, w)| (p, format!("{key}_{w}")));
    if verdicts::labels(cx, v, &key, out) {
        return;
    }
    if let Some((p, key)) = &with_particle
        && let Some(entries) = VERBS.get(key.as_str())
    {
        for e in entries {
            if let Some(filled) = fill(cx, v, &e.frames, Some(*p)) {
                push(cx, v, Some(*p), e.stand, filled, out);
                return;
            }
        }
    }
    if let Some((stand, filled)) = phrases::find(cx, v, &key) {
        push(cx, v, None, stand, filled, out);
        return;
    }
    for e in VERBS.get(key.as_str()).map(Vec::as_slice).unwrap_or_default() {
        if let Some(filled) = fill(cx, v, &e.frames, None) {
            push(cx, v, None, e.stand, filled, out);
            return;
        }
    }
}

/// "whether they support it", "are to sign": nothing is said of a stand taken.
fn questioned(cx: &Context<'_>, v: usize) -> bool {
    let mut at = v;
    for _ in 0..3 {
        if cx.parse.child(at, &["mark"]).is_some_and(|m| lower(cx, m) == "whether") {
            return true;
        }
        if !matches!(dep(cx, at), "xcomp" | "conj" | "acomp") {
            break;
        }
        at = cx.parse.head(at);
    }
    let head = cx.parse.head(v);
    dep(cx, v) == "xcomp" && infinitive(cx, v) && lemma(cx, head) == "be"
        || matches!(dep(cx, v), "advcl" | "acl") && infinitive(cx, v)
}

/// "allowing it to block the deal", "rather than accept it": what could be done, or is not.
fn enabled(cx: &Context<'_>, v: usize) -> bool {
    let head = cx.parse.head(v);
    let allowed = matches!(dep(cx, v), "xcomp" | "ccomp") && infinitive(cx, v) && is("enabling", lemma(cx, head));
    let instead = cx.parse.children(v).any(|c| c < v && matches!(lower(cx, c), "than" | "rather"))
        || v > 0 && matches!(lower(cx, v - 1), "than")
        || dep(cx, v) == "pcomp"
            && matches!(lower(cx, head), "of" | "than")
            && matches!(lower(cx, head.saturating_sub(1)), "instead" | "rather" | "short");
    allowed || instead
}

/// A matter without who stands where behind it: "deleting the clause [, opposed by Bolivia]".
fn before_joiner(cx: &Context<'_>, v: usize, range: Range<usize>) -> Range<usize> {
    let set_off = |&k: &usize| k > v && k > range.start && lower(cx, k - 1) == "," && joins(cx, k);
    let end = range.clone().find(set_off).map_or(range.end, |k| k - 1);
    range.start..end.max(range.start + 1)
}

/// "Chile, supported by Peru, said": a stand beside another's, read by itself (`speech::supporters`).
pub(super) fn joins(cx: &Context<'_>, v: usize) -> bool {
    cx.token(v).tag == "VBN"
        && is("joins", lemma(cx, v))
        && clause::agent(cx, v).is_some()
        && cx.parse.child(v, &["auxpass", "nsubjpass", "aux"]).is_none()
        && matches!(dep(cx, v), "acl" | "advcl" | "conj" | "dep" | "relcl" | "appos")
        && (dep(cx, v) != "conj" || !clause::passive(cx, cx.parse.head(v)) || joins(cx, cx.parse.head(v)))
}

/// "said no", "says yes": an answer to what was asked before.
fn answers(cx: &Context<'_>, v: usize, out: &mut Vec<Candidate>) {
    if !matches!(lemma(cx, v), "say" | "vote" | "answer") {
        return;
    }
    let word = v + 1;
    let ends =
        |i: usize| cx.parse.tokens.get(i).is_none_or(|t| matches!(t.pos.as_str(), "PUNCT" | "ADP" | "ADV" | "CCONJ"));
    if !cx.parse.tokens.get(word).is_some_and(|t| matches!(t.lower.as_str(), "no" | "yes")) || !ends(word + 1) {
        return;
    }
    let Some(holder) = subject(cx, v) else { return };
    let stand = match lower(cx, word) {
        "no" => Stand { act: Act::Reject, polarity: Polarity::Against },
        _ => Stand { act: Act::Accept, polarity: Polarity::For },
    };
    let f = force(cx, v);
    out.push(Candidate {
        rule: ANSWER,
        confidence: 0.6,
        predicate: v,
        predicate_words: v..word + 1,
        holder: Some(holder),
        stand: if f.negated { Stand { act: Act::OpenTo, polarity: Polarity::Open } } else { stand },
        negated: f.negated,
        modality: f.modality,
        matter: word..word + 1,
        matter_head: word,
        target: None,
        clausal: true,
        weak: false,
        governs: None,
        future: false,
    });
}

/// Tries the frames in an order that prefers the longer complement.
fn fill(cx: &Context<'_>, v: usize, frames: &[Frame], particle: Option<usize>) -> Option<Filled> {
    let rank = |f: &Frame| match f {
        Frame::NpP(_) | Frame::PTo(_) | Frame::NpThat => 0,
        Frame::NpTo => 1,
        Frame::To => 2,
        Frame::That => 3,
        Frame::Ing => 4,
        Frame::P(_) => 5,
        Frame::Np => 6,
        Frame::Own => 7,
        Frame::Bare => 8,
    };
    let mut order: Vec<&Frame> = frames.iter().collect();
    order.sort_by_key(|f| rank(f));
    order.into_iter().find_map(|f| one_frame(cx, v, f, particle))
}

fn object(cx: &Context<'_>, v: usize) -> Option<usize> {
    if clause::passive(cx, v) {
        let own = cx.parse.child(v, &["nsubjpass"]);
        return own
            .or_else(|| if dep(cx, v) == "acl" { Some(cx.parse.head(v)) } else { subject(cx, v) })
            .filter(|&o| is_nominal(cx, o) || is_verb(cx, o));
    }
    if let Some(o) = cx.parse.children_with(v, &["dobj", "attr", "oprd"]).find(|&o| is_nominal(cx, o)) {
        // "the duty, which Kessmark rejects"
        if matches!(cx.token(o).tag.as_str(), "WDT" | "WP") && dep(cx, v) == "relcl" {
            return Some(cx.parse.head(v)).filter(|&h| is_nominal(cx, h));
        }
        return Some(o);
    }
    None
}

fn one_frame(cx: &Context<'_>, v: usize, frame: &Frame, particle: Option<usize>) -> Option<Filled> {
    let whole = |head: usize, range: Range<usize>| Filled {
        matter: range,
        head,
        target: None,
        negated: false,
        governs: None,
        split: Vec::new(),
    };
    let clausal = |c: usize, target: Option<usize>| {
        let f = force(cx, c);
        let parts = split_clauses(cx, c);
        let negated = cx.parse.children(c).any(|n| dep(cx, n) == "neg" && n < c) && f.negated;
        let mut range = clause_range(cx, c);
        let mut head = c;
        if range.start < v {
            // "the cranes that they want to bring in": what is held is the noun the clause tells of
            let relative = dep(cx, v) == "relcl" && cx.parse.head(v) < v;
            (head, range) =
                if relative { (cx.parse.head(v), clause::phrase(cx, cx.parse.head(v))) } else { (c, v + 1..range.end) };
        }
        let split = if head == c && range.start >= v { parts } else { Vec::new() };
        Filled { negated, target, governs: Some(c), split, ..whole(head, range) }
    };
    match frame {
        Frame::Np => {
            let found = object(cx, v);
            if found.is_none_or(|o| lower(cx, o) == "what")
                && let Some(named) = cleft(cx, v)
            {
                return Some(whole(named, cx.parse.subtree_range(named)));
            }
            // "laughed off the bid": the parse takes the particle for a preposition
            let o = found.or_else(|| particle.and_then(|p| cx.parse.child(p, &["pobj"])))?;
            // "supported 2030" is about a year, "met Monday" about none
            let time = matches!(cx.token(o).ent.as_str(), "DATE" | "TIME") && !(cx.token(o).tag == "CD" && o > v);
            if NO_OBJECT.contains(&lower(cx, o)) || time {
                return None;
            }
            if particle.is_some_and(|p| p < v) {
                return None;
            }
            let parts = split(cx, o);
            Some(Filled { split: parts, ..whole(o, object_range(cx, v, o)) })
        }
        Frame::To => {
            let c = clause_child(cx, v, &["xcomp", "ccomp", "advcl"], |c| {
                infinitive(cx, c) && cx.parse.child(c, &["nsubj", "nsubjpass"]).is_none()
            })?;
            if clause::passive(cx, v) || cx.parse.child(v, &["dobj"]).is_some_and(|o| o < c) {
                return None;
            }
            Some(clausal(c, None))
        }
        Frame::NpTo => {
            // "wants T to X", "wants X done": a clause with its own subject
            if let Some(c) = clause_child(cx, v, &["ccomp", "xcomp"], |c| {
                cx.parse.child(c, &["nsubj", "nsubjpass"]).is_some_and(|s| s > v)
                    && !is_finite(cx, c)
                    && cx.parse.child(c, &["mark"]).is_none_or(|m| lower(cx, m) == "for")
            }) {
                let s = cx.parse.child(c, &["nsubj", "nsubjpass"])?;
                // "told them which parts they reject": a question within
                // "wants whatever is agreed to be paid" asks nothing
                let asks = |i: usize| cx.token(i).tag.starts_with('W') && !lower(cx, i).ends_with("ever");
                if cx.parse.subtree_range(c).take(2).any(asks) {
                    return None;
                }
                return Some(clausal(c, Some(s).filter(|&s| acts(cx, s))));
            }
            let o = if clause::passive(cx, v) {
                cx.parse.child(v, &["nsubjpass"])?
            } else {
                cx.parse.child(v, &["dobj", "dative"])?
            };
            let c = clause_child(cx, v, &["xcomp", "ccomp", "advcl"], |c| infinitive(cx, c) && c > o)?;
            Some(clausal(c, Some(o).filter(|&o| acts(cx, o))))
        }
        Frame::That | Frame::NpThat => {
            let c = clause_child(cx, v, &["ccomp", "advcl", "acl"], |c| {
                is_clause(cx, c)
                    && !infinitive(cx, c)
                    && (dep(cx, c) == "ccomp" || cx.parse.child(c, &["mark"]).is_some_and(|m| lower(cx, m) == "that"))
                    && cx
                        .parse
                        .child(c, &["mark"])
                        .is_none_or(|m| !matches!(lower(cx, m), "whether" | "if") && !proviso(cx, m))
            })?;
            let target = cx.parse.child(v, &["dobj", "dative"]).filter(|&o| o < c && acts(cx, o));
            let mut f = clausal(c, target);
            f.negated = false;
            Some(f)
        }
        Frame::Ing => {
            // "suggested including a fund": the parse takes the word for a preposition
            let word = cx.parse.children_with(v, &["prep"]).find(|&p| p == v + 1 && cx.token(p).tag == "VBG");
            if let Some(p) = word {
                return Some(whole(p, cx.parse.subtree_range(p)));
            }
            let c = clause_child(cx, v, &["xcomp", "ccomp", "dobj"], |c| {
                cx.token(c).tag == "VBG"
                    || cx.parse.children(c).any(|a| dep(cx, a) == "aux" && cx.token(a).tag == "VBG")
            })?;
            Some(clausal(c, None))
        }
        Frame::P(p) => {
            // "withdraw its troops from the valley" is no withdrawal from a stand
            let object = cx.parse.child(v, &["dobj"]).filter(|&o| is_nominal(cx, o) && !reflexive(cx, o));
            if !clause::passive(cx, v) && object.is_some() {
                return None;
            }
            let prep = preposition(cx, v, p)?;
            // "the seat that the union had asked for": the noun the clause tells of
            let stranded = dep(cx, v) == "relcl" && cx.parse.children(prep).next().is_none();
            if let Some(h) = Some(cx.parse.head(v)).filter(|&h| stranded && h < v && is_nominal(cx, h)) {
                return Some(whole(h, clause::phrase(cx, h)));
            }
            let o = cx.parse.child(prep, &["pobj", "pcomp"])?;
            // "insists on July" names what is wanted, "insisted on Friday" when
            let firm =
                is("clinging", lemma(cx, v)) && !lower(cx, o).ends_with("day") || *p == "to" && cx.token(o).tag == "CD";
            let day =
                !firm && matches!(*p, "on" | "upon" | "to") && matches!(cx.token(o).ent.as_str(), "DATE" | "TIME");
            if day || NO_OBJECT.contains(&lower(cx, o)) {
                return None;
            }
            let parts = split_prepositions(cx, v, prep, p);
            Some(Filled { governs: is_verb(cx, o).then_some(o), split: parts, ..whole(o, prep_range(cx, prep)) })
        }
        Frame::NpP(p) => {
            let o = object(cx, v)?;
            let prep = preposition(cx, v, p).or_else(|| preposition(cx, o, p))?;
            let m = cx.parse.child(prep, &["pobj", "pcomp"])?;
            // "committed itself to a truce": nobody else is meant
            let reflexive = lower(cx, o).ends_with("self") || lower(cx, o).ends_with("selves");
            if !acts(cx, o) && !reflexive {
                return None;
            }
            Some(Filled {
                target: Some(o).filter(|_| !reflexive),
                governs: is_verb(cx, m).then_some(m),
                ..whole(m, prep_range(cx, prep))
            })
        }
        Frame::PTo(p) => {
            // "called for the talks to resume": the preposition opens the clause
            let opened =
                |c: usize| infinitive(cx, c) && cx.parse.child(c, &["mark"]).is_some_and(|m| lower(cx, m) == *p);
            if let Some(c) = clause_child(cx, v, &["advcl", "ccomp", "xcomp"], opened)
                && let Some(s) = cx.parse.child(c, &["nsubj", "nsubjpass"])
            {
                return Some(clausal(c, Some(s).filter(|&s| acts(cx, s))));
            }
            let prep = preposition(cx, v, p)?;
            let o = cx.parse.child(prep, &["pobj"])?;
            let c = clause_child(cx, v, &["xcomp", "advcl", "ccomp"], |c| infinitive(cx, c) && c > o)
                .or_else(|| clause_child(cx, o, &["acl", "relcl"], |c| infinitive(cx, c)))?;
            // "called for a draft to be kept": asked of nobody, so the draft is part of what is asked
            let asked = acts(cx, o) || *p != "for" && cx.parse.head(c) == v;
            asked.then(|| clausal(c, Some(o).filter(|&o| acts(cx, o))))
        }
        Frame::Bare => phrases::bare(cx, v).then(|| whole(v, v..v + 1)),
        Frame::Own => None,
    }
}

/// "on the condition that": the clause belongs to the noun before it, wherever the parse hangs it.
fn proviso(cx: &Context<'_>, mark: usize) -> bool {
    mark > 0
        && matches!(
            lower(cx, mark - 1),
            "condition" | "understanding" | "promise" | "proviso" | "assumption" | "grounds"
        )
}

/// "distanced itself from": the object is the subject over again.
fn reflexive(cx: &Context<'_>, o: usize) -> bool {
    matches!(lower(cx, o), "itself" | "himself" | "herself" | "themselves" | "ourselves" | "myself")
}

/// "What they want is a clause on strikes": what the copula names.
fn cleft(cx: &Context<'_>, v: usize) -> Option<usize> {
    let copula = cx.parse.head(v);
    let what = cx.parse.subtree_range(v).start;
    // "two seats are what the fund wants"
    if matches!(dep(cx, v), "ccomp" | "attr") && lemma(cx, copula) == "be" && copula < what && lower(cx, what) == "what"
    {
        return cx.parse.child(copula, &["nsubj"]).filter(|&s| is_nominal(cx, s) && cx.token(s).pos != "PRON");
    }
    if dep(cx, v) != "csubj" || lemma(cx, copula) != "be" || lower(cx, what) != "what" {
        return None;
    }
    // "what they want is no secret" names nothing
    cx.parse.child(copula, &["attr", "ccomp", "xcomp"]).filter(|&a| a > copula && !empty_phrase(cx, a))
}

fn is_clause(cx: &Context<'_>, c: usize) -> bool {
    is_verb(cx, c) || cx.parse.child(c, &["nsubj", "nsubjpass", "cop", "expl"]).is_some()
}

fn preposition(cx: &Context<'_>, v: usize, word: &str) -> Option<usize> {
    let here = |p: usize| {
        p > v && lower(cx, p) == word && matches!(dep(cx, p), "prep" | "dative" | "prt" | "agent" | "advmod" | "mark")
    };
    // "pushed back against", "came round to": the parse hangs the preposition on the particle
    let particle = clause::particle(cx, v).map(|(p, _)| p);
    let below = || particle.and_then(|p| cx.parse.children_with(p, &["prep"]).find(|&x| here(x)));
    cx.parse.children(v).find(|&p| here(p)).or_else(below).or_else(|| {
        // "accused them on Sunday of": the parse hangs what follows a day on the day
        let days = cx.parse.children_with(v, &["prep"]).filter_map(|p| cx.parse.child(p, &["pobj"]));
        days.chain(cx.parse.children_with(v, &["npadvmod"]))
            .filter(|&d| matches!(cx.token(d).ent.as_str(), "DATE" | "TIME"))
            .find_map(|d| cx.parse.children_with(d, &["prep"]).find(|&p| here(p)))
    })
}

/// The clause of a complement with its marks, without what follows by coordination with a subject of its own.
fn clause_range(cx: &Context<'_>, c: usize) -> Range<usize> {
    range_without(cx, c, |k| {
        k > c
            && (matches!(dep(cx, k), "punct" | "parataxis")
                || set_off_participle(cx, k)
                || contrast(cx, k)
                || clause::reason(cx, k)
                || (dep(cx, k) == "conj" && cx.parse.child(k, &["nsubj", "nsubjpass"]).is_some()))
    })
}

/// ", while Peru opposed it": another's stand.
fn contrast(cx: &Context<'_>, k: usize) -> bool {
    dep(cx, k) == "advcl"
        && cx.parse.child(k, &["mark"]).is_some_and(|m| matches!(lower(cx, m), "while" | "whereas"))
        && cx.parse.child(k, &["nsubj"]).is_some()
}

/// ", opposed by Bolivia": says who else stands where, not what the noun is.
fn set_off_participle(cx: &Context<'_>, k: usize) -> bool {
    cx.token(k).tag == "VBN" && dep(cx, k) == "acl" && is("joins", lemma(cx, k)) && clause::agent(cx, k).is_some()
}

pub(super) fn noun_range(cx: &Context<'_>, o: usize) -> Range<usize> {
    range_without(cx, o, |k| k > o && (matches!(dep(cx, k), "punct" | "parataxis") || set_off_participle(cx, k)))
}

/// The object with the phrases after it that belong to it, though the parse hangs them on the verb.
fn object_range(cx: &Context<'_>, v: usize, o: usize) -> Range<usize> {
    if o < v {
        // "the freeze, which they welcomed": the noun without its relative clause
        return if dep(cx, v) == "relcl" || dep(cx, v) == "acl" { clause::phrase(cx, o) } else { noun_range(cx, o) };
    }
    let mut range = noun_range(cx, o);
    for p in cx.parse.children_with(v, &["prep"]) {
        if p == range.end && matches!(lower(cx, p), "for" | "of" | "between" | "instead" | "against") {
            range.end = cx.parse.subtree_range(p).end;
        }
    }
    range
}

fn prep_range(cx: &Context<'_>, prep: usize) -> Range<usize> {
    cx.parse.subtree_range(prep)
}

fn push(cx: &Context<'_>, v: usize, particle: Option<usize>, stand: Stand, filled: Filled, out: &mut Vec<Candidate>) {
    let passive = clause::passive(cx, v);
    let holder = if passive { clause::agent(cx, v) } else { subject(cx, v) };
    let Some(holder) = holder else { return };
    if matches!(filled.target.map(|t| lower(cx, t)), Some("you")) {
        return;
    }
    // "asked not to be named", "declined to comment": nothing of the talks
    let name =
        |g: usize| is("printing", lemma(cx, g)) && cx.parse.child(g, &["dobj"]).is_some_and(|o| lemma(cx, o) == "name");
    let unsaid =
        |g: usize| is("anonymity", lemma(cx, g)) || is("unnamed", lemma(cx, g)) && clause::passive(cx, g) || name(g);
    if filled.governs.is_some_and(unsaid) || is("anonymity", lemma(cx, filled.head)) {
        return;
    }
    // "claims Donbas" asks for it, "claims a success" does not
    if lemma(cx, v) == "claim"
        && !(is("claimable", lemma(cx, filled.head)) || matches!(cx.token(filled.head).ent.as_str(), "GPE" | "LOC"))
    {
        return;
    }
    // "ordered his army to press on": one's own people are not the other side
    let ordered = matches!(lemma(cx, v), "order" | "instruct" | "tell")
        && filled.target.is_some_and(|t| cx.parse.child(t, &["poss"]).is_some_and(|p| cx.token(p).pos == "PRON"));
    if ordered {
        return;
    }
    let f = force(cx, v);
    // "would like a vote" asks politely, "likes a vote" tells a taste
    let wishes = is("wishing", lemma(cx, v));
    // "could imagine a vote" is open to it, "imagines a plot" is not
    if lemma(cx, v) == "imagine" && !matches!(f.modal, Some(Modal::Can | Modal::Could)) {
        return;
    }
    if wishes && f.modal != Some(Modal::Would) {
        return;
    }
    // "drafted it", "embraced nobody": nothing that could be quoted
    let somebody = matches!(lower(cx, filled.head), "nobody" | "everybody" | "everyone" | "somebody" | "someone");
    let pointed = stand.act == Act::Propose && matches!(lower(cx, filled.head), "it" | "them");
    if pointed || somebody && filled.governs.is_none() {
        return;
    }
    // "would have settled": what did not come about
    if f.perfect && matches!(f.modal, Some(Modal::Would | Modal::Could)) {
        return;
    }
    // "has pledged nothing so far": how things are, no stand
    if f.modal.is_none() && (f.past || f.perfect) && matches!(lower(cx, filled.head), "nothing" | "something") {
        return;
    }
    let own = own_side(cx, holder);
    // "nobody has refused": of no one in particular; "Peru must withdraw": the speaker's demand
    let nobody = !passive && empty_phrase(cx, holder) && cx.parse.child(holder, &["poss", "prep"]).is_none();
    if nobody && f.modal.is_none() || !own && matches!(f.modal, Some(Modal::Must | Modal::Should)) {
        return;
    }
    let least = least(cx, &filled.matter);
    let object_denied =
        is_nominal(cx, filled.head) && filled.governs.is_none() && !least && empty_phrase(cx, filled.head)
            || !passive && empty_phrase(cx, holder);
    let mut turned = f.negated ^ object_denied;
    let mut stand = stand;
    if stand.act == Act::Reject && is("charge", lemma(cx, filled.head)) {
        stand = Stand { act: Act::Deny, polarity: Polarity::None };
    }
    // "will settle for nothing less than ten", "wants no less than the whole": that is what is asked
    if least && matches!(stand.act, Act::Accept | Act::Concede | Act::OpenTo) && !turned {
        stand = Stand { act: Act::Demand, polarity: Polarity::For };
    } else if lemma(cx, v) == "settle" && turned {
        let act = if f.negated { Act::Refuse } else { Act::Demand };
        stand = Stand { act, polarity: Polarity::For };
    } else if is("undo", lemma(cx, v)) && !turned {
        let given_up = NOUNS.get(lemma(cx, filled.head)).and_then(|e| e.first()).map(|e| e.stand.act);
        // "withdrew its troops" gives up no stand
        if given_up.is_none() && lemma(cx, v) == "withdraw" && stand.act == Act::Concede {
            return;
        }
        match given_up {
            Some(Act::Offer | Act::Promise | Act::Accept | Act::Support | Act::Agree) => {
                stand = Stand { act: Act::Refuse, polarity: Polarity::Against };
            }
            // "dropped its demand for a lease": what was asked is asked no more
            Some(Act::Demand | Act::Request) => stand.polarity = Polarity::Against,
            _ => {}
        }
    } else if wishes && turned {
        stand = Stand { act: Act::Oppose, polarity: Polarity::Against };
    } else if matches!(lemma(cx, v), "want") && turned {
        let act = if filled.governs.is_some() { Act::Refuse } else { Act::Oppose };
        stand = Stand { act, polarity: Polarity::Against };
        turned = false;
    } else if turned {
        stand = if f.no_longer
            && matches!(stand.act, Act::Demand | Act::Request | Act::Oppose | Act::Reject | Act::Refuse)
        {
            Stand { act: Act::Concede, polarity: Polarity::Open }
        } else if f.perfect && stand.act == Act::Promise && clause::never(cx, v) {
            // "had never promised to stop"
            Stand { act: Act::Deny, polarity: Polarity::None }
        } else {
            negated(stand)
        };
    }
    if filled.negated {
        let bound = matches!(lemma(cx, v), "promise" | "pledge" | "undertake" | "commit");
        stand = match inner_negation(stand) {
            s if bound && s.act == Act::Refuse => Stand { act: Act::Promise, ..s },
            s => s,
        };
    }
    let mut stand = shaded(stand, f.modal, turned);
    // "would veto the deal unless": a refusal held out is a threat
    let held_out = matches!(f.modal, Some(Modal::Will | Modal::Would)) && !turned;
    if held_out
        && matches!(stand.act, Act::Reject | Act::Oppose)
        && (clause::unless(cx, v) || is("barring", lemma(cx, v)))
    {
        stand.act = Act::Threaten;
    }
    // "assured them that Peru would take the first step": what another will do is told, not promised
    if stand.act == Act::Promise && filled.governs.is_some_and(|g| is_of_another(cx, g, holder)) {
        stand = Stand { act: Act::Assert, polarity: Polarity::None };
    }
    // what analysts expect is a forecast
    if lemma(cx, v) == "expect" && is("onlooker", lemma(cx, holder)) {
        return;
    }
    // "Peru noted the progress": what somebody known spoke of, kept as an assertion
    let known = cx.reference(holder).entity.is_some() || acronym(cx, holder);
    if stand.act == Act::Assert && is_nominal(cx, filled.head) && filled.governs.is_none() && !known {
        return;
    }
    let mut words = v..v + 1;
    if let Some(p) = particle.filter(|&p| p == v + 1) {
        words.end = p + 1;
    }
    // "warned that A and that B": one warning
    let listed = !matches!(stand.act, Act::Warn | Act::Oppose | Act::Assert | Act::Deny | Act::Accuse | Act::Threaten);
    let matters = if filled.split.is_empty() || filled.governs.is_some_and(|g| g == filled.head) && !listed {
        vec![(filled.head, filled.matter.clone())]
    } else {
        filled.split
    };
    for (head, matter) in matters {
        let matter = before_joiner(cx, v, clause::before_next_act(cx, v, matter));
        let denied = !object_denied && is_nominal(cx, head) && head != filled.head && empty_phrase(cx, head);
        out.push(Candidate {
            rule: VERB,
            confidence: if passive { 0.7 } else { 0.8 },
            predicate: v,
            predicate_words: words.clone(),
            holder: Some(holder).filter(|&h| !empty_phrase(cx, h)),
            stand: if denied { opposite(stand) } else { stand },
            negated: f.negated || object_denied,
            modality: f.modality,
            matter,
            matter_head: head,
            target: filled.target,
            clausal: true,
            weak: false,
            governs: filled.governs.filter(|_| stand.act != Act::Assert),
            future: f.modal.is_some()
                || matches!(stand.act, Act::Refuse | Act::OpenTo | Act::Demand | Act::Promise | Act::Offer)
                || !f.past,
        });
    }
}

/// Whether the clause of verb `g` is about what another side than the holder's does.
fn is_of_another(cx: &Context<'_>, g: usize, holder: usize) -> bool {
    let side = |i: usize| side_of(cx, cx.reference(i).entity?);
    let subject = cx.parse.child(g, &["nsubj", "nsubjpass"]).filter(|&s| s != holder && cx.token(s).pos == "PROPN");
    let Some((subject, own)) = subject.zip(side(holder)) else { return false };
    coordinated(cx, subject).into_iter().all(|s| side(s).is_some_and(|other| other != own))
}

/// "nothing less than ten", "no later than May", "not one crown less": the least that is taken, so no denial.
fn least(cx: &Context<'_>, matter: &Range<usize>) -> bool {
    let bound = |i: usize| matches!(lower(cx, i), "less" | "later" | "lower" | "fewer" | "more" | "short");
    let none = |i: usize| matches!(lower(cx, i), "no" | "nothing" | "not");
    let mut near = matter.clone().take(2);
    let Some(at) = near.find(|&i| none(i)) else { return false };
    let end = matter.end.min(at + 5);
    (at + 1..end).any(|i| {
        let than = cx.parse.tokens.get(i + 1).map_or("", |t| t.lower.as_str());
        bound(i) && (matches!(than, "than" | "of") || i + 1 >= matter.end && lower(cx, at) != "no")
    })
}

/// "wants ... no robots": a denied object beside others that are not.
fn opposite(stand: Stand) -> Stand {
    match stand.polarity {
        Polarity::For => Stand { act: Act::Oppose, polarity: Polarity::Against },
        Polarity::Against => Stand { act: Act::Support, polarity: Polarity::For },
        _ => stand,
    }
}

/// "vowed not to sign", "agreed not to build", "called on the bank not to lend".
fn inner_negation(stand: Stand) -> Stand {
    let act = match stand.act {
        Act::Promise => Act::Refuse,
        act => act,
    };
    let polarity = match stand.polarity {
        Polarity::For => Polarity::Against,
        Polarity::Against => Polarity::For,
        p => p,
    };
    Stand { act, polarity }
}

/// What a modal does to a stand: "could accept" is less than "accepts".
fn shaded(stand: Stand, modal: Option<Modal>, turned: bool) -> Stand {
    if turned {
        return match (stand.act, modal) {
            // "will not accept", "cannot support"
            (Act::Reject | Act::Oppose, Some(Modal::Will | Modal::Would | Modal::Can | Modal::Could)) => {
                Stand { act: Act::Refuse, ..stand }
            }
            _ => stand,
        };
    }
    match (stand.act, modal) {
        (Act::Accept | Act::Support | Act::Agree, Some(Modal::May | Modal::Could)) => {
            Stand { act: Act::OpenTo, polarity: Polarity::Open }
        }
        (Act::Concede, Some(_)) => Stand { act: Act::OpenTo, polarity: Polarity::Open },
        _ => stand,
    }
}
