//! Files and folders to captures; stands in until the capture room reads them itself.
#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

use rapporteur::capture::Capture;
use rapporteur::text::ArticleId;

/// Captures of files, folders and JSONL.
pub(crate) fn captures(paths: &[PathBuf], warn: &mut dyn FnMut(String)) -> Vec<Capture> {
    let mut files = Vec::new();
    for path in paths {
        walk(path, &mut files, warn);
    }
    let mut found = Vec::new();
    for file in files {
        match std::fs::read(&file) {
            Ok(bytes) => one(&file, bytes, &mut found, warn),
            Err(e) => warn(format!("`{}`: {e}", file.display())),
        }
    }
    found
}

fn walk(path: &Path, files: &mut Vec<PathBuf>, warn: &mut dyn FnMut(String)) {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return;
    }
    match std::fs::read_dir(path) {
        Ok(entries) => {
            let mut inside: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
            inside.sort();
            inside.iter().for_each(|p| walk(p, files, warn));
        }
        Err(e) => warn(format!("`{}`: {e}", path.display())),
    }
}

fn one(file: &Path, bytes: Vec<u8>, found: &mut Vec<Capture>, warn: &mut dyn FnMut(String)) {
    let path = file.display().to_string();
    if file.extension().is_none_or(|e| e != "jsonl") {
        let mut capture = Capture::from_bytes(bytes);
        capture.path = path;
        capture.fields.is_html = file.extension().map(|e| e == "html" || e == "htm");
        found.push(capture);
        return;
    }
    for (i, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
        let Ok(record) = serde_json::from_str::<serde_json::Value>(line) else {
            warn(format!("`{path}` line {}: not JSON", i + 1));
            continue;
        };
        let field = |name: &str| record.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_string();
        let is_html = record.get("html").is_some();
        let mut capture = Capture::from_bytes(if is_html { field("html") } else { field("text") });
        capture.digest = rapporteur::text::Digest::of(line.as_bytes());
        capture.id = ArticleId::new(&capture.digest, i + 1);
        capture.path.clone_from(&path);
        capture.number = i + 1;
        capture.fields.id = field("id");
        capture.fields.url = field("url");
        capture.fields.outlet = field("outlet");
        capture.fields.title = field("title");
        capture.fields.published = field("published");
        capture.fields.language = field("language");
        capture.fields.is_html = Some(is_html);
        found.push(capture);
    }
}
