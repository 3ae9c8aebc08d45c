//! Every question to `sponsorfit`: as a typed function, and as JSON text by its name.
//!
//! The one door for JavaScript, Python, edge functions and the shell. A face opens
//! [`Handle`]s, asks them by name, and writes nothing per question: what can be asked is
//! [`QUESTIONS`], one line each, from which the schemas, the types of other languages and the list
//! in the docs are made. In Rust, use [`sponsorfit`] itself, or the functions of [`pairs`]
//! and their neighbours, whose requests and answers are public types.
//!
//! Every answer is JSON: the result, or `{"error": {"code", "message", "path"}}`. Bad input never
//! panics.
//!
//! ```
//! let mut scorer = sponsorfit_wire::open("scorer", r#"{"config": {"min_coverage": 0.5}}"#, &[], None)?;
//! let answer = scorer.ask("score", r#"{"sponsor": {"sponsor_id": "7"}, "event": {}}"#, None);
//! assert_eq!(
//!     answer,
//!     r#"{"error":{"code":"invalid_value","message":"`7` is not a UUID","path":"sponsor.sponsor_id"}}"#,
//! );
//! # Ok::<(), sponsorfit::Error>(())
//! ```
//!
//! # Features
//!
//! - `catalog` answers questions about catalogs. On by default; brings the core's `rows`.
//! - `learn` answers questions about outcomes. On by default; brings `sponsorfit-learn`.
//! - `parallel` ranks on all cores. Off by default.
//! - `schema` describes requests and answers. Off by default; brings `schemars`.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable))]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "a question takes its request whole, and may fail: all are of one shape"
)]

#[cfg(feature = "catalog")]
pub mod catalog;
mod handle;
#[cfg(feature = "learn")]
pub mod learning;
pub mod pairs;
mod questions;
#[cfg(feature = "schema")]
mod schema;
mod similarity;
mod table;

use serde::Serialize;
use sponsorfit::Error;

pub use handle::{Handle, ask, open};
pub use questions::QUESTIONS;
#[cfg(feature = "schema")]
pub use schema::{page, questions, schemas};
pub use table::{Form, Question};

/// Writes a result, or the error in the shape that every face knows.
fn answer<T: Serialize>(result: &Result<T, Error>) -> String {
    match result {
        // Results are plain data with string keys: writing them cannot fail.
        Ok(result) => serde_json::to_string(result).unwrap_or_default(),
        Err(error) => refusal(error),
    }
}

/// Writes an error as every answer does: `{"error": {"code", "message", "path"}}`.
///
/// # Examples
/// ```
/// use sponsorfit_wire::{open, refusal};
///
/// let error = open("scorer", "[]", &[], None).unwrap_err();
/// assert_eq!(refusal(&error), r#"{"error":{"code":"wrong_type","message":"a list is not an object","path":""}}"#);
/// ```
pub fn refusal(error: &Error) -> String {
    #[derive(Serialize)]
    struct Refusal<'a> {
        error: &'a Error,
    }
    serde_json::to_string(&Refusal { error }).unwrap_or_default()
}
