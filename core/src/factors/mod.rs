//! The five factors of the score, one file each, and the leaves they are made of.
//!
//! A factor file knows its own formula and nothing of weights or policies: it
//! says what a leaf is worth, or why that is unknown.

pub(crate) mod audience;
pub(crate) mod budget;
pub(crate) mod engagement;
pub(crate) mod geography;
mod names;

pub use names::{Factor, Leaf, LeafSet};

/// What a leaf is worth, 0 to 1, or why that is unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum LeafValue {
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
    pub(crate) fn known(self) -> Option<f64> {
        match self {
            Self::Known(value) => Some(value),
            Self::NoPreference | Self::EventSilent | Self::Missing => None,
        }
    }
}

/// Returns the share of a set that matched, read by the configured divisor.
#[allow(clippy::cast_precision_loss, reason = "a set in memory is far smaller than 2^53")]
pub(crate) fn overlap(
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
