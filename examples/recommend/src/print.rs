//! The room below all others: results into text, pictures and files. It knows no input.

pub(crate) mod chart;
pub(crate) mod display;
pub mod output;
pub(crate) mod report;
mod strength;
pub mod table;

pub(crate) use strength::strongest;
