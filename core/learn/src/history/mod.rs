//! Who sponsored what, as it was known on a date.
//!
//! Whatever is learnt, measured or shown for a date may rest on what had happened before
//! it, and on nothing else. So a [`History`] holds events and past sponsorships of all
//! times, and every question to it names a date.
//!
//! - [`History::profiles`] rebuilds sponsors' profiles as they would have read then, by a
//!   [`ProfileRule`].
//! - [`series_key`] tells which events are editions of one another.

mod profile;
mod series;
mod world;

pub use profile::ProfileRule;
pub use series::series_key;
pub use world::History;
pub(crate) use world::{Labels, Setting};
