//! The README's sessions are real: each block that starts with `$ rapporteur` is run and compared, line by line. A last line `...`
//! stands for the rest of a long output. `UPDATE=1 cargo test -p rapporteur-cli --test readme` writes today's output into the README.
#![allow(clippy::disallowed_methods, reason = "tests read the README")]

use std::path::Path;
use std::process::Command;

const REST: &str = "...";

/// What a command of the README prints today.
fn run(root: &Path, command: &str) -> String {
    let words: Vec<&str> = command.split_whitespace().skip(1).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(words)
        .current_dir(root)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "`{command}` failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The README with every session block made anew.
fn renewed(readme: &str, root: &Path) -> String {
    let mut out = Vec::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        out.push(line.to_string());
        let Some(command) = line.strip_prefix("$ ").filter(|c| c.starts_with("rapporteur ")) else { continue };
        let old: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        let new = run(root, command);
        let new: Vec<&str> = new.lines().map(str::trim_end).collect();
        if old.last() == Some(&REST) {
            out.extend(new.iter().take(old.len() - 1).map(ToString::to_string));
            out.push(REST.into());
        } else {
            out.extend(new.iter().map(ToString::to_string));
        }
        out.push("```".into());
    }
    out.join("\n") + "\n"
}

#[test]
fn sessions_show_what_the_command_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    assert!(readme.contains("\n$ rapporteur brief"), "the README shows no session");
    let today = renewed(&readme, &root);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, today).unwrap();
    } else {
        let different = readme.lines().zip(today.lines()).find(|(a, b)| a != b);
        assert!(readme == today, "the README is out of date at {different:?}; run with UPDATE=1 to renew it");
    }
}
