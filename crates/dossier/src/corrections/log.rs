//! Many corrections in the order of their time, and which of them hold.

use std::collections::BTreeMap;
use std::fmt;

use super::{Correction, CorrectionId, Decision};

/// Whether a correction holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It does.
    Holds,
    /// It was undone by this one.
    Undone(CorrectionId),
    /// It undoes a correction that is not there, or not before it.
    NothingToUndo(CorrectionId),
}

/// Corrections in order of time, then as they were given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrections {
    all: Vec<Correction>,
    fates: Vec<Fate>,
}

/// Corrections that cannot be used: the file, the line, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionsError {
    path: String,
    line: usize,
    message: String,
}

impl CorrectionsError {
    /// Line of the fault, from 1.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for CorrectionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed to read corrections `{}` at line {}: {}", self.path, self.line, self.message)
    }
}

impl std::error::Error for CorrectionsError {}

impl Corrections {
    /// These corrections. One that is there twice counts once.
    ///
    /// # Errors
    /// Where two different ones have the same id: the number of the second in the list, from 0, and its id.
    pub fn new(all: impl IntoIterator<Item = Correction>) -> Result<Self, (usize, CorrectionId)> {
        let mut by_id: BTreeMap<CorrectionId, Correction> = BTreeMap::new();
        let mut kept = Vec::new();
        for (number, correction) in all.into_iter().enumerate() {
            match by_id.get(&correction.id) {
                None => {
                    by_id.insert(correction.id.clone(), correction.clone());
                    kept.push(correction);
                }
                Some(known) if *known == correction => {}
                Some(_) => return Err((number, correction.id)),
            }
        }
        kept.sort_by_key(|c| c.at);
        let fates = fates(&kept);
        Ok(Self { all: kept, fates })
    }

    /// Corrections from JSON Lines, one object a line; `path` is only for messages.
    ///
    /// Every line has `schema` (1), `at` (ISO 8601), `by`, `do` and what that needs: `item` for `accept`, `reject`,
    /// `change` (with one or more of `holder`, `act`, `polarity` or `stance`, `issue`, `date`, `state`) and `note`; `a` and
    /// `b` for `merge` and `split`; `correction` for `undo`; `article`, `sentence`, `kind` and the words of its fields for
    /// `add`. `id` and `note` may be left out. `seen` (`article`, `sentence`) says where the item stood.
    ///
    /// # Errors
    /// What is no JSON, fields that are missing, unknown or wrong, words that are not in their sentence, and ids given twice
    /// are named with the line.
    ///
    /// # Example
    /// ```
    /// use rapporteur_dossier::Corrections;
    ///
    /// let line = r#"{"schema":1,"at":"2026-02-01","by":"A. Lee","do":"reject","item":"statement-0123456789abcdef"}"#;
    /// let corrections = Corrections::from_jsonl(line, "corrections.jsonl").unwrap();
    /// assert_eq!(corrections.all()[0].by, "A. Lee");
    ///
    /// let error = Corrections::from_jsonl(&line.replace("reject", "rejct"), "corrections.jsonl").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "failed to read corrections `corrections.jsonl` at line 1: `do` cannot be `rejct`; did you mean `reject`?"
    /// );
    /// ```
    pub fn from_jsonl(text: &str, path: &str) -> Result<Self, CorrectionsError> {
        let error = |line, message| CorrectionsError { path: path.to_string(), line, message };
        let mut all = Vec::new();
        let mut lines = Vec::new();
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let value: serde_json::Value = serde_json::from_str(line.trim_start_matches('\u{feff}')).map_err(|e| {
                let message = e.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                error(number + 1, format!("no JSON at column {}: {message}", e.column()))
            })?;
            all.push(Correction::try_from(value).map_err(|message| error(number + 1, message))?);
            lines.push(number + 1);
        }
        Self::new(all).map_err(|(at, id)| {
            let message = format!("another correction has the id `{id}`; give one of them another `id`");
            error(lines.get(at).copied().unwrap_or_default(), message)
        })
    }

    /// The corrections as JSON Lines; reading them back gives the same.
    pub fn to_jsonl(&self) -> String {
        self.all.iter().map(|c| serde_json::Value::from(c.clone()).to_string() + "\n").collect()
    }

    /// All, in order of time.
    pub fn all(&self) -> &[Correction] {
        &self.all
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether each holds, in the same order.
    pub fn fates(&self) -> &[Fate] {
        &self.fates
    }

    /// Those that hold, with their number.
    pub fn holding(&self) -> impl Iterator<Item = (usize, &Correction)> {
        self.all.iter().enumerate().zip(&self.fates).filter(|(_, f)| **f == Fate::Holds).map(|(c, _)| c)
    }
}

/// From the last to the first: what is not undone may undo one that came before it.
fn fates(all: &[Correction]) -> Vec<Fate> {
    let place: BTreeMap<&CorrectionId, usize> = all.iter().enumerate().map(|(i, c)| (&c.id, i)).collect();
    let mut fates = vec![Fate::Holds; all.len()];
    for (i, correction) in all.iter().enumerate().rev() {
        let Decision::Undo { correction: target } = &correction.decision else { continue };
        if fates[i] != Fate::Holds {
            continue;
        }
        match place.get(target) {
            Some(&at) if at < i => fates[at] = Fate::Undone(correction.id.clone()),
            _ => fates[i] = Fate::NothingToUndo(target.clone()),
        }
    }
    fates
}
