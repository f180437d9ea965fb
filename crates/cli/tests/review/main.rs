//! Reviewing a dossier folder, and what moved in it since one looked last, by the real command.
#![allow(clippy::disallowed_methods, missing_docs, reason = "tests look at files")]

mod deciding;
mod digest;
#[path = "../folder/mod.rs"]
mod folder;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use folder::{command, fails, print, run, text};
use serde_json::Value;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/river-accord/articles").canonicalize().unwrap()
}

/// A folder that keeps the example's articles, read once and copied for each test.
fn filled() -> tempfile::TempDir {
    static FIRST: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        print(folder.path(), &["init", "."]);
        print(folder.path(), &["add", examples().to_str().unwrap()]);
        folder
    });
    copied(FIRST.path())
}

fn copied(from: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["archive.sqlite", "dossier.toml"] {
        std::fs::copy(from.join(name), folder.path().join(name)).unwrap();
    }
    folder
}

fn list(folder: &Path, words: &[&str]) -> Vec<Value> {
    serde_json::from_str(&print(folder, &[words, &["--format", "json"]].concat())).unwrap()
}

fn exported(folder: &Path, kind: &str) -> Vec<Value> {
    let all = print(folder, &["export"]);
    let records = all.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    records.filter(|r| r["kind"] == kind).collect()
}

fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}
