//! Bytes of one file of a model: the first says which.
#![no_main]

#[path = "../../crates/syntax/tests/fuzzed/mod.rs"]
mod fuzzed;
#[path = "../../crates/syntax/tests/tiny/mod.rs"]
mod tiny;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some((&number, bytes)) = data.split_first() {
        fuzzed::file_of_a_model(number.into(), bytes.to_vec());
    }
});
