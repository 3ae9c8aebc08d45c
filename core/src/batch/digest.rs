//! One number for all that the core computed of a pair: what is compared instead of the columns.

use crate::match_score::MatchScore;
use crate::model::UnitInterval;

/// Mixes all that is stored of a pair into 64 bits, the same in every program that stores it.
///
/// # Examples
/// ```
/// use sponsorfit::batch::Digest;
/// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let score = scorer.score(&sponsor, &event, None)?;
/// assert_eq!(Digest::seed("fingerprint", "0.1.0").of(&score), 3_011_673_674_276_009_403);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(u64);

impl Digest {
    /// Returns what is the same for every pair: under another configuration or engine all are rewritten.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::batch::Digest;
    /// assert_ne!(Digest::seed("a", "1"), Digest::seed("a", "2"));
    /// ```
    pub fn seed(fingerprint: &str, engine_version: &str) -> Self {
        let text = format!("{fingerprint} {engine_version}");
        text.bytes().fold(Self(0), |digest, byte| digest.with(u64::from(byte)))
    }

    /// Returns the digest of a pair, as Postgres stores it.
    ///
    /// # Examples
    /// See [`Digest`].
    #[must_use]
    pub fn of(self, score: &MatchScore) -> i64 {
        let metrics = &score.overlap_metrics;
        let values = [
            Some(score.score),
            Some(score.coverage),
            metrics.budget_fit,
            metrics.audience_overlap.categories,
            metrics.audience_overlap.geo,
            metrics.geo_fit,
            metrics.engagement_quality,
            metrics.objectives_similarity,
        ];
        // What was left out is a word that no number of 0..=1 has.
        let words = values.map(|value| value.map_or(u64::MAX, |value: UnitInterval| value.get().to_bits()));
        words.into_iter().fold(self, Self::with).0.cast_signed()
    }

    /// Every step is a bijection of the state, so two pairs that differ in one word never meet.
    fn with(self, word: u64) -> Self {
        let mixed = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(mixed ^ (mixed >> 32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_counts() {
        let seed = Digest::seed("a", "1");
        assert_ne!(seed, Digest::seed("a", "2"));
        assert_ne!(seed.with(1).with(2), seed.with(2).with(1));
        assert_ne!(seed.with(0), seed.with(u64::MAX));
    }
}
