//! Text to be cut into tokens and parsed.
#![no_main]

#[path = "../../crates/syntax/tests/fuzzed/mod.rs"]
mod fuzzed;
#[path = "../../crates/syntax/tests/tiny/mod.rs"]
mod tiny;

libfuzzer_sys::fuzz_target!(|text: &str| fuzzed::any_text(text));
