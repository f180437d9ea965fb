//! What a person decided, and what became of it.

use rapporteur_dossier::{Correction, Decision};
use rapporteur_ledger::Outcome;
use serde_json::{Value, json};

use super::rows::Row;
use crate::View;

/// Adds a record for each correction.
pub(super) fn rows(view: &View<'_>, rows: &mut Vec<Row>) {
    let Some((corrections, trace)) = view.corrected else { return };
    for (correction, outcome) in corrections.all().iter().zip(&trace.outcomes) {
        rows.push(Row::new("correction", Some(correction.at), record(correction, outcome)));
    }
}

fn record(c: &Correction, outcome: &Outcome) -> Value {
    let item = match &c.decision {
        Decision::Add(added) => added.article().as_str(),
        Decision::Undo { correction } => correction.as_str(),
        other => other.item().map_or("", |i| i.as_str()),
    };
    let names: Vec<&str> = match &c.decision {
        Decision::Merge { a, b } | Decision::Split { a, b } => vec![a, b],
        _ => Vec::new(),
    };
    let touched: Vec<&str> = match outcome {
        Outcome::Applied(ids) => ids.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    let near: Vec<&str> = match outcome {
        Outcome::Gone(near) => near.iter().map(|i| i.as_str()).collect(),
        _ => Vec::new(),
    };
    let why = match outcome {
        Outcome::Unfit(why) => why.clone(),
        Outcome::Overruled(by) | Outcome::Undone(by) => by.to_string(),
        _ => String::new(),
    };
    json!({
        "kind": "correction",
        "id": c.id,
        "at": c.at,
        "by": c.by,
        "do": c.decision.as_str(),
        "item": item,
        "names": names,
        "note": c.note,
        "outcome": outcome.as_str(),
        "why": why,
        "touched": touched,
        "near": near,
        "sentence": sentence(&c.decision),
        "line": Value::from(c.clone()).to_string(),
    })
}

/// The sentence it was made on, "" where it says none.
fn sentence(decision: &Decision) -> &str {
    match decision {
        Decision::Add(added) => added.sentence(),
        other => other.seen().map_or("", |s| s.sentence.as_str()),
    }
}
