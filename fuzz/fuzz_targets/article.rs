//! Bytes of a page or text.
#![no_main]

#[path = "../../crates/article/tests/fuzzed/mod.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::any_bytes(data));
