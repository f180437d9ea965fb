//! What moved since a user last looked, or since a day: all of it, with its sentence, and nothing that was known.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

use serde_json::Value;

use super::*;

/// Sections of a digest and of the brief's records that it tells of.
const SECTIONS: &[&str] = &[
    "shifts",
    "positions",
    "proposals",
    "statuses",
    "meetings",
    "deadlines",
    "incidents",
    "deadlocks",
    "conditions",
    "disputes",
    "corrections",
];

/// Fields of records that a reader sees.
const SEEN: &[&str] = &[
    "sort",
    "place",
    "when",
    "participants",
    "format",
    "state",
    "by",
    "points",
    "version",
    "terms",
    "issue",
    "status",
    "percent",
    "according_to",
    "actor",
    "target",
    "claimed_by",
    "denied_by",
    "parties",
    "issues",
    "to",
    "holder",
    "wants",
    "needs",
    "about",
    "verdict",
    "range",
    "sides",
    "from",
    "stance",
];

fn digest(folder: &Path, words: &[&str]) -> Value {
    let words = [&["brief", "--format", "json", "--since"], words].concat();
    serde_json::from_str(&print(folder, &words)).unwrap()
}

/// All records in it, with their section.
fn told(digest: &Value) -> Vec<(&'static str, &Value)> {
    SECTIONS.iter().flat_map(|s| digest[*s].as_array().unwrap().iter().map(|r| (*s, r))).collect()
}

fn ids(digest: &Value, change: &str) -> BTreeSet<String> {
    told(digest).into_iter().filter(|(_, r)| r["change"] == change).map(|(_, r)| id(r).to_string()).collect()
}

/// A folder with the first half of the example's articles, and the paths of the second.
fn half() -> (tempfile::TempDir, Vec<String>) {
    static FIRST: LazyLock<(tempfile::TempDir, Vec<String>)> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        print(folder.path(), &["init", "."]);
        let mut all: Vec<String> =
            std::fs::read_dir(examples()).unwrap().map(|f| f.unwrap().path().to_str().unwrap().to_string()).collect();
        all.sort();
        let second = all.split_off(all.len() / 2);
        // under a dossier that stays, so that nobody gets another name by what comes later
        print(folder.path(), &["discover", "-o", "dossier.toml", examples().to_str().unwrap()]);
        print(folder.path(), &[&["add"], &all.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat());
        (folder, second)
    });
    (copied(FIRST.0.path()), FIRST.1.clone())
}

fn add(folder: &Path, paths: &[String]) {
    print(folder, &[&["add"], &paths.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat());
}

#[test]
fn what_was_known_is_not_told_again_and_what_moved_is() {
    let (folder, second) = half();
    let folder = folder.path();
    // the first time all is new, and looking without being remembered changes nothing
    let first = digest(folder, &["last", "--dry-run"]);
    assert_eq!((&first["since"], told(&first).len() > 20), (&Value::Null, true));
    let text = print(folder, &["brief", "--since", "last", "--keep"]);
    assert!(
        text.contains(&format!("You have not looked before: all {} records are new.", told(&first).len())),
        "{text}"
    );
    assert_eq!(digest(folder, &["last"]), first);
    let nothing = print(folder, &["brief", "--since", "last"]);
    assert!(nothing.contains("Nothing has moved since 20") && nothing.contains(", when Ann last looked."), "{nothing}");
    // it is of this user
    assert_eq!(digest(folder, &["last", "--by", "Bob"]), first);

    let before: BTreeMap<String, Value> = SECTIONS
        .iter()
        .filter(|s| **s != "corrections")
        .flat_map(|s| exported(folder, if *s == "statuses" { "status" } else { &s[..s.len() - 1] }))
        .map(|r| (id(&r).to_string(), r))
        .collect();
    add(folder, &second);
    let moved = digest(folder, &["last", "--dry-run"]);
    assert!(told(&moved).len() > 20 && told(&moved).iter().any(|(s, _)| *s == "shifts"));
    let known = ids(&first, "new");
    for (section, record) in told(&moved) {
        match (section, record["change"].as_str().unwrap()) {
            ("corrections", "new") => {}
            (_, "new") => assert!(!known.contains(id(record)), "{section} {record}"),
            (_, change) => {
                assert_eq!(change, "changed");
                // what it says is not what it said, under whichever id that was
                let (words, was) = (record["before"].as_str().unwrap(), before.get(id(record)));
                assert!(!words.is_empty(), "{record}");
                assert!(was.is_none_or(|was| SEEN.iter().any(|f| was[*f] != record[*f])), "{record}");
            }
        }
        let cited = record["evidence"].as_array().unwrap();
        assert!(cited.iter().any(|e| !e["sentence"].as_str().unwrap().is_empty()), "{record}");
    }
    // each line has its sentence and source, in text and in Markdown, and none is left out
    let markdown = print(folder, &["brief", "--since", "last", "--format", "md", "--dry-run"]);
    let lines = markdown.lines().filter(|l| l.starts_with("- ")).count();
    let gone = moved["gone"].as_array().unwrap().len();
    assert_eq!(lines, told(&moved).len() + gone, "{markdown}");
    let mut cited = false;
    for line in markdown.lines().rev() {
        match line {
            l if l.starts_with("  > ") => cited = l.ends_with("]*"),
            l if l.starts_with("- ") => assert!(std::mem::take(&mut cited), "{l}"),
            _ => {}
        }
    }
    print(folder, &["brief", "--since", "last"]);
    assert!(told(&digest(folder, &["last"])).is_empty());
    // Bob sees what he knew of the first half, Eve everything
    assert_eq!(told(&digest(folder, &["last", "--by", "Bob"])), told(&moved));
    assert_eq!(digest(folder, &["last", "--by", "Eve"])["since"], Value::Null);
    // the same once more changes nothing
    add(folder, &second);
    assert!(print(folder, &["brief", "--since", "last"]).contains("Nothing has moved"));
}

#[test]
fn what_was_not_shown_is_not_known() {
    let (folder, _) = half();
    let folder = folder.path();
    let all = digest(folder, &["last", "--dry-run"]);
    let some = digest(folder, &["last", "--party", "Kessmark"]);
    let (shown, rest) = (ids(&some, "new"), digest(folder, &["last"]));
    assert!(!shown.is_empty() && shown.len() < ids(&all, "new").len());
    let expected: BTreeSet<String> = ids(&all, "new").difference(&shown).cloned().collect();
    assert_eq!(ids(&rest, "new"), expected);
    assert!(rest["gone"].as_array().unwrap().is_empty() && ids(&rest, "changed").is_empty());
    // what was too unsure to be shown is new where less is enough
    let least = digest(folder, &["last", "--min-confidence", "0"]);
    assert!(least["gone"].as_array().unwrap().is_empty() && ids(&least, "new").is_disjoint(&ids(&all, "new")));
}

#[test]
fn what_changes_or_goes_is_told_with_what_was_known_of_it() {
    let (folder, _) = half();
    let folder = folder.path();
    let all = digest(folder, &["last"]);
    let single = |section: &str| {
        let mut of_section = all[section].as_array().unwrap().iter();
        of_section.find(|r| r["members"].as_array().unwrap().len() == 1).unwrap().clone()
    };
    let (meeting, incident) = (single("meetings"), single("incidents"));
    let mut on_one =
        all["positions"].as_array().unwrap().iter().filter(|p| p["members"].as_array().unwrap().len() == 1);
    let position = on_one.find(|p| p["stance"] == "for" && p["disputed"] == false).unwrap();
    let state = if meeting["state"] == "cancelled" { "held" } else { "cancelled" };
    print(folder, &["review", "change", id(position), "--stance", "against"]);
    print(folder, &["review", "change", id(&meeting), "--state", state]);
    print(folder, &["review", "reject", id(&incident)]);
    let moved = digest(folder, &["last", "--dry-run"]);
    let changed = moved["meetings"].as_array().unwrap().iter().find(|m| m["members"] == meeting["members"]).unwrap();
    assert_eq!((&changed["change"], &changed["state"]), (&"changed".into(), &state.into()));
    assert!(changed["before"].as_str().unwrap().starts_with(meeting["state"].as_str().unwrap()), "{changed}");
    // a position that a person turns is told although nothing shifted
    let turned = moved["positions"].as_array().unwrap().iter().find(|p| id(p) == id(position)).unwrap();
    assert_eq!((&turned["change"], &turned["stance"]), (&"changed".into(), &"against".into()));
    assert!(moved["shifts"].as_array().unwrap().is_empty(), "{moved}");
    let gone = moved["gone"].as_array().unwrap().iter().find(|g| g["id"] == incident["id"]).unwrap();
    assert_eq!(gone["sentence"], incident["evidence"][0]["sentence"]);
    let text = print(folder, &["brief", "--since", "last"]);
    assert!(text.contains("changed") && text.contains("(before: ") && text.contains("NOT THERE ANY MORE"), "{text}");
    assert!(print(folder, &["brief", "--since", "last"]).contains("Nothing has moved"));
    // a stronger or weaker belief is nothing that a reader sees
    let sure = all["meetings"].as_array().unwrap().iter().find(|m| m["members"].as_array().unwrap().len() > 1);
    if let Some(sure) = sure {
        print(folder, &["review", "accept", id(sure), "--all"]);
        assert!(print(folder, &["brief", "--since", "last"]).contains("Nothing has moved"));
    }
}

#[test]
fn since_a_day_is_what_was_published_on_it_or_later() {
    let folder = filled();
    let folder = folder.path();
    let paths = examples();
    let paths = paths.to_str().unwrap();
    let here = tempfile::tempdir().unwrap();
    for day in ["1990-01-01", "2025-02-28", "2030-01-01"] {
        let of_files = print(here.path(), &["brief", "--since", day, "--format", "json", paths]);
        assert!(of_files == print(folder, &["brief", "--since", day, "--format", "json"]), "{day}");
    }
    let none = print(folder, &["brief", "--since", "2030-01-01"]);
    assert!(none.contains("Nothing has moved since 2030-01-01."), "{none}");
    let some = digest(folder, &["2025-02-28"]);
    let articles: BTreeMap<String, Value> =
        exported(folder, "article").into_iter().map(|a| (id(&a).to_string(), a)).collect();
    let is_later = |e: &Value| {
        let article = &articles[e["article"].as_str().unwrap()];
        article["published"].as_str().or(article["captured"]["at"].as_str()).unwrap() >= "2025-02-28"
    };
    assert!(told(&some).len() > 5 && told(&some).len() < told(&digest(folder, &["1990-01-01"])).len());
    for (section, record) in
        told(&some).into_iter().filter(|(s, r)| *s != "disputes" && *s != "deadlocks" && r["change"] == "new")
    {
        assert!(record["evidence"].as_array().unwrap().iter().any(is_later), "{section} {record}");
    }
    // nothing is remembered of it
    assert_eq!(digest(folder, &["last"])["since"], Value::Null);
}

#[test]
fn what_was_not_written_was_not_seen_and_what_is_damaged_is_said() {
    let (folder, _) = half();
    let folder = folder.path();
    let mut child =
        command(folder, &["brief", "--since", "last"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success(), "a reader who goes away is no fault");
    assert_eq!(digest(folder, &["last"])["since"], Value::Null);
    let db = rusqlite::Connection::open(folder.join("archive.sqlite")).unwrap();
    assert_eq!(db.execute("UPDATE seen SET records = x'00'", ()).unwrap(), 1);
    fails(folder, &["check"], 2, "what `Ann` has seen cannot be read back: ");
    let words = ["brief", "--since", "last", "--dry-run"];
    fails(folder, &words, 0, "what `Ann` has seen cannot be read back: ");
    assert!(print(folder, &words).contains("You have not looked before"));
    print(folder, &["brief", "--since", "last"]);
    assert!(print(folder, &["check"]).ends_with("all whole\n"));
}

#[test]
fn what_makes_no_sense_is_said() {
    let folder = filled();
    let folder = folder.path();
    for (words, message) in [
        (&["last", "page.html"][..], "leave out PATHs, `--as-of`, `--dossier` and `--corrections`, or name a day"),
        (&["last", "--as-of", "2025-03-01"], "leave out PATHs, `--as-of`, `--dossier` and `--corrections`"),
        (&["last", "--corrections", "decided.jsonl"], "leave out PATHs, `--as-of`, `--dossier` and `--corrections`"),
        (&["last", "--dossier", "other.toml"], "leave out PATHs, `--as-of`, `--dossier` and `--corrections`"),
        (&["lately"], "failed to read `--since`"),
        (&["2025-03-01", "--by", "Bob"], "`--by` and `--dry-run` go with `--since last`"),
    ] {
        fails(folder, &[&["brief", "--since"], words].concat(), 64, message);
    }
    fails(folder, &["brief", "--by", "Bob"], 64, "--since");
    assert_eq!(digest(folder, &["last", "--dry-run"])["since"], Value::Null, "nothing of it is remembered");
    let help = print(folder, &["brief", "--help"]);
    assert!(
        help.contains("--since <DATE|last>") && help.contains("--dry-run") && help.contains("[alias: --keep]"),
        "{help}"
    );
}
