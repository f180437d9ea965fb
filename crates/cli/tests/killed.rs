//! The real command is killed at random moments while it adds and reads again: what was kept is there, what is left is whole,
//! and the next run ends the work. (`review/deciding.rs` does the same to decisions.)
#![allow(clippy::disallowed_methods, missing_docs, reason = "tests look at files")]

mod folder;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use folder::{command, print};

const KILLS: usize = 30;
/// What each run finds new.
const NEW: usize = 20;

/// Random numbers, the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// A folder, and beside it a file with so many articles.
struct Talks {
    folder: tempfile::TempDir,
    file: PathBuf,
    db: rusqlite::Connection,
}

impl Talks {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        print(folder.path(), &["init", "."]);
        let db = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
        db.busy_timeout(Duration::from_secs(20)).unwrap();
        Self { file: folder.path().join("many.jsonl"), folder, db }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, articles: usize) {
        let line = |n: usize| {
            let words = format!(
                "The dockers refused offer {n} of the port on Tuesday. \u{201c}We will not sign it,\u{201d} said Ada Brok of the union. \
                 The port of Carrow demanded {n} hours of overtime, and a mediator proposed to meet on 4 March."
            );
            serde_json::json!({"text": words, "published": "2025-03-04"}).to_string() + "\n"
        };
        std::fs::write(&self.file, (0..articles).map(line).collect::<String>()).unwrap();
    }

    fn adding(&self) -> [&str; 4] {
        ["add", self.file.to_str().unwrap(), "--captured-at", "2025-03-09"]
    }

    fn all(&self, query: &str) -> BTreeSet<String> {
        let mut query = self.db.prepare(query).unwrap();
        query.query_map((), |r| r.get(0)).unwrap().map(Result::unwrap).collect()
    }

    /// Starts the command, lets it work until `is_begun` and a random moment longer, now and then from its very start, and
    /// kills it; `false` where it had ended before. `last` looks at the folder in the moment before.
    fn killed(&self, words: &[&str], random: &mut Random, is_begun: impl Fn() -> bool, last: impl FnOnce()) -> bool {
        let mut child = command(self.path(), words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut has_ended = || child.try_wait().unwrap().is_some();
        if random.below(6) > 0 {
            while !is_begun() && !has_ended() {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
        // the moment is what is tried here; nothing waits for it
        std::thread::sleep(Duration::from_micros(random.below(90_000)));
        last();
        let had_ended = has_ended();
        child.kill().unwrap();
        child.wait().unwrap();
        !had_ended
    }

    fn is_whole(&self) {
        assert!(print(self.path(), &["check"]).ends_with("all whole\n"));
    }

    /// What it keeps is what the file says, as if nothing had ever been killed.
    fn is_the_file(&self, expected: &str) {
        self.is_whole();
        assert!(print(self.path(), &["export"]) == expected);
    }
}

#[test]
fn killed_while_adding_and_reading_again_it_loses_nothing_and_ends_the_work() {
    let talks = Talks::start();
    let mut random = Random(7);
    let ids = || talks.all("SELECT id FROM article");
    let (mut articles, mut stopped, mut within) = (NEW, 0, 0);
    for _ in 0..KILLS {
        articles += NEW;
        talks.write(articles);
        let before = ids();
        let mut kept = BTreeSet::new();
        stopped +=
            usize::from(talks.killed(&talks.adding(), &mut random, || ids().len() > before.len(), || kept = ids()));
        let after = ids();
        assert!(after.is_superset(&kept) && kept.is_superset(&before), "what was kept is lost");
        within += usize::from(after.len() > before.len() && after.len() < articles);
        talks.is_whole();
    }
    assert!(stopped >= KILLS / 2 && within >= KILLS / 3, "{stopped} were stopped, {within} of them in their work");
    print(talks.path(), &talks.adding());
    assert_eq!(ids().len(), articles);
    let here = tempfile::tempdir().unwrap();
    let mut of_file = talks.adding().to_vec();
    of_file[0] = "export";
    let expected = print(here.path(), &of_file);
    talks.is_the_file(&expected);

    let ours = "SELECT a.id FROM article a JOIN maker m ON m.number = a.maker WHERE m.rules NOT LIKE 'older%'";
    let staged = "SELECT 'staged ' || article FROM staged";
    let done = || (talks.all(ours), talks.all(staged));
    let (mut stopped, mut within) = (0, 0);
    for n in 0..KILLS {
        if done().0.len() == articles || n == 0 {
            let older = "UPDATE maker SET rules = 'older' || ?1 WHERE rules NOT LIKE 'older%'";
            talks.db.execute(older, [n.to_string()]).unwrap();
        }
        let before = done();
        let mut kept = before.clone();
        stopped += usize::from(talks.killed(&["reread"], &mut random, || done() != before, || kept = done()));
        let after = done();
        assert!(after.0.is_superset(&kept.0), "what was replaced is lost");
        // what was staged is staged still, or in its place
        assert!(after.0.len() + after.1.len() >= kept.0.len() + kept.1.len(), "what was read again is lost");
        within += usize::from(after != before && after.0.len() < articles);
        talks.is_whole();
    }
    assert!(stopped >= KILLS / 2 && within >= KILLS / 3, "{stopped} were stopped, {within} of them in their work");
    print(talks.path(), &["reread"]);
    let (ours, staged) = done();
    assert_eq!((ours.len(), staged.len()), (articles, 0));
    talks.is_the_file(&expected);
}
