//! What the tests of the whole core share: rows from text, every number by its path, edits of rows.
#![allow(dead_code, reason = "each test uses its own part")]

pub(crate) mod edit;
pub(crate) mod numbers;
pub(crate) mod pair;

use proptest::test_runner::Config;

/// As many cases as the environment asks for, else the usual number.
///
/// `ProptestConfig::with_cases` would not let `PROPTEST_CASES` raise it.
pub(crate) fn cases(usual: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config { cases: asked.unwrap_or(usual), failure_persistence: None, ..Config::default() }
}
