//! Whatever the text: no panic, tokens that rebuild it, the same parse alone, in company and on many threads.

use proptest::prelude::*;
use rapporteur::model::for_tests;

/// Checks the shape of a parse against its text.
fn check(text: &str) {
    let parse = for_tests().parse(text);
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_parsed(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_words_are_parsed(
        text in r#"([A-Za-z]{1,9}|[0-9]{1,4}|don't|U\.S\.|[—–“”‘’"'().,;:!?/@#$%€-]{1,3}|[ \n\t\u{a0}]{1,3}|é|日本| ){0,60}"#
    ) {
        check(&text);
    }
}

const PARAGRAPHS: &str = "The union said it would not sign.\n\n“We won’t,” Ms. Prosser told the Ledger on Monday.\n\
    Employers offered 3.5% more pay—on one condition: remote cranes.\nTalks resume in Carrow on March 3.";

#[test]
fn a_paragraph_is_parsed_the_same_in_company() {
    let pipeline = for_tests();
    let together = pipeline.parse_paragraphs(PARAGRAPHS);
    let mut apart = rapporteur_syntax::Parse::default();
    let mut at = 0;
    for line in PARAGRAPHS.split('\n') {
        apart.append(pipeline.parse(line), at);
        at += line.len() + 1;
    }
    assert_eq!(together, apart);
}

#[test]
fn threads_and_order_change_nothing() {
    let pipeline = for_tests();
    let lines: Vec<String> = (0..40).map(|i| format!("{PARAGRAPHS} Case {i} was closed by Judge No{i}.")).collect();
    let once: Vec<_> = lines.iter().map(|line| pipeline.parse_paragraphs(line)).collect();
    std::thread::scope(|scope| {
        for shift in 0..4 {
            let (pipeline, lines, once) = (&pipeline, &lines, &once);
            scope.spawn(move || {
                for i in 0..lines.len() {
                    let i = (i * 7 + shift * 11) % lines.len();
                    assert_eq!(pipeline.parse_paragraphs(&lines[i]), once[i]);
                }
            });
        }
    });
}

#[test]
fn hostile_text_takes_linear_time() {
    for text in
        ["(".repeat(50_000), "a.".repeat(30_000), "\u{301}".repeat(20_000), "x@".repeat(20_000), " ".repeat(50_000)]
    {
        check(&text);
    }
}

#[test]
fn words_near_in_meaning_have_near_vectors() {
    let pipeline = for_tests();
    let vector = |word: &str| pipeline.vector(word).unwrap_or_else(|| panic!("no vector for {word}"));
    let cosine = |a: &[f32], b: &[f32]| {
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    };
    assert_eq!(vector("ceasefire").len(), 300);
    assert!(cosine(vector("ceasefire"), vector("truce")) > cosine(vector("ceasefire"), vector("banana")) + 0.2);
    assert_eq!(vector("Negotiations"), vector("Negotiations"));
    assert!(pipeline.vector("qqqzzzyyyxx").is_none());
}
