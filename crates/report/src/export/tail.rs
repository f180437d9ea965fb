//! What closes a record: the items it was merged from, when it was published and read, and the corrections that touch it.

use std::collections::BTreeMap;

use rapporteur_text::Moment;
use serde_json::{Value, json};

use super::rows::{Articles, Row};
use crate::View;

/// Kinds that are read from one place of a text, or from none.
const SINGLE: &[&str] = &["run", "note", "article", "quote", "statement", "figure", "role", "date"];

/// Adds `members` to merged records, `published` and `read` to all that were read from text, and `corrected` to all that a
/// person can correct.
pub(super) fn add(view: &View<'_>, articles: &Articles<'_>, rows: &mut [Row]) {
    let is_any_merged = rows.iter().any(|r| !SINGLE.contains(&r.kind));
    let members: BTreeMap<(&str, &str), Vec<&str>> = view
        .ledger
        .merged()
        .filter(|_| is_any_merged)
        .map(|(kind, m)| ((kind, m.id.as_str()), m.members.iter().map(|i| i.as_str()).filter(|i| is_item(i)).collect()))
        .collect();
    let times: BTreeMap<&str, (Option<Moment>, Option<Moment>)> =
        articles.values().map(|w| (w.article.id.as_str(), (w.article.published, w.article.captured_at))).collect();
    for row in rows.iter_mut().filter(|r| !["run", "note"].contains(&r.kind)) {
        let id = row.value["id"].as_str().unwrap_or_default().to_string();
        let own = members.get(&(row.kind, id.as_str()));
        let (published, read) = first_times(&row.value, &times);
        let has_evidence = row.value.get("evidence").is_some();
        let corrected =
            view.corrected.map_or_else(Vec::new, |(_, trace)| trace.of_record(&id, own.into_iter().flatten().copied()));
        let Value::Object(fields) = &mut row.value else { continue };
        if let Some(own) = own {
            fields.insert("members".to_string(), json!(own));
        }
        if has_evidence {
            fields.insert("published".to_string(), json!(published));
            fields.insert("read".to_string(), json!(read));
        }
        fields.insert("corrected".to_string(), json!(corrected));
    }
}

/// Whether a member is an item of a text that a correction can name; spellings and forms of a name are not.
fn is_item(id: &str) -> bool {
    !id.starts_with("name-") && !id.starts_with("framing-")
}

/// First day or moment at which an article that the record rests on was published, and captured.
fn first_times(
    value: &Value,
    times: &BTreeMap<&str, (Option<Moment>, Option<Moment>)>,
) -> (Option<Moment>, Option<Moment>) {
    let cited = value.get("evidence").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let all = cited.iter().filter_map(|e| times.get(e.get("article")?.as_str()?));
    let (published, read): (Vec<_>, Vec<_>) = all.copied().unzip();
    (published.into_iter().flatten().min(), read.into_iter().flatten().min())
}
