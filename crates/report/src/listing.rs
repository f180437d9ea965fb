//! Listings: one sort of record as a table for a person, or as data.

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
            Self::Timeline => &["shift", "meeting", "proposal", "status", "incident", "deadline"],
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

/// The records of a listing, in their order; the timeline by day over all kinds.
pub fn rows(view: &View<'_>, sort: Sort) -> Vec<Row> {
    let mut rows: Vec<Row> = export::rows(view);
    rows.retain(|r| sort.kinds().contains(&r.kind));
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

/// One line that says what a record says.
pub(crate) fn head(row: &Row) -> String {
    let v = &row.value;
    let name = |at: &str| shown(v.pointer(at).unwrap_or(&Value::Null));
    let list = |at: &str| all(v, at).iter().map(shown).collect::<Vec<_>>().join(", ");
    let known = |words: String, before: &str| if words.is_empty() { words } else { format!("{before}{words}") };
    match row.kind {
        "statement" => {
            let about = if v["issue"].is_null() {
                String::new()
            } else {
                format!(" ({}: {})", name("/issue"), word(v, "/stance"))
            };
            format!(
                "{} · {}: {}{about}",
                name("/holder"),
                word(v, "/act"),
                source::shortened(&word(v, "/matter/text"), 80)
            )
        }
        "position" => {
            let about =
                if v["issue"].is_null() { format!("proposal {}", word(v, "/proposal")) } else { name("/issue") };
            let disputed = if v["disputed"] == true { " (sources differ)" } else { "" };
            format!("{} · {about}: {}{disputed}", name("/party"), word(v, "/stance"))
        }
        "shift" => format!(
            "{} · {}: {} → {} ({})",
            name("/party"),
            name("/issue"),
            word(v, "/from"),
            word(v, "/to"),
            word(v, "/direction")
        ),
        "meeting" => format!(
            "{} {}{}{}",
            word(v, "/state"),
            word(v, "/sort"),
            known(name("/place"), " in "),
            known(list("/participants"), ": ")
        ),
        "proposal" => {
            let points = v["points"].as_u64().map_or_else(String::new, |n| format!(", {n} points"));
            format!("{}{points}{}", word(v, "/name"), known(list("/by"), ", by "))
        }
        "status" => {
            let about = if v["issue"].is_null() { "the talks".to_string() } else { name("/issue") };
            format!("{about}: {}{}", word(v, "/status"), known(name("/according_to"), ", according to "))
        }
        "incident" => format!(
            "{}{}{}{}",
            word(v, "/sort"),
            known(name("/actor"), " by "),
            known(name("/target"), " against "),
            known(name("/place"), " in ")
        ),
        "deadline" => format!("deadline {}{}", word(v, "/state"), known(word(v, "/matter"), ": ")),
        "condition" => format!("{}: {} {} {}", name("/holder"), name("/wants"), word(v, "/sort"), name("/needs")),
        "deadlock" => format!("deadlock: {} over {}", list("/parties"), list("/issues")),
        "dispute" => {
            let about = v["about"].as_str().map_or_else(|| name("/about"), |w| source::shortened(w, 80));
            let sides = all(v, "/sides").iter().map(|s| source::shortened(&word(s, "/value"), 60)).collect::<Vec<_>>();
            format!("{} · {about}: {} ({})", word(v, "/sort"), sides.join(" | "), word(v, "/verdict"))
        }
        "figure" => format!("{}{}", word(v, "/as_written"), known(word(v, "/measures"), " · ")),
        "entity" => format!("{}{}", word(v, "/name"), known(name("/party"), ", ")),
        "correction" => correction(v),
        "article" => {
            let copy = word(v, "/copy_kind");
            let copy = if copy.is_empty() { String::new() } else { format!(" ({copy} copy)") };
            format!("{} · {}{copy}", v["published"].as_str().unwrap_or("no date"), word(v, "/title"))
        }
        _ => String::new(),
    }
}

/// What was decided, by whom, and what it came to.
fn correction(v: &Value) -> String {
    let names = all(v, "/names").iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" and ");
    let about = if names.is_empty() { word(v, "/item") } else { names };
    let why = word(v, "/why");
    let outcome = match word(v, "/outcome").as_str() {
        "applied" => "applied".to_string(),
        "gone" => match all(v, "/near").first().and_then(Value::as_str) {
            Some(near) => format!("not there any more; in its sentence there is now {near}"),
            None => "not there any more".to_string(),
        },
        "unfit" => format!("no effect: {why}"),
        other => format!("{other} by {why}"),
    };
    format!("{} {} {about}, by {}: {outcome}", word(v, "/id"), word(v, "/do"), word(v, "/by"))
}

/// The sentence and where it stands.
fn details(view: &View<'_>, row: &Row) -> Vec<String> {
    let article =
        |id: &str| view.witnesses.iter().find(|w| w.article.id.as_str() == id).map(|w| source::named(w.article));
    match row.kind {
        "entity" => {
            let aliases: Vec<String> = all(&row.value, "/aliases").iter().map(|a| word(a, "/name")).collect();
            vec![aliases.join(", ")].into_iter().filter(|a| !a.is_empty()).collect()
        }
        "article" => article(&word(&row.value, "/id")).into_iter().collect(),
        "correction" => {
            let words = [word(&row.value, "/sentence"), word(&row.value, "/note")];
            words.into_iter().filter(|w| !w.is_empty()).map(|w| source::shortened(&w, 240)).collect()
        }
        _ => {
            let Some(first) = row.value.pointer("/evidence/0") else { return Vec::new() };
            let sentence = source::shortened(&word(first, "/sentence"), 240);
            let source = article(&word(first, "/article")).unwrap_or_default();
            vec![format!("{sentence} [{source}]")]
        }
    }
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
