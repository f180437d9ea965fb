//! Why nothing could be read at all.

use std::fmt;

/// The language model is missing or cannot be used, or the archive of a dossier folder. What is wrong with single captures is never an error: see
/// [`crate::Talks::refusals`].
#[derive(Debug)]
pub struct Error(Box<dyn std::error::Error + Send + Sync>);

impl Error {
    pub(crate) fn model(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }

    /// A file or folder that cannot be used.
    pub(crate) fn folder(path: &std::path::Path, cause: &std::io::Error) -> Self {
        Self(format!("failed to use `{}`: {cause}", path.display()).into())
    }

    /// What is wrong with the archive of a dossier folder, where that is it.
    pub fn of_archive(&self) -> Option<&rapporteur_archive::Error> {
        self.0.downcast_ref()
    }
}

impl From<rapporteur_archive::Error> for Error {
    fn from(cause: rapporteur_archive::Error) -> Self {
        Self(Box::new(cause))
    }
}

impl From<rapporteur_dossier::DossierError> for Error {
    fn from(cause: rapporteur_dossier::DossierError) -> Self {
        Self(Box::new(cause))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
