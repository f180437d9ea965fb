//! `rapporteur show`: one item in its article.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use rapporteur::Folder;
use rapporteur::folder::{Place, Ruling, Shown, Unknown};
use serde_json::{Value, json};

use super::versions;
use crate::args::{Show, ShowFormat};
use crate::status::{Done, Usage};
use crate::{folder, text};

/// Finds it and prints it.
pub(crate) fn run(typed: &Show) -> anyhow::Result<Done> {
    let kept = folder::open_to_read()?;
    let shown = kept.show(typed.id.trim())?.map_err(|unknown| Usage(message(&typed.id, &unknown)))?;
    if let Some(to) = &typed.received {
        return received(&kept, &shown, to);
    }
    let printed = match (typed.format, typed.versions) {
        (ShowFormat::Text, false) => printed(&shown),
        (ShowFormat::Json, false) => json(&shown).to_string() + "\n",
        (ShowFormat::Text, true) => versions::printed(&shown.pages, super::width(), super::is_coloured()),
        (ShowFormat::Json, true) => versions::json(&shown.pages, true).to_string() + "\n",
    };
    std::io::stdout().lock().write_all(printed.as_bytes())?;
    Ok(Done::All)
}

/// Writes what the article of an item was received as to a file that is not there yet.
fn received(kept: &Folder, shown: &Shown, to: &Path) -> anyhow::Result<Done> {
    let place = shown.places.first();
    let article = match word(&shown.record, "kind") {
        "article" => word(&shown.record, "id"),
        _ => place.map_or("", |p| word(&p.article, "id")),
    };
    let bytes = kept.received(article)?.with_context(|| format!("what `{article}` was received as is not kept"))?;
    if to == Path::new("-") {
        std::io::stdout().lock().write_all(&bytes)?;
        return Ok(Done::All);
    }
    let failed = || format!("failed to write `{}`: nothing that is there is written over", to.display());
    #[allow(clippy::disallowed_methods, reason = "the command line is an edge")]
    std::fs::File::create_new(to).and_then(|mut file| file.write_all(&bytes)).with_context(failed)?;
    let source = place.map_or("", |p| p.source.as_str());
    anstream::println!("{} bytes to `{}`: {source}", bytes.len(), to.display());
    Ok(Done::All)
}

/// That no id begins so, or several do, with those that are near.
pub(super) fn message(typed: &str, unknown: &Unknown) -> String {
    let near = unknown.near.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    match (unknown.is_ambiguous, near.is_empty()) {
        (true, _) => format!("several ids begin with `{typed}`: {near}"),
        (false, false) => format!("no id begins with `{typed}`; near it are {near}"),
        (false, true) => format!(
            "no id begins with `{typed}`: an id looks like `statement-0123456789abcdef`; `rapporteur search` and the listings with \
             `--format json` give them"
        ),
    }
}

fn printed(shown: &Shown) -> String {
    let width = super::width();
    let record = &shown.record;
    let mut out = text::wrapped(&head(record), width, "", "    ");
    if let Some(rule) = record.get("rule").and_then(Value::as_str) {
        let confidence = record["confidence"].as_f64().map_or_else(String::new, |c| format!(", confidence {c:.2}"));
        out += &format!("    made by the rule {rule}{confidence}\n");
    }
    if let Some(vanished) = record.get("vanished").filter(|v| !v.is_null()) {
        let day = |key: &str| word(vanished, key).get(..10).unwrap_or_default().to_string();
        let words = format!(
            "vanished: last seen in its page on {}, gone by {}; {} is the version without it",
            day("seen"),
            day("gone"),
            word(vanished, "article")
        );
        out += &text::wrapped(&words, width, "    ", "    ");
    }
    if shown.is_rejected {
        out += "    rejected: this is what was read, and nothing rests on it\n";
    }
    let relays = relays(record);
    if !relays.is_empty() {
        out += &text::wrapped(&format!("told through {}", relays.join(" → ")), width, "    ", "    ");
    }
    for place in &shown.places {
        out += "\n";
        out += &printed_place(place, width);
    }
    let is_article = word(record, "kind") == "article";
    if !shown.around.is_empty() {
        out += if is_article { "\nIN IT\n" } else { "\nIN THE SAME SENTENCE\n" };
        for other in &shown.around {
            out += &text::wrapped(&head(other), width, "  ", "      ");
        }
    }
    out += &versions::listed(&shown.pages, width);
    out += "\nCORRECTIONS\n";
    for ruling in &shown.corrections {
        out += &text::wrapped(&decided(ruling), width, "  ", "      ");
    }
    if shown.corrections.is_empty() {
        out += "  none\n";
    }
    out
}

/// What was decided, by whom and when, why, and what it came to.
fn decided(ruling: &Ruling) -> String {
    let entry = &ruling.entry;
    let body: Value = serde_json::from_str(&entry.body).unwrap_or(Value::Null);
    let changed = ["holder", "act", "polarity", "stance", "issue", "date", "state"].into_iter();
    let changed = changed.filter(|_| word(&body, "do") == "change").filter_map(|key| Some((key, body.get(key)?)));
    let changed: Vec<String> =
        changed.map(|(key, v)| format!("{key} {}", v.as_str().map_or_else(|| v.to_string(), str::to_string))).collect();
    let what = [word(&body, "do"), &changed.join(", ")].join(" ");
    let note = [" (", word(&body, "note"), ")"].concat();
    let note = if word(&body, "note").is_empty() { "" } else { &note };
    let (id, by, at) = (word(&body, "id"), &entry.author, entry.at);
    format!("{id}  {}{note}, by {by}, {at}: {}", what.trim_end(), ruling.outcome)
}

fn printed_place(place: &Place, width: usize) -> String {
    let mut out = text::wrapped(&format!("{}: {}", place.source, word(&place.article, "title")), width, "", "    ");
    let url = word(&place.article, "url");
    if !url.is_empty() {
        out += &format!("    {url}\n");
    }
    let comes = match (place.copy_of.is_empty(), place.origin.is_empty()) {
        (true, true) => "its own reporting".to_string(),
        (false, _) if place.copy_of == place.origin || place.origin.is_empty() => {
            format!("{} of {}", kind_of_copy(&place.article), place.copy_of)
        }
        (false, _) => format!("{} of {}, first in {}", kind_of_copy(&place.article), place.copy_of, place.origin),
        (true, false) => format!("rests on {}", place.origin),
    };
    out += &text::wrapped(&comes, width, "    ", "    ");
    for (paragraph, marks) in
        [(&place.before, vec![]), (&place.paragraph, vec![place.sentence.clone()]), (&place.after, vec![])]
    {
        if !paragraph.is_empty() {
            let words = text::marked(paragraph, &marks, super::is_coloured());
            out += &text::wrapped(&words, width, "  ", "  ");
        }
    }
    out
}

fn kind_of_copy(article: &Value) -> String {
    match word(article, "copy_kind") {
        "exact" => "an exact copy".to_string(),
        "near" => "a near copy".to_string(),
        "version" => "a later version".to_string(),
        kind => format!("a {kind}"),
    }
}

/// What a record says, in a line.
fn head(record: &Value) -> String {
    let name = |key: &str| {
        let v = &record[key];
        let name = word(v, "name");
        if name.is_empty() { word(v, "as_written") } else { name }.to_string()
    };
    let words = record.pointer("/evidence/0/text").and_then(Value::as_str).unwrap_or_default();
    let said = match word(record, "kind") {
        "statement" => {
            let parts =
                [name("holder"), name("issue"), word(record, "act").to_string(), word(record, "stance").to_string()];
            parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
        }
        "quote" => name("source"),
        "position" | "shift" => format!("{} · {} {}", name("party"), name("issue"), word(record, "stance")),
        "article" => word(record, "title").to_string(),
        "entity" | "issue" => word(record, "name").to_string(),
        _ => String::new(),
    };
    let line =
        [word(record, "id"), said.as_str()].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join("  ");
    if words.is_empty() {
        line
    } else {
        format!("{line}  “{}”", words.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Who passed the words on; the chain of a quotation may end with the one who is quoted.
fn relays(record: &Value) -> Vec<String> {
    let chain = record.get("chain").and_then(Value::as_array).into_iter().flatten();
    let mut names: Vec<String> = chain.map(|l| word(l, "name").to_string()).filter(|n| !n.is_empty()).collect();
    let source = &record["source"];
    let is_source = |name: &String| ["name", "as_written", "text"].iter().any(|key| word(source, key) == name.as_str());
    while word(record, "kind") == "quote" && names.last().is_some_and(is_source) {
        names.pop();
    }
    names
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn json(shown: &Shown) -> Value {
    let places: Vec<Value> = shown.places.iter().map(|p| {
        json!({
            "article": p.article["id"], "source": p.source, "before": p.before, "paragraph": p.paragraph,
            "sentence": {"start": p.sentence.start, "end": p.sentence.end}, "words": {"start": p.words.start, "end": p.words.end},
            "after": p.after, "copy_of": p.copy_of, "origin": p.origin,
        })
    }).collect();
    let corrections: Vec<Value> = shown
        .corrections
        .iter()
        .map(|ruling| {
            let e = &ruling.entry;
            let body: Value = serde_json::from_str(&e.body).unwrap_or(Value::Null);
            json!({"number": e.number, "at": e.at, "author": e.author, "body": body, "outcome": ruling.outcome})
        })
        .collect();
    json!({
        "record": shown.record, "rejected": shown.is_rejected, "places": places, "around": shown.around,
        "corrections": corrections, "pages": versions::json(&shown.pages, false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_a_relay_of_his_own_words() {
        let chain = |names: &[&str]| names.iter().map(|n| json!({"name": n})).collect::<Value>();
        let source = json!({"name": "Ada Brök", "as_written": "Brök", "text": "she"});
        for (names, expected) in [
            (&["Ada Brök"][..], &[][..]),
            (&["the Herald", "she"], &["the Herald"]),
            (&["Brök", "the Herald", "Ada Brök", "Brök"], &["Brök", "the Herald"]),
            (&["the Herald", ""], &["the Herald"]),
        ] {
            assert_eq!(relays(&json!({"kind": "quote", "source": source, "chain": chain(names)})), expected);
        }
        assert_eq!(relays(&json!({"kind": "statement", "chain": chain(&["Ada Brök"])})), ["Ada Brök"]);
        assert_eq!(relays(&json!({"kind": "quote", "source": null, "chain": chain(&["Ada Brök"])})), ["Ada Brök"]);
    }
}
