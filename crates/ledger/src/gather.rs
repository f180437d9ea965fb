//! Mentions gathered into groups: each joins the group that it fits best among those founded before it, else founds one.
//!
//! What a mention sees of a group are the members that come before it in the order of mentions, so the groups do not
//! depend on the order of arrival. A mention that comes or goes moves only those after it whose choice it changes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_text::ArticleId;

use crate::cx::HasBit;
use crate::near::{Near, Window};

/// A mention that can be gathered.
pub(crate) trait Gathers: HasBit {
    /// What puts mentions in order: the best known first.
    type Order: Ord + Clone;
    /// What is known of a group.
    type State: Default;
    /// What mentions that may belong together have in common.
    type Mark: Ord;

    fn order(&self) -> Self::Order;

    /// Adds what the mention tells to what is known of its group.
    fn join(&self, state: &mut Self::State);

    /// How well it fits a group; `None` where something speaks against it or too little for it.
    fn fit(&self, state: &Self::State) -> Option<i64>;

    /// Whether it might fit a group that is now in this state, as the group was at some time before. Cheap, and never wrong
    /// where it says no.
    fn may_fit(&self, state: &Self::State) -> bool;

    /// Under which marks it is found.
    fn marks(&self) -> Vec<(Self::Mark, Option<Date>)>;

    /// Where at least one member of any group stands that it may fit.
    fn looks(&self) -> Vec<(Self::Mark, Window)>;

    /// Where all mentions stand that may fit a group in this state.
    fn reach(state: &Self::State) -> Vec<(Self::Mark, Window)>;
}

struct Entry<M: Gathers> {
    mention: M,
    /// The group it has joined, by its founder; `None` where that has to be found.
    group: Option<M::Order>,
    fit: i64,
}

struct Group<M: Gathers> {
    members: BTreeSet<M::Order>,
    state: M::State,
}

/// All mentions of one sort, and their groups by founder.
pub(crate) struct Gathering<M: Gathers> {
    all: BTreeMap<M::Order, Entry<M>>,
    groups: BTreeMap<M::Order, Group<M>>,
    near: Near<M::Mark, M::Order>,
    of: BTreeMap<ArticleId, Vec<M::Order>>,
    open: BTreeSet<M::Order>,
    changed: BTreeSet<M::Order>,
}

impl<M: Gathers> Default for Gathering<M> {
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

impl<M: Gathers> Gathering<M> {
    pub(crate) fn add(&mut self, mention: M) {
        let order = mention.order();
        self.near.add(mention.marks(), &order);
        self.of.entry(mention.article().clone()).or_default().push(order.clone());
        self.open.insert(order.clone());
        self.all.insert(order, Entry { mention, group: None, fit: i64::MIN });
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        for order in self.of.remove(article).unwrap_or_default() {
            self.open.remove(&order);
            let Some(entry) = self.all.remove(&order) else { continue };
            self.near.remove(entry.mention.marks(), &order);
            if let Some(group) = entry.group {
                self.leave(&group, &order);
                self.touch_later(&group, &order);
            }
        }
    }

    /// The groups that an article has mentions in have to be told again.
    pub(crate) fn touch(&mut self, article: &ArticleId) {
        let own = self.of.get(article).into_iter().flatten();
        self.changed.extend(own.filter_map(|o| self.all.get(o)?.group.clone()));
    }

    /// Finds the groups of what has come and of what that moves; gives the founders of all groups that changed.
    pub(crate) fn settle(&mut self) -> BTreeSet<M::Order> {
        // where most is new, all is gathered from the start, in order
        let afresh = self.open.len() * 2 > self.all.len();
        if afresh {
            self.changed.extend(std::mem::take(&mut self.groups).into_keys());
            self.all.values_mut().for_each(|e| e.group = None);
            self.open = self.all.keys().cloned().collect();
        }
        while let Some(order) = self.open.pop_first() {
            let (fit, group) = self.choose(&order).unwrap_or_else(|| (i64::MIN, order.clone()));
            let Some(entry) = self.all.get_mut(&order) else { continue };
            entry.fit = fit;
            let old = entry.group.replace(group.clone());
            if old.as_ref() == Some(&group) {
                continue;
            }
            if let Some(old) = old {
                self.leave(&old, &order);
                self.touch_later(&old, &order);
            }
            self.enter(&group, &order);
            if !afresh {
                self.touch_later(&group, &order);
            }
        }
        std::mem::take(&mut self.changed)
    }

    /// The members of a group, in order.
    pub(crate) fn members(&self, group: &M::Order) -> Vec<&M> {
        let members = self.groups.get(group).into_iter().flat_map(|g| &g.members);
        members.filter_map(|o| Some(&self.all.get(o)?.mention)).collect()
    }

    /// What is known of a group.
    pub(crate) fn state(&self, group: &M::Order) -> Option<&M::State> {
        self.groups.get(group).map(|g| &g.state)
    }

    /// The groups that have a member at one of these places.
    pub(crate) fn groups_at(&self, looks: &[(M::Mark, Window)]) -> BTreeSet<&M::Order> {
        self.near.find_all(looks).into_iter().filter_map(|o| self.all.get(o)?.group.as_ref()).collect()
    }

    /// The group it fits best, the older of two.
    fn choose(&self, order: &M::Order) -> Option<(i64, M::Order)> {
        let mention = &self.all.get(order)?.mention;
        let found = self.near.find_all(&mention.looks());
        let groups: BTreeSet<&M::Order> =
            found.into_iter().take_while(|o| *o < order).filter_map(|o| self.all.get(o)?.group.as_ref()).collect();
        let fits = groups.into_iter().filter_map(|founder| {
            let group = self.groups.get(founder).filter(|g| mention.may_fit(&g.state))?;
            let fit = if group.members.last().is_some_and(|last| last < order) {
                mention.fit(&group.state)
            } else {
                mention.fit(&self.known(group.members.range(..order)))
            };
            Some((fit?, Reverse(founder)))
        });
        fits.max().map(|(fit, Reverse(founder))| (fit, founder.clone()))
    }

    fn known<'m>(&'m self, members: impl Iterator<Item = &'m M::Order>) -> M::State {
        let mut state = M::State::default();
        members.filter_map(|o| self.all.get(o)).for_each(|e| e.mention.join(&mut state));
        state
    }

    fn enter(&mut self, founder: &M::Order, order: &M::Order) {
        self.changed.insert(founder.clone());
        let mut group = self
            .groups
            .remove(founder)
            .unwrap_or_else(|| Group { members: BTreeSet::new(), state: M::State::default() });
        let is_last = group.members.last().is_none_or(|last| last < order);
        group.members.insert(order.clone());
        if is_last {
            if let Some(entry) = self.all.get(order) {
                entry.mention.join(&mut group.state);
            }
        } else {
            group.state = self.known(group.members.iter());
        }
        self.groups.insert(founder.clone(), group);
    }

    /// Takes a member out. A group without its founder is none: its members have to find another.
    fn leave(&mut self, founder: &M::Order, order: &M::Order) {
        self.changed.insert(founder.clone());
        let Some(mut group) = self.groups.remove(founder) else { return };
        group.members.remove(order);
        if founder == order {
            for member in group.members {
                if let Some(entry) = self.all.get_mut(&member) {
                    entry.group = None;
                    self.open.insert(member);
                }
            }
        } else {
            group.state = self.known(group.members.iter());
            self.groups.insert(founder.clone(), group);
        }
    }

    /// Opens the choice of those after `order` for whom a group that changed there is now better or worse than it was.
    fn touch_later(&mut self, founder: &M::Order, order: &M::Order) {
        let Some(group) = self.groups.get(founder) else { return };
        let reach = self.near.find_all(&M::reach(&group.state));
        let is_later = |o: &&M::Order| *o > order && !self.open.contains(*o);
        let mut later: BTreeSet<&M::Order> = reach.into_iter().filter(is_later).collect();
        later.extend(group.members.iter().filter(is_later));
        let mut members = group.members.iter().peekable();
        let mut state = M::State::default();
        let mut found: Vec<(M::Order, Option<i64>)> = Vec::new();
        for at in later {
            while let Some(member) = members.next_if(|m| *m < at) {
                if let Some(entry) = self.all.get(member) {
                    entry.mention.join(&mut state);
                }
            }
            let Some(entry) = self.all.get(at) else { continue };
            let fit = entry.mention.fit(&state);
            let Some(own) = &entry.group else { continue };
            if own == founder {
                found.push((at.clone(), fit.filter(|f| *f >= entry.fit)));
            } else if fit.is_some_and(|f| (f, Reverse(founder)) > (entry.fit, Reverse(own))) {
                found.push((at.clone(), None));
            }
        }
        for (at, fit) in found {
            match (fit, self.all.get_mut(&at)) {
                (Some(fit), Some(entry)) => entry.fit = fit,
                _ => {
                    self.open.insert(at);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::btree_map::Entry;
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::cx::{At, Bit, later};

    /// A sighting: a day, and what was seen, of which two that are the same must share something.
    #[derive(Debug, Clone)]
    struct Sighting {
        bit: Bit,
        rank: u8,
        day: i64,
        seen: BTreeSet<u8>,
    }

    #[derive(Default)]
    struct Seen {
        day: Option<i64>,
        all: BTreeSet<u8>,
    }

    impl HasBit for Sighting {
        fn bit(&self) -> &Bit {
            &self.bit
        }
    }

    fn date(day: i64) -> Date {
        later(Date::constant(2025, 3, 1), day)
    }

    impl Gathers for Sighting {
        type Order = (u8, Arc<At>);
        type State = Seen;
        type Mark = ();

        fn order(&self) -> Self::Order {
            (self.rank, self.bit.at.clone())
        }

        fn join(&self, state: &mut Seen) {
            state.day = state.day.or(Some(self.day));
            state.all.extend(&self.seen);
        }

        fn fit(&self, state: &Seen) -> Option<i64> {
            let apart = (state.day? - self.day).abs();
            let shared = self.seen.intersection(&state.all).count() as i64;
            // the more is known of a group, the less fits what shares nothing with it
            (apart <= 3 && (shared > 0 || state.all.len() < 2)).then_some(3 * shared - apart - state.all.len() as i64)
        }

        fn may_fit(&self, state: &Seen) -> bool {
            state.day.is_some_and(|d| (d - self.day).abs() <= 3)
        }

        fn marks(&self) -> Vec<((), Option<Date>)> {
            vec![((), Some(date(self.day)))]
        }

        fn looks(&self) -> Vec<((), Window)> {
            vec![((), Window::Days(date(self.day - 3), date(self.day + 3)))]
        }

        fn reach(state: &Seen) -> Vec<((), Window)> {
            let day = state.day.unwrap_or_default();
            vec![((), Window::Days(date(day - 3), date(day + 3)))]
        }
    }

    /// The same, one mention after the other over all groups.
    fn plainly(mut all: Vec<Sighting>) -> Vec<Vec<Arc<At>>> {
        all.sort_by_key(Gathers::order);
        let mut groups: Vec<(Seen, Vec<Arc<At>>)> = Vec::new();
        for s in all {
            let best = groups.iter().enumerate().filter_map(|(i, g)| Some((s.fit(&g.0)?, Reverse(i)))).max();
            let at = best.map_or(groups.len(), |(_, Reverse(i))| i);
            if at == groups.len() {
                groups.push((Seen::default(), Vec::new()));
            }
            s.join(&mut groups[at].0);
            groups[at].1.push(s.bit.at.clone());
        }
        groups.into_iter().map(|(_, members)| members).collect()
    }

    fn sighting() -> impl Strategy<Value = (u8, i64, BTreeSet<u8>)> {
        (0..3_u8, 0..16_i64, proptest::collection::btree_set(0..6_u8, 0..3))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn groups_are_those_of_one_pass_over_all(
            all in proptest::collection::vec(sighting(), 1..30),
            steps in proptest::collection::vec((any::<prop::sample::Index>(), 0..4_u8), 1..80),
        ) {
            let make = |(n, (rank, day, seen)): (usize, &(u8, i64, BTreeSet<u8>))| {
                Sighting { bit: Bit::bare(n / 2, n), rank: *rank, day: *day, seen: seen.clone() }
            };
            let all: Vec<Sighting> = all.iter().enumerate().map(make).collect();
            let mut gathering = Gathering::default();
            let mut articles: BTreeMap<ArticleId, Vec<Sighting>> = BTreeMap::new();
            let mut told: BTreeMap<(u8, Arc<At>), Vec<Arc<At>>> = BTreeMap::new();
            for (at, what) in steps {
                let s = &all[at.index(all.len())];
                let article = s.article().clone();
                if what == 0 {
                    gathering.remove(&article);
                    articles.remove(&article);
                } else if let Entry::Vacant(new) = articles.entry(article.clone()) {
                    let own: Vec<Sighting> = all.iter().filter(|s| *s.article() == article).cloned().collect();
                    own.iter().for_each(|s| gathering.add(s.clone()));
                    new.insert(own);
                }
                if what < 3 {
                    for founder in gathering.settle() {
                        let members: Vec<Arc<At>> = gathering.members(&founder).iter().map(|s| s.bit.at.clone()).collect();
                        if members.is_empty() { told.remove(&founder); } else { told.insert(founder, members); }
                    }
                    let expected = plainly(articles.values().flatten().cloned().collect());
                    let mut found: Vec<Vec<Arc<At>>> = told.values().cloned().collect();
                    found.sort();
                    let mut expected: Vec<Vec<Arc<At>>> = expected;
                    expected.sort();
                    prop_assert_eq!(found, expected);
                }
            }
        }
    }
}
