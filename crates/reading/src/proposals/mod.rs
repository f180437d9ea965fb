//! The family of proposals: plans, papers, drafts with their points.
//!
//! One record for each proposal of an article: mentions of it are brought together by the number of its points and by the
//! words before its noun; its terms are the points listed after it, or the objects of "it provides for A, B and C".

mod mentions;
mod terms;

use std::collections::HashSet;
use std::sync::LazyLock;

use rapporteur_text::{Span, When};

use crate::Context;
use crate::lexicon::rows;
use crate::model::{Item, Proposal, Reference, Rule, Term, Why};
use mentions::Mention;
pub use mentions::points_in;

const LISTED: Rule = Rule("proposal.listed-points.v2");
const COUNTED: Rule = Rule("proposal.counted-points.v1");
const TABLED: Rule = Rule("proposal.tabled.v1");

static WORDS: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../../lexicons/proposals.tsv")).filter_map(|r| Some((*r.first()?, *r.get(1)?))).collect()
});

/// Whether a lemma belongs to a class of `lexicons/proposals.tsv`.
fn is_word(class: &str, lemma: &str) -> bool {
    WORDS.contains(&(class, lemma))
}

/// Finds proposals.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Proposal> {
    let (loose, mentions): (Vec<Mention>, Vec<Mention>) = mentions::find(cx).into_iter().partition(|m| m.needs_list);
    let mut groups = group(cx.text(), mentions);
    let lists = terms::lists(cx);
    for list in &lists {
        if !assign(&mut groups, list) {
            groups.extend(introduced(&loose, list));
        }
    }
    for group in &mut groups {
        if group.terms.is_empty() {
            group.terms = group.mentions.iter().find_map(|m| terms::inline(cx, m.head)).unwrap_or_default();
        }
    }
    groups.into_iter().filter_map(|g| record(cx, g)).collect()
}

/// The mentions of one proposal and what they say together.
#[derive(Debug, Default)]
struct Group {
    mentions: Vec<Mention>,
    points: Option<u32>,
    names: HashSet<String>,
    terms: Vec<Term>,
    listed: bool,
}

/// Brings mentions of the same proposal together: same number of points, same words before the noun, or a bare "the
/// paper" for the one spoken of last.
fn group(text: &str, mentions: Vec<Mention>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut last: Option<usize> = None;
    for m in mentions {
        let same_points = |g: &Group| m.points.is_some() && g.points == m.points;
        // what replaces a paper of so many points is not that paper
        let replaced = m.replaces.and_then(|r| points_in(r.slice(text)));
        let is_replaced = |g: &Group| replaced.is_some() && g.points == replaced;
        let clash = |g: &Group| m.points.is_some() && g.points.is_some() && g.points != m.points || is_replaced(g);
        let same_name = |g: &Group| m.names.iter().any(|n| g.names.contains(n)) && !clash(g);
        let found = groups
            .iter()
            .position(same_points)
            .or_else(|| groups.iter().position(same_name))
            .or_else(|| last.filter(|&l| m.pointing && groups.get(l).is_some_and(|g| !clash(g))));
        let at = match found {
            Some(at) => at,
            // "the bank put its own paper on the table" brings in a new one
            None if m.pointing && !(m.tabled && m.clear) => continue,
            None => {
                groups.push(Group::default());
                groups.len() - 1
            }
        };
        if let Some(g) = groups.get_mut(at) {
            g.points = g.points.or(m.points);
            g.names.extend(m.names.iter().cloned());
            g.mentions.push(m);
        }
        last = Some(at);
    }
    groups
}

/// "It comes with six points, so here they are": the proposal whose only name is its list.
fn introduced(loose: &[Mention], list: &terms::List) -> Option<Group> {
    let count = list.terms.len() as u32;
    let near = |m: &&Mention| m.span.start() < list.start && list.start - m.span.start() < 700;
    let mention = loose.iter().filter(near).rfind(|m| m.points == Some(count))?.clone();
    let mentions = vec![mention];
    Some(Group { mentions, points: Some(count), terms: list.terms.clone(), listed: true, ..Group::default() })
}

/// Gives a list to the proposal that has so many points, else to the one spoken of last before it; whether there is one.
fn assign(groups: &mut [Group], list: &terms::List) -> bool {
    let count = list.terms.len() as u32;
    let near = |g: &Group| {
        g.mentions
            .iter()
            .map(|m| (m.tabled, m.span.start()))
            .filter(|&(_, s)| s < list.start && list.start - s < 1500)
            .max()
    };
    let last = list.terms.iter().filter_map(|t| t.point).max().unwrap_or(count);
    let holds = |points: u32| if list.excerpt { points >= last } else { points == count };
    let fits = groups.iter().position(|g| g.points.is_some_and(holds) && g.terms.is_empty());
    let before = groups
        .iter()
        .enumerate()
        .filter(|(_, g)| g.points.is_none() && g.terms.is_empty())
        .filter_map(|(n, g)| Some((near(g)?, n)))
        .max();
    if let Some(g) = fits.or(before.map(|b| b.1)).and_then(|n| groups.get_mut(n)) {
        g.points = g.points.or((list.numbered && !list.excerpt).then_some(count));
        g.terms = list.terms.clone();
        g.listed = true;
        return true;
    }
    false
}

fn record(cx: &Context<'_>, group: Group) -> Option<Proposal> {
    let tabled: Vec<&Mention> = group.mentions.iter().filter(|m| !m.by.is_empty()).collect();
    let clear = group.mentions.iter().any(|m| m.clear && !m.names.is_empty() && m.tabled);
    let (rule, confidence) = match () {
        () if group.listed => (LISTED, 0.9),
        () if group.points.is_some() => (COUNTED, 0.8),
        () if clear && (!tabled.is_empty() || !group.terms.is_empty()) => (TABLED, 0.6),
        () => return None,
    };
    // the mention that says most names it
    let best = group.mentions.iter().max_by_key(|m| {
        (m.points.is_some() && m.tabled, m.points.is_some(), m.names.len().min(3), std::cmp::Reverse(m.span.start()))
    })?;
    let mut by: Vec<Reference> = Vec::new();
    for r in tabled.iter().flat_map(|m| &m.by) {
        let same = |o: &Reference| o.span == r.span || (o.entity.is_some() && o.entity == r.entity);
        if !by.iter().any(same) && by.len() < 4 {
            by.push(*r);
        }
    }
    let when = group.mentions.iter().map(|m| &m.when).find(|w| !w.is_unknown()).cloned().unwrap_or_else(When::unknown);
    let mut item = Item::new(rule, confidence, cx.evidence(best.span));
    for m in tabled.iter().take(2) {
        item.add(cx.evidence_why(m.span, Why::Antecedent));
    }
    let version = group.mentions.iter().map(|m| m.version.clone()).find(|v| !v.is_empty()).unwrap_or_default();
    let replacing = group.mentions.iter().find(|m| m.replaces.is_some());
    if let Some(m) = replacing.filter(|m| m.span != best.span) {
        item.add(cx.evidence_why(m.span, Why::Antecedent));
    }
    let replaces: Option<Span> = replacing.and_then(|m| m.replaces);
    Some(Proposal { item, name: best.span, by, points: group.points, version, when, terms: group.terms, replaces })
}
