//! What is run on bytes from outside, by the tests beside it and by the target in `fuzz/`: it may not panic.

use rapporteur_article::{Config, decode, extract};
use rapporteur_capture::Capture;

/// Any bytes of a page or text: an article, the same each time, whose text lies in the capture where it says.
pub(crate) fn any_bytes(bytes: &[u8]) {
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
