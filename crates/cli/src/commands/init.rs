//! `rapporteur init`: a new dossier folder.

use rapporteur::Folder;

use crate::args::Init;
use crate::folder::waiting;
use crate::status::Done;

/// Makes the folder and says what to do next.
pub(crate) fn run(typed: &Init) -> anyhow::Result<Done> {
    let folder = Folder::init(&typed.path, waiting)?;
    let shown = folder.path().display();
    anstream::println!(
        "`{shown}` is a dossier folder now; read something into it with `rapporteur -C {shown} add SOURCE...`"
    );
    Ok(Done::All)
}
