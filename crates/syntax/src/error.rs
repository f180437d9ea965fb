//! Why a model could not be loaded.

use std::fmt;

/// A model package that cannot be run: a file is missing, damaged, or holds something this runtime does not support.
///
/// The message says which file and what is wrong with it. Parsing itself never fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    file: String,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Missing,
    Damaged(String),
    Unsupported(String),
}

impl Error {
    pub(crate) fn missing(file: &str) -> Self {
        Self { file: file.into(), kind: Kind::Missing }
    }

    pub(crate) fn damaged(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.into(), kind: Kind::Damaged(what.into()) }
    }

    pub(crate) fn unsupported(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.into(), kind: Kind::Unsupported(what.into()) }
    }

    /// Name of the file in the package that is at fault.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Whether the file is not in the package.
    pub fn is_missing(&self) -> bool {
        self.kind == Kind::Missing
    }

    /// Whether the file is there and whole, but asks for something this runtime cannot do.
    pub fn is_unsupported(&self) -> bool {
        matches!(self.kind, Kind::Unsupported(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = &self.file;
        match &self.kind {
            Kind::Missing => write!(f, "language model is not whole: file `{file}` is missing"),
            Kind::Damaged(what) => write!(f, "language model file `{file}` is damaged: {what}"),
            Kind::Unsupported(what) => write!(f, "language model file `{file}` is not supported: {what}"),
        }
    }
}

impl std::error::Error for Error {}
