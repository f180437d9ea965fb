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
pub(super) fn trim(cx: &Context<'_>, v: usize, c: usize, tokens: &mut Vec<usize>) {
    let that = cx.parse.children_with(c, &["mark"]).find(|&m| m < c && matches!(cx.token(m).lower.as_str(), "that"));
    if let Some(m) = that {
        tokens.retain(|&t| t >= m);
    }
    if let Some(k) = tokens.iter().copied().find(|&t| regained(cx, t) == Some(v)) {
        // with its conjunction and the comma before that
        let joint = cx.parse.children_with(cx.parse.head(k), &["cc"]).filter(|&j| j < k).last();
        let from = joint.unwrap_or(k).min(cx.parse.subtree_range(k).start);
        tokens.retain(|&t| t < from);
    }
    let own = tokens.iter().copied().filter(|&t| t > c && own_words(cx, t)).map(|t| cx.parse.subtree_range(t)).next();
    if let Some(r) = own {
        tokens.retain(|t| *t + 1 < r.start || *t >= r.end);
    }
}

/// Leaves out the sentences before the one that a cue stands in, where a semicolon or colon joins them: "she did not turn it
/// down; her members would agree, she said, if ...".
pub(super) fn last_clause(cx: &Context<'_>, cue: usize, tokens: &mut Vec<usize>) {
    let Some(&first) = tokens.first() else { return };
    let marks = |i: usize| matches!(cx.word(i), "\"" | "“" | "”" | "''" | "``");
    let joint = (first..cue).rev().take_while(|&i| !marks(i)).find(|&i| matches!(cx.word(i), ";" | ":"));
    if let Some(at) = joint.filter(|&at| at + 3 < cue) {
        tokens.retain(|&t| t > at);
    }
}

/// Cuts the journalist's relative clause off the end of a phrase ("praised the draft, which has nine points").
pub(super) fn without_relative(cx: &Context<'_>, tokens: &mut Vec<usize>) {
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return };
    let aside = |i: &usize| {
        let i = *i;
        let head = std::iter::once(i).chain(cx.parse.ancestors(i)).find(|&a| help::has_dep(cx, a, &["relcl"]));
        let clause = head.map(|h| cx.parse.subtree_range(h));
        matches!(cx.token(i).tag.as_str(), "WDT" | "WP" | "WP$" | "WRB")
            && i > first
            && cx.word(i - 1) == ","
            && clause.is_some_and(|r| r.start + 2 >= i && r.end > last)
            && !(i..=last).any(|t| matches!(cx.word(t), "\"" | "“" | "”" | "''" | "``"))
    };
    if let Some(at) = tokens.iter().copied().find(aside) {
        tokens.retain(|&t| t < at - 1);
    }
}

/// Adds a condition that the tree hung on the cue to the clause right before it ("could sign, provided that ...").
pub(super) fn provisos(cx: &Context<'_>, v: usize, tokens: &mut Vec<usize>) {
    let Some(&end) = tokens.last() else { return };
    for c in cx.parse.children_with(v, &["prep", "advcl", "ccomp"]).filter(|&c| c > end) {
        let r = cx.parse.subtree_range(c);
        let opens = PROVISOS.contains(&cx.token(r.start).lower.as_str());
        if opens && (r.start == end + 1 || r.start == end + 2 && cx.word(end + 1) == ",") {
            tokens.extend(end + 1..r.end);
            return;
        }
    }
}

/// The tag of a verb's tensed word.
fn tense<'a>(cx: &'a Context<'_>, v: usize) -> Option<&'a str> {
    cx.parse
        .children_with(v, &["aux", "auxpass"])
        .chain(std::iter::once(v))
        .map(|i| cx.token(i).tag.as_str())
        .find(|t| matches!(*t, "VBD" | "VBZ" | "VBP" | "MD"))
}

/// The verb of speech that `k` is really coordinated with, where the tree coordinated it with the reported clause: "said the
/// plan would cost jobs and called it a gag". It has no subject and shares the tense of the cue, not that of the clause.
pub(super) fn regained(cx: &Context<'_>, k: usize) -> Option<usize> {
    let c = cx.parse.head(k);
    if !help::has_dep(cx, k, &["conj"]) || !help::has_dep(cx, c, &["ccomp"]) || help::own_subject(cx, k).is_some() {
        return None;
    }
    let v = cx.parse.head(c);
    let (cue, own) = (tense(cx, v)?, tense(cx, k)?);
    let speech = frames_of(cx, v).is_some_and(|f| f.that) && v < c;
    let apart = tense(cx, c).is_some_and(|t| t != cue) || crate::statements::next_act(cx, k) == Some(v);
    (speech && own == cue && apart).then_some(v)
}

/// The clause with "that" of a verb of speech which the tree hung on a phrase between them ("said in a letter to the bank that
/// ...").
pub(super) fn displaced(cx: &Context<'_>, v: usize) -> Option<usize> {
    let sentence = cx.parse.sentence_of(v);
    let that = (v + 2..sentence.end.min(v + 25)).find(|&i| cx.token(i).lower == "that" && joins(cx, i))?;
    let c = cx.parse.head(that);
    let between = (v + 1..that).any(|i| help::is_verb(cx, i) || matches!(cx.word(i), "\"" | "“" | ";" | ":"));
    let own = help::own_subject(cx, c).is_some_and(|s| s > that);
    let hung = help::has_dep(cx, c, &["acl", "relcl", "ccomp", "advcl"]) && cx.parse.ancestors(c).any(|a| a == v);
    let phrase = cx.parse.children_with(v, &["prep", "npadvmod", "advmod"]).any(|p| p == v + 1 || p < that && p > v);
    let speech = cx.token(v).lemma == "hear" || frames_of(cx, v).is_some_and(|f| f.quote);
    (speech && own && hung && phrase && !between && c > that && help::is_finite(cx, c)).then_some(c)
}

/// Whether a "that" opens a clause: a conjunction, or one read as a relative pronoun in a clause that lacks nothing.
fn joins(cx: &Context<'_>, that: usize) -> bool {
    let c = cx.parse.head(that);
    let whole = || {
        help::own_subject(cx, c).is_some_and(|s| s > that)
            && cx.parse.children_with(c, &["dobj", "acomp", "attr"]).any(|o| o > c)
    };
    cx.token(that).tag == "IN" || cx.token(that).tag == "WDT" && whole()
}

/// Whether the subtree of `t`, set off by a comma, is the journalist's.
fn own_words(cx: &Context<'_>, t: usize) -> bool {
    let r = cx.parse.subtree_range(t);
    if r.start == 0 || cx.word(r.start - 1) != "," && !(r.start > 1 && cx.word(r.start - 2) == ",") {
        return false;
    }
    let quoted = r.clone().any(|i| matches!(cx.word(i), "\"" | "“" | "''" | "``"));
    match cx.token(t).dep.as_str() {
        // "..., while others say": the next speaker
        "advcl" if frames_of(cx, t).is_some_and(|f| f.quote) && help::own_subject(cx, t).is_some() => {
            let opens = |m: usize| {
                let lower = cx.token(m).lower.as_str();
                matches!(lower, "while" | "whereas") || RESERVED.contains(&lower)
            };
            cx.parse.children_with(t, &["mark"]).any(opens)
        }
        "advcl" => {
            !quoted && cx.parse.children_with(t, &["mark"]).any(|m| RESERVED.contains(&cx.token(m).lower.as_str()))
        }
        "relcl" => !quoted && r.clone().take(2).any(|i| matches!(cx.token(i).tag.as_str(), "WDT" | "WP" | "WRB")),
        "appos" => {
            let lemma = cx.token(t).lemma.as_str();
            let word = frames::of(Word::Noun, lemma).is_some() || matches!(lemma, "comment" | "phrase" | "figure");
            word && cx.parse.child(t, &["relcl", "acl"]).is_some()
        }
        _ => false,
    }
}

/// The end of a cue with whom and when it was told: "she told members on Friday, ...".
fn past_addressee(cx: &Context<'_>, v: usize, end: usize, stop: usize) -> usize {
    let comma = (end..stop.min(end + 10)).find(|&i| cx.word(i) == ",");
    let part = |i: usize| {
        let top = std::iter::once(i).chain(cx.parse.ancestors(i)).find(|&a| cx.parse.head(a) == v);
        top.is_some_and(|t| help::has_dep(cx, t, &["dobj", "dative", "prep", "npadvmod", "advmod"]))
    };
    comma.filter(|&c| (end..c).all(part)).unwrap_or(end)
}

/// Adds to a clause before its cue what belongs to it: its beginning, and what goes on behind a cue between commas.
pub(super) fn complete(cx: &Context<'_>, v: usize, source: Option<usize>, tokens: &mut Vec<usize>) {
    let sentence = cx.parse.sentence_of(v);
    let Some(source) = source.filter(|s| sentence.contains(s)) else { return };
    let cue = help::verb_group(cx, v);
    let who = help::full_noun_phrase(cx, source);
    let (start, end) = (cue.start.min(who.start), past_addressee(cx, v, cue.end.max(who.end), sentence.end));
    if start <= sentence.start || !matches!(cx.word(start - 1), ",") || tokens.iter().any(|t| (start..end).contains(t))
    {
        return;
    }
    let marked =
        |mut r: std::ops::Range<usize>| r.any(|i| matches!(cx.word(i), "\"" | "“" | "”" | "''" | "``" | ":" | ";"));
    let speech = |mut r: std::ops::Range<usize>| r.any(|i| frames_of(cx, i).is_some_and(|f| f.quote));
    // "he said, wiping his face"
    if end + 1 < sentence.end && cx.word(end) == "," && cx.token(end + 1).tag == "VBG" {
        tokens.retain(|&t| t < end);
    }
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
        let other = next.tag == "VBG"
            || next.tag.starts_with('W')
            || matches!(next.lower.as_str(), "according" | "while" | "whereas" | "though" | "although");
        if !other && !speech(end..sentence.end) {
            tokens.extend(end + 1..sentence.end);
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
}
