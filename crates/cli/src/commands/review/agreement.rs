//! `rapporteur review agreement`: how far two reviewers agree.

use std::io::Write;

use rapporteur::dossier::Corrections;
use rapporteur::report::agreement::Agreement;
use serde_json::{Value, json};

use crate::args::{Agreement as Typed, ShowFormat};
use crate::folder;
use crate::status::{Done, Usage};

/// Compares and prints.
pub(super) fn run(typed: &Typed) -> anyhow::Result<Done> {
    let review = folder::open_to_read()?.review()?;
    let corrections = review.talks().corrections();
    for name in [&typed.a, &typed.b] {
        if !corrections.all().iter().any(|c| c.by == *name) {
            let mut known: Vec<&str> = corrections.all().iter().map(|c| c.by.as_str()).collect();
            known.sort_unstable();
            known.dedup();
            let known = known.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
            let known = if known.is_empty() { "nobody did".to_string() } else { format!("those who did are {known}") };
            return Err(Usage(format!("`{name}` decided nothing; {known}")).into());
        }
    }
    let (talks, as_read) = (review.talks(), review.talks().with_corrections(&Corrections::default()));
    let found = Agreement::of(corrections, talks.dossier(), &as_read.view().witnesses, &typed.a, &typed.b);
    let mut out = std::io::stdout().lock();
    match typed.format {
        ShowFormat::Json => {
            let different: Vec<Value> =
                found.different.iter().map(|(id, a, b)| json!({"item": id, "a": a, "b": b})).collect();
            let value = json!({
                "a": typed.a, "b": typed.b, "items": found.items, "same": found.same, "alpha": found.alpha,
                "different": different,
            });
            writeln!(out, "{value}")?;
        }
        ShowFormat::Text => out.write_all(printed(typed, &found).as_bytes())?,
    }
    out.flush()?;
    Ok(Done::All)
}

fn printed(typed: &Typed, found: &Agreement) -> String {
    let alpha = match (found.alpha, found.items) {
        (Some(alpha), _) => format!("{alpha:.3}"),
        (None, 0) => "too few: there is no item on which both decided".to_string(),
        (None, n) => format!("too few: all {n} were decided the same way, so agreement cannot be told from chance"),
    };
    let mut out = format!(
        "items on which both decided  {}\nof which the same            {}\nKrippendorff's alpha         {alpha}\n",
        found.items, found.same
    );
    for (id, a, b) in &found.different {
        out += &format!("  {id}  {}: {}; {}: {}\n", typed.a, words(a), typed.b, words(b));
    }
    out
}

/// A decision in words: `accept`, `reject`, or the changed fields.
fn words(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Object(fields) => {
            let one = |(key, v): (&String, &Value)| match v {
                Value::Object(_) => words(v),
                Value::String(v) => format!("{key} {v}"),
                Value::Null => format!("{key} none"),
                v => format!("{key} {v}"),
            };
            fields.iter().map(one).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
