//! Reads the fields of one JSON object and says which is wrong.

use rapporteur_text::{Basis, Moment, When};
use serde_json::{Map, Value};

use super::Words;
use crate::file::nearest;

/// The fields of an object that were not read yet.
pub(super) struct Reader {
    fields: Map<String, Value>,
    known: Vec<&'static str>,
}

type Read<T> = Result<T, String>;

impl Reader {
    pub(super) fn of(value: Value) -> Read<Self> {
        match value {
            Value::Object(fields) => Ok(Self { fields, known: Vec::new() }),
            other => Err(format!("expected an object, found {}", name_of(&other))),
        }
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        self.fields.shift_remove(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.contains_key(key)
    }

    pub(super) fn text(&mut self, key: &'static str) -> Read<Option<String>> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(words)) => Ok(Some(words)),
            Some(other) => Err(wrong(key, "a string", &other)),
        }
    }

    /// Text that must be there and not empty.
    pub(super) fn words(&mut self, key: &'static str) -> Read<String> {
        self.text(key)?.filter(|w| !w.trim().is_empty()).ok_or_else(|| format!("`{key}` is missing"))
    }

    /// Text that may be null on purpose.
    pub(super) fn text_or_null(&mut self, key: &'static str) -> Read<Option<Option<String>>> {
        match self.fields.contains_key(key) {
            true => self.text(key).map(Some),
            false => {
                self.known.push(key);
                Ok(None)
            }
        }
    }

    pub(super) fn whole(&mut self, key: &'static str) -> Read<usize> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(0),
            Some(v) => v.as_u64().map(|n| n as usize).ok_or_else(|| wrong(key, "a whole number from 0 on", &v)),
        }
    }

    pub(super) fn truth(&mut self, key: &'static str) -> Read<bool> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(false),
            Some(v) => v.as_bool().ok_or_else(|| wrong(key, "true or false", &v)),
        }
    }

    pub(super) fn moment(&mut self, key: &'static str) -> Read<Moment> {
        let written = self.words(key)?;
        written.parse().map_err(|e| format!("`{key}`: {e}"))
    }

    pub(super) fn object(&mut self, key: &'static str) -> Read<Option<Self>> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(None),
            Some(v @ Value::Object(_)) => Self::of(v).map(Some),
            Some(other) => Err(wrong(key, "an object", &other)),
        }
    }

    /// One of a closed vocabulary, if the field is there.
    pub(super) fn one<T: Copy>(
        &mut self,
        key: &'static str,
        all: &[T],
        written: impl Fn(T) -> &'static str,
    ) -> Read<Option<T>> {
        let Some(typed) = self.text(key)? else { return Ok(None) };
        match all.iter().copied().find(|v| written(*v) == typed) {
            Some(v) => Ok(Some(v)),
            None => Err(not_among(key, &typed, &all.iter().map(|v| written(*v)).collect::<Vec<_>>())),
        }
    }

    /// A day (`"2026-01-28"`), an object `{"from", "to"}`, or null for a time that is not known.
    pub(super) fn date(&mut self, key: &'static str) -> Read<Option<When>> {
        if !self.has(key) {
            self.known.push(key);
            return Ok(None);
        }
        let moment = |words: &str| words.parse::<Moment>().map_err(|e| format!("`{key}`: {e}"));
        let (from, to) = match self.take(key) {
            Some(Value::String(day)) => {
                let day = moment(&day)?;
                (Some(day), Some(day))
            }
            Some(v @ Value::Object(_)) => {
                let mut range = Self::of(v)?;
                let mut end = |end| range.text(end)?.map(|w| moment(&w)).transpose();
                let ends = (end("from")?, end("to")?);
                range.finish(&format!("`{key}`"))?;
                ends
            }
            None | Some(Value::Null) => (None, None),
            Some(other) => return Err(wrong(key, "a day, `{\"from\", \"to\"}` or null", &other)),
        };
        if let (Some(first), Some(last)) = (from, to)
            && last < first
        {
            return Err(format!("`{key}` ends before it begins: {first} to {last}"));
        }
        Ok(Some(When { from, to, as_written: String::new(), basis: Basis::Corrected }))
    }

    /// Words of a sentence: a string, or `{"text", "nth", "is"}`.
    pub(super) fn marked(&mut self, key: &'static str) -> Read<Option<Words>> {
        self.take(key).filter(|v| !v.is_null()).map(|v| marked(key, v)).transpose()
    }

    pub(super) fn all_marked(&mut self, key: &'static str) -> Read<Vec<Words>> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(all)) => all.into_iter().map(|v| marked(key, v)).collect(),
            Some(other) => Err(wrong(key, "a list of words of the sentence", &other)),
        }
    }

    /// Every field was read; others are not known.
    pub(super) fn finish(self, of: &str) -> Read<()> {
        match self.fields.keys().next() {
            None => Ok(()),
            Some(key) => {
                let mean = match nearest(key, self.known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("expected {}", list(&self.known)),
                };
                Err(format!("unknown field `{key}` in {of}; {mean}"))
            }
        }
    }
}

fn marked(key: &'static str, value: Value) -> Read<Words> {
    match value {
        Value::String(text) => Ok(Words::new(text)),
        v @ Value::Object(_) => {
            let mut object = Reader::of(v)?;
            let is = object.text("is")?.unwrap_or_default();
            let words = Words { text: object.words("text")?, nth: object.whole("nth")?, is };
            object.finish(&format!("`{key}`"))?;
            Ok(words)
        }
        other => Err(wrong(key, "words of the sentence or `{\"text\", \"nth\", \"is\"}`", &other)),
    }
}

fn wrong(key: &str, expected: &str, found: &Value) -> String {
    format!("`{key}` must be {expected}, found {}", name_of(found))
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

pub(super) fn not_among(key: &str, typed: &str, known: &[&'static str]) -> String {
    match nearest(typed, known.iter().copied()) {
        Some(near) => format!("`{key}` cannot be `{typed}`; did you mean `{near}`?"),
        None => format!("`{key}` cannot be `{typed}`; expected one of {}", list(known)),
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}
