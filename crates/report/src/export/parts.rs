//! The parts records are made of: references, evidence, times, numbers.

use rapporteur_article::Vanished;
use rapporteur_ledger::{Cited, Merged, Named, Witness};
use rapporteur_reading::model::{Evidence, Item, Why};
use rapporteur_text::{Span, When};
use serde_json::{Map, Value, json};

use super::rows::Articles;

/// A record under construction; keys keep their order.
pub(super) type Fields = Map<String, Value>;

/// Turns a `json!` object into its fields.
pub(super) fn fields(value: Value) -> Fields {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// A finite number with at most three decimals; whole numbers without a point.
pub(super) fn number(value: f64) -> Value {
    if !value.is_finite() {
        Value::Null
    } else if value.fract() == 0.0 && value.abs() < 9e15 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

/// A confidence, two decimals.
pub(crate) fn confidence(value: f32) -> Value {
    let value = if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 };
    json!((f64::from(value) * 100.0).round() / 100.0)
}

/// `{start, end, text}`.
pub(super) fn piece(w: &Witness<'_>, span: Span) -> Value {
    json!({"start": span.start(), "end": span.end(), "text": w.words(span)})
}

/// A reference record.
pub(super) fn reference(named: &Named) -> Value {
    json!({"id": named.id, "name": named.name, "type": named.kind, "as_written": named.as_written})
}

/// A reference record or null.
pub(super) fn maybe(named: Option<&Named>) -> Value {
    named.map_or(Value::Null, reference)
}

/// A list of reference records.
pub(super) fn list(named: &[Named]) -> Value {
    named.iter().map(reference).collect()
}

/// A time record, or null where nothing is known.
pub(super) fn time(when: &When) -> Value {
    if when.is_unknown() && when.as_written.is_empty() {
        return Value::Null;
    }
    json!({"from": when.from, "to": when.to, "as_written": when.as_written, "basis": when.basis})
}

/// The common fields of a record read from one place of a text.
pub(super) fn common(kind: &str, w: &Witness<'_>, item: &Item) -> Fields {
    fields(json!({
        "kind": kind,
        "id": item.id(),
        "article": w.article.id,
        "rule": item.rule,
        "confidence": confidence(item.confidence),
        "evidence": item.evidence().map(|e| evidence(w, e)).collect::<Value>(),
        "vanished": vanished(w.vanished(item).as_ref()),
    }))
}

/// The common fields of a merged record.
pub(super) fn common_merged(kind: &str, articles: &Articles<'_>, merged: &Merged) -> Fields {
    let article = merged.evidence.first().map(|c| c.article.as_str()).unwrap_or_default();
    fields(json!({
        "kind": kind,
        "id": merged.id,
        "article": article,
        "rule": merged.rule,
        "confidence": confidence(merged.confidence),
        "evidence": cited(articles, &merged.evidence),
        "vanished": vanished(all_vanished(articles, &merged.evidence).as_ref()),
    }))
}

/// `{article, seen, gone}` of what stands in its page no more, else null.
fn vanished(found: Option<&Vanished>) -> Value {
    found.map_or(Value::Null, |v| json!({"article": v.article, "seen": v.seen, "gone": v.gone}))
}

/// What vanished last of the words that a record rests on, where all of them did.
fn all_vanished(articles: &Articles<'_>, all: &[Cited]) -> Option<Vanished> {
    let own = all.iter().filter(|c| matches!(c.evidence.why, Why::Item | Why::Member));
    let gone: Option<Vec<Vanished>> =
        own.map(|c| articles.get(&c.article)?.article.vanished(c.evidence.sentence)).collect();
    gone?.into_iter().max_by(|a, b| (a.gone, &a.article).cmp(&(b.gone, &b.article)))
}

/// A list of evidence over several articles.
pub(super) fn cited(articles: &Articles<'_>, all: &[Cited]) -> Value {
    all.iter().filter_map(|c| Some(evidence(articles.get(&c.article)?, &c.evidence))).collect()
}

/// One piece of evidence.
pub(crate) fn evidence(w: &Witness<'_>, e: &Evidence) -> Value {
    json!({
        "article": w.article.id,
        "start": e.span.start(),
        "end": e.span.end(),
        "text": w.words(e.span),
        "sentence": w.words(e.sentence),
        "why": e.why,
    })
}
