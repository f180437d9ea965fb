//! Records in their order in the ledger's lists, and which of them changed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_text::{ArticleId, ItemId, Moment};

use crate::Named;
use crate::model::{
    Condition, Deadline, Deadlock, Dispute, DisputeSort, Incident, Meeting, Merged, Position, Proposal, Shift, Status,
};
use crate::shelf::Change;

/// What an article that came or went changed in a ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Ids of records that are new or say something else now, and of statements whose stance changed.
    pub new: BTreeSet<ItemId>,
    /// Ids of records that are gone.
    pub gone: BTreeSet<ItemId>,
    /// Articles whose origin, copy or story is another now.
    pub articles: BTreeSet<ArticleId>,
}

impl Changed {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.articles.is_empty()
    }

    pub(crate) fn came(&mut self, id: &ItemId) {
        self.gone.remove(id);
        self.new.insert(id.clone());
    }

    pub(crate) fn went(&mut self, id: &ItemId) {
        self.new.remove(id);
        self.gone.insert(id.clone());
    }

    /// Adds what changed later.
    pub(crate) fn then(&mut self, later: Self) {
        later.gone.iter().for_each(|id| self.went(id));
        later.new.iter().for_each(|id| self.came(id));
        self.articles.extend(later.articles);
    }
}

/// A record of a list of the ledger.
pub(crate) trait Listed {
    /// What orders the list.
    type Order<'a>: Ord
    where
        Self: 'a;

    fn order(&self) -> Self::Order<'_>;

    fn merged(&self) -> &Merged;
}

macro_rules! listed {
    ($($record:ident: $($field:ident).+ as $time:ty),+ $(,)?) => {
        $(impl Listed for $record {
            type Order<'a> = (bool, Option<$time>, &'a ItemId);

            fn order(&self) -> Self::Order<'_> {
                (self.$($field).+.is_none(), self.$($field).+, &self.merged.id)
            }

            fn merged(&self) -> &Merged {
                &self.merged
            }
        })+
    };
}

listed! {
    Meeting: when.from as Moment,
    Proposal: when.from as Moment,
    Status: said.from as Moment,
    Incident: when.from as Moment,
    Deadline: when.from as Moment,
    Condition: from as Date,
    Deadlock: from as Date,
}

impl Listed for Shift {
    type Order<'a> = (Option<Moment>, &'a ItemId);

    fn order(&self) -> Self::Order<'_> {
        (self.when.from, &self.merged.id)
    }

    fn merged(&self) -> &Merged {
        &self.merged
    }
}

impl Listed for Position {
    type Order<'a> = (bool, Option<&'a Named>, &'a Named, &'a ItemId);

    fn order(&self) -> Self::Order<'_> {
        (self.issue.is_none(), self.issue.as_ref(), &self.party, &self.merged.id)
    }

    fn merged(&self) -> &Merged {
        &self.merged
    }
}

impl Listed for Dispute {
    type Order<'a> = (DisputeSort, &'a ItemId);

    fn order(&self) -> Self::Order<'_> {
        (self.sort, &self.merged.id)
    }

    fn merged(&self) -> &Merged {
        &self.merged
    }
}

/// Takes records out of their list and puts others in. Few are moved one by one, many by sorting the list again.
pub(crate) fn patch<R: Listed + PartialEq>(list: &mut Vec<R>, old: &[R], new: Vec<R>, changed: &mut Changed) {
    let before: BTreeMap<&ItemId, &R> = old.iter().map(|r| (&r.merged().id, r)).collect();
    let after: BTreeSet<&ItemId> = new.iter().map(|r| &r.merged().id).collect();
    before.keys().filter(|id| !after.contains(*id)).for_each(|id| changed.went(id));
    let is_other = |r: &&R| before.get(&r.merged().id).is_none_or(|b| b != r);
    new.iter().filter(is_other).for_each(|r| changed.came(&r.merged().id));
    if (old.len() + new.len()) * 4 > list.len() {
        let mut gone: Vec<&R> = old.iter().collect();
        gone.sort_by(|a, b| a.order().cmp(&b.order()));
        list.retain(|r| gone.binary_search_by(|g| g.order().cmp(&r.order())).is_err());
        list.extend(new);
        list.sort_by(|a, b| a.order().cmp(&b.order()));
        return;
    }
    for record in old {
        if let Ok(at) = list.binary_search_by(|r| r.order().cmp(&record.order())) {
            list.remove(at);
        }
    }
    for record in new {
        let at = list.partition_point(|r| r.order() <= record.order());
        list.insert(at, record);
    }
}

/// Brings a list up to date with what became of its records, one for each key.
pub(crate) fn apply<K, R: Listed + PartialEq>(list: &mut Vec<R>, changes: Vec<Change<K, R>>, changed: &mut Changed) {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for change in changes {
        old.extend(change.old);
        new.extend(change.new);
    }
    patch(list, &old, new, changed);
}
