//! What holds for any bytes at all.

use proptest::prelude::*;
use rapporteur_article::{Config, decode, extract};
use rapporteur_capture::Capture;

fn check(bytes: &[u8]) {
    let capture = Capture::from_bytes(bytes);
    let source = decode(bytes).text;
    for config in [Config::default(), Config::verbatim()] {
        let article = extract(&capture, &config);
        let mut last = (0, 0);
        for (span, origin) in &article.origin_map {
            assert!(span.end() <= article.text.len() && span.start() >= last.0 && *origin >= last.1);
            assert_eq!(source.get(*origin..origin + span.len()), Some(span.slice(&article.text)));
            last = (span.end(), origin + span.len());
        }
        if config.verbatim {
            assert_eq!(article.text, source);
            assert_eq!(article.removed, 0);
        }
        assert_eq!(article, extract(&capture, &config));
        assert!(!article.paragraphs().iter().any(|p| p.is_empty()));
    }
}

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
