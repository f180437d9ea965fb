//! The pipeline gives what spaCy gives.
//!
//! `parity/en_core_web_md.tsv.gz` is what spaCy gave for texts of our own writing (`parity/edges.txt`) and the visible
//! text of the articles under `examples/`; `tools/parity/make_reference.py` made it. At least 99.99 in 100 values must be
//! equal, and each difference that is not on the list below fails the test even so.

#![allow(clippy::print_stdout, reason = "a test that passes says how many values it compared")]

use std::io::Read;

use rapporteur_syntax::{Parse, Pipeline};

/// Differences that are known, as `paragraph: token: column`, each with its reason. None at present.
const KNOWN: &[&str] = &[];

const COLUMNS: [&str; 10] = ["text", "TAG", "POS", "lemma", "features", "dep", "head", "sentence", "name", "blank"];

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            },
            c => c,
        });
    }
    out
}

fn rows(text: &str, parse: &Parse) -> Vec<[String; 10]> {
    let row = |i: usize| {
        let token = &parse.tokens[i];
        let name = match (token.ent.as_str(), token.ent_start) {
            ("", _) => "O".to_owned(),
            (kind, true) => format!("B-{kind}"),
            (kind, false) => format!("I-{kind}"),
        };
        let digit = |holds: bool| u8::from(holds).to_string();
        [
            text[token.start as usize..token.end as usize].to_owned(),
            token.tag.to_string(),
            token.pos.to_string(),
            token.lemma.to_string(),
            token.morph.to_string(),
            token.dep.to_string(),
            token.head.to_string(),
            digit(parse.sentence_of(i).start == i),
            name,
            digit(token.space_after),
        ]
    };
    (0..parse.len()).map(row).collect()
}

fn compare(pipeline: &Pipeline, packed: &[u8]) {
    let mut reference = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut reference).unwrap();
    let (mut values, mut differences) = (0, Vec::new());
    for block in reference.split("\n# ").skip(1) {
        let mut lines = block.lines();
        let text = unescape(lines.next().unwrap_or_default());
        let expected: Vec<Vec<String>> = lines.map(|line| line.split('\t').map(unescape).collect()).collect();
        let found = rows(&text, &pipeline.parse(&text));
        let forms = |row: &[String]| row[0].clone();
        let same = found.iter().map(|r| forms(r)).eq(expected.iter().map(|r| forms(r)));
        values += expected.len() * COLUMNS.len();
        if !same {
            differences.push(format!("{text}: tokens {:?}", found.iter().map(|r| &r[0]).collect::<Vec<_>>()));
            continue;
        }
        for (found, expected) in found.iter().zip(&expected) {
            for ((column, found), expected) in COLUMNS.iter().zip(found).zip(expected) {
                if found != expected {
                    differences.push(format!("{text}: {column} is `{found}`, spaCy has `{expected}`"));
                }
            }
        }
    }
    println!("{values} values, {} differences", differences.len());
    differences.retain(|difference| !KNOWN.iter().any(|known| difference.starts_with(known)));
    assert!(values > 250_000, "{values}");
    assert!(KNOWN.len() * 10_000 <= values, "fewer than 99.99 % are equal");
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn md_gives_what_spacy_gives() {
    let pipeline = rapporteur::model::for_tests();
    compare(&pipeline, include_bytes!("parity/en_core_web_md.tsv.gz"));
}
