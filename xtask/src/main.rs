//! Tasks of the project: `cargo xtask test` runs all that must hold, `cargo xtask score` measures reading.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "tasks talk to the terminal and read the tree")]

mod arrow;
mod calibrate;
mod checks;
mod score;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask TASK

  test    formatting, lints, the arrow of crates, licences, all tests and documentation examples
  score   scores against the press packs and the labelled sets in ../shared; --write keeps the table in docs/accuracy.md
  calibrate  fits the confidence of statements on our own packs, and keeps the reliability table in docs/accuracy.md
  arrow   only the arrow of crates and the paths that ARCHITECTURE.md names";

type Task = fn(&[String]) -> Result<()>;

/// Every task by its name.
const TASKS: [(&str, Task); 4] =
    [("test", checks::all), ("score", score::run), ("calibrate", calibrate::run), ("arrow", arrow::run)];

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = words.split_first() else {
        println!("{USAGE}");
        return Ok(());
    };
    match TASKS.iter().find(|(n, _)| n == name) {
        Some((_, task)) => task(rest),
        None if name == "--help" || name == "help" => {
            println!("{USAGE}");
            Ok(())
        }
        None => bail!("`{name}` is no task\n\n{USAGE}"),
    }
}
