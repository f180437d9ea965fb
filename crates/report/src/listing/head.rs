//! One line that says what a record says.

use serde_json::Value;

use super::{all, shown, word};
use crate::export::Row;
use crate::source;

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
            let about = if v["issue"].is_null() { format!("proposal {}", proposal(v)) } else { name("/issue") };
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
        "meeting" => {
            format!(
                "{} {}{}{}",
                word(v, "/state"),
                word(v, "/sort"),
                known(name("/place"), " in "),
                known(list("/participants"), ": ")
            ) + &until(v)
        }
        "proposal" => {
            let points = v["points"].as_u64().map_or_else(String::new, |n| format!(", {n} points"));
            format!("{}{points}{}", word(v, "/name"), known(list("/by"), ", by "))
        }
        "status" => {
            let about = if v["issue"].is_null() { "the talks".to_string() } else { name("/issue") };
            let percent = v["percent"].as_f64().map_or_else(String::new, |p| format!(" ({p} percent)"));
            format!("{about}: {}{percent}{}", word(v, "/status"), known(name("/according_to"), ", according to "))
        }
        "incident" => format!(
            "{}{}{}{}",
            word(v, "/sort"),
            known(name("/actor"), " by "),
            known(name("/target"), " against "),
            known(name("/place"), " in ")
        ),
        "deadline" => format!("deadline {}{}", word(v, "/state"), known(word(v, "/matter"), ": ")),
        "condition" => format!("{}: {} {} {}", name("/holder"), name("/wants"), tie(&word(v, "/sort")), name("/needs")),
        "deadlock" => {
            let end = match v["to"].as_str() {
                Some(day) => format!(", broken on {day}"),
                None => ", lasts".to_string(),
            };
            format!("deadlock: {}{end}", all(v, "/waits").iter().map(waiting).collect::<Vec<_>>().join(", "))
        }
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
            let copy = match copy.as_str() {
                "" => String::new(),
                "version" => " (later version)".to_string(),
                copy => format!(" ({copy} copy)"),
            };
            format!("{} · {}{copy}", v["published"].as_str().unwrap_or("no date"), word(v, "/title"))
        }
        _ => String::new(),
    }
}

/// The name of the paper that a position is on, else its id.
fn proposal(v: &Value) -> String {
    [word(v, "/proposal_name"), word(v, "/proposal")].into_iter().find(|w| !w.is_empty()).unwrap_or_default()
}

/// "guarantees after the signature (Besson)".
fn waiting(v: &Value) -> String {
    let name = |at: &str| shown(v.pointer(at).unwrap_or(&Value::Null));
    format!("{} {} {} ({})", name("/wants"), tie(&word(v, "/sort")), name("/needs"), name("/holder"))
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

/// The last day of what takes several, "" for one day.
fn until(v: &Value) -> String {
    let day = |at: &str| word(v, at).get(..10).unwrap_or_default().to_string();
    let (from, to) = (day("/when/from"), day("/when/to"));
    if to.is_empty() || to == from { String::new() } else { format!(", to {to}") }
}

/// A condition's tie in plain words.
pub(crate) fn tie(sort: &str) -> &str {
    match sort {
        "only-if" => "only if",
        "unless" => "not unless",
        "before" => "not before",
        "until" => "not until",
        "in-exchange" => "in exchange for",
        other => other,
    }
}
