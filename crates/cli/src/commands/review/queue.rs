//! `rapporteur review`: what waits to be looked at.

use std::io::Write;

use rapporteur::report::{listing, queue};

use crate::args::{Review, ShowFormat};
use crate::folder;
use crate::request::filter;
use crate::status::Done;

/// Lists it, the contested and the least certain first.
pub(super) fn run(typed: &Review) -> anyhow::Result<Done> {
    let filter = filter(&typed.filters, 0.0)?;
    let review = folder::open_to_read()?.review()?;
    let review = match &typed.by {
        Some(by) => review.apart(by),
        None => review,
    };
    let view = review.talks().view();
    let mut rows = filter.rows(&view, queue::rows(&view));
    super::super::say_empty(&filter, &view, rows.is_empty());
    let all = rows.len();
    rows.truncate(typed.limit);
    let mut out = std::io::stdout().lock();
    match typed.format {
        ShowFormat::Json => writeln!(out, "{}", listing::json(&rows))?,
        ShowFormat::Text => {
            out.write_all(queue::text(&view, &rows, super::super::width()).as_bytes())?;
            match all {
                0 => writeln!(out, "nothing waits to be looked at")?,
                all => writeln!(out, "\n{} of {all} that wait to be looked at", rows.len())?,
            }
        }
    }
    out.flush()?;
    Ok(Done::All)
}
