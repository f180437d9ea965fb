//! What holds for any bytes at all.

mod fuzzed;

use fuzzed::any_bytes as check;
use proptest::prelude::*;

/// Pieces of pages, so that random pages reach more than the decoder.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z,.!?“”\"' ]{0,80}",
        Just("<p>".to_string()),
        Just("</p>\n".to_string()),
        Just("<div class='related'>".to_string()),
        Just("</div>".to_string()),
        Just("<html><body>".to_string()),
        Just("<li><a href='/'>More</a>".to_string()),
        Just(
            "GENEVA, Jan 28 (Wire) — Envoys met on Wednesday for a third day of talks in the old town hall. "
                .to_string()
        ),
        Just("\nBy Ann Lee\n".to_string()),
        Just("Share this article\n".to_string()),
        Just("&rsquo;&amp;&#x2014;".to_string()),
        Just("2025-06-04".to_string()),
        Just("(Reporting by Ann Lee; Editing by Bo Chu)".to_string()),
        "\\PC{0,20}",
    ]
}

/// The pages and texts of the examples.
#[allow(clippy::disallowed_methods, reason = "tests read the examples")]
static EXAMPLES: std::sync::LazyLock<Vec<Vec<u8>>> = std::sync::LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/harbour-strike/articles");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn an_example_with_bytes_changed_gives_an_article(
        page in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..40usize), 1..12),
    ) {
        let mut bytes = page.get(&EXAMPLES).clone();
        for (at, byte, lost) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes.drain(at..bytes.len().min(at + lost));
            bytes.push(byte);
        }
        check(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_an_article(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        check(&bytes);
    }

    #[test]
    fn any_page_gives_an_article(pieces in proptest::collection::vec(piece(), 0..60)) {
        check(pieces.concat().as_bytes());
    }
}
