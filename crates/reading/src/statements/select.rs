//! Which candidates of a sentence stand: one a predicate, none inside another's complement, chained ones as one.

use super::candidate::Candidate;
use super::clause::{Modal, dep, force, is_verb, lemma, lower};
use super::conditions::Tie;
use super::holder::Voices;
use super::lexicon::{Stand, is};
use crate::Context;
use crate::model::{Act, Polarity, RefKind};

/// The candidates that stand, in text order.
pub(super) fn select(cx: &Context<'_>, all: Vec<Candidate>, ties: &[Tie], voices: &Voices) -> Vec<Candidate> {
    let mut all = all;
    // "sign the moment the prisoners cross": when, not what
    all.retain(|c| !ties.iter().any(|t| t.words.start == c.matter.start && t.words.end >= c.matter.end));
    let mut kept = without_weak(all);
    // what stands in a condition is supposed, not held; "after the council condemned it" tells of what was done
    kept.retain(|c| !(c.clausal && ties.iter().any(|t| t.words.contains(&c.predicate) && (!t.tells() || c.weak))));
    // "its readiness to wait was off the table": one stand, not two
    let judged: Vec<_> =
        kept.iter().filter(|c| c.rule.0.starts_with("statement.unacceptable.")).map(|c| c.matter.clone()).collect();
    kept.retain(|c| c.clausal || !judged.iter().any(|m| m.contains(&c.predicate)));
    // "dropped its demand for a toll": neither is this
    let given_up: Vec<_> =
        kept.iter().filter(|c| c.clausal && c.stand.act == Act::Concede).map(|c| c.matter.clone()).collect();
    kept.retain(|c| c.clausal || !given_up.iter().any(|m| m.contains(&c.predicate)));
    insisted(cx, &mut kept);
    compose(cx, &mut kept);
    let governors: Vec<usize> = kept.iter().filter_map(|c| c.governs).collect();
    kept.retain(|c| !(c.clausal && governors.iter().any(|&g| governed(cx, c.predicate, g))));
    // a promise nobody voiced is the reporter's account of what comes next
    kept.retain(|c| {
        let told = voices.of(c.predicate).is_none();
        let future = c.weak && c.rule.0.starts_with("statement.will.");
        !(future && told) || named(cx, c) || ties.iter().any(|t| !t.words.contains(&c.predicate))
    });
    kept.sort_by_key(|c| (c.predicate, c.matter.start, c.matter.end));
    kept
}

/// Whether the holder is somebody named at the place.
fn named(cx: &Context<'_>, c: &Candidate) -> bool {
    let Some(h) = c.holder else { return false };
    let Some(e) = cx.reference(h).entity.map(|e| cx.entity(e)) else { return false };
    let at = cx.token(h).start as usize;
    e.kind != RefKind::Place && e.mentions.iter().any(|m| m.named && m.span.holds(at))
}

/// A rule that knows the word goes before one that knows only its modal.
fn without_weak(all: Vec<Candidate>) -> Vec<Candidate> {
    let strong: Vec<usize> =
        all.iter().filter(|c| !c.weak && c.stand.act != Act::Assert).map(|c| c.predicate).collect();
    let mut seen_weak: Vec<usize> = Vec::new();
    all.into_iter()
        .filter(|c| {
            if !c.weak {
                // plain speech verbs under a negated modal ("will not raise wages") are left to the modal
                return c.stand.act != Act::Assert || !c.negated;
            }
            if strong.contains(&c.predicate) || seen_weak.contains(&c.predicate) {
                return false;
            }
            seen_weak.push(c.predicate);
            true
        })
        .collect()
}

/// Whether `i` is in the clause headed by `g`, without leaving it by a relative or participial clause.
fn governed(cx: &Context<'_>, i: usize, g: usize) -> bool {
    let mut at = i;
    for _ in 0..12 {
        if at == g {
            return true;
        }
        let head = cx.parse.head(at);
        if head == at || matches!(dep(cx, at), "relcl" | "acl" | "advcl" | "parataxis") {
            return false;
        }
        at = head;
    }
    false
}

/// "insisted that it would not pay" is a refusal, "insisted that it was routine" says so and demands nothing.
fn insisted(cx: &Context<'_>, kept: &mut Vec<Candidate>) {
    let mut drop = Vec::new();
    for (k, c) in kept.iter().enumerate() {
        let Some(g) = c.governs else { continue };
        if !matches!(lemma(cx, c.predicate), "insist" | "agree" | "swear" | "argue" | "guarantee" | "suggest")
            || !is_verb(cx, g)
        {
            continue;
        }
        let inner = kept.iter().any(|o| {
            o.clausal
                && governed(cx, o.predicate, g)
                && !matches!(o.stand.act, Act::Demand | Act::Assert | Act::Promise)
        });
        let f = force(cx, g);
        let subjunctive = bare(cx, c.predicate, g) || matches!(f.modal, Some(Modal::Must | Modal::Should));
        // "swore that wages would be paid"
        let bound =
            matches!(c.stand.act, Act::Promise | Act::Agree) && matches!(f.modal, Some(Modal::Will | Modal::Would));
        let gerund = cx.token(g).tag == "VBG" || dep(cx, g) != "ccomp";
        let inner = inner && dep(cx, g) == "ccomp";
        if inner || !(subjunctive || bound || gerund) {
            drop.push(k);
        }
    }
    let mut k = 0;
    kept.retain(|_| {
        k += 1;
        !drop.contains(&(k - 1))
    });
}

/// "that it stay", "that it be run", and after a past "that they leave": what is to be, by the form of the verb alone.
fn bare(cx: &Context<'_>, above: usize, g: usize) -> bool {
    let be = |i: usize| lower(cx, i) == "be" && dep(cx, i) == "auxpass";
    let modal = |i: usize| matches!(cx.token(i).tag.as_str(), "MD" | "TO");
    let aux = || cx.parse.children_with(g, &["aux", "auxpass"]);
    cx.token(g).tag == "VB"
        || aux().any(be) && !aux().any(modal)
        || cx.token(above).tag == "VBD"
            && cx.token(g).tag == "VBP"
            && aux().next().is_none()
            && !matches!(lemma(cx, g), "be" | "have")
}

/// Chains: "is ready to accept" is an acceptance, "refused to rule out" leaves it open, "intends to oppose" opposes.
fn compose(cx: &Context<'_>, kept: &mut [Candidate]) {
    for k in 0..kept.len() {
        let Some(g) = kept[k].governs else { continue };
        let Some(inner) = kept.iter().find(|c| c.predicate == g && c.clausal && !c.weak).cloned() else { continue };
        let outer = &mut kept[k];
        // another's act ("urged the bank to reject") stays the outer's matter
        if outer.target.is_some() || inner.stand.act == Act::Assert {
            continue;
        }
        let own = inner.holder.is_none() || inner.holder == outer.holder;
        if !own || cx.parse.head(g) != outer.predicate && dep(cx, g) != "xcomp" {
            continue;
        }
        let stand = match (outer.stand.act, inner.stand.polarity) {
            // "vowed not to sign": the denial is already in the refusal
            (Act::Refuse, Polarity::Against) if inner.negated => outer.stand,
            (Act::Refuse, Polarity::Against) => Stand { act: Act::OpenTo, polarity: Polarity::Open },
            // "agreed to rule out dismissals" stays an agreement
            (Act::Agree, Polarity::Against) if outer.stand.polarity == Polarity::For => {
                Stand { act: Act::Agree, polarity: Polarity::Against }
            }
            // "vowed to fight any pardon"
            (Act::Promise, Polarity::Against)
                if outer.stand.polarity == Polarity::For
                    && matches!(lemma(cx, outer.predicate), "vow" | "swear" | "promise" | "pledge")
                    && (is("fighting", lemma(cx, g)) || is("barring", lemma(cx, g))) =>
            {
                Stand { act: Act::Threaten, polarity: Polarity::Against }
            }
            (Act::Promise | Act::Demand | Act::Support, Polarity::Against) if outer.stand.polarity == Polarity::For => {
                inner.stand
            }
            (Act::Promise | Act::Demand, _) if outer.stand.polarity == Polarity::For => inner.stand,
            // "considered signing" is less than "ready to sign"
            (Act::OpenTo, _) if !outer.rule.0.starts_with("statement.ready-to.") => outer.stand,
            (Act::OpenTo, Polarity::For) => Stand { act: inner.stand.act, polarity: Polarity::For },
            (Act::OpenTo, Polarity::Against) => inner.stand,
            (Act::OpenTo, Polarity::Open) => inner.stand,
            _ => continue,
        };
        outer.stand = stand;
        outer.matter = inner.matter;
        outer.matter_head = inner.matter_head;
        outer.target = inner.target;
    }
}
