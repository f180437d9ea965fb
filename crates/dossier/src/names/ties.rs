//! What ties people to one another or parts them, whatever their names: bodies they speak for, and offices.

use std::collections::{BTreeMap, BTreeSet};

use super::group::Groups;
use super::nodes::Nodes;
use super::spelling::Spelling;
use super::titles::is_field;
use crate::words::fold;

/// Bodies and offices of the names of one person.
pub(super) struct Ties {
    /// Nodes of the bodies he or she speaks for.
    pub(super) own: BTreeSet<usize>,
    /// Roots of these and of the bodies they are part of.
    parties: BTreeSet<usize>,
    /// The letters of their names, and how they are spelt.
    names: BTreeMap<String, Spelling>,
    /// Whether all of them are places: a place may be the seat of any party.
    seats: bool,
    roles: BTreeSet<String>,
    offices: BTreeSet<String>,
}

/// The letters and digits of a name, folded.
pub(super) fn letters(words: &str) -> String {
    fold(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

impl Ties {
    /// Those of these nodes. `bodies`: which bodies are one.
    pub(super) fn of(nodes: &Nodes, bodies: &Groups, members: &[usize]) -> Self {
        // a matter or a description ("minister of agriculture", "the ministry") is no body that could conflict
        let named = |j: &usize| {
            let body = &nodes.list[*j];
            !body.person && !body.described && body.name.starts_with(char::is_uppercase) && !is_field(&body.key)
        };
        let of = |i: usize| nodes.list[i].of.iter().map(|x| x.0);
        let own: BTreeSet<usize> = members.iter().flat_map(|&i| of(i)).filter(named).collect();
        Self {
            parties: own.iter().copied().chain(own.iter().flat_map(|&j| of(j))).map(|j| bodies.root(j)).collect(),
            names: own.iter().map(|&j| letters(&nodes.list[j].key)).map(|n| (n.clone(), Spelling::of(&n))).collect(),
            seats: own.iter().all(|&j| nodes.is_bare_place(j)),
            roles: members.iter().flat_map(|&i| nodes.list[i].roles.iter().cloned()).collect(),
            offices: members.iter().flat_map(|&i| nodes.list[i].offices.iter().cloned()).collect(),
            own,
        }
    }

    /// Whether the two have a body in common, or bodies of like names.
    pub(super) fn share_party(&self, other: &Self) -> bool {
        !self.parties.is_disjoint(&other.parties) || self.kin(other)
    }

    pub(super) fn share_role(&self, other: &Self) -> bool {
        !self.roles.is_disjoint(&other.roles) || !self.offices.is_disjoint(&other.offices)
    }

    /// Whether both speak for bodies, and for none in common.
    pub(super) fn parties_differ(&self, other: &Self) -> bool {
        !self.parties.is_empty() && !other.parties.is_empty() && !self.share_party(other)
    }

    /// Whether both have an office, not the same, and no body in common.
    pub(super) fn offices_differ(&self, other: &Self) -> bool {
        !self.offices.is_empty() && !other.offices.is_empty() && !self.share_role(other) && !self.share_party(other)
    }

    /// Why two names are not joined whose words say that they are one. Whether one article has both: who is called by a
    /// surname there is whom it has named, whatever the office.
    pub(super) fn against(&self, other: &Self, together: bool) -> Option<&'static str> {
        match () {
            () if self.seats == other.seats && self.parties_differ(other) => Some(PARTIES_DIFFER),
            () if !together && self.offices_differ(other) => Some(ROLES_DIFFER),
            () => None,
        }
    }

    /// Whether bodies of two people are spelt alike, or one name is part of the other.
    fn kin(&self, other: &Self) -> bool {
        const LEAST: usize = 5;
        let near = |(x, spelt): (&String, &Spelling), (y, other): (&String, &Spelling)| {
            let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
            short.len() >= LEAST && (long.contains(short.as_str()) || spelt.is_like(other))
        };
        self.names.iter().any(|x| other.names.iter().any(|y| near(x, y)))
    }
}

pub(super) const PARTIES_DIFFER: &str = "names alike, but parties differ";
pub(super) const ROLES_DIFFER: &str = "names alike, but roles differ";
