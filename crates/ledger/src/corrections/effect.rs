//! What a ledger with a correction differs in from one without: shown to a person before it is applied.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_reading::model::Polarity;
use rapporteur_text::ItemId;

use crate::Ledger;
use crate::model::{
    Cited, Condition, Deadline, Deadlock, Dispute, Incident, Meeting, Merged, Position, Proposal, Shift, Status,
};

/// A record that is in both ledgers and not the same; its id changes where the smallest of its members does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    /// Kind.
    pub kind: &'static str,
    /// Id before.
    pub before: ItemId,
    /// Id after.
    pub after: ItemId,
}

/// The difference between two ledgers, in order of kind and id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// Records that are only in the first, with their kind.
    pub gone: Vec<(&'static str, ItemId)>,
    /// Records that are only in the second.
    pub new: Vec<(&'static str, ItemId)>,
    /// Records that are in both and differ.
    pub changed: Vec<Moved>,
}

impl Effect {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty() && self.changed.is_empty()
    }
}

/// What `after` differs in from `before`: statements by their stance, all other records by all they say.
pub fn effect(before: &Ledger, after: &Ledger) -> Effect {
    let (old, new) = (before.shown(), after.shown());
    let mut effect = Effect::default();
    let mut gone: Vec<&Shown<'_>> = Vec::new();
    let mut fresh: Vec<&Shown<'_>> = Vec::new();
    for (key, record) in &old {
        match new.get(key) {
            None => gone.push(record),
            Some(other) if other.says != record.says => {
                effect.changed.push(Moved { kind: key.0, before: key.1.clone(), after: key.1.clone() });
            }
            Some(_) => {}
        }
    }
    fresh.extend(new.iter().filter(|(key, _)| !old.contains_key(*key)).map(|(_, record)| record));
    for record in gone {
        let shares = |other: &&Shown<'_>| other.kind == record.kind && !other.members.is_disjoint(&record.members);
        match fresh.iter().position(shares) {
            Some(at) => {
                let other = fresh.remove(at);
                effect.changed.push(Moved { kind: record.kind, before: record.id.clone(), after: other.id.clone() });
            }
            None => effect.gone.push((record.kind, record.id.clone())),
        }
    }
    effect.new = fresh.into_iter().map(|r| (r.kind, r.id.clone())).collect();
    effect.changed.sort();
    effect
}

/// A record with all it says.
struct Shown<'l> {
    kind: &'static str,
    id: &'l ItemId,
    members: BTreeSet<&'l ItemId>,
    says: Says<'l>,
}

#[derive(PartialEq)]
enum Says<'l> {
    Statement(Polarity),
    Meeting(&'l Meeting),
    Proposal(&'l Proposal),
    Status(&'l Status),
    Incident(&'l Incident),
    Deadline(&'l Deadline),
    Position(&'l Position),
    Shift(&'l Shift),
    Condition(&'l Condition),
    Deadlock(&'l Deadlock),
    Dispute(&'l Dispute),
}

impl Ledger {
    /// Every merged record with its kind.
    pub fn merged(&self) -> impl Iterator<Item = (&'static str, &Merged)> {
        self.says().map(|(kind, merged, _)| (kind, merged))
    }

    /// All evidence of all records.
    pub fn cited(&self) -> impl Iterator<Item = &Cited> {
        let of_sides = self.disputes.iter().flat_map(|d| d.sides.iter().flat_map(|s| &s.evidence));
        self.merged().flat_map(|(_, m)| &m.evidence).chain(of_sides)
    }

    fn says(&self) -> impl Iterator<Item = (&'static str, &Merged, Says<'_>)> {
        let meetings = self.meetings.iter().map(|r| ("meeting", &r.merged, Says::Meeting(r)));
        meetings
            .chain(self.proposals.iter().map(|r| ("proposal", &r.merged, Says::Proposal(r))))
            .chain(self.statuses.iter().map(|r| ("status", &r.merged, Says::Status(r))))
            .chain(self.incidents.iter().map(|r| ("incident", &r.merged, Says::Incident(r))))
            .chain(self.deadlines.iter().map(|r| ("deadline", &r.merged, Says::Deadline(r))))
            .chain(self.positions.iter().map(|r| ("position", &r.merged, Says::Position(r))))
            .chain(self.shifts.iter().map(|r| ("shift", &r.merged, Says::Shift(r))))
            .chain(self.conditions.iter().map(|r| ("condition", &r.merged, Says::Condition(r))))
            .chain(self.deadlocks.iter().map(|r| ("deadlock", &r.merged, Says::Deadlock(r))))
            .chain(self.disputes.iter().map(|r| ("dispute", &r.merged, Says::Dispute(r))))
    }

    fn shown(&self) -> BTreeMap<(&'static str, &ItemId), Shown<'_>> {
        let merged =
            self.says().map(|(kind, m, says)| Shown { kind, id: &m.id, members: m.members.iter().collect(), says });
        let statements = self.stances.iter().map(|(id, stance)| Shown {
            kind: "statement",
            id,
            members: BTreeSet::new(),
            says: Says::Statement(*stance),
        });
        statements.chain(merged).map(|r| ((r.kind, r.id), r)).collect()
    }
}
