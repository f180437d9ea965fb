//! Which records are shown.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rapporteur_text::Moment;
use serde_json::Value;

use crate::View;
use crate::export::Row;

/// What a record must have to be shown. The default lets everything through.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Filter {
    /// A party or person in it: a name, another name, or an id.
    pub party: Option<String>,
    /// An issue in it.
    pub issue: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Outlet, address or file of an article it rests on.
    pub source: Option<String>,
    /// Least confidence, 0 to 1; records without one are shown.
    pub min_confidence: f64,
}

impl Filter {
    /// Those of these records that are asked for.
    pub fn rows(&self, view: &View<'_>, rows: Vec<Row>) -> Vec<Row> {
        if *self == Self::default() {
            return rows;
        }
        let parties = self.party.as_deref().map(|p| party_ids(view, p));
        let issues = self.issue.as_deref().map(|i| issue_ids(view, i));
        let articles = self.source.as_deref().map(|s| article_ids(view, s));
        let keep = |row: &Row| {
            if row.kind == "run" || row.kind == "note" && self.party.is_none() && self.issue.is_none() {
                return true;
            }
            self.is_in_time(row.date)
                && self.is_sure(&row.value)
                && parties.as_ref().is_none_or(|ids| names_one(&row.value, ids, self.party.as_deref()))
                && issues.as_ref().is_none_or(|ids| names_one(&row.value, ids, self.issue.as_deref()))
                && articles.as_ref().is_none_or(|ids| rests_on(&row.value, ids))
        };
        rows.into_iter().filter(keep).collect()
    }

    fn is_in_time(&self, date: Option<Moment>) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        date.is_some_and(|d| self.from.is_none_or(|f| d.date >= f) && self.to.is_none_or(|t| d.date <= t))
    }

    fn is_sure(&self, value: &Value) -> bool {
        value.get("confidence").and_then(Value::as_f64).is_none_or(|c| c + 1e-9 >= self.min_confidence)
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Ids of the parties and people that a typed name means: by id, name or another name, else by a part of the name.
fn party_ids(view: &View<'_>, typed: &str) -> BTreeSet<String> {
    let mut exact = BTreeSet::new();
    let mut part = BTreeSet::new();
    let mut look = |id: &str, name: &str, aliases: &[rapporteur_dossier::Alias]| {
        if same(id, typed) || same(name, typed) || aliases.iter().any(|a| same(&a.name, typed)) {
            exact.insert(id.to_string());
        } else if name.to_lowercase().contains(&typed.to_lowercase()) {
            part.insert(id.to_string());
        }
    };
    for p in &view.dossier.parties {
        look(p.id.as_str(), &p.name, &p.aliases);
    }
    for p in &view.dossier.people {
        look(p.id.as_str(), &p.name, &p.aliases);
    }
    if exact.is_empty() { part } else { exact }
}

fn issue_ids(view: &View<'_>, typed: &str) -> BTreeSet<String> {
    let all = &view.dossier.issues;
    let ids = |keep: &dyn Fn(&rapporteur_dossier::Issue) -> bool| {
        all.iter().filter(|i| keep(i)).map(|i| i.id.to_string()).collect::<BTreeSet<_>>()
    };
    let exact = ids(&|i| same(i.id.as_str(), typed) || same(&i.name, typed) || i.terms.iter().any(|t| same(t, typed)));
    if exact.is_empty() { ids(&|i| i.name.to_lowercase().contains(&typed.to_lowercase())) } else { exact }
}

fn article_ids(view: &View<'_>, typed: &str) -> BTreeSet<String> {
    let typed = typed.to_lowercase();
    let fits = |words: &str| words.to_lowercase().contains(&typed);
    view.witnesses
        .iter()
        .filter(|w| {
            let a = w.article;
            fits(a.id.as_str())
                || fits(&a.outlet)
                || a.sources.iter().any(|s| fits(&s.path) || fits(&s.url) || fits(&s.outlet))
        })
        .map(|w| w.article.id.to_string())
        .collect()
}

/// Whether one of these is named anywhere in the record but in its evidence; unresolved words count as typed.
fn names_one(value: &Value, ids: &BTreeSet<String>, typed: Option<&str>) -> bool {
    match value {
        Value::Object(fields) => {
            let id = fields.get("id").and_then(Value::as_str).unwrap_or_default();
            let is_reference =
                fields.contains_key("as_written") || fields.contains_key("aliases") || fields.contains_key("terms");
            let written = fields.get("as_written").and_then(Value::as_str).unwrap_or_default();
            let is_words = id.is_empty() && typed.is_some_and(|t| same(t, written));
            is_reference && (ids.contains(id) || is_words)
                || fields.iter().any(|(key, v)| key != "evidence" && names_one(v, ids, typed))
        }
        Value::Array(all) => all.iter().any(|v| names_one(v, ids, typed)),
        _ => false,
    }
}

fn rests_on(value: &Value, articles: &BTreeSet<String>) -> bool {
    let own = value.get("article").and_then(Value::as_str).or_else(|| value.get("id").and_then(Value::as_str));
    let evidence = value.get("evidence").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let cited = evidence.iter().filter_map(|e| e.get("article").and_then(Value::as_str));
    own.into_iter().chain(cited).any(|a| articles.contains(a))
}
