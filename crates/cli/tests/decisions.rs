//! What a person decides: corrections given with a file, and a dossier that is edited between two discoveries.
#![allow(clippy::disallowed_methods, reason = "tests make the files that are read")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A page whose text is the same when its tags are taken for text: only the offsets differ.
const PAGE: &str = "<html><head><title>Halver</title></head><body><nav>Home | News | Sport</nav><article>\n<p>\nHALVER, March 4, \
2025 - The mill owners of Halver refused on Tuesday to raise the weavers' pay.\n</p>\n<p>\nThe Weavers' Union said on \
Tuesday that it would reject any offer below nine percent.\n</p>\n</article></body></html>\n";

struct Seen {
    status: i32,
    out: String,
    err: String,
}

fn run(words: &[&str], paths: &[&Path]) -> Seen {
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(words).args(paths).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Seen { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// Records of one kind as `export` gives them.
fn records(words: &[&str], paths: &[&Path], kind: &str) -> Vec<Value> {
    let seen = run(&[&["export"], words].concat(), paths);
    assert_eq!(seen.status, 0, "{}", seen.err);
    let all = seen.out.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    all.filter(|r| r["kind"] == kind).collect()
}

fn line(rest: &str) -> String {
    format!("{{\"schema\":1,\"at\":\"2025-04-01\",\"by\":\"A. Lee\",{rest}}}\n")
}

#[test]
fn a_fault_in_the_corrections_is_named_with_its_file_and_line_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.html"), PAGE).unwrap();
    let file = folder.path().join("decided.jsonl");
    let words = ["positions", "--corrections", file.to_str().unwrap(), "--model", "/nowhere"];
    let missing = run(&words, &[folder.path()]);
    assert_eq!(missing.status, 1);
    assert!(
        missing.err.starts_with(&format!("error: failed to read the corrections `{}`: ", file.display())),
        "{}",
        missing.err
    );
    std::fs::write(&file, line("\"do\":\"merge\",\"a\":\"A\",\"b\":\"B\"") + &line("\"do\":\"merge\",\"a\":\"A\""))
        .unwrap();
    let faulty = run(&words, &[folder.path()]);
    assert_eq!(
        (faulty.status, faulty.err),
        (1, format!("error: failed to read corrections `{}` at line 2: `b` is missing\n", file.display()))
    );
    let none = run(&["corrections"], &[folder.path()]);
    assert_eq!((none.status, none.err.as_str()), (64, "error: name the corrections with `--corrections FILE`\n"));
}

#[test]
fn corrections_survive_a_reading_with_other_offsets() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    std::fs::write(&page, PAGE).unwrap();
    let holds = |r: &&Value| r["sentence"] != "" && r["act"] != "assert";
    let plain = records(&[], &[&page], "statement");
    let item = plain.iter().find(holds).unwrap();
    let id = item["id"].as_str().unwrap();
    let file = folder.path().join("decided.jsonl");
    let lost = line("\"do\":\"reject\",\"item\":\"statement-0000000000000000\"");
    std::fs::write(&file, line(&format!("\"do\":\"change\",\"item\":\"{id}\",\"stance\":\"open\"")) + &lost).unwrap();
    let decided = ["--corrections", file.to_str().unwrap()];
    let changed = |words: &[&str]| {
        let all = records(words, &[&page], "statement");
        all.into_iter().find(|r| r["id"] == id).unwrap_or_else(|| panic!("{id} is gone with {words:?}"))
    };
    let (one, other) = (changed(&decided), changed(&[&decided[..], &["--verbatim"]].concat()));
    assert_ne!(one["evidence"][0]["start"], other["evidence"][0]["start"]);
    for record in [one, other] {
        assert_eq!(record["stance"], "open");
        assert_eq!(record["corrected"].as_array().unwrap().len(), 1, "{record}");
    }
    let untouched = records(&decided, &[&page], "statement");
    assert!(untouched.iter().filter(|r| r["id"] != id).all(|r| r["corrected"] == serde_json::json!([])));
    // the one whose item is not there is listed, and said
    let listed = run(&["corrections", "--format", "json", decided[0], decided[1]], &[&page]);
    let all: Vec<Value> = serde_json::from_str(&listed.out).unwrap();
    let outcomes: Vec<&Value> = all.iter().filter(|r| r["kind"] == "correction").map(|r| &r["outcome"]).collect();
    assert!(outcomes.contains(&&"gone".into()) && outcomes.contains(&&"applied".into()), "{outcomes:?}");
    assert!(all.iter().any(|r| r["kind"] == "effect" && r["id"] == id && r["change"] == "changed"), "{}", listed.out);
    assert!(listed.err.contains("(reject) has no effect: what it is about is not there"), "{}", listed.err);
    // the record holds the correction itself, to be replayed
    let lines: String = all.iter().filter_map(|r| r["line"].as_str()).map(|l| format!("{l}\n")).collect();
    std::fs::write(&file, lines).unwrap();
    assert_eq!(changed(&decided)["stance"], "open");
}

fn articles(from: usize, to: usize) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour-strike/articles");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    all.sort();
    all[from..to.min(all.len())].to_vec()
}

/// Half of the articles, an edited draft, then all of them.
#[test]
fn a_dossier_that_was_edited_stays_as_more_articles_come() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dossier.toml");
    let output = ["discover", "--output", file.to_str().unwrap()];
    let half = articles(0, 12);
    let all = articles(0, usize::MAX);
    let half: Vec<&Path> = half.iter().map(PathBuf::as_path).collect();
    let all: Vec<&Path> = all.iter().map(PathBuf::as_path).collect();
    assert_eq!(run(&output, &half).status, 0);
    let draft = std::fs::read_to_string(&file).unwrap();
    let issues = |text: &str| {
        let ids = text.split("[[issue]]\nid = \"").skip(1);
        ids.map(|i| i.split('"').next().unwrap().to_string()).collect::<Vec<String>>()
    };
    let drafted = issues(&draft);
    let [renamed, removed, ..] = drafted.as_slice() else { panic!("{draft}") };
    // one issue gets another name, one goes, a comment is written
    let at = draft.find(&format!("[[issue]]\nid = \"{removed}\"")).unwrap();
    let end = draft[at + 3..].find("\n[").map_or(draft.len(), |e| at + 3 + e + 1);
    let edited = format!("{}{}", &draft[..at], &draft[end..]);
    let edited = edited.replacen(
        &format!("[[issue]]\nid = \"{renamed}\"\nname = \""),
        &format!("# the heart of it\n[[issue]]\nid = \"{renamed}\"\nname = \"our "),
        1,
    );
    std::fs::write(&file, &edited).unwrap();
    // shown before it is done, and done as shown
    let diff = run(&[&output[..], &["--dry-run"]].concat(), &all);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), edited, "--dry-run writes nothing");
    assert!(diff.out.starts_with(&format!("--- {0}\n+++ {0}\n@@ ", file.display())), "{}", diff.out);
    assert_eq!(run(&output, &all).status, 0);
    let extended = std::fs::read_to_string(&file).unwrap();
    for added in diff.out.lines().skip(2).filter_map(|l| l.strip_prefix('+')) {
        assert!(extended.lines().any(|l| l == added), "`{added}` was shown and is not there");
    }
    let mut lines = extended.lines();
    for line in edited.lines().filter(|l| !l.trim().is_empty()) {
        let grown = line.trim_end_matches(']');
        assert!(lines.any(|l| l == line || l.starts_with(grown)), "`{line}` is lost or moved");
    }
    assert!(extended.contains(&format!("# the heart of it\n[[issue]]\nid = \"{renamed}\"\nname = \"our ")));
    let now = issues(&extended);
    assert!(!now.contains(removed), "{removed} is back");
    let kept: Vec<&String> = drafted.iter().filter(|i| *i != removed).collect();
    assert_eq!(now.iter().take(kept.len()).collect::<Vec<_>>(), kept, "ids that are in the file stay");
    // a second run has nothing to add
    let again = run(&[&output[..], &["--dry-run"]].concat(), &all);
    assert_eq!((again.out.as_str(), again.status), ("", 0));
    assert!(again.err.contains("nothing changes"), "{}", again.err);
    // and what is read with it has the ids of the file
    let with = records(&["--dossier", file.to_str().unwrap()], &half, "issue");
    assert!(with.iter().all(|i| now.contains(&i["id"].as_str().unwrap().to_string())));
}
