//! `rapporteur discover`: a draft of the dossier.

use crate::args::Discover;
use crate::status::{Done, Usage};

/// Reads and writes the dossier that was discovered.
pub(crate) fn run(typed: &Discover) -> anyhow::Result<Done> {
    let _ = typed;
    Err(Usage("`discover` is not there yet".to_string()).into())
}
