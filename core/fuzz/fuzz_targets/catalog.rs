//! Any bytes as a saved catalog: `cargo +nightly fuzz run catalog`.
#![no_main]

#[path = "../../tests/checks/catalog.rs"]
mod catalog;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| catalog::check(bytes));
