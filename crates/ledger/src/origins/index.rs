//! The index of origins and stories: one article in or out at a time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rapporteur_article::{Article, CopyKind};
use rapporteur_text::ArticleId;
use txtfp::{LshIndex, MinHashSig};

use super::copies::copy;
use super::sketch::{SIGNATURE, Signer, Sketch};
use super::weights::FLOOR;
use super::{Origin, Origins};
use crate::stories::Groups;

/// Articles published further apart tell different events.
const DAYS: i32 = 7;
/// Parts of a signature of which one has to be the same in both texts: of texts that share six shingles in ten 85 % are
/// put side by side, of eight in ten 99.7 %.
const BANDS: usize = 8;

/// Origins and stories of the articles it was given, kept up to date.
///
/// Any order of [`add`](Self::add) and [`remove`](Self::remove) that ends with the same articles gives the same
/// [`origins`](Self::origins). It holds words and marks of an article as numbers, a few kilobytes, and none of its
/// text. An article without a publication date is compared with those of all days, one with a date with those of a week before and after; exact
/// and near copies are found at any distance.
///
/// # Example
///
/// ```
/// use rapporteur_article::Article;
/// use rapporteur_ledger::OriginIndex;
///
/// let mut index = OriginIndex::new();
/// let one = Article::from_text("The weavers will not go back to the looms before the owners have paid, they said.");
/// let two = Article::from_text("MILL TOWN: The weavers will not go back to the looms before the owners have paid, they said.");
/// assert_eq!(index.add(&one), [one.id.clone()]);
/// let changed = index.add(&two);
/// assert!(changed.contains(&two.id));
/// assert_eq!(index.origins().count(), 1);
/// index.remove(&two.id);
/// assert_eq!(index.origins().of(&one.id), &one.id);
/// ```
pub struct OriginIndex {
    slots: Vec<Option<Slot>>,
    free: Vec<u32>,
    by_id: BTreeMap<ArticleId, u32>,
    /// Versions of one page, by the first.
    of_page: BTreeMap<ArticleId, BTreeSet<u32>>,
    /// For each key of a vector the day (the lowest number where unknown) and slot of the articles that have it.
    holders: HashMap<u32, Vec<(i32, u32)>>,
    signer: Signer,
    lsh: Option<LshIndex<SIGNATURE>>,
    groups: Groups,
    origins: Origins,
}

struct Slot {
    sketch: Sketch,
    /// The older articles it may be a copy of.
    sources: Vec<Source>,
    /// Newer articles that have it among their sources.
    takers: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Source {
    slot: u32,
    share: u32,
    kind: CopyKind,
}

impl Default for OriginIndex {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for OriginIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OriginIndex").field("articles", &self.by_id.len()).finish_non_exhaustive()
    }
}

impl OriginIndex {
    /// An index of no articles.
    pub fn new() -> Self {
        Self {
            slots: Vec::new(),
            free: Vec::new(),
            by_id: BTreeMap::new(),
            of_page: BTreeMap::new(),
            holders: HashMap::new(),
            signer: Signer::new(),
            lsh: LshIndex::with_bands_rows(BANDS, SIGNATURE / BANDS).ok(),
            groups: Groups::default(),
            origins: Origins::default(),
        }
    }

    /// Adds an article; one of the same id is replaced. Gives the ids of all articles whose origin, story or copied
    /// article is another than before, this one among them if so, in order.
    pub fn add(&mut self, article: &Article) -> Vec<ArticleId> {
        let sketch = Sketch::of(article);
        let known = self.by_id.get(&article.id).and_then(|s| self.slot(*s));
        if known.is_some_and(|s| s.sketch == sketch) {
            return Vec::new();
        }
        let before = self.origins.0.get(&article.id).cloned();
        let mut changed: BTreeSet<ArticleId> = self.remove(&article.id).into_iter().collect();
        changed.extend(self.insert(sketch, &article.text));
        if before.is_some() && before.as_ref() == self.origins.0.get(&article.id) {
            changed.remove(&article.id);
        }
        changed.into_iter().collect()
    }

    /// Takes an article out. Gives the ids of the remaining articles whose origin, story or copied article is another
    /// than before, in order; none where the id is not known.
    pub fn remove(&mut self, id: &ArticleId) -> Vec<ArticleId> {
        let Some(gone) = self.by_id.remove(id) else { return Vec::new() };
        let Some(slot) = self.slots.get_mut(gone as usize).and_then(Option::take) else { return Vec::new() };
        let key = holder(&slot.sketch, gone);
        for word in slot.sketch.vector.keys() {
            if let Some(all) = self.holders.get_mut(word) {
                if let Ok(at) = all.binary_search(&key) {
                    all.remove(at);
                }
                if all.is_empty() {
                    self.holders.remove(word);
                }
            }
        }
        if let Some((first, _)) = &slot.sketch.page
            && let Some(all) = self.of_page.get_mut(first)
        {
            all.remove(&gone);
            if all.is_empty() {
                self.of_page.remove(first);
            }
        }
        if let Some(lsh) = &mut self.lsh {
            lsh.remove(u64::from(gone));
        }
        for source in &slot.sources {
            if let Some(s) = self.slot_mut(source.slot) {
                s.takers.retain(|t| *t != gone);
            }
        }
        for taker in &slot.takers {
            if let Some(t) = self.slot_mut(*taker) {
                t.sources.retain(|s| s.slot != gone);
            }
        }
        self.origins.0.remove(id);
        let moved: Vec<(u32, Option<u32>)> =
            slot.takers.iter().map(|t| (*t, self.source(*t).map(|s| s.slot))).collect();
        let names = |s: u32| self.slots.get(s as usize).and_then(Option::as_ref).map(|s| &s.sketch.id);
        let touched = self.groups.take(gone, &moved, names);
        self.free.push(gone);
        self.refresh(&touched)
    }

    /// What is known of an article.
    pub fn get(&self, id: &ArticleId) -> Option<&Origin> {
        self.origins.0.get(id)
    }

    /// Origins and stories of all articles in the index.
    pub fn origins(&self) -> &Origins {
        &self.origins
    }

    /// The same, without the index.
    pub fn into_origins(self) -> Origins {
        self.origins
    }

    fn slot(&self, slot: u32) -> Option<&Slot> {
        self.slots.get(slot as usize).and_then(Option::as_ref)
    }

    fn slot_mut(&mut self, slot: u32) -> Option<&mut Slot> {
        self.slots.get_mut(slot as usize).and_then(Option::as_mut)
    }

    fn insert(&mut self, sketch: Sketch, text: &str) -> Vec<ArticleId> {
        let signature = self.signer.sign(text);
        let mut links = Vec::new();
        let mut sources = Vec::new();
        let mut takers = Vec::new();
        for other in self.candidates(&sketch, signature.as_ref()) {
            let Some(slot) = self.slot(other) else { continue };
            let likeness = sketch.vector.likeness(&slot.sketch.vector);
            if likeness >= FLOOR && sketch.days_from(&slot.sketch).is_none_or(|d| d <= DAYS) {
                links.push((other, likeness));
            }
            if sketch.by_age(&slot.sketch).is_gt() {
                let found = copy(&sketch, &slot.sketch, likeness);
                sources.extend(found.map(|(share, kind)| Source { slot: other, share, kind }));
            } else {
                takers.extend(copy(&slot.sketch, &sketch, likeness).map(|(share, kind)| (other, share, kind)));
            }
        }
        let new = self.free.pop().unwrap_or(self.slots.len() as u32);
        self.settle(new, &sketch, signature);
        for source in &sources {
            if let Some(s) = self.slot_mut(source.slot) {
                s.takers.push(new);
            }
        }
        for (taker, share, kind) in &takers {
            if let Some(t) = self.slot_mut(*taker) {
                t.sources.push(Source { slot: new, share: *share, kind: *kind });
            }
        }
        self.by_id.insert(sketch.id.clone(), new);
        let takers: Vec<u32> = takers.iter().map(|t| t.0).collect();
        let slot = Slot { sketch, sources, takers: takers.clone() };
        if self.slots.len() <= new as usize {
            self.slots.push(Some(slot));
        } else {
            self.slots[new as usize] = Some(slot);
        }
        let moved: Vec<(u32, Option<u32>)> =
            takers.iter().chain([&new]).map(|t| (*t, self.source(*t).map(|s| s.slot))).collect();
        let names = |s: u32| self.slots.get(s as usize).and_then(Option::as_ref).map(|s| &s.sketch.id);
        let touched = self.groups.put(new, &links, &moved, names);
        self.refresh(&touched)
    }

    /// Lets others find the article.
    fn settle(&mut self, new: u32, sketch: &Sketch, signature: Option<MinHashSig<SIGNATURE>>) {
        let key = holder(sketch, new);
        for word in sketch.vector.keys() {
            let all = self.holders.entry(*word).or_default();
            if let Err(at) = all.binary_search(&key) {
                all.insert(at, key);
            }
        }
        if let Some((first, _)) = &sketch.page {
            self.of_page.entry(first.clone()).or_default().insert(new);
        }
        if let (Some(lsh), Some(signature)) = (&mut self.lsh, signature) {
            lsh.insert(u64::from(new), signature);
        }
    }

    /// The articles that may copy it, be copied by it, or tell the same event.
    fn candidates(&self, sketch: &Sketch, signature: Option<&MinHashSig<SIGNATURE>>) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for all in sketch.vector.keys().iter().filter_map(|w| self.holders.get(w)) {
            let near = match sketch.day {
                None => all.as_slice(),
                Some(day) => {
                    let undated = all.partition_point(|h| h.0 == UNDATED);
                    found.extend(all[..undated].iter().map(|h| h.1));
                    let from = all.partition_point(|h| h.0 < day - DAYS).max(undated);
                    let to = all.partition_point(|h| h.0 <= day + DAYS).max(from);
                    &all[from..to]
                }
            };
            found.extend(near.iter().map(|h| h.1));
        }
        if let (Some(lsh), Some(signature)) = (&self.lsh, signature) {
            found.extend(lsh.query(signature).into_iter().map(|s| s as u32));
        }
        found.extend(sketch.page.iter().filter_map(|(first, _)| self.of_page.get(first)).flatten());
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The article it copies: the one it shares most with, the oldest of those.
    fn source(&self, slot: u32) -> Option<Source> {
        let age = |s: u32| self.slot(s).map(|s| &s.sketch);
        let by_age = |a: u32, b: u32| match (age(a), age(b)) {
            (Some(a), Some(b)) => a.by_age(b),
            _ => a.cmp(&b),
        };
        let sources = &self.slot(slot)?.sources;
        sources.iter().copied().max_by(|a, b| a.share.cmp(&b.share).then_with(|| by_age(b.slot, a.slot)))
    }

    /// The oldest article behind one.
    fn root(&self, mut slot: u32) -> u32 {
        // every source is older than its copy, so this ends
        while let Some(source) = self.source(slot) {
            slot = source.slot;
        }
        slot
    }

    /// Writes anew what is known of these articles; gives those for which it is something else.
    fn refresh(&mut self, touched: &BTreeSet<u32>) -> Vec<ArticleId> {
        let mut changed = BTreeSet::new();
        for slot in touched {
            let Some((id, origin)) = self.origin(*slot) else { continue };
            if self.origins.0.get(&id) != Some(&origin) {
                changed.insert(id.clone());
                self.origins.0.insert(id, origin);
            }
        }
        changed.into_iter().collect()
    }

    fn origin(&self, slot: u32) -> Option<(ArticleId, Origin)> {
        let id = |s: u32| self.slot(s).map(|s| s.sketch.id.clone());
        let story = id(self.groups.story(slot))?;
        let origin = Origin {
            origin: id(self.root(slot))?,
            story: format!("s-{}", story.as_str().trim_start_matches("a-")),
            copy_of: self.source(slot).and_then(|s| Some((id(s.slot)?, s.kind))),
        };
        Some((id(slot)?, origin))
    }
}

/// The day of an article whose day is not known, in lists by day.
const UNDATED: i32 = i32::MIN;

fn holder(sketch: &Sketch, slot: u32) -> (i32, u32) {
    (sketch.day.unwrap_or(UNDATED), slot)
}
