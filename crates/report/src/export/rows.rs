//! All records in their order: by kind, then date, then article, place in the text, id.

use std::collections::BTreeMap;

use rapporteur_ledger::Witness;
use rapporteur_text::{ArticleId, Moment};
use serde_json::{Value, json};

use super::{corrections, merged, single, tail};
use crate::{SCHEMA, View};

/// Kinds in the order they are written.
pub const KINDS: &[&str] = &[
    "run",
    "note",
    "article",
    "quote",
    "statement",
    "figure",
    "role",
    "date",
    "meeting",
    "proposal",
    "status",
    "incident",
    "deadline",
    "entity",
    "issue",
    "position",
    "shift",
    "condition",
    "deadlock",
    "dispute",
    "correction",
];

pub(super) type Articles<'a> = BTreeMap<&'a ArticleId, Witness<'a>>;

/// One record, with what it is ordered by.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Kind.
    pub kind: &'static str,
    /// Date it is ordered by.
    pub date: Option<Moment>,
    /// Article it stands in, "" if none.
    pub article: String,
    /// First byte of its own words.
    pub start: usize,
    /// The record.
    pub value: Value,
}

impl Row {
    pub(super) fn new(kind: &'static str, date: Option<Moment>, value: Value) -> Self {
        let article = value.get("article").and_then(Value::as_str).unwrap_or_default().to_string();
        let start = value.pointer("/evidence/0/start").and_then(Value::as_u64).unwrap_or(0) as usize;
        Self { kind, date, article, start, value }
    }

    /// The article that an article record is.
    pub(crate) fn article_id(&self) -> String {
        self.id().to_string()
    }

    fn id(&self) -> &str {
        self.value.get("id").and_then(Value::as_str).unwrap_or_default()
    }

    fn key(&self) -> (usize, bool, Option<Moment>, &str, usize, &str) {
        let kind = KINDS.iter().position(|k| *k == self.kind).unwrap_or(KINDS.len());
        (kind, self.date.is_none(), self.date, &self.article, self.start, self.id())
    }
}

/// All records of some kinds in their order: those that [`rows`] has. Others are not made, which are most in a large folder.
pub fn rows_of(view: &View<'_>, kinds: &[&str]) -> Vec<Row> {
    let articles = view.by_id();
    let mut rows = vec![run(view)];
    rows.extend(notes(view));
    for w in view.witnesses.iter().filter(|_| single::KINDS.iter().any(|k| kinds.contains(k))) {
        single::rows(view, w, kinds, &mut rows);
    }
    merged::rows(view, &articles, kinds, &mut rows);
    rows.retain(|r| kinds.contains(&r.kind));
    tail::add(view, &articles, &mut rows);
    if kinds.contains(&"correction") {
        corrections::rows(view, &mut rows);
    }
    rows.sort_by(|a, b| a.key().cmp(&b.key()));
    rows
}

/// All records in their order.
pub fn rows(view: &View<'_>) -> Vec<Row> {
    rows_of(view, KINDS)
}

/// The records over all articles, in their order: the run, notes, what is merged from many places, people, parties, issues and
/// corrections. What stands in one place of a text is left out: see [`article_rows`].
pub fn merged_rows(view: &View<'_>) -> Vec<Row> {
    let articles = view.by_id();
    let mut rows = vec![run(view)];
    rows.extend(notes(view));
    merged::rows(view, &articles, KINDS, &mut rows);
    tail::add(view, &articles, &mut rows);
    corrections::rows(view, &mut rows);
    rows.sort_by(|a, b| a.key().cmp(&b.key()));
    rows
}

/// The records of one article, in their order: itself, and what stands in it and is not merged with other places.
pub fn article_rows(view: &View<'_>, w: &Witness<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    single::rows(view, w, KINDS, &mut rows);
    tail::add(view, &BTreeMap::from([(&w.article.id, *w)]), &mut rows);
    rows.sort_by(|a, b| a.key().cmp(&b.key()));
    rows
}

fn run(view: &View<'_>) -> Row {
    let value = json!({
        "kind": "run", "id": "run", "schema": SCHEMA, "version": env!("CARGO_PKG_VERSION"), "model": view.model,
        "as_of": view.as_of(),
    });
    Row::new("run", None, value)
}

fn notes(view: &View<'_>) -> Vec<Row> {
    let of_run = view.notes.iter().map(|n| ("", n));
    let of_articles = view.witnesses.iter().flat_map(|w| w.article.notes.iter().map(|n| (w.article.id.as_str(), n)));
    of_run
        .chain(of_articles)
        .enumerate()
        .map(|(i, (article, n))| {
            let id = rapporteur_text::ItemId::of_words("note", &[article, n.code, &n.message], 0);
            let value = json!({
                "kind": "note", "id": id, "article": article, "code": n.code, "message": n.message,
            });
            Row { start: i, ..Row::new("note", None, value) }
        })
        .collect()
}
