//! A stand right behind the names of its holders, where the parse lost it: "PERU proposed regional workshops" read as a
//! noun phrase, "suggested that a paragraph on policy differentiate between levels" as a clause without a verb.

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{dep, force, lemma, lower, next_act, tidy};
use super::lexicon::{Frame, Stand, VERBS, is};
use super::roster;
use crate::Context;
use crate::model::{Act, Modality, Polarity, Rule};

const LISTED: Rule = Rule("statement.listed.v1");

/// The stand of the verb `v` behind a list of names that are not people, in the words up to the next act.
pub(super) fn find(cx: &Context<'_>, v: usize, out: &mut Vec<Candidate>) {
    if !cx.word(v).ends_with("ed") || out.iter().any(|c| c.predicate == v) || quoted_by(cx, v) {
        return;
    }
    let Some(stand) = stand(cx, v) else { return };
    let Some(holder) = roster::before(cx, v).and_then(|r| r.first()).filter(|&h| cx.token(h).pos != "PRON") else {
        return;
    };
    let matter = v + 1..end(cx, v);
    if matter.len() < 2 || !opens(cx, v + 1) || tidy(cx, matter.clone()).is_empty() {
        return;
    }
    let f = force(cx, v);
    out.push(Candidate {
        rule: LISTED,
        confidence: 0.6,
        predicate: v,
        predicate_words: v..v + 1,
        holder: Some(holder),
        stand,
        negated: false,
        modality: Modality::Certain,
        matter: matter.clone(),
        matter_head: matter.start,
        target: None,
        clausal: true,
        weak: false,
        governs: None,
        future: !f.past,
    });
}

/// The stand of a verb by the words right behind it.
fn stand(cx: &Context<'_>, v: usize) -> Option<Stand> {
    let next = cx.parse.tokens.get(v + 1)?;
    let fits = |f: &Frame| match f {
        Frame::That => next.lower == "that",
        Frame::Ing => next.tag == "VBG",
        Frame::P(p) => next.lower == *p,
        Frame::Np => next.lower != "that" && next.pos != "ADP",
        _ => false,
    };
    let known = VERBS.get(lemma_of(cx, v).as_str()).into_iter().flatten().find(|e| e.frames.iter().any(fits));
    let told = next.lower == "that" && crate::quotes::is_speech(cx, v);
    known.map(|e| e.stand).or(told.then_some(Stand { act: Act::Assert, polarity: Polarity::None }))
}

/// The lemma of a past form, also where the model takes it for an adjective.
fn lemma_of(cx: &Context<'_>, v: usize) -> String {
    let own = lemma(cx, v).to_lowercase();
    let Some(stem) = own.strip_suffix("ed") else { return own };
    let silent = own.strip_suffix('d').unwrap_or(&own);
    let single = stem.char_indices().next_back().map_or(stem, |(at, last)| {
        let before = stem.get(..at).unwrap_or(stem);
        if before.ends_with(last) { before } else { stem }
    });
    let all = [stem, silent, single];
    all.into_iter().find(|s| VERBS.contains_key(s)).unwrap_or(&own).to_string()
}

/// Whether a quotation has the verb for its cue.
fn quoted_by(cx: &Context<'_>, v: usize) -> bool {
    let at = cx.token(v).start as usize;
    cx.quotes.iter().any(|q| q.cue.is_some_and(|c| c.holds(at)) && q.source.is_some())
}

/// Whether a complement can begin here: no comma, no "by", no second verb, no day, nothing that names nothing.
fn opens(cx: &Context<'_>, k: usize) -> bool {
    let t = cx.token(k);
    let day = |k: usize| cx.parse.tokens.get(k).is_some_and(|t| matches!(t.ent.as_str(), "DATE" | "TIME"));
    let none =
        matches!(t.lower.as_str(), "by" | "," | ":" | ";" | "." | "and" | "or" | "to" | "in" | "nothing" | "something");
    let second = matches!(t.tag.as_str(), "VBD" | "VBZ" | "MD");
    !(none || second || day(k) || t.pos == "PRON" || t.pos == "ADP" && day(k + 1))
}

/// Where the words of the verb `v` end: before the next act, who joins it, or the sentence's other clause.
fn end(cx: &Context<'_>, v: usize) -> usize {
    let sentence = cx.parse.sentence_of(v);
    let stops = |&k: &usize| {
        let act = || VERBS.contains_key(lemma(cx, k)) || crate::quotes::is_speech(cx, k);
        let behind = |w: &str| lower(cx, k - 1) == w;
        match cx.token(k).tag.as_str() {
            "VBN" if is("joins", lemma(cx, k)) && cx.parse.tokens.get(k + 1).is_some_and(|t| t.lower == "by") => true,
            "VBG" => behind(",") && act(),
            "VBD" => act() && (behind("and") || behind("but") || behind(",")) || next_act(cx, k) == Some(v),
            _ => matches!(lower(cx, k), ";") || behind(",") && matches!(lower(cx, k), "while" | "whereas" | "who"),
        }
    };
    let other = |k: &usize| roster::before(cx, *k).map(|r| r.tokens.start).filter(|&s| s > v + 1);
    let stop = (v + 2..sentence.end).find(stops).unwrap_or(sentence.end);
    let beside: Option<usize> = (v + 2..stop).filter(|&k| dep(cx, k) != "amod").find_map(|k| other(&k));
    let to: Range<usize> = v + 1..beside.map_or(stop, |b| b.min(stop));
    to.end
}
