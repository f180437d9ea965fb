//! `cargo xtask calibrate`: fits the confidence of statements on our own annotated press packs.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::score::{folders, keep_between, today_and_commit};

const WEIGHTS: &str = "crates/reading/lexicons/statement_confidence.tsv";
const BEGIN: &str = "<!-- begin: cargo xtask calibrate -->";
const END: &str = "<!-- end: cargo xtask calibrate -->";

/// The annotated packs of this repository that may be looked at; those under `packs/held-out` are not.
fn packs() -> Result<Vec<std::path::PathBuf>> {
    let mut found = folders(Path::new("examples"))?;
    found.extend(folders(Path::new("packs"))?);
    found.retain(|p| p.join("truth.json").exists());
    Ok(found)
}

/// Reads every pack, fits the weights, and keeps them with the table of how well they hold.
pub fn run(_: &[String]) -> Result<()> {
    super::checks::run("build", "cargo", &["build", "--release", "--quiet", "--package", "rapporteur-cli"])?;
    let folder = std::env::temp_dir().join(format!("rapporteur-calibrate-{}", std::process::id()));
    std::fs::create_dir_all(&folder).context("failed to make a folder for the records")?;
    let mut fit = Command::new("python3");
    fit.args(["tools/confidence/fit.py", WEIGHTS]);
    for (n, pack) in packs()?.iter().enumerate() {
        let records = folder.join(format!("{n}.jsonl"));
        let status = Command::new("target/release/rapporteur")
            .args(["export", "--format", "jsonl"])
            .arg(pack.join("articles"))
            .stdout(std::fs::File::create(&records)?)
            .status()
            .context("failed to start target/release/rapporteur")?;
        if !matches!(status.code(), Some(0 | 2)) {
            bail!("`rapporteur export` failed on {}", pack.display());
        }
        fit.arg(pack).arg(&records);
    }
    let output = fit.output().context("failed to start python3")?;
    std::fs::remove_dir_all(&folder).ok();
    if !output.status.success() {
        bail!("tools/confidence/fit.py failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    println!("{table}");
    keep_between(
        BEGIN,
        END,
        &format!("Fitted {} with `cargo xtask calibrate`.\n\n{}", today_and_commit(), table.trim_end()),
    )
}
