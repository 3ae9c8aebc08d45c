//! What lives as long as one question: an anchor made ready, the rows it is ranked against, and the
//! best of them so far.

mod counters;
pub(super) mod events_for;
pub(super) mod filter;
pub(super) mod query;
pub(super) mod ranking;
pub(super) mod scan;
pub(super) mod score_table;
mod similarity;
pub(super) mod sliced;
pub(super) mod sponsors_for;
mod top_k;
