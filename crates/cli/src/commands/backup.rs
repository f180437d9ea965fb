//! `rapporteur backup`: a copy of the archive and the dossier file.

use anyhow::Context;
use rapporteur::folder::DOSSIER;

use crate::args::Backup;
use crate::folder;
use crate::progress::Progress;
use crate::status::Done;

/// Copies, and says how to put it back.
pub(crate) fn run(typed: &Backup) -> anyhow::Result<Done> {
    let kept = folder::open_to_read()?;
    let progress = Progress::start("copying");
    let copied = kept.archive().backup(&typed.file, &mut |done, all| progress.step(done, all));
    progress.finish();
    copied?;
    let (from, beside) = (kept.path().join(DOSSIER), typed.file.with_extension(DOSSIER));
    let mut names = format!("`{}`", typed.file.display());
    if from.exists() {
        std::fs::copy(&from, &beside).with_context(|| format!("failed to copy `{}`", from.display()))?;
        names += &format!(" and `{}`", beside.display());
    }
    anstream::println!(
        "copied to {names}; to put it back, copy them into a folder as `{}` and `{DOSSIER}`",
        rapporteur::archive::FILE
    );
    Ok(Done::All)
}
