//! Why a command did not do what it was asked to, and the exit code that says so.

use std::path::{Path, PathBuf};

use crate::error::FileError;
use crate::read::problems::Problems;

/// What ends a command.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file cannot be read or written.
    File(FileError),
    /// A configuration, rules or a trained model that cannot be used.
    Settings(PathBuf, sponsorfit::Error),
    /// Too little is known for a score.
    NoScore(sponsorfit::InsufficientData),
    /// Rows that cannot be read.
    BadRows(Problems),
    /// Outcomes that cannot be read; none of them may be left out.
    BadData(Problems),
    /// What `validate` was asked to find; it is printed already.
    Invalid,
    /// Arguments that are wrong in a way only the rows tell.
    Usage(String),
}

/// What else can be done about bad rows.
const REJECTS: &str = ", nothing was written; --rejects FILE puts them aside";

impl Failure {
    pub(crate) fn settings(path: &Path, error: sponsorfit::Error) -> Self {
        Self::Settings(path.to_path_buf(), error)
    }

    /// Returns 1 for files and configuration, 2 for rows and usage.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::File(_) | Self::Settings(..) | Self::NoScore(_) => 1,
            Self::BadRows(_) | Self::BadData(_) | Self::Invalid | Self::Usage(_) => 2,
        }
    }

    /// Says why on standard error.
    pub(crate) fn report(&self) {
        match self {
            Self::File(error) => eprintln!("error: {error}"),
            Self::Settings(path, error) => eprintln!("{}: {error}", path.display()),
            Self::NoScore(refusal) => eprintln!("error: {refusal}"),
            Self::BadRows(problems) => eprint!("{}", problems.to_text(REJECTS)),
            Self::BadData(problems) => eprint!("{}", problems.to_text("")),
            Self::Invalid => {}
            Self::Usage(message) => eprintln!("error: {message}"),
        }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<sponsorfit::InsufficientData> for Failure {
    fn from(refusal: sponsorfit::InsufficientData) -> Self {
        Self::NoScore(refusal)
    }
}
