//! What is derived lies beside the archive; listings are the same with and without it, whatever happened in between.
#![allow(clippy::disallowed_methods, reason = "tests look at what lies in the folder")]

mod folder;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use folder::{command, print, run};

fn pack(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name).join("articles").display().to_string()
}

fn started() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    print(folder.path(), &["init", folder.path().to_str().unwrap()]);
    folder
}

fn caches(folder: &Path) -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    all.filter(|p| p.file_name().unwrap().to_string_lossy().contains(".cache")).collect()
}

fn forget(folder: &Path) {
    caches(folder).iter().for_each(|p| std::fs::remove_file(p).unwrap());
}

const LISTINGS: [&[&str]; 5] =
    [&["export"], &["brief"], &["positions"], &["people"], &["export", "--as-of", "2025-02-20"]];

fn listed(folder: &Path) -> Vec<String> {
    LISTINGS.iter().map(|words| print(folder, words)).collect()
}

/// As it is, with what was derived before a change; then with what is derived now; then without any.
fn same_without(folder: &Path, after: &str) -> Vec<String> {
    let first = listed(folder);
    assert!(!caches(folder).is_empty(), "nothing is kept {after}");
    assert!(listed(folder) == first, "listed again {after}");
    forget(folder);
    assert!(listed(folder) == first, "listed without what was derived {after}");
    first
}

/// The id of some statement.
fn statement(export: &str) -> &str {
    let at = export.find("\"id\":\"statement-").unwrap() + 6;
    &export[at..at + export[at..].find('"').unwrap()]
}

#[test]
fn whatever_changes_listings_are_those_without_what_was_derived() {
    let folder = started();
    let place = folder.path();
    let river = pack("river-accord");
    let mut files: Vec<_> = std::fs::read_dir(&river).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    print(place, &["add", files[0].to_str().unwrap(), files[1].to_str().unwrap()]);
    let few = same_without(place, "after two articles");
    print(place, &["add", &river]);
    let all = same_without(place, "after all articles");
    assert_ne!(few, all);
    // all that lies in the folder is its own
    assert!(run(place, &["add", place.to_str().unwrap()]).status.code() != Some(1));
    assert!(listed(place) == all, "the folder added to itself");
    let id = statement(&all[0]).to_string();
    print(place, &["review", "reject", &id]);
    let rejected = same_without(place, "after a decision");
    assert_ne!(rejected, all);
    let log = print(place, &["review", "log"]);
    let at = log.find("\"id\":\"").unwrap() + 6;
    let correction = &log[at..at + log[at..].find('"').unwrap()];
    print(place, &["review", "undo", correction]);
    same_without(place, "after it was undone");
    let dossier =
        "[[party]]\nname = \"Northern Valley\"\n\n[[issue]]\nname = \"water\"\nterms = [\"water\", \"dam\"]\n";
    std::fs::write(place.join("dossier.toml"), dossier).unwrap();
    let named = same_without(place, "under a dossier file");
    assert_ne!(named, rejected);
    print(place, &["add", &pack("harbour-strike")]);
    same_without(place, "after more articles under a dossier file");
    // a reading by older rules, under which an article said something else
    let db = rusqlite::Connection::open(place.join("archive.sqlite")).unwrap();
    let older = "UPDATE article SET bytes = (SELECT max(bytes) FROM article) WHERE number = 1; UPDATE maker SET rules = 'older'";
    db.execute_batch(older).unwrap();
    let before = listed(place);
    print(place, &["reread"]);
    assert_ne!(same_without(place, "after reading again"), before);
}

#[test]
fn what_is_damaged_half_written_or_of_another_program_is_passed_over() {
    let folder = started();
    print(folder.path(), &["add", &pack("river-accord")]);
    let expected = print(folder.path(), &["export"]);
    let path = caches(folder.path()).into_iter().find(|p| p.ends_with("archive.sqlite.cache")).unwrap();
    let whole = std::fs::read(&path).unwrap();
    let head = whole.iter().position(|b| *b == b'\n').unwrap();
    let mut damaged = vec![Vec::new(), b"\n".to_vec(), whole[..head].to_vec(), whole[..whole.len() - 1].to_vec()];
    damaged.push(String::from_utf8_lossy(&whole[..=head]).replace("\"format\":1", "\"format\":2").into_bytes());
    for at in [head + 1, head + (whole.len() - head) / 2, whole.len() - 2] {
        let mut other = whole.clone();
        other[at] ^= 1;
        damaged.push(other);
    }
    for (n, bytes) in damaged.iter().enumerate() {
        std::fs::write(&path, bytes).unwrap();
        assert!(print(folder.path(), &["export"]) == expected, "damage {n}");
        assert!(std::fs::read(&path).unwrap() == whole, "it is made again, as it was, after damage {n}");
    }
}

/// Killed at any moment, two and more at once: what is left is whole or passed over, and nothing of it stays in the way.
#[test]
fn processes_that_die_or_write_at_once_change_nothing() {
    let folder = started();
    print(folder.path(), &["add", &pack("river-accord")]);
    let expected = print(folder.path(), &["export"]);
    for n in 0..50 {
        if n % 2 == 0 {
            forget(folder.path());
        }
        let listing =
            || command(folder.path(), &["export"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let (mut one, mut other) = (listing(), listing());
        // the moment is what is tried here; nothing waits for it
        std::thread::sleep(Duration::from_millis(20 + (n * 37) % 400));
        one.kill().unwrap();
        one.wait().unwrap();
        if n % 10 == 0 {
            assert!(print(folder.path(), &["export"]) == expected, "after {n} were killed");
        }
        other.kill().unwrap();
        other.wait().unwrap();
    }
    assert!(print(folder.path(), &["export"]) == expected);
    let left: Vec<_> =
        caches(folder.path()).into_iter().filter(|p| p.extension().is_some_and(|e| e == "part")).collect();
    assert!(left.is_empty() || left.len() == 1, "{left:?}");
    let at_once: Vec<_> =
        (0..4).map(|_| command(folder.path(), &["export"]).stdout(Stdio::piped()).spawn().unwrap()).collect();
    for child in at_once {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && output.stdout == expected.as_bytes());
    }
}

#[test]
fn a_copy_has_no_part_of_what_was_derived() {
    let folder = started();
    print(folder.path(), &["add", &pack("river-accord")]);
    let expected = print(folder.path(), &["brief"]);
    let to = tempfile::tempdir().unwrap();
    print(folder.path(), &["backup", to.path().join("copy.sqlite").to_str().unwrap()]);
    assert!(caches(to.path()).is_empty());
    assert_eq!(print(folder.path(), &["brief"]), expected);
}
