//! What every part of the fold is given.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_dossier::Dossier;
use rapporteur_reading::model::{HasItem, Item, Why};
use rapporteur_text::{ArticleId, Basis, ItemId, When};

use crate::model::{Cited, Merged};
use crate::{Named, Origins, Witness};

/// The dossier, the witnesses in order of article id, and where their reporting comes from.
pub(crate) struct Cx<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) witnesses: Vec<Witness<'a>>,
    pub(crate) origins: &'a Origins,
}

/// A record of a reading and the witness it stands in.
pub(crate) struct Told<'a, T> {
    pub(crate) w: Witness<'a>,
    /// Number in its list of the reading.
    pub(crate) number: usize,
    pub(crate) record: &'a T,
}

impl<T> Clone for Told<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Told<'_, T> {}

impl<'a, T: HasItem> Told<'a, T> {
    pub(crate) fn item(&self) -> &'a Item {
        self.record.item()
    }

    pub(crate) fn id(&self) -> &'a ItemId {
        self.record.item().id()
    }

    pub(crate) fn article(&self) -> &'a ArticleId {
        &self.w.article.id
    }

    /// The day of publication, where known.
    pub(crate) fn published(&self) -> Option<Date> {
        self.w.article.published.map(|m| m.date)
    }

    /// What orders records whatever the order of arrival.
    pub(crate) fn order(&self) -> (Option<Date>, &'a ArticleId, usize, &'a ItemId) {
        (self.published(), self.article(), self.item().span().start(), self.id())
    }

    /// The words of the record as evidence.
    pub(crate) fn cited(&self) -> Cited {
        let own = self.item().evidence().next().copied();
        let item = self.item();
        let evidence = own.unwrap_or(rapporteur_reading::model::Evidence {
            span: item.span(),
            sentence: item.sentence(),
            why: Why::Item,
        });
        Cited { article: self.article().clone(), evidence }
    }
}

impl<'a> Cx<'a> {
    /// All records of one kind, in an order that does not depend on that of arrival.
    pub(crate) fn told<T: HasItem>(&self, list: impl Fn(&Witness<'a>) -> &'a [T]) -> Vec<Told<'a, T>> {
        let mut all: Vec<Told<'a, T>> = Vec::new();
        for w in &self.witnesses {
            all.extend(list(w).iter().enumerate().map(|(number, record)| Told { w: *w, number, record }));
        }
        all.sort_by(|a, b| a.order().cmp(&b.order()));
        all
    }

    /// How many different reportings these articles rest on.
    pub(crate) fn origins_of<'b>(&self, articles: impl IntoIterator<Item = &'b ArticleId>) -> usize {
        articles.into_iter().map(|a| self.origins.of(a)).collect::<BTreeSet<_>>().len()
    }
}

/// A record merged from these members (never empty), the clearest first. `parts`: ids of the parties and issues in it.
pub(crate) fn merged<T: HasItem>(kind: &str, rule: &'static str, parts: &[&str], members: &[Told<'_, T>]) -> Merged {
    let mut order: Vec<&Told<'_, T>> = members.iter().collect();
    order.sort_by(|a, b| b.item().confidence.total_cmp(&a.item().confidence).then_with(|| a.order().cmp(&b.order())));
    let mut evidence: Vec<Cited> = Vec::new();
    for (i, told) in order.iter().enumerate() {
        for (j, e) in told.item().evidence().enumerate() {
            let why = if i > 0 && j == 0 { Why::Member } else { e.why };
            let cited =
                Cited { article: told.article().clone(), evidence: rapporteur_reading::model::Evidence { why, ..*e } };
            let is_new = |c: &Cited| c.article != cited.article || c.evidence.span != cited.evidence.span;
            if evidence.iter().all(is_new) {
                evidence.push(cited);
            }
        }
    }
    let mut ids: Vec<ItemId> = members.iter().map(|t| t.id().clone()).collect();
    ids.sort();
    ids.dedup();
    let smallest = ids.first().map(|i| i.as_str().to_string()).unwrap_or_default();
    let mut words = parts.to_vec();
    words.push(&smallest);
    Merged {
        id: ItemId::of_words(kind, &words, 0),
        rule,
        confidence: order.first().map_or(0.0, |t| t.item().confidence),
        evidence,
        members: ids,
    }
}

/// The commonest of some names by key, as written most often; ties by the words.
pub(crate) fn commonest(all: impl IntoIterator<Item = Named>) -> Option<Named> {
    ranked(all).into_iter().next()
}

/// Each name once, the commonest first, each as it is written most often.
pub(crate) fn ranked(all: impl IntoIterator<Item = Named>) -> Vec<Named> {
    let mut by_key: BTreeMap<String, BTreeMap<Named, usize>> = BTreeMap::new();
    for named in all {
        *by_key.entry(named.key()).or_default().entry(named).or_default() += 1;
    }
    let mut counted: Vec<(usize, Named)> = by_key
        .into_values()
        .filter_map(|forms| {
            let total = forms.values().sum();
            let best = forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
            Some((total, best.0))
        })
        .collect();
    counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    counted.into_iter().map(|(_, named)| named).collect()
}

/// The commonest of some values; ties by the smallest.
pub(crate) fn mode<V: Ord>(all: impl IntoIterator<Item = V>) -> Option<V> {
    let mut counts: BTreeMap<V, usize> = BTreeMap::new();
    for value in all {
        *counts.entry(value).or_default() += 1;
    }
    let best = counts.values().copied().max()?;
    counts.into_iter().find(|(_, n)| *n == best).map(|(v, _)| v)
}

/// When something was said: its own time where that is known, else the day of publication.
pub(crate) fn said_or_published(said: &When, w: &Witness<'_>) -> When {
    if said.first_day().is_some() || said.last_day().is_some() {
        return said.clone();
    }
    match w.article.published {
        Some(m) => When::on(m.date, "", Basis::Published),
        None => When::unknown(),
    }
}

/// First and last day of a time, either end standing in for the other.
pub(crate) fn days(when: &When) -> Option<(Date, Date)> {
    let from = when.from.or(when.to)?.date;
    let to = when.to.or(when.from)?.date;
    Some(if from <= to { (from, to) } else { (to, from) })
}

/// Whole days from `a` to `b`.
pub(crate) fn days_between(a: Date, b: Date) -> i64 {
    (b - a).get_days().into()
}

/// Content words of a phrase in lower case: letters and digits, without function words.
pub(crate) fn content_words(phrase: &str) -> BTreeSet<String> {
    const FUNCTION: &[&str] = &[
        "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with", "its", "their", "his", "her",
        "that", "this", "these", "those", "is", "are", "was", "were", "be", "as", "it", "s", "from", "some", "about",
        "more", "than", "which", "who", "has", "have", "had", "not", "no", "up", "all", "our", "we", "they", "new",
    ];
    phrase
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|w| !w.is_empty() && !FUNCTION.contains(&w.as_str()))
        .map(|w| w.strip_suffix('s').filter(|r| r.len() > 3 && !r.ends_with('s')).map_or(w.clone(), str::to_string))
        .collect()
}
