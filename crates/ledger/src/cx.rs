//! What every part of the fold is given, and what all of them do with words, days and members.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use rapporteur_dossier::Dossier;
use rapporteur_reading::model::{Evidence, HasItem, Why};
use rapporteur_text::{ArticleId, Basis, ItemId, Span, When};

use crate::model::{Cited, Merged};
use crate::{Named, Origins, Witness};

/// The dossier, and where the reporting of articles comes from.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) origins: &'a Origins,
}

impl Cx<'_> {
    /// How many different reportings these articles rest on.
    pub(crate) fn origins_of<'b>(&self, articles: impl IntoIterator<Item = &'b ArticleId>) -> usize {
        articles.into_iter().map(|a| self.origins.of(a)).collect::<BTreeSet<_>>().len()
    }
}

/// What puts records in an order that does not depend on that of arrival: day of publication, article, place, id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) published: Option<Date>,
    pub(crate) article: ArticleId,
    pub(crate) start: usize,
    pub(crate) id: ItemId,
}

impl At {
    /// Before all others.
    pub(crate) fn first() -> Self {
        Self { published: None, article: ArticleId::default(), start: 0, id: ItemId::default() }
    }
}

/// What a piece keeps of the record it was made from.
#[derive(Debug, Clone)]
pub(crate) struct Bit {
    pub(crate) at: Arc<At>,
    pub(crate) confidence: f32,
    /// Whether its sentence, or one it was understood by, stands in its page no more.
    pub(crate) is_vanished: bool,
    /// Its own words first; never empty.
    evidence: Vec<Evidence>,
}

impl Bit {
    pub(crate) fn of<T: HasItem>(w: &Witness<'_>, record: &T) -> Self {
        let item = record.item();
        let at = At {
            published: w.article.published.map(|m| m.date),
            article: w.article.id.clone(),
            start: item.span().start(),
            id: item.id().clone(),
        };
        let is_vanished = w.vanished(item).is_some();
        Self {
            at: Arc::new(at),
            confidence: item.confidence,
            is_vanished,
            evidence: item.evidence().copied().collect(),
        }
    }

    /// One without words, of the `article`th article.
    #[cfg(test)]
    pub(crate) fn bare(article: usize, start: usize) -> Self {
        let article = ArticleId::from_written(format!("a-{article:03}"));
        let at = At { published: None, article, start, id: ItemId::from_written(format!("item-{start:03}")) };
        Self { at: Arc::new(at), confidence: 1.0, is_vanished: false, evidence: Vec::new() }
    }

    /// Words that stand in no record of the reading.
    pub(crate) fn of_words(w: &Witness<'_>, id: ItemId, confidence: f32, span: Span, sentence: Span) -> Self {
        let published = w.article.published.map(|m| m.date);
        let at = At { published, article: w.article.id.clone(), start: span.start(), id };
        let is_vanished = w.article.vanished(sentence).is_some();
        Self { at: Arc::new(at), confidence, is_vanished, evidence: vec![Evidence { span, sentence, why: Why::Item }] }
    }

    pub(crate) fn id(&self) -> &ItemId {
        &self.at.id
    }

    pub(crate) fn article(&self) -> &ArticleId {
        &self.at.article
    }

    /// The day of publication, where known.
    pub(crate) fn published(&self) -> Option<Date> {
        self.at.published
    }

    /// The sentence of its own words.
    pub(crate) fn sentence(&self) -> Option<Span> {
        self.evidence.first().map(|e| e.sentence)
    }

    /// The words of the record as evidence.
    pub(crate) fn cited(&self) -> Option<Cited> {
        Some(Cited { article: self.article().clone(), evidence: *self.evidence.first()? })
    }
}

/// A piece of a family, made of one record of one article.
pub(crate) trait HasBit {
    fn bit(&self) -> &Bit;

    fn article(&self) -> &ArticleId {
        self.bit().article()
    }

    fn published(&self) -> Option<Date> {
        self.bit().published()
    }

    fn at(&self) -> &Arc<At> {
        &self.bit().at
    }
}

/// A record merged from these members (never empty), those that still stand first, of them the clearest. `parts`: ids of the parties and issues in it.
pub(crate) fn merged<P: HasBit>(kind: &str, rule: &'static str, parts: &[&str], members: &[&P]) -> Merged {
    let mut order: Vec<&Bit> = members.iter().map(|p| p.bit()).collect();
    order.sort_by(|a, b| {
        let by_confidence = || b.confidence.total_cmp(&a.confidence);
        a.is_vanished.cmp(&b.is_vanished).then_with(by_confidence).then_with(|| a.at.cmp(&b.at))
    });
    let mut seen: BTreeSet<(&ArticleId, Span)> = BTreeSet::new();
    let mut evidence: Vec<Cited> = Vec::new();
    for (i, bit) in order.iter().enumerate() {
        for (j, e) in bit.evidence.iter().enumerate() {
            if seen.insert((bit.article(), e.span)) {
                let why = if i > 0 && j == 0 { Why::Member } else { e.why };
                evidence.push(Cited { article: bit.article().clone(), evidence: Evidence { why, ..*e } });
            }
        }
    }
    let mut ids: Vec<&ItemId> = order.iter().map(|b| b.id()).collect();
    ids.sort();
    ids.dedup();
    let mut words = parts.to_vec();
    words.push(ids.first().map_or("", |i| i.as_str()));
    Merged {
        id: ItemId::of_words(kind, &words, 0),
        rule,
        confidence: order.first().map_or(0.0, |b| b.confidence),
        evidence,
        members: ids.into_iter().cloned().collect(),
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
pub(crate) fn said_or_published(said: &When, published: Option<Date>) -> When {
    if said.first_day().is_some() || said.last_day().is_some() {
        return said.clone();
    }
    published.map_or_else(When::unknown, |day| When::on(day, "", Basis::Published))
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

/// The day so many days later, or earlier where `days` is negative.
pub(crate) fn later(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
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

/// A set of words, each as a digest: enough to know how many two sets share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words(Vec<u64>);

impl Words {
    pub(crate) fn of<'w>(words: impl IntoIterator<Item = &'w String>) -> Self {
        let mut all: Vec<u64> = words.into_iter().map(|w| digest(w)).collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// Of each two sets of which `alike` of the words of either are in the other, these have one in common: so many of
    /// the longest (the prefix filter of set similarity joins, Chaudhuri et al. 2006; long words are rare).
    pub(crate) fn prefix(words: &BTreeSet<String>, alike: f64) -> Self {
        let mut all: Vec<&String> = words.iter().collect();
        all.sort_by_key(|w| (std::cmp::Reverse(w.len()), *w));
        let shared = (words.len() as f64 * alike).ceil() as usize;
        all.truncate((words.len() + 1).saturating_sub(shared));
        Self::of(all)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> {
        self.0.iter().copied()
    }

    /// How many words both have.
    pub(crate) fn shared(&self, other: &Self) -> usize {
        let (mut i, mut j, mut n) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
            }
        }
        n
    }
}

/// A 64-bit digest of a word that is the same on every machine (FNV-1a).
pub(crate) fn digest(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}
