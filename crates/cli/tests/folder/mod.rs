//! The real command in a dossier folder.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::Path;
use std::process::{Command, Output};

pub(crate) fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.arg("-C").arg(folder).args(words).env("COLUMNS", "100").env("NO_COLOR", "1").env("USER", "Ann");
    command
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(crate) fn run(folder: &Path, words: &[&str]) -> Output {
    command(folder, words).output().unwrap()
}

/// What it prints, all done.
pub(crate) fn print(folder: &Path, words: &[&str]) -> String {
    let output = run(folder, words);
    assert!(output.status.success(), "{words:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// It fails with this status and these words.
pub(crate) fn fails(folder: &Path, words: &[&str], status: i32, message: &str) {
    let output = run(folder, words);
    assert_eq!(output.status.code(), Some(status), "{words:?}: {}", text(&output.stderr));
    assert!(text(&output.stderr).contains(message), "{words:?}: {}", text(&output.stderr));
}
