//! `rapporteur discover`: a draft of the dossier, to be edited.

use std::io::{ErrorKind, Write};

use anyhow::{Context, bail};

use crate::args::Discover;
use crate::request::Request;
use crate::status::Done;

/// Reads and writes the dossier that was discovered.
pub(crate) fn run(typed: &Discover) -> anyhow::Result<Done> {
    let (talks, done) = Request::of(&typed.read)?.read()?;
    if done == Done::Nothing {
        return Ok(done);
    }
    let text = rapporteur::dossier::to_toml(talks.dossier());
    match typed.output.as_ref().filter(|_| !typed.dry_run) {
        None => std::io::stdout().lock().write_all(text.as_bytes())?,
        Some(path) => {
            let shown = path.display();
            match std::fs::File::create_new(path) {
                Ok(mut file) => {
                    file.write_all(text.as_bytes()).with_context(|| format!("failed to write `{shown}`"))?
                }
                Err(e) if e.kind() == ErrorKind::AlreadyExists => {
                    bail!("`{shown}` is there already and may hold your work: name another file, or use `--dry-run`")
                }
                Err(e) => return Err(e).with_context(|| format!("failed to write `{shown}`")),
            }
        }
    }
    Ok(done)
}
