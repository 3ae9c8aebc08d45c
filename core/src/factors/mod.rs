//! The five factors of the score, one file each, and the leaves they are made of.
//!
//! A factor file knows its own formula and nothing of weights or policies: it
//! says what a leaf is worth, or why that is unknown. [`Scorer`](crate::Scorer) calls them as its
//! configuration says; they are public for whoever needs a leaf in another reading beside the score.

pub mod audience;
pub mod budget;
pub mod engagement;
pub mod geography;
mod names;

pub use names::{Factor, Leaf, LeafSet};

/// What a leaf is worth, 0 to 1, or why that is unknown.
///
/// # Examples
/// ```
/// use sponsorfit::factors::{LeafValue, budget};
///
/// assert_eq!(budget::budget_fit(None, 100_000.0), LeafValue::Missing);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LeafValue {
    /// Worth this much.
    Known(f64),
    /// The sponsor states no preference, so nothing can match or miss.
    NoPreference,
    /// The sponsor has a preference and the event says nothing.
    EventSilent,
    /// The number itself is missing.
    Missing,
}

impl LeafValue {
    /// Returns what the leaf is worth, where that is known.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::factors::LeafValue;
    ///
    /// assert_eq!(LeafValue::Known(0.5).known(), Some(0.5));
    /// assert_eq!(LeafValue::NoPreference.known(), None);
    /// ```
    pub fn known(self) -> Option<f64> {
        match self {
            Self::Known(value) => Some(value),
            Self::NoPreference | Self::EventSilent | Self::Missing => None,
        }
    }
}

/// Returns the share of a set that matched, read by the configured divisor.
///
/// # Examples
/// ```
/// use sponsorfit::OverlapReading::{Preferred, Reachable};
/// use sponsorfit::factors::{LeafValue, overlap};
///
/// assert_eq!(overlap(1, 4, 1, Preferred), LeafValue::Known(0.25));
/// assert_eq!(overlap(1, 4, 1, Reachable), LeafValue::Known(1.0));
/// ```
#[allow(clippy::cast_precision_loss, reason = "a set in memory is far smaller than 2^53")]
pub fn overlap(
    matched: usize,
    wanted: usize,
    offered: usize,
    reading: crate::config::OverlapReading,
) -> LeafValue {
    use crate::config::OverlapReading;
    if wanted == 0 {
        return LeafValue::NoPreference;
    }
    if offered == 0 {
        return LeafValue::EventSilent;
    }
    let divisor = match reading {
        OverlapReading::Preferred => wanted,
        OverlapReading::Reachable => wanted.min(offered),
    };
    LeafValue::Known(matched as f64 / divisor as f64)
}
