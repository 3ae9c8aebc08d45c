//! The middle room: rows into ranked lists, the lists into lines, and what there is to say of both.

pub(crate) mod printer;
mod ranker;
pub(crate) mod results;
pub(crate) mod summary;

pub(crate) use ranker::*;
