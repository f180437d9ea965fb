//! Whatever is in a file, reading it ends in captures and refusals.

mod fuzzed;

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

/// Lines of JSONL, whole, broken and odd.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(r#"{"id": "one", "published": "2025-03-04", "text": "The owners refused."}"#.to_string()),
        Just(r#"{"id": 7, "url": null, "html": "<p>The owners refused.</p>", "more": [1, {}]}"#.to_string()),
        Just(r#"{"text": "\ud800"}"#.to_string()),
        Just(r#"{"text": "#.to_string()),
        Just(r#"{"title": "no text"}"#.to_string()),
        Just("[]".to_string()),
        Just("\u{feff}{\"text\": \"x\"}\r".to_string()),
        Just(String::new()),
        Just(format!("{{\"text\": \"{}\"}}", "long ".repeat(30_000))),
        Just("[".repeat(2_000)),
        "\\PC{0,60}",
    ]
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(number in 0..6usize, bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        fuzzed::any_file(number, &bytes);
    }

    #[test]
    fn any_lines(number in 2..4usize, lines in proptest::collection::vec(line(), 0..8)) {
        fuzzed::any_file(number, lines.join("\n").as_bytes());
        fuzzed::any_file(number, &packed(lines.join("\n").as_bytes()));
    }

    #[test]
    fn damaged_gzip(
        number in 2..6usize,
        lines in proptest::collection::vec(line(), 1..6),
        at in any::<prop::sample::Index>(),
        bit in 0..8u8,
        is_cut in any::<bool>(),
    ) {
        let mut bytes = packed(lines.join("\n").as_bytes());
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if is_cut {
            bytes.truncate(at);
        }
        fuzzed::any_file(number, &bytes);
    }
}

#[test]
fn what_unpacks_to_far_more_than_it_is_ends_at_the_limit() {
    let bomb = packed(&vec![b'a'; 5_000_000]);
    assert!(bomb.len() < 50_000);
    for number in 0..fuzzed::NAMES.len() {
        fuzzed::any_file(number, &bomb);
        fuzzed::any_file(number, &packed(&bomb));
    }
}
