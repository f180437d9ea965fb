//! Reviewing a dossier folder, and what moved in it since one looked last, by the real command.
#![allow(clippy::disallowed_methods, missing_docs, reason = "tests look at files")]

mod deciding;
mod digest;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/river-accord/articles").canonicalize().unwrap()
}

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.arg("-C").arg(folder).args(words).env("COLUMNS", "100").env("NO_COLOR", "1").env("USER", "Ann");
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn run(folder: &Path, words: &[&str]) -> Output {
    command(folder, words).output().unwrap()
}

/// What it prints, all done.
fn print(folder: &Path, words: &[&str]) -> String {
    let output = run(folder, words);
    assert!(output.status.success(), "{words:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// It fails with this status and these words.
fn fails(folder: &Path, words: &[&str], status: i32, message: &str) {
    let output = run(folder, words);
    assert_eq!(output.status.code(), Some(status), "{words:?}: {}", text(&output.stderr));
    assert!(text(&output.stderr).contains(message), "{words:?}: {}", text(&output.stderr));
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
