//! What decides over scores: a configuration, rules, a trained model.

use std::path::Path;

use sponsorfit::{Error, ErrorKind, Rules, Scorer, ScoringConfig};

use super::failure::Failure;
use super::input;

/// A scorer and the rules that come before it.
pub(crate) struct Settings {
    pub(crate) scorer: Scorer,
    pub(crate) rules: Option<Rules>,
}

/// Prepares the scorer of the formula as it is published.
pub(crate) fn default_scorer() -> Result<Scorer, Failure> {
    Scorer::new(ScoringConfig::default())
        .map_err(|error| Failure::settings(Path::new("the default configuration"), error))
}

/// Reads and parses what a file of settings holds.
pub(crate) fn read_settings<T>(
    path: &Path,
    parse: impl FnOnce(&str) -> Result<T, Error>,
) -> Result<T, Failure> {
    let bytes = input::read(path)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    std::str::from_utf8(bytes)
        .map_err(|error| Error::new(ErrorKind::InvalidUtf8, format!("not UTF-8: {error}")))
        .and_then(parse)
        .map_err(|error| Failure::settings(input::shown(path), error))
}
