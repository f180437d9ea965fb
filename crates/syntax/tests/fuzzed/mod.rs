//! What is run on bytes from outside, by the tests beside it and by the targets in `fuzz/`: none of it may panic.
#![allow(dead_code, reason = "each test uses a part")]

use std::sync::LazyLock;

use rapporteur_syntax::{Package, Parse, Pipeline};

use crate::tiny;

/// Words that reach most of a pipeline: special cases, affixes, addresses, white space, names, no words at all.
const TEXT: &str = "\u{201c}We don't sign,\u{201d} Ms. Brok of the U.S. union said on March 3, 2025 \u{2014} see \
                    http://a.b/c. Owners  offered 3.5% (or 12-14)\tmore pay...\u{e9}\u{65e5} ";

/// Any bytes for one file of a model: an error that names the file, or a pipeline that parses.
pub(crate) fn file_of_a_model(number: usize, bytes: Vec<u8>) {
    static FILES: LazyLock<(Vec<&'static str>, Package)> =
        LazyLock::new(|| (tiny::files().into_iter().map(|(name, _)| name).collect(), tiny::whole()));
    let (names, whole) = &*FILES;
    let mut package = whole.clone();
    package.insert(names[number % names.len()], bytes);
    loaded(&package);
}

/// Loads a package, and parses with it if it can be loaded.
pub(crate) fn loaded(package: &Package) -> bool {
    match Pipeline::load(package) {
        Err(error) => {
            assert!(error.to_string().contains(error.file()) && !error.file().is_empty());
            false
        }
        Ok(pipeline) => {
            well_formed(TEXT, &pipeline.parse_paragraphs(TEXT));
            true
        }
    }
}

/// Any text: tokens that rebuild it and heads that make a tree, whatever the weights.
pub(crate) fn any_text(text: &str) {
    static TINY: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load(&tiny::whole()).unwrap());
    well_formed(text, &TINY.parse(text));
}

/// Checks the shape of a parse against its text.
pub(crate) fn well_formed(text: &str, parse: &Parse) {
    let mut at = 0;
    for token in &parse.tokens {
        let (start, end) = (token.start as usize, token.end as usize);
        assert!(start >= at && end > start, "tokens are in order");
        let between = text.get(at..start).expect("tokens start on characters");
        assert!(between.is_empty() || between == " ", "only single blanks lie between tokens, not {between:?}");
        assert!(text.get(start..end).is_some(), "tokens end on characters");
        assert!((token.head as usize) < parse.len());
        at = end;
    }
    assert!(matches!(text.get(at..), Some("" | " ")), "all of the text is in tokens");
    let covered: usize = parse.sentences.iter().map(|sentence| sentence.len()).sum();
    assert_eq!(covered, parse.len());
    for i in 0..parse.len() {
        assert!(parse.ancestors(i).count() < parse.len(), "heads make a tree");
    }
}
