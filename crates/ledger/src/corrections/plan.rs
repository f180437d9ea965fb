//! Which corrections concern which item, which of them win, and their application to one article.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_article::Article;
use rapporteur_dossier::{Change, Correction, Corrections, Decision, Dossier, Resolution, kind_of};
use rapporteur_reading::Reading;
use rapporteur_text::{ArticleId, ItemId};

use super::edit::Editor;
use super::{items, place};

/// Corrections made ready for applying to many articles, one at a time and in any order.
#[derive(Debug)]
pub struct Plan<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) corrections: &'a Corrections,
    /// Numbers of the corrections that hold, by the item or article they are about, in order of time.
    by_item: BTreeMap<&'a str, Vec<usize>>,
    /// Numbers of the items added by hand, by article.
    adds: BTreeMap<&'a ArticleId, Vec<usize>>,
    /// Numbers of those that say in which article their item stood.
    seen: BTreeMap<&'a ArticleId, Vec<usize>>,
}

/// An article as corrected: what goes into the fold in place of what was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    /// What it says.
    pub reading: Reading,
    /// Who and what is meant.
    pub resolution: Resolution,
    /// What corrections did in it.
    pub touched: Touched,
}

/// What corrections did in one article; numbers are those of [`Corrections::all`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Touched {
    /// Items and the corrections that hold for them.
    pub items: Vec<(ItemId, usize)>,
    /// Corrections that a later one on the same fields stands in for.
    pub overruled: Vec<(usize, usize)>,
    /// Corrections that could not be applied, and why.
    pub unfit: Vec<(usize, String)>,
    /// Items of the same kind in the sentence where the item of a correction once stood.
    pub near: Vec<(usize, ItemId)>,
}

/// Which corrections of one item win.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub(super) accept: Option<usize>,
    pub(super) reject: Option<usize>,
    pub(super) change: Change,
    /// For each changed field, the correction that changed it.
    pub(super) by: BTreeMap<&'static str, usize>,
    notes: Vec<usize>,
    overruled: Vec<(usize, usize)>,
    unfit: Vec<(usize, String)>,
}

/// An item that was added by hand.
#[derive(Debug)]
struct ByHand {
    /// The number of the correction that added it.
    number: usize,
    /// Ids of items that gave way to it: corrections of those are of this one.
    replaced: BTreeSet<ItemId>,
}

impl<'a> Plan<'a> {
    /// Prepares corrections. Holders and issues are looked up in `dossier`.
    pub fn new(dossier: &'a Dossier, corrections: &'a Corrections) -> Self {
        let mut plan =
            Self { dossier, corrections, by_item: BTreeMap::new(), adds: BTreeMap::new(), seen: BTreeMap::new() };
        for (number, correction) in corrections.holding() {
            if let Some(item) = correction.decision.item() {
                plan.by_item.entry(item.as_str()).or_default().push(number);
            }
            if let Decision::Add(added) = &correction.decision {
                plan.adds.entry(added.article()).or_default().push(number);
            }
            if let Some(seen) = correction.decision.seen() {
                plan.seen.entry(&seen.article).or_default().push(number);
            }
        }
        plan
    }

    /// The article as corrected; `None` where nothing in it is touched. It depends on no other article.
    pub fn apply(&self, article: &Article, reading: &Reading, resolution: &Resolution) -> Option<Corrected> {
        let adds = self.adds.get(&article.id).map_or(&[][..], Vec::as_slice);
        let seen = self.seen.get(&article.id).map_or(&[][..], Vec::as_slice);
        let is_named = |id: &ItemId| self.by_item.contains_key(id.as_str());
        let notes = self.by_item.get(article.id.as_str()).map_or(&[][..], Vec::as_slice);
        let concerns = !adds.is_empty() || !seen.is_empty() || !notes.is_empty();
        if !concerns && (self.by_item.is_empty() || !items(reading).any(|(.., item)| is_named(item.id()))) {
            return None;
        }
        let mut touched = Touched::default();
        touched.items.extend(notes.iter().map(|n| (ItemId::from_written(article.id.as_str()), *n)));
        let mut editor = Editor::new(self.dossier, article, reading.clone(), resolution.clone());
        let by_hand = self.add(adds, &mut editor, &mut touched);
        let mut rejected = BTreeSet::new();
        let is_concerned =
            |id: &&ItemId| is_named(id) || by_hand.get(*id).is_some_and(|b| b.replaced.iter().any(is_named));
        let named: Vec<ItemId> = items(&editor.reading).map(|(.., i)| i.id()).filter(is_concerned).cloned().collect();
        for id in named {
            let mut verdict = self.verdict(&id, by_hand.get(&id), &mut editor);
            touched.overruled.extend(verdict.overruled.iter().copied());
            touched.unfit.append(&mut verdict.unfit);
            touched.items.extend(verdict.notes.iter().map(|n| (id.clone(), *n)));
            match verdict.reject {
                Some(number) => {
                    touched.overruled.extend(by_hand.get(&id).map(|b| (b.number, number)));
                    touched.items.push((id.clone(), number));
                    rejected.insert(id);
                }
                None => editor.edit(&id, &verdict, &mut touched),
            }
        }
        for number in seen {
            touched.near.extend(self.near(*number, article, &editor.reading));
        }
        let (reading, resolution) = super::remove::without(editor.reading, editor.resolution, &rejected);
        Some(Corrected { reading, resolution, touched })
    }

    fn decision(&self, number: usize) -> Option<&'a Decision> {
        self.corrections.all().get(number).map(|c: &Correction| &c.decision)
    }

    /// Adds items in order of time; of two at the same words the later wins.
    fn add(&self, adds: &[usize], editor: &mut Editor<'_>, touched: &mut Touched) -> BTreeMap<ItemId, ByHand> {
        let mut by_hand: BTreeMap<ItemId, ByHand> = BTreeMap::new();
        for &number in adds {
            let Some(Decision::Add(added)) = self.decision(number) else { continue };
            let put = match editor.add(added) {
                Ok(put) => put,
                Err(why) => {
                    touched.unfit.push((number, why));
                    continue;
                }
            };
            touched.items.push((put.id.clone(), number));
            // an item at the same words that was added under another id: its sentence was marked otherwise
            let earlier = put.replaced.as_ref().and_then(|id| by_hand.remove(id));
            touched.overruled.extend(earlier.iter().map(|e| (e.number, number)));
            let mut replaced = earlier.map_or_else(BTreeSet::new, |e| e.replaced);
            replaced.extend(put.replaced.filter(|id| *id != put.id));
            by_hand.insert(put.id, ByHand { number, replaced });
        }
        by_hand
    }

    /// What its corrections come to: on each field the latest wins; what is rejected at last is not changed. What was
    /// decided before an item was added by hand is overruled by that, what cannot be applied has no part in it.
    fn verdict(&self, id: &ItemId, by_hand: Option<&ByHand>, editor: &mut Editor<'_>) -> Verdict {
        let ids = std::iter::once(id).chain(by_hand.into_iter().flat_map(|b| &b.replaced));
        let numbers: BTreeSet<usize> = ids.filter_map(|i| self.by_item.get(i.as_str())).flatten().copied().collect();
        let mut v = Verdict::default();
        let mut fields_of: Vec<(usize, Vec<&'static str>)> = Vec::new();
        for number in numbers {
            let decision = self.decision(number);
            if let Some(Decision::Change { change, .. }) = decision
                && let Some((kind, at)) = place(&editor.reading, id)
                && let Err(why) = editor.check(kind, at, change)
            {
                v.unfit.push((number, why));
                continue;
            }
            let is_note = matches!(decision, Some(Decision::Note { .. }));
            if let Some(added) = by_hand.map(|b| b.number).filter(|added| number < *added && !is_note) {
                v.overruled.push((number, added));
                continue;
            }
            let fields = match decision {
                Some(Decision::Accept { .. }) => {
                    (v.accept, v.reject) = (Some(number), None);
                    vec!["verdict"]
                }
                Some(Decision::Reject { .. }) => {
                    (v.accept, v.reject) = (None, Some(number));
                    vec!["verdict"]
                }
                Some(Decision::Change { change, .. }) => take(&mut v.change, change),
                _ => {
                    v.notes.push(number);
                    continue;
                }
            };
            fields.iter().for_each(|f| {
                v.by.insert(f, number);
            });
            fields_of.push((number, fields));
        }
        for (number, fields) in fields_of {
            let winner = fields.iter().filter_map(|f| v.by.get(f)).max().copied();
            let overruled = match v.reject {
                Some(reject) if reject != number => Some(reject),
                None if fields.iter().all(|f| v.by.get(f) != Some(&number)) => winner,
                _ => None,
            };
            v.overruled.extend(overruled.map(|by| (number, by)));
        }
        v.by.remove("verdict");
        v
    }

    /// What stands where the item of a correction once stood, if the item is not there any more.
    fn near(&self, number: usize, article: &Article, reading: &Reading) -> Vec<(usize, ItemId)> {
        let Some(decision) = self.decision(number) else { return Vec::new() };
        let (Some(item), Some(seen)) = (decision.item(), decision.seen()) else { return Vec::new() };
        if place(reading, item).is_some() {
            return Vec::new();
        }
        let is_near = |i: &rapporteur_reading::model::Item| {
            kind_of(i.id()) == kind_of(item) && i.sentence().slice(&article.text) == seen.sentence
        };
        items(reading).filter(|(.., i)| is_near(i)).map(|(.., i)| (number, i.id().clone())).collect()
    }
}

/// Takes over the fields of a later change; their names.
fn take(into: &mut Change, change: &Change) -> Vec<&'static str> {
    let mut fields = Vec::new();
    let Change { holder, act, stand, issue, date, state } = change.clone();
    fn set<T>(into: &mut Option<T>, from: Option<T>, name: &'static str, fields: &mut Vec<&'static str>) {
        if from.is_some() {
            *into = from;
            fields.push(name);
        }
    }
    set(&mut into.holder, holder, "holder", &mut fields);
    set(&mut into.act, act, "act", &mut fields);
    set(&mut into.stand, stand, "stand", &mut fields);
    set(&mut into.issue, issue, "issue", &mut fields);
    set(&mut into.date, date, "date", &mut fields);
    set(&mut into.state, state, "state", &mut fields);
    fields
}
