//! `rapporteur corrections`: what each correction came to, and what the ledger differs in with them.

use std::io::{BufWriter, Write};

use rapporteur::dossier::Corrections;
use rapporteur::report::export;
use rapporteur::report::{effect, listing};

use crate::args::{Listing, TableFormat};
use crate::request::{Request, filter};
use crate::status::{Done, Usage};

/// Reads with and without the corrections and prints the difference.
pub(crate) fn run(typed: &Listing) -> anyhow::Result<Done> {
    if typed.read.corrections.is_none() && !typed.read.paths.is_empty() {
        return Err(Usage("name the corrections with `--corrections FILE`".to_string()).into());
    }
    let filter = filter(&typed.filters, 0.0)?;
    let (talks, done) = Request::of(&typed.read)?.read()?;
    if done == Done::Nothing {
        return Ok(done);
    }
    let before = talks.with_corrections(&Corrections::default());
    let (view, view_before) = (talks.view(), before.view());
    let rows = filter.rows(&view, listing::rows(&view, listing::Sort::Corrections));
    let lines = effect::lines(&view_before, &view, &talks.effect_since(&before));
    let mut out = BufWriter::new(std::io::stdout().lock());
    match typed.format {
        TableFormat::Text => {
            let width = super::width();
            out.write_all(listing::text(&view, listing::Sort::Corrections, &rows, width).as_bytes())?;
            writeln!(out, "\nWHAT THEY CHANGE")?;
            out.write_all(effect::text(&lines, width).as_bytes())?;
        }
        TableFormat::Json => {
            let records: Vec<_> = rows.iter().map(|r| r.value.clone()).chain(effect::json(&lines)).collect();
            writeln!(out, "{}", listing::json_of(&records))?;
        }
        TableFormat::Csv => export::csv(&rows.iter().collect::<Vec<_>>(), &mut out)?,
    }
    out.flush()?;
    Ok(done)
}
