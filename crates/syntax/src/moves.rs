//! The moves of a transition system, as a model lists them.

use serde_json::Value as Json;

use crate::msgpack::Value;
use crate::names::Names;
use crate::{Error, Package};

/// A move: number of its action and label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) action: u8,
    pub(crate) label: u16,
}

/// Reads a `moves` file. The order, which the weights follow, is spaCy's: by action, then by falling frequency and
/// label (spacy/pipeline/_parser_internals/transition_system.pyx). The empty label is number 0.
pub(crate) fn load(package: &Package, file: &str, labels: &mut Names) -> Result<Vec<Move>, Error> {
    let bytes = package.need(file)?;
    labels.add("");
    read(bytes, labels).map_err(|what| Error::damaged(file, what))
}

fn read(bytes: &[u8], labels: &mut Names) -> Result<Vec<Move>, String> {
    let value = Value::read(bytes)?;
    let text = value.get("moves").and_then(Value::text).ok_or("there are no `moves`")?;
    let json: Json = serde_json::from_str(text).map_err(|e| format!("`moves`: {e}"))?;
    let mut actions = Vec::new();
    for (action, found) in json.as_object().ok_or("`moves` is not an object")? {
        let action: u8 = action.parse().map_err(|_| format!("action `{action}` is not a number"))?;
        let mut list = Vec::new();
        for (label, frequency) in found.as_object().ok_or("an action is not an object")? {
            let frequency = frequency.as_i64().filter(|&n| n >= 0);
            list.push((frequency.ok_or("labels added after training are not supported")?, label.as_str()));
        }
        list.sort_unstable_by(|a, b| b.cmp(a));
        actions.push((action, list));
    }
    actions.sort_by_key(|(action, _)| *action);
    let moves = actions.into_iter().flat_map(|(action, list)| list.into_iter().map(move |(_, label)| (action, label)));
    Ok(moves.map(|(action, label)| Move { action, label: labels.add(label) }).collect())
}

/// The first best of the moves that `valid` allows.
pub(crate) fn best(moves: &[Move], scores: &[f32], valid: impl Fn(Move) -> bool) -> Option<Move> {
    let mut best: Option<(f32, Move)> = None;
    for (&one, &score) in moves.iter().zip(scores) {
        if best.is_none_or(|(most, _)| score > most) && valid(one) {
            best = Some((score, one));
        }
    }
    best.map(|(_, one)| one)
}
