//! Two offices for one person at one time that nobody holds together. An office given up or taken in between is a change,
//! no dispute.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_dossier::PersonId;
use rapporteur_reading::model::RoleChange;
use rapporteur_text::ArticleId;

use crate::cx::{Bit, Cx, HasBit, days, days_between};
use crate::model::{About, Dispute, DisputeSort, Verdict};
use crate::shelf::{Change, Shelf};
use crate::{Named, Witness};

use super::{Claim, dispute};

/// Roles told further apart may have followed each other.
const NEAR: i64 = 45;
/// Days by which the press is late with a change.
const LATE: i64 = 3;

/// Words for offices that one person holds one at a time, one a line, with the words that mark a lower rank of them.
const OFFICES: &str = include_str!("../../lexicons/offices.tsv");

/// An office that an article gives a person, or says was taken or left.
#[derive(Debug)]
struct Office {
    bit: Bit,
    /// Which, and whether in a lower rank of it.
    office: (String, bool),
    change: RoleChange,
    /// The last day of the time given for a change.
    day: Option<Date>,
    words: String,
}

impl HasBit for Office {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

/// Offices by person.
#[derive(Debug, Default)]
pub(super) struct Roles(Shelf<PersonId, Office, Dispute>);

impl Roles {
    pub(super) fn add(&mut self, w: &Witness<'_>) {
        for role in &w.reading.roles {
            let person = w.resolution.of(&role.person).and_then(|r| r.person.as_ref());
            let words = w.words(role.role);
            if let Some((person, office)) = person.zip(office(words)) {
                let day = days(&role.when).map(|d| d.1);
                let piece =
                    Office { bit: Bit::of(w, role), office, change: role.change, day, words: words.to_string() };
                self.0.put(person.clone(), 0, piece);
            }
        }
    }

    pub(super) fn remove(&mut self, article: &ArticleId) {
        self.0.remove(article);
    }

    pub(super) fn touch(&mut self, article: &ArticleId) {
        self.0.touch(article);
    }

    pub(super) fn settle(&mut self, cx: Cx<'_>) -> Vec<Change<PersonId, Dispute>> {
        self.0.settle(|person, all| of_person(cx, person, all))
    }
}

fn of_person(cx: Cx<'_>, person: &PersonId, all: &[&Office]) -> Option<Dispute> {
    let (holds, changes): (Vec<&Office>, Vec<&Office>) = all.iter().partition(|o| o.change == RoleChange::Holds);
    let mut by_office: BTreeMap<&(String, bool), Vec<&Office>> = BTreeMap::new();
    for told in holds {
        by_office.entry(&told.office).or_default().push(told);
    }
    let apart = |a: &[&Office], b: &[&Office]| {
        let articles = |l: &[&Office]| l.iter().map(|t| cx.origins.of(t.article()).clone()).collect::<BTreeSet<_>>();
        // an article that gives both offices says that the person has both
        articles(a).is_disjoint(&articles(b)) && any_near(a, b)
    };
    let offices: Vec<_> = by_office.into_iter().collect();
    let pairs = offices.iter().enumerate().flat_map(|(i, a)| offices[i + 1..].iter().map(move |b| (a, b)));
    let (a, b) = pairs
        .filter(|(a, b)| !is_followed(a, b, &changes) && !is_followed(b, a, &changes))
        .find(|(a, b)| apart(&a.1, &b.1))?;
    let claims = |l: &[&Office]| l.iter().filter_map(|t| Claim::of(&t.bit, t.words.clone(), None)).collect::<Vec<_>>();
    let about = About::Known(Named::person(cx.dossier, person, ""));
    let sides = vec![claims(&a.1), claims(&b.1)];
    dispute(cx, DisputeSort::Role, "dispute.role-exclusive-office.v2", about, sides, Verdict::Differs)
}

/// Whether the second office followed the first: the first was left, or the second taken, on a day that those who still
/// give the first did not see. Where a day is not known, nothing speaks against it.
fn is_followed(
    first: &(&(String, bool), Vec<&Office>),
    second: &(&(String, bool), Vec<&Office>),
    changes: &[&Office],
) -> bool {
    let told_until = first.1.iter().filter_map(|t| t.published()).max();
    let told_from = second.1.iter().filter_map(|t| t.published()).min();
    changes.iter().any(|told| {
        let moves = match told.change {
            RoleChange::Appointed => told.office == *second.0,
            RoleChange::Left | RoleChange::Former => told.office == *first.0,
            RoleChange::Holds => false,
        };
        // who is a former minister today was one up to some day that nobody gives
        let day = told.day.or(told.published());
        let in_order = |day: Date| {
            told_until.is_none_or(|last| days_between(day, last) <= LATE)
                && told_from.is_none_or(|from| days_between(from, day) <= LATE)
        };
        moves && day.is_none_or(in_order)
    })
}

/// Whether one of `a` and one of `b`, both in order of publication, were told at about the same time.
fn any_near(a: &[&Office], b: &[&Office]) -> bool {
    let days = |l: &[&Office]| l.iter().map(|t| t.published()).collect::<Option<Vec<Date>>>();
    let (Some(x), Some(y)) = (days(a), days(b)) else { return true };
    x.iter().any(|day| {
        let next = y.partition_point(|d| d < day);
        let near = |d: Option<&Date>| d.is_some_and(|d| days_between(*d, *day).abs() <= NEAR);
        near(y.get(next)) || near(next.checked_sub(1).and_then(|i| y.get(i)))
    })
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
