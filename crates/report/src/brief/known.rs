//! What a reader knows already: of each record what can be seen of it, so that a digest tells only what moved.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_text::{ArticleId, Digest as Sum};
use serde_json::{Value, json};

use crate::export::{self, Row};
use crate::filter::Filter;
use crate::{View, listing, source};

/// Number of the format, and of the fields by which a record counts as changed: where it differs, only what is new or gone
/// can be told.
const SCHEMA: u64 = 2;
/// Most characters that are kept of what a record says.
const SAYS: usize = 160;

/// Kinds of records that a digest tells of.
pub(super) const KINDS: &[&str] = &[
    "shift",
    "position",
    "proposal",
    "status",
    "meeting",
    "deadline",
    "incident",
    "deadlock",
    "condition",
    "dispute",
    "correction",
    "vanished",
];

/// Kinds of which it is told that their sentence went: those that say something by themselves, the one that says most first.
const SAYING: &[&str] =
    &["statement", "quote", "status", "proposal", "meeting", "deadline", "incident", "figure", "role"];

/// The records that a reader knows, as they were when he or she saw them.
///
/// A record is known again by its id; where that has changed, because the item it is named by was found earlier or later, by
/// the item it was named by and what sets it apart from others of that item, or by all it says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    pub(super) records: BTreeMap<String, Told>,
}

/// A record as it was seen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    pub(super) kind: String,
    /// Of all that a reader sees of it.
    pub(super) sum: String,
    /// The first of its members.
    pub(super) base: String,
    /// What sets it apart from other records of the same kind that rest on the same item; "" where there are none.
    pub(super) apart: String,
    pub(super) says: String,
    /// Its sentence.
    pub(super) article: String,
    pub(super) start: usize,
    pub(super) end: usize,
    /// A digest of its words; "" where what was kept has none.
    pub(super) sentence: String,
}

impl Known {
    /// What a reader knows who has seen all that passes the filter.
    pub fn of(view: &View<'_>, filter: &Filter) -> Self {
        let rows = told(view, &filter.rows(view, export::rows(view)));
        Self { records: rows.into_iter().map(|p| (p.id, p.told)).collect() }
    }

    /// As JSON, to be kept.
    pub fn to_json(&self) -> Vec<u8> {
        let one = |t: &Told| json!([t.kind, t.sum, t.base, t.says, t.article, t.start, t.end, t.sentence, t.apart]);
        let records: BTreeMap<&String, Value> = self.records.iter().map(|(id, t)| (id, one(t))).collect();
        json!({"schema": SCHEMA, "records": records}).to_string().into_bytes()
    }

    /// What was kept.
    ///
    /// # Errors
    /// What is wrong with it, where it is not what [`Known::to_json`] gives.
    pub fn from_json(json: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(json).map_err(|e| e.to_string())?;
        let schema = value["schema"].as_u64().ok_or("it has no `schema`")?;
        let records = value["records"].as_object().ok_or("it has no `records`")?;
        let one = |v: &Value| {
            let word = |n: usize| v.get(n).and_then(Value::as_str).map(str::to_string);
            let number = |n: usize| v.get(n).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
            let sum = if schema == SCHEMA { word(1)? } else { String::new() };
            let (start, end) = (number(5)?, number(6)?);
            let (sentence, apart) = (word(7).unwrap_or_default(), word(8).unwrap_or_default());
            let (kind, base, says, article) = (word(0)?, word(2)?, word(3)?, word(4)?);
            Some(Told { kind, sum, base, apart, says, article, start, end, sentence })
        };
        let records = records.iter().map(|(id, v)| Some((id.clone(), one(v)?)));
        let records: Option<_> = records.collect();
        Ok(Self { records: records.ok_or("a record of it has other fields")? })
    }
}

/// A record of today.
#[derive(Debug, Clone)]
pub(super) struct Present {
    pub(super) id: String,
    pub(super) row: Row,
    pub(super) told: Told,
    members: BTreeSet<String>,
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Moved {
    Same,
    New,
    /// What it said before.
    Changed(String),
}

/// The records that a digest tells of, among these and what they rest on.
pub(super) fn told(view: &View<'_>, rows: &[Row]) -> Vec<Present> {
    let is_told = |r: &&Row| KINDS.contains(&r.kind) && r.kind != "correction";
    let texts: BTreeMap<&str, &str> =
        view.witnesses.iter().map(|w| (w.article.id.as_str(), w.article.text.as_str())).collect();
    let own = rows.iter().filter(is_told).map(|row| (word(&row.value, "id").to_string(), row.kind, row.clone()));
    let all = own.chain(corrected(rows)).chain(vanished(rows));
    let mut all: Vec<Present> = all.map(|(id, kind, row)| present(id, kind, row, &texts)).collect();
    all.sort_by(|a, b| (place(&a.told.kind), a.row.date, &a.id).cmp(&(place(&b.told.kind), b.row.date, &b.id)));
    all
}

fn place(kind: &str) -> Option<usize> {
    KINDS.iter().position(|k| *k == kind)
}

/// Statements by which an outlet says that something reported or said was wrong.
fn corrected(rows: &[Row]) -> Vec<(String, &'static str, Row)> {
    let histories = rows.iter().filter(|r| r.kind == "position").flat_map(|r| list(&r.value, "history"));
    let ids: BTreeSet<&str> =
        histories.filter(|t| word(t, "telling") == "correction").map(|t| word(t, "statement")).collect();
    let statements = rows.iter().filter(|r| r.kind == "statement" && ids.contains(word(&r.value, "id")));
    statements.map(|r| (format!("correction:{}", word(&r.value, "id")), "correction", r.clone())).collect()
}

/// Sentences that stand in their page no more, each once, by what says most in it.
fn vanished(rows: &[Row]) -> Vec<(String, &'static str, Row)> {
    let of_kind = |r: &Row| SAYING.iter().position(|k| *k == r.kind);
    let is_gone = |r: &&Row| of_kind(r).is_some() && r.value.get("vanished").is_some_and(|v| !v.is_null());
    let mut gone: Vec<&Row> = rows.iter().filter(is_gone).collect();
    gone.sort_by_key(|r| (of_kind(r), &r.article, r.start, word(&r.value, "id")));
    let mut sentences: BTreeMap<String, &Row> = BTreeMap::new();
    for row in gone {
        let Some(first) = list(&row.value, "evidence").next() else { continue };
        let id = format!("vanished:{}:{}", word(first, "article"), short(word(first, "sentence")));
        sentences.entry(id).or_insert(row);
    }
    sentences.into_iter().map(|(id, row)| (id, "vanished", row.clone())).collect()
}

fn present(id: String, kind: &'static str, row: Row, texts: &BTreeMap<&str, &str>) -> Present {
    let members: BTreeSet<String> = list(&row.value, "members").filter_map(Value::as_str).map(str::to_string).collect();
    let (article, start, end) =
        list(&row.value, "evidence").next().map_or_else(Default::default, |e| sentence(e, texts));
    let words = texts.get(article.as_str()).and_then(|text| text.get(start..end));
    let told = Told {
        kind: kind.to_string(),
        sum: sum(kind, &row.value),
        base: members.iter().next().cloned().unwrap_or_default(),
        apart: apart(kind, &row.value),
        says: source::shortened(&listing::head(&row), SAYS),
        sentence: words.map(short).unwrap_or_default(),
        article,
        start,
        end,
    };
    Present { id, row, told, members }
}

/// The article and the bytes of the sentence around the words of a piece of evidence.
fn sentence(evidence: &Value, texts: &BTreeMap<&str, &str>) -> (String, usize, usize) {
    let (article, sentence) = (word(evidence, "article"), word(evidence, "sentence"));
    let at = |key: &str| evidence[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    let text = texts.get(article).copied().unwrap_or_default();
    let places = text.match_indices(sentence).map(|(i, s)| (i, i + s.len()));
    let (start, end) =
        places.into_iter().find(|(a, b)| *a <= at("start") && at("end") <= *b).unwrap_or((at("start"), at("end")));
    (ArticleId::from_written(article).to_string(), start, end)
}

/// A digest of what a reader sees of a record: not of how sure it is, what it rests on, in which order, or how it is spelt most
/// often.
fn sum(kind: &str, value: &Value) -> String {
    let fields: &[&str] = match kind {
        "shift" => &["party", "issue", "from", "to", "when", "direction"],
        "position" => &["party", "issue", "proposal", "point", "stance"],
        "proposal" => &["by", "points", "version", "when", "terms"],
        "status" => &["issue", "proposal", "point", "status", "according_to", "percent"],
        "meeting" => &["sort", "place", "when", "participants", "format", "state"],
        "deadline" => &["by", "when", "state"],
        "incident" => &["sort", "actor", "target", "place", "when", "claimed_by", "denied_by"],
        "deadlock" => &["parties", "issues", "to"],
        "condition" => &["holder", "wants", "sort", "needs"],
        "dispute" => &["sort", "about", "verdict", "range", "sides"],
        // that it is gone is all that can become of it
        "vanished" => &[],
        _ => &["holder", "issue", "act", "stance"],
    };
    let seen: Vec<Value> = fields.iter().map(|f| plain(f, &value[*f])).collect();
    short(&json!(seen).to_string())
}

/// What sets a record apart from others of its kind that rest on the same item: the points of one proposal all rest on it,
/// and who speaks for two has two positions by one statement.
fn apart(kind: &str, value: &Value) -> String {
    let fields: &[&str] = match kind {
        "status" | "position" if value["point"].is_u64() => &["party", "proposal", "point"],
        "status" | "position" => &["party", "proposal", "issue"],
        "shift" => &["party", "issue"],
        "meeting" | "incident" | "dispute" => &["sort"],
        _ => return String::new(),
    };
    let all: Vec<Value> = fields.iter().map(|f| plain(f, &value[*f])).collect();
    short(&json!(all).to_string())
}

/// A digest of words, as long as it need be to tell them from others.
pub(super) fn short(words: &str) -> String {
    Sum::of(words.as_bytes()).as_str().chars().take(16).collect()
}

/// A field without what may differ from day to day and says nothing else.
pub(super) fn plain(field: &str, value: &Value) -> Value {
    match value {
        // who claims what, in which words, grows with every report; how many sides there are does not
        Value::Array(sides) if field == "sides" => json!(sides.len()),
        // the id of a proposal is another one when an earlier report of it is found
        Value::String(id) if field == "proposal" => json!(!id.is_empty()),
        Value::Array(all) => {
            let mut all: Vec<Value> = all.iter().map(|v| plain(field, v)).collect();
            all.sort_by_cached_key(Value::to_string);
            Value::Array(all)
        }
        Value::Object(fields) if fields.contains_key("as_written") && fields.contains_key("id") => {
            let id = word(value, "id");
            json!(if id.is_empty() { word(value, "as_written").to_lowercase() } else { id.to_string() })
        }
        Value::Object(fields) if fields.contains_key("basis") => json!([value["from"], value["to"]]),
        Value::Object(fields) if fields.contains_key("stances") => {
            json!([value["point"], plain("issue", &value["issue"])])
        }
        other => other.clone(),
    }
}

impl Known {
    /// What became of each of these records since, and those of the known ones that are not there any more.
    pub(super) fn moved<'k>(
        &'k self,
        present: &[Present],
    ) -> (Vec<(Moved, Option<&'k str>)>, Vec<(&'k str, &'k Told)>) {
        let mut left: BTreeMap<&str, &Told> = self.records.iter().map(|(id, t)| (id.as_str(), t)).collect();
        let mut before: Vec<Option<(&str, &Told)>> = vec![None; present.len()];
        let by_id =
            |p: &Present, left: &BTreeMap<&'k str, &'k Told>| left.get_key_value(p.id.as_str()).map(|(id, _)| *id);
        // for each item that a record was named by, those records, by what sets them apart
        let mut bases: BTreeMap<(&str, &str), Vec<(&str, &str)>> = BTreeMap::new();
        let mut sums: BTreeMap<(&str, &str, &str), Vec<&str>> = BTreeMap::new();
        for (id, t) in &self.records {
            bases.entry((&t.kind, &t.base)).or_default().push((id, &t.apart));
            sums.entry((&t.kind, &t.sum, &t.says)).or_default().push(id);
        }
        let first = |ids: Option<&Vec<&'k str>>, left: &BTreeMap<&'k str, &'k Told>| {
            ids.into_iter().flatten().find(|id| left.contains_key(**id)).copied()
        };
        let of_base = |p: &Present, left: &BTreeMap<&'k str, &'k Told>, is_it: &dyn Fn(&str, usize) -> bool| {
            p.members.iter().find_map(|m| {
                let all = bases.get(&(p.told.kind.as_str(), m.as_str()))?;
                all.iter().find(|(id, apart)| left.contains_key(id) && is_it(apart, all.len())).map(|(id, _)| *id)
            })
        };
        let by_base =
            |p: &Present, left: &BTreeMap<&'k str, &'k Told>| of_base(p, left, &|apart, _| apart == p.told.apart);
        // what it is about may have been corrected: the only one that the item named is still it
        let by_base_alone =
            |p: &Present, left: &BTreeMap<&'k str, &'k Told>| of_base(p, left, &|apart, n| apart.is_empty() || n == 1);
        let by_sum = |p: &Present, left: &BTreeMap<&'k str, &'k Told>| {
            first(sums.get(&(p.told.kind.as_str(), p.told.sum.as_str(), p.told.says.as_str())), left)
        };
        type Way<'w, 'k> = &'w dyn Fn(&Present, &BTreeMap<&'k str, &'k Told>) -> Option<&'k str>;
        let ways: [Way<'_, 'k>; 4] = [&by_id, &by_base, &by_base_alone, &by_sum];
        for way in ways {
            for (p, before) in present.iter().zip(&mut before).filter(|(_, before)| before.is_none()) {
                if let Some(id) = way(p, &left) {
                    *before = left.remove(id).map(|told| (id, told));
                }
            }
        }
        let moved = present.iter().zip(before).map(|(p, before)| match before {
            None => (Moved::New, None),
            Some((id, told)) if told.sum == p.told.sum || told.sum.is_empty() => (Moved::Same, Some(id)),
            Some((id, told)) => (Moved::Changed(told.says.clone()), Some(id)),
        });
        (moved.collect(), left.into_iter().collect())
    }
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting(id: &str, members: &[&str], state: &str, people: &[&str]) -> Present {
        let people: Vec<Value> = people.iter().map(|p| json!({"id": p, "as_written": p.to_uppercase()})).collect();
        let value = json!({
            "kind": "meeting", "id": id, "confidence": members.len(), "members": members, "sort": "talks", "place": null,
            "when": {"from": "2025-03-01", "to": null, "as_written": "Saturday", "basis": "relative"}, "format": "unknown",
            "participants": people, "state": state,
        });
        let row = Row { kind: "meeting", date: None, article: String::new(), start: 0, value };
        present(id.to_string(), "meeting", row, &BTreeMap::new())
    }

    fn known(all: &[Present]) -> Known {
        Known { records: all.iter().map(|p| (p.id.clone(), p.told.clone())).collect() }
    }

    /// What became of these, and ids of what is gone.
    fn since(before: &[Present], now: &[Present]) -> (Vec<Moved>, Vec<String>) {
        let before = known(before);
        let before = Known::from_json(&before.to_json()).unwrap();
        let (moved, left) = before.moved(now);
        (moved.into_iter().map(|(m, _)| m).collect(), left.into_iter().map(|(id, _)| id.to_string()).collect())
    }

    #[test]
    fn more_reports_of_it_and_another_order_are_no_change() {
        let before = meeting("meeting-1", &["b"], "held", &["ulmara", "tarvenia"]);
        let now = meeting("meeting-1", &["b", "c"], "held", &["tarvenia", "ulmara"]);
        assert_eq!(since(&[before], &[now]), (vec![Moved::Same], vec![]));
    }

    #[test]
    fn a_record_is_known_again_when_it_is_named_by_another_item() {
        let before = [meeting("meeting-1", &["b"], "planned", &[]), meeting("meeting-2", &["m"], "held", &["ulmara"])];
        // an item that was found later is the first of it now; of the other the first item is gone
        let now = [meeting("meeting-3", &["a", "b"], "held", &[]), meeting("meeting-4", &["n"], "held", &["ulmara"])];
        let (moved, gone) = since(&before, &now);
        assert!(matches!(&moved[0], Moved::Changed(words) if words.starts_with("planned talks")), "{moved:?}");
        assert_eq!((&moved[1], gone), (&Moved::Same, vec![]));
    }

    #[test]
    fn what_is_there_twice_is_known_once() {
        let before = [meeting("meeting-1", &["a"], "held", &[])];
        let now = [meeting("meeting-1", &["a"], "held", &[]), meeting("meeting-2", &["b"], "held", &[])];
        assert_eq!(since(&before, &now), (vec![Moved::Same, Moved::New], vec![]));
        assert_eq!(since(&now, &before), (vec![Moved::Same], vec!["meeting-2".to_string()]));
    }

    #[test]
    fn under_other_fields_only_what_is_new_or_gone_is_told() {
        let before = known(&[meeting("meeting-1", &["a"], "planned", &[])]);
        let json = String::from_utf8(before.to_json()).unwrap().replace("\"schema\":2", "\"schema\":0");
        let older = Known::from_json(json.as_bytes()).unwrap();
        let now = [meeting("meeting-1", &["a"], "held", &[]), meeting("meeting-2", &["b"], "held", &[])];
        let moved: Vec<Moved> = older.moved(&now).0.into_iter().map(|(m, _)| m).collect();
        assert_eq!(moved, [Moved::Same, Moved::New]);
        for damaged in ["", "{}", "{\"schema\":2}", "{\"schema\":2,\"records\":{\"meeting-1\":[\"meeting\"]}}"] {
            assert!(Known::from_json(damaged.as_bytes()).is_err(), "{damaged}");
        }
    }
}
