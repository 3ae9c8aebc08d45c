//! What every program that drains the queue of recalculations does alike, whatever it is written in.
//!
//! Such a program claims entities of one side, reads them and a page of the other side, and
//! writes the scores that changed. Claiming and writing are its own; the rest is here, so that a
//! worker and an edge function cannot drift apart:
//!
//! - [`groups`]: which of the claimed entities are tried together, and which alone.
//! - [`row`]: one stored row, or everything that is wrong with it in one line.
//! - [`Digest`]: one number for all that is stored of a pair, to tell whether it changed.
//! - [`recalculate`]: from rows as they were loaded to rows as they are written.

mod digest;
mod group;
mod recalculate;
mod row;

pub use digest::Digest;
pub use group::groups;
pub use recalculate::{
    Entity, LoadedRow, MatchRow, Recalculate, Recalculated, Unreadable, Written, recalculate,
};
pub use row::row;
