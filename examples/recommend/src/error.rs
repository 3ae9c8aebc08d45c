//! What can go wrong with a file, said in one line.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A file that could not be read or written: `path: message`.
///
/// The path is printed as the user gave it, because that is what they can search for.
///
/// # Examples
///
/// ```
/// use recommend::read::input;
///
/// let error = input::read("no-such-file.ndjson".as_ref()).unwrap_err();
/// assert_eq!(error.to_string(), "no-such-file.ndjson: no such file");
/// ```
#[derive(Debug, thiserror::Error)]
pub struct FileError {
    path: PathBuf,
    source: io::Error,
}

impl FileError {
    /// Joins the failed path and its cause.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::io;
    /// use recommend::error::FileError;
    ///
    /// let denied = io::Error::from(io::ErrorKind::PermissionDenied);
    /// assert_eq!(FileError::new("out.json", denied).to_string(), "out.json: permission denied");
    /// ```
    pub fn new(path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self { path: path.into(), source }
    }

    /// Returns the path as the user gave it.
    ///
    /// # Examples
    ///
    /// ```
    /// use recommend::read::input;
    ///
    /// let error = input::read("no-such-file".as_ref()).unwrap_err();
    /// assert_eq!(error.path().to_str(), Some("no-such-file"));
    /// ```
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match self.source.kind() {
            // The system's own words for these differ between platforms and end in a number.
            io::ErrorKind::NotFound => f.write_str("no such file"),
            io::ErrorKind::PermissionDenied => f.write_str("permission denied"),
            io::ErrorKind::IsADirectory => f.write_str("is a folder, not a file"),
            io::ErrorKind::NotADirectory => f.write_str("a part of the path is not a folder"),
            io::ErrorKind::StorageFull => f.write_str("no space left"),
            _ => write!(f, "{}", self.source),
        }
    }
}
