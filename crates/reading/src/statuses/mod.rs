//! The family of statuses: agreed, blocked, off the table, according to whom.
//!
//! A status is read from what is said of a matter ("inspections are agreed in principle"), from what is done to it ("they
//! signed the accord"), and from labels ("Weekends: settled."). Whose word it is, is told by the quotation around it, by
//! the party that acts, or it is the reporter's.

mod beside;
mod conditional;
mod find_in;
mod labels;
mod open;
mod percents;
mod yielded;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rapporteur_text::{Span, When};

use crate::Context;
use crate::dates;
use crate::lexicon::rows;
use crate::model::{Item, Proposal, Quote, RefKind, Reference, Rule, Status, StatusSort, Topic};
use crate::quotes::is_known_source;
use crate::statements::{is_actor, own_side};
use crate::syntax_help as help;
use crate::talks::{is_about_talks, is_amid_talks};
use crate::topics::topics;

/// Days before the article from which on a state is told as history.
const HISTORY: i32 = 180;
/// Sentences back in which the story may have been led to another time.
const BACK: usize = 2;

/// Lexicon: construction, word, status.
static WORDS: LazyLock<HashMap<&'static str, HashMap<&'static str, StatusSort>>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, HashMap<&'static str, StatusSort>> = HashMap::new();
    for row in rows(include_str!("../../lexicons/statuses.tsv")) {
        if let Some(status) = row.get(2).and_then(|s| StatusSort::from_written(s)) {
            words.entry(row[0]).or_default().insert(row[1], status);
        }
    }
    words
});

/// Objects that a verb of many meanings must have.
static ONLY: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut only: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
    for row in rows(include_str!("../../lexicons/statuses.tsv")) {
        if let ["only", verb, noun] = row[..] {
            only.entry(verb).or_default().push(noun);
        }
    }
    only
});

/// Classes of words without a status of their own: "thing", "many".
static CLASSES: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/statuses.tsv")).filter_map(|r| Some((*r.first()?, *r.get(1)?))).collect()
});

/// Whether a lemma belongs to a class of the lexicon.
fn is_word(class: &str, lemma: &str) -> bool {
    CLASSES.contains(&(class, lemma))
}

/// The status of a word in a construction.
fn status_of(construction: &str, word: &str) -> Option<StatusSort> {
    known(construction, word).map(|k| k.1)
}

/// The word as the lexicon has it, and its status.
fn known(construction: &str, word: &str) -> Option<(&'static str, StatusSort)> {
    WORDS.get(construction)?.get_key_value(word).map(|(w, s)| (*w, *s))
}

/// What a rule found, before it is told who says so.
struct Found {
    rule: Rule,
    confidence: f32,
    /// The words of the status.
    span: Span,
    /// The token that carries it.
    token: usize,
    status: StatusSort,
    matter: Option<Span>,
    /// The party that acts, where acting is saying.
    by: Option<Reference>,
    percent: Option<f64>,
}

/// Finds statuses.
pub(crate) fn find(cx: &Context<'_>, proposals: &[Proposal]) -> Vec<Status> {
    let mut found: Vec<Found> = (0..cx.parse.len()).filter_map(|i| find_in::token(cx, i)).flatten().collect();
    found.extend(labels::labels(cx));
    // elsewhere much is agreed, closed or dropped that nobody negotiates
    if !is_about_talks(cx) {
        found.retain(|f| find_in::is_of_talks(cx, f));
    }
    // "agreed to pay a fee": in news of other things everybody agrees to do something
    if !is_amid_talks(cx) {
        found.retain(|f| !yielded::is_consent_to_do(cx, f));
    }
    found.retain(|f| !is_history(cx, f.token));
    found.sort_by_key(|f| (f.span.start(), f.span.end()));
    // one status for one matter in one place; the surer one stays
    let mut kept: Vec<Found> = Vec::new();
    for f in found {
        match kept.last_mut() {
            Some(last) if last.span.overlaps(f.span) && last.matter == f.matter => {
                if f.confidence > last.confidence {
                    *last = f;
                }
            }
            _ => kept.push(f),
        }
    }
    kept.into_iter().flat_map(|f| records(cx, proposals, f)).collect()
}

/// Whether what is told lies long before the article: the sentence has a day that does, or the sentences before it have led the
/// story there and nothing since has led it back.
fn is_history(cx: &Context<'_>, token: usize) -> bool {
    let Some(published) = cx.article.published.map(|p| p.date) else { return false };
    let old = |w: &When| w.last_day().is_some_and(|d| (published - d).get_days() > HISTORY);
    let verb = std::iter::once(token).chain(cx.parse.ancestors(token)).find(|&v| help::is_verb(cx, v)).unwrap_or(token);
    let past = cx.token(verb).tag == "VBD"
        || cx.parse.children_with(verb, &["aux", "auxpass"]).any(|a| cx.token(a).tag == "VBD");
    if !past {
        return false;
    }
    let here = cx.token(token).sentence as usize;
    let start = cx.sentence_at(token).start();
    // the sentence itself, then those before it in its paragraph, back to the first that has a day
    (0..=BACK)
        .map_while(|back| here.checked_sub(back).and_then(|s| cx.sentences().get(s)).copied())
        .take_while(|s| cx.text().get(s.start()..start.max(s.start())).is_some_and(|t| !t.contains('\n')))
        .map(|s| cx.dates_in(s).filter(|d| !d.when.is_unknown() && tells_when(cx, d.item.span())).collect::<Vec<_>>())
        .find(|dates| !dates.is_empty())
        .is_some_and(|dates| dates.iter().all(|d| old(&d.when)))
}

/// Whether a time says when something was done: "in 2007", "on July 6", not "a clock of 1840" or "the worst since 1994".
fn tells_when(cx: &Context<'_>, span: Span) -> bool {
    let Some(head) = dates::head_of(cx, span) else { return false };
    let up = cx.parse.head(head);
    match cx.token(head).dep.as_str() {
        "pobj" => matches!(cx.token(up).lower.as_str(), "in" | "on" | "during" | "by" | "at" | "until"),
        "npadvmod" | "advmod" | "tmod" => help::is_verb(cx, up),
        _ => false,
    }
}

/// The record of a finding; one for each subject where it points at several ("the two subjects", "both chapters").
fn records(cx: &Context<'_>, proposals: &[Proposal], f: Found) -> Vec<Status> {
    let whole = record(cx, proposals, &f);
    let several = f.matter.is_some_and(|m| points_at_several(cx, m));
    let subjects = if several { told_before(cx, f.token) } else { Vec::new() };
    if subjects.len() < 2 {
        return vec![whole];
    }
    let mut each: Vec<Status> = Vec::new();
    for topic in subjects {
        let mut one = record(cx, proposals, &f);
        one.matter = Some(topic.span);
        one.item.add(cx.evidence_why(topic.span, crate::model::Why::Antecedent));
        one.topics = vec![Topic { distance: 0, ..topic }];
        each.push(one);
    }
    each
}

/// "the two subjects", "both chapters", "the two".
fn points_at_several(cx: &Context<'_>, matter: Span) -> bool {
    let words = matter.slice(cx.text()).to_lowercase();
    let several = words.split(' ').any(|w| matches!(w, "both" | "two"));
    let bare = words.split(' ').all(|w| {
        matches!(
            w,
            "the"
                | "both"
                | "two"
                | "these"
                | "those"
                | "other"
                | "subjects"
                | "chapters"
                | "issues"
                | "points"
                | "questions"
                | "matters"
                | "topics"
                | "files"
                | "of"
                | "them"
        )
    });
    several && bare
}

/// The two subjects named last in the sentences just before, where exactly two stand side by side there.
fn told_before(cx: &Context<'_>, token: usize) -> Vec<Topic> {
    let here = cx.token(token).sentence as usize;
    (1..=2)
        .filter_map(|back| here.checked_sub(back).and_then(|s| cx.parse.sentences.get(s)).cloned())
        .find_map(|sentence| {
            let and = sentence.clone().rev().find(|&i| cx.token(i).dep == "cc" && cx.token(i).lower == "and")?;
            let first = cx.parse.head(and);
            let second = cx.parse.child(first, &["conj"])?;
            let noun = |i: usize| matches!(cx.token(i).pos.as_str(), "NOUN" | "PROPN");
            // "the trade and climate commissioner" is one
            let modifies = |i: usize| matches!(cx.token(i).dep.as_str(), "compound" | "nmod" | "amod" | "poss");
            if !noun(first) || !noun(second) || modifies(first) || modifies(second) {
                return None;
            }
            let words = |i: usize| cx.span(crate::mentions::phrase::noun_phrase(cx, i));
            let both: Vec<Topic> =
                [first, second].iter().filter_map(|&i| topics(cx, words(i), 0).into_iter().next()).collect();
            (both.len() == 2).then_some(both)
        })
        .unwrap_or_default()
}

fn record(cx: &Context<'_>, proposals: &[Proposal], f: &Found) -> Status {
    let quoted = cx
        .quotes
        .iter()
        .filter(|q| q.content.iter().any(|c| c.contains(f.span) || (c.overlaps(f.span) && c.holds(f.span.start()))));
    // the innermost quotation is who says it
    let quote = quoted.min_by_key(|q| q.content.iter().map(|c| c.len()).sum::<usize>());
    // what stands before the colon of a label is the matter, not who says it
    let source = quote.filter(|_| f.rule != labels::LABEL).and_then(|q| q.source);
    let tells = quote.filter(|q| !is_only_evidence(cx, q)).and(source);
    // "his country": the speaker's own side
    let by = f.by.filter(|by| tells.is_none() || !head_of(cx, by.span).is_some_and(|h| own_side(cx, h)));
    let according_to = by.or(tells).filter(|r| is_someone(cx, r));
    let said = quote.map(|q| q.said.clone()).filter(|w| !w.is_unknown()).unwrap_or_else(|| said(cx, f));
    let topics = matter_topics(cx, f);
    let (proposal, point) = f.matter.map_or((None, None), |m| point_of(cx, proposals, m));
    // a paper as a whole is no single subject of it
    let topics = if is_paper(cx, f) || proposal.is_some() && point.is_none() { Vec::new() } else { topics };
    let mut item = Item::new(f.rule, f.confidence, cx.evidence(f.span));
    if let Some(matter) = f.matter {
        item.add(cx.evidence_why(matter, crate::model::Why::Antecedent));
    }
    Status { item, matter: f.matter, topics, proposal, point, status: f.status, according_to, percent: f.percent, said }
}

/// "The sudden change shows how much they disagree": what shows, and is nobody and no paper, only lets the reporter say so.
fn is_only_evidence(cx: &Context<'_>, quote: &Quote) -> bool {
    const SHOWS: &[&str] = &[
        "show",
        "suggest",
        "mean",
        "indicate",
        "prove",
        "demonstrate",
        "illustrate",
        "underline",
        "reflect",
        "signal",
        "highlight",
    ];
    let Some(source) = quote.source.and_then(|s| head_of(cx, s.span)) else { return false };
    let Some(cue) = quote.cue else { return false };
    let shows = cx.parse.tokens_in(cue.range()).any(|i| SHOWS.contains(&cx.token(i).lemma.as_str()));
    let is_common = cx.token(source).pos == "NOUN" && cx.reference(source).entity.is_none();
    shows && is_common && !is_actor(cx, source) && !is_known_source(cx, source)
}

/// The token of some words that hangs on something outside of them.
fn head_of(cx: &Context<'_>, words: Span) -> Option<usize> {
    let tokens = cx.parse.tokens_in(words.range());
    tokens.clone().find(|&i| !tokens.contains(&cx.parse.head(i)) || cx.parse.head(i) == i)
}

/// Whether the matter is a paper, plan or package: "the plan", "its own paper".
fn is_paper(cx: &Context<'_>, f: &Found) -> bool {
    let words = f.matter.map(|m| m.slice(cx.text()).to_lowercase()).unwrap_or_default();
    words.split(' ').next_back().is_some_and(|w| {
        matches!(w, "plan" | "paper" | "proposal" | "package" | "draft" | "text" | "document" | "standstill" | "truce")
    })
}

/// Whether words can be whose word it is: no time of day ("conceded by nightfall"), no "he" for a house.
fn is_someone(cx: &Context<'_>, r: &Reference) -> bool {
    let tokens = cx.parse.tokens_in(r.span.range());
    let words = r.span.slice(cx.text()).to_lowercase();
    let time = tokens.clone().any(|i| matches!(cx.token(i).ent.as_str(), "DATE" | "TIME")) && r.entity.is_none()
        || matches!(words.as_str(), "nightfall" | "dusk" | "dawn" | "midnight" | "noon" | "daybreak");
    let one = matches!(words.as_str(), "he" | "she" | "him" | "her") && r.entity.is_some();
    !time && (!one || r.kind == RefKind::Person)
}

/// The day that hangs on a verb itself: "agreed on Thursday", "signed it last night".
fn day_on(cx: &Context<'_>, verb: usize) -> Option<When> {
    let on = |span: Span| {
        let head = dates::head_of(cx, span)?;
        let up = cx.parse.head(head);
        let over = if cx.token(up).lower == "on" { cx.parse.head(up) } else { up };
        (tells_when(cx, span) && over == verb).then_some(())
    };
    dates::merged_in(cx, cx.sentence_at(verb)).into_iter().find(|(s, _)| on(*s).is_some()).map(|d| d.1)
}

/// The day the sentence gives for it, if it is past and near; else the article's.
fn said(cx: &Context<'_>, f: &Found) -> When {
    let published = cx.article.published.map(|p| p.date);
    let verb = std::iter::once(f.token).chain(cx.parse.ancestors(f.token)).find(|&v| help::is_verb(cx, v));
    let done = |v: usize| matches!(cx.token(v).tag.as_str(), "VBD" | "VBN");
    let own = verb.filter(|&v| done(v)).and_then(|v| day_on(cx, v));
    let near = |w: &When| {
        let days = w.first_day().zip(w.last_day()).is_some_and(|(a, b)| (b - a).get_days() <= 7);
        days && w.last_day().zip(published).is_some_and(|(d, p)| d <= p)
    };
    if let Some(day) = own.filter(near) {
        return day;
    }
    cx.article.published.map_or_else(When::unknown, |m| When {
        basis: rapporteur_text::Basis::Published,
        ..When::on(m.date, "", rapporteur_text::Basis::Published)
    })
}

/// Topics of the matter; of "it" those of the object just before it ("considered a cap and dropped it"). What else a pronoun,
/// a bare number or "six points" stands for is not guessed.
fn matter_topics(cx: &Context<'_>, f: &Found) -> Vec<Topic> {
    let Some(matter) = f.matter else { return Vec::new() };
    let own = topics(cx, matter, 0);
    if !own.is_empty() || !matches!(matter.slice(cx.text()), "it" | "them") {
        return own;
    }
    let verb = cx.parse.tokens_in(matter.range()).next().map(|i| cx.parse.head(i));
    let before = verb.filter(|&v| cx.token(v).dep == "conj").map(|v| cx.parse.head(v));
    let object =
        before.and_then(|v| cx.parse.child(v, &["dobj"])).filter(|&o| cx.span(o..o + 1).end() <= matter.start());
    object.map(|o| topics(cx, cx.span(help::noun_phrase(cx, o)), 0)).unwrap_or_default()
}

/// The proposal, and its point, that the matter names: "the nine-point paper", "point 4".
fn point_of(cx: &Context<'_>, proposals: &[Proposal], matter: Span) -> (Option<usize>, Option<u32>) {
    let words = matter.slice(cx.text()).to_lowercase();
    let proposal = proposals.iter().position(|p| {
        let name = p.name.slice(cx.text()).to_lowercase();
        let bare = name.trim_start_matches("the ").trim_start_matches("a ");
        matter.overlaps(p.name) || (bare.contains(' ') && words.contains(bare))
    });
    let point = words
        .split_once("point ")
        .and_then(|(_, rest)| rest.split(|c: char| !c.is_alphanumeric()).next().map(str::to_string))
        .and_then(|w| w.parse().ok().or_else(|| dates::number(&w).map(|n| n as u32)));
    let proposal = proposal.or_else(|| point.and(if proposals.len() == 1 { Some(0) } else { None }));
    (proposal, point)
}
