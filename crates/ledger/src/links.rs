//! Mentions put together by pairs: each joins the first group that has a member it is linked to, else founds one.
//!
//! So the group of a mention is the oldest among those of the mentions before it that it is linked to, and a mention that
//! comes or goes concerns only those after it that are linked to one it moves.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_text::ArticleId;

use crate::cx::HasBit;
use crate::near::{Near, Window};

/// A mention that pairs with others.
pub(crate) trait Links: HasBit {
    /// What puts mentions in order.
    type Order: Ord + Clone;
    /// What linked mentions have in common.
    type Mark: Ord;

    fn order(&self) -> Self::Order;

    /// Under which marks it is found.
    fn marks(&self) -> Vec<(Self::Mark, Option<Date>)>;

    /// Where all stand that may be linked to it.
    fn looks(&self) -> Vec<(Self::Mark, Window)>;

    /// Whether both are of one group; the same for (a, b) and (b, a).
    fn is_linked(&self, other: &Self) -> bool;

    /// Where those stand whose group it joins, linked or not, if they are all of one.
    fn leans_on(&self) -> Option<(Self::Mark, Window)> {
        None
    }

    /// Where those stand that may lean on it.
    fn supports(&self) -> Option<(Self::Mark, Window)> {
        None
    }
}

/// All mentions of one sort, and their groups by founder.
pub(crate) struct Linked<M: Links> {
    all: BTreeMap<M::Order, (M, Option<M::Order>)>,
    groups: BTreeMap<M::Order, BTreeSet<M::Order>>,
    near: Near<M::Mark, M::Order>,
    of: BTreeMap<ArticleId, Vec<M::Order>>,
    open: BTreeSet<M::Order>,
    changed: BTreeSet<M::Order>,
}

impl<M: Links> Default for Linked<M> {
    fn default() -> Self {
        Self {
            all: BTreeMap::new(),
            groups: BTreeMap::new(),
            near: Near::default(),
            of: BTreeMap::new(),
            open: BTreeSet::new(),
            changed: BTreeSet::new(),
        }
    }
}

impl<M: Links> Linked<M> {
    pub(crate) fn add(&mut self, mention: M) {
        let order = mention.order();
        self.near.add(mention.marks(), &order);
        self.of.entry(mention.article().clone()).or_default().push(order.clone());
        self.open.insert(order.clone());
        self.all.insert(order, (mention, None));
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        for order in self.of.remove(article).unwrap_or_default() {
            self.open.remove(&order);
            let Some((mention, group)) = self.all.remove(&order) else { continue };
            self.near.remove(mention.marks(), &order);
            if let Some(group) = group {
                self.leave(&group, &order);
                self.touch_later(&mention, &order, Some(&group), None);
            }
        }
    }

    /// The groups that an article has mentions in have to be told again.
    pub(crate) fn touch(&mut self, article: &ArticleId) {
        let own = self.of.get(article).into_iter().flatten();
        self.changed.extend(own.filter_map(|o| self.all.get(o)?.1.clone()));
    }

    /// Finds the groups of what has come and of what that moves; gives the founders of all groups that changed.
    pub(crate) fn settle(&mut self) -> BTreeSet<M::Order> {
        while let Some(order) = self.open.pop_first() {
            let group = self.choose(&order).unwrap_or_else(|| order.clone());
            let Some((mention, own)) = self.all.remove(&order) else { continue };
            if own.as_ref() != Some(&group) {
                if let Some(own) = &own {
                    self.leave(own, &order);
                }
                self.groups.entry(group.clone()).or_default().insert(order.clone());
                self.changed.insert(group.clone());
                self.touch_later(&mention, &order, own.as_ref(), Some(&group));
            }
            self.all.insert(order, (mention, Some(group)));
        }
        std::mem::take(&mut self.changed)
    }

    /// The members of a group, in order.
    pub(crate) fn members(&self, group: &M::Order) -> Vec<&M> {
        self.groups.get(group).into_iter().flatten().filter_map(|o| Some(&self.all.get(o)?.0)).collect()
    }

    fn choose(&self, order: &M::Order) -> Option<M::Order> {
        let (mention, _) = self.all.get(order)?;
        if let Some((mark, window)) = mention.leans_on() {
            let mut groups = self.near.find(&mark, window).filter_map(|o| self.all.get(o)?.1.as_ref());
            if let Some(first) = groups.next()
                && groups.all(|g| g == first)
            {
                return Some(first.clone());
            }
        }
        let found = self.near.find_all(&mention.looks());
        let earlier = found.into_iter().take_while(|o| *o < order).filter_map(|o| self.all.get(o));
        earlier.filter(|(other, _)| mention.is_linked(other)).filter_map(|(_, group)| group.as_ref()).min().cloned()
    }

    fn leave(&mut self, group: &M::Order, order: &M::Order) {
        self.changed.insert(group.clone());
        if let Some(members) = self.groups.get_mut(group) {
            members.remove(order);
            if members.is_empty() {
                self.groups.remove(group);
            }
        }
    }

    /// Opens the choice of those after `order` that may follow it from one group to another.
    fn touch_later(&mut self, mention: &M, order: &M::Order, old: Option<&M::Order>, new: Option<&M::Order>) {
        let found = self.near.find_all(&mention.looks());
        let follows = |at: &M::Order| {
            let Some((other, Some(own))) = self.all.get(at) else { return false };
            let is_moved = Some(own) == old || new.is_some_and(|n| n < own);
            is_moved && mention.is_linked(other)
        };
        let later = found.into_iter().filter(|at| *at > order && follows(at));
        let leaning = self.near.find_all(mention.supports().as_slice());
        let opened: Vec<M::Order> = later.chain(leaning.into_iter().filter(|at| *at > order)).cloned().collect();
        self.open.extend(opened);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::btree_map::Entry;
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::cx::{At, Bit, later};

    /// A report of a day; a denial of no day leans on the one report of the days before.
    #[derive(Debug, Clone)]
    struct Report {
        bit: Bit,
        day: i64,
        sort: u8,
        is_denial: bool,
    }

    impl HasBit for Report {
        fn bit(&self) -> &Bit {
            &self.bit
        }
    }

    fn date(day: i64) -> Date {
        later(Date::constant(2025, 3, 1), day)
    }

    impl Links for Report {
        type Order = (bool, Arc<At>);
        type Mark = bool;

        fn order(&self) -> Self::Order {
            (self.is_denial, self.bit.at.clone())
        }

        fn marks(&self) -> Vec<(bool, Option<Date>)> {
            vec![(self.is_denial, Some(date(self.day)))]
        }

        fn looks(&self) -> Vec<(bool, Window)> {
            [false, true].map(|m| (m, Window::Days(date(self.day - 1), date(self.day + 1)))).into()
        }

        fn is_linked(&self, other: &Self) -> bool {
            (self.day - other.day).abs() <= 1 && self.sort == other.sort
        }

        fn leans_on(&self) -> Option<(bool, Window)> {
            self.is_denial.then(|| (false, Window::Days(date(self.day - 4), date(self.day))))
        }

        fn supports(&self) -> Option<(bool, Window)> {
            (!self.is_denial).then(|| (true, Window::Days(date(self.day), date(self.day + 4))))
        }
    }

    /// The same, one mention after the other over all groups.
    fn plainly(mut all: Vec<Report>) -> Vec<Vec<Arc<At>>> {
        all.sort_by_key(Links::order);
        let mut groups: Vec<Vec<Report>> = Vec::new();
        for r in all {
            let before = |g: &&Vec<Report>| g.iter().any(|o| !o.is_denial && (0..=4).contains(&(r.day - o.day)));
            let leaning = groups.iter().filter(before).count() == 1;
            let one = groups.iter().position(|g| before(&g)).filter(|_| r.is_denial && leaning);
            match one.or_else(|| groups.iter().position(|g| g.iter().any(|o| r.is_linked(o)))) {
                Some(i) => groups[i].push(r),
                None => groups.push(vec![r]),
            }
        }
        groups.into_iter().map(|g| g.into_iter().map(|r| r.bit.at.clone()).collect()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn groups_are_those_of_one_pass_over_all(
            all in proptest::collection::vec((0..20_i64, 0..2_u8, any::<bool>()), 1..30),
            steps in proptest::collection::vec((any::<prop::sample::Index>(), 0..4_u8), 1..80),
        ) {
            let make = |(n, (day, sort, is_denial)): (usize, &(i64, u8, bool))| {
                Report { bit: Bit::bare(n / 2, n), day: *day, sort: *sort, is_denial: *is_denial }
            };
            let all: Vec<Report> = all.iter().enumerate().map(make).collect();
            let mut linked = Linked::default();
            let mut articles: BTreeMap<ArticleId, Vec<Report>> = BTreeMap::new();
            let mut told: BTreeMap<(bool, Arc<At>), Vec<Arc<At>>> = BTreeMap::new();
            for (at, what) in steps {
                let article = all[at.index(all.len())].article().clone();
                if what == 0 {
                    linked.remove(&article);
                    articles.remove(&article);
                } else if let Entry::Vacant(new) = articles.entry(article.clone()) {
                    let own: Vec<Report> = all.iter().filter(|r| *r.article() == article).cloned().collect();
                    own.iter().for_each(|r| linked.add(r.clone()));
                    new.insert(own);
                }
                if what < 3 {
                    for founder in linked.settle() {
                        let members: Vec<Arc<At>> = linked.members(&founder).iter().map(|r| r.bit.at.clone()).collect();
                        if members.is_empty() { told.remove(&founder); } else { told.insert(founder, members); }
                    }
                    let mut found: Vec<Vec<Arc<At>>> = told.values().cloned().collect();
                    found.sort();
                    let mut expected = plainly(articles.values().flatten().cloned().collect());
                    expected.iter_mut().for_each(|g| g.sort_by_key(|at| all.iter().find(|r| r.bit.at == *at).map(Links::order)));
                    expected.sort();
                    prop_assert_eq!(found, expected);
                }
            }
        }
    }
}
