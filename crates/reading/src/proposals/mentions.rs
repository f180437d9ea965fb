//! Where a proposal is named: "the seven-point paper", "the Santrevo plan", "the mediator's revised draft".

use std::sync::LazyLock;

use rapporteur_text::{Span, When};
use regex::Regex;

use super::is_word;
use crate::Context;
use crate::dates;
use crate::model::Reference;
use crate::syntax_help as help;
use crate::talks::is_about_talks;

/// One place that names a proposal.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The noun phrase, without what follows its head.
    pub(super) span: Span,
    /// Its head token.
    pub(super) head: usize,
    /// How many points it says it has.
    pub(super) points: Option<u32>,
    /// Lower-case words that tell it from others (names, versions).
    pub(super) names: Vec<String>,
    /// Whether it only points back ("the paper", "its plan").
    pub(super) pointing: bool,
    /// Whether its noun names nothing but proposals.
    pub(super) clear: bool,
    /// Whether it is a proposal only where its points are listed ("published four principles").
    pub(super) needs_list: bool,
    /// Whether it is said here that someone put it forward.
    pub(super) tabled: bool,
    /// Who put it forward.
    pub(super) by: Vec<Reference>,
    /// When it was put forward.
    pub(super) when: When,
    /// Version as written.
    pub(super) version: String,
    /// Words for the proposal it replaces.
    pub(super) replaces: Option<Span>,
}

static POINTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:-\w+)?|thirty)(?:[- ]point\b| (?:points|principles|demands|conditions|pillars|commitments|pledges|articles)\b)").ok()
});

/// Number of points written in these words ("seven-point", "nine points", "four principles").
///
/// ```
/// assert_eq!(rapporteur_reading::points_in("the revised nine-point plan"), Some(9));
/// assert_eq!(rapporteur_reading::points_in("the plan of March 9"), None);
/// ```
pub fn points_in(words: &str) -> Option<u32> {
    let groups = POINTS.as_ref()?.captures(words)?;
    let word = groups.get(1)?.as_str().to_lowercase();
    word.parse().ok().or_else(|| dates::number(&word).map(|n| n as u32)).filter(|n| (2..200).contains(n))
}

/// All mentions, in text order.
pub(super) fn find(cx: &Context<'_>) -> Vec<Mention> {
    let mut all: Vec<Mention> = (0..cx.parse.len()).filter_map(|i| mention(cx, i)).collect();
    let resized: Vec<Mention> = all.iter().filter_map(|m| resized(cx, m)).collect();
    for new in resized {
        match all.iter_mut().find(|m| m.head == new.head) {
            // "cut to sixteen points" names it already
            Some(known) => known.replaces = known.replaces.or(new.replaces),
            None => all.push(new),
        }
    }
    all.sort_by_key(|m| (m.span.end(), m.span.start()));
    all
}

fn mention(cx: &Context<'_>, head: usize) -> Option<Mention> {
    let token = cx.token(head);
    let lemma = token.lemma.to_lowercase();
    let points_noun = is_word("points", &lemma) && token.tag == "NNS";
    if !matches!(token.pos.as_str(), "NOUN" | "PROPN") || !(is_word("noun", &lemma) || points_noun) {
        return None;
    }
    // "the peace plan" is headed by "plan"
    if token.dep == "compound" && is_word("noun", &cx.token(cx.parse.head(head)).lemma) {
        return None;
    }
    let left: Vec<usize> = cx.parse.subtree(head).into_iter().filter(|&i| i < head).collect();
    let first = left.first().copied().unwrap_or(head);
    let span = cx.span(help::trim_punct(cx, first..head + 1));
    let words = span.slice(cx.text());
    let points = points_in(words);
    // "the nine points" stands for the proposal that has them, "four principles" for one whose list follows, "points"
    // alone for none
    if points_noun && points.is_none() {
        return None;
    }
    let needs_list = points_noun && (lemma != "point" || !definite(cx, &left) || is_score(cx, &left));
    let own: Vec<usize> = left.iter().copied().filter(|&i| below_possessor(cx, head, i).is_none()).collect();
    let names = names(cx, &own);
    let version =
        own.iter().map(|&i| cx.token(i).lower.to_string()).find(|w| is_word("version", w)).unwrap_or_default();
    let plural = token.tag == "NNS" && !points_noun;
    if plural && points.is_none() {
        return None;
    }
    let possessor = cx.parse.child(head, &["poss"]);
    let pointing = points.is_none() && names.is_empty() && (definite(cx, &left) || possessor.is_some());
    if points.is_none() && names.is_empty() && !pointing {
        return None;
    }
    let (tabled, mut by, when) = tabling(cx, head);
    if by.is_empty() {
        // "its offer" may be another one than the paper spoken of, and "its eight points" are the paper's
        let of_paper = |p: usize| points_noun && cx.token(p).lower == "its";
        let own = possessor.filter(|&p| !pointing && person_or_party(cx, p) && !of_paper(p));
        by.extend(own.map(|p| cx.reference(p)));
    }
    Some(Mention {
        span,
        head,
        points,
        names,
        pointing,
        clear: is_word("clear", &lemma),
        needs_list,
        tabled,
        by,
        when,
        version,
        replaces: replaced(cx, head),
    })
}

/// "his team's first 24 points" are those of a game.
fn is_score(cx: &Context<'_>, left: &[usize]) -> bool {
    !is_about_talks(cx) || left.iter().any(|&i| matches!(cx.token(i).lower.as_str(), "first" | "last" | "percentage"))
}

fn definite(cx: &Context<'_>, left: &[usize]) -> bool {
    left.iter()
        .any(|&i| matches!(cx.token(i).lower.as_str(), "the" | "this" | "that" | "its" | "his" | "her" | "their"))
}

/// The possessor of `head` under which `i` hangs.
fn below_possessor(cx: &Context<'_>, head: usize, i: usize) -> Option<usize> {
    std::iter::once(i).chain(cx.parse.ancestors(i)).take_while(|&a| a != head).find(|&a| cx.token(a).dep == "poss")
}

/// Words that tell this proposal from others: proper names and versions before the noun.
fn names(cx: &Context<'_>, own: &[usize]) -> Vec<String> {
    own.iter()
        .map(|&i| cx.token(i))
        .filter(|t| {
            (t.pos == "PROPN" && t.lower.len() > 2 && !matches!(t.ent.as_str(), "NORP" | "DATE" | "PERSON"))
                || matches!(t.lower.as_str(), "peace" | "revised" | "amended" | "compromise" | "draft")
        })
        .map(|t| t.lower.to_string())
        .collect()
}

fn person_or_party(cx: &Context<'_>, i: usize) -> bool {
    cx.entity_at.get(i).is_some_and(Option::is_some)
        || matches!(
            cx.token(i).lemma.as_str(),
            "mediator" | "chair" | "chairman" | "union" | "government" | "employer" | "bank" | "president" | "side"
        )
}

/// Whether someone is said to put the proposal forward here, who, and when.
fn tabling(cx: &Context<'_>, head: usize) -> (bool, Vec<Reference>, When) {
    let governor = cx.parse.head(head);
    let dep = cx.token(head).dep.as_str();
    let verb_is = |v: usize| help::is_verb(cx, v) && is_word("table", &cx.token(v).lemma);
    let with_conjuncts = |i: usize| {
        let mut all = vec![cx.reference(i)];
        all.extend(cx.parse.children_with(i, &["conj"]).map(|c| cx.reference(c)));
        all
    };
    // "the mediator tabled a plan", "a plan was tabled by the mediator"
    if governor != head && verb_is(governor) && matches!(dep, "dobj" | "nsubjpass") {
        let actor = help::actor(cx, governor);
        return (true, actor.map(with_conjuncts).unwrap_or_default(), dates::when_for(cx, governor));
    }
    // "a plan tabled by the mediator", "a plan that the mediator tabled"
    for c in cx.parse.children_with(head, &["acl", "relcl"]) {
        if verb_is(c) {
            let actor = help::actor(cx, c).filter(|&a| a != head && cx.token(a).pos != "PRON");
            if let Some(actor) = actor {
                return (true, with_conjuncts(actor), dates::when_for(cx, c));
            }
        }
    }
    // "a plan by the mediator", "a plan from the bank"
    for c in cx.parse.children_with(head, &["prep"]) {
        if matches!(cx.token(c).lower.as_str(), "by" | "from")
            && let Some(object) = cx.parse.child(c, &["pobj"]).filter(|&o| person_or_party(cx, o))
        {
            return (true, with_conjuncts(object), When::unknown());
        }
    }
    (false, Vec::new(), When::unknown())
}

/// "which replaces the first paper", "it takes the place of September's", "a plan, a revised version of the ten-point plan", "in
/// place of the seven-point plan".
fn replaced(cx: &Context<'_>, head: usize) -> Option<Span> {
    let governor = cx.parse.head(head);
    let is_subject = governor != head && help::own_subject(cx, governor) == Some(head);
    let below = cx.parse.children_with(head, &["acl", "relcl"]);
    let verbs = below.chain(Some(governor).filter(|_| is_subject)).filter(|&v| !help::is_passive(cx, v));
    let by_verb = verbs.filter_map(|v| object_replaced(cx, v));
    // "the ten-point plan was replaced by a paper": the paper hangs on "by"
    let agent = Some(governor).filter(|&a| cx.token(a).dep == "agent").map(|a| cx.parse.head(a));
    let by_agent = agent.filter(|&v| is_replacing(cx, v)).and_then(|v| help::own_subject(cx, v));
    let version = cx.parse.children_with(head, &["appos"]).filter(|&a| is_word("remake", &cx.token(a).lemma));
    let by_version = version.filter_map(|a| object_of(cx, a, &["of", "to"]));
    let place = object_of(cx, head, &["in"]).or_else(|| object_of(cx, governor, &["in"]).filter(|_| is_subject));
    let in_place = place.filter(|&p| cx.token(p).lemma == "place").and_then(|p| object_of(cx, p, &["of"]));
    by_verb
        .chain(by_agent)
        .chain(by_version)
        .chain(in_place)
        .find(|&n| n != head && is_proposal_or_dated(cx, n))
        .map(|n| cx.span(help::noun_phrase(cx, n)))
}

fn is_replacing(cx: &Context<'_>, verb: usize) -> bool {
    matches!(cx.token(verb).lemma.as_str(), "replace" | "supersede")
}

/// What a verb says is replaced: "replaces X", "takes the place of X".
fn object_replaced(cx: &Context<'_>, verb: usize) -> Option<usize> {
    let object = cx.parse.child(verb, &["dobj"])?;
    match cx.token(verb).lemma.as_str() {
        "replace" | "supersede" => Some(object),
        "take" if cx.token(object).lemma == "place" => object_of(cx, object, &["of"]),
        _ => None,
    }
}

/// The object of one of these prepositions below a word.
fn object_of(cx: &Context<'_>, i: usize, prepositions: &[&str]) -> Option<usize> {
    let is_one = |p: &usize| prepositions.contains(&cx.token(*p).lower.as_str());
    cx.parse.children_with(i, &["prep"]).filter(is_one).find_map(|p| cx.parse.child(p, &["pobj"]))
}

/// "the ten-point plan", "the one of March 27", "September's".
fn is_proposal_or_dated(cx: &Context<'_>, n: usize) -> bool {
    let is_named = is_word("noun", &cx.token(n).lemma) || points_in(cx.subtree_span(n).slice(cx.text())).is_some();
    let is_dated = || cx.parse.subtree(n).into_iter().any(|i| cx.token(i).ent == "DATE");
    is_named || matches!(cx.token(n).lemma.as_str(), "one" | "that") && is_dated() || cx.token(n).ent == "DATE"
}

/// "They whittled the 22-point plan down to 16", "the plan, cut from 28 points to 20": what a plan of so many points became, where
/// that is only a number.
fn resized(cx: &Context<'_>, of: &Mention) -> Option<Mention> {
    let (from, verb) = (of.points?, cx.parse.head(of.head));
    if verb == of.head || !help::is_verb(cx, verb) || !is_word("resize", &cx.token(verb).lemma) {
        return None;
    }
    let is_object = matches!(cx.token(of.head).dep.as_str(), "dobj" | "nsubjpass" | "nsubj");
    let down = cx.parse.children_with(verb, &["advmod", "prt"]);
    let number = down.chain([verb]).find_map(|w| object_of(cx, w, &["to", "into"])).filter(|_| is_object)?;
    let words = cx.subtree_span(number).slice(cx.text()).to_string();
    let is_bare = cx.token(number).tag == "CD";
    let bare = || words.parse().ok().or_else(|| dates::number(&words.to_lowercase()).map(|n| n as u32));
    let points = if is_bare { bare() } else { points_in(&words) }.filter(|n| (2..200).contains(n) && *n != from)?;
    let end = cx.span(number..number + 1).end();
    Some(Mention {
        span: Span::of(cx.text(), of.span.start()..end)?,
        head: number,
        points: Some(points),
        names: Vec::new(),
        pointing: false,
        clear: false,
        needs_list: false,
        tabled: false,
        by: Vec::new(),
        when: When::unknown(),
        version: String::new(),
        replaces: Some(of.span),
    })
}
