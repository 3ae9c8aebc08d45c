//! From score to probability of acceptance.
#![allow(clippy::indexing_slicing, reason = "places come from a search in the same list")]

use super::FitError;
use super::error::enough;
use crate::match_score::MatchScore;
use crate::model::UnitInterval;

/// The fewest outcomes of each kind.
const LEAST_OF_EACH: usize = 30;
/// The fewest outcomes together.
const LEAST_OUTCOMES: usize = 200;

/// A score that was told, and what came of it.
///
/// # Examples
/// ```
/// use sponsorfit::learn::fit::ScoredOutcome;
/// let signed = ScoredOutcome { score: 0.646, accepted: true };
/// assert!(signed.accepted);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredOutcome {
    /// The score, any finite number.
    pub score: f64,
    /// Whether it was accepted.
    pub accepted: bool,
}

/// A rising line from scores to probabilities.
///
/// Isotonic regression: of all functions that never fall, the one with the least squared
/// error, found by pooling adjacent violators (Ayer et al. 1955; for probabilities Zadrozny
/// and Elkan 2002). Between the scores it was fitted on it is linear, beyond them level.
/// It assumes only that a higher score is no worse.
///
/// # Examples
/// ```
/// use sponsorfit::learn::fit::{Calibration, ScoredOutcome};
/// let outcomes: Vec<ScoredOutcome> = (0..1_000)
///     .map(|i| ScoredOutcome { score: f64::from(i / 100) / 10.0, accepted: i % 100 < 5 * (i / 100) })
///     .collect();
/// let calibration = Calibration::fit(&outcomes)?;
/// assert!((calibration.probability(0.4) - 0.20).abs() < 1e-12);
/// assert!((calibration.probability(0.45) - 0.225).abs() < 1e-12);
/// assert!((calibration.probability(7.0) - 0.45).abs() < 1e-12);
/// # Ok::<(), sponsorfit::learn::fit::FitError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Ascending.
    scores: Vec<f64>,
    /// As many, ascending, 0..=1.
    probabilities: Vec<f64>,
}

/// Neighbouring scores that share a probability.
struct Block {
    first: f64,
    last: f64,
    accepted: u64,
    all: u64,
}

impl Calibration {
    /// Fits the line to outcomes.
    ///
    /// # Errors
    /// [`FitError::TooFewOutcomes`] with fewer than 30 accepted, 30 rejected or 200 outcomes
    /// together, since a line through less would be a guess; [`FitError::BadValue`] when a
    /// score is not finite.
    pub fn fit(outcomes: &[ScoredOutcome]) -> Result<Self, FitError> {
        if let Some(position) = outcomes.iter().position(|outcome| !outcome.score.is_finite()) {
            let value = outcomes[position].score;
            return Err(FitError::BadValue { position, value, expected: "a finite score" });
        }
        let accepted = outcomes.iter().filter(|outcome| outcome.accepted).count();
        enough("accepted outcomes", accepted, LEAST_OF_EACH)?;
        enough("rejected outcomes", outcomes.len() - accepted, LEAST_OF_EACH)?;
        enough("outcomes", outcomes.len(), LEAST_OUTCOMES)?;
        let mut line = Self { scores: vec![], probabilities: vec![] };
        for block in pool(outcomes) {
            let probability = block.accepted as f64 / block.all as f64;
            line.scores.push(block.first);
            line.probabilities.push(probability);
            if block.last > block.first {
                line.scores.push(block.last);
                line.probabilities.push(probability);
            }
        }
        Ok(line)
    }

    /// Returns the probability that a proposal with this score is accepted, 0..=1.
    ///
    /// NaN for NaN.
    pub fn probability(&self, score: f64) -> f64 {
        if score.is_nan() {
            return f64::NAN;
        }
        let above = self.scores.partition_point(|&known| known < score);
        match (above.checked_sub(1), self.scores.get(above)) {
            (Some(below), Some(&high)) => {
                let low = self.scores[below];
                let (from, to) = (self.probabilities[below], self.probabilities[above]);
                from + (score - low) / (high - low) * (to - from)
            }
            (None, Some(_)) => self.probabilities[0],
            (below, None) => below.map_or(f64::NAN, |last| self.probabilities[last]),
        }
    }
}

impl Calibration {
    /// Returns the probability that a match is accepted.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit::learn::fit::Calibration;
    /// # use sponsorfit::MatchScore;
    /// fn describe(calibration: &Calibration, found: &MatchScore) -> String {
    ///     format!("{:.0} in 100 are accepted", 100.0 * calibration.of_match(found).get())
    /// }
    /// ```
    pub fn of_match(&self, found: &MatchScore) -> UnitInterval {
        UnitInterval::clamped(self.probability(found.score.get()))
    }
}

/// Pools adjacent violators: whenever a block's share is not above the one before, both are one.
fn pool(outcomes: &[ScoredOutcome]) -> Vec<Block> {
    let mut sorted = outcomes.to_vec();
    sorted.sort_by(|a, b| a.score.total_cmp(&b.score));
    let mut blocks: Vec<Block> = vec![];
    // −0.0 and 0.0 are one score.
    for same in sorted.chunk_by(|a, b| a.score >= b.score) {
        let accepted = same.iter().filter(|outcome| outcome.accepted).count() as u64;
        let mut block = Block { first: same[0].score, last: same[0].score, accepted, all: same.len() as u64 };
        while let Some(before) = blocks.pop_if(|before| {
            // Shares compared as products of counts, so exactly.
            u128::from(before.accepted) * u128::from(block.all)
                >= u128::from(block.accepted) * u128::from(before.all)
        }) {
            block.first = before.first;
            block.accepted += before.accepted;
            block.all += before.all;
        }
        blocks.push(block);
    }
    blocks
}
