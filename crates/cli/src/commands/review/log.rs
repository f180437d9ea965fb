//! `rapporteur review log` and `rapporteur review import`: all that was decided, out and in.

use std::io::{Read, Write};
use std::path::Path;

use anyhow::Context;
use rapporteur::dossier::{CorrectionId, Corrections};
use rapporteur::ledger::Outcome;
use rapporteur::report::listing::{self, Sort};

use super::{counted, lines, shown, without_effect};
use crate::args::{Import, Log, LogFormat};
use crate::folder;
use crate::status::Done;
use crate::text::many;

/// Prints the log.
pub(super) fn run(typed: &Log) -> anyhow::Result<Done> {
    let kept = folder::open_to_read()?;
    let text = match typed.format {
        LogFormat::Jsonl => kept.log()?,
        LogFormat::Text => {
            let review = kept.review()?;
            let view = review.talks().view();
            let rows = listing::rows(&view, Sort::Corrections);
            listing::text(&view, Sort::Corrections, &rows, super::super::width())
        }
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Done::All)
}

/// Adds the lines of a file to the log.
pub(super) fn import(typed: &Import) -> anyhow::Result<Done> {
    let path = typed.file.display().to_string();
    let text = text(&typed.file).with_context(|| format!("failed to read the corrections `{path}`"))?;
    let decided = Corrections::from_jsonl(&text, &path)?;
    let mut kept = if typed.dry_run { folder::open_to_read()? } else { folder::open()? };
    let review = kept.review()?;
    let imported = if typed.dry_run { None } else { Some(kept.import(&text, &path)?) };
    let tried = review.with(decided.all())?;
    let is_of_file = |id: &CorrectionId| decided.all().iter().any(|c| c.id == *id);
    for (correction, outcome) in decided.all().iter().zip(&tried.outcomes) {
        // a file that has a decision with its undoing means both
        if matches!(outcome, Outcome::Undone(by) if is_of_file(by)) {
            continue;
        }
        if let Some(why) = without_effect(&review, correction, outcome) {
            anstream::eprintln!("warning: correction `{}` has no effect: {why}", correction.id);
        }
    }
    let mut out = std::io::stdout().lock();
    match imported {
        None => {
            out.write_all(shown(&lines(&review, &tried)).as_bytes())?;
            writeln!(out, "nothing is kept: this is what would change")?;
        }
        Some(imported) => {
            writeln!(out, "{} kept, {} known already", many(imported.added, "correction"), imported.known)?;
            writeln!(out, "{}", counted(&lines(&review, &tried)))?;
        }
    }
    out.flush()?;
    Ok(Done::All)
}

#[allow(clippy::disallowed_methods, reason = "the command line is an edge: it opens what the user named")]
fn text(file: &Path) -> std::io::Result<String> {
    if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(file)
}
