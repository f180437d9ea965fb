//! Bytes from a feed's address.
#![no_main]

#[path = "../../crates/capture/tests/fuzzed/mod.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::any_feed(data));
