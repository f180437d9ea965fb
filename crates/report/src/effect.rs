//! What a ledger differs in under corrections, as lines for a person and as data.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_ledger::{Effect, Moved};
use rapporteur_text::ItemId;
use serde_json::{Map, Value, json};

use crate::export::{self, Row};
use crate::{View, listing, page, source};

/// One record that is gone, new or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// `gone`, `new` or `changed`.
    pub change: &'static str,
    /// Kind of the record.
    pub kind: &'static str,
    /// Its id before; for a new one, after.
    pub id: ItemId,
    /// What it says before, "" for a new one.
    pub before: String,
    /// What it says after, "" for one that is gone.
    pub after: String,
    /// Fields of its record that are not the same, in the order of their names; for a changed one.
    pub fields: Vec<String>,
}

/// Kinds of records that are not merged over articles: the ledger holds no more of them than the stances of statements.
const SINGLE: &[&str] = &["quote", "statement", "figure", "role", "date", "entity", "issue"];

type Key = (&'static str, String);

/// What a record says, for a person and for programs.
struct Said {
    words: String,
    record: Map<String, Value>,
}

/// The records of an effect with what they say, by kind in the order of the contract: gone, changed, new.
pub fn lines(before: &View<'_>, after: &View<'_>, effect: &Effect) -> Vec<Line> {
    let (old, new) = (said(before), said(after));
    let mut all: Vec<Line> = Vec::new();
    for key in old.keys().chain(new.keys().filter(|k| !old.contains_key(*k))).filter(|k| SINGLE.contains(&k.0)) {
        let change = match (old.get(key), new.get(key)) {
            (Some(was), Some(is)) if was.record == is.record => continue,
            (Some(_), Some(_)) => "changed",
            (Some(_), None) => "gone",
            (None, _) => "new",
        };
        all.push(Line::of(change, key.0, &ItemId::from_written(key.1.as_str()), old.get(key), new.get(key)));
    }
    let find = |all, id: &(&'static str, ItemId)| -> Option<&Said> { BTreeMap::get(all, &(id.0, id.1.to_string())) };
    let is_merged = |kind: &str| !SINGLE.contains(&kind);
    for record in effect.gone.iter().filter(|r| is_merged(r.0)) {
        all.push(Line::of("gone", record.0, &record.1, find(&old, record), None));
    }
    for Moved { kind, before, after } in effect.changed.iter().filter(|m| is_merged(m.kind)) {
        let (was, is) = (find(&old, &(kind, before.clone())), find(&new, &(kind, after.clone())));
        all.push(Line::of("changed", kind, before, was, is));
    }
    for record in effect.new.iter().filter(|r| is_merged(r.0)) {
        all.push(Line::of("new", record.0, &record.1, None, find(&new, record)));
    }
    let kind = |kind: &str| export::KINDS.iter().position(|k| *k == kind);
    let change = |change: &str| ["gone", "changed", "new"].iter().position(|c| *c == change);
    all.sort_by_key(|l| (kind(l.kind), change(l.change)));
    all
}

impl Line {
    fn of(change: &'static str, kind: &'static str, id: &ItemId, was: Option<&Said>, is: Option<&Said>) -> Self {
        let words = |said: Option<&Said>| said.map(|s| s.words.clone()).unwrap_or_default();
        let fields = was.zip(is).map(|(was, is)| differing(&was.record, &is.record)).unwrap_or_default();
        Self { change, kind, id: id.clone(), before: words(was), after: words(is), fields }
    }
}

/// For each record what the listings say of it, and what it holds beside the corrections that touch it.
fn said(view: &View<'_>) -> BTreeMap<Key, Said> {
    let words = |row: &Row| {
        let day = row.date.map_or_else(String::new, |d| format!("{}  ", d.date));
        format!("{day}{}", listing::head(row))
    };
    let id = |row: &Row| row.value["id"].as_str().unwrap_or_default().to_string();
    let one = |row: Row| {
        let (key, words) = ((row.kind, id(&row)), words(&row));
        let mut record = match row.value {
            Value::Object(record) => record,
            _ => Map::new(),
        };
        record.remove("corrected");
        (key, Said { words, record })
    };
    export::rows(view).into_iter().map(one).collect()
}

/// Fields that are not the same in two records.
fn differing(was: &Map<String, Value>, is: &Map<String, Value>) -> Vec<String> {
    let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    keys.into_iter().filter(|k| *k != "id" && was.get(*k) != is.get(*k)).cloned().collect()
}

/// Lines for a person: `-` gone, `+` new, `~` changed, with what was said before and what is said now.
pub fn text(lines: &[Line], width: usize) -> String {
    let mut out = String::new();
    for line in lines {
        let mut put = |mark: &str, words: &str| {
            out.push_str(&page::wrap(
                &format!("{mark} {} {}", line.kind, source::shortened(words, 300)),
                width,
                "",
                "    ",
            ));
        };
        match line.change {
            "gone" => put("-", &line.before),
            "new" => put("+", &line.after),
            _ if line.before == line.after => {
                let what = if line.fields.is_empty() { "what it rests on".into() } else { line.fields.join(", ") };
                put("~", &format!("{} ({what})", source::shortened(&line.after, 250)));
            }
            _ => {
                put("-", &line.before);
                put("+", &line.after);
            }
        }
    }
    if lines.is_empty() {
        out.push_str("nothing changes\n");
    }
    out
}

/// The lines as records.
pub fn json(lines: &[Line]) -> Vec<Value> {
    let one = |l: &Line| {
        json!({
            "kind": "effect", "id": l.id, "change": l.change, "record": l.kind, "before": l.before, "after": l.after,
            "fields": l.fields,
        })
    };
    lines.iter().map(one).collect()
}
