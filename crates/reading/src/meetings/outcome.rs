//! What came of a meeting, in the words of the article.
//!
//! Three places: the meeting's own clause ("the talks ended without a deal", "were productive", "a positive call"), the
//! one who calls it something ("described the session as useful"), and those who met, in the same sentence or the next
//! ("the sides agreed to meet again", "there was no breakthrough").

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use rapporteur_text::Span;

use super::clause::Clause;
use crate::Context;
use crate::lexicon::rows;
use crate::syntax_help as syntax;

/// Words of an outcome, and how much they tell: what was or was not reached before what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) span: Span,
    pub(super) told: u8,
}

static WORDS: LazyLock<HashSet<(&str, &str)>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/meeting_outcomes.tsv"))
        .filter_map(|r| Some((*r.first()?, *r.get(1)?)))
        .flat_map(|(class, words)| words.split(' ').map(move |w| (class, w)))
        .collect()
});

fn is(class: &'static str, word: &str) -> bool {
    WORDS.contains(&(class, word))
}

/// What came of the meeting that token `i` names; the meeting is known to have been held.
pub(super) fn of(cx: &Context<'_>, i: usize, clause: &Clause) -> Option<Outcome> {
    own_clause(cx, i, clause).or_else(|| told_by_folk(cx, i)).or_else(|| called(cx, i, clause))
}

/// Whether a verb tells something as done.
fn is_told(cx: &Context<'_>, verb: usize) -> bool {
    let past = |i: usize| matches!(cx.token(i).tag.as_str(), "VBD");
    let perfect = cx.token(verb).tag == "VBN"
        && cx
            .parse
            .children_with(verb, &["aux", "auxpass"])
            .any(|a| matches!(cx.token(a).lemma.as_str(), "have" | "be"));
    let finite = past(verb) || perfect || cx.parse.children_with(verb, &["aux", "auxpass"]).any(past);
    finite && syntax::modal(cx, verb).is_none() && !syntax::is_infinitive(cx, verb)
}

/// "ended without a deal", "broke up", "produced no breakthrough".
fn own_clause(cx: &Context<'_>, i: usize, clause: &Clause) -> Option<Outcome> {
    let verb = clause.verb.filter(|_| clause.direct && cx.token(i).dep.starts_with("nsubj"))?;
    let others = cx.parse.children_with(verb, &["conj"]).filter(|&c| syntax::own_subject(cx, c).is_none());
    std::iter::once(verb).chain(others).find_map(|v| ended(cx, v).or_else(|| yielded(cx, v)))
}

fn told(span: Span) -> Outcome {
    Outcome { span, told: 2 }
}

/// A verb of ending with its phrase, or one that is an outcome by itself.
fn ended(cx: &Context<'_>, verb: usize) -> Option<Outcome> {
    if !is_told(cx, verb) || syntax::is_negated(cx, verb) {
        return None;
    }
    let lemma = cx.token(verb).lemma.as_str();
    let group = syntax::verb_group(cx, verb);
    let up = cx.parse.child(verb, &["prt", "advmod"]).is_some_and(|p| cx.token(p).lower == "up");
    let how = phrase(cx, verb, &["without", "with", "in"]);
    match (how, is("end", lemma) || lemma == "break" && up) {
        (Some(p), true) => Some(told(cx.span(group.start..p.end))),
        (None, true) if lemma == "break" => Some(told(cx.span(group))),
        _ if is("fail", lemma) && syntax::own_subject(cx, verb).is_some() => {
            let end = cx.parse.children_with(verb, &["xcomp"]).map(|x| cx.parse.subtree_range(x).end).max();
            Some(told(cx.span(syntax::trim_punct(cx, group.start..end.unwrap_or(group.end)))))
        }
        _ => None,
    }
}

/// A prepositional phrase under a verb whose object is a fruit, a quality or a state of affairs; not a day or a place.
fn phrase(cx: &Context<'_>, verb: usize, preps: &[&str]) -> Option<Range<usize>> {
    cx.parse.children_with(verb, &["prep"]).filter(|&p| preps.contains(&cx.token(p).lower.as_str())).find_map(|p| {
        let object = cx.parse.child(p, &["pobj", "pcomp"])?;
        let t = cx.token(object);
        let outcome = matches!(t.pos.as_str(), "NOUN" | "VERB" | "PRON")
            && !matches!(t.ent.as_str(), "DATE" | "TIME" | "GPE" | "LOC" | "FAC" | "PERSON" | "ORG");
        // "closed with the minister in tears": one thing, without what hangs on it
        outcome.then(|| p..syntax::trim_punct(cx, object..right(cx, object)).end.max(object + 1))
    })
}

/// The end of a phrase: its head and what follows without a clause of its own.
fn right(cx: &Context<'_>, head: usize) -> usize {
    let tokens = syntax::subtree_without(cx, head, |c| {
        matches!(cx.token(c).dep.as_str(), "relcl" | "advcl" | "punct" | "cc" | "appos" | "parataxis") && c > head
            || (cx.token(c).dep == "conj" && syntax::is_verb(cx, c))
    });
    syntax::run_around(&tokens, head).end
}

/// "reached no agreement", "made progress", "brought nothing".
fn yielded(cx: &Context<'_>, verb: usize) -> Option<Outcome> {
    let object = cx.parse.child(verb, &["dobj", "nsubjpass"])?;
    let lemma = cx.token(object).lemma.to_lowercase();
    if !is_told(cx, verb) || !is("yield", &cx.token(verb).lemma) || !is("fruit", &lemma) {
        return None;
    }
    Some(told(clause_words(cx, verb, object)))
}

/// The words from the start of the clause, where its subject denies it, else from the verb, to the object.
fn clause_words(cx: &Context<'_>, verb: usize, object: usize) -> Span {
    let group = syntax::verb_group(cx, verb);
    let subject = syntax::own_subject(cx, verb).map(|s| syntax::noun_phrase(cx, s));
    let denies = subject.clone().filter(|s| {
        s.clone().any(|k| matches!(cx.token(k).lower.as_str(), "no" | "neither" | "none" | "nobody" | "nothing"))
    });
    let start = denies.map_or(group.start, |s| s.start).min(group.start);
    let end = syntax::noun_phrase(cx, object).end.max(group.end);
    cx.span(syntax::trim_punct(cx, start..end))
}

/// What those who met did in the end: later in the sentence, or in the next.
fn told_by_folk(cx: &Context<'_>, i: usize) -> Option<Outcome> {
    let here = cx.parse.sentence_of(i);
    let next = cx.parse.sentences.get(cx.token(i).sentence as usize + 1).cloned().unwrap_or(here.end..here.end);
    let same_paragraph = cx
        .text()
        .get(cx.sentence_at(i).end()..cx.parse.tokens.get(next.start).map_or(0, |t| t.start as usize))
        .is_some_and(|gap| !gap.contains('\n'));
    let next = if same_paragraph { next } else { here.end..here.end };
    here.chain(next).filter(|&v| syntax::is_verb(cx, v) && is_told(cx, v)).find_map(|v| folk(cx, v))
}

fn folk(cx: &Context<'_>, verb: usize) -> Option<Outcome> {
    let lemma = cx.token(verb).lemma.as_str();
    // "there was no breakthrough"
    if lemma == "be" && cx.parse.child(verb, &["expl"]).is_some() {
        let what = cx.parse.child(verb, &["attr"])?;
        let none = cx.parse.child(what, &["det"]).is_some_and(|d| cx.token(d).lower == "no");
        return (none && is("fruit", &cx.token(what).lemma)).then(|| told(cx.span(syntax::noun_phrase(cx, what))));
    }
    let subject =
        syntax::own_subject(cx, verb).or_else(|| syntax::subject(cx, verb).filter(|_| cx.token(verb).dep == "conj"))?;
    // "no agreement was reached"
    if is("fruit", &cx.token(subject).lemma) && is("yield", lemma) && syntax::is_passive(cx, verb) {
        return yielded(cx, verb);
    }
    let who = cx.token(subject).lemma.to_lowercase();
    let many = matches!(cx.token(subject).tag.as_str(), "NNS" | "NNPS")
        || matches!(who.as_str(), "they" | "both" | "neither")
        || cx.parse.child(subject, &["det"]).is_some_and(|d| matches!(cx.token(d).lower.as_str(), "neither" | "both"));
    if !is("folk", &who) || !many {
        return None;
    }
    if let Some(found) = yielded(cx, verb) {
        return Some(found);
    }
    if is("part", lemma) || lemma == "walk" {
        let how = phrase(cx, verb, &["without", "with"])?;
        return Some(told(cx.span(syntax::verb_group(cx, verb).start..how.end)));
    }
    let to = cx.parse.children_with(verb, &["xcomp"]).find(|&x| syntax::is_infinitive(cx, x))?;
    let again = cx.parse.children_with(to, &["advmod"]).find(|&a| cx.token(a).lower == "again");
    let wanted = match lemma {
        "agree" => is("again", &cx.token(to).lemma),
        "fail" => matches!(cx.token(to).lemma.as_str(), "agree" | "reach" | "settle" | "bridge" | "find"),
        _ => return None,
    };
    let object = cx.parse.child(to, &["dobj"]).map(|o| syntax::noun_phrase(cx, o).end);
    let end = object.into_iter().chain(again.map(|a| a + 1)).max().unwrap_or(to + 1).max(to + 1);
    wanted.then(|| told(cx.span(syntax::verb_group(cx, verb).start..end)))
}

/// "were productive", "described them as useful", "a positive call".
fn called(cx: &Context<'_>, i: usize, clause: &Clause) -> Option<Outcome> {
    let quality = |k: usize| is("quality", &cx.token(k).lower);
    let made = |range: Range<usize>| Outcome { span: cx.span(syntax::trim_punct(cx, range)), told: 1 };
    if let Some(a) = cx.parse.children_with(i, &["amod"]).find(|&a| quality(a)) {
        return Some(made(a..a + 1));
    }
    let verb = clause.verb.filter(|_| clause.direct)?;
    if !is_told(cx, verb) {
        return None;
    }
    let lemma = cx.token(verb).lemma.as_str();
    let subject = cx.token(i).dep.starts_with("nsubj");
    let names = matches!(lemma, "describe" | "call" | "term" | "hail" | "characterize" | "characterise" | "label");
    let head = match (subject, names) {
        (true, false) if matches!(lemma, "be" | "prove" | "remain" | "seem") => {
            cx.parse.child(verb, &["acomp", "attr"]).filter(|&a| quality(a))
        }
        (false, true) => cx
            .parse
            .children_with(verb, &["prep", "oprd", "ccomp", "xcomp"])
            .flat_map(|p| cx.parse.subtree(p))
            .find(|&k| quality(k) && k > i),
        _ => None,
    }?;
    let tokens = syntax::subtree_without(cx, head, |c| {
        !matches!(cx.token(c).dep.as_str(), "advmod" | "cc" | "conj" | "det" | "amod" | "neg")
    });
    let run = syntax::run_around(&tokens, head);
    let not = cx.parse.children_with(verb, &["neg"]).find(|&n| subject && n < run.start);
    Some(made(not.unwrap_or(run.start)..run.end))
}
