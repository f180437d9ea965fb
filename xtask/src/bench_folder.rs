//! `cargo xtask bench-folder`: what the real command takes in a dossier folder that grows.
//!
//! One folder is filled to the first size, measured, filled to the next. Each figure is of a process of its own, its start
//! included. Needs a release build and the language model; prints Markdown for `docs/performance.md`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::press;

/// Runs of a search: the first is not counted, then median and worst.
const RUNS: usize = 9;

/// Measures at each size.
pub fn run(words: &[String]) -> Result<()> {
    let sizes = crate::option(words, "--articles")?.unwrap_or("1000,10000");
    let sizes: Vec<usize> =
        sizes.split(',').map(|n| n.trim().parse().context("`--articles` takes numbers")).collect::<Result<_>>()?;
    let binary = PathBuf::from(crate::option(words, "--binary")?.unwrap_or("target/release/rapporteur"));
    if !binary.is_file() {
        bail!("no `{}`: cargo build --release -p rapporteur-cli", binary.display());
    }
    let place = match crate::option(words, "--dir")? {
        Some(dir) => PathBuf::from(dir),
        None => std::env::temp_dir().join(format!("rapporteur-bench-{}", std::process::id())),
    };
    let bench = Bench { binary: binary.canonicalize()?, folder: place.join("folder"), press: place.join("press") };
    std::fs::create_dir_all(&place).with_context(|| format!("failed to make `{}`", place.display()))?;
    bench.must(&["init"])?;
    let mut kept = 0;
    for size in sizes {
        bench.at(kept, size)?;
        kept = size + 1;
    }
    if words.iter().any(|w| w == "--keep") {
        println!("\nthe folder is {}", bench.folder.display());
        return Ok(());
    }
    std::fs::remove_dir_all(&place).with_context(|| format!("failed to take away `{}`", place.display()))
}

struct Bench {
    binary: PathBuf,
    folder: PathBuf,
    press: PathBuf,
}

/// What a process took.
struct Took {
    wall: Duration,
    /// Most bytes in memory, where the system tells.
    memory: Option<u64>,
    out: String,
}

impl Bench {
    /// Fills the folder up to a size and measures; one article more is in it then.
    fn at(&self, from: usize, size: usize) -> Result<()> {
        let files = press::write(from, size, &self.press)?;
        let mut words = vec!["add"];
        let shown: Vec<String> = files.iter().map(|f| f.display().to_string()).collect();
        words.extend(shown.iter().map(String::as_str));
        let added = self.must(&words)?;
        let rate = (size - from) as f64 / added.wall.as_secs_f64();
        println!("\n### {size} articles\n\n| | |\n|---|---|");
        println!("| added {} | {} ({rate:.0} a second), {} |", size - from, seconds(added.wall), memory(&added));
        println!("| archive on disk | {:.1} MB |", self.bytes("archive.sqlite")? as f64 / 1e6);
        let one = press::write(size, size + 1, &self.press)?;
        let one = self.must(&["add", &one[0].display().to_string()])?;
        println!("| one more | {}, {} |", seconds(one.wall), memory(&one));
        println!("\n| search | found | median | worst |\n|---|---|---|---|");
        for words in self.searches()? {
            self.search(&words)?;
        }
        println!("\n| step | |\n|---|---|");
        self.listings()?;
        println!("| cache on disk | {:.1} MB |", self.bytes("archive.sqlite.cache").unwrap_or(0) as f64 / 1e6);
        Ok(())
    }

    fn listings(&self) -> Result<()> {
        let statement = self.statement()?;
        let steps: [(&str, &[&str]); 5] = [
            ("first `positions`", &["positions"]),
            ("`positions` again", &["positions"]),
            ("`brief`", &["brief"]),
            ("`review accept`", &["review", "accept", &statement, "--by", "bench"]),
            ("`positions` after it", &["positions"]),
        ];
        for (name, words) in steps {
            let took = self.must(words)?;
            println!("| {name} | {}, {} |", seconds(took.wall), memory(&took));
        }
        Ok(())
    }

    /// Id of a statement, found by a search.
    fn statement(&self) -> Result<String> {
        let found = self.must(&["search", "--in", "statements", "--limit", "1", "--format", "json", "talks"])?;
        let found: Value = serde_json::from_str(&found.out).context("failed to read what search printed")?;
        Ok(found["results"][0]["id"].as_str().context("no statement is found")?.to_string())
    }

    /// Searches from very rare to very common words, phrases, and filters.
    fn searches(&self) -> Result<Vec<Vec<String>>> {
        let ranked = self.ranked()?;
        let with = |share: f64| {
            let near = ranked.iter().min_by(|a, b| (a.1 - share).abs().total_cmp(&(b.1 - share).abs()));
            near.map_or("the", |(w, _)| w.as_str())
        };
        let outlet = self.outlet()?;
        let (rare, some, many) = (with(0.0), with(0.01), with(0.1));
        let all: Vec<Vec<&str>> = vec![
            vec![rare],
            vec![with(0.001)],
            vec![some],
            vec![many],
            vec!["said"],
            vec!["the"],
            vec!["\"would not\""],
            vec!["\"of the\""],
            vec![many, "AND", some],
            vec!["the", "NOT", many],
            vec!["the", "--by-relevance"],
            vec![some, "--by-relevance"],
            vec!["talks", "--from", "2023-01-01", "--to", "2023-03-31"],
            vec!["--act", "refuse"],
            vec!["said", "--act", "demand", "--in", "statements"],
            vec!["said", "--source", &outlet],
        ];
        Ok(all.iter().map(|words| words.iter().map(|w| (*w).to_string()).collect()).collect())
    }

    /// The outlet of some statement.
    fn outlet(&self) -> Result<String> {
        let found = self.must(&["search", "--in", "statements", "--limit", "1", "--format", "json", "said"])?;
        let found: Value = serde_json::from_str(&found.out).context("failed to read what search printed")?;
        Ok(found["results"][0]["outlet"].as_str().unwrap_or("Post").to_string())
    }

    /// Words of the press with the share of articles that have them.
    fn ranked(&self) -> Result<Vec<(String, f64)>> {
        let (mut counts, mut all) = (BTreeMap::<String, u32>::new(), 0_u32);
        let mut files: Vec<_> = std::fs::read_dir(&self.press)?.filter_map(|e| Some(e.ok()?.path())).collect();
        files.sort();
        for file in files {
            for line in std::fs::read_to_string(&file)?.lines() {
                let article: Value = serde_json::from_str(line)?;
                let text = article["text"].as_str().unwrap_or_default().to_lowercase();
                let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 3 && w.is_ascii());
                let words: std::collections::BTreeSet<&str> = words.collect();
                words.into_iter().for_each(|w| *counts.entry(w.to_string()).or_default() += 1);
                all += 1;
            }
        }
        Ok(counts.into_iter().map(|(w, n)| (w, f64::from(n) / f64::from(all.max(1_u32)))).collect())
    }

    fn search(&self, words: &[String]) -> Result<()> {
        let typed: Vec<&str> = words.iter().map(String::as_str).collect();
        let asked = [&["search", "--format", "json"][..], &typed].concat();
        let first = self.must(&asked)?;
        let found: Value = serde_json::from_str(&first.out).unwrap_or_default();
        let more = if found["is_more"] == true { "more than " } else { "" };
        let mut times = Vec::new();
        for _ in 0..RUNS {
            times.push(self.must(&asked)?.wall);
        }
        times.sort();
        let (median, worst) = (times[RUNS / 2].as_secs_f64() * 1e3, times[RUNS - 1].as_secs_f64() * 1e3);
        println!("| `{}` | {more}{} | {median:.0} ms | {worst:.0} ms |", typed.join(" "), found["count"]);
        Ok(())
    }

    fn bytes(&self, name: &str) -> Result<u64> {
        Ok(std::fs::metadata(self.folder.join(name))?.len())
    }

    /// Runs the command in the folder; it must end well.
    fn must(&self, words: &[&str]) -> Result<Took> {
        let mut command = Command::new(&self.binary);
        match words {
            ["init"] => command.arg("init").arg(&self.folder),
            _ => command.arg("-C").arg(&self.folder).args(words),
        };
        let (begin, out) = (Instant::now(), self.press.with_extension("out"));
        let complaints = self.press.with_extension("err");
        command.stdout(std::fs::File::create(&out)?).stderr(std::fs::File::create(&complaints)?).stdin(Stdio::null());
        let mut child = command.spawn().with_context(|| format!("failed to start `{}`", self.binary.display()))?;
        let mut memory = None;
        let mut pause = Duration::from_micros(300);
        let status = loop {
            memory = most(child.id()).max(memory);
            if let Some(status) = child.try_wait()? {
                break status;
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min((begin.elapsed() / 50).max(Duration::from_micros(300)));
        };
        let wall = begin.elapsed();
        if !status.success() {
            let said = std::fs::read_to_string(&complaints).unwrap_or_default();
            bail!("`rapporteur {}` failed: {said}", words.join(" "));
        }
        Ok(Took { wall, memory, out: std::fs::read_to_string(&out)? })
    }
}

/// The most memory that a process had so far, in bytes.
fn most(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kb| kb * 1024)
}

fn seconds(wall: Duration) -> String {
    let seconds = wall.as_secs_f64();
    if seconds < 1.0 { format!("{:.0} ms", seconds * 1e3) } else { format!("{seconds:.1} s") }
}

fn memory(took: &Took) -> String {
    took.memory.map_or_else(|| "memory not known".to_string(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6))
}
