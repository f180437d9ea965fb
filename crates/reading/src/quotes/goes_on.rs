//! A report that goes on in the sentence after it without a cue: "Diaz said the offer stood. She could imagine a longer term."
//!
//! Told in the past, "would" and "could" said of the speaker are what the speaker says of what is to come. The sentence
//! right behind is carried, in the same paragraph, where it has no cue and no mark of its own.

use std::ops::Range;

use super::confidence;
use super::draft::Draft;
use super::marks::Marked;
use crate::Context;
use crate::model::{RefKind, Rule};
use crate::syntax_help as help;

/// How many sentences behind its cue a report goes on.
const REACH: usize = 2;

/// Drafts for the sentences that go on with the report before them.
pub(super) fn find(cx: &Context<'_>, marks: &[Marked], drafts: &[Draft]) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for n in 0..cx.parse.sentences.len() {
        let sentence = cx.parse.sentences[n].clone();
        if let Some(d) = teller(cx, drafts, &sentence) {
            last = d.map(|d| (d, n));
            continue;
        }
        let Some((d, at)) = last.filter(|&(_, at)| n <= at + REACH && same_paragraph(cx, at, n)) else {
            last = None;
            continue;
        };
        if marked(cx, marks, &sentence) || !goes_on(cx, &drafts[d], &sentence) {
            last = None;
            continue;
        }
        let of = &drafts[d];
        let rule = Rule("quote.goes-on.v1");
        let content = vec![cx.span(help::trim_punct(cx, sentence))];
        let draft = Draft::new(rule, confidence::GOES_ON, of.cue.clone(), of.source, content);
        found.push(Draft { speech: true, carried: true, ..draft });
        last = Some((d, at));
    }
    found
}

/// The report of a sentence that may go on: `None` where the sentence reports nothing, `Some(None)` where its last report is
/// none that can.
fn teller(cx: &Context<'_>, drafts: &[Draft], sentence: &Range<usize>) -> Option<Option<usize>> {
    let here = |d: &Draft| {
        d.speech && !d.cue.is_empty() && sentence.contains(&d.cue.start)
            || d.carried && d.parts.iter().any(|p| sentence.contains(&cx.parse.tokens_in(p.range()).start))
    };
    let all: Vec<usize> = (0..drafts.len()).filter(|&i| here(&drafts[i])).collect();
    let &one = all.iter().max_by_key(|&&i| drafts[i].cue.start)?;
    let d = &drafts[one];
    let alone = all.iter().all(|&i| drafts[i].source == d.source || drafts[i].cue == d.cue);
    let past = d.cue.clone().any(|i| cx.token(i).tag == "VBD");
    let known = d.source.is_some_and(|s| {
        let r = cx.reference(s);
        r.entity.is_some() && matches!(r.kind, RefKind::Person | RefKind::Party | RefKind::Organisation)
    });
    Some((alone && past && known && told(d)).then_some(one))
}

/// Whether the rule of a draft tells of speech, not of a noun or a phrase of view.
fn told(d: &Draft) -> bool {
    let rules = ["clause", "inserted", "made-known", "behind", "before", "continued", "goes-on"];
    rules.iter().any(|r| d.rule.0.strip_prefix("quote.").is_some_and(|x| x.starts_with(r)))
}

fn same_paragraph(cx: &Context<'_>, a: usize, b: usize) -> bool {
    let (first, second) = (cx.sentences()[a], cx.sentences()[b]);
    cx.text().get(first.start()..second.start()).is_some_and(|t| !t.contains('\n'))
}

fn marked(cx: &Context<'_>, marks: &[Marked], sentence: &Range<usize>) -> bool {
    let span = cx.span(sentence.clone());
    marks.iter().any(|m| !m.single && m.outer.overlaps(span))
}

/// Whether a sentence says what the speaker would or could do, or what there would be: "She could imagine a longer term".
/// What a thing would do is as often the journalist's ("The bill would ban it").
fn goes_on(cx: &Context<'_>, of: &Draft, sentence: &Range<usize>) -> bool {
    let Some(root) = sentence.clone().find(|&i| cx.parse.is_root(i) && help::is_verb(cx, i)) else { return false };
    let modal = help::modal(cx, root)
        .is_some_and(|m| matches!(cx.token(m).lower.as_str(), "would" | "could" | "'d" | "’d" | "must"));
    let Some(s) = cx.parse.child(root, &["nsubj", "nsubjpass", "expl"]).filter(|_| modal) else { return false };
    let asked = sentence.clone().next_back().is_some_and(|i| cx.word(i) == "?");
    match cx.token(s).lower.as_str() {
        // "he would not be drawn"
        "he" | "she" if help::has_dep(cx, s, &["nsubjpass"]) => false,
        "he" | "she" => !asked && of.source.is_some_and(|o| cx.reference(s).entity == cx.reference(o).entity),
        "there" => !asked,
        _ => false,
    }
}
