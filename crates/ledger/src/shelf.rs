//! Pieces by key, and the records made of those of one key.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rapporteur_text::ArticleId;

use crate::cx::{At, HasBit};

/// What became of the record of one key.
#[derive(Debug)]
pub(crate) struct Change<K, R> {
    pub(crate) key: K,
    pub(crate) old: Option<R>,
    pub(crate) new: Option<R>,
}

impl<K, R> Change<K, R> {
    /// The same under another key.
    pub(crate) fn map<L>(self, key: impl FnOnce(K) -> L) -> Change<L, R> {
        Change { key: key(self.key), old: self.old, new: self.new }
    }
}

/// Records by key.
#[derive(Debug)]
pub(crate) struct Made<K, R>(BTreeMap<K, R>);

impl<K, R> Default for Made<K, R> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Clone, R: Clone + PartialEq> Made<K, R> {
    pub(crate) fn get(&self, key: &K) -> Option<&R> {
        self.0.get(key)
    }

    pub(crate) fn range<Q: std::ops::RangeBounds<K>>(&self, keys: Q) -> impl Iterator<Item = (&K, &R)> {
        self.0.range(keys)
    }

    /// Puts a record in the place of the one there was; `None` where they are the same.
    pub(crate) fn put(&mut self, key: K, new: Option<R>) -> Option<Change<K, R>> {
        if self.0.get(&key) == new.as_ref() {
            return None;
        }
        let old = match &new {
            Some(record) => self.0.insert(key.clone(), record.clone()),
            None => self.0.remove(&key),
        };
        Some(Change { key, old, new })
    }
}

/// Pieces by key and place; what is made of a key is made again only when one of its pieces comes, goes or is touched.
#[derive(Debug)]
pub(crate) struct Shelf<K, P, R> {
    pieces: BTreeMap<K, BTreeMap<Slot, P>>,
    of: BTreeMap<ArticleId, BTreeSet<(K, Slot)>>,
    made: Made<K, R>,
    dirty: BTreeSet<K>,
}

/// Where a piece stands: a record may give more than one.
type Slot = (Arc<At>, usize);

impl<K, P, R> Default for Shelf<K, P, R> {
    fn default() -> Self {
        Self { pieces: BTreeMap::new(), of: BTreeMap::new(), made: Made::default(), dirty: BTreeSet::new() }
    }
}

impl<K: Ord + Clone, P: HasBit, R: Clone + PartialEq> Shelf<K, P, R> {
    /// Puts a piece, the `number`th of its record, under a key.
    pub(crate) fn put(&mut self, key: K, number: usize, piece: P) {
        let slot = (piece.at().clone(), number);
        self.of.entry(piece.article().clone()).or_default().insert((key.clone(), slot.clone()));
        self.pieces.entry(key.clone()).or_default().insert(slot, piece);
        self.dirty.insert(key);
    }

    /// Takes one piece from under its key.
    pub(crate) fn take(&mut self, key: &K, at: &Arc<At>, number: usize) -> Option<P> {
        let slot = (at.clone(), number);
        let all = self.pieces.get_mut(key)?;
        let piece = all.remove(&slot)?;
        if all.is_empty() {
            self.pieces.remove(key);
        }
        if let Some(own) = self.of.get_mut(&at.article) {
            own.remove(&(key.clone(), slot));
        }
        self.dirty.insert(key.clone());
        Some(piece)
    }

    /// Takes all pieces of an article away.
    pub(crate) fn remove(&mut self, article: &ArticleId) {
        for (key, slot) in self.of.remove(article).unwrap_or_default() {
            if let Some(all) = self.pieces.get_mut(&key) {
                all.remove(&slot);
                if all.is_empty() {
                    self.pieces.remove(&key);
                }
            }
            self.dirty.insert(key);
        }
    }

    /// What an article has pieces in has to be made again.
    pub(crate) fn touch(&mut self, article: &ArticleId) {
        let keys = self.of.get(article).into_iter().flatten().map(|(key, _)| key.clone());
        self.dirty.extend(keys);
    }

    /// The keys that an article has pieces under.
    pub(crate) fn keys_of<'s>(&'s self, article: &ArticleId) -> impl Iterator<Item = &'s K> {
        self.of.get(article).into_iter().flatten().map(|(key, _)| key)
    }

    /// Makes again what was touched; `make` is given the pieces of a key in order of place.
    pub(crate) fn settle(&mut self, make: impl Fn(&K, &[&P]) -> Option<R>) -> Vec<Change<K, R>> {
        let mut changes = Vec::new();
        for key in std::mem::take(&mut self.dirty) {
            let pieces: Vec<&P> = self.pieces.get(&key).into_iter().flat_map(BTreeMap::values).collect();
            let new = if pieces.is_empty() { None } else { make(&key, &pieces) };
            changes.extend(self.made.put(key, new));
        }
        changes
    }

    pub(crate) fn made(&self) -> &Made<K, R> {
        &self.made
    }
}
