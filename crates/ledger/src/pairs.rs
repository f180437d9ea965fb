//! What a piece gives together with those after it that it pairs with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_text::ArticleId;

use crate::cx::{At, HasBit};
use crate::near::{Near, Window};
use crate::shelf::{Change, Made};

/// A piece that may pair with others.
pub(crate) trait Pairs: HasBit {
    /// What pieces that pair have in common.
    type Mark: Ord;
    /// How many days they may lie apart.
    const REACH: i64;

    /// Under which marks, and on which day, it is found.
    fn marks(&self) -> Vec<(Self::Mark, Option<Date>)>;

    /// Whether it pairs with a later one, wherever their reporting comes from.
    fn pairs(&self, later: &Self) -> bool;
}

/// All pieces of one sort, and what each gives with those it pairs with.
pub(crate) struct Paired<M: Pairs, R> {
    all: BTreeMap<Arc<At>, M>,
    near: Near<M::Mark, Arc<At>>,
    of: BTreeMap<ArticleId, Vec<Arc<At>>>,
    open: BTreeSet<Arc<At>>,
    made: Made<Arc<At>, R>,
}

impl<M: Pairs, R> Default for Paired<M, R> {
    fn default() -> Self {
        Self {
            all: BTreeMap::new(),
            near: Near::default(),
            of: BTreeMap::new(),
            open: BTreeSet::new(),
            made: Made::default(),
        }
    }
}

impl<M: Pairs, R: Clone + PartialEq> Paired<M, R> {
    pub(crate) fn add(&mut self, piece: M) {
        let at = piece.at().clone();
        self.near.add(piece.marks(), &at);
        self.of.entry(at.article.clone()).or_default().push(at.clone());
        self.open_earlier(&piece);
        self.open.insert(at.clone());
        self.all.insert(at, piece);
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        for at in self.of.remove(article).unwrap_or_default() {
            let Some(piece) = self.all.remove(&at) else { continue };
            self.near.remove(piece.marks(), &at);
            self.open_earlier(&piece);
            self.open.insert(at);
        }
    }

    /// What an article has a part in has to be made again.
    pub(crate) fn touch(&mut self, article: &ArticleId) {
        for at in self.of.get(article).cloned().unwrap_or_default() {
            if let Some(piece) = self.all.remove(&at) {
                self.open_earlier(&piece);
                self.all.insert(at.clone(), piece);
                self.open.insert(at);
            }
        }
    }

    /// Makes again what was touched: `make` is given a piece and those after it that it pairs with, in order.
    pub(crate) fn settle(&mut self, make: impl Fn(&M, &[&M]) -> Option<R>) -> Vec<Change<Arc<At>, R>> {
        let mut changes = Vec::new();
        for at in std::mem::take(&mut self.open) {
            let new = self.all.get(&at).and_then(|piece| {
                let found = self.found(piece, |o, other| *o > at && piece.pairs(other));
                let later: Vec<&M> = found.into_iter().map(|(_, other)| other).collect();
                make(piece, &later)
            });
            changes.extend(self.made.put(at, new));
        }
        changes
    }

    /// What is found under the marks of a piece and is wanted, in order.
    fn found(&self, piece: &M, wanted: impl Fn(&Arc<At>, &M) -> bool) -> Vec<(&Arc<At>, &M)> {
        let looks = piece.marks().into_iter().map(|(mark, day)| (mark, Window::around(day, M::REACH)));
        let looks: Vec<_> = looks.collect();
        let mut all: Vec<&Arc<At>> = looks.iter().flat_map(|(mark, window)| self.near.find(mark, *window)).collect();
        // a piece has one place under all its marks: telling them apart by address is cheaper than by what they say
        all.sort_unstable_by_key(|at| Arc::as_ptr(at));
        all.dedup_by_key(|at| Arc::as_ptr(at));
        let mut found: Vec<(&Arc<At>, &M)> =
            all.into_iter().filter_map(|at| Some((at, self.all.get(at)?))).filter(|(at, m)| wanted(at, m)).collect();
        found.sort_unstable_by(|a, b| a.0.cmp(b.0));
        found
    }

    fn open_earlier(&mut self, piece: &M) {
        let at = piece.at();
        let earlier = self.found(piece, |o, other| o < at && other.pairs(piece));
        let earlier: Vec<Arc<At>> = earlier.into_iter().map(|(o, _)| o.clone()).collect();
        self.open.extend(earlier);
    }
}
