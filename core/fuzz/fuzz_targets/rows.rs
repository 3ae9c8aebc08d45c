//! Any bytes as rows: `cargo +nightly fuzz run rows`.
#![no_main]

#[path = "../../tests/checks/rows.rs"]
mod rows;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rows::check(bytes));
