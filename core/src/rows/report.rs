//! What reading yields: rows, rejects, ignored fields.

use serde::Serialize;
use serde_json::Value;

use crate::error::Error;

/// Everything that was read from one file.
///
/// # Examples
/// ```
/// let read = sponsorfit::rows::read_sponsors(br#"{"sponsor_id": "7", "naem": "Avo"}"#);
/// assert!(read.rows.is_empty());
/// assert_eq!(read.rejects[0].problems[0].to_string(), "sponsor_id: `7` is not a UUID");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Rows<T> {
    /// The good rows, in the order of the file.
    pub rows: Vec<Numbered<T>>,
    /// The bad rows, in the order of the file.
    pub rejects: Vec<Reject>,
    /// The fields of good rows that the type does not have, by name in byte order.
    pub ignored: Vec<IgnoredField>,
}

impl<T> Rows<T> {
    /// Returns the rows without their line numbers.
    ///
    /// # Examples
    /// ```
    /// let csv = b"sponsor_id\n6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b001\n";
    /// let sponsors: Vec<_> = sponsorfit::rows::read_sponsors(csv).into_rows().collect();
    /// assert_eq!(sponsors.len(), 1);
    /// ```
    pub fn into_rows(self) -> impl Iterator<Item = T> {
        self.rows.into_iter().map(|numbered| numbered.row)
    }
}

/// A row and the line it starts on.
///
/// # Examples
/// ```
/// let csv = b"sponsor_id\n\n6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b001\n";
/// assert_eq!(sponsorfit::rows::read_sponsors(csv).rows[0].line, 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Numbered<T> {
    /// The line it starts on, counted from 1.
    pub line: u64,
    /// The row itself.
    pub row: T,
}

/// A row that cannot be read, and everything that is wrong with it.
///
/// # Examples
/// ```
/// let csv = b"sponsor_id,annual_budget_cents\n7,-5\n";
/// let reject = &sponsorfit::rows::read_sponsors(csv).rejects[0];
/// let problems: Vec<_> = reject.problems.iter().map(ToString::to_string).collect();
/// assert_eq!(problems, [
///     "sponsor_id: `7` is not a UUID",
///     "annual_budget_cents: -5 is not in 0..=9007199254740991",
/// ]);
/// assert_eq!(reject.row, serde_json::json!({"sponsor_id": "7", "annual_budget_cents": "-5"}));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reject {
    /// The line it starts on, counted from 1.
    pub line: u64,
    /// What is wrong: one error a field, and never none.
    pub problems: Vec<Error>,
    /// The row as it came: a JSON value, an object of cells by column, or text
    /// where neither would hold it.
    pub row: Value,
}

/// A field that rows have and their type has not.
///
/// # Examples
/// ```
/// let json = br#"{"sponsor_id": "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b001", "prefered_categories": []}"#;
/// let ignored = &sponsorfit::rows::read_sponsors(json).ignored[0];
/// assert_eq!((ignored.name.as_str(), ignored.count), ("prefered_categories", 1));
/// assert_eq!(ignored.nearest, Some("preferred_categories"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IgnoredField {
    /// Its dotted name, as in `brand_objectives.keyword`.
    pub name: String,
    /// In how many good rows it occurs.
    pub count: u64,
    /// The known field beside it that is spelt nearly so.
    pub nearest: Option<&'static str>,
}
