//! From what the user named to a sorted list of files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::formats::library;
use crate::open::read_attached;
use crate::whole::attached_path;
use crate::{Config, Refusal};

/// Something the user named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

impl From<&str> for Source {
    /// A path, or `-` for standard input.
    fn from(named: &str) -> Self {
        if named == "-" { Self::Stdin } else { Self::Path(PathBuf::from(named)) }
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::Path(path) }
    }
}

/// One file to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub(crate) source: Source,
}

impl Item {
    /// The path as the user will see it, `-` for standard input.
    pub fn name(&self) -> String {
        match &self.source {
            Source::Path(path) => shown(path),
            Source::Stdin => "-".to_string(),
        }
    }
}

/// The files behind these sources: folders recursively and sorted by path; in the order of the sources. A file named
/// twice is listed once.
///
/// Of a folder are left out: hidden files and folders; `page_files` beside `page.html`, where browsers put the pictures
/// and scripts of a saved page; files that a library of references beside them names, which are read with what the
/// library says about them; and what programs keep there: dossier files and other TOML, and SQLite databases.
///
/// A file that is named, and that a named library names too, is read with what the library says as well.
///
/// What is missing, unreadable or empty is a [`Refusal`] in its place.
pub fn list(sources: &[Source]) -> Vec<Result<Item, Refusal>> {
    let mut seen = BTreeSet::new();
    let named = sources.iter().filter_map(|source| match source {
        Source::Path(path) => Some(path),
        Source::Stdin => None,
    });
    mark_attached(named, &mut seen);
    let mut found = Vec::new();
    let mut stdin = false;
    for source in sources {
        match source {
            Source::Stdin if stdin => {}
            Source::Stdin => {
                stdin = true;
                found.push(Ok(Item { source: Source::Stdin }));
            }
            Source::Path(path) => list_named(path, &mut seen, &mut found),
        }
    }
    found
}

/// Whether what was named is an address of the web.
pub fn is_address(named: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| named.get(..scheme.len()).is_some_and(|n| n.eq_ignore_ascii_case(scheme)))
}

fn list_named(path: &Path, seen: &mut BTreeSet<PathBuf>, found: &mut Vec<Result<Item, Refusal>>) {
    let name = shown(path);
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(_) if is_address(&name) => {
            let why = "it is an address of the web, which is fetched only by `rapporteur add` and `rapporteur watch` in a dossier folder";
            return found.push(Err(Refusal::new(&name, "missing", why)));
        }
        Err(error) => return found.push(Err(unreadable(&name, &error))),
    };
    if meta.is_dir() {
        if !list_folder(path, seen, found) {
            let why = "the folder holds no files: name a folder with articles in it (HTML, text, PDF, DOCX, mail, JSONL, WARC, exports)";
            found.push(Err(Refusal::new(&name, "empty-folder", why)));
        }
    } else if first_time(path, seen) {
        found.push(Ok(Item { source: Source::Path(path.to_path_buf()) }));
    }
}

/// Lists a folder; `false` where there is nothing in it to list, now or met before.
fn list_folder(folder: &Path, seen: &mut BTreeSet<PathBuf>, found: &mut Vec<Result<Item, Refusal>>) -> bool {
    // Links can lead round in circles; each real folder is entered once.
    if !first_time(folder, seen) {
        return true;
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            found.push(Err(unreadable(&shown(folder), &error)));
            return true;
        }
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).filter(|p| !is_hidden(p)).collect();
    paths.sort();
    leave_out_assets(&mut paths);
    mark_attached(&paths, seen);
    let mut holds = false;
    for path in paths {
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => holds |= list_folder(&path, seen, found),
            Ok(meta) if meta.is_file() => {
                if is_kept_by_programs(&path) {
                    continue;
                }
                holds = true;
                if first_time(&path, seen) {
                    found.push(Ok(Item { source: Source::Path(path) }));
                }
            }
            Ok(_) => {} // sockets and pipes inside a folder are nobody's article
            Err(error) => {
                holds = true;
                found.push(Err(unreadable(&shown(&path), &error)));
            }
        }
    }
    holds
}

/// Endings of the folder in which browsers put what belongs to a saved page, in the languages of their users.
const ASSETS: [&str; 8] =
    ["_files", ".files", "-Dateien", "_fichiers", "_archivos", "_file", "_arquivos", "_bestanden"];

/// Leaves out the folders of saved pages that stand beside their page.
fn leave_out_assets(paths: &mut Vec<PathBuf>) {
    let pages: BTreeSet<PathBuf> = paths.iter().filter(|p| is_page(p)).map(|p| p.with_extension("")).collect();
    let page_of = |path: &Path| {
        let name = path.file_name()?.to_str()?;
        ASSETS.iter().find_map(|ending| Some(path.with_file_name(name.strip_suffix(ending)?)))
    };
    paths.retain(|path| !page_of(path).is_some_and(|page| pages.contains(&page) && path.is_dir()));
}

fn is_page(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_ascii_lowercase());
    ending.is_some_and(|e| ["html", "htm", "xhtml", "shtml"].iter().any(|page| e == *page))
}

/// The files that libraries among these paths name are met already. Pipes and the like are never opened for it.
fn mark_attached<'a>(paths: impl IntoIterator<Item = &'a PathBuf>, seen: &mut BTreeSet<PathBuf>) {
    let is_library = |path: &&PathBuf| {
        path.extension().is_some_and(|e| e.eq_ignore_ascii_case("ris") || e.eq_ignore_ascii_case("json"))
            && path.is_file()
    };
    for path in paths.into_iter().filter(is_library) {
        let Ok(bytes) = read_attached(path, Config::default().limit) else { continue };
        let files = library::entries(&bytes).unwrap_or_default().into_iter().flat_map(|entry| entry.files);
        seen.extend(files.filter_map(|file| attached_path(&file, Some(path)).ok()).map(|file| key_of(&file)));
    }
}

/// Whether this file or folder has not been met. Two names of one file by link stay two: only folders are resolved, against
/// circles.
fn first_time(path: &Path, seen: &mut BTreeSet<PathBuf>) -> bool {
    seen.insert(key_of(path))
}

fn key_of(path: &Path) -> PathBuf {
    let real = |folder: &Path| fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let key = match (path.is_dir(), path.parent(), path.file_name()) {
        (false, Some(folder), Some(name)) => real(folder).map(|folder| folder.join(name)),
        _ => real(path),
    };
    key.unwrap_or_else(|_| path.to_path_buf())
}

/// Whether a file of a folder is a dossier file or other TOML, a database of SQLite, or what SQLite writes beside one.
fn is_kept_by_programs(path: &Path) -> bool {
    if is_toml(path) || is_database(path) {
        return true;
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let of = ["-wal", "-shm", "-journal"].iter().find_map(|end| name.strip_suffix(end));
    of.is_some_and(|name| is_database(&path.with_file_name(name)))
}

/// Whether a file is TOML by its name.
pub(crate) fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"))
}

fn is_database(path: &Path) -> bool {
    path.is_file() && read_attached(path, SQLITE.len()).is_ok_and(|bytes| bytes.starts_with(SQLITE))
}

/// What a database of SQLite begins with.
const SQLITE: &[u8] = b"SQLite format 3\0";

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))
}

pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

pub(crate) fn unreadable(name: &str, error: &std::io::Error) -> Refusal {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => {
            Refusal::new(name, "missing", "no such file or folder: check the path, quoted if it holds spaces")
        }
        ErrorKind::PermissionDenied => {
            Refusal::new(name, "unreadable", "permission denied: give yourself the right to read it (`chmod u+r`)")
        }
        _ => Refusal::new(name, "unreadable", error),
    }
}
