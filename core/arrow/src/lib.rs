//! Arrow record batches to and from the rows, rankings and scores of [`sponsorfit`].
//!
//! ```
//! use std::sync::Arc;
//!
//! use arrow_array::{ArrayRef, RecordBatch, StringArray};
//! use sponsorfit::SponsorProfile;
//! use sponsorfit::rows::{Intake, Reader};
//!
//! let column = |text: &str| Arc::new(StringArray::from(vec![text])) as ArrayRef;
//! let batch = RecordBatch::try_from_iter([
//!     ("sponsor_id", column("6f9619ff-8b86-d011-b42d-00c04fc964ff")),
//!     ("preferred_categories", column("{music,art}")),
//! ])?;
//! let mut intake = Intake::new(Reader::new());
//! let (position, row) = sponsorfit_arrow::rows::<SponsorProfile>(&batch, &mut intake).next().unwrap();
//! assert_eq!((position, row.unwrap().preferred_categories.len()), (0, 2));
//! # Ok::<(), arrow_schema::ArrowError>(())
//! ```
//!
//! # Overview
//!
//! - [`rows`] reads sponsors, events, insights or sponsorships from a batch, of whatever types its columns
//!   are; [`json`], [`numbers`] and [`texts`] read any batch.
//! - [`ranking`], [`rankings`], [`pairs`], [`every_pair`], [`features`] and [`rejects`] make a [`Table`].
//!
//! Columns are read as they come: lists, structs, maps and dictionaries, text in each of Arrow's layouts, times
//! and dates. Text is read as a cell of CSV is: JSON, or Postgres' arrays. Null is as absent.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::dbg_macro)
)]

mod columns;
mod ids;
mod memory;
mod ranked;
mod read;

pub use columns::{Reject, Table, every_pair, features, pairs, rejects};
pub use ranked::{Anchor, ranking, rankings};
pub use read::{Rows, json, numbers, rows, texts};
