//! `rapporteur brief`: where the talks stand.

use std::io::Write;

use rapporteur::report::brief::{Brief, Options};

use crate::args::{Brief as Typed, BriefFormat};
use crate::request::{Request, filter};
use crate::status::Done;

/// What is less sure than this is left out of the brief unless something else is asked for.
const LEAST: f64 = 0.5;

/// Reads and prints the brief.
pub(crate) fn run(typed: &Typed) -> anyhow::Result<Done> {
    let filter = filter(&typed.filters, LEAST)?;
    let (talks, done) = Request::of(&typed.read)?.read()?;
    if done == Done::Nothing {
        return Ok(done);
    }
    let mut options = Options::default();
    options.filter = filter;
    let view = talks.view();
    super::say_empty(&options.filter, &view, view.witnesses.is_empty());
    let brief = Brief::of(&view, &options);
    let text = match typed.format {
        BriefFormat::Text => brief.text(super::width(), super::is_coloured()),
        BriefFormat::Json => brief.json() + "\n",
        BriefFormat::Md => brief.markdown(),
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(done)
}
