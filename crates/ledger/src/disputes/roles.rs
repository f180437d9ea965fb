//! Two offices for one person at one time that nobody holds together.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_dossier::PersonId;
use rapporteur_reading::model::{Role, RoleChange};

use crate::Named;
use crate::cx::{Cx, Told, days_between};
use crate::model::{About, Dispute, DisputeSort, Verdict};

use super::{Claim, dispute};

/// Roles told further apart may have followed each other.
const NEAR: i64 = 45;

/// Words for offices that one person holds one at a time, one a line, with the words that mark a lower rank of them.
const OFFICES: &str = include_str!("../../lexicons/offices.tsv");

pub(super) fn find(cx: &Cx<'_>) -> Vec<Dispute> {
    let mut by_person: BTreeMap<&PersonId, Vec<Told<'_, Role>>> = BTreeMap::new();
    for told in cx.told(|w| &w.reading.roles) {
        if told.record.change != RoleChange::Holds {
            continue;
        }
        if let Some(person) = told.w.resolved(told.record.person.entity).and_then(|r| r.person.as_ref()) {
            by_person.entry(person).or_default().push(told);
        }
    }
    by_person.into_iter().filter_map(|(person, all)| of_person(cx, person, &all)).collect()
}

fn of_person(cx: &Cx<'_>, person: &PersonId, all: &[Told<'_, Role>]) -> Option<Dispute> {
    let mut by_office: BTreeMap<(String, bool), Vec<&Told<'_, Role>>> = BTreeMap::new();
    for told in all {
        if let Some(office) = office(told.w.words(told.record.role)) {
            by_office.entry(office).or_default().push(told);
        }
    }
    let near = |a: &Told<'_, Role>, b: &Told<'_, Role>| match (a.published(), b.published()) {
        (Some(x), Some(y)) => days_between(x, y).abs() <= NEAR,
        _ => true,
    };
    let apart = |a: &[&Told<'_, Role>], b: &[&Told<'_, Role>]| {
        let articles =
            |l: &[&Told<'_, Role>]| l.iter().map(|t| cx.origins.of(t.article()).clone()).collect::<BTreeSet<_>>();
        // an article that gives both offices says that the person has both
        articles(a).is_disjoint(&articles(b)) && a.iter().any(|x| b.iter().any(|y| near(x, y)))
    };
    let offices: Vec<_> = by_office.into_values().collect();
    let disputed = offices
        .iter()
        .enumerate()
        .flat_map(|(i, a)| offices[i + 1..].iter().map(move |b| (a, b)))
        .find(|(a, b)| apart(a, b))?;
    let claims = |l: &[&Told<'_, Role>]| l.iter().map(|t| claim(t)).collect::<Vec<_>>();
    let about = About::Known(Named::person(cx.dossier, person, ""));
    let sides = vec![claims(disputed.0), claims(disputed.1)];
    dispute(cx, DisputeSort::Role, "dispute.role-exclusive-office.v1", about, sides, Verdict::Differs)
}

fn claim(told: &Told<'_, Role>) -> Claim {
    Claim {
        value: told.w.words(told.record.role).to_string(),
        claimant: None,
        cited: told.cited(),
        confidence: told.item().confidence,
        id: told.id().clone(),
    }
}

/// The office that words of a role name, and whether they mark a lower rank of it.
fn office(role: &str) -> Option<(String, bool)> {
    let role = role.to_lowercase();
    let words: Vec<&str> = role.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let rows = || OFFICES.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    let is_lower = rows().filter(|(_, sort)| *sort == "lower").any(|(w, _)| words.contains(&w));
    let holds = |phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|w| w == phrase)
    };
    // longest first, so that "secretary of state" is not "secretary"
    let mut offices: Vec<&str> = rows().filter(|(_, sort)| *sort == "office").map(|(w, _)| w).collect();
    offices.sort_by_key(|w| (std::cmp::Reverse(w.len()), *w));
    offices.into_iter().find(|w| holds(w)).map(|w| (w.to_string(), is_lower))
}
