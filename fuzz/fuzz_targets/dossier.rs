//! Words of a `dossier.toml`.
#![no_main]

#[path = "../../crates/dossier/tests/fuzzed/mod.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|text: &str| {
    fuzzed::any_dossier(text);
});
