//! What each listing does with filters, with nothing to show, and with words that name nothing.
#![allow(clippy::disallowed_methods, reason = "tests make the files that are read")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

const LISTINGS: [&str; 11] = [
    "positions",
    "shifts",
    "timeline",
    "meetings",
    "proposals",
    "conditions",
    "status",
    "disputes",
    "figures",
    "people",
    "sources",
];

fn river() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/river-accord/articles")
}

fn run(words: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(words).arg(river()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

#[test]
fn a_name_that_is_nowhere_is_said_with_those_that_are_near() {
    let (out, err, status) = run(&["positions", "--party", "Tarvania", "--issue", "resevoir"]);
    assert_eq!((out.as_str(), status), ("nothing found\n", 0));
    assert!(
        err.contains("warning: a party or person `Tarvania` is nowhere in what was read; did you mean `Tarvenia`"),
        "{err}"
    );
    assert!(
        err.contains("warning: an issue `resevoir` is nowhere in what was read; did you mean `reservoir`"),
        "{err}"
    );
}

/// A table has its header and a list its brackets where nothing is left to show.
#[test]
fn what_is_empty_is_still_a_table_and_a_list() {
    let empty = ["--source", "no such outlet"];
    let (csv, err, _) = run(&[&["positions", "--format", "csv"], &empty[..]].concat());
    let (full, ..) = run(&["positions", "--format", "csv"]);
    assert_eq!(csv.trim_end(), full.lines().next().unwrap());
    assert!(err.contains("a source `no such outlet` is nowhere"), "{err}");
    let (json, ..) = run(&[&["positions", "--format", "json"], &empty[..]].concat());
    assert_eq!(serde_json::from_str::<Vec<Value>>(&json).unwrap(), Vec::<Value>::new());
    let (early, err, status) = run(&["timeline", "--as-of", "1999-01-01"]);
    assert_eq!((early.as_str(), status), ("nothing found\n", 0));
    assert!(err.contains("nothing that was read was published or captured on or before 1999-01-01"), "{err}");
}

#[test]
fn days_the_wrong_way_round_are_refused() {
    let (_, err, status) = run(&["shifts", "--from", "2025-03-01", "--to", "2025-02-01"]);
    let message = "error: `--to 2025-02-01` is before `--from 2025-03-01`: nothing can lie between\n";
    assert_eq!((err.as_str(), status), (message, 64));
}

/// Every listing says of each record when it was published and read.
#[test]
fn each_listing_keeps_the_times_apart() {
    for listing in LISTINGS {
        let (out, err, status) = run(&[listing, "--format", "json"]);
        assert_eq!(status, 0, "{listing}: {err}");
        let all: Vec<Value> = serde_json::from_str(&out).unwrap();
        assert!(!all.is_empty(), "no {listing}");
        for record in &all {
            match listing {
                "people" => continue,
                "sources" => assert!(record["captured"]["at"].is_string(), "{record}"),
                _ => assert!(record["read"].is_string() && record.get("published").is_some(), "{record}"),
            }
        }
        assert!(listing == "people" || all.iter().any(|r| r["published"].is_string()), "{listing}");
    }
}

/// People, articles and figures are filtered by what they have to do with a party, issue and source.
#[test]
fn filters_reach_records_that_do_not_name_what_is_asked_for() {
    let all = |words: &[&str]| {
        let (out, err, _) = run(&[words, &["--format", "json"]].concat());
        (serde_json::from_str::<Vec<Value>>(&out).unwrap().len(), err)
    };
    for words in [
        &["sources", "--party", "Ulmara"][..],
        &["sources", "--issue", "reservoir"],
        &["people", "--issue", "reservoir"],
        &["people", "--source", "01_bpa"],
        &["people", "--from", "2025-01-01"],
        &["figures", "--issue", "flow"],
    ] {
        let (some, err) = all(words);
        let (whole, _) = all(&words[..1]);
        assert!(some > 0, "{words:?}: {err}");
        assert!(some < whole || words[1] == "--from", "{words:?} leaves nothing out");
    }
}

/// A reader that has seen enough ends the command without a fault.
#[test]
fn a_pipe_that_is_closed_is_no_fault() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["figures", "--format", "json"])
        .arg(river())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

/// What is exported is described: each field of a kind stands in its row of the page, or in the table of what all have.
#[test]
fn every_field_of_every_kind_is_described() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/records.md")).unwrap();
    let (common, kinds) = page.split_once("## Kinds").unwrap();
    let (out, ..) = run(&["export", "--format", "jsonl"]);
    let mut seen = 0;
    for line in out.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let kind = record["kind"].as_str().unwrap();
        let row = kinds.lines().find(|l| l.starts_with(&format!("| `{kind}` |")));
        let row = row.unwrap_or_else(|| panic!("{kind} is not described"));
        for field in record.as_object().unwrap().keys() {
            let name = format!("`{field}`");
            assert!(row.contains(&name) || common.contains(&name), "{kind}: {field}");
            seen += 1;
        }
    }
    assert!(seen > 1000);
}
