//! Set phrases of a verb with its object or a noun behind a preposition ("set its heart on", "put forty florins on the table"),
//! and verbs without any complement ("Peru agreed").

use std::ops::Range;

use super::clause::{self, dep, empty_phrase, is_nominal, is_verb, lemma, lower, subject};
use super::holder::acronym;
use super::lexicon::{Frame, NOUNS, PHRASES, Stand, VerbEntry, negated};
use super::verbs::{Filled, noun_range};
use crate::Context;

/// The set phrase the verb `v` stands in: its stand and what fills it.
pub(super) fn find(cx: &Context<'_>, v: usize, key: &str) -> Option<(Stand, Filled)> {
    if clause::passive(cx, v) {
        return None;
    }
    nouns(cx, v, key).into_iter().find_map(|(words, noun, prep)| {
        let entries: &[VerbEntry] = PHRASES.get(words.as_str())?;
        entries.iter().find_map(|e| {
            let filled = e.frames.iter().find_map(|f| fill(cx, v, noun, prep, f))?;
            let stand = if empty_phrase(cx, noun) { negated(e.stand) } else { e.stand };
            Some((stand, filled))
        })
    })
}

/// The phrases a verb may make, each with its noun and the preposition before it: "set heart", "put on table", "send packing".
fn nouns(cx: &Context<'_>, v: usize, key: &str) -> Vec<(String, usize, Option<usize>)> {
    let mut found = Vec::new();
    let objects: Vec<usize> = cx.parse.children_with(v, &["dobj"]).filter(|&o| o > v).collect();
    let above = [v].into_iter().chain(objects.iter().copied());
    for p in above.flat_map(|h| cx.parse.children_with(h, &["prep"]).filter(|&p| p > v).collect::<Vec<_>>()) {
        // "laid the letters on a table" is no figure of speech, "as a basis" is
        let any = |o: usize| {
            lower(cx, p) != "as" && cx.parse.child(o, &["det"]).is_some_and(|d| matches!(lower(cx, d), "a" | "an"))
        };
        if let Some(o) = cx.parse.child(p, &["pobj"]).filter(|&o| !any(o)) {
            found.push((format!("{key} {} {}", lower(cx, p), lemma(cx, o)), o, Some(p)));
        }
    }
    found.extend(objects.iter().map(|&o| (format!("{key} {}", lemma(cx, o)), o, None)));
    let small = cx.parse.children_with(v, &["xcomp", "ccomp", "oprd", "acomp"]).filter(|&c| c > v);
    found.extend(small.map(|c| (format!("{key} {}", lower(cx, c)), c, None)));
    found
}

fn fill(cx: &Context<'_>, v: usize, noun: usize, prep: Option<usize>, frame: &Frame) -> Option<Filled> {
    match frame {
        Frame::Own => {
            // what the noun ties is found by the noun
            let entries = NOUNS.get(lemma(cx, noun)).map(Vec::as_slice).unwrap_or_default();
            let ties = |c: usize| entries.iter().any(|e| e.ties.contains(&lower(cx, c)));
            let tied = cx.parse.children_with(noun, &["prep"]).any(|c| c > noun && ties(c));
            (!tied).then(|| whole(noun, noun_range(cx, noun)))
        }
        Frame::Np => {
            let other = |&o: &usize| o != noun && is_nominal(cx, o);
            let own = cx.parse.children_with(noun, &["nsubj"]).filter(|&s| s > v);
            if let Some(o) = cx.parse.children_with(v, &["dobj", "dative"]).chain(own).find(other) {
                let range = clause::range_without(cx, o, |k| Some(k) == prep || k > o && dep(cx, k) == "punct");
                return Some(whole(o, range));
            }
            // "gave that short shrift", "sent the bid packing": for the parse the thing is part of the noun
            if let Some(o) = cx.parse.child(noun, &["compound"]) {
                return Some(whole(o, cx.parse.subtree_range(noun).start..o + 1));
            }
            let that = cx.parse.child(noun, &["det"]).filter(|&d| matches!(lower(cx, d), "that" | "this" | "it"))?;
            Some(whole(that, that..that + 1))
        }
        Frame::P(word) => {
            let open = cx.parse.children_with(v, &["oprd", "acomp", "advmod"]).chain([noun, v]);
            let tie = open
                .flat_map(|h| cx.parse.children_with(h, &["prep", "dative"]))
                .find(|&p| p > noun && Some(p) != prep && lower(cx, p) == *word)?;
            let o = cx.parse.child(tie, &["pobj", "pcomp"])?;
            let range = cx.parse.subtree_range(if *word == "of" { o } else { tie });
            Some(Filled { governs: is_verb(cx, o).then_some(o), ..whole(o, range) })
        }
        Frame::Bare => Some(whole(v, v..noun.max(v) + 1)),
        _ => None,
    }
}

fn whole(head: usize, matter: Range<usize>) -> Filled {
    Filled { matter, head, target: None, negated: false, governs: None, split: Vec::new() }
}

/// Whether the verb `v` stands without a complement and its subject is somebody known: "Peru agreed".
pub(super) fn bare(cx: &Context<'_>, v: usize) -> bool {
    if clause::passive(cx, v)
        || clause::force(cx, v).modal.is_some()
        || !matches!(dep(cx, v), "ROOT" | "conj" | "advcl")
    {
        return false;
    }
    let tensed = matches!(cx.token(v).tag.as_str(), "VBD" | "VBZ" | "VBP" | "VBN");
    let day =
        |p: usize| cx.parse.child(p, &["pobj"]).is_some_and(|o| matches!(cx.token(o).ent.as_str(), "DATE" | "TIME"));
    let filled = cx.parse.children(v).any(|c| match dep(cx, c) {
        "dobj" | "xcomp" | "ccomp" | "attr" | "acomp" | "dative" | "oprd" | "prt" | "parataxis" => true,
        "prep" => c > v && !day(c),
        "mark" => matches!(lower(cx, c), "if" | "once" | "when" | "until" | "unless" | "as" | "after" | "before"),
        _ => false,
    });
    // what attributes a quotation is speech
    let at = cx.token(v).start as usize;
    let cue = cx.quotes.iter().any(|q| q.cue.is_some_and(|c| c.holds(at)));
    let known = |s: usize| cx.reference(s).entity.is_some() || acronym(cx, s);
    tensed && !filled && !cue && subject(cx, v).is_some_and(known)
}
