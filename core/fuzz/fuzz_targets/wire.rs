//! Any bytes as a request: `cargo +nightly fuzz run wire`.
#![no_main]

#[path = "../../tests/checks/wire.rs"]
mod wire;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wire::check(bytes));
