//! What is run on bytes from outside, by the test beside it and by the target in `fuzz/`: it may not panic.
#![allow(clippy::disallowed_methods, reason = "the file that is read is made here")]

use std::collections::BTreeSet;

use rapporteur_capture::{Config, Source, read};

#[path = "../made/mod.rs"]
pub(crate) mod made;

/// Names under which bytes are read in different ways.
pub(crate) const NAMES: [&str; 6] = ["page.html", "note.txt", "press.jsonl", "press.ndjson.gz", "page.html.gz", "bare"];

/// Any bytes in a file: captures within the limit and with the digest of what they are, or refusals that name the file.
pub(crate) fn any_file(number: usize, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(NAMES[number % NAMES.len()]);
    std::fs::write(&path, bytes).unwrap();
    let mut config = Config::default();
    config.limit = 100_000;
    let mut ids = BTreeSet::new();
    for outcome in read(&[Source::from(path.clone())], &config) {
        match outcome {
            Ok(capture) => {
                assert!(capture.bytes.len() <= config.limit);
                assert_eq!(capture.path, path.to_str().unwrap());
                assert!(ids.insert(capture.id.to_string()), "two captures have one id");
            }
            Err(refusal) => {
                let said = refusal.to_string();
                assert!(said.contains(NAMES[number % NAMES.len()]) && !said.contains("Kind"), "{said}");
                assert!(!refusal.code.is_empty());
            }
        }
    }
}

/// Number of ways in which [`inside`] wraps bytes.
pub(crate) const WRAPS: usize = 12;

/// Any bytes as what stands inside a format: behind the checksums and headers that bytes from nowhere would not have.
pub(crate) fn inside(number: usize, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let file = match number % WRAPS {
        0 => made::docx_of_xml(bytes),
        1 => made::docx(&text),
        2 => made::pdf(&[bytes.to_vec()], |_| lopdf::Dictionary::new()),
        3 => pdf_with_letters(bytes),
        4 => [made::response("https://a.example", made::OK_HTML, bytes), b"WARC/1.0\r\n\r\n".to_vec()].concat(),
        5 => {
            let head = format!("{}\nTransfer-Encoding: chunked", made::OK_HTML);
            made::gzip(&made::response("https://a.example", &head, bytes))
        }
        6 => [b"WARC/1.0\r\nContent-Length: 99\r\n", bytes].concat(),
        7 => [b"From a@b.example Tue Mar  4 10:12:00 2025\nSubject: x\n", bytes].concat(),
        8 => [b"{\\rtf1\\ansi ", bytes].concat(),
        9 => format!("Documents (2)\nTitle\nHerald\nMarch 4, 2025\nLength: 9 words\n{text}\nEnd of Document\n")
            .into_bytes(),
        10 => format!("Title\n9 words\n4 March 2025\n{text}\nDocument HERLD00020250304el3400001\n").into_bytes(),
        _ => [b"TY  - NEWS\nTI  - x\n", bytes].concat(),
    };
    any_file(0, &file);
}

/// A PDF file whose letters are mapped by these bytes.
fn pdf_with_letters(map: &[u8]) -> Vec<u8> {
    made::pdf(&[b"BT /F1 10 Tf (Talks) Tj <00480049> Tj ET".to_vec()], |file| {
        let map = file.add_object(lopdf::Stream::new(lopdf::Dictionary::new(), map.to_vec()));
        let font = lopdf::dictionary! { "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H", "ToUnicode" => map };
        lopdf::dictionary! { "Font" => lopdf::dictionary! { "F1" => font } }
    })
}

/// Any bytes from a feed's address: entries within bounds whose links can be fetched, or words for the user.
pub(crate) fn any_feed(bytes: &[u8]) {
    use rapporteur_capture::feeds::{Listed, listed};
    let is_web = |link: &String| link.starts_with("http://") || link.starts_with("https://");
    match listed(bytes, "https://news.example.org/rss", "") {
        Ok(Listed::Feed(feed)) => {
            for entry in &feed.entries {
                assert!(entry.link.is_empty() || is_web(&entry.link), "{}", entry.link);
                assert!(!entry.title.contains('\n'));
                let _ = entry.capture(&feed.title, None);
            }
        }
        Ok(Listed::Feeds(feeds) | Listed::Sitemaps(feeds) | Listed::Nothing(feeds)) => {
            assert!(feeds.iter().all(is_web))
        }
        Err(why) => assert!(!why.is_empty()),
    }
}
