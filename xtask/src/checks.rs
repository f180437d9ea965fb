//! `cargo xtask test`: everything that must hold before a change lands.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Runs one program and fails when it does.
pub fn run(what: &str, program: &str, arguments: &[&str]) -> Result<()> {
    println!("== {what}");
    let started = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .status()
        .with_context(|| format!("failed to start `{program} {}`", arguments.join(" ")))?;
    if !status.success() {
        bail!("{what}: `{program} {}` failed", arguments.join(" "));
    }
    println!("   {what}: {:.0} s", started.elapsed().as_secs_f32());
    Ok(())
}

/// Whether a cargo subcommand is installed.
fn has_subcommand(name: &str) -> bool {
    Command::new("cargo").args([name, "--version"]).output().is_ok_and(|o| o.status.success())
}

/// Formatting, lints, the arrow, licences, tests, documentation.
pub fn all(_: &[String]) -> Result<()> {
    run("formatting", "cargo", &["fmt", "--all", "--check"])?;
    crate::arrow::run(&[])?;
    run("lints", "cargo", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])?;
    if has_subcommand("deny") {
        run("licences", "cargo", &["deny", "--log-level", "error", "check", "licenses", "bans", "sources"])?;
    } else {
        println!("== licences\n   skipped: cargo-deny is not installed (`cargo install cargo-deny`)");
    }
    if !std::path::Path::new("../shared").is_dir() {
        println!("   note: ../shared is absent; tests over its captures and sets count as skipped");
    }
    run("tests", "cargo", &["test", "--workspace", "--no-fail-fast"])
}
