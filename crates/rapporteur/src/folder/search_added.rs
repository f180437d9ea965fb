//! What a person added by hand, among the results of a search: it is in the log and not in the index of what was read.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use rapporteur_archive::{Field, Hit, Query, Ruled, Wanted};
use rapporteur_article::Article;
use rapporteur_dossier::{Corrections, Decision, Dossier, Resolver};
use rapporteur_ledger::Plan;
use rapporteur_reading::Reading;
use rapporteur_reading::model::{Act, Item, Reference};
use rapporteur_text::{ArticleId, ItemId, Span};

use super::Folder;
use super::search::{Result, Results, of_items};
use crate::Error;

/// What the added items do to a search.
#[derive(Debug, Default)]
pub(super) struct ByHand {
    /// Those that are what is asked, as results.
    pub(super) found: Vec<Result>,
    /// Items that were read at the same words and gave way to them.
    pub(super) replaced: Vec<Ruled>,
}

impl Folder {
    /// The statements and quotations that a person added and that are `wanted`, newest first. `named`: whom and what the dossier
    /// knows; nobody where it is not known.
    pub(super) fn by_hand(
        &self,
        wanted: &Wanted,
        corrections: &Corrections,
        named: &Dossier,
    ) -> std::result::Result<ByHand, Error> {
        let mut all = ByHand::default();
        let is_added = |d: &Decision| matches!(d, Decision::Add(_));
        if !corrections.holding().any(|(_, c)| is_added(&c.decision)) {
            return Ok(all);
        }
        let (resolver, plan) = (Resolver::new(named), Plan::new(named, corrections));
        let articles: BTreeSet<&ArticleId> = corrections
            .holding()
            .filter_map(|(_, c)| if let Decision::Add(added) = &c.decision { Some(added.article()) } else { None })
            .collect();
        for id in articles {
            let Some(packed) = self.archive.packed(id.as_str())? else { continue };
            let (article, reading) = packed.unpack().map_err(|f| self.archive.fault(f))?;
            let Some(corrected) = plan.apply(&article, &reading, &resolver.resolve(&article, &reading)) else {
                continue;
            };
            let kept: BTreeSet<&ItemId> = searched(&reading).map(|one| one.item.id()).collect();
            let holding: BTreeSet<&ItemId> = searched(&corrected.reading).map(|one| one.item.id()).collect();
            let gone = kept.difference(&holding).map(|id| Ruled { id: id.to_string(), is_rejected: true, act: None });
            all.replaced.extend(gone);
            let meant = of_items(&corrected.reading, &corrected.resolution);
            for one in searched(&corrected.reading).filter(|one| !kept.contains(one.item.id())) {
                let meant = meant.iter().find(|m| m.number == one.number);
                let hit = Hit {
                    id: one.item.id().to_string(),
                    kind: one.kind,
                    article: id.to_string(),
                    number: one.number,
                    day: one.day.or(article.published.map(|m| m.date)),
                    party: meant.and_then(|m| m.party.clone()),
                    person: meant.and_then(|m| m.person.clone()),
                    issue: meant.and_then(|m| m.issue.clone()),
                    act: one.act,
                };
                let shown = one.item.sentence();
                let marks = wanted.query.as_ref().map(|q| self.marks_in(q, &article, shown)).transpose()?;
                if is_wanted(wanted, &hit, &article) && marks.as_ref().is_none_or(|marks| !marks.is_empty()) {
                    let who = one.who.map(|r| r.span.slice(&article.text).to_string()).unwrap_or_default();
                    let (article, marks) = (article.clone(), marks.unwrap_or_default());
                    all.found.push(Result { hit, article, shown, marks, who, issue: String::new() });
                }
            }
        }
        all.found.sort_by(|a, b| (b.hit.day, &a.hit.id).cmp(&(a.hit.day, &b.hit.id)));
        Ok(all)
    }

    fn marks_in(&self, query: &Query, article: &Article, shown: Span) -> std::result::Result<Vec<Range<usize>>, Error> {
        let marks = self.archive.marked(query, &[shown.slice(&article.text)])?.pop().unwrap_or_default();
        Ok(marks.into_iter().map(|m| m.start + shown.start()..m.end + shown.start()).collect())
    }
}

/// Puts what was added among the results: by its day, or before what is ranked by its words.
pub(super) fn put_among(results: &mut Results, added: Vec<Result>, by_relevance: bool, limit: usize) {
    for one in added.into_iter().rev() {
        results.count += 1;
        let month = one.hit.day.map(|d| d.to_string()[..7].to_string());
        let party = one.hit.party.as_ref().map(|_| one.who.clone());
        for (facet, value) in [
            ("kind", Some(one.hit.kind.to_string())),
            ("act", one.hit.act.map(|a| a.as_str().to_string())),
            ("party", party),
            ("issue", Some(one.issue.clone())),
            ("outlet", Some(one.article.outlet.clone())),
            ("month", month),
        ] {
            count(results, facet, value.unwrap_or_default());
        }
        let newer = |r: &Result| r.hit.day > one.hit.day;
        let at = if by_relevance { 0 } else { results.results.iter().take_while(|r| newer(r)).count() };
        results.results.insert(at, one);
    }
    results.results.truncate(limit);
}

fn count(results: &mut Results, facet: &str, value: String) {
    let Some((_, values)) = results.facets.iter_mut().find(|(name, _)| *name == facet) else { return };
    match values.iter_mut().find(|(known, _)| *known == value) {
        Some((_, n)) => *n += 1,
        None if !value.is_empty() => values.push((value, 1)),
        None => return,
    }
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
}

/// Whether an item is what the filters ask for; its words are asked apart.
fn is_wanted(wanted: &Wanted, hit: &Hit, article: &Article) -> bool {
    let is_of_field = |f: &Field| matches!((f, hit.kind), (Field::Statements, "statement") | (Field::Quotes, "quote"));
    let is_either = |ids: &Vec<String>, of: [&Option<String>; 2]| of.into_iter().flatten().any(|id| ids.contains(id));
    let is_in_time = match (wanted.from, wanted.to, hit.day) {
        (None, None, _) => true,
        (from, to, Some(day)) => from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to),
        (_, _, None) => false,
    };
    is_in_time
        && (wanted.fields.is_empty() || wanted.fields.iter().any(is_of_field))
        && (wanted.acts.is_empty() || hit.act.is_some_and(|act| wanted.acts.contains(&act)))
        && wanted.who.iter().all(|ids| is_either(ids, [&hit.party, &hit.person]))
        && wanted.issues.as_ref().is_none_or(|ids| is_either(ids, [&hit.issue, &None]))
        && wanted.source.as_ref().is_none_or(|source| is_of_source(article, source))
}

fn is_of_source(article: &Article, part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    let own = [article.outlet.as_str(), article.id.as_str(), article.source_id.as_str()];
    let sources = article.sources.iter().flat_map(|s| [s.path.as_str(), &s.url, &s.outlet]);
    own.into_iter().chain(sources).any(|words| words.to_ascii_lowercase().contains(&part))
}

/// A statement or quotation.
struct Searched<'r> {
    number: usize,
    kind: &'static str,
    item: &'r Item,
    day: Option<Date>,
    act: Option<Act>,
    who: Option<Reference>,
}

fn searched(reading: &Reading) -> impl Iterator<Item = Searched<'_>> {
    let statements = reading.statements.iter().map(|s| {
        let day = s.said.from.map(|m| m.date);
        Searched { number: 0, kind: "statement", item: &s.item, day, act: Some(s.act), who: Some(s.holder) }
    });
    let quotes = reading.quotes.iter().map(|q| {
        let day = q.said.from.map(|m| m.date);
        Searched { number: 0, kind: "quote", item: &q.item, day, act: None, who: q.source }
    });
    statements.chain(quotes).enumerate().map(|(n, one)| Searched { number: n + 1, ..one })
}
