//! `rapporteur backup`: a copy of the archive and the dossier file.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rapporteur::folder::DOSSIER;

use crate::args::Backup;
use crate::folder;
use crate::progress::Progress;
use crate::status::Done;

/// Copies, and says how to put it back.
pub(crate) fn run(typed: &Backup) -> anyhow::Result<Done> {
    let kept = folder::open_to_read()?;
    let (from, beside) = (kept.path().join(DOSSIER), beside(&typed.file));
    if from.exists() && beside.exists() {
        bail!("`{}` is there already: nothing was changed; name another file to copy to", beside.display());
    }
    let progress = Progress::start("copying", "pages");
    let copied = kept.archive().backup(&typed.file, &mut |done, all| progress.step(done, all));
    progress.finish();
    copied?;
    let mut names = format!("`{}`", typed.file.display());
    if from.exists() {
        copy(&from, &beside).with_context(|| {
            let (from, beside) = (from.display(), beside.display());
            format!("{names} was made, but failed to copy `{from}` to `{beside}`")
        })?;
        names += &format!(" and `{}`", beside.display());
    }
    anstream::println!(
        "copied to {names}; to put it back, copy them into a folder as `{}` and `{DOSSIER}`",
        rapporteur::archive::FILE
    );
    Ok(Done::All)
}

/// Where the dossier file is copied to: beside the copy of the archive, under its whole name.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_os_string();
    name.push(".");
    name.push(DOSSIER);
    PathBuf::from(name)
}

/// Copies to a file that is not there yet.
#[allow(clippy::disallowed_methods, reason = "the command line is an edge")]
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    let bytes = std::fs::read(from)?;
    std::fs::File::create_new(to)?.write_all(&bytes)
}
