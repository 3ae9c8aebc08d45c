//! A result with what is stored beside it.

use serde::Serialize;
use sponsorfit::{Explanation, Fingerprint, MatchScore, Scorer};

/// A score as it is stored.
///
/// # Examples
/// See [`score`](super::score).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Stored{T}"))]
#[non_exhaustive]
pub struct Stored<T> {
    /// The score, or its explanation.
    #[serde(flatten)]
    pub result: T,
    /// The score with four digits, for a column `numeric(5,4)`.
    pub score_decimal: String,
    /// The SHA-256 that names the configuration.
    pub config_fingerprint: Fingerprint,
}

/// A row of the table `sponsorship_matches`.
///
/// # Examples
/// See [`score`](super::score).
pub type StoredMatch = Stored<MatchScore>;

/// A row of the table `sponsorship_matches` with its reasons.
///
/// # Examples
/// See [`explain`](super::explain).
pub type StoredExplanation = Stored<Explanation>;

impl<T> Stored<T> {
    pub(crate) fn new(scorer: &Scorer, score: &MatchScore, result: T) -> Self {
        Self {
            result,
            score_decimal: score.score_decimal(),
            config_fingerprint: scorer.fingerprint().clone(),
        }
    }
}
