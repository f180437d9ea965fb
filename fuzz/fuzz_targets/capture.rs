//! Bytes of a file: the first says what the file is called.
#![no_main]

#[path = "../../crates/capture/tests/fuzzed/mod.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some((&number, bytes)) = data.split_first() {
        fuzzed::any_file(number.into(), bytes);
    }
});
