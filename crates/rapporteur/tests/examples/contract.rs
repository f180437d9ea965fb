//! The records are what the contract says: keys in their order, types, ids, evidence, order, tables. The
//! examples supply the records.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur::report::export::{self, Row};
use serde_json::Value;

use crate::table::{COMMON, CONTRACT, Is, object, tail};
use crate::{of_kind, records, talks};

fn text_of(article: &Value) -> &'static str {
    let texts: &BTreeMap<&str, &str> = {
        static ONCE: std::sync::OnceLock<BTreeMap<&str, &str>> = std::sync::OnceLock::new();
        ONCE.get_or_init(|| {
            of_kind("article").map(|a| (a["id"].as_str().unwrap(), a["text"].as_str().unwrap())).collect()
        })
    };
    texts[article.as_str().unwrap()]
}

#[test]
fn every_record_has_the_fields_of_its_kind_in_their_order() {
    let mut faults: BTreeMap<String, usize> = BTreeMap::new();
    for record in records() {
        let kind = record["kind"].as_str().unwrap();
        let Some((_, has_common, own)) = CONTRACT.iter().find(|(name, ..)| *name == kind) else {
            panic!("`{kind}` is not in the contract")
        };
        let common = if *has_common { COMMON } else { &[] };
        let tail = tail(kind, *has_common);
        let all: Vec<(&str, Is)> =
            [("kind", Is::Words), ("id", Is::Words)].iter().chain(common).chain(*own).chain(&tail).copied().collect();
        if let Some(fault) = object(Box::leak(all.into_boxed_slice()), record) {
            *faults.entry(format!("{kind}{fault}")).or_default() += 1;
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn records_of_one_kind_are_those_that_all_records_have() {
    let view = talks().view();
    let all = export::rows(&view);
    for &kind in export::KINDS {
        let own: Vec<&Row> = all.iter().filter(|r| r.kind == kind).collect();
        let made = export::rows_of(&view, &[kind]);
        assert!(made.iter().eq(own), "{kind}");
    }
}

#[test]
fn the_examples_have_records_of_nearly_every_kind() {
    let found: BTreeSet<&str> = records().iter().filter_map(|r| r["kind"].as_str()).collect();
    let missing: Vec<&str> = CONTRACT.iter().map(|(kind, ..)| *kind).filter(|kind| !found.contains(kind)).collect();
    // A deadlock needs two conditions that meet; whether the examples have one hangs on the reading. Nobody corrected them.
    assert!(missing.iter().all(|kind| ["deadlock", "correction"].contains(kind)), "no record of {missing:?}");
}

#[test]
fn ids_are_unique_within_their_kind_and_those_named_exist() {
    let mut ids: BTreeSet<(&str, &str)> = BTreeSet::new();
    let id = |record: &'static Value| (record["kind"].as_str().unwrap(), record["id"].as_str().unwrap());
    let twice: Vec<_> = records().iter().map(id).filter(|id| !ids.insert(*id)).collect();
    assert!(twice.is_empty(), "ids that are there twice: {twice:?}");
    let exists = |kind: &str, id: &Value| {
        let id = id.as_str().unwrap();
        assert!(id.is_empty() || ids.contains(&(kind, id)), "there is no {kind} `{id}`");
    };
    let all = |kinds: &str, record: &Value, key: &str| {
        record[key].as_array().unwrap().iter().for_each(|id| exists(kinds, id));
    };
    for record in records() {
        match record["kind"].as_str().unwrap() {
            "statement" => {
                exists("quote", &record["quote"]);
                exists("proposal", &record["proposal"]);
            }
            "article" => exists("article", &record["copy_of"]),
            "meeting" => exists("meeting", &record["moved_to"]),
            "deadline" => exists("deadline", &record["moved_to"]),
            "proposal" => exists("proposal", &record["replaces"]),
            "status" => exists("proposal", &record["proposal"]),
            "position" => {
                exists("proposal", &record["proposal"]);
                record["series"].as_array().unwrap().iter().for_each(|step| all("statement", step, "statements"));
            }
            "shift" | "condition" => all("statement", record, "statements"),
            "deadlock" => all("condition", record, "cycle"),
            "entity" => all("role", record, "roles"),
            _ => {}
        }
    }
}

#[test]
fn references_name_entities_and_issues_that_are_there() {
    let known: BTreeSet<(&str, &str)> = of_kind("entity")
        .map(|e| ("entity", e["id"].as_str().unwrap()))
        .chain(of_kind("issue").map(|i| ("issue", i["id"].as_str().unwrap())))
        .collect();
    fn references<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
        match value {
            Value::Object(fields) => {
                if fields.contains_key("as_written") && fields.contains_key("type") {
                    found.push(value);
                }
                fields.values().for_each(|v| references(v, found));
            }
            Value::Array(all) => all.iter().for_each(|v| references(v, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    records().iter().for_each(|record| references(record, &mut found));
    assert!(found.len() > 1_000, "only {} references", found.len());
    for reference in found {
        let word = |key: &str| reference[key].as_str().unwrap();
        assert_eq!(word("id").is_empty(), word("name").is_empty(), "{reference}");
        let kind = if word("type") == "issue" { "issue" } else { "entity" };
        assert!(word("id").is_empty() || known.contains(&(kind, word("id"))), "{reference}");
    }
}

#[test]
fn evidence_and_pieces_are_the_text_of_their_range() {
    fn check(article: &Value, value: &Value, checked: &mut usize) {
        match value {
            Value::Object(fields) => {
                let own = fields.get("article").filter(|_| fields.contains_key("why")).unwrap_or(article);
                if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                    let range = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
                    assert!(!range.is_empty(), "{value}");
                    let text = text_of(own);
                    assert_eq!(text.get(range), value["text"].as_str(), "{value}");
                    if let Some(sentence) = value["sentence"].as_str() {
                        assert!(text.contains(sentence) && !sentence.contains('\n'), "{value}");
                    }
                    *checked += 1;
                }
                fields.values().for_each(|v| check(own, v, checked));
            }
            Value::Array(all) => all.iter().for_each(|v| check(article, v, checked)),
            _ => {}
        }
    }
    let mut checked = 0;
    for record in records().iter().filter(|record| record.get("evidence").is_some()) {
        check(&record["article"], record, &mut checked);
        let evidence = record["evidence"].as_array().unwrap();
        assert!(!evidence.is_empty(), "{record}");
        assert_eq!(evidence[0]["article"], record["article"], "{record}");
        let confidence = record["confidence"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&confidence), "{record}");
        let rule = record["rule"].as_str().unwrap();
        let version = rule.rsplit_once(".v").map(|(_, version)| version.parse::<u32>());
        assert!(matches!(version, Some(Ok(_))), "`{rule}` has no version");
    }
    assert!(checked > 4_000, "only {checked} pieces");
}

#[test]
fn records_come_by_kind_then_date_then_place() {
    let place = |kind: &str| CONTRACT.iter().position(|(name, ..)| *name == kind).unwrap();
    let kinds: Vec<usize> = records().iter().map(|r| place(r["kind"].as_str().unwrap())).collect();
    assert!(kinds.is_sorted(), "kinds are mixed");
    assert_eq!(records()[0]["kind"], "run");
    // Undated records come last in their kind, dated ones by day. Times of what was said default to publication.
    let published: BTreeMap<&str, &Value> =
        of_kind("article").map(|a| (a["id"].as_str().unwrap(), &a["published"])).collect();
    let keys = |kind: &str, key: fn(&Value) -> &Value, or_published: bool| {
        let day = |record: &'static Value| -> (bool, String, String, u64, String) {
            let own = key(record);
            let own = if own.is_null() && or_published { published[record["article"].as_str().unwrap()] } else { own };
            let date = own.as_str().and_then(|d| d.get(..10)).unwrap_or_default().to_string();
            let word = |key: &str| record[key].as_str().unwrap_or_default().to_string();
            let start = record["evidence"][0]["start"].as_u64().unwrap_or(0);
            (date.is_empty(), date, word("article"), start, word("id"))
        };
        of_kind(kind).map(day).collect::<Vec<_>>()
    };
    for (kind, key, or_published) in [
        ("article", (|r| &r["published"]) as fn(&Value) -> &Value, false),
        ("quote", |r| &r["said"]["from"], true),
        ("statement", |r| &r["said"]["from"], true),
        ("figure", |r| &r["as_of"]["from"], true),
        ("role", |r| &r["when"]["from"], true),
        ("date", |r| &r["from"], true),
        ("meeting", |r| &r["when"]["from"], false),
        ("proposal", |r| &r["when"]["from"], false),
        ("incident", |r| &r["when"]["from"], false),
        ("deadline", |r| &r["when"]["from"], false),
        ("position", |r| &r["since"], false),
        ("shift", |r| &r["when"]["from"], false),
    ] {
        let days: Vec<(bool, String)> = keys(kind, key, or_published).into_iter().map(|k| (k.0, k.1)).collect();
        assert!(days.is_sorted(), "{kind} records are not in order of date");
    }
    for kind in ["entity", "issue"] {
        let ids: Vec<&str> = of_kind(kind).map(|r| r["id"].as_str().unwrap()).collect();
        assert!(ids.is_sorted(), "{kind} records are not in order of id");
    }
    for article in of_kind("quote").map(|q| &q["article"]).collect::<Vec<_>>() {
        assert!(published.contains_key(article.as_str().unwrap()));
    }
}

#[test]
fn series_end_in_the_position_and_rise_in_time() {
    for position in of_kind("position") {
        let series = position["series"].as_array().unwrap();
        let last = series.last().unwrap();
        assert_eq!((&last["stance"], &last["from"]), (&position["stance"], &position["since"]));
        let days: Vec<&str> = series.iter().map(|step| step["from"].as_str().unwrap()).collect();
        assert!(days.is_sorted(), "{position}");
        assert!(series.windows(2).all(|two| two[0]["stance"] != two[1]["stance"]), "{position}");
        assert!(series.iter().all(|step| step["origins"].as_u64() >= Some(1)), "{position}");
        assert!(series.iter().all(|step| !step["statements"].as_array().unwrap().is_empty()), "{position}");
    }
}

/// Cells of a table (RFC 4180).
fn cells(table: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut chars = table.chars().peekable();
    let mut is_quoted = false;
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if is_quoted && chars.next_if_eq(&'"').is_some() => row.last_mut().unwrap().push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(String::new()),
            '\r' if !is_quoted && chars.next_if_eq(&'\n').is_some() => rows.push(vec![String::new()]),
            c => row.last_mut().unwrap().push(c),
        }
    }
    assert_eq!(rows.pop(), Some(vec![String::new()]), "a table ends with its last line");
    rows
}

/// A later time in a report is one of the matter ("called for a stop by 2030").
#[test]
fn nothing_is_said_after_it_is_reported() {
    let mut told = 0;
    for kind in ["quote", "statement"] {
        for record in of_kind(kind) {
            if let (Some(said), Some(published)) = (record["said"]["from"].as_str(), record["published"].as_str()) {
                assert!(said[..10] <= published[..10], "{record}");
                told += 1;
            }
        }
    }
    assert!(told > 0, "the examples tell when something was said");
}

#[test]
fn tables_hold_every_field_of_every_record() {
    let view = talks().view();
    let all_rows = export::rows(&view);
    for (kind, ..) in CONTRACT {
        let all: Vec<&Value> = of_kind(kind).collect();
        let of_this: Vec<&Row> = all_rows.iter().filter(|row| row.kind == *kind).collect();
        if of_this.is_empty() {
            assert!(all.is_empty(), "{kind}");
            continue; // nobody corrected anything here
        }
        let mut bytes = Vec::new();
        export::csv(&of_this, &mut bytes).unwrap();
        let rows = cells(&String::from_utf8(bytes).unwrap());
        let columns = &rows[0];
        assert_eq!(rows.len() - 1, all.len(), "{kind}");
        for (row, record) in rows[1..].iter().zip(&all) {
            assert_eq!(row.len(), columns.len(), "{kind}");
            let line = Line { columns, row };
            for (key, value) in record.as_object().unwrap() {
                same_cell(key, value, &line);
            }
        }
    }
}

/// A line of a table.
struct Line<'a> {
    columns: &'a [String],
    row: &'a [String],
}

impl Line<'_> {
    fn cell(&self, name: &str) -> Option<&str> {
        self.columns.iter().position(|column| column == name).map(|at| self.row[at].as_str())
    }
}

fn same_cell(name: &str, value: &Value, line: &Line<'_>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, v)| same_cell(&format!("{name}.{key}"), v, line)),
        // Where another record has an object there, its columns stand for it.
        Value::Null => assert!(line.cell(name).is_none_or(str::is_empty), "{name}"),
        Value::String(words) => assert_eq!(line.cell(name), Some(words.as_str()), "{name}"),
        Value::Array(_) => {
            let found: Value = serde_json::from_str(line.cell(name).unwrap_or_default()).unwrap();
            assert_eq!(found, *value, "{name}");
        }
        other => assert_eq!(line.cell(name), Some(other.to_string().as_str()), "{name}"),
    }
}
