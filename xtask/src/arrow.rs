//! The one-way arrow between crates, and that ARCHITECTURE.md names only what exists.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The rooms in order: each may depend only on rooms before it.
const ROOMS: [&str; 12] = [
    "rapporteur-text",
    "rapporteur-capture",
    "rapporteur-article",
    "rapporteur-syntax",
    "rapporteur-reading",
    "rapporteur-dossier",
    "rapporteur-ledger",
    "rapporteur-archive",
    "rapporteur-report",
    "rapporteur-web",
    "rapporteur",
    "rapporteur-cli",
];

/// Checks the arrow and the paths.
pub fn run(_: &[String]) -> Result<()> {
    println!("== the arrow");
    let wrong = backward(&dependencies()?);
    if !wrong.is_empty() {
        bail!("the arrow is broken: {}", wrong.join("; "));
    }
    let missing = missing_paths(&std::fs::read_to_string("ARCHITECTURE.md").context("failed to read ARCHITECTURE.md")?);
    if !missing.is_empty() {
        bail!("ARCHITECTURE.md names what does not exist: {}", missing.join(", "));
    }
    println!("   {} rooms, each depends only on rooms before it", ROOMS.len());
    Ok(())
}

/// For each room, which of our crates it depends on outside its tests.
fn dependencies() -> Result<BTreeMap<String, Vec<String>>> {
    let output = Command::new("cargo").args(["metadata", "--format-version", "1", "--no-deps"]).output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).context("failed to read `cargo metadata`")?;
    let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    Ok(list(&metadata["packages"])
        .iter()
        .map(|p| {
            let ours = list(&p["dependencies"])
                .iter()
                .filter(|d| d["kind"] != "dev" && text(&d["name"]).starts_with("rapporteur"))
                .map(|d| text(&d["name"]))
                .collect();
            (text(&p["name"]), ours)
        })
        .collect())
}

/// Dependencies that point the wrong way, and rooms that nobody placed.
fn backward(dependencies: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let place = |name: &str| ROOMS.iter().position(|r| *r == name);
    let mut wrong = Vec::new();
    for (name, ours) in dependencies.iter().filter(|(n, _)| n.starts_with("rapporteur")) {
        let Some(at) = place(name) else {
            wrong.push(format!("`{name}` has no place in the order of rooms"));
            continue;
        };
        for other in ours.iter().filter(|o| place(o).is_none_or(|p| p >= at)) {
            wrong.push(format!("`{name}` depends on the later `{other}`"));
        }
    }
    wrong
}

/// Paths in backticks that do not exist, and `rapporteur-*` crates that are no room.
fn missing_paths(document: &str) -> Vec<String> {
    let is_path = |s: &str| {
        ["crates/", "xtask/", "docs/", "examples/", "tools/", "fuzz/", ".ci/"].iter().any(|p| s.starts_with(p))
    };
    document
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|s| !s.contains([' ', '*', '<']))
        .filter(|s| (is_path(s) && !Path::new(s).exists()) || (s.starts_with("rapporteur-") && !ROOMS.contains(s)))
        .map(String::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backward_dependency_is_named() {
        let bad = BTreeMap::from([("rapporteur-text".to_string(), vec!["rapporteur-ledger".to_string()])]);
        assert_eq!(backward(&bad), ["`rapporteur-text` depends on the later `rapporteur-ledger`"]);
        let good = BTreeMap::from([("rapporteur-ledger".to_string(), vec!["rapporteur-text".to_string()])]);
        assert!(backward(&good).is_empty());
    }

    #[test]
    fn a_crate_without_a_place_is_named() {
        let new = BTreeMap::from([("rapporteur-attic".to_string(), vec![])]);
        assert_eq!(backward(&new), ["`rapporteur-attic` has no place in the order of rooms"]);
    }

    #[test]
    fn a_path_that_is_gone_is_named() {
        assert_eq!(
            missing_paths("see `crates/nowhere` and `rapporteur-attic`, not `rapporteur brief`"),
            ["crates/nowhere", "rapporteur-attic"]
        );
    }
}
