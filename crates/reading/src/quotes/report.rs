//! Where a reported clause begins and ends.
//!
//! The tree hangs the journalist's own words on the clause ("..., though he stopped short of", "a remark which has since"), and
//! splits a clause whose cue stands inside or behind it ("A, but B, he said"; "A, she said, since B").

use super::frames::{self, Word};
use super::verbs::frames_of;
use crate::Context;
use crate::syntax_help as help;

/// Conjunctions of the journalist's reservations.
const RESERVED: &[&str] = &["though", "although"];

/// Words that open a condition.
const PROVISOS: &[&str] = &["provided", "providing", "unless", "if", "until", "once"];

/// Cuts what stands before "that" and the journalist's own words at the end off a clause with head `c` behind its cue.
pub(super) fn trim(cx: &Context<'_>, c: usize, tokens: &mut Vec<usize>) {
    let that = cx.parse.children_with(c, &["mark"]).find(|&m| m < c && matches!(cx.token(m).lower.as_str(), "that"));
    if let Some(m) = that {
        tokens.retain(|&t| t >= m);
    }
    let own = tokens.iter().copied().filter(|&t| t > c && own_words(cx, t)).map(|t| cx.parse.subtree_range(t)).next();
    if let Some(r) = own {
        tokens.retain(|t| *t + 1 < r.start || *t >= r.end);
    }
}

/// Adds a condition that the tree hung on the cue to the clause right before it ("could sign, provided that ...").
pub(super) fn provisos(cx: &Context<'_>, v: usize, tokens: &mut Vec<usize>) {
    let Some(&end) = tokens.last() else { return };
    for c in cx.parse.children_with(v, &["prep", "advcl"]).filter(|&c| c > end) {
        let r = cx.parse.subtree_range(c);
        let opens = PROVISOS.contains(&cx.token(r.start).lower.as_str());
        if opens && (r.start == end + 1 || r.start == end + 2 && cx.word(end + 1) == ",") {
            tokens.extend(end + 1..r.end);
            return;
        }
    }
}

/// Whether the subtree of `t`, set off by a comma, is the journalist's.
fn own_words(cx: &Context<'_>, t: usize) -> bool {
    let r = cx.parse.subtree_range(t);
    if r.start == 0 || cx.word(r.start - 1) != "," && !(r.start > 1 && cx.word(r.start - 2) == ",") {
        return false;
    }
    let quoted = r.clone().any(|i| matches!(cx.word(i), "\"" | "“" | "''" | "``"));
    match cx.token(t).dep.as_str() {
        "advcl" => {
            !quoted
                && cx.parse.children_with(t, &["mark"]).any(|m| RESERVED.contains(&cx.token(m).lower.as_str()))
        }
        "appos" => {
            let lemma = cx.token(t).lemma.as_str();
            let word = frames::of(Word::Noun, lemma).is_some() || matches!(lemma, "comment" | "phrase" | "figure");
            word && cx.parse.child(t, &["relcl", "acl"]).is_some()
        }
        _ => false,
    }
}

/// Adds to a clause before its cue what belongs to it: its beginning, and what goes on behind a cue between commas.
pub(super) fn complete(cx: &Context<'_>, v: usize, source: Option<usize>, tokens: &mut Vec<usize>) {
    let sentence = cx.parse.sentence_of(v);
    let Some(source) = source.filter(|s| sentence.contains(s)) else { return };
    let cue = help::verb_group(cx, v);
    let who = help::full_noun_phrase(cx, source);
    let (start, end) = (cue.start.min(who.start), cue.end.max(who.end));
    if start <= sentence.start || !matches!(cx.word(start - 1), ",") || tokens.iter().any(|t| (start..end).contains(t)) {
        return;
    }
    let marked = |mut r: std::ops::Range<usize>| r.any(|i| matches!(cx.word(i), "\"" | "“" | "”" | "''" | "``" | ":" | ";"));
    let speech = |mut r: std::ops::Range<usize>| r.any(|i| frames_of(cx, i).is_some_and(|f| f.quote));
    let front = sentence.start..start - 1;
    if tokens.first().is_some_and(|&t| t > sentence.start) && !marked(front.clone()) {
        let first = tokens.first().copied().unwrap_or(sentence.start);
        if !speech(sentence.start..first) {
            tokens.extend(front);
        }
    }
    let opens = |i: usize| matches!(cx.word(i), "\"" | "“" | "''" | "``");
    if end + 2 < sentence.end && cx.word(end) == "," && !opens(end + 1) && !cx.word(end + 1).is_empty() {
        let next = cx.token(end + 1);
        if next.tag != "VBG" && !next.tag.starts_with('W') && next.lower != "according" && !speech(end..sentence.end) {
            tokens.extend(end + 1..sentence.end);
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
}
