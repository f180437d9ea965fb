//! The groups of one round.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_text::ArticleId;

use crate::origins::WHOLE;

/// Mean likeness at which two groups tell one event; measured on ECB+, where .16 to .26 do about as well.
const ALIKE: u32 = 2_200;
const _: () = assert!(ALIKE < WHOLE);

/// The id of an article by its number.
pub(crate) type Names<'n, 'a> = dyn Fn(u32) -> Option<&'a ArticleId> + 'n;

/// One group: some groups of the round before.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    members: Vec<u32>,
    /// Articles in it.
    size: u64,
    /// The article with the smallest id.
    name: u32,
    /// Sum of likeness to each group of this round.
    links: BTreeMap<u32, u64>,
    to: Option<u32>,
    from: Vec<u32>,
    parent: Option<u32>,
}

/// What became different in one round.
#[derive(Debug, Default)]
pub(crate) struct Delta {
    /// Groups taken out.
    pub(crate) gone: Vec<Node>,
    /// Groups put in.
    pub(crate) new: Vec<u32>,
    /// Groups that point elsewhere, and where they pointed before.
    pub(crate) moved: Vec<(u32, Option<u32>)>,
}

/// All groups of one round, each by a number that is taken again when it is free.
#[derive(Debug, Clone, Default)]
pub(crate) struct Level {
    nodes: Vec<Option<Box<Node>>>,
    free: Vec<u32>,
    /// Numbers that are free after this change.
    released: Vec<u32>,
}

impl Level {
    fn node(&self, key: u32) -> Option<&Node> {
        self.nodes.get(key as usize).and_then(|n| n.as_deref())
    }

    fn node_mut(&mut self, key: u32) -> Option<&mut Node> {
        self.nodes.get_mut(key as usize).and_then(|n| n.as_deref_mut())
    }

    fn set(&mut self, key: u32, node: Node) {
        if self.nodes.len() <= key as usize {
            self.nodes.resize_with(key as usize + 1, || None);
        }
        self.nodes[key as usize] = Some(Box::new(node));
    }

    pub(crate) fn parent(&self, key: u32) -> u32 {
        self.node(key).and_then(|n| n.parent).unwrap_or_default()
    }

    pub(crate) fn name(&self, key: u32) -> u32 {
        self.node(key).map_or(0, |n| n.name)
    }

    pub(crate) fn members(&self, key: u32) -> &[u32] {
        self.node(key).map_or(&[], |n| &n.members)
    }

    /// Puts an article in under its own number.
    pub(crate) fn put_article(&mut self, key: u32, links: &[(u32, u32)]) {
        let links = links.iter().map(|(k, x)| (*k, u64::from(*x))).collect();
        self.set(key, Node { size: 1, name: key, ..Node::default() });
        self.link(key, links);
    }

    fn link(&mut self, key: u32, links: BTreeMap<u32, u64>) {
        for (other, sum) in &links {
            if let Some(other) = self.node_mut(*other) {
                other.links.insert(key, *sum);
            }
        }
        if let Some(node) = self.node_mut(key) {
            node.links = links;
        }
    }

    /// Takes a group out; nobody is linked to it or points to it any more.
    pub(crate) fn take(&mut self, key: u32) -> Option<Node> {
        let node = *self.nodes.get_mut(key as usize)?.take()?;
        for other in node.links.keys() {
            if let Some(other) = self.node_mut(*other) {
                other.links.remove(&key);
            }
        }
        if let Some(to) = node.to.and_then(|to| self.node_mut(to)) {
            to.from.retain(|f| *f != key);
        }
        for from in &node.from {
            if let Some(from) = self.node_mut(*from) {
                from.to = None;
            }
        }
        Some(node)
    }

    /// Lets numbers of groups taken out be used again.
    pub(crate) fn release(&mut self) {
        self.free.append(&mut self.released);
    }

    /// Lets a group point to another; gives where it pointed before.
    pub(crate) fn point(&mut self, key: u32, to: Option<u32>) -> Option<u32> {
        let before = self.node_mut(key).and_then(|n| std::mem::replace(&mut n.to, to));
        if before != to {
            if let Some(old) = before.and_then(|b| self.node_mut(b)) {
                old.from.retain(|f| *f != key);
            }
            if let Some(new) = to.and_then(|t| self.node_mut(t)) {
                new.from.push(key);
            }
        }
        before
    }

    /// Makes those groups of the next round again that rest on what is different in this one.
    pub(crate) fn lift(&mut self, delta: Delta, next: &mut Self, is_linked: bool, names: &Names<'_, '_>) -> Delta {
        let stale = self.stale(&delta);
        let mut open: BTreeSet<u32> = delta.new.iter().copied().collect();
        for key in &stale {
            open.extend(
                next.members(*key).iter().copied().filter(|m| self.node(*m).is_some_and(|n| n.parent == Some(*key))),
            );
        }
        let mut kept = BTreeSet::new();
        let mut groups = Vec::new();
        while let Some(seed) = open.pop_first() {
            let group = self.connected(seed);
            open.retain(|m| group.binary_search(m).is_err());
            let parent = self.node(seed).and_then(|n| n.parent);
            match parent.filter(|p| next.members(*p) == group) {
                Some(parent) => {
                    kept.insert(parent);
                }
                None => groups.push(group),
            }
        }
        let mut touched: BTreeSet<u32> = BTreeSet::new();
        let mut gone = Vec::new();
        for key in stale.difference(&kept) {
            if let Some(node) = next.take(*key) {
                next.released.push(*key);
                touched.extend(node.links.keys().chain(&node.from));
                gone.push(node);
            }
        }
        let new: Vec<u32> = groups.into_iter().map(|group| self.gather(group, next, names)).collect();
        if is_linked {
            for key in &new {
                let links = self.links_of(*key, next);
                touched.extend(links.keys());
                next.link(*key, links);
            }
        }
        touched.extend(&new);
        let mut moved = Vec::new();
        for key in touched {
            if next.node(key).is_some() {
                let to = next.nearest(key, names);
                let before = next.point(key, to);
                if before != to {
                    moved.push((key, before));
                }
            }
        }
        Delta { gone, new, moved }
    }

    /// Groups of the next round that hold something that is different.
    fn stale(&self, delta: &Delta) -> BTreeSet<u32> {
        let mut stale: BTreeSet<u32> = delta.gone.iter().filter_map(|n| n.parent).collect();
        let mut add = |key: Option<u32>| stale.extend(key.and_then(|k| self.node(k)).and_then(|n| n.parent));
        for key in delta.new.iter().chain(delta.moved.iter().map(|m| &m.0)) {
            add(Some(*key));
            add(self.node(*key).and_then(|n| n.to));
            self.node(*key).into_iter().flat_map(|n| &n.from).for_each(|f| add(Some(*f)));
        }
        delta.moved.iter().for_each(|m| add(m.1));
        stale
    }

    /// All groups that point to each other, in order of number.
    fn connected(&self, seed: u32) -> Vec<u32> {
        let mut found = BTreeSet::from([seed]);
        let mut open = vec![seed];
        while let Some(node) = open.pop().and_then(|k| self.node(k)) {
            open.extend(node.from.iter().chain(&node.to).filter(|k| found.insert(**k)));
        }
        found.into_iter().collect()
    }

    /// Makes a group of the next round.
    fn gather(&mut self, members: Vec<u32>, next: &mut Self, names: &Names<'_, '_>) -> u32 {
        let key = next.free.pop().unwrap_or(next.nodes.len() as u32);
        let mut size = 0;
        let mut name: Option<u32> = None;
        for member in &members {
            let Some(node) = self.node_mut(*member) else { continue };
            node.parent = Some(key);
            size += node.size;
            if name.is_none_or(|n| names(node.name) < names(n)) {
                name = Some(node.name);
            }
        }
        next.set(key, Node { members, size, name: name.unwrap_or_default(), ..Node::default() });
        key
    }

    /// Sums of likeness of a group of the next round to others there.
    fn links_of(&self, key: u32, next: &Self) -> BTreeMap<u32, u64> {
        let mut sums: BTreeMap<u32, u64> = BTreeMap::new();
        let links = next.members(key).iter().filter_map(|m| self.node(*m)).flat_map(|n| &n.links);
        for (other, sum) in links {
            if let Some(parent) = self.node(*other).and_then(|n| n.parent).filter(|p| *p != key) {
                *sums.entry(parent).or_default() += sum;
            }
        }
        sums
    }

    /// The group it is most like in the mean of all pairs, if they are alike enough; the smaller name of two.
    fn nearest(&self, key: u32, names: &Names<'_, '_>) -> Option<u32> {
        let node = self.node(key)?;
        let mut best: Option<(u32, &Node, u64)> = None;
        for (other, sum) in &node.links {
            let Some(that) = self.node(*other) else { continue };
            if *sum < u64::from(ALIKE) * node.size * that.size {
                continue;
            }
            let beats = best.is_none_or(|(_, b, s)| {
                let by_mean = (u128::from(*sum) * u128::from(b.size)).cmp(&(u128::from(s) * u128::from(that.size)));
                by_mean.is_gt() || by_mean.is_eq() && names(that.name) < names(b.name)
            });
            if beats {
                best = Some((*other, that, *sum));
            }
        }
        best.map(|b| b.0)
    }
}
