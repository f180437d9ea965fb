//! The dossier folder that a command acts on: the one it stands in, or the nearest above it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::Offset;
use rapporteur::Folder;
use rapporteur::text::Moment;

use crate::status::Usage;

/// The folder, to write in it.
pub(crate) fn open() -> anyhow::Result<Folder> {
    Ok(Folder::open(&place()?, waiting)?)
}

/// The folder, to write in it where that is allowed, else to look at it.
pub(crate) fn open_or_look() -> anyhow::Result<Folder> {
    open_or_look_at(&place()?)
}

/// The folder that this is, in the same way.
pub(crate) fn open_or_look_at(place: &Path) -> anyhow::Result<Folder> {
    match Folder::open(place, waiting) {
        Err(error) if error.of_archive().is_some_and(rapporteur::archive::Error::is_read_only) => {
            Ok(Folder::open_to_read(place, waiting)?)
        }
        folder => Ok(folder?),
    }
}

/// The folder, to look at it.
pub(crate) fn open_to_read() -> anyhow::Result<Folder> {
    let folder = Folder::open_to_read(&place()?, waiting)?;
    let outdated = folder.outdated()?;
    if outdated > 0 {
        let all = folder.archive().counts()?.articles;
        anstream::eprintln!(
            "note: {outdated} of {all} articles were read by other rules than today's: `rapporteur reread` reads them again"
        );
    }
    Ok(folder)
}

/// Where the folder is.
pub(crate) fn place() -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("failed to tell which folder this is")?;
    let none = || {
        let here = here.display();
        Usage(format!(
            "`{here}` is no dossier folder and lies in none: start one with `rapporteur init DIR`, go to one, or name it with \
             `-C DIR`; commands that take PATHs read those without one"
        ))
    };
    Ok(Folder::find(&here).ok_or_else(none)?)
}

/// Says that another process is in the way.
pub(crate) fn waiting(message: &str) {
    anstream::eprintln!("note: {message}");
}

/// The time, which only the edge may take.
#[allow(clippy::disallowed_methods, reason = "when something was kept is taken here and given on")]
pub(crate) fn timestamp() -> Timestamp {
    Timestamp::now()
}

/// The time to the second.
pub(crate) fn now() -> Moment {
    let now = Offset::UTC.to_datetime(timestamp());
    let clock = now.time().with().subsec_nanosecond(0).build().unwrap_or(now.time());
    Moment { date: now.date(), time: Some(clock), offset: Some(Offset::UTC) }
}
