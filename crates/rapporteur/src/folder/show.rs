//! One item in its article: the sentence, the others around it, where the reporting comes from, and what was decided on it.

use std::collections::BTreeMap;

use rapporteur_archive::Entry;
use rapporteur_article::Article;
use rapporteur_dossier::{Correction, Corrections, Decision};
use rapporteur_ledger::{Ledger, Merged};
use rapporteur_report::export::{self, Row};
use rapporteur_report::source;
use rapporteur_text::ArticleId;
use serde_json::Value;

use super::{Folder, PageShown};
use crate::{Error, Options, Talks};

/// The most ids that are suggested.
const SUGGESTED: usize = 10;

/// An item with what belongs to it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Shown {
    /// Its record, as an export has it.
    pub record: Value,
    /// Where it stands: for a merged record each place once, the clearest first.
    pub places: Vec<Place>,
    /// Other records that stand in the same sentence or right beside it, in the order of the text.
    pub around: Vec<Value>,
    /// Corrections that name it, or something it is made of, and those that undo these.
    pub corrections: Vec<Ruling>,
    /// Whether a person rejected it: it is shown as it was read, and nothing rests on it.
    pub is_rejected: bool,
    /// The versions of the page that its article is one of; none where no other is known.
    pub pages: Vec<PageShown>,
}

/// A correction, and what it came to.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Ruling {
    /// Its entry in the log.
    pub entry: Entry,
    /// `applied`, `overruled`, `undone`, `gone` or `unfit`.
    pub outcome: &'static str,
}

/// A sentence in its article.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Place {
    /// The article's record, as an export has it.
    pub article: Value,
    /// Outlet, day and file.
    pub source: String,
    /// The paragraph before the sentence's own, "" if none.
    pub before: String,
    /// The paragraph of the sentence, and where in it the sentence and the item's own words are, in bytes.
    pub paragraph: String,
    /// The sentence in the paragraph.
    pub sentence: std::ops::Range<usize>,
    /// The item's own words in the paragraph.
    pub words: std::ops::Range<usize>,
    /// The paragraph after, "" if none.
    pub after: String,
    /// The article it copies, by outlet, day and file, "" if none; and the origin of its reporting, "" where it is its own.
    pub copy_of: String,
    /// The article in which the reporting first stood, "" where it is this one.
    pub origin: String,
}

/// No item, or more than one, has an id that begins so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unknown {
    /// Ids that begin so, where there are several; else ids that begin alike as far as any does.
    pub near: Vec<String>,
    /// Whether several begin so.
    pub is_ambiguous: bool,
}

impl Folder {
    /// The item whose id is this or begins so, under the folder's dossier and corrections.
    ///
    /// # Errors
    /// Where the archive or the dossier cannot be read.
    pub fn show(&self, beginning: &str) -> Result<Result<Shown, Unknown>, Error> {
        let talks = self.talks(&Options::default())?;
        let log = self.rulings(&talks)?;
        let found = self.item(beginning, &talks, &log)?;
        let is_rejected = |(_, c): (usize, &Correction)| matches!(&c.decision, Decision::Reject { item, .. } if item.as_str().starts_with(beginning));
        match found {
            Err(unknown) if !unknown.is_ambiguous && talks.corrections().holding().any(is_rejected) => {
                let found = self.item(beginning, &talks.with_corrections(&Corrections::default()), &log)?;
                Ok(found.map(|shown| Shown { is_rejected: true, ..shown }))
            }
            found => Ok(found),
        }
    }

    /// The bytes that an article was received as: the page or text, and of a PDF, a mail or an export of a press database the
    /// document itself; of a line of JSONL its text or page. `None` where no such article is kept.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn received(&self, article: &str) -> Result<Option<Vec<u8>>, Error> {
        let id = ArticleId::from_written(article);
        if let Some(original) = self.archive.original(&id)? {
            return Ok(Some(original.bytes.to_vec()));
        }
        Ok(self.archive.captures(&id)?.into_iter().next().map(|capture| capture.bytes))
    }

    fn item(&self, beginning: &str, talks: &Talks, log: &[Ruling]) -> Result<Result<Shown, Unknown>, Error> {
        let view = talks.view();
        let rows = export::rows(&view);
        let record = match self.find_row(beginning, talks.ledger(), &rows)? {
            Ok(row) => row.value.clone(),
            Err(unknown) => return Ok(Err(unknown)),
        };
        let places = places(&record, talks, &rows);
        let around = around(&record, &rows);
        let mut ids = names_of(&record, talks.ledger());
        let mut corrections: Vec<Ruling> = Vec::new();
        for ruling in log {
            if ids.iter().any(|id| ruling.entry.body.contains(id.as_str())) {
                ids.extend(id_of(&ruling.entry));
                corrections.push(ruling.clone());
            }
        }
        let is_article = word(&record, "kind") == "article";
        let pages = self.versions(word(&record, if is_article { "id" } else { "article" }))?;
        Ok(Ok(Shown { record, places, around, corrections, is_rejected: false, pages }))
    }

    /// The log with what each entry of it came to.
    fn rulings(&self, talks: &Talks) -> Result<Vec<Ruling>, Error> {
        let outcomes: BTreeMap<&str, &'static str> = talks
            .corrections()
            .all()
            .iter()
            .map(|c| c.id.as_str())
            .zip(talks.trace().outcomes.iter().map(|o| o.as_str()))
            .collect();
        let ruling = |entry: Entry| {
            let outcome = id_of(&entry).and_then(|id| outcomes.get(id.as_str()).copied());
            Ruling { entry, outcome: outcome.unwrap_or("gone") }
        };
        Ok(self.archive.corrections()?.into_iter().map(ruling).collect())
    }

    fn find_row<'r>(
        &self,
        beginning: &str,
        ledger: &Ledger,
        rows: &'r [Row],
    ) -> Result<Result<&'r Row, Unknown>, Error> {
        let id = |row: &Row| word(&row.value, "id").to_string();
        let is_shown = |row: &&Row| row.kind != "run" && row.kind != "note";
        if let Some(row) = rows.iter().filter(is_shown).find(|r| id(r) == beginning) {
            return Ok(Ok(row));
        }
        let begins =
            |start: &str| rows.iter().filter(is_shown).filter(|r| id(r).starts_with(start)).collect::<Vec<_>>();
        let found = begins(beginning);
        if let ([row], false) = (found.as_slice(), beginning.is_empty()) {
            return Ok(Ok(row));
        }
        if !found.is_empty() {
            let near = found.into_iter().take(SUGGESTED).map(id).collect();
            return Ok(Err(Unknown { near, is_ambiguous: true }));
        }
        // what was merged into another record is shown as that
        let single: Vec<String> = self.archive.with_id(beginning)?.into_iter().map(|p| p.id).collect();
        if let [only] = single.as_slice()
            && let Some(merged) = merged(ledger).find(|m| m.members.iter().any(|i| i.as_str() == only))
            && let Some(row) = rows.iter().find(|r| id(r) == merged.id.as_str())
        {
            return Ok(Ok(row));
        }
        let mut start = beginning;
        let near = loop {
            let Some((at, _)) = start.char_indices().next_back() else { break Vec::new() };
            start = &start[..at];
            let found = begins(start);
            if !found.is_empty() {
                break if start.contains('-') { found } else { Vec::new() };
            }
        };
        Ok(Err(Unknown { near: near.into_iter().take(SUGGESTED).map(id).collect(), is_ambiguous: false }))
    }
}

/// The id that an entry of the log gives its correction.
fn id_of(entry: &Entry) -> Option<String> {
    let body: Value = serde_json::from_str(&entry.body).ok()?;
    Some(body.get("id")?.as_str()?.to_string())
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// All merged records of the ledger, those that are merged from nothing else first.
fn merged(ledger: &Ledger) -> impl Iterator<Item = &Merged> {
    let events = ledger.meetings.iter().map(|r| &r.merged).chain(ledger.proposals.iter().map(|r| &r.merged));
    let events = events.chain(ledger.statuses.iter().map(|r| &r.merged));
    let events = events.chain(ledger.incidents.iter().map(|r| &r.merged));
    let events = events.chain(ledger.deadlines.iter().map(|r| &r.merged));
    let views = ledger.positions.iter().map(|r| &r.merged).chain(ledger.shifts.iter().map(|r| &r.merged));
    let views = views.chain(ledger.conditions.iter().map(|r| &r.merged));
    let views = views.chain(ledger.deadlocks.iter().map(|r| &r.merged));
    events.chain(views).chain(ledger.disputes.iter().map(|r| &r.merged))
}

/// Every id by which a correction may name a record: its own, and those it is made of.
fn names_of(record: &Value, ledger: &Ledger) -> Vec<String> {
    let own = word(record, "id");
    let members = merged(ledger).filter(|m| m.id.as_str() == own).flat_map(|m| &m.members);
    let ids = [own].into_iter().chain(members.map(|i| i.as_str()));
    ids.filter(|id| !id.is_empty()).map(str::to_string).collect()
}

fn places(record: &Value, talks: &Talks, rows: &[Row]) -> Vec<Place> {
    let mut seen = Vec::new();
    let mut places = Vec::new();
    for evidence in list(record, "evidence").filter(|e| matches!(word(e, "why"), "item" | "member")) {
        let key = (word(evidence, "article"), word(evidence, "sentence"));
        if !seen.contains(&key) {
            seen.push(key);
            places.extend(place(evidence, talks, rows));
        }
    }
    places
}

fn place(evidence: &Value, talks: &Talks, rows: &[Row]) -> Option<Place> {
    let id = word(evidence, "article");
    let find = |id: &str| talks.articles().iter().find(|a| a.id.as_str() == id);
    let article: &Article = find(id)?;
    let record = rows.iter().find(|r| r.kind == "article" && word(&r.value, "id") == id)?.value.clone();
    let at = |key: &str| evidence.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let words = at("start")?..at("end")?;
    let paragraphs = article.paragraphs();
    let number = paragraphs.iter().position(|p| p.holds(words.start))?;
    let start = paragraphs[number].start();
    let paragraph = paragraphs[number].slice(&article.text);
    let text = |n: Option<usize>| n.and_then(|n| paragraphs.get(n)).map_or("", |p| p.slice(&article.text)).to_string();
    let sentence = word(evidence, "sentence");
    // the sentence around the words; one that runs over several paragraphs is marked as far as this one goes
    let own = words.start - start..(words.end - start).min(paragraph.len());
    let sentence = paragraph
        .match_indices(sentence)
        .map(|(i, _)| i..i + sentence.len())
        .find(|r| r.start <= own.start && own.end <= r.end);
    let named = |id: &str| {
        if id.is_empty() || id == article.id.as_str() {
            String::new()
        } else {
            find(id).map_or_else(|| id.to_string(), source::named)
        }
    };
    Some(Place {
        source: source::named(article),
        before: text(number.checked_sub(1)),
        paragraph: paragraph.to_string(),
        sentence: sentence.unwrap_or_else(|| own.clone()),
        words: own,
        after: text(Some(number + 1)),
        copy_of: named(word(&record, "copy_of")),
        origin: named(word(&record, "origin")),
        article: record,
    })
}

/// Records with words in the sentence of this one's first evidence, or right beside it.
fn around(record: &Value, rows: &[Row]) -> Vec<Value> {
    if word(record, "kind") == "article" {
        let of_it = rows.iter().filter(|r| r.article == word(record, "id") && r.kind != "note");
        let mut found: Vec<&Row> = of_it.collect();
        found.sort_by_key(|r| r.start);
        return found.into_iter().map(|r| r.value.clone()).collect();
    }
    let Some(first) = list(record, "evidence").next() else { return Vec::new() };
    let (article, sentence) = (word(first, "article"), word(first, "sentence"));
    let is_there = |row: &&Row| {
        let own = list(&row.value, "evidence").next();
        row.article == article
            && word(&row.value, "id") != word(record, "id")
            && own.is_some_and(|e| word(e, "article") == article && word(e, "sentence") == sentence)
    };
    let mut found: Vec<&Row> = rows.iter().filter(is_there).collect();
    found.sort_by_key(|r| r.start);
    found.into_iter().map(|r| r.value.clone()).collect()
}
