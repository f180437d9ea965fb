//! One correction as a JSON object, with stable keys in a stable order.

use rapporteur_reading::model::{
    Act, DeadlineState, IncidentSort, MeetingSort, MeetingState, Modality, Polarity, StatusSort,
};
use rapporteur_text::{ArticleId, ItemId, When};
use serde_json::{Map, Value, json};

use super::reader::{Reader, not_among};
use super::{Added, AddedRecord, Change, Correction, CorrectionId, Decision, Seen, Stand, State, Words, kind_of};

/// Number of the format that corrections are written in; each has it as `schema`.
pub const CORRECTIONS_SCHEMA: u64 = 1;

const DECISIONS: &[&str] = &["accept", "reject", "change", "add", "merge", "split", "note", "undo"];
const ADDED: &[&str] = &["statement", "status", "meeting", "incident", "deadline"];
/// Kinds that only exist merged from others.
const MERGED: &[&str] = &["position", "shift", "condition", "deadlock", "dispute"];

/// Which fields of a kind can be changed.
fn changeable(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "statement" => &["holder", "act", "polarity", "stance", "issue", "date"],
        "status" => &["holder", "issue", "state", "date"],
        "meeting" => &["state", "date"],
        "deadline" => &["holder", "state", "date"],
        "quote" | "incident" | "proposal" | "figure" => &["holder", "date"],
        "role" => &["date"],
        "date" => &[],
        _ => return None,
    })
}

impl TryFrom<Value> for Correction {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        let mut r = Reader::of(value)?;
        let schema = r.whole("schema")? as u64;
        if schema == 0 {
            return Err(format!("`schema` is missing: expected {CORRECTIONS_SCHEMA}"));
        }
        if schema > CORRECTIONS_SCHEMA {
            return Err(format!(
                "`schema` is {schema}, newer than this build reads ({CORRECTIONS_SCHEMA}): update rapporteur"
            ));
        }
        let id = r.text("id")?.filter(|id| !id.trim().is_empty());
        let (at, by) = (r.moment("at")?, r.words("by")?);
        let what = r.words("do")?;
        let decision = decision(&mut r, &what)?;
        let note = r.text("note")?.unwrap_or_default();
        if matches!(decision, Decision::Note { .. }) && note.trim().is_empty() {
            return Err("`note` is missing".to_string());
        }
        r.finish(&format!("a correction that does `{what}`"))?;
        let mut correction = Self { id: CorrectionId::default(), by, at, decision, note };
        correction.id = id.map_or_else(|| own_id(&correction), CorrectionId::new);
        Ok(correction)
    }
}

/// An id made from what the correction says.
pub(super) fn own_id(correction: &Correction) -> CorrectionId {
    let without = Correction { id: CorrectionId::default(), ..correction.clone() };
    CorrectionId::new(ItemId::of_words("correction", &[&Value::from(without).to_string()], 0).as_str())
}

fn decision(r: &mut Reader, what: &str) -> Result<Decision, String> {
    Ok(match what {
        "accept" => Decision::Accept { item: item(r)?, seen: seen(r)? },
        "reject" => Decision::Reject { item: item(r)?, seen: seen(r)? },
        "change" => {
            let item = item(r)?;
            Decision::Change { change: change(r, kind_of(&item))?, item, seen: seen(r)? }
        }
        "add" => Decision::Add(added(r)?),
        "merge" | "split" => {
            let (a, b) = (r.words("a")?, r.words("b")?);
            if crate::words::name_key(&a) == crate::words::name_key(&b) {
                return Err(format!("`a` and `b` are the same name: `{a}`"));
            }
            if what == "merge" { Decision::Merge { a, b } } else { Decision::Split { a, b } }
        }
        "note" => Decision::Note { item: item(r)?, seen: seen(r)? },
        "undo" => Decision::Undo { correction: CorrectionId::new(r.words("correction")?) },
        other => return Err(not_among("do", other, DECISIONS)),
    })
}

fn item(r: &mut Reader) -> Result<ItemId, String> {
    let id = ItemId::from_written(r.words("item")?);
    let kind = kind_of(&id);
    if MERGED.contains(&kind) {
        return Err(format!("`{id}` is merged from other items: correct those in its `members`"));
    }
    if changeable(kind).is_none() && !id.as_str().starts_with("a-") {
        return Err(format!("`{id}` is no id of an item: expected one such as `statement-0123456789abcdef`"));
    }
    Ok(id)
}

fn seen(r: &mut Reader) -> Result<Option<Seen>, String> {
    let Some(mut s) = r.object("seen")? else { return Ok(None) };
    let seen = Seen { article: ArticleId::from_written(s.words("article")?), sentence: s.words("sentence")? };
    s.finish("`seen`")?;
    Ok(Some(seen))
}

fn change(r: &mut Reader, kind: &str) -> Result<Change, String> {
    let can = changeable(kind).unwrap_or_default();
    if let Some(key) = ["holder", "act", "polarity", "stance", "issue", "date", "state"]
        .into_iter()
        .find(|key| r.has(key) && !can.contains(key))
    {
        let can = can.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
        let can = if can.is_empty() { "nothing".to_string() } else { can };
        return Err(format!("`{key}` cannot be changed on a {kind}; of it can be changed: {can}"));
    }
    let holder = r.text_or_null("holder")?;
    if kind == "statement" && holder == Some(None) {
        return Err("a statement needs a `holder`; reject it where nobody holds it".to_string());
    }
    let polarity = r.one("polarity", Polarity::ALL, Polarity::as_str)?;
    let stance = r.one("stance", Polarity::ALL, Polarity::as_str)?;
    if polarity.is_some() && stance.is_some() {
        return Err("give `polarity` or `stance`, not both: each follows from the other".to_string());
    }
    let state = match kind {
        "meeting" => r.one("state", MeetingState::ALL, MeetingState::as_str)?.map(State::Meeting),
        "status" => r.one("state", StatusSort::ALL, StatusSort::as_str)?.map(State::Status),
        "deadline" => r.one("state", DeadlineState::ALL, DeadlineState::as_str)?.map(State::Deadline),
        _ => None,
    };
    let change = Change {
        holder,
        act: r.one("act", Act::ALL, Act::as_str)?,
        stand: polarity.map(Stand::Polarity).or(stance.map(Stand::Stance)),
        issue: r.text_or_null("issue")?,
        date: r.date("date")?,
        state,
    };
    if change.is_empty() {
        let can = can.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
        return Err(format!("nothing is changed: give one of {can}"));
    }
    Ok(change)
}

fn added(r: &mut Reader) -> Result<Added, String> {
    let article = ArticleId::from_written(r.words("article")?);
    let (sentence, occurrence) = (r.words("sentence")?, r.whole("occurrence")?);
    let kind = r.words("kind")?;
    let need = |words: Option<Words>, key: &str| words.ok_or_else(|| format!("`{key}` is missing"));
    let record = match kind.as_str() {
        "statement" => AddedRecord::Statement {
            holder: need(r.marked("holder")?, "holder")?,
            predicate: need(r.marked("predicate")?, "predicate")?,
            matter: need(r.marked("matter")?, "matter")?,
            act: r.one("act", Act::ALL, Act::as_str)?.ok_or("`act` is missing")?,
            polarity: r.one("polarity", Polarity::ALL, Polarity::as_str)?.ok_or("`polarity` is missing")?,
            negated: r.truth("negated")?,
            modality: r.one("modality", Modality::ALL, Modality::as_str)?.unwrap_or(Modality::Certain),
            issue: r.text("issue")?,
            said: r.date("date")?.unwrap_or_default(),
        },
        "status" => AddedRecord::Status {
            words: need(r.marked("words")?, "words")?,
            status: r.one("state", StatusSort::ALL, StatusSort::as_str)?.ok_or("`state` is missing")?,
            matter: r.marked("matter")?,
            according_to: r.marked("according_to")?,
            issue: r.text("issue")?,
            said: r.date("date")?.unwrap_or_default(),
        },
        "meeting" => AddedRecord::Meeting {
            words: need(r.marked("words")?, "words")?,
            sort: r.one("sort", MeetingSort::ALL, MeetingSort::as_str)?.ok_or("`sort` is missing")?,
            state: r.one("state", MeetingState::ALL, MeetingState::as_str)?.ok_or("`state` is missing")?,
            place: r.marked("place")?,
            participants: r.all_marked("participants")?,
            when: r.date("date")?.unwrap_or_default(),
        },
        "incident" => AddedRecord::Incident {
            words: need(r.marked("words")?, "words")?,
            sort: r.one("sort", IncidentSort::ALL, IncidentSort::as_str)?.ok_or("`sort` is missing")?,
            actor: r.marked("actor")?,
            target: r.marked("target")?,
            place: r.marked("place")?,
            when: r.date("date")?.unwrap_or_default(),
        },
        "deadline" => AddedRecord::Deadline {
            words: need(r.marked("words")?, "words")?,
            state: r.one("state", DeadlineState::ALL, DeadlineState::as_str)?.unwrap_or(DeadlineState::Set),
            matter: r.marked("matter")?,
            by: r.marked("by")?,
            when: r.date("date")?.unwrap_or_default(),
        },
        other => return Err(not_among("kind", other, ADDED)),
    };
    Added::new(article, sentence, occurrence, record)
}

impl From<Correction> for Value {
    fn from(c: Correction) -> Self {
        let mut out = Map::new();
        out.insert("schema".into(), json!(CORRECTIONS_SCHEMA));
        if !c.id.as_str().is_empty() {
            out.insert("id".into(), json!(c.id));
        }
        out.insert("at".into(), json!(c.at));
        out.insert("by".into(), json!(c.by));
        out.insert("do".into(), json!(c.decision.as_str()));
        write(&mut out, &c.decision);
        put(&mut out, "note", &c.note);
        Self::Object(out)
    }
}

fn write(out: &mut Map<String, Value>, decision: &Decision) {
    match decision {
        Decision::Merge { a, b } | Decision::Split { a, b } => {
            out.insert("a".into(), json!(a));
            out.insert("b".into(), json!(b));
        }
        Decision::Undo { correction } => {
            out.insert("correction".into(), json!(correction));
        }
        Decision::Add(added) => write_added(out, added),
        Decision::Change { change, .. } => {
            put_item(out, decision);
            write_change(out, change);
        }
        Decision::Accept { .. } | Decision::Reject { .. } | Decision::Note { .. } => put_item(out, decision),
    }
    if let Some(seen) = decision.seen() {
        out.insert("seen".into(), json!({"article": seen.article, "sentence": seen.sentence}));
    }
}

fn put_item(out: &mut Map<String, Value>, decision: &Decision) {
    if let Some(item) = decision.item() {
        out.insert("item".into(), json!(item));
    }
}

fn write_change(out: &mut Map<String, Value>, change: &Change) {
    if let Some(holder) = &change.holder {
        out.insert("holder".into(), json!(holder));
    }
    put(out, "act", change.act.map_or("", Act::as_str));
    match change.stand {
        Some(Stand::Polarity(p)) => put(out, "polarity", p.as_str()),
        Some(Stand::Stance(p)) => put(out, "stance", p.as_str()),
        None => {}
    }
    if let Some(issue) = &change.issue {
        out.insert("issue".into(), json!(issue));
    }
    put(out, "state", change.state.map_or("", State::as_str));
    if let Some(date) = &change.date {
        out.insert("date".into(), time(date));
    }
}

fn write_added(out: &mut Map<String, Value>, added: &Added) {
    out.insert("article".into(), json!(added.article()));
    out.insert("sentence".into(), json!(added.sentence()));
    if added.occurrence() > 0 {
        out.insert("occurrence".into(), json!(added.occurrence()));
    }
    out.insert("kind".into(), json!(added.record().kind()));
    let mut participants = Vec::new();
    for (key, words) in added.record().words() {
        match key {
            "participants" => participants.push(marked(words)),
            _ => {
                out.insert(key.into(), marked(words));
            }
        }
    }
    if !participants.is_empty() {
        out.insert("participants".into(), participants.into());
    }
    let when = match added.record() {
        AddedRecord::Statement { act, polarity, negated, modality, issue, said, .. } => {
            put(out, "act", act.as_str());
            put(out, "polarity", polarity.as_str());
            if *negated {
                out.insert("negated".into(), json!(true));
            }
            put(out, "modality", modality.as_str());
            put(out, "issue", issue.as_deref().unwrap_or(""));
            said
        }
        AddedRecord::Status { status, issue, said, .. } => {
            put(out, "state", status.as_str());
            put(out, "issue", issue.as_deref().unwrap_or(""));
            said
        }
        AddedRecord::Meeting { sort, state, when, .. } => {
            put(out, "sort", sort.as_str());
            put(out, "state", state.as_str());
            when
        }
        AddedRecord::Incident { sort, when, .. } => {
            put(out, "sort", sort.as_str());
            when
        }
        AddedRecord::Deadline { state, when, .. } => {
            put(out, "state", state.as_str());
            when
        }
    };
    if !when.is_unknown() {
        out.insert("date".into(), time(when));
    }
}

fn put(out: &mut Map<String, Value>, key: &str, words: &str) {
    if !words.is_empty() {
        out.insert(key.into(), json!(words));
    }
}

fn marked(words: &Words) -> Value {
    let mut out = Map::new();
    out.insert("text".into(), json!(words.text));
    if words.nth > 0 {
        out.insert("nth".into(), json!(words.nth));
    }
    put(&mut out, "is", &words.is);
    if out.len() == 1 { json!(words.text) } else { Value::Object(out) }
}

fn time(when: &When) -> Value {
    match (when.from, when.to) {
        (None, None) => Value::Null,
        (from, to) if from == to => json!(from),
        (from, to) => json!({"from": from, "to": to}),
    }
}
