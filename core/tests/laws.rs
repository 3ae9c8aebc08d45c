//! What holds for every valid input, and where it ends; and that no text makes the core panic.
//!
//! The laws are those of the definition, §8, no stronger and no weaker.
//! `PROPTEST_CASES` raises the number of cases.

mod oracle;
mod support;

#[path = "laws/bounds.rs"]
mod bounds;
#[path = "laws/changes.rs"]
mod changes;
#[path = "laws/explained.rs"]
mod explained;
#[path = "laws/fingerprint.rs"]
mod fingerprint;
#[path = "laws/hostile.rs"]
mod hostile;
#[path = "laws/influence.rs"]
mod influence;
#[path = "laws/monotone.rs"]
mod monotone;
#[path = "laws/order.rs"]
mod order;
#[path = "laws/round_trip.rs"]
mod round_trip;
