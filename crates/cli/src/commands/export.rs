//! `rapporteur export`: all records as data.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use rapporteur::{Config, follow};

use super::Done;

/// Reads the paths and writes the records.
pub(crate) fn run(paths: &[PathBuf], verbatim: bool) -> anyhow::Result<Done> {
    let mut done = Done::All;
    let captures = crate::sources::captures(paths, &mut |message| {
        anstream::eprintln!("warning: {message}");
        done = Done::Part;
    });
    if captures.is_empty() {
        return Ok(Done::Nothing);
    }
    let pipeline = rapporteur::model::for_tests();
    let mut config = Config::default();
    config.verbatim = verbatim;
    let talks = follow(&captures, &pipeline, &config, || ());
    let mut out = BufWriter::new(std::io::stdout().lock());
    rapporteur::report::export::jsonl(&talks.view("", &[]), &mut out)?;
    out.flush()?;
    Ok(done)
}
