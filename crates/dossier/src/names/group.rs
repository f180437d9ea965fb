//! Sets that are joined with a reason.

use std::collections::BTreeMap;

use crate::model::Merge;

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

    /// The joinings inside each set, by its root, with names for the members.
    pub(crate) fn merges<'a>(&self, name: impl Fn(usize) -> &'a str) -> BTreeMap<usize, Vec<Merge>> {
        let mut merges: BTreeMap<usize, Vec<Merge>> = BTreeMap::new();
        for (a, b, reason, rule) in &self.made {
            merges.entry(self.root(*a)).or_default().push(Merge {
                a: name(*a).to_string(),
                b: name(*b).to_string(),
                reason: reason.clone(),
                by: format!("rule {rule}"),
            });
        }
        merges.values_mut().for_each(|m| m.sort());
        merges
    }
}
