//! Drains the recalculation queue in Postgres: claims dirty sponsors and events, scores
//! their pairs with the core, and writes what changed.
//!
//! The rules of the queue (generations, leases, fencing) are SQL, in
//! `examples/supabase/migrations`; this crate holds none of them, and no formula.
#![forbid(unsafe_code)]

pub mod args;
mod batch;
mod claim;
mod database;
mod error;
mod lists;
mod metrics;
mod others;
mod rows;
mod serve;
mod tls;
mod worker;
mod writes;

pub use error::Error;
pub use metrics::Metrics;
pub use serve::serve;
pub use worker::{run, watch_queue};
