//! Words of an article, read with trees that mean nothing: dates, figures, names and all other rules, then discovery,
//! ledger and report.
#![no_main]

#[path = "../../crates/rapporteur/tests/fuzzed/mod.rs"]
mod fuzzed;
#[path = "../../crates/syntax/tests/tiny/mod.rs"]
mod tiny;

libfuzzer_sys::fuzz_target!(|text: &str| {
    fuzzed::any_article(text, "2025-03-04");
});
