//! `rapporteur export`: every record as data.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use rapporteur::report::export::{self, Row};

use crate::args::{DataFormat, Export};
use crate::request::{Request, filter};
use crate::status::{Done, Usage};

/// Reads and writes the records.
pub(crate) fn run(typed: &Export) -> anyhow::Result<Done> {
    let filter = filter(&typed.filters, 0.0)?;
    let folder = match (typed.format, &typed.output) {
        (DataFormat::Csv, None) => {
            return Err(
                Usage("csv is one table for each kind: name a folder with `--output FOLDER`".to_string()).into()
            );
        }
        (DataFormat::Csv, Some(folder)) => Some(folder),
        (DataFormat::Jsonl, _) => None,
    };
    let (talks, done) = Request::of(&typed.read)?.read()?;
    if done == Done::Nothing {
        return Ok(done);
    }
    let view = talks.view();
    let rows = filter.rows(&view, export::rows(&view));
    super::say_empty(&filter, &view, view.witnesses.is_empty());
    match (folder, &typed.output) {
        (Some(folder), _) => tables(folder, &rows)?,
        (None, Some(file)) => {
            let mut out = create(file)?;
            export::jsonl(&rows, &mut out)?;
            out.flush()?;
        }
        (None, None) => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            export::jsonl(&rows, &mut out)?;
            out.flush()?;
        }
    }
    Ok(done)
}

/// One file for each kind that has records.
fn tables(folder: &Path, rows: &[Row]) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("failed to make the folder `{}`", folder.display()))?;
    for kind in export::KINDS {
        let of_kind: Vec<&Row> = rows.iter().filter(|r| r.kind == *kind).collect();
        if !of_kind.is_empty() {
            let mut out = create(&folder.join(format!("{kind}.csv")))?;
            export::csv(&of_kind, &mut out)?;
            out.flush()?;
        }
    }
    Ok(())
}

fn create(path: &Path) -> anyhow::Result<BufWriter<File>> {
    let file = File::create(path).with_context(|| format!("failed to write `{}`", path.display()))?;
    Ok(BufWriter::new(file))
}
