//! Sets that are joined with a reason.

use std::collections::BTreeMap;

use rapporteur_article::Article;
use rapporteur_reading::Reading;

use super::nodes::Nodes;
use super::sightings::sightings;
use crate::model::Merge;

/// How sure each rule is that two names are one, in hundredths. Where names are alike only, and nothing else speaks for or
/// against it, the pair is a possible match (`POSSIBLE`); where something speaks against it, `CONFLICT`.
const CONFIDENCE: &[(&str, u8)] = &[
    ("parties.gazetteer.v1", 97),
    ("parties.acronym.v1", 95),
    ("parties.tail.v1", 95),
    ("parties.demonym.v1", 95),
    ("parties.part.v1", 90),
    ("parties.description.v1", 85),
    ("parties.capital.v1", 95),
    ("parties.people.v1", 80),
    ("parties.company.v1", 75),
    ("parties.spelling.v1", 80),
    ("names.full.v1", 95),
    ("names.surname.v1", 95),
    ("names.last-words.v1", 90),
    ("names.spelling.v2", 90),
    ("names.whole.v1", 85),
    ("names.translated.v1", 75),
    ("names.garbled.v1", 70),
];

/// Confidence of a pair of names that are alike, with nothing else for it.
pub(super) const POSSIBLE: u8 = 40;
/// Confidence of a pair of names that are alike while roles or parties conflict.
pub(super) const CONFLICT: u8 = 15;

fn confidence(rule: &str) -> u8 {
    CONFIDENCE.iter().find(|r| r.0 == rule).map_or(POSSIBLE, |r| r.1)
}

/// Disjoint sets of numbers, each joining on the record.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    parent: Vec<usize>,
    /// Joinings made: one member of each side, the reason, the rule.
    pub(crate) made: Vec<(usize, usize, String, &'static str)>,
}

impl Groups {
    /// `n` sets of one.
    pub(crate) fn new(n: usize) -> Self {
        Self { parent: (0..n).collect(), made: Vec::new() }
    }

    /// The smallest member of the set of `i`.
    pub(crate) fn root(&self, i: usize) -> usize {
        let mut at = i;
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    /// Joins two sets, the smaller root staying; nothing where they are one already.
    pub(crate) fn join(&mut self, a: usize, b: usize, reason: String, rule: &'static str) {
        let (x, y) = (self.root(a), self.root(b));
        if x != y {
            self.parent[x.max(y)] = x.min(y);
            self.made.push((a, b, reason, rule));
        }
    }

    /// The joinings inside each set, by its root, with the names of the nodes and where they stand.
    pub(crate) fn merges(&self, nodes: &Nodes, read: &[(&Article, &Reading)]) -> BTreeMap<usize, Vec<Merge>> {
        let mut merges: BTreeMap<usize, Vec<Merge>> = BTreeMap::new();
        for (a, b, reason, rule) in &self.made {
            merges.entry(self.root(*a)).or_default().push(Merge {
                a: nodes.list[*a].name.clone(),
                b: nodes.list[*b].name.clone(),
                reason: reason.clone(),
                by: format!("rule {rule}"),
                confidence: confidence(rule),
                evidence: sightings(nodes, read, *a, *b),
            });
        }
        merges.values_mut().for_each(|m| m.sort());
        merges
    }
}
