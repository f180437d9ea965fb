//! The listings: one sort of record each.

use std::io::{BufWriter, Write};

use rapporteur::report::export;
use rapporteur::report::listing::{Sort, json, rows, text};

use crate::args::{Listing, TableFormat};
use crate::request::{Request, filter};
use crate::status::Done;

/// Reads and prints one listing.
pub(crate) fn run(sort: Sort, typed: &Listing) -> anyhow::Result<Done> {
    let filter = filter(&typed.filters, 0.0)?;
    let (talks, done) = Request::of(&typed.read)?.read()?;
    if done == Done::Nothing {
        return Ok(done);
    }
    let view = talks.view();
    let all = rows(&view, sort);
    // a table has the columns that all have, whatever is asked for
    let unfiltered = if typed.format == TableFormat::Csv { all.clone() } else { Vec::new() };
    let rows = filter.rows(&view, all);
    super::say_empty(&filter, &view, rows.is_empty());
    let mut out = BufWriter::new(std::io::stdout().lock());
    match typed.format {
        TableFormat::Text => out.write_all(text(&view, sort, &rows, super::width()).as_bytes())?,
        TableFormat::Json => writeln!(out, "{}", json(&rows))?,
        TableFormat::Csv => {
            export::csv_of(&rows.iter().collect::<Vec<_>>(), &unfiltered.iter().collect::<Vec<_>>(), &mut out)?;
        }
    }
    out.flush()?;
    Ok(done)
}
