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
