//! What the user sees when the input is bad: the real command, real files, its status and its words.
#![allow(clippy::disallowed_methods, missing_docs)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;

/// A dispatch that can be read, of our own writing.
const GOOD: &str = "HALVER, March 4 - The mill owners of Halver refused on Tuesday to raise the weavers' pay, and the \
weavers' union said it would not return to work before the owners had made an offer.\n\n\"We will not sign for less than \
nine percent,\" said Ada Brok, who leads the union, after four hours of talks at the Cloth Hall in Halver.\n";

struct Seen {
    status: i32,
    out: String,
    err: String,
}

fn rapporteur(args: &[&str]) -> Seen {
    seen(Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(args).output().unwrap())
}

fn seen(output: Output) -> Seen {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Seen { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn export(path: &Path) -> Seen {
    rapporteur(&["export", path.to_str().unwrap()])
}

/// A folder with one good dispatch and one bad file.
fn folder(name: &str, bad: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.txt"), GOOD).unwrap();
    std::fs::write(folder.path().join(name), bad).unwrap();
    folder
}

/// One line names the bad file, the reason and the fix; the good file's records come; the status says that part was
/// done.
fn part_done(name: &str, bad: &[u8], reason_and_fix: &[&str]) {
    let folder = folder(name, bad);
    let seen = export(folder.path());
    assert_eq!(seen.status, 2, "{}", seen.err);
    let named = format!("warning: failed to read `{}`: ", folder.path().join(name).display());
    assert_eq!(seen.err.lines().filter(|line| line.starts_with(&named)).count(), 1, "{}", seen.err);
    assert_eq!(seen.err.lines().count(), 1, "{}", seen.err);
    for words in reason_and_fix {
        assert!(seen.err.contains(words), "no `{words}`: {}", seen.err);
    }
    good_is_read(&seen);
    assert!(seen.out.contains("\"kind\":\"note\""), "{}", seen.out);
}

/// The records of the good dispatch are there: the article, what it quotes and what it states.
fn good_is_read(seen: &Seen) {
    for (kind, words) in [("article", "good.txt"), ("quote", "We will not sign"), ("statement", "raise the weavers")] {
        let start = format!("{{\"kind\":\"{kind}\"");
        assert!(seen.out.lines().any(|l| l.starts_with(&start) && l.contains(words)), "no {kind}: {}", seen.out);
    }
}

#[test]
fn a_missing_path_is_named() {
    let seen = rapporteur(&["export", "nowhere/at/all.txt"]);
    assert_eq!(seen.status, 1);
    assert!(seen.err.starts_with("error: failed to read `nowhere/at/all.txt`: no such file or folder"), "{}", seen.err);
    assert!(seen.err.contains("check the path"), "{}", seen.err);
    assert_eq!(seen.out, "");
}

#[test]
fn a_missing_path_beside_a_good_one_is_part_done() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.txt");
    std::fs::write(&good, GOOD).unwrap();
    let seen = rapporteur(&["export", "nowhere.txt", good.to_str().unwrap()]);
    assert_eq!(seen.status, 2);
    assert!(seen.err.contains("warning: failed to read `nowhere.txt`"), "{}", seen.err);
    good_is_read(&seen);
}

#[test]
fn an_empty_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let seen = export(folder.path());
    assert_eq!(seen.status, 1);
    let named = format!("error: failed to read `{}`: the folder holds no files: ", folder.path().display());
    assert!(seen.err.starts_with(&named) && seen.err.contains("name a folder with articles in it"), "{}", seen.err);
    assert_eq!(seen.out, "");
}

#[test]
fn a_binary_file_is_passed_over() {
    let bytes: Vec<u8> = (0..4096_u32).map(|i| (i * 37 % 251) as u8).chain([0; 64]).collect();
    part_done("photo.jpg", &bytes, &["binary data", "save the article as HTML or plain text"]);
    part_done("paper.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00", &["the PDF file is damaged", "`pdftotext`"]);
    part_done("nothing.txt", b" \n", &["it is empty", "capture the article again"]);
}

#[test]
fn a_truncated_gzip_is_passed_over() {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(GOOD.repeat(40).as_bytes()).unwrap();
    let whole = gz.finish().unwrap();
    part_done("page.txt.gz", &whole[..whole.len() / 2], &["breaks off at byte", "fetch the file again"]);
    let mut changed = whole.clone();
    changed[whole.len() - 8] ^= 1;
    part_done("page.txt.gz", &changed, &["the gzip stream is damaged at byte", "fetch the file again"]);
}

#[test]
fn the_wrong_encoding_is_read_as_far_as_honest() {
    let bytes: Vec<u8> = GOOD.replace("Ada Brok", "Ada Brök").chars().map(|c| c as u32 as u8).collect();
    let folder = folder("latin.txt", &bytes);
    let seen = export(folder.path());
    assert_eq!(seen.status, 0, "{}", seen.err);
    assert!(seen.out.contains("Ada Brök"), "{}", seen.out);
}

#[test]
fn a_file_over_the_limit_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.txt"), GOOD).unwrap();
    let huge = std::fs::File::create(folder.path().join("huge.txt")).unwrap();
    huge.set_len(100_000_001).unwrap();
    let seen = export(folder.path());
    assert_eq!(seen.status, 2, "{}", seen.err);
    assert!(seen.err.contains("huge.txt`: it is larger than 100 MB"), "{}", seen.err);
    assert!(seen.err.contains("split it, or use JSONL"), "{}", seen.err);
    good_is_read(&seen);
}

#[test]
fn deep_nesting_ends_and_is_named() {
    let page =
        format!("<html><body>{}<p>{GOOD}</p>{}</body></html>", "<div>".repeat(100_000), "</div>".repeat(100_000));
    part_done("deep.html", page.as_bytes(), &["more than 512 levels of nesting", "save its article as plain text"]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("deep.html"), page).unwrap();
    assert_eq!(export(folder.path()).status, 1, "nothing was read");
}

#[test]
fn a_broken_line_of_jsonl_is_named_and_the_rest_is_read() {
    let line = |id: &str| format!("{{\"id\": \"{id}\", \"published\": \"2025-03-04\", \"text\": {}}}\n", json(GOOD));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("press.jsonl");
    std::fs::write(&file, format!("{}{{\"id\": \"broken\", \n{}", line("one"), line("three"))).unwrap();
    let seen = export(&file);
    assert_eq!(seen.status, 2, "{}", seen.err);
    assert!(seen.err.contains("press.jsonl`: line 2: no JSON object"), "{}", seen.err);
    assert!(seen.err.contains("each line is one object with `text` or `html`"), "{}", seen.err);
    assert!(seen.out.contains("\"source_id\":\"one\"") && seen.out.contains("\"source_id\":\"three\""), "{}", seen.out);
}

fn json(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\\\"").replace('\n', "\\n"))
}

#[test]
fn wrong_usage_is_64() {
    assert_eq!(rapporteur(&["brief"]).status, 64);
    assert_eq!(rapporteur(&["reticulate"]).status, 64);
    let seen = rapporteur(&["brief", "--as-of", "yesterday", "."]);
    assert_eq!(seen.status, 64);
    assert!(seen.err.contains("failed to read `--as-of`: `yesterday` is no date"), "{}", seen.err);
    assert_eq!(rapporteur(&["positions", "--min-confidence", "7", "."]).status, 64);
    assert_eq!(rapporteur(&["--help"]).status, 0);
}

#[test]
fn a_model_that_is_not_there_is_named_with_the_way_out() {
    let folder = folder("more.txt", GOOD.as_bytes());
    let seen = rapporteur(&["brief", "--model", "no/such/model", folder.path().to_str().unwrap()]);
    assert_eq!(seen.status, 1);
    assert!(seen.err.contains("no/such/model"), "{}", seen.err);
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let folder = folder("more.txt", GOOD.as_bytes());
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["export", folder.path().to_str().unwrap()])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
