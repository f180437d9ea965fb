//! The points of a proposal: a numbered or bulleted list, or the objects of "it provides for A, B and C".

use std::sync::LazyLock;

use rapporteur_text::Span;
use regex::Regex;

use super::is_word;
use crate::Context;
use crate::model::Term;
use crate::syntax_help as help;
use crate::topics::topics;

/// A run of lines that are points.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// Where it begins.
    pub(super) start: usize,
    /// Whether its points are numbered.
    pub(super) numbered: bool,
    /// Whether it gives some points of a longer paper, each with its number.
    pub(super) excerpt: bool,
    pub(super) terms: Vec<Term>,
}

static MARK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(?:(?:Point )?\(?(\d{1,2})[.):]|([•*·▪◦‣–—-]))\s+").ok());

/// A line that names its point in words, with or without a bullet before it.
static LABELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[•*·▪◦‣–—-]\s*)?(?i:point|article|paragraph|item|clause)\s+(\d{1,2})\s*[:.–—-]\s+").ok()
});

static INLINE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:^|[;:,.]\s+|\s)\(?(\d{1,2})[.)]\s+").ok());

/// The points a paragraph counts off inside itself: "1. a truce; 2. an exchange; 3. a fund".
fn counted_off(cx: &Context<'_>, paragraph: Span) -> Option<List> {
    let line = paragraph.slice(cx.text());
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for g in INLINE.as_ref()?.captures_iter(line) {
        let (whole, number) = (g.get(0)?, g.get(1)?);
        if number.as_str().parse() == Ok(marks.len() + 1) {
            marks.push((number.start(), whole.end()));
        }
    }
    if marks.len() < 3 {
        return None;
    }
    let ends = marks.iter().skip(1).map(|m| m.0).chain([line.len()]);
    let terms = marks.iter().zip(ends).zip(1u32..).filter_map(|((&(_, from), to), number)| {
        let span = Span::of(cx.text(), paragraph.start() + from..paragraph.start() + to)?;
        let span = span.trim(cx.text()).trim_matches(cx.text(), |c| matches!(c, ';' | ',' | '.' | '('));
        Some(term(cx, Some(number), span.trim(cx.text())))
    });
    Some(List { start: paragraph.start() + marks.first()?.0, numbered: true, excerpt: false, terms: terms.collect() })
}

/// Runs of lines that each name a point by its number ("- point 12: ..."), numbers rising, not counting from 1 in ones.
fn excerpts(cx: &Context<'_>) -> Vec<List> {
    let mut found: Vec<List> = Vec::new();
    let mut goes_on = false;
    for paragraph in cx.article.paragraphs() {
        let line = paragraph.slice(cx.text());
        let label = LABELLED
            .as_ref()
            .and_then(|l| l.captures(line))
            .and_then(|g| Some((g.get(1)?.as_str().parse::<u32>().ok()?, paragraph.start() + g.get(0)?.end())));
        let Some((number, from)) = label else {
            goes_on = false;
            continue;
        };
        let Some(span) = Span::of(cx.text(), from..paragraph.end()) else { continue };
        let span = span.trim(cx.text()).trim_matches(cx.text(), |c| matches!(c, ';' | ',' | '.'));
        let last =
            found.last_mut().filter(|l| goes_on && l.terms.last().and_then(|t| t.point).is_some_and(|n| n < number));
        match last {
            Some(list) => list.terms.push(term(cx, Some(number), span)),
            None => found.push(List {
                start: paragraph.start(),
                numbered: true,
                excerpt: true,
                terms: vec![term(cx, Some(number), span)],
            }),
        }
        goes_on = true;
    }
    let counts_up = |l: &List| (1u32..).zip(&l.terms).all(|(n, t)| t.point == Some(n));
    found.retain(|l| l.terms.len() >= 3);
    found.iter_mut().for_each(|l| l.excerpt = !counts_up(l));
    found
}

/// Lists of three points or more. A numbered one counts from 1 upwards, or names its points.
pub(super) fn lists(cx: &Context<'_>) -> Vec<List> {
    let labelled = excerpts(cx);
    let taken = |p: Span| labelled.iter().flat_map(|l| &l.terms).any(|t| p.contains(t.span));
    let paragraphs: Vec<Span> = cx.article.paragraphs().into_iter().filter(|&p| !taken(p)).collect();
    let mut found: Vec<List> = paragraphs.iter().filter_map(|&p| counted_off(cx, p)).collect();
    let mut open: Option<List> = None;
    for paragraph in paragraphs {
        let line = paragraph.slice(cx.text());
        let mark = MARK.as_ref().and_then(|m| m.captures(line));
        let Some((mark, whole)) =
            mark.and_then(|g| Some((g.get(1).and_then(|n| n.as_str().parse::<u32>().ok()), g.get(0)?.end())))
        else {
            found.extend(open.take().filter(|l| l.terms.len() >= 3));
            continue;
        };
        let Some(span) = Span::of(cx.text(), paragraph.start() + whole..paragraph.end()) else { continue };
        let span = span.trim(cx.text()).trim_matches(cx.text(), |c| matches!(c, ';' | ',' | '.'));
        let expected = open.as_ref().map_or(1, |l| l.terms.len() as u32 + 1);
        let follows = mark.is_none_or(|n| n == expected) && open.as_ref().is_none_or(|l| l.numbered == mark.is_some());
        if !follows {
            found.extend(open.take().filter(|l| l.terms.len() >= 3));
            if mark.is_some_and(|n| n != 1) {
                continue;
            }
        }
        let list = open.get_or_insert_with(|| List {
            start: paragraph.start(),
            numbered: mark.is_some(),
            excerpt: false,
            terms: Vec::new(),
        });
        list.terms.push(term(cx, mark, span));
    }
    found.extend(open.filter(|l| l.terms.len() >= 3));
    found.extend(labelled);
    found
}

fn term(cx: &Context<'_>, point: Option<u32>, span: Span) -> Term {
    Term { point, span, topics: topics(cx, span, 0) }
}

/// "the plan foresees A, B and C": the coordinated objects of the verb whose subject is the proposal.
pub(super) fn inline(cx: &Context<'_>, proposal: usize) -> Option<Vec<Term>> {
    let verb = cx.parse.head(proposal);
    if verb == proposal
        || !help::is_verb(cx, verb)
        || !is_word("hold", &cx.token(verb).lemma)
        || help::own_subject(cx, verb) != Some(proposal)
    {
        return None;
    }
    let object = cx.parse.child(verb, &["dobj"]).or_else(|| {
        let preposition =
            cx.parse.children_with(verb, &["prep"]).find(|&p| matches!(cx.token(p).lower.as_str(), "for" | "out"))?;
        cx.parse.child(preposition, &["pobj"])
    })?;
    let mut heads = vec![object];
    let mut at = object;
    while let Some(next) = cx.parse.child(at, &["conj"]) {
        heads.push(next);
        at = next;
    }
    let terms: Vec<Term> = heads
        .iter()
        .map(|&h| {
            // a conjunct's words end where the next one begins
            let own = help::subtree_without(cx, h, |c| matches!(cx.token(c).dep.as_str(), "conj" | "cc"));
            let run = help::run_around(&own, h);
            cx.span(help::trim_punct(cx, run))
        })
        .filter(|s| !s.is_empty())
        .map(|s| term(cx, None, s))
        .collect();
    (terms.len() >= 2).then_some(terms)
}
