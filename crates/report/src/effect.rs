//! What a ledger differs in under corrections, as lines for a person and as data.

use std::collections::BTreeMap;

use rapporteur_ledger::{Effect, Moved};
use rapporteur_text::ItemId;
use serde_json::{Value, json};

use crate::export::{self, Row};
use crate::{View, listing, page, source};

/// One record that is gone, new or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// `gone`, `new` or `changed`.
    pub change: &'static str,
    /// Kind of the record.
    pub kind: &'static str,
    /// Its id before; for a new one, after.
    pub id: ItemId,
    /// What it says before, "" for a new one.
    pub before: String,
    /// What it says after, "" for one that is gone.
    pub after: String,
}

/// The records of an effect with what they say, by kind in the order of the contract: gone, changed, new.
pub fn lines(before: &View<'_>, after: &View<'_>, effect: &Effect) -> Vec<Line> {
    let (old, new) = (said(before), said(after));
    let of = |all: &BTreeMap<(&'static str, String), String>, kind, id: &ItemId| {
        all.get(&(kind, id.to_string())).cloned().unwrap_or_default()
    };
    let mut all: Vec<Line> = Vec::new();
    all.extend(effect.gone.iter().map(|(kind, id)| Line {
        change: "gone",
        kind,
        id: id.clone(),
        before: of(&old, kind, id),
        after: String::new(),
    }));
    all.extend(effect.changed.iter().map(|Moved { kind, before, after }| Line {
        change: "changed",
        kind,
        id: before.clone(),
        before: of(&old, kind, before),
        after: of(&new, kind, after),
    }));
    all.extend(effect.new.iter().map(|(kind, id)| Line {
        change: "new",
        kind,
        id: id.clone(),
        before: String::new(),
        after: of(&new, kind, id),
    }));
    let place = |kind: &str| export::KINDS.iter().position(|k| *k == kind);
    all.sort_by_key(|a| place(a.kind));
    all
}

/// For each record what the listings say of it.
fn said(view: &View<'_>) -> BTreeMap<(&'static str, String), String> {
    let words = |row: &Row| {
        let day = row.date.map_or_else(String::new, |d| format!("{}  ", d.date));
        format!("{day}{}", listing::head(row))
    };
    let id = |row: &Row| row.value["id"].as_str().unwrap_or_default().to_string();
    export::rows(view).iter().map(|row| ((row.kind, id(row)), words(row))).collect()
}

/// Lines for a person: `-` gone, `+` new, `~` changed, with what was said before and what is said now.
pub fn text(lines: &[Line], width: usize) -> String {
    let mut out = String::new();
    for line in lines {
        let mut put = |mark: &str, words: &str| {
            out.push_str(&page::wrap(
                &format!("{mark} {} {}", line.kind, source::shortened(words, 300)),
                width,
                "",
                "    ",
            ));
        };
        match line.change {
            "gone" => put("-", &line.before),
            "new" => put("+", &line.after),
            _ if line.before == line.after => put("~", &format!("{} (what it rests on)", line.after)),
            _ => {
                put("-", &line.before);
                put("+", &line.after);
            }
        }
    }
    if lines.is_empty() {
        out.push_str("nothing changes\n");
    }
    out
}

/// The lines as records.
pub fn json(lines: &[Line]) -> Vec<Value> {
    let one = |l: &Line| {
        json!({
            "kind": "effect", "id": l.id, "change": l.change, "record": l.kind, "before": l.before, "after": l.after,
        })
    };
    lines.iter().map(one).collect()
}
