//! The command on what universities and newsrooms have: exports of press databases, web archives, mail, documents.
#![allow(clippy::disallowed_methods, missing_docs, reason = "tests make the files that are read")]

#[path = "../../capture/tests/made/mod.rs"]
mod made;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const NEXIS: &str = include_str!("../../capture/tests/samples/nexis.txt");
const FACTIVA: &[u8] = include_bytes!("../../capture/tests/samples/factiva.rtf");

/// A dispatch of our own writing, with the stands of both sides.
const DISPATCH: &str = "HALVER, March 4, 2025 - The mill owners of Halver refused on Tuesday to raise the weavers' pay, and the weavers' \
    union said it would not return to work before the owners had made an offer.";
const QUOTATION: &str = "\"We will not sign for less than nine percent,\" said Ada Brok, who leads the union, after four hours of talks in Halver.";

struct Seen {
    status: i32,
    out: String,
    err: String,
}

fn rapporteur(words: &[&str], path: &Path, input: &[u8]) -> Seen {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(words)
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Seen { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn saved(name: &str, bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// The dispatch as one file of each kind.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let page = format!("<html><body><h1>Owners refuse raise</h1><p>{DISPATCH}</p><p>{QUOTATION}</p></body></html>");
    let text = format!("{DISPATCH}\n\n{QUOTATION}\n");
    vec![
        ("crawl.warc.gz", made::gzip(&made::response("https://herald.example/1", made::OK_HTML, page.as_bytes()))),
        (
            "inbox.mbox",
            format!("From a@b.example Tue Mar  4 10:12:00 2025\n{}", made::mail("Talks", &text)).into_bytes(),
        ),
        ("one.eml", made::mail("Talks", &text).into_bytes()),
        ("report.docx", made::docx(&text)),
        ("report.rtf", format!("{{\\rtf1\\ansi {}}}", text.replace('\n', "\\par ")).into_bytes()),
        ("print.pdf", made::pdf_of_lines(&[&[(20.0, "Owners refuse raise"), (10.0, DISPATCH), (10.0, QUOTATION)]])),
    ]
}

#[test]
fn every_kind_of_file_is_read_by_path_and_from_standard_input() {
    for (name, bytes) in files() {
        let (_folder, path) = saved(name, &bytes);
        for (path, input) in [(path.as_path(), &[][..]), (Path::new("-"), bytes.as_slice())] {
            let seen = rapporteur(&["export"], path, input);
            assert_eq!(seen.status, 0, "{name} as {}: {}", path.display(), seen.err);
            let is_quote = |l: &&str| l.starts_with("{\"kind\":\"quote\"") && l.contains("\"name\":\"Ada Brok\"");
            assert!(seen.out.lines().any(|l| is_quote(&l)), "{name} as {}: {}", path.display(), seen.out);
        }
    }
}

/// The example of the README as a crawler would have brought it.
#[test]
fn a_brief_of_a_web_archive() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/river-accord/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let member = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        let media = if path.extension().is_some_and(|e| e == "html") { "text/html" } else { "text/plain" };
        made::gzip(&made::warc_record("resource", "file:///article", media, &bytes, bytes.len()))
    };
    let crawl: Vec<u8> = paths.iter().flat_map(member).collect();
    let (_folder, path) = saved("crawl.warc.gz", &crawl);
    let seen = rapporteur(&["brief", "--captured-at", "2025-04-10"], &path, &[]);
    assert_eq!((seen.status, seen.err.as_str()), (0, ""));
    let start =
        "Talks between Tarvenia, Ulmara, Kessmark, Velm Waters Alliance\n24 articles, 2025-01-10 to 2025-04-03;";
    assert!(seen.out.starts_with(start), "{}", &seen.out[..300]);
}

#[test]
fn the_sources_of_an_export_with_their_outlets_and_days() {
    for (name, bytes) in [("export.docx", made::docx(NEXIS)), ("export.rtf", FACTIVA.to_vec())] {
        let (_folder, path) = saved(name, &bytes);
        let seen = rapporteur(&["sources", "--format", "json"], &path, &[]);
        assert_eq!((seen.status, seen.err.as_str()), (0, ""), "{name}");
        let sources: serde_json::Value = serde_json::from_str(&seen.out).unwrap();
        let mut found: Vec<String> = sources
            .as_array()
            .unwrap()
            .iter()
            .map(|s| {
                ["outlet", "published", "published_basis", "title"].map(|k| s[k].as_str().unwrap_or("")).join("; ")
            })
            .collect();
        found.sort();
        assert_eq!(
            found,
            [
                "Coast Wire; 2025-03-11; input; Owners agree to seven percent",
                "The Halver Post; 2025-03-06; input; Weavers would take seven percent",
                "The Harbour Herald (Halver); 2025-03-04; input; Mill owners of Halver refuse to raise weavers’ pay",
            ],
            "{name}"
        );
        let authors: Vec<&serde_json::Value> =
            sources.as_array().unwrap().iter().flat_map(|s| s["authors"].as_array().unwrap()).collect();
        assert!(authors.iter().any(|a| *a == "Ann Lee") && authors.iter().any(|a| *a == "Ida Moll"), "{authors:?}");
    }
}

#[test]
fn an_article_of_an_export_that_cannot_be_read_is_named_and_the_rest_is_there() {
    let broken = NEXIS.replacen("Body\n", "", 1);
    let (_folder, path) = saved("export.docx", &made::docx(&broken));
    let seen = rapporteur(&["export"], &path, &[]);
    assert_eq!(seen.status, 2, "{}", seen.err);
    assert!(
        seen.err.contains("article 1 (`Mill owners of Halver refuse to raise weavers’ pay`) has no line `Body`"),
        "{}",
        seen.err
    );
    assert_eq!(seen.out.lines().filter(|l| l.starts_with("{\"kind\":\"article\"")).count(), 2);
}
