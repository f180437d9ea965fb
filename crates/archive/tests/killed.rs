//! Real processes that are killed at random moments, and two that write at once: nothing acknowledged is lost.
#![allow(missing_docs, clippy::print_stdout, reason = "the child says what it has kept")]

mod common;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::{all, is_whole, keep, made, maker, now, silent};
use rapporteur_archive::{Archive, Decided, Error, Packed};

const KILLS: u64 = 60;

/// Starts this very test program again, to do `what` in `folder` until it is done or killed.
fn start(what: &str, folder: &Path, articles: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture", "--test-threads", "1"])
        .env("ARCHIVE_CHILD", what)
        .env("ARCHIVE_FOLDER", folder)
        .env("ARCHIVE_ARTICLES", articles.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What the child does; without the variable there is nothing to do.
#[test]
fn child() {
    let Ok(what) = std::env::var("ARCHIVE_CHILD") else { return };
    let folder = std::env::var("ARCHIVE_FOLDER").unwrap();
    let articles: usize = std::env::var("ARCHIVE_ARTICLES").unwrap().parse().unwrap();
    let mut archive = Archive::open(Path::new(&folder), silent).unwrap();
    match what.as_str() {
        "add" => (0..articles).for_each(|n| {
            let one = made(n);
            keep(&mut archive, &one, &maker("one")).unwrap();
            println!("\nkept {}", one.article.id);
        }),
        "reread" => {
            let new = maker("two");
            for outdated in archive.outdated(&new).unwrap() {
                let (article, mut reading) = archive.packed(outdated.id.as_str()).unwrap().unwrap().unpack().unwrap();
                reading.quotes.clear();
                archive.stage(&Packed::of(&article, &reading).unwrap(), None, &new).unwrap();
                println!("\nstaged {}", article.id);
            }
            for id in archive.staged(&new).unwrap() {
                let Some(packed) = archive.staged_reading(&id).unwrap() else { continue };
                let (article, reading) = packed.unpack().unwrap();
                archive.promote(&packed, &article, &reading).unwrap();
                println!("\nreplaced {id}");
            }
        }
        _ => (0..articles).for_each(|_| {
            let kept = archive.decide(|log| {
                let body = serde_json::json!({"note": "“kept”", "after": log.len()});
                Ok::<_, Error>(vec![Decided { at: now(), author: "Ann".to_string(), body }])
            });
            println!("\ndecided {}", kept.unwrap()[0]);
        }),
    }
    println!("\nfinished");
}

/// Lets the child work for so long, kills it, and gives what it had acknowledged.
fn killed_after(mut child: Child, micros: u64) -> Vec<String> {
    let out = BufReader::new(child.stdout.take().unwrap());
    let reader = std::thread::spawn(move || out.lines().map_while(Result::ok).collect::<Vec<String>>());
    // the moment is what is random here; nothing waits for it
    std::thread::sleep(Duration::from_micros(micros));
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

fn finished(child: Child) -> Vec<String> {
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let lines: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_string).collect();
    assert!(lines.iter().any(|l| l == "finished"));
    lines
}

fn said<'l>(lines: &'l [String], word: &'l str) -> impl Iterator<Item = &'l str> {
    lines.iter().filter_map(move |l| l.strip_prefix(word)?.strip_prefix(' '))
}

/// Numbers that differ from run to run only with the seed: 2 to 60 thousandths of a second.
fn moments(seed: u64) -> impl Iterator<Item = u64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        2_000 + (state >> 33) % 58_000
    })
}

#[test]
fn killed_while_adding_it_keeps_what_it_said_it_kept() {
    let folder = tempfile::tempdir().unwrap();
    drop(Archive::create(folder.path(), silent).unwrap());
    let (mut kept, mut stopped) = (std::collections::BTreeSet::new(), 0);
    let mut articles = 0;
    for moment in moments(1).take(KILLS as usize) {
        articles += 12; // there is always something left to do
        let lines = killed_after(start("add", folder.path(), articles), moment);
        stopped += usize::from(!lines.iter().any(|l| l == "finished"));
        kept.extend(said(&lines, "kept").map(str::to_string));
        let archive = Archive::open(folder.path(), silent).unwrap();
        let there: std::collections::BTreeSet<String> = all(&archive).iter().map(|(a, _)| a.id.to_string()).collect();
        assert!(kept.is_subset(&there), "lost: {:?}", kept.difference(&there));
        is_whole(&archive);
    }
    assert!(stopped >= 20, "only {stopped} of {KILLS} were stopped in their work");
    finished(start("add", folder.path(), articles));
    let archive = Archive::open(folder.path(), silent).unwrap();
    assert_eq!(archive.counts().unwrap().articles, articles);
    is_whole(&archive);
}

#[test]
fn killed_while_reading_again_it_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::create(folder.path(), silent).unwrap();
    let (new, mut staged, mut replaced, mut articles) = (maker("two"), 0, 0, 0);
    for moment in moments(2).take(KILLS as usize) {
        // each run finds some new articles by the old rules
        for n in articles..articles + 6 {
            keep(&mut archive, &made(n), &maker("one")).unwrap();
        }
        articles += 6;
        let lines = killed_after(start("reread", folder.path(), 0), moment);
        staged += said(&lines, "staged").count();
        replaced += said(&lines, "replaced").count();
        is_whole(&archive);
        let done = archive.counts().unwrap().makers.into_iter().find(|(m, _)| *m == new).map_or(0, |(_, n)| n);
        assert!(done >= replaced, "{done} are replaced, {replaced} were said to be");
        assert!(done + archive.staged(&new).unwrap().len() >= staged, "something staged is lost");
    }
    finished(start("reread", folder.path(), 0));
    let found = all(&archive);
    assert_eq!((found.len(), found.iter().filter(|(_, r)| r.quotes.is_empty()).count()), (articles, articles));
    assert_eq!(archive.counts().unwrap().makers, [(new, articles)]);
    is_whole(&archive);
}

#[test]
fn killed_while_deciding_no_decision_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path(), silent).unwrap();
    let mut last = 0;
    for moment in moments(3).take(KILLS as usize) {
        let lines = killed_after(start("correct", folder.path(), 40), moment);
        last = said(&lines, "decided").filter_map(|n| n.parse().ok()).fold(last, i64::max);
        let log = archive.corrections().unwrap();
        assert!(log.len() as i64 >= last, "{} of {last} decisions are there", log.len());
        assert!(log.iter().enumerate().all(|(n, e)| e.number == n as i64 + 1));
        assert!(log.iter().enumerate().all(|(n, e)| e.body.ends_with(&format!("\"after\":{n}}}"))));
    }
}

#[test]
fn two_that_add_at_once_both_finish() {
    let folder = tempfile::tempdir().unwrap();
    drop(Archive::create(folder.path(), silent).unwrap());
    let children = [start("add", folder.path(), 60), start("add", folder.path(), 90)];
    for child in children {
        finished(child);
    }
    let archive = Archive::open(folder.path(), silent).unwrap();
    assert_eq!(archive.counts().unwrap().articles, 90);
    is_whole(&archive);
}
