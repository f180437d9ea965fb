//! Same inputs, same output, byte for byte: whatever the order of files and the number of threads.

use std::path::Path;
use std::process::Command;

/// What `rapporteur` prints for these words, run at the root of the repository.
fn print(words: &[&str]) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(words)
        .current_dir(root)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

const HARBOUR: &str = "examples/harbour-strike/articles";
const RIVER: &str = "examples/river-accord/articles";

#[test]
fn records_do_not_depend_on_threads_or_order() {
    let one = print(&["export", "--format", "jsonl", "--threads", "1", HARBOUR, RIVER]);
    let other = print(&["export", "--format", "jsonl", "--threads", "3", RIVER, HARBOUR]);
    assert!(one.len() > 100_000, "only {} bytes of records", one.len());
    assert!(one == other, "records differ with threads and order");
}

#[test]
fn the_brief_does_not_depend_on_threads() {
    let one = print(&["brief", "--threads", "1", RIVER]);
    assert!(one == print(&["brief", "--threads", "3", RIVER]));
}
