//! Which records are shown.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rapporteur_dossier::near_of;
use rapporteur_ledger::Witness;
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
        rows.into_iter().filter(self.keep(view)).collect()
    }

    /// Whether a record is asked for.
    pub fn keep<'v>(&'v self, view: &'v View<'v>) -> impl Fn(&Row) -> bool + 'v {
        let parties = self.party.as_deref().map(|p| party_ids(view, p));
        let issues = self.issue.as_deref().map(|i| issue_ids(view, i));
        let articles = self.source.as_deref().map(|s| article_ids(view, s));
        let reach = Reach(view);
        move |row: &Row| {
            if row.kind == "run" || row.kind == "note" && self.party.is_none() && self.issue.is_none() {
                return true;
            }
            self.is_in_time(row)
                && self.is_sure(&row.value)
                && parties
                    .as_ref()
                    .is_none_or(|ids| names_one(&row.value, ids, self.party.as_deref()) || reach.party(row, ids))
                && issues
                    .as_ref()
                    .is_none_or(|ids| names_one(&row.value, ids, self.issue.as_deref()) || reach.issue(row, ids))
                && articles.as_ref().is_none_or(|ids| rests_on(&row.value, ids) || reach.source(row, ids))
        }
    }

    /// People, bodies and issues have no day of their own.
    fn is_in_time(&self, row: &Row) -> bool {
        if self.from.is_none() && self.to.is_none() || ["entity", "issue"].contains(&row.kind) {
            return true;
        }
        row.date.is_some_and(|d| self.from.is_none_or(|f| d.date >= f) && self.to.is_none_or(|t| d.date <= t))
    }

    /// What was asked for and is nowhere: a line for each, with names that are near.
    pub fn unknown(&self, view: &View<'_>) -> Vec<String> {
        let near = |what: &str, typed: &str, names: Vec<String>| match names.as_slice() {
            [] => format!("{what} `{typed}` is nowhere in what was read"),
            names => {
                let names = names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
                format!("{what} `{typed}` is nowhere in what was read; did you mean {names}?")
            }
        };
        let mut all = Vec::new();
        if let Some(typed) = self.party.as_deref().filter(|p| party_ids(view, p).is_empty()) {
            all.push(near("a party or person", typed, view.dossier.near_names(typed)));
        }
        if let Some(typed) = self.issue.as_deref().filter(|i| issue_ids(view, i).is_empty()) {
            all.push(near("an issue", typed, view.dossier.near_issues(typed)));
        }
        if let Some(typed) = self.source.as_deref().filter(|s| article_ids(view, s).is_empty()) {
            let outlets = view.witnesses.iter().map(|w| w.article.outlet.as_str()).filter(|o| !o.is_empty());
            all.push(near("a source", typed, near_of(typed, outlets)));
        }
        all
    }

    fn is_sure(&self, value: &Value) -> bool {
        value.get("confidence").and_then(Value::as_f64).is_none_or(|c| c + 1e-9 >= self.min_confidence)
    }
}

/// What records reach that do not name it themselves.
struct Reach<'v>(&'v View<'v>);

impl Reach<'_> {
    /// An article tells of the parties and people it names.
    fn party(&self, row: &Row, ids: &BTreeSet<String>) -> bool {
        row.kind == "article" && self.witness(&row.article_id()).is_some_and(|w| mentions(w, ids))
    }

    /// An article tells of the issues of its statements, a figure of those of the statements in its sentence and of those
    /// its words name; a person or party of those it holds something on.
    fn issue(&self, row: &Row, ids: &BTreeSet<String>) -> bool {
        match row.kind {
            "article" => {
                let own = self.witness(&row.article_id()).map(|w| &w.resolution.statements);
                own.is_some_and(|all| all.iter().flatten().any(|i| ids.contains(i.id.as_str())))
            }
            "figure" => self.figure(row, ids),
            "entity" => {
                let id = row.value["id"].as_str().unwrap_or_default();
                self.0.witnesses.iter().any(|w| holds(w, id, ids))
            }
            _ => false,
        }
    }

    fn figure(&self, row: &Row, ids: &BTreeSet<String>) -> bool {
        let measures = format!(" {} ", row.value["measures"].as_str().unwrap_or_default().to_lowercase());
        let named = self.0.dossier.issues.iter().filter(|i| ids.contains(i.id.as_str()));
        if named.flat_map(|i| std::iter::once(&i.name).chain(&i.terms)).any(|t| measures.contains(&format!(" {t} "))) {
            return true;
        }
        let (start, end) = (row.start, row.start + 1);
        self.witness(&row.article).is_some_and(|w| {
            let all = w.reading.statements.iter().zip(&w.resolution.statements);
            all.filter(|(_, i)| i.as_ref().is_some_and(|i| ids.contains(i.id.as_str())))
                .any(|(s, _)| s.item.sentence().start() < end && start < s.item.sentence().end())
        })
    }

    /// A person or body is named by articles, an issue is what their statements are about.
    fn source(&self, row: &Row, articles: &BTreeSet<String>) -> bool {
        let own = BTreeSet::from([row.value["id"].as_str().unwrap_or_default().to_string()]);
        let mut these = self.0.witnesses.iter().filter(|w| articles.contains(w.article.id.as_str()));
        match row.kind {
            "entity" => these.any(|w| mentions(w, &own)),
            "issue" => these.any(|w| w.resolution.statements.iter().flatten().any(|i| own.contains(i.id.as_str()))),
            _ => false,
        }
    }

    fn witness(&self, article: &str) -> Option<&Witness<'_>> {
        self.0.witness(article)
    }
}

/// Whether an article names one of these parties and people.
fn mentions(w: &Witness<'_>, ids: &BTreeSet<String>) -> bool {
    w.resolution.entities.iter().any(|r| {
        r.party.as_ref().is_some_and(|p| ids.contains(p.as_str()))
            || r.person.as_ref().is_some_and(|p| ids.contains(p.as_str()))
    })
}

/// Whether a person or party holds something on one of these issues in an article.
fn holds(w: &Witness<'_>, id: &str, issues: &BTreeSet<String>) -> bool {
    let all = w.reading.statements.iter().zip(&w.resolution.statements);
    all.filter(|(_, i)| i.as_ref().is_some_and(|i| issues.contains(i.id.as_str()))).any(|(s, _)| {
        w.resolved(s.holder.entity).is_some_and(|r| {
            r.party.as_ref().is_some_and(|p| p.as_str() == id) || r.person.as_ref().is_some_and(|p| p.as_str() == id)
        })
    })
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
