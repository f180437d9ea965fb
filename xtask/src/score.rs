//! `cargo xtask score`: what the scorers beside the project say of today's records, as one table.
//!
//! The scorers read what `rapporteur export` writes; nothing of their data is copied here.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

const SHARED: &str = "../shared";
const PAGE: &str = "docs/accuracy.md";
const BEGIN: &str = "<!-- begin: cargo xtask score --write -->";
const END: &str = "<!-- end -->";

/// One input and the scorer that judges what we make of it.
struct Run {
    name: String,
    input: PathBuf,
    verbatim: bool,
    scorer: Vec<String>,
}

/// Scores every pack and set that is there; words after the task's name choose by name.
pub fn run(words: &[String]) -> Result<()> {
    let write = words.iter().any(|w| w == "--write");
    let chosen: Vec<&String> = words.iter().filter(|w| !w.starts_with("--")).collect();
    let shared = Path::new(SHARED);
    if !shared.is_dir() {
        println!("skipped: {SHARED} is absent, there is nothing to score against");
        return Ok(());
    }
    super::checks::run("build", "cargo", &["build", "--release", "--quiet", "--package", "rapporteur-cli"])?;
    let folder = std::env::temp_dir().join(format!("rapporteur-score-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut page = String::new();
    for run in runs(shared)?.iter().filter(|r| chosen.is_empty() || chosen.iter().any(|c| r.name.contains(c.as_str())))
    {
        let output = one(run, &folder)?;
        println!("\n## {}\n{output}", run.name);
        let _ = writeln!(page, "### {}\n\n```\n{}\n```\n", run.name, output.trim_end());
    }
    std::fs::remove_dir_all(&folder).ok();
    if write { keep(&page) } else { Ok(()) }
}

/// Exports one input and returns what its scorer prints.
fn one(run: &Run, folder: &Path) -> Result<String> {
    let records = folder.join(format!("{}.jsonl", run.name.replace('/', "-")));
    let mut export = Command::new("target/release/rapporteur");
    export.args(["export", "--format", "jsonl"]).arg(&run.input).stdout(std::fs::File::create(&records)?);
    if run.verbatim {
        export.arg("--verbatim");
    }
    let status = export.status().context("failed to start target/release/rapporteur")?;
    if !matches!(status.code(), Some(0 | 2)) {
        bail!("`rapporteur export` failed on {}", run.input.display());
    }
    let scorer: Vec<String> =
        run.scorer.iter().map(|w| if w == "RECORDS" { records.display().to_string() } else { w.clone() }).collect();
    let output = Command::new("python3").args(&scorer).output().context("failed to start python3")?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let _ = write!(text, "the scorer failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(text)
}

/// Every pack and set below the shared folder, in order of name.
fn runs(shared: &Path) -> Result<Vec<Run>> {
    let mut runs = Vec::new();
    for pack in folders(&shared.join("packs"))? {
        runs.push(Run {
            name: format!("packs/{}", name(&pack)),
            input: pack.join("articles"),
            verbatim: false,
            scorer: vec![shown(&shared.join("packs/score.py")), shown(&pack), "RECORDS".into()],
        });
    }
    // our own packs, and those of them that nobody looks at while rules are written
    for (part, sort) in [("packs", "packs"), ("packs/held-out", "held-out")] {
        for pack in folders(Path::new(part)).unwrap_or_default().iter().filter(|p| p.join("truth.json").exists()) {
            runs.push(Run {
                name: format!("{sort}/{}", name(pack)),
                input: pack.join("articles"),
                verbatim: false,
                scorer: vec![shown(&shared.join("packs/score.py")), shown(pack), "RECORDS".into()],
            });
        }
    }
    let gold = shared.join("gold");
    for set in folders(&gold)? {
        for part in folders(&set)? {
            let family = name(&set);
            if !part.join("gold.jsonl").exists() && !part.join("gold.json").exists() {
                continue;
            }
            let pages = part.join("pages");
            let (input, verbatim) = if pages.is_dir() { (pages, false) } else { (part.join("input.jsonl"), true) };
            runs.push(Run {
                name: format!("{family}/{}", name(&part)),
                input,
                verbatim,
                scorer: vec![shown(&gold.join("score.py")), family, shown(&part), "RECORDS".into()],
            });
        }
    }
    Ok(runs)
}

/// The folders in a folder, in order of name.
pub(crate) fn folders(parent: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(parent).with_context(|| format!("failed to list {}", parent.display()))?;
    let mut found: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).filter(|p| p.is_dir()).collect();
    found.retain(|p| name(p) != "scorers");
    found.sort();
    Ok(found)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Puts the table between its marks, with the day and the commit.
fn keep(page: &str) -> Result<()> {
    let body = format!("Measured {} with `cargo xtask score --write`.\n\n{}", today_and_commit(), page.trim_end());
    keep_between(BEGIN, END, &body)
}

/// "2026-11-22 at efc2bf3".
pub(crate) fn today_and_commit() -> String {
    let shell = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().ok();
        output.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_string()).unwrap_or_default()
    };
    format!("{} at {}", shell("date", &["+%Y-%m-%d"]), shell("git", &["rev-parse", "--short", "HEAD"]))
}

/// Puts words between two marks of `docs/accuracy.md`.
pub(crate) fn keep_between(begin: &str, end: &str, words: &str) -> Result<()> {
    let old = std::fs::read_to_string(PAGE).with_context(|| format!("failed to read {PAGE}"))?;
    let (head, rest) = old.split_once(begin).with_context(|| format!("{PAGE} has no line `{begin}`"))?;
    let (_, tail) = rest.split_once(end).with_context(|| format!("{PAGE} has no line `{end}`"))?;
    std::fs::write(PAGE, format!("{head}{begin}\n\n{words}\n\n{end}{tail}"))
        .with_context(|| format!("failed to write {PAGE}"))
}
