//! Any bytes as a configuration: `cargo +nightly fuzz run config`.
#![no_main]

#[path = "../../tests/checks/config.rs"]
mod config;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| config::check(bytes));
