//! Pages that changed: which article is which version of one, and what of a later version was told already.
//!
//! The versions of a page are one witness that spoke more than once. What stands in several of them is told once, by the first
//! that has it; what the newest has no more stays, and is known to have vanished ([`Article::vanished`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_article::{Article, Later, PageVersion, page_text};
use rapporteur_dossier::Resolution;
use rapporteur_reading::Reading;
use rapporteur_reading::model::Item;
use rapporteur_text::{ArticleId, ItemId, Moment};

use crate::Witness;
use crate::corrections::{Kind, items, without};
use crate::origins::is_by_agency;

/// What a page was seen to be, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub address: String,
    /// Its versions.
    pub seen: Vec<Sighting>,
}

/// A time in which a page was one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The article.
    pub article: ArticleId,
    /// When the page was first and last seen to be it.
    pub seen: [Moment; 2],
}

/// Notes in each of these articles which version of its page it is, by what was seen on `until` or before, and in no other that
/// it is any. The order of pages and articles changes nothing.
pub fn mark_versions(pages: &[Page], articles: &mut [Article], until: Option<Date>) {
    articles.iter_mut().for_each(|a| a.page = None);
    if pages.is_empty() {
        return;
    }
    let known: BTreeMap<&ArticleId, &Article> = articles.iter().map(|a| (&a.id, a)).collect();
    let texts: BTreeMap<&ArticleId, Arc<str>> = pages
        .iter()
        .flat_map(|p| &p.seen)
        .filter_map(|s| Some((&s.article, page_text(&known.get(&s.article)?.text).into())))
        .collect();
    let mut found: BTreeMap<ArticleId, PageVersion> = BTreeMap::new();
    let mut in_order: Vec<&Page> = pages.iter().collect();
    in_order.sort_by(|a, b| a.address.cmp(&b.address));
    for page in in_order {
        let is_seen = |s: &&Sighting| known.contains_key(&s.article) && until.is_none_or(|day| s.seen[0].date <= day);
        let mut seen: Vec<&Sighting> = page.seen.iter().filter(is_seen).collect();
        seen.dedup_by(|b, a| a.article == b.article);
        for (id, version) in versions(&page.address, &seen, &known, &texts) {
            // what is still there at one address has not gone, whatever became of it at another
            let is_gone = |v: &PageVersion| v.replaced_by(&id).is_some();
            match found.get(&id) {
                Some(other) if is_gone(&version) || !is_gone(other) => {}
                _ => drop(found.insert(id, version)),
            }
        }
    }
    for article in articles {
        article.page = found.remove(&article.id).map(Arc::new);
    }
}

/// The articles that a page was, each as a version of it; none where there is only one.
fn versions(
    address: &str,
    seen: &[&Sighting],
    known: &BTreeMap<&ArticleId, &Article>,
    texts: &BTreeMap<&ArticleId, Arc<str>>,
) -> Vec<(ArticleId, PageVersion)> {
    let (Some(first), 2..) = (seen.first().and_then(|s| known.get(&s.article)), seen.len()) else { return Vec::new() };
    let later = |s: &&Sighting| {
        let text = texts.get(&s.article)?.clone();
        Some(Later { article: s.article.clone(), text, seen: s.seen })
    };
    let mut all: Vec<(ArticleId, PageVersion)> = Vec::new();
    for (at, sighting) in seen.iter().enumerate() {
        if all.iter().any(|(id, _)| *id == sighting.article) {
            continue;
        }
        let version = PageVersion {
            address: address.to_string(),
            number: all.len() + 1,
            first: first.id.clone(),
            first_published: first.published,
            is_first_by_agency: is_by_agency(first),
            seen: sighting.seen,
            replaces: at.checked_sub(1).and_then(|n| seen.get(n)).map(|s| s.article.clone()),
            later: seen.iter().skip(at + 1).filter_map(later).collect(),
        };
        all.push((sighting.article.clone(), version));
    }
    all
}

/// Takes out of the readings of later versions what an earlier one tells in a sentence that still stood there; gives the ids of
/// what was taken out. `readings` are those of `articles`, in which [`mark_versions`] has noted what is which version.
pub fn tell_once(articles: &[Article], readings: &mut [Reading]) -> BTreeSet<ItemId> {
    let mut gone = BTreeSet::new();
    let mut pages: BTreeMap<(&str, &ArticleId), Vec<(usize, usize)>> = BTreeMap::new();
    for (at, article) in articles.iter().enumerate() {
        if let Some(page) = &article.page {
            pages.entry((&page.address, &page.first)).or_default().push((page.number, at));
        }
    }
    for mut versions in pages.into_values() {
        versions.sort_unstable();
        let mut told: Vec<(usize, Vec<(Told, ItemId)>)> = Vec::new();
        for (_, at) in versions {
            let (Some(article), Some(reading)) = (articles.get(at), readings.get(at)) else { continue };
            let own = told_in(article, reading);
            let text = page_text(&article.text);
            let stood: BTreeSet<&Told> = told
                .iter()
                .filter_map(|(before, all)| Some((articles.get(*before)?, readings.get(*before)?, all)))
                .flat_map(|(before, reading, all)| {
                    let standing: BTreeSet<&ItemId> = items(reading)
                        .filter(|(.., item)| item.evidence().all(|e| before.stands_in(e.sentence, &text)))
                        .map(|(.., item)| item.id())
                        .collect();
                    all.iter().filter(move |(_, id)| standing.contains(id)).map(|(told, _)| told)
                })
                .collect();
            let repeated: BTreeSet<ItemId> =
                own.iter().filter(|(told, _)| stood.contains(told)).map(|(_, id)| id.clone()).collect();
            let own = own.into_iter().filter(|(_, id)| !repeated.contains(id)).collect();
            if let Some(reading) = readings.get_mut(at).filter(|_| !repeated.is_empty()) {
                *reading = without(std::mem::take(reading), Resolution::default(), &repeated).0;
            }
            told.push((at, own));
            gone.extend(repeated);
        }
    }
    gone
}

/// What an item tells, by which it is known again in another version: its kind, its words, its sentence, and which of several
/// of these it is.
type Told = (Kind, String, String, usize);

fn told_in(article: &Article, reading: &Reading) -> Vec<(Told, ItemId)> {
    let mut counts: BTreeMap<(Kind, String, String), usize> = BTreeMap::new();
    let words = |span: rapporteur_text::Span| page_text(span.slice(&article.text));
    items(reading)
        .map(|(kind, _, item)| {
            let key = (kind, words(item.span()), words(item.sentence()));
            let number = counts.entry(key.clone()).or_default();
            *number += 1;
            ((key.0, key.1, key.2, *number), item.id().clone())
        })
        .collect()
}

impl Witness<'_> {
    /// Whether something that an item rests on stands in its page no more, and since when: its own sentence, else one that was
    /// needed to understand it.
    pub fn vanished(&self, item: &Item) -> Option<rapporteur_article::Vanished> {
        self.article.page.as_ref()?;
        item.evidence().find_map(|e| self.article.vanished(e.sentence))
    }
}

/// What an article says, and what it means, without what vanished from its page; `None` where nothing did.
pub(crate) fn standing(w: &Witness<'_>) -> Option<(Reading, Resolution)> {
    w.article.page.as_ref()?;
    let gone: BTreeSet<ItemId> =
        items(w.reading).filter(|(.., i)| w.vanished(i).is_some()).map(|(.., i)| i.id().clone()).collect();
    (!gone.is_empty()).then(|| without(w.reading.clone(), w.resolution.clone(), &gone))
}
