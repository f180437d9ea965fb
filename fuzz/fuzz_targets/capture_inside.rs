//! Bytes inside a container or document: the first says which.
#![no_main]

#[path = "../../crates/capture/tests/fuzzed/mod.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some((&number, bytes)) = data.split_first() {
        fuzzed::inside(number.into(), bytes);
    }
});
