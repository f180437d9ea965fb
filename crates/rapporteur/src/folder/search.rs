//! Searching what is kept: words from the archive, names from the dossier.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use rapporteur_archive::{Field, Found, Hit, Meant, Query, Ruled, Wanted};
use rapporteur_article::Article;
use rapporteur_dossier::{
    Alias, Change, Corrections, Decision, Dossier, Issue, IssueId, Party, PartyId, Person, PersonId, RULES, Resolution,
    Resolver, correct_names, discover, near_of,
};
use rapporteur_ledger::{Page, Plan, mark_versions, tell_once};
use rapporteur_reading::Reading;
use rapporteur_reading::model::{Act, Reference};
use rapporteur_text::{Digest, ItemId, Span};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Folder;
use super::cache::Cache;
use super::search_added::put_among;
use crate::Error;

/// Articles up to which it is found out what all items mean although nobody asked for it.
const FEW: usize = 2_000;
/// How often it is found out anew where another process changes the archive meanwhile.
const ATTEMPTS: usize = 3;
/// Under what is kept which items an earlier version of their page tells.
const TOLD_BEFORE: &str = "told-before";
/// Characters of an article that are shown around its first hit.
const AROUND: usize = 120;

/// What is asked.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Ask {
    /// Words.
    pub query: Option<Query>,
    /// Where; everywhere if empty.
    pub fields: Vec<Field>,
    /// Acts of statements; any if empty.
    pub acts: Vec<Act>,
    /// Name or id of a party.
    pub party: Option<String>,
    /// Name or id of a person.
    pub person: Option<String>,
    /// Name or id of an issue.
    pub issue: Option<String>,
    /// Part of the outlet, address, file or id of the article.
    pub source: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// The most relevant first, instead of the newest.
    pub by_relevance: bool,
    /// The most results.
    pub limit: usize,
}

/// One result, with the words that were found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Result {
    /// What was found.
    pub hit: Hit,
    /// The article it stands in.
    pub article: Article,
    /// The sentence, or for an article the words around the first hit.
    pub shown: Span,
    /// Where the words of the search stand, in bytes of the article's text; inside `shown`.
    pub marks: Vec<Range<usize>>,
    /// Name of the party, else of the person, else the words for the holder or the speaker; "" for articles.
    pub who: String,
    /// Name of the issue, "" if none.
    pub issue: String,
}

/// What was found.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Results {
    /// The results asked for.
    pub results: Vec<Result>,
    /// How many there are, and what of what: as [`rapporteur_archive::Found`] has it, with names instead of ids.
    pub count: usize,
    /// Whether there are more than were counted.
    pub is_more: bool,
    /// Facet, value, count.
    pub facets: Vec<(&'static str, Vec<(String, usize)>)>,
    /// Names and sources that were asked for and that nobody has, in words.
    pub unknown: Vec<String>,
}

/// A name under which searches know something.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Name {
    id: String,
    sort: Sort,
    name: String,
    aliases: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Sort {
    Party,
    Person,
    Issue,
}

impl Folder {
    /// Finds what is asked. The names of parties, people and issues are those of the folder's dossier; what each item means
    /// is found out once for each state of the archive and kept. What was decided on statements and quotations holds: those
    /// rejected are not found, the others are found by what they were changed to, and what was added by hand is among them.
    ///
    /// # Errors
    /// Where the archive or the dossier cannot be read.
    pub fn search(&mut self, ask: &Ask) -> std::result::Result<Results, Error> {
        let is_named = ask.party.is_some() || ask.person.is_some() || ask.issue.is_some();
        let known = self.names(is_named)?;
        let (is_unmeant, to_whom) = (known.is_none(), known.as_deref().map(dossier_of));
        let names = known.unwrap_or_default();
        let mut wanted = Wanted::default();
        (wanted.query, wanted.fields, wanted.acts) = (ask.query.clone(), ask.fields.clone(), ask.acts.clone());
        (wanted.source, wanted.from, wanted.to) = (ask.source.clone(), ask.from, ask.to);
        (wanted.by_relevance, wanted.limit, wanted.is_unmeant) = (ask.by_relevance, ask.limit, is_unmeant);
        let mut results = Results::default();
        let who = [(Sort::Party, "party", &ask.party), (Sort::Person, "person", &ask.person)];
        for (sort, word, typed) in who.into_iter().filter_map(|(s, w, t)| Some((s, w, t.as_deref()?))) {
            let ids = ids(&names, sort, typed);
            results.unknown.extend(ids.is_empty().then(|| unknown(&names, sort, word, typed)));
            wanted.who.push(ids);
        }
        if let Some(typed) = &ask.issue {
            let ids = ids(&names, Sort::Issue, typed);
            results.unknown.extend(ids.is_empty().then(|| unknown(&names, Sort::Issue, "issue", typed)));
            wanted.issues = Some(ids);
        }
        if let Some(typed) = &ask.source
            && let Some(outlets) = self.archive.outlets_without(typed)?
        {
            let near = near_of(typed, outlets.iter().map(String::as_str));
            results.unknown.push(format!("no article is from a source `{typed}`{}", meant_perhaps(&near)));
        }
        if !results.unknown.is_empty() {
            return Ok(results);
        }
        let corrections = self.corrections()?;
        wanted.ruled = ruled(&corrections, to_whom.as_ref());
        let by_hand = self.by_hand(&wanted, &corrections, &to_whom.unwrap_or_default())?;
        wanted.ruled.extend(by_hand.replaced);
        // what an earlier version of a page tells is found there
        // the state first: what another process adds after it makes another one
        let state = self.archive.change()?.to_string();
        let pages = self.pages()?;
        let told_before = self.told_before(&state, &pages)?;
        let told_before = told_before.into_iter().filter(|id| is_searched(id));
        wanted.ruled.extend(told_before.map(|id| Ruled { id, is_rejected: true, act: None }));
        wanted.ruled.sort_by(|a, b| (&a.id, !a.is_rejected).cmp(&(&b.id, !b.is_rejected)));
        wanted.ruled.dedup_by(|b, a| a.id == b.id);
        let found = self.archive.search(&wanted)?;
        results.results = self.shown(&found, ask.query.as_ref(), &names)?;
        self.mark(&pages, &mut results.results)?;
        (results.count, results.is_more) = (found.count, found.is_more);
        results.facets = found.facets.into_iter().map(|(f, values)| (f, named(&names, f, values))).collect();
        let by_hand = by_hand.found.into_iter().map(|one| in_names(&names, one)).collect();
        put_among(&mut results, by_hand, ask.by_relevance, ask.limit);
        Ok(results)
    }

    /// Ids of items of later versions of pages that an earlier one tells: kept for each `state` of the archive, which is no
    /// newer than the pages.
    fn told_before(&self, state: &str, pages: &[Page]) -> std::result::Result<Vec<String>, Error> {
        if pages.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.archive.derived(TOLD_BEFORE, state)?.and_then(|json| serde_json::from_slice(&json).ok());
        if let Some(known) = known {
            return Ok(known);
        }
        let (mut articles, mut readings) = (Vec::new(), Vec::new());
        for id in articles_of(pages) {
            let Some(packed) = self.archive.packed(id)? else { continue };
            let (article, reading) = packed.unpack().map_err(|f| self.archive.fault(f))?;
            articles.push(article);
            readings.push(reading);
        }
        mark_versions(pages, &mut articles, None);
        let ids: Vec<String> = tell_once(&articles, &mut readings).into_iter().map(|id| id.to_string()).collect();
        self.archive.keep_derived(TOLD_BEFORE, state, &serde_json::to_vec(&ids).map_err(Error::model)?);
        Ok(ids)
    }

    /// Notes in the articles of results which versions of their pages they are.
    fn mark(&self, pages: &[Page], results: &mut [Result]) -> std::result::Result<(), Error> {
        let is_found = |p: &&Page| p.seen.iter().any(|s| results.iter().any(|r| r.article.id == s.article));
        let pages: Vec<Page> = pages.iter().filter(is_found).cloned().collect();
        let mut articles: Vec<Article> = Vec::new();
        for id in articles_of(&pages) {
            if let Some(packed) = self.archive.packed(id)? {
                articles.push(packed.article().map_err(|f| self.archive.fault(f))?);
            }
        }
        mark_versions(&pages, &mut articles, None);
        for result in results {
            let version = articles.iter().find(|a| a.id == result.article.id);
            result.article.page = version.and_then(|a| a.page.clone());
        }
        Ok(())
    }

    /// The names of what items mean. Where they are not known for today's archive, dossier and program they are found out, if
    /// they are `needed` or it is quickly done; else `None`.
    fn names(&mut self, needed: bool) -> std::result::Result<Option<Vec<Name>>, Error> {
        let dossier = self.dossier()?;
        let of_dossier = dossier
            .as_ref()
            .map_or_else(String::new, |d| Digest::of(rapporteur_dossier::to_toml(d).as_bytes()).as_str().to_string());
        let by = format!("{RULES}:{of_dossier}");
        for _ in 0..ATTEMPTS {
            let known = self.archive.meant(&by)?.and_then(|json| serde_json::from_slice(&json).ok());
            if known.is_some() {
                return Ok(known);
            }
            if !needed && self.archive.counts()?.articles > FEW {
                return Ok(None);
            }
            match self.find_out(dossier.as_ref(), &by) {
                Err(error) if !needed && error.of_archive().is_some_and(|e| e.is_read_only()) => return Ok(None),
                Ok(None) => {} // another process has added something meanwhile
                done => return done,
            }
        }
        if !needed {
            return Ok(None);
        }
        let why = "another process keeps adding to the dossier folder, so that it cannot be told who is meant: search for a party, \
                   person or issue again when it has done, or for words alone";
        Err(Error::model(why))
    }

    /// Finds out what all items mean and keeps it; `None` where the archive changed meanwhile. What listings derived of the same
    /// is taken from beside the archive, and what is derived here lies there for them.
    fn find_out(&mut self, dossier: Option<&Dossier>, by: &str) -> std::result::Result<Option<Vec<Name>>, Error> {
        let change = self.archive.change()?;
        let (kept, digests) = self.kept_with_digests()?;
        let mut cache = Cache::open(&self.path, true, digests);
        let (mut articles, mut readings): (Vec<Article>, Vec<Reading>) = kept.into_iter().unzip();
        let pages = self.pages()?;
        let dossier = match dossier {
            Some(dossier) => dossier.clone(),
            None => {
                // of pages that changed, what listings are made of; the items that an earlier version tells mean something too
                let whole = (!pages.is_empty()).then(|| readings.clone());
                mark_versions(&pages, &mut articles, None);
                tell_once(&articles, &mut readings);
                cache.of_pages(&pages, None);
                let all = || articles.iter().zip(&readings).collect::<Vec<_>>();
                let found = cache.dossier(&articles, || discover(&all()));
                readings = whole.unwrap_or(readings);
                found
            }
        };
        let corrections = self.corrections()?;
        let (dossier, _) = correct_names(&dossier, &corrections);
        let (resolver, plan) = (Resolver::new(&dossier), Plan::new(&dossier, &corrections));
        let resolve = |at: usize| resolver.resolve(&articles[at], &readings[at]);
        let resolutions: Vec<Resolution> = match pages.is_empty() {
            true => cache.meant(&dossier, &articles, resolve),
            // listings have other readings of pages that changed
            false => (0..articles.len()).into_par_iter().map(resolve).collect(),
        };
        cache.write();
        let of_one = |((a, r), resolution): ((&Article, &Reading), &Resolution)| match plan.apply(a, r, resolution) {
            Some(c) => renumbered(r, &c.reading, of_items(&c.reading, &c.resolution)),
            None => of_items(r, resolution),
        };
        let all = articles.par_iter().zip(&readings).zip(&resolutions);
        let meant: Vec<Vec<Meant>> = all.map(of_one).collect();
        let names = all_names(&dossier);
        let json = serde_json::to_vec(&names).map_err(Error::model)?;
        let all = articles.iter().map(|a| a.id.as_str()).zip(meant);
        Ok(self.archive.mean(change, by, &json, all)?.then_some(names))
    }

    fn shown(&self, found: &Found, query: Option<&Query>, names: &[Name]) -> std::result::Result<Vec<Result>, Error> {
        let mut results = Vec::new();
        for hit in &found.hits {
            let Some(packed) = self.archive.packed(&hit.article)? else { continue };
            let (article, reading) = packed.unpack().map_err(|f| self.archive.fault(f))?;
            let of_kind = |sort: Sort, id: &Option<String>| id.as_ref().and_then(|id| name_of(names, sort, id));
            let known = of_kind(Sort::Party, &hit.party).or_else(|| of_kind(Sort::Person, &hit.person));
            let written = item(&reading, hit.number).1.map(|r| r.span.slice(&article.text).to_string());
            let who = known.or(written).unwrap_or_default();
            let issue = of_kind(Sort::Issue, &hit.issue).unwrap_or_default();
            let shown = item(&reading, hit.number).0.unwrap_or_else(|| Span::all(&article.text));
            results.push(Result { hit: hit.clone(), article, shown, marks: Vec::new(), who, issue });
        }
        if let Some(query) = query {
            let texts: Vec<&str> = results.iter().map(|r| r.shown.slice(&r.article.text)).collect();
            let all = self.archive.marked(query, &texts)?;
            for (result, marks) in results.iter_mut().zip(all) {
                let start = result.shown.start();
                result.marks = marks.into_iter().map(|m| m.start + start..m.end + start).collect();
            }
        }
        results.iter_mut().filter(|r| r.hit.number == 0).for_each(narrow);
        Ok(results)
    }
}

/// Of an article only the words around its first hit.
fn narrow(result: &mut Result) {
    let text = &result.article.text;
    let first = result.marks.first().map_or(0, |m| m.start);
    let back = text[..first].char_indices().rev().take(AROUND).last().map_or(first, |(i, _)| i);
    let ahead = text[first..].char_indices().nth(AROUND).map_or(text.len(), |(i, _)| first + i);
    // whole words, and no more than the paragraph
    let start = text[back..first].rfind('\n').map(|i| back + i + 1);
    let start = start.or_else(|| (back > 0).then(|| text[back..first].find(' ').map(|i| back + i + 1)).flatten());
    let end = text[first..ahead].find('\n').map(|i| first + i);
    let end = end.or_else(|| (ahead < text.len()).then(|| text[first..ahead].rfind(' ').map(|i| first + i)).flatten());
    if let Some(span) = Span::of(text, start.unwrap_or(back)..end.unwrap_or(ahead).max(start.unwrap_or(back))) {
        result.shown = span;
    }
    let shown = result.shown;
    result.marks.retain(|m| shown.start() <= m.start && m.end <= shown.end());
}

/// That nobody has a typed name, with names that are near.
fn unknown(names: &[Name], sort: Sort, word: &str, typed: &str) -> String {
    let of_sort = names.iter().filter(|n| n.sort == sort);
    let near = near_of(typed, of_sort.map(|n| n.name.as_str()));
    format!("no {word} is called `{typed}`{}", meant_perhaps(&near))
}

fn meant_perhaps(near: &[String]) -> String {
    match near {
        [] => String::new(),
        near => {
            let near = near.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
            format!("; did you mean {near}?")
        }
    }
}

/// The sentence of an item by its number in the article, and who speaks in it.
fn item(reading: &Reading, number: usize) -> (Option<Span>, Option<Reference>) {
    let Some(number) = number.checked_sub(1) else { return (None, None) };
    if let Some(s) = reading.statements.get(number) {
        return (Some(s.item.sentence()), Some(s.holder));
    }
    let quote = reading.quotes.get(number - reading.statements.len());
    (quote.map(|q| q.item.sentence()), quote.and_then(|q| q.source))
}

/// Ids of the statements and quotations of an article, in the order of their numbers.
fn numbered(reading: &Reading) -> impl Iterator<Item = (usize, &ItemId)> {
    let statements = reading.statements.iter().map(|s| s.item.id());
    statements.chain(reading.quotes.iter().map(|q| q.item.id())).enumerate().map(|(n, id)| (n + 1, id))
}

/// What the items of a corrected reading mean, by the numbers that they have in the reading that is kept.
fn renumbered(kept: &Reading, corrected: &Reading, meant: Vec<Meant>) -> Vec<Meant> {
    let numbers: BTreeMap<&ItemId, usize> = numbered(kept).map(|(n, id)| (id, n)).collect();
    let ids: BTreeMap<usize, &ItemId> = numbered(corrected).collect();
    let own = |m: &Meant| numbers.get(ids.get(&m.number)?).copied();
    meant.into_iter().filter_map(|m| Some(Meant { number: own(&m)?, ..m })).collect()
}

/// Ids of the articles that these pages were.
fn articles_of(pages: &[Page]) -> BTreeSet<&str> {
    pages.iter().flat_map(|p| &p.seen).map(|s| s.article.as_str()).collect()
}

/// Whether an id is one of a statement or quotation.
fn is_searched(id: &str) -> bool {
    id.starts_with("statement-") || id.starts_with("quote-")
}

/// What of the decisions on statements and quotations a search must know. A change that names someone or something the dossier
/// does not know is refused by the ledger, whatever else it changes; where names are not known, only changes that name
/// nothing count.
fn ruled(corrections: &Corrections, dossier: Option<&Dossier>) -> Vec<Ruled> {
    let is_fit = |change: &Change| {
        let named = |name: &Option<Option<String>>, is_known: &dyn Fn(&Dossier, &str) -> bool| {
            name.iter().flatten().all(|name| dossier.is_some_and(|d| is_known(d, name)))
        };
        named(&change.holder, &|d, name| d.who(name).is_some())
            && named(&change.issue, &|d, name| d.issue_named(name).is_some())
    };
    let mut all: BTreeMap<&str, Ruled> = BTreeMap::new();
    for (_, correction) in corrections.holding() {
        let Some(item) = correction.decision.item().filter(|i| is_searched(i.as_str())) else { continue };
        let new = || Ruled { id: item.to_string(), is_rejected: false, act: None };
        let one = all.entry(item.as_str()).or_insert_with(new);
        match &correction.decision {
            Decision::Reject { .. } => one.is_rejected = true,
            Decision::Accept { .. } => one.is_rejected = false,
            Decision::Change { change, .. } if is_fit(change) => one.act = change.act.or(one.act),
            _ => {}
        }
    }
    all.into_values().filter(|r| r.is_rejected || r.act.is_some()).collect()
}

pub(super) fn of_items(reading: &Reading, resolution: &Resolution) -> Vec<Meant> {
    let meant = |number: usize, who: Option<&Reference>, issue: Option<String>| {
        let resolved = who.and_then(|r| resolution.of(r));
        let party = resolved.and_then(|r| r.party.as_ref()).map(ToString::to_string);
        let person = resolved.and_then(|r| r.person.as_ref()).map(ToString::to_string);
        Meant { number, party, person, issue }
    };
    let statements = reading.statements.iter().enumerate().map(|(n, s)| {
        let issue = resolution.statements.get(n).and_then(Option::as_ref).map(|i| i.id.to_string());
        let own = meant(n + 1, Some(&s.holder), issue.clone());
        // who speaks for a party holds for it
        let of = s.on_behalf_of.as_ref().map(|r| meant(n + 1, Some(r), issue));
        Meant { party: of.and_then(|m| m.party).or(own.party.clone()), ..own }
    });
    let first = reading.statements.len() + 1;
    let quotes = reading.quotes.iter().enumerate().map(|(n, q)| meant(first + n, q.source.as_ref(), None));
    let all = statements.chain(quotes).take_while(|m| m.number < 1 << 14);
    all.filter(|m| m.party.is_some() || m.person.is_some() || m.issue.is_some()).collect()
}

fn all_names(dossier: &Dossier) -> Vec<Name> {
    let of = |aliases: &[Alias]| aliases.iter().map(|a| a.name.clone()).collect();
    let parties = dossier.parties.iter().map(|p| (p.id.to_string(), Sort::Party, &p.name, of(&p.aliases)));
    let people = dossier.people.iter().map(|p| (p.id.to_string(), Sort::Person, &p.name, of(&p.aliases)));
    let issues = dossier.issues.iter().map(|i| (i.id.to_string(), Sort::Issue, &i.name, i.terms.clone()));
    let all = parties.chain(people).chain(issues);
    all.map(|(id, sort, name, aliases)| Name { id, sort, name: name.clone(), aliases }).collect()
}

/// The names as a dossier, to ask it who is meant as decisions ask.
fn dossier_of(names: &[Name]) -> Dossier {
    let of_sort = |sort: Sort| names.iter().filter(move |n| n.sort == sort);
    let aliases = |n: &Name| n.aliases.iter().map(|name| Alias { name: name.clone(), count: 0 }).collect();
    let party = |n: &Name| Party {
        id: PartyId::new(n.id.as_str()),
        name: n.name.clone(),
        aliases: aliases(n),
        ..Party::default()
    };
    let person = |n: &Name| Person {
        id: PersonId::new(n.id.as_str()),
        name: n.name.clone(),
        aliases: aliases(n),
        ..Person::default()
    };
    let issue = |n: &Name| Issue {
        id: IssueId::new(n.id.as_str()),
        name: n.name.clone(),
        terms: n.aliases.clone(),
        ..Issue::default()
    };
    Dossier {
        parties: of_sort(Sort::Party).map(party).collect(),
        people: of_sort(Sort::Person).map(person).collect(),
        issues: of_sort(Sort::Issue).map(issue).collect(),
        ..Dossier::default()
    }
}

/// Ids that a typed name means: by id, name or another name, else by a part of the name.
fn ids(names: &[Name], sort: Sort, typed: &str) -> Vec<String> {
    let typed = typed.trim().to_lowercase();
    let is = |words: &str| words.trim().to_lowercase() == typed;
    let of_sort = || names.iter().filter(|n| n.sort == sort);
    let exact = of_sort().filter(|n| is(&n.id) || is(&n.name) || n.aliases.iter().any(|a| is(a)));
    let exact: Vec<String> = exact.map(|n| n.id.clone()).collect();
    if !exact.is_empty() {
        return exact;
    }
    of_sort().filter(|n| n.name.to_lowercase().contains(&typed)).map(|n| n.id.clone()).collect()
}

fn name_of(names: &[Name], sort: Sort, id: &str) -> Option<String> {
    names.iter().find(|n| n.sort == sort && n.id == id).map(|n| n.name.clone())
}

/// A result that was added by hand with the names of who and what it is about.
fn in_names(names: &[Name], mut one: Result) -> Result {
    let of_kind = |sort: Sort, id: &Option<String>| id.as_ref().and_then(|id| name_of(names, sort, id));
    let known = of_kind(Sort::Party, &one.hit.party).or_else(|| of_kind(Sort::Person, &one.hit.person));
    one.who = known.unwrap_or(one.who);
    one.issue = of_kind(Sort::Issue, &one.hit.issue).unwrap_or_default();
    one
}

fn named(names: &[Name], facet: &str, values: Vec<(String, usize)>) -> Vec<(String, usize)> {
    let sort = match facet {
        "party" => Sort::Party,
        "person" => Sort::Person,
        "issue" => Sort::Issue,
        _ => return values,
    };
    values.into_iter().map(|(id, n)| (name_of(names, sort, &id).unwrap_or(id), n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: u32, rest: &str) -> String {
        let item = format!("\"item\":\"statement-{n:016x}\"");
        format!(
            "{{\"schema\":1,\"at\":\"2025-03-01\",\"by\":\"Ann\",\"do\":\"change\",\"act\":\"offer\",{item}{rest}}}\n"
        )
    }

    #[test]
    fn a_change_that_names_nobody_known_counts_in_no_field() {
        let name = |id: &str, sort: Sort, name: &str, also: &[&str]| Name {
            id: id.to_string(),
            sort,
            name: name.to_string(),
            aliases: also.iter().map(|a| (*a).to_string()).collect(),
        };
        let names = [
            name("ulmara", Sort::Party, "Ulmara", &["the delta"]),
            name("ana-weld", Sort::Person, "Ana Weld", &["Weld"]),
            name("jo-weld", Sort::Person, "Jo Weld", &["Weld"]),
            name("flow", Sort::Issue, "the flow", &["water"]),
        ];
        let lines = [
            line(1, ""),
            line(2, ",\"holder\":\"Delta\""),
            line(3, ",\"holder\":\"ana-weld\",\"issue\":\"Water\""),
            line(4, ",\"issue\":null"),
            line(5, ",\"holder\":\"Ulm\""),
            line(6, ",\"holder\":\"Weld\""),
            line(7, ",\"holder\":\"Ulmara\",\"issue\":\"wages\""),
        ];
        let corrections = Corrections::from_jsonl(&lines.concat(), "-").unwrap();
        let of = |dossier: Option<&Dossier>| -> Vec<usize> {
            let last = |r: &Ruled| r.id.chars().last().and_then(|c| c.to_digit(16)).unwrap() as usize;
            ruled(&corrections, dossier).iter().map(last).collect()
        };
        // part of a name is no name here, and a name that two have means neither
        assert_eq!(of(Some(&dossier_of(&names))), [1, 2, 3, 4]);
        assert_eq!(of(None), [1, 4]);
    }
}
