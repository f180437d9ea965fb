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
/// and scripts of a saved page; and files that a library of references beside them names, which are read with what the
/// library says about them.
///
/// What is missing, unreadable or empty is a [`Refusal`] in its place.
pub fn list(sources: &[Source]) -> Vec<Result<Item, Refusal>> {
    let mut seen = BTreeSet::new();
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

fn list_named(path: &Path, seen: &mut BTreeSet<PathBuf>, found: &mut Vec<Result<Item, Refusal>>) {
    let name = shown(path);
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) => return found.push(Err(unreadable(&name, &error))),
    };
    if meta.is_dir() {
        let before = found.len();
        list_folder(path, seen, found);
        if found.len() == before {
            let why = "the folder holds no files: name a folder with articles in it (HTML, text, PDF, DOCX, mail, JSONL, WARC, exports)";
            found.push(Err(Refusal::new(&name, "empty-folder", why)));
        }
    } else if first_time(path, seen) {
        found.push(Ok(Item { source: Source::Path(path.to_path_buf()) }));
    }
}

fn list_folder(folder: &Path, seen: &mut BTreeSet<PathBuf>, found: &mut Vec<Result<Item, Refusal>>) {
    // Links can lead round in circles; each real folder is entered once.
    if !first_time(folder, seen) {
        return;
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return found.push(Err(unreadable(&shown(folder), &error))),
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).filter(|p| !is_hidden(p)).collect();
    paths.sort();
    leave_out_assets(&mut paths);
    mark_attached(&paths, seen);
    for path in paths {
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => list_folder(&path, seen, found),
            Ok(meta) if meta.is_file() => {
                if first_time(&path, seen) {
                    found.push(Ok(Item { source: Source::Path(path) }));
                }
            }
            Ok(_) => {} // sockets and pipes inside a folder are nobody's article
            Err(error) => found.push(Err(unreadable(&shown(&path), &error))),
        }
    }
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

/// The files that libraries among these paths name are met already.
fn mark_attached(paths: &[PathBuf], seen: &mut BTreeSet<PathBuf>) {
    let is_library = |path: &&PathBuf| path.extension().is_some_and(|e| e == "ris" || e == "json");
    for path in paths.iter().filter(is_library) {
        let Ok(bytes) = read_attached(path, Config::default().limit) else { continue };
        let files = library::entries(&bytes).unwrap_or_default().into_iter().flat_map(|entry| entry.files);
        seen.extend(files.filter_map(|file| attached_path(&file, Some(path)).ok()));
    }
}

/// Whether this very path has not been met. Two names of one file by link stay two: only folders are resolved, against
/// circles.
fn first_time(path: &Path, seen: &mut BTreeSet<PathBuf>) -> bool {
    let key =
        if path.is_dir() { fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()) } else { path.to_path_buf() };
    seen.insert(key)
}

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
