//! What of the ledger is shown, and in which order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_ledger::{
    Condition, Deadline, Deadlock, Dispute, Ledger, Meeting, Named, Position, Proposal, Shift, Status, Sticking,
};
use rapporteur_reading::model::StatusSort;

use crate::View;
use crate::export::Row;

/// The records that passed the filter, the most important first.
pub(super) struct Chosen<'a> {
    pub(super) issues: Vec<Issue<'a>>,
    /// Positions on a proposal rather than an issue.
    pub(super) on_proposals: Vec<&'a Position>,
    pub(super) shifts: Vec<&'a Shift>,
    pub(super) statuses: Vec<&'a Status>,
    pub(super) conditions: Vec<&'a Condition>,
    pub(super) deadlocks: Vec<&'a Deadlock>,
    /// All there are, for what a deadlock is made of.
    pub(super) all_conditions: &'a [Condition],
    pub(super) proposals: Vec<&'a Proposal>,
    pub(super) next: Vec<&'a Meeting>,
    pub(super) past: Vec<&'a Meeting>,
    pub(super) deadlines: Vec<&'a Deadline>,
    pub(super) disputes: Vec<&'a Dispute>,
    /// Parties by how much they say, with the number of their statements.
    pub(super) parties: Vec<(String, usize)>,
}

/// An issue with the positions on it.
pub(super) struct Issue<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) positions: Vec<&'a Position>,
    /// What holds it up today.
    pub(super) sticking: Vec<&'a Sticking>,
}

impl<'a> Chosen<'a> {
    pub(super) fn of(view: &'a View<'a>, rows: &[Row]) -> Self {
        let ids: BTreeSet<(&str, &str)> =
            rows.iter().filter_map(|r| Some((r.kind, r.value.get("id")?.as_str()?))).collect();
        let has = |kind: &str, id: &rapporteur_text::ItemId| ids.contains(&(kind, id.as_str()));
        let ledger = view.ledger;
        let today = view.as_of().map(|m| m.date);
        let positions: Vec<&Position> = ledger.positions.iter().filter(|p| has("position", &p.merged.id)).collect();
        let mut shifts: Vec<&Shift> = ledger.shifts.iter().filter(|s| has("shift", &s.merged.id)).collect();
        shifts.sort_by_key(|s| Reverse(s.when.from));
        let is_known = |s: &&Status| !s.issue.iter().chain(&s.according_to).any(is_pronoun);
        let statuses = ledger.statuses.iter().filter(|s| has("status", &s.merged.id));
        let mut statuses: Vec<&Status> = statuses.filter(is_known).collect();
        // that a point is on the table is the least that can be said of it
        statuses.sort_by_key(|s| (s.status == StatusSort::Tabled, Reverse(s.said.from)));
        let meetings = ledger.meetings.iter().filter(|m| has("meeting", &m.merged.id));
        let (next, mut past): (Vec<&Meeting>, Vec<&Meeting>) = meetings.partition(|m| is_next(m, today));
        past.sort_by_key(|m| Reverse(m.when.from));
        let mut proposals: Vec<&Proposal> = ledger.proposals.iter().filter(|p| has("proposal", &p.merged.id)).collect();
        proposals.sort_by_key(|p| (Reverse(p.when.from), Reverse(p.merged.members.len())));
        let mut disputes: Vec<&Dispute> = ledger.disputes.iter().filter(|d| has("dispute", &d.merged.id)).collect();
        disputes.sort_by_key(|d| Reverse(d.sides.iter().map(|s| s.origins).sum::<usize>()));
        let is_ahead = |d: &&Deadline| d.when.last_day().is_none_or(|day| today.is_none_or(|t| day >= t));
        let deadlines = ledger.deadlines.iter().filter(|d| has("deadline", &d.merged.id));
        let mut deadlines: Vec<&Deadline> = deadlines.filter(is_ahead).collect();
        deadlines.sort_by_key(|d| d.when.from);
        Self {
            issues: issues(view, ledger, &positions, today),
            on_proposals: positions.iter().copied().filter(|p| p.issue.is_none()).collect(),
            conditions: ledger.conditions.iter().filter(|c| has("condition", &c.merged.id)).collect(),
            deadlocks: ledger.deadlocks.iter().filter(|d| has("deadlock", &d.merged.id)).collect(),
            all_conditions: &ledger.conditions,
            parties: parties(&positions),
            shifts,
            statuses,
            proposals,
            next,
            past,
            deadlines,
            disputes,
        }
    }
}

/// Whether nobody knows who or what is meant: "it is blocked" can be quoted with its sentence, and summed up by nobody.
fn is_pronoun(n: &Named) -> bool {
    let words = n.shown().to_lowercase();
    n.id.is_empty()
        && matches!(words.as_str(), "it" | "they" | "them" | "he" | "she" | "this" | "that" | "these" | "those")
}

/// Planned for today or later, or for a day nobody has given.
fn is_next(m: &Meeting, today: Option<Date>) -> bool {
    use rapporteur_reading::model::MeetingState::{Ongoing, Planned};
    let ahead = m.when.last_day().is_none_or(|d| today.is_none_or(|t| d >= t));
    matches!(m.state, Planned | Ongoing) && ahead
}

/// Issues on which someone has a position: what holds up the talks first, then what most is said about.
fn issues<'a>(
    view: &'a View<'a>,
    ledger: &'a Ledger,
    positions: &[&'a Position],
    today: Option<Date>,
) -> Vec<Issue<'a>> {
    let mut all: Vec<Issue<'a>> = view
        .dossier
        .issues
        .iter()
        .map(|i| {
            let is_open = |s: &&Sticking| s.to.is_none_or(|to| today.is_some_and(|t| to > t));
            let sticking = ledger.sticking.get(i.id.as_str()).map_or(&[][..], Vec::as_slice);
            Issue {
                id: i.id.as_str(),
                name: &i.name,
                positions: positions
                    .iter()
                    .copied()
                    .filter(|p| p.issue.as_ref().is_some_and(|x| x.id == i.id.as_str()))
                    .collect(),
                sticking: sticking.iter().filter(is_open).collect(),
            }
        })
        .filter(|i| !i.positions.is_empty())
        .collect();
    all.sort_by_key(|i| (Reverse(i.sticking.len()), Reverse(weight(i)), i.id));
    for issue in &mut all {
        issue.positions.sort_by_key(|p| (p.now().map(|s| s.stance), Reverse(statements(p)), p.party.clone()));
    }
    all
}

/// How many different reportings show positions on it.
pub(super) fn weight(issue: &Issue<'_>) -> usize {
    issue.positions.iter().map(|p| p.series.iter().map(|s| s.origins).sum::<usize>()).sum()
}

pub(super) fn statements(p: &Position) -> usize {
    p.series.iter().map(|s| s.statements.len()).sum()
}

fn parties(positions: &[&Position]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for p in positions {
        *counts.entry(p.party.shown().to_string()).or_default() += statements(p);
    }
    let mut all: Vec<(String, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(name, n)| (Reverse(*n), name.clone()));
    all
}
