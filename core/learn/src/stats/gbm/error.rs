//! What can be wrong with a model's text, or with a row given to it.

use sponsorfit::{Error, ErrorKind};

/// Refuses a model's text.
pub(super) fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidModel, message)
}

/// How a piece of outside text is quoted in an error: its beginning.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
