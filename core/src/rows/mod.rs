//! Rows from bytes: NDJSON, a JSON array or CSV, told by what is in them.
//!
//! Every face reads its files through here, so a row that is good on the
//! command line is good in Python, and a bad one has the same line, field and
//! code everywhere. No file is opened: bytes go in, and rows with their line
//! numbers, bad rows and ignored fields come out.
//!
//! | begins with | is | a row is |
//! |---|---|---|
//! | `[` | a JSON array | an element; its line is where it starts |
//! | `{` | NDJSON, or JSON objects one after another if nothing follows the `{` on its line | a line; blank ones are skipped |
//! | anything else | CSV with a header | a record; its line is where it starts |
//!
//! A byte order mark and Windows line ends are accepted in all of them. A line
//! that is not UTF-8 costs that row alone.
//!
//! **CSV** is that of RFC 4180, with the database's column names in the first
//! record. The separator is the one of comma, semicolon and tab that yields the
//! most known columns. An empty cell is null, and a record of empty cells is
//! skipped. Lists are JSON (`["US","CA"]`) or a Postgres array (`{US,CA}`),
//! objects are JSON, numbers are decimal text. A record with more or fewer
//! cells than the header is a bad row.
//!
//! **JSON** that is broken inside a row costs that row alone as long as its
//! quotes and brackets still tell where it ends; otherwise reading ends there,
//! the rows before it are kept, and the reject says so.

mod csv;
mod elements;
mod intake;
mod lines;
mod piece;
mod reader;
mod report;
mod row;
mod row_iter;
mod text;

pub use csv::Cell;
pub use intake::Intake;
pub use reader::Reader;
pub use report::{IgnoredField, Numbered, Reject, Rows};
pub use row::{EventTitle, Row, SponsorName};
pub use row_iter::RowIter;

pub use crate::read::{Never, ReadRow, Source, Value, from_source, row_from_source};

use crate::model::{AudienceInsights, Event, PastSponsorship, SponsorProfile};

/// Reads rows of any type, without checking the dimension of embeddings.
///
/// # Examples
/// ```
/// use sponsorfit::{AudienceInsights, rows};
///
/// let csv = b"event_id,geo_distribution\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001,\"{\"\"US\"\": 800}\"\n";
/// let read = rows::read::<AudienceInsights>(csv);
/// assert_eq!(read.rows[0].row.geo_distribution.total(), 800);
/// ```
pub fn read<T: Row>(bytes: &[u8]) -> Rows<T> {
    Reader::new().read(bytes)
}

/// Returns text that reads as a cell of CSV does: numbers, JSON and Postgres' arrays by the field's type.
///
/// For bindings that meet such text outside CSV, in a text column of a data
/// frame. Empty text is for the caller to take as null.
///
/// # Examples
/// ```
/// use serde::Deserialize;
/// use sponsorfit::{LabelSet, rows};
///
/// assert_eq!(LabelSet::deserialize(rows::cell(r#"["music", "art"]"#))?, LabelSet::deserialize(rows::cell("{art,music}"))?);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn cell(text: &str) -> Cell<'_> {
    csv::exact_cell(text)
}

/// Returns the known name of a row's field that an unknown one may be meant for.
///
/// # Examples
/// ```
/// use sponsorfit::{SponsorProfile, rows};
///
/// let nearest = rows::nearest_field::<SponsorProfile>("prefered_categories");
/// assert_eq!(nearest, Some("preferred_categories"));
/// ```
pub fn nearest_field<T: Row>(path: &str) -> Option<&'static str> {
    crate::read::nearest_field::<T>(path)
}

/// Reads the rows of `sponsor_profiles`.
///
/// # Examples
/// ```
/// let ndjson = br#"{"sponsor_id": "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b001", "regions": ["US"]}
/// {"sponsor_id": "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b001"}"#;
/// let sponsors = sponsorfit::rows::read_sponsors(ndjson);
/// assert_eq!(sponsors.rows.len(), 1);
/// assert_eq!(sponsors.rejects[0].line, 2);
/// assert_eq!(sponsors.rejects[0].problems[0].code(), "duplicate_id");
/// ```
pub fn read_sponsors(bytes: &[u8]) -> Rows<SponsorProfile> {
    read(bytes)
}

/// Reads the rows of `events`.
///
/// # Examples
/// ```
/// let csv = b"id;title;categories\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001;Lantern Fair;{crafts,\"live music\"}\n";
/// let events = sponsorfit::rows::read_events(csv);
/// assert!(events.rows[0].row.categories.contains(&"live music".into()));
/// ```
pub fn read_events(bytes: &[u8]) -> Rows<Event> {
    read(bytes)
}

/// Reads the rows of `event_audience_insights`.
///
/// # Examples
/// ```
/// let json = br#"[
///   {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "engagement_score": 80}
/// ]"#;
/// let insights = sponsorfit::rows::read_insights(json);
/// let reject = &insights.rejects[0];
/// assert_eq!(reject.line, 2);
/// assert_eq!(reject.problems[0].to_string(), "engagement_score: 80 is not in 0..=1");
/// ```
pub fn read_insights(bytes: &[u8]) -> Rows<AudienceInsights> {
    read(bytes)
}

/// Reads the rows of `sponsorships`, whose `start_at` is `at` and whose `level` is `tier_level`.
///
/// A row without `outcome` is about a sponsorship that took place. Rows may repeat.
///
/// # Examples
/// ```
/// let csv = b"event_id,sponsor_id,start_at,tier,level\n\
///     0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001,6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b001,2024-05-15,Gold,2\n";
/// let past = sponsorfit::rows::read_sponsorships(csv);
/// assert_eq!(past.rows[0].row.at.to_string(), "2024-05-15");
/// assert_eq!(past.ignored[0].name, "tier");
/// ```
pub fn read_sponsorships(bytes: &[u8]) -> Rows<PastSponsorship> {
    read(bytes)
}

/// Reads what sponsors are called, from rows that may hold anything else beside it.
///
/// # Examples
/// ```
/// let csv = b"sponsor_id,name,website\n6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b001,Avo,avohq.io\n";
/// let names = sponsorfit::rows::read_names(csv);
/// assert_eq!(names.rows[0].row.name.as_deref(), Some("Avo"));
/// ```
pub fn read_names(bytes: &[u8]) -> Rows<SponsorName> {
    read(bytes)
}

/// Reads what events are called, from rows that may hold anything else beside it.
///
/// # Examples
/// ```
/// let json = br#"[{"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "title": "Lantern Fair", "regions": 7}]"#;
/// let titles = sponsorfit::rows::read_titles(json);
/// assert_eq!(titles.rows[0].row.title.as_deref(), Some("Lantern Fair"));
/// ```
pub fn read_titles(bytes: &[u8]) -> Rows<EventTitle> {
    read(bytes)
}
