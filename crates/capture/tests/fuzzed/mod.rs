//! What is run on bytes from outside, by the test beside it and by the target in `fuzz/`: it may not panic.
#![allow(clippy::disallowed_methods, reason = "the file that is read is made here")]

use std::collections::BTreeSet;

use rapporteur_capture::{Config, Source, read};

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
