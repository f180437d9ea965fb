//! Cues whose speaker or clause the tree hung elsewhere, and cues between commas in the middle of words that are no clause.

use super::confidence;
use super::draft::{Draft, spans};
use super::frames::Frames;
use super::report;
use super::verbs::{cue, frames_of};
use crate::Context;
use crate::model::{RefKind, Rule};
use crate::syntax_help as help;

/// "Brandt, told of it, says only that": the participle that the tree took for a clause before the verb, with its subject.
pub(super) fn fronted_participle(cx: &Context<'_>, v: usize, c: usize) -> bool {
    let later = || cx.parse.children_with(v, &["ccomp"]).any(|k| k > v && help::is_finite(cx, k));
    let subject = cx.parse.child(c, &["nsubj", "nsubjpass"]).filter(|&s| s < c && cx.word(c - 1) == ",");
    help::own_subject(cx, v).is_none()
        && matches!(cx.token(c).tag.as_str(), "VBD" | "VBN")
        && cx.parse.child(c, &["aux", "auxpass"]).is_none()
        && subject.is_some()
        && later()
}

/// The subject of a verb of speech that the tree hung elsewhere: that of a participle between commas ("Brandt, told of it,
/// says"), or a name right before the verb that it took for the object of a preposition or an adverb ("On the fee Brandt
/// said"; "Across town the Guild, which has two halls, urged").
pub(super) fn subject(cx: &Context<'_>, v: usize) -> Option<usize> {
    if !matches!(cx.token(v).tag.as_str(), "VBD" | "VBZ" | "VBP") || help::own_subject(cx, v).is_some() {
        return None;
    }
    let sentence = cx.parse.sentence_of(v);
    if let Some(c) = cx.parse.children_with(v, &["ccomp"]).find(|&c| c < v && fronted_participle(cx, v, c)) {
        return cx.parse.child(c, &["nsubj", "nsubjpass"]);
    }
    let start = cue(cx, v).start;
    let before = start.checked_sub(1).filter(|&i| sentence.contains(&i))?;
    let named = |i: usize| matches!(cx.token(i).pos.as_str(), "PROPN") || cx.token(i).ent == "PERSON";
    if named(before) && help::has_dep(cx, before, &["pobj", "advmod", "npadvmod", "dep"]) {
        return Some(before);
    }
    // behind a relative clause or apposition between commas
    let aside = |&h: &usize| {
        cx.parse.subtree_range(h).end >= before
            && cx
                .parse
                .children_with(h, &["relcl", "appos"])
                .any(|r| r > h && cx.parse.subtree_range(r).start.checked_sub(1).is_some_and(|k| cx.word(k) == ","))
    };
    let fits = |&h: &usize| named(h) && help::has_dep(cx, h, &["pobj"]) && cx.reference(h).kind != RefKind::Place;
    (cx.word(before) == ",").then(|| (sentence.start..before).filter(fits).find(aside)).flatten()
}

/// "told this paper in the corridor that", "had been told by a clerk that": the clause behind a hearer or a teller that the
/// tree took for a relative one.
pub(super) fn heard(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<usize> {
    let hearer = cx.parse.child(v, &["dobj", "dative", "agent"]).filter(|&o| o > v && frames.person)?;
    let sentence = cx.parse.sentence_of(v);
    let that = (hearer + 1..sentence.end.min(hearer + 12)).find(|&i| cx.token(i).lower == "that")?;
    let c = std::iter::once(cx.parse.head(that)).chain(cx.parse.ancestors(that)).find(|&c| help::is_verb(cx, c))?;
    let plain = (v + 1..that).all(|i| !help::is_verb(cx, i) && !matches!(cx.word(i), ";" | ":" | "“" | "\""));
    // "told him of the plan that the bank had": a thing told of
    let of = (v + 1..that)
        .any(|i| matches!(cx.token(i).lower.as_str(), "about") || cx.token(i).lower == "of" && cx.parse.head(i) == v);
    let own = help::own_subject(cx, c).is_some_and(|s| s > that);
    (plain && !of && own && c > that && help::is_finite(cx, c)).then_some(c)
}

/// ", says Brandt," and ", she said," with nothing but their words around them: "Not a coin, says Brandt, and no ship".
pub(super) fn interposed(cx: &Context<'_>, v: usize, frames: &Frames) -> Option<Draft> {
    if !frames.quote || !matches!(cx.token(v).tag.as_str(), "VBD" | "VBZ" | "VBP" | "VBN") {
        return None;
    }
    let sentence = cx.parse.sentence_of(v);
    let group = cue(cx, v);
    let comma = |i: usize| matches!(cx.word(i), "," | "—" | "–" | "--");
    let closes = |i: usize| i >= sentence.end || comma(i) || matches!(cx.word(i), "." | ";" | ":" | "!");
    let speaks = |i: usize| {
        let r = cx.reference(i);
        let known = r.entity.is_some() && r.kind != RefKind::Place || r.kind == RefKind::Person;
        known || matches!(cx.token(i).lower.as_str(), "he" | "she" | "they" | "it")
    };
    // "told a woman": a hearer, no speaker
    let heads: &[&str] = if frames.person { &["nsubj"] } else { &["nsubj", "dobj", "ccomp", "dep"] };
    let behind = (group.end..sentence.end.min(group.end + 6))
        .map(|i| (i, help::full_noun_phrase(cx, i)))
        .find(|(i, r)| r.start == group.end && speaks(*i) && help::has_dep(cx, *i, heads))
        .map(|(i, r)| (i, group.start..r.end));
    let before = help::own_subject(cx, v)
        .filter(|&s| s < group.start && speaks(s))
        .map(|s| (s, help::full_noun_phrase(cx, s)))
        .filter(|(_, r)| r.end == group.start)
        .map(|(s, r)| (s, r.start..group.end));
    let (source, out) = behind.or(before)?;
    if out.start < sentence.start + 2 || !comma(out.start - 1) || !closes(out.end) || opens_marks(cx, out.end) {
        return None;
    }
    let mut tokens: Vec<usize> = (sentence.start..out.start - 1).collect();
    report::last_clause(cx, out.start, &mut tokens);
    let stop = (out.end..sentence.end).find(|&i| cx.word(i) == ";").unwrap_or(sentence.end);
    tokens.extend(out.end + 1..stop.max(out.end + 1).min(sentence.end));
    let speech = |&t: &usize| t != v && frames_of(cx, t).is_some_and(|f| f.quote) && help::is_finite(cx, t);
    (!tokens.iter().any(speech)).then(|| {
        let parts = spans(cx, &tokens);
        Draft::new(Rule("quote.interposed.v1"), confidence::INSERTED, group, Some(source), parts)
    })
}

/// Whether a quotation opens right behind token `i`: its words are in marks, not around the cue.
fn opens_marks(cx: &Context<'_>, i: usize) -> bool {
    let mark = |k: usize| matches!(cx.word(k), "“" | "\"" | "''" | "``" | "‘");
    (i..cx.parse.len()).take(2).any(mark)
}
