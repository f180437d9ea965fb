//! What a person has still to look at: items one by one, the contested and the least certain first.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_dossier::{CorrectionId, Decision};
use rapporteur_ledger::Witness;
use rapporteur_reading::model::Item;
use serde_json::{Value, json};

use crate::export::{self, Row};
use crate::{View, listing, page};

/// Kinds that are looked at; the others only where sources differ on them.
const KINDS: &[&str] = &["statement", "status", "meeting", "proposal", "incident", "deadline"];

/// Items that nobody has decided on, each as a record with the place it was read from: those on which sources differ first,
/// then the least certain, then the newest.
///
/// A record of an item is that of the export; of a meeting and the other kinds that are merged it is the merged record with
/// the `id`, `article`, `confidence` and `evidence` of the one item. Each has `contested`, the ids of disputed positions and
/// of disputes that rest on it, and `record`, the id of the record it is merged into ("" if none).
pub fn rows(view: &View<'_>) -> Vec<Row> {
    let (all, decided, contested) = (export::rows(view), decided(view), contested(view));
    let by_id: BTreeMap<(&str, &str), &Row> =
        all.iter().map(|r| ((r.kind, r.value["id"].as_str().unwrap_or_default()), r)).collect();
    let events = view.ledger.merged().filter(|(kind, _)| KINDS.contains(kind));
    let into: BTreeMap<&str, &str> =
        events.flat_map(|(_, m)| m.members.iter().map(|i| (i.as_str(), m.id.as_str()))).collect();
    let mut waiting: Vec<(f32, Row)> = Vec::new();
    for w in &view.witnesses {
        for (kind, item) in items(w) {
            let id = item.id().as_str();
            let about = contested.get(id).map_or(&[][..], Vec::as_slice);
            if decided.contains(id) || about.is_empty() && !KINDS.contains(&kind) {
                continue;
            }
            let record = into.get(id).copied();
            if let Some(row) = by_id.get(&(kind, record.unwrap_or(id))) {
                waiting.push((item.confidence, of_item(row, w, item, about, record)));
            }
        }
    }
    waiting.sort_by(|(a, x), (b, y)| {
        let place = |r: &Row| (all_of(&r.value, "contested").is_empty(), std::cmp::Reverse(r.date));
        let id = |r: &Row| r.value["id"].as_str().unwrap_or_default().to_string();
        let (x_place, y_place) = (place(x), place(y));
        let first = x_place.0.cmp(&y_place.0).then_with(|| a.total_cmp(b));
        first.then_with(|| x_place.1.cmp(&y_place.1)).then_with(|| id(x).cmp(&id(y)))
    });
    waiting.into_iter().map(|(_, row)| row).collect()
}

/// The items of an article with their kinds.
fn items<'v>(w: &Witness<'v>) -> impl Iterator<Item = (&'v str, &'v Item)> {
    w.reading.items().map(|item| (rapporteur_dossier::kind_of(item.id()), item))
}

fn of_item(row: &Row, w: &Witness<'_>, item: &Item, contested: &[&str], record: Option<&str>) -> Row {
    let mut row = row.clone();
    if let Value::Object(fields) = &mut row.value {
        fields.insert("id".to_string(), json!(item.id()));
        fields.insert("article".to_string(), json!(w.article.id));
        fields.insert("confidence".to_string(), export::confidence(item.confidence));
        let evidence: Value = item.evidence().map(|e| export::evidence(w, e)).collect();
        fields.insert("evidence".to_string(), evidence);
        fields.insert("contested".to_string(), json!(contested));
        fields.insert("record".to_string(), json!(record.unwrap_or_default()));
        fields.shift_remove("members");
    }
    row.article = w.article.id.to_string();
    row.start = item.span().start();
    row
}

/// For each item the disputed positions and the disputes that rest on it.
fn contested<'v>(view: &View<'v>) -> BTreeMap<&'v str, Vec<&'v str>> {
    let positions = view.ledger.positions.iter().filter(|p| p.disputed).map(|p| &p.merged);
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for merged in positions.chain(view.ledger.disputes.iter().map(|d| &d.merged)) {
        for member in &merged.members {
            all.entry(member.as_str()).or_default().push(merged.id.as_str());
        }
    }
    all
}

/// Items on which a decision holds; a note is none.
fn decided<'v>(view: &View<'v>) -> BTreeSet<&'v str> {
    let Some((corrections, trace)) = view.corrected else { return BTreeSet::new() };
    let notes: BTreeSet<&CorrectionId> =
        corrections.all().iter().filter(|c| matches!(c.decision, Decision::Note { .. })).map(|c| &c.id).collect();
    let touched = trace.touched.iter().filter(|(_, by)| by.iter().any(|id| !notes.contains(id)));
    touched.map(|(id, _)| id.as_str()).collect()
}

/// The rows for a person: id, how sure it is, what was read, why it is contested, its sentence with its source.
pub fn text(view: &View<'_>, rows: &[Row], width: usize) -> String {
    let mut out = String::new();
    let records: BTreeMap<String, String> = match rows.iter().any(|r| !all_of(&r.value, "contested").is_empty()) {
        true => export::rows_of(view, &["position", "dispute"])
            .iter()
            .map(|r| (r.value["id"].as_str().unwrap_or_default().to_string(), listing::head(r)))
            .collect(),
        false => BTreeMap::new(),
    };
    for row in rows {
        let id = row.value["id"].as_str().unwrap_or_default();
        let day = row.date.map_or_else(|| "no date".to_string(), |d| d.date.to_string());
        let sure = row.value["confidence"].as_f64().unwrap_or_default();
        out.push_str(&page::wrap(&format!("{id}  {sure:.2}  {day}  {}", listing::head(row)), width, "", "    "));
        let about = all_of(&row.value, "contested").iter().filter_map(|id| records.get(id.as_str()?));
        for words in about {
            out.push_str(&page::wrap(&format!("sources differ: {words}"), width, "    ", "      "));
        }
        if let Some(words) = all_of(&row.value, "evidence").first().and_then(|e| listing::quoted(view, e)) {
            out.push_str(&page::wrap(&words, width, "    ", "    "));
        }
    }
    out
}

fn all_of<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
