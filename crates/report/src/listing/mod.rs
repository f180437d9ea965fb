//! Listings: one sort of record as a table for a person, or as data.

mod head;
mod timeline;

pub(crate) use head::tie;
use serde_json::Value;

use crate::export::{self, Row};
use crate::source;
use crate::{View, page};

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Who holds which position.
    Positions,
    /// Real changes of position.
    Shifts,
    /// What happened, day by day.
    Timeline,
    /// Meetings.
    Meetings,
    /// Proposals.
    Proposals,
    /// Conditions and deadlocks.
    Conditions,
    /// Statuses.
    Status,
    /// Disputes.
    Disputes,
    /// Figures.
    Figures,
    /// People.
    People,
    /// Articles.
    Sources,
    /// Decisions of a person.
    Corrections,
}

impl Sort {
    /// Kinds of record in it.
    pub fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Positions => &["position"],
            Self::Shifts => &["shift"],
            Self::Timeline => &["shift", "meeting", "proposal", "status", "incident", "deadline", "deadlock"],
            Self::Meetings => &["meeting"],
            Self::Proposals => &["proposal"],
            Self::Conditions => &["condition", "deadlock"],
            Self::Status => &["status"],
            Self::Disputes => &["dispute"],
            Self::Figures => &["figure"],
            Self::People => &["entity"],
            Self::Sources => &["article"],
            Self::Corrections => &["correction"],
        }
    }
}

/// One line that says what a record says.
pub fn head(row: &Row) -> String {
    head::head(row)
}

/// So many of the newest statements of a position are listed.
const TOLD: usize = 8;

/// The records of a listing, in their order; the timeline by day over all kinds.
pub fn rows(view: &View<'_>, sort: Sort) -> Vec<Row> {
    let mut rows: Vec<Row> = export::rows_of(view, sort.kinds());
    match sort {
        Sort::People => rows.retain(|r| word(&r.value, "/type") == "person"),
        Sort::Timeline => {
            rows.retain(|r| r.date.is_some());
            rows.sort_by_key(|r| r.date);
        }
        _ => {}
    }
    rows
}

/// The records as a JSON list.
pub fn json(rows: &[Row]) -> String {
    json_of(rows.iter().map(|r| &r.value))
}

/// Values as a JSON list, one a line.
pub fn json_of<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    let mut text = String::from("[");
    for (i, value) in values.into_iter().enumerate() {
        text.push_str(if i == 0 { "\n" } else { ",\n" });
        text.push_str(&value.to_string());
    }
    text + "\n]"
}

/// The records as lines for a person: what it is, its words, its source.
pub fn text(view: &View<'_>, sort: Sort, rows: &[Row], width: usize) -> String {
    if sort == Sort::Timeline && !rows.is_empty() {
        return timeline::text(view, rows, width);
    }
    let mut out = String::new();
    for row in rows {
        let day = row.date.map_or_else(|| "no date".to_string(), |d| d.date.to_string());
        let head =
            if sort == Sort::Sources || sort == Sort::People { head(row) } else { format!("{day}  {}", head(row)) };
        out.push_str(&page::wrap(&head, width, "", "    "));
        for line in details(view, row) {
            out.push_str(&page::wrap(&line, width, "    ", "    "));
        }
    }
    if rows.is_empty() {
        out.push_str("nothing found\n");
    }
    out
}

/// The sentence and where it stands.
fn details(view: &View<'_>, row: &Row) -> Vec<String> {
    let article = |id: &str| view.witness(id).map(|w| source::named(w.article));
    match row.kind {
        "entity" => {
            let aliases: Vec<String> = all(&row.value, "/aliases").iter().map(|a| word(a, "/name")).collect();
            let aliases = Some(aliases.join(", ")).filter(|a| !a.is_empty());
            let maybe = all(&row.value, "/possible").iter();
            let maybe = maybe.map(|m| format!("may be {}: {}", word(m, "/name"), word(m, "/reason")));
            aliases.into_iter().chain(maybe).collect()
        }
        "article" => {
            let is_version = word(&row.value, "/copy_kind") == "version";
            let what = if is_version { "a later version of" } else { "copy of" };
            let original = article(&word(&row.value, "/copy_of")).map(|of| format!("{what} {of}"));
            let newer = article(&word(&row.value, "/page/replaced_by")).map(|by| format!("replaced by {by}"));
            article(&word(&row.value, "/id")).into_iter().chain(original).chain(newer).collect()
        }
        "dispute" => {
            let sides = all(&row.value, "/sides").iter();
            let words = |s: &Value| quoted(view, all(s, "/evidence").first()?);
            range(row).into_iter().chain(sides.filter_map(words)).collect()
        }
        "proposal" => {
            let own = stances(&row.value).into_iter();
            let points = all(&row.value, "/terms").iter().map(term);
            cited(view, row).into_iter().chain(own).chain(points).collect()
        }
        "correction" => {
            let words = [word(&row.value, "/sentence"), word(&row.value, "/note")];
            words.into_iter().filter(|w| !w.is_empty()).map(|w| source::shortened(&w, 240)).collect()
        }
        _ => {
            let mut lines: Vec<String> = cited(view, row).into_iter().collect();
            lines.extend(before(row));
            lines.extend(history(row));
            lines
        }
    }
}

/// The sentence that shows a record, with its source.
fn cited(view: &View<'_>, row: &Row) -> Option<String> {
    let evidence = all(&row.value, "/evidence");
    let article = |e: &Value| article(view, e);
    let shows = match row.kind {
        // a meeting is as it was last said to be
        "meeting" => evidence.iter().rev().max_by_key(|e| article(e).and_then(|a| a.published))?,
        _ => evidence.first()?,
    };
    quoted(view, shows)
}

/// A point of a paper: its number, its words, the issue it is on, and where the parties stand on it.
fn term(t: &Value) -> String {
    let number = t["point"].as_u64().map_or_else(|| "-".to_string(), |n| format!("{n}."));
    let issue = word(t, "/issue/name");
    let issue = if issue.is_empty() { issue } else { format!(" ({issue})") };
    let stances = stances(t).map_or_else(String::new, |s| format!(": {s}"));
    format!("{number} {}{issue}{stances}", source::shortened(&word(t, "/text"), 120))
}

/// Where the parties stand on a paper or a point of it.
fn stances(v: &Value) -> Option<String> {
    let one = |s: &Value| format!("{} {} since {}", shown(&s["party"]), word(s, "/stance"), word(s, "/since"));
    let all: Vec<String> = all(v, "/stances").iter().map(one).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// A sentence of the evidence with its source.
pub(crate) fn quoted(view: &View<'_>, shows: &Value) -> Option<String> {
    let source = article(view, shows).map(|a| source::named_of(a, shows)).unwrap_or_default();
    Some(format!("{} [{source}]", source::shortened(&word(shows, "/sentence"), 240)))
}

fn article<'v>(view: &'v View<'_>, shows: &Value) -> Option<&'v rapporteur_article::Article> {
    view.witness(shows.get("article")?.as_str()?).map(|w| w.article)
}

/// The lowest, the highest and the best attested value of a figure in dispute.
fn range(row: &Row) -> Option<String> {
    let (low, high) = (row.value.pointer("/range/low")?, row.value.pointer("/range/high")?);
    let best = row.value.pointer("/range/best").filter(|b| !b.is_null());
    let best =
        best.map_or_else(|| ", none with more reportings".to_string(), |b| format!(", most reportings have {b}"));
    Some(format!("from {low} to {high}{best}"))
}

/// Where a position stood before, oldest first.
fn before(row: &Row) -> Option<String> {
    let series = all(&row.value, "/series");
    let (_, earlier) = series.split_last()?;
    let runs: Vec<String> =
        earlier.iter().map(|s| format!("{} from {}", word(s, "/stance"), word(s, "/from"))).collect();
    (!runs.is_empty()).then(|| format!("before: {}", runs.join(", ")))
}

/// How often a position was told, and how, where it was told more often than it moved.
fn history(row: &Row) -> Option<String> {
    let told = all(&row.value, "/history");
    if told.len() <= all(&row.value, "/series").len() {
        return None;
    }
    let (skipped, shown) = told.split_at(told.len().saturating_sub(TOLD));
    let one = |t: &Value| format!("{} {} ({})", word(t, "/day"), word(t, "/stance"), word(t, "/telling"));
    let more = (!skipped.is_empty()).then(|| format!("{} earlier", skipped.len()));
    let lines: Vec<String> = more.into_iter().chain(shown.iter().map(one)).collect();
    Some(format!("told: {}", lines.join(", ")))
}

fn word(v: &Value, at: &str) -> String {
    v.pointer(at).and_then(Value::as_str).unwrap_or_default().to_string()
}

fn all<'v>(v: &'v Value, at: &str) -> &'v [Value] {
    v.pointer(at).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The name of a reference, else its words.
fn shown(v: &Value) -> String {
    let name = word(v, "/name");
    if name.is_empty() { word(v, "/as_written") } else { name }
}
