//! What a user sees when captures are read: what is found, in which order, and how bad input is named.
#![allow(clippy::disallowed_methods)] // tests lay out the files that `capture` reads

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use rapporteur_capture::{Capture, Config, Refusal, Source, merge_same, read};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read_path(path: &Path) -> Vec<Result<Capture, Refusal>> {
    read(&[Source::from(path.to_str().unwrap())], &Config::default()).collect()
}

fn refusal(path: &Path) -> Refusal {
    read_path(path).pop().unwrap().unwrap_err()
}

#[test]
fn folders_are_read_in_order_and_hidden_files_left_out() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("b")).unwrap();
    fs::create_dir(dir.path().join(".git")).unwrap();
    for (name, body) in
        [("c.txt", "three"), ("b/two.html", "<p>two"), (".hidden", "no"), (".git/x", "no"), ("a.txt", "one")]
    {
        fs::write(dir.path().join(name), body).unwrap();
    }
    fs::write(dir.path().join("d.txt.gz"), gzip(b"four")).unwrap();
    let captures: Vec<Capture> = read_path(dir.path()).into_iter().map(Result::unwrap).collect();
    let bodies: Vec<&[u8]> = captures.iter().map(|c| c.bytes.as_slice()).collect();
    assert_eq!(bodies, [b"one".as_slice(), b"<p>two", b"three", b"four"]);
    assert!(captures.iter().all(|c| c.at.is_some() && c.number == 0));
}

#[test]
fn bad_input_is_named_and_the_rest_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let packed = gzip("A long enough report about the talks. ".repeat(400).as_bytes());
    fs::write(dir.path().join("a.html.gz"), &packed[..packed.len() / 2]).unwrap();
    fs::write(dir.path().join("b.pdf"), b"%PDF-1.7\n\x01\x02").unwrap();
    fs::write(dir.path().join("c.txt"), "Talks resumed.").unwrap();
    let outcomes = read_path(dir.path());
    let truncated = outcomes[0].as_ref().unwrap_err();
    assert_eq!(truncated.code, "truncated");
    assert!(truncated.message.contains("a.html.gz`: the gzip stream breaks off at byte "), "{truncated}");
    assert_eq!(truncated.offset, Some(packed.len() as u64 / 2));
    let pdf = outcomes[1].as_ref().unwrap_err();
    assert!(
        pdf.message.contains("the PDF file is damaged (") && pdf.message.ends_with("convert it with `pdftotext`"),
        "{pdf}"
    );
    assert_eq!(outcomes[2].as_ref().unwrap().bytes, b"Talks resumed.");
}

#[test]
fn missing_paths_and_empty_folders_say_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let missing = refusal(&dir.path().join("nowhere"));
    assert_eq!(missing.code, "missing");
    assert!(missing.message.starts_with("failed to read `") && missing.message.contains("no such file or folder"));
    let empty = refusal(dir.path());
    assert_eq!(empty.code, "empty-folder");
    assert!(empty.message.contains("name a folder with articles in it"));
    fs::write(dir.path().join("e.txt"), " \n").unwrap();
    assert_eq!(refusal(&dir.path().join("e.txt")).code, "empty-file");
}

#[test]
fn a_large_file_is_refused_before_it_fills_the_memory() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bomb.txt.gz");
    fs::write(&path, gzip(&vec![b'a'; 3_000_000])).unwrap();
    let mut config = Config::default();
    config.limit = 1_000_000;
    let outcome = read(&[Source::from(path.to_str().unwrap())], &config).next().unwrap();
    let refusal = outcome.unwrap_err();
    assert_eq!(refusal.code, "too-large");
    assert!(refusal.message.contains("larger than 1 MB"), "{refusal}");
}

#[test]
fn jsonl_gives_a_capture_a_line_and_names_broken_ones() {
    let dir = tempfile::tempdir().unwrap();
    let body = concat!(
        "{\"id\": \"x1\", \"title\": \"Talks\", \"published\": \"2025-03-04\", \"text\": \"One.\"}\n",
        "\n",
        "{\"id\": 7, \"html\": \"<p>Two.</p>\"\n",
        "{\"id\": 8, \"url\": \"https://example.org/8\", \"html\": \"<p>Three.</p>\"}\n",
        "{\"id\": 9}\n",
    );
    for (name, bytes) in [("p.jsonl", body.as_bytes().to_vec()), ("q.jsonl.gz", gzip(body.as_bytes()))] {
        fs::write(dir.path().join(name), bytes).unwrap();
        let outcomes = read_path(&dir.path().join(name));
        assert_eq!(outcomes.len(), 4);
        let first = outcomes[0].as_ref().unwrap();
        assert_eq!((first.number, first.fields.id.as_str(), first.fields.is_html), (1, "x1", Some(false)));
        assert!(first.id.as_str().ends_with("-1"));
        let broken = outcomes[1].as_ref().unwrap_err();
        assert_eq!((broken.line, broken.code), (Some(3), "broken-line"));
        assert!(broken.message.contains(&format!("{name}`: line 3: no JSON object")), "{broken}");
        let third = outcomes[2].as_ref().unwrap();
        assert_eq!(
            (third.number, third.fields.id.as_str(), third.bytes.as_slice()),
            (4, "8", b"<p>Three.</p>".as_slice())
        );
        assert!(outcomes[3].as_ref().unwrap_err().message.contains("neither `text` nor `html`"));
    }
}

#[test]
fn lines_before_a_break_in_gzipped_jsonl_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let mut seed = 7u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        format!("{seed:x}")
    };
    let body: String =
        (0..2000).map(|i| format!("{{\"id\": {i}, \"text\": \"Line {} {}\"}}\n", noise(), noise())).collect();
    let packed = gzip(body.as_bytes());
    let path = dir.path().join("cut.jsonl.gz");
    fs::write(&path, &packed[..packed.len() * 2 / 3]).unwrap();
    let outcomes = read_path(&path);
    assert!(outcomes.len() > 100);
    assert!(outcomes[..outcomes.len() - 1].iter().all(Result::is_ok));
    assert_eq!(outcomes.last().unwrap().as_ref().unwrap_err().code, "truncated");
}

#[test]
fn the_same_bytes_at_two_paths_are_one_capture_with_two_addresses() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt"] {
        fs::write(dir.path().join(name), "Talks resumed.").unwrap();
    }
    fs::write(dir.path().join("c.txt"), "Talks broke off.").unwrap();
    let merged = merge_same(read_path(dir.path()).into_iter().map(Result::unwrap).collect());
    assert_eq!(merged.len(), 2);
    assert!(merged[0].path.ends_with("a.txt") && merged[0].also[0].path.ends_with("b.txt"));
    assert!(merged[1].also.is_empty());
}
