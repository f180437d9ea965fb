//! Tasks of the project: `cargo xtask test` runs all that must hold, `cargo xtask score` measures reading.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "tasks talk to the terminal and read the tree")]

mod arrow;
mod bench_folder;
mod calibrate;
mod checks;
mod press;
mod score;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask TASK

  test    formatting, lints, the arrow of crates, licences, all tests and documentation examples
  score   scores against the press packs and the labelled sets in ../shared; --write keeps the table in docs/accuracy.md
  calibrate  fits the confidence of statements on our own packs, and keeps the reliability table in docs/accuracy.md
  press   a large press for measuring, put together from our own packs: --articles N --out DIR
  bench-folder  the real command in a folder of such a press: --articles N,N... --dir DIR --binary FILE --keep
  arrow   only the arrow of crates and the paths that ARCHITECTURE.md names";

type Task = fn(&[String]) -> Result<()>;

/// Every task by its name.
const TASKS: [(&str, Task); 6] = [
    ("test", checks::all),
    ("score", score::run),
    ("calibrate", calibrate::run),
    ("press", press::run),
    ("bench-folder", bench_folder::run),
    ("arrow", arrow::run),
];

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

/// What stands after an option.
fn option<'w>(words: &'w [String], name: &str) -> Result<Option<&'w str>> {
    let Some(at) = words.iter().position(|w| w == name) else { return Ok(None) };
    match words.get(at + 1) {
        Some(value) => Ok(Some(value)),
        None => bail!("`{name}` takes a value"),
    }
}
