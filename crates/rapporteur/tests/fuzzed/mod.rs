//! What is run on words from outside, by the test beside it and by the target in `fuzz/`: it may not panic.
//!
//! The parse comes from a model whose weights mean nothing, so rules meet trees that no trained model gives: whatever
//! they take for granted of a sentence, they must look for. That model lies with the tests of `syntax`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rapporteur::article::{Article, Config, extract};
use rapporteur::capture::Capture;
use rapporteur::dossier::{Resolver, discover};
use rapporteur::ledger::{Witness, fold};
use rapporteur::report::View;
use rapporteur::report::brief::{Brief, Options};
use rapporteur::report::export;
use rapporteur::report::filter::Filter;
use rapporteur::syntax::Pipeline;

use crate::tiny;

static TINY: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load(&tiny::whole()).unwrap());

/// Any words of an article, with any day of publication: all rooms from reading to report, and evidence that is the
/// text of its range. Gives the kinds of record that came of it.
pub(crate) fn any_article(text: &str, published: &str) -> BTreeSet<&'static str> {
    any_parse(text, published, &TINY)
}

/// The same with another pipeline.
pub(crate) fn any_parse(text: &str, published: &str, pipeline: &Pipeline) -> BTreeSet<&'static str> {
    let mut article = extract(&Capture::from_bytes(text), &Config::verbatim());
    article.published = published.parse().ok();
    let parse = pipeline.parse_paragraphs(&article.text);
    let reading = rapporteur::reading::read(&article, &parse);
    let dossier = discover(&[(&article, &reading)]);
    let resolution = Resolver::new(&dossier).resolve(&article, &reading);
    let witness = || vec![Witness { article: &article, reading: &reading, resolution: &resolution }];
    let ledger = fold(&dossier, &witness());
    let witnesses = witness();
    let view =
        View { dossier: &dossier, witnesses, ledger: &ledger, model: "tiny", as_of: None, notes: &[], corrected: None };
    let rows = export::rows(&view);
    rows.iter().for_each(|row| evidence(&article, &row.value));
    let brief = Brief::of(&view, &Options::default());
    assert!(!brief.text(80, true).is_empty() && !brief.markdown().is_empty() && !brief.json().is_empty());
    let mut filter = Filter::default();
    filter.min_confidence = 0.5;
    let kinds = rows.iter().map(|row| row.kind).collect();
    let _ = filter.rows(&view, rows);
    kinds
}

fn evidence(article: &Article, record: &serde_json::Value) {
    for one in record["evidence"].as_array().into_iter().flatten() {
        let range = one["start"].as_u64().unwrap() as usize..one["end"].as_u64().unwrap() as usize;
        assert_eq!(article.text.get(range), one["text"].as_str(), "{record}");
    }
}
