//! Proposals over all articles: the same number of points by the same party, or the same name, are one proposal.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_reading::model::Proposal as Mention;
use rapporteur_text::{ItemId, When};

use crate::Named;
use crate::cx::{Cx, Told, content_words, days, days_between, merged, mode, ranked};
use crate::model::{Proposal, Term};

/// Proposals by day, and for each proposal of a reading the merged one.
pub(crate) fn fold(cx: &Cx<'_>) -> (Vec<Proposal>, BTreeMap<ItemId, ItemId>) {
    let mut mentions = cx.told(|w| &w.reading.proposals);
    mentions.sort_by_key(|t| (t.record.points.is_none(), t.record.terms.is_empty(), t.order()));
    let mut groups: Vec<Vec<Told<'_, Mention>>> = Vec::new();
    for told in mentions {
        match groups.iter().position(|g| is_same(cx, g, &told)) {
            Some(i) => groups[i].push(told),
            None => groups.push(vec![told]),
        }
    }
    let mut all: Vec<(Proposal, Vec<Told<'_, Mention>>)> = groups.into_iter().map(|g| (proposal(cx, &g), g)).collect();
    all.sort_by(|(a, _), (b, _)| {
        (a.when.from.is_none(), a.when.from, &a.merged.id).cmp(&(b.when.from.is_none(), b.when.from, &b.merged.id))
    });
    let of = all.iter().flat_map(|(p, g)| g.iter().map(|t| (t.id().clone(), p.merged.id.clone()))).collect();
    (link_replaced(all), of)
}

fn is_same(cx: &Cx<'_>, group: &[Told<'_, Mention>], told: &Told<'_, Mention>) -> bool {
    let points: BTreeSet<u32> = group.iter().filter_map(|t| t.record.points).collect();
    let name = names(told);
    let group_name: BTreeSet<String> = group.iter().flat_map(names).collect();
    let by = makers(cx, told);
    let group_by: BTreeSet<String> = group.iter().flat_map(|t| makers(cx, t)).collect();
    let same_makers = !by.is_disjoint(&group_by);
    let shared = name.intersection(&group_name).count();
    match told.record.points {
        Some(n) if !points.is_empty() => points.contains(&n) && (same_makers || by.is_empty() || group_by.is_empty()),
        _ => {
            // without a number of points: the same makers or the same article, and a name that says more than "the plan"
            let here = group.iter().any(|t| t.article() == told.article());
            let telling = name.iter().any(|w| !is_general(w));
            telling && shared > 0 && name.is_subset(&group_name)
                || (same_makers || by.is_empty()) && here && !telling && shared > 0
                || same_makers && near(group, told) && shared > 0
        }
    }
}

fn near(group: &[Told<'_, Mention>], told: &Told<'_, Mention>) -> bool {
    let day = |t: &Told<'_, Mention>| days(&t.record.when).map(|d| d.0).or(t.published());
    group.iter().any(|t| matches!((day(t), day(told)), (Some(a), Some(b)) if days_between(a, b).abs() <= 3))
}

/// Words that every proposal may be called.
fn is_general(word: &str) -> bool {
    const GENERAL: &[&str] = &[
        "plan",
        "paper",
        "proposal",
        "offer",
        "draft",
        "document",
        "text",
        "package",
        "framework",
        "peace",
        "point",
        "deal",
        "revised",
        "latest",
        "roadmap",
        "outline",
        "term",
        "sheet",
        "initial",
        "original",
        "current",
    ];
    GENERAL.contains(&word) || word.chars().all(|c| c.is_ascii_digit())
}

fn names(t: &Told<'_, Mention>) -> BTreeSet<String> {
    content_words(t.w.words(t.record.name))
}

fn makers(cx: &Cx<'_>, t: &Told<'_, Mention>) -> BTreeSet<String> {
    t.record.by.iter().map(|r| t.w.holder(cx.dossier, r).0).filter(Named::is_resolved).map(|n| n.id).collect()
}

fn proposal(cx: &Cx<'_>, group: &[Told<'_, Mention>]) -> Proposal {
    let mut by = ranked(group.iter().flat_map(|t| t.record.by.iter().map(|r| t.w.holder(cx.dossier, r).0)));
    if by.iter().any(Named::is_resolved) {
        by.retain(Named::is_resolved);
    }
    let ids: Vec<&str> = by.iter().map(|n| n.id.as_str()).collect();
    let name = mode(group.iter().map(|t| (std::cmp::Reverse(specific(t)), t.w.words(t.record.name))));
    let when = group.iter().filter(|t| !t.record.when.is_unknown()).min_by_key(|t| (days(&t.record.when), t.order()));
    let fullest = group.iter().max_by_key(|t| (t.record.terms.len(), std::cmp::Reverse(t.order())));
    Proposal {
        merged: merged("proposal", "proposal.points-makers-name.v1", &ids, group),
        name: name.map(|(_, n)| n.to_string()).unwrap_or_default(),
        points: mode(group.iter().filter_map(|t| t.record.points)),
        version: mode(group.iter().map(|t| t.record.version.clone()).filter(|v| !v.is_empty())).unwrap_or_default(),
        when: when.map_or_else(When::unknown, |t| t.record.when.clone()),
        terms: fullest.map_or_else(Vec::new, |t| terms(cx, t)),
        by,
        replaces: None,
    }
}

/// How many words of its name are its own.
fn specific(t: &Told<'_, Mention>) -> usize {
    names(t).iter().filter(|w| !is_general(w)).count().min(2)
}

fn terms(cx: &Cx<'_>, t: &Told<'_, Mention>) -> Vec<Term> {
    let issues = t.w.resolution.terms.get(t.number);
    let term = |(i, term): (usize, &rapporteur_reading::model::Term)| {
        let text = t.w.words(term.span);
        let issue = issues.and_then(|l| l.get(i)?.as_ref()).map(|issue| Named::issue(cx.dossier, issue, text));
        Term { point: term.point, text: text.to_string(), issue }
    };
    t.record.terms.iter().enumerate().map(term).collect()
}

/// Ties a proposal to the one whose name its own text says it replaces.
fn link_replaced(all: Vec<(Proposal, Vec<Told<'_, Mention>>)>) -> Vec<Proposal> {
    let known: Vec<(ItemId, BTreeSet<String>)> = all
        .iter()
        .map(|(p, g)| (p.merged.id.clone(), g.iter().flat_map(names).filter(|w| !is_general(w)).collect()))
        .collect();
    all.into_iter()
        .map(|(mut p, group)| {
            let words: BTreeSet<String> =
                group.iter().filter_map(|t| Some(content_words(t.w.words(t.record.replaces?)))).flatten().collect();
            let older = known.iter().filter(|(id, _)| *id != p.merged.id);
            p.replaces = older
                .map(|(id, name)| (name.intersection(&words).count(), id))
                .filter(|(shared, _)| *shared > 0)
                .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1)))
                .map(|(_, id)| id.clone());
            p
        })
        .collect()
}
