//! Bad rows: printed as `path:line: field: message`, or put aside as NDJSON.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;
use sponsorfit::Error;
use sponsorfit::rows::Reject;

use crate::error::FileError;
use crate::print::display::counted;
use crate::print::display::text::clean;
use crate::print::output::Output;

/// More than a screen of problems is read by nobody.
const SHOWN: usize = 20;

/// The bad rows of all files, in the order they were read.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<(PathBuf, Reject)>);

/// A bad row as it is put aside: its first problem, and all of them if there are more.
#[derive(Serialize)]
struct RejectedRow<'a> {
    path: String,
    line: u64,
    #[serde(flatten)]
    first: Option<Problem<'a>>,
    row: &'a Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Problem<'a> {
    field: &'a str,
    code: &'static str,
    message: &'a str,
}

impl<'a> From<&'a Error> for Problem<'a> {
    fn from(error: &'a Error) -> Self {
        Self { field: error.path(), code: error.code(), message: error.message() }
    }
}

impl Problems {
    pub(crate) fn add(&mut self, path: &Path, rejects: Vec<Reject>) {
        self.0.extend(rejects.into_iter().map(|reject| (path.to_path_buf(), reject)));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns how many rows are bad.
    pub(crate) fn rows(&self) -> usize {
        self.0.len()
    }

    /// Returns every problem of every bad row as `path:line: field: message`.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().flat_map(|(path, reject)| {
            let line = reject.line;
            let place = move |problem| clean(&format!("{}:{line}: {problem}", path.display()));
            reject.problems.iter().map(place)
        })
    }

    /// Returns the first problems a line each, then how many more there are, then the count
    /// and the way out.
    pub(crate) fn to_text(&self, way_out: &str) -> String {
        let mut text: String = self.lines().take(SHOWN).map(|line| line + "\n").collect();
        let more = self.lines().count().saturating_sub(SHOWN);
        if more > 0 {
            let _ = writeln!(text, "… and {}", counted(more as u64, "more problem", "more problems"));
        }
        let rows = counted(self.rows() as u64, "bad row", "bad rows");
        let _ = writeln!(text, "error: {rows}{way_out}");
        text
    }

    /// Writes one line a bad row.
    pub(crate) fn put_aside(&self, output: &mut Output) -> Result<(), FileError> {
        for (path, reject) in &self.0 {
            let several = if reject.problems.len() > 1 { reject.problems.as_slice() } else { &[] };
            output.row(&RejectedRow {
                path: path.display().to_string(),
                line: reject.line,
                first: reject.problems.first().map(Problem::from),
                row: &reject.row,
                problems: several.iter().map(Problem::from).collect(),
            })?;
        }
        Ok(())
    }
}
