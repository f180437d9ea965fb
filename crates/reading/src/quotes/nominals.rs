//! Nouns, adjectives and prepositions that attribute: "its refusal to sign", "is confident that", "according to".

use super::confidence;
use super::draft::{Draft, spans, subtree_but};
use super::frames::{self, Frames, Word};
use crate::Context;
use crate::model::Rule;
use crate::syntax_help as help;

/// Verbs that only carry the noun ("made a promise to leave").
const LIGHT: &[&str] = &[
    "make",
    "issue",
    "voice",
    "express",
    "raise",
    "have",
    "give",
    "offer",
    "deliver",
    "repeat",
    "reiterate",
    "renew",
    "announce",
    "withdraw",
    "drop",
    "launch",
    "file",
    "hold",
    "put",
    "send",
    "take",
    "share",
    "show",
    "reaffirm",
    "restate",
    "underline",
    "pledge",
    "throw",
    "declare",
    "feel",
    "harbour",
    "harbor",
];

/// Nouns that make "in the ... of X" a source.
const VIEWS: &[&str] =
    &["view", "words", "opinion", "estimation", "judgment", "judgement", "eyes", "reading", "telling", "account"];

/// Finds what nouns, adjectives and prepositions attribute.
pub(super) fn find(cx: &Context<'_>) -> Vec<Draft> {
    (0..cx.parse.len())
        .filter_map(|i| {
            match cx.token(i).pos.as_str() {
                "NOUN" | "PROPN" => noun(cx, i).or_else(|| equated(cx, i)),
                "ADJ" => adjective(cx, i),
                // "is concerned that", "is determined to"
                "VERB" if help::has_dep(cx, i, &["acomp"]) => adjective(cx, i),
                _ => None,
            }
            .or_else(|| according(cx, i))
            .or_else(|| in_the_view(cx, i))
        })
        .collect()
}

fn noun(cx: &Context<'_>, n: usize) -> Option<Draft> {
    let frames = frames::of(Word::Noun, &cx.token(n).lemma)?;
    let (end, tokens) = complement(cx, n, frames)?;
    let opens = |c: usize| c + 1 == end || tokens.first() == Some(&c);
    let source = holder(cx, n, opens);
    // "amid fears that the port would close": said, and nobody told
    let clause = tokens.first().is_some_and(|&t| t == n + 1 && cx.token(t).lower == "that" && cx.token(t).tag == "IN");
    if source.is_none() && !(clause && frames.that) {
        return None;
    }
    let cue = n..end.max(n + 1);
    Some(Draft::new(Rule("quote.noun.v2"), confidence::NOUN, cue, source, spans(cx, &tokens)))
}

/// Nouns that can be said to be a clause, beside those of the lexicon.
const POINTS: &[&str] =
    &["reply", "answer", "view", "position", "response", "verdict", "message", "bet", "line", "point", "rule"];

/// "Brandt's reply is that the port is open": whose noun it is, and the clause.
fn equated(cx: &Context<'_>, n: usize) -> Option<Draft> {
    let known = POINTS.contains(&cx.token(n).lemma.as_str())
        || frames::of(Word::Noun, &cx.token(n).lemma).is_some_and(|f| f.that);
    let be = cx.parse.head(n);
    if !known || !help::has_dep(cx, n, &["nsubj"]) || cx.token(be).lemma != "be" {
        return None;
    }
    // "the bank's view, as Brandt put it, is that": Brandt says so
    if (n + 1..be).any(|i| help::is_verb(cx, i) && help::is_finite(cx, i)) {
        return None;
    }
    let that = |&c: &usize| c > be && cx.parse.children_with(c, &["mark"]).any(|m| cx.token(m).lower == "that");
    let clause = cx.parse.children_with(be, &["ccomp"]).find(that)?;
    let source = cx.parse.child(n, &["poss"])?;
    let tokens = cx.parse.subtree(clause);
    Some(Draft::new(Rule("quote.equated.v1"), confidence::CALLED, n..n + 1, Some(source), spans(cx, &tokens)))
}

/// What a noun or adjective says: its clause, infinitive or prepositional phrase; with the end of the cue.
fn complement(cx: &Context<'_>, n: usize, frames: &Frames) -> Option<(usize, Vec<usize>)> {
    for c in cx.parse.children(n).filter(|&c| c > n) {
        let t = cx.token(c);
        let finite = help::is_finite(cx, c);
        let clause = match t.dep.as_str() {
            "acl" | "ccomp" | "xcomp" | "relcl" if help::is_verb(cx, c) => {
                let that = cx.parse.child(c, &["mark"]).is_some() || t.dep == "ccomp";
                // "its demand that the shifts be cut"
                let be = that && help::own_subject(cx, c).is_some() && !help::is_infinitive(cx, c);
                frames.that && (finite && that || be) || frames.to && !finite && help::is_infinitive(cx, c)
            }
            _ => false,
        };
        if clause {
            return Some((n + 1, cx.parse.subtree(c)));
        }
        if t.dep == "prep" && frames.preps.contains(&t.lower.as_str()) {
            let inner = cx.parse.child(c, &["pobj", "pcomp"])?;
            // "its demand | for a truce": the preposition opens what is demanded
            return Some(match super::draft::sided(cx, c) {
                true => (n + 1, cx.parse.subtree(c)),
                false => (c + 1, cx.parse.subtree(inner)),
            });
        }
    }
    None
}

/// Whose noun it is: the possessor, "by X", a demonym before it, or the subject of a light verb.
fn holder(cx: &Context<'_>, n: usize, opens: impl Fn(usize) -> bool) -> Option<usize> {
    if let Some(p) = cx.parse.child(n, &["poss"]) {
        // "Brandt laid out his demands": who does is named beside
        let v = cx.parse.head(n);
        let named =
            (cx.token(p).tag == "PRP$" && help::has_dep(cx, n, &["dobj"])).then(|| help::actor(cx, v)).flatten();
        let same = |s: usize| {
            let (own, other) = (cx.reference(p).entity, cx.reference(s).entity);
            own == other && cx.token(s).pos != "PRON"
        };
        return Some(named.filter(|&s| same(s)).unwrap_or(p));
    }
    for c in cx.parse.children_with(n, &["prep"]) {
        if matches!(cx.token(c).lower.as_str(), "by" | "from") && !opens(c) {
            return cx.parse.child(c, &["pobj"]);
        }
    }
    let demonym = cx
        .parse
        .children_with(n, &["amod", "compound"])
        .find(|&c| matches!(cx.token(c).ent.as_str(), "NORP" | "ORG" | "GPE"));
    if let Some(d) = demonym {
        return Some(d);
    }
    let v = cx.parse.head(n);
    let light = help::has_dep(cx, n, &["dobj"]) && LIGHT.contains(&cx.token(v).lemma.as_str());
    light.then(|| help::actor(cx, v)).flatten()
}

fn adjective(cx: &Context<'_>, a: usize) -> Option<Draft> {
    let frames =
        frames::of(Word::Adjective, &cx.token(a).lemma).or_else(|| frames::of(Word::Adjective, &cx.token(a).lower))?;
    let v = cx.parse.head(a);
    if !help::has_dep(cx, a, &["acomp", "attr", "oprd", "conj"]) || !help::is_verb(cx, v) {
        return None;
    }
    let (end, tokens) = complement(cx, a, frames).or_else(|| beside(cx, a, v, frames))?;
    if !help::is_finite(cx, v) {
        return None;
    }
    let source = help::subject(cx, v)?;
    if matches!(cx.token(source).lower.as_str(), "it" | "that" | "this" | "what") {
        return None;
    }
    let start = help::verb_group(cx, v).start.min(a);
    let cue = if start + 6 > a { start..end.max(a + 1) } else { a..end.max(a + 1) };
    Some(Draft::new(Rule("quote.adjective.v1"), confidence::ADJECTIVE, cue, Some(source), spans(cx, &tokens)))
}

/// The clause of an adjective that the parse hung on the copula: "is adamant that it must rise".
fn beside(cx: &Context<'_>, a: usize, v: usize, frames: &Frames) -> Option<(usize, Vec<usize>)> {
    let that = |c: usize| cx.parse.child(c, &["mark"]).is_some_and(|m| m == a + 1 && cx.token(m).lower == "that");
    let c = cx.parse.children_with(v, &["ccomp"]).find(|&c| c > a && that(c)).filter(|_| frames.that)?;
    Some((a + 1, cx.parse.subtree(c)))
}

/// "according to X".
fn according(cx: &Context<'_>, i: usize) -> Option<Draft> {
    if cx.token(i).lower != "according" || cx.token(i + 1 - usize::from(i + 1 >= cx.parse.len())).lower != "to" {
        return None;
    }
    let to = i + 1;
    let source = cx.parse.child(to, &["pobj"]).or_else(|| cx.parse.child(i, &["pobj"]))?;
    let mut top = i;
    while help::has_dep(cx, top, &["prep", "pcomp"])
        && matches!(cx.token(cx.parse.head(top)).lower.as_str(), "according")
    {
        top = cx.parse.head(top);
    }
    Some(framed(cx, Rule("quote.according-to.v1"), confidence::ACCORDING, top, i..to + 1, source))
}

/// "in the view of X", "in X's words".
fn in_the_view(cx: &Context<'_>, i: usize) -> Option<Draft> {
    if cx.token(i).lower != "in" {
        return None;
    }
    let noun = cx.parse.child(i, &["pobj"])?;
    if !VIEWS.contains(&cx.token(noun).lower.as_str()) {
        return None;
    }
    let of = cx.parse.children_with(noun, &["prep"]).find(|&c| cx.token(c).lower == "of");
    let (source, cue) = match of.and_then(|o| cx.parse.child(o, &["pobj"]).map(|p| (p, o))) {
        Some((p, o)) => (p, i..o + 1),
        None => (cx.parse.child(noun, &["poss"])?, noun..noun + 1),
    };
    Some(framed(cx, Rule("quote.in-the-view.v1"), confidence::VIEW, i, cue, source))
}

/// A phrase that frames its clause: what is said is the clause around it, without it.
fn framed(
    cx: &Context<'_>,
    rule: Rule,
    confidence: f32,
    top: usize,
    cue: std::ops::Range<usize>,
    source: usize,
) -> Draft {
    let set_off = cue.start == 0
        || cx.token(cue.start - 1).sentence != cx.token(cue.start).sentence
        || matches!(cx.word(cue.start - 1), "," | "—" | "–" | "--");
    let mut clause = cx.parse.head(top);
    while !(help::is_verb(cx, clause) && (help::is_finite(cx, clause) && !set_off || cx.parse.is_root(clause))) {
        let above = cx.parse.head(clause);
        if above == clause {
            break;
        }
        clause = above;
    }
    let mut tokens = subtree_but(cx, clause, &[top]);
    super::report::last_clause(cx, cue.start, &mut tokens);
    // a quotation may go on over more sentences
    Draft { speech: true, ..Draft::new(rule, confidence, cue, Some(source), spans(cx, &tokens)) }
}
