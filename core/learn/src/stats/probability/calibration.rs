//! From score to probability of acceptance.
#![allow(clippy::indexing_slicing, reason = "places come from a search in the same list")]

use serde::{Deserialize, Serialize};
use sponsorfit::{Error, ErrorKind};

use super::enough;

/// The fewest outcomes of each kind.
const LEAST_OF_EACH: usize = 30;
/// The fewest outcomes together.
const LEAST_OUTCOMES: usize = 200;

/// A score that was told, and what came of it.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::ScoredOutcome;
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
/// use sponsorfit_learn::fit::{Calibration, ScoredOutcome};
/// let outcomes: Vec<ScoredOutcome> = (0..1_000)
///     .map(|i| ScoredOutcome { score: f64::from(i / 100) / 10.0, accepted: i % 100 < 5 * (i / 100) })
///     .collect();
/// let calibration = Calibration::fit(&outcomes)?;
/// assert!((calibration.probability(0.4) - 0.20).abs() < 1e-12);
/// assert!((calibration.probability(0.45) - 0.225).abs() < 1e-12);
/// assert!((calibration.probability(7.0) - 0.45).abs() < 1e-12);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Vec<(f64, f64)>", into = "Vec<(f64, f64)>")]
pub struct Calibration {
    /// Scores with their probabilities, both ascending.
    knots: Vec<(f64, f64)>,
}

impl From<Calibration> for Vec<(f64, f64)> {
    fn from(calibration: Calibration) -> Self {
        calibration.knots
    }
}

impl TryFrom<Vec<(f64, f64)>> for Calibration {
    type Error = Error;

    /// Takes back what was written: scores with their probabilities.
    ///
    /// # Errors
    /// `out_of_range` when scores do not rise, or probabilities fall or leave 0..=1.
    fn try_from(knots: Vec<(f64, f64)>) -> Result<Self, Error> {
        let mut before = (f64::NEG_INFINITY, 0.0);
        for (position, &(score, probability)) in knots.iter().enumerate() {
            if !(score.is_finite() && score > before.0) {
                return Err(Error::new(
                    ErrorKind::OutOfRange,
                    format!("{score} is not above the score before it"),
                )
                .at(position));
            }
            if !(before.1..=1.0).contains(&probability) {
                let expected = "a probability, and no lower than the one before it";
                return Err(Error::new(ErrorKind::OutOfRange, format!("{probability} is not {expected}"))
                    .at(position));
            }
            before = (score, probability);
        }
        enough("scores with a probability", knots.len(), 1)?;
        Ok(Self { knots })
    }
}

/// Neighbouring scores that share a probability.
struct Block {
    first: f64,
    last: f64,
    accepted: f64,
    all: f64,
}

impl Calibration {
    /// Fits the line to outcomes.
    ///
    /// # Errors
    /// `too_few_outcomes` with fewer than 30 accepted, 30 rejected or 200 outcomes
    /// together, since a line through less would be a guess; `out_of_range` when a
    /// score is not finite.
    pub fn fit(outcomes: &[ScoredOutcome]) -> Result<Self, Error> {
        let once: Vec<(ScoredOutcome, f64)> = outcomes.iter().map(|outcome| (*outcome, 1.0)).collect();
        Self::fit_weighted(&once)
    }

    /// Fits the line to outcomes that count differently: one of weight 2 as if it were there twice.
    ///
    /// # Errors
    /// As [`fit`](Self::fit), where outcomes of weight 0 are not counted; `out_of_range`
    /// also for a weight that is negative or not finite.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::fit::{Calibration, ScoredOutcome};
    /// let outcomes: Vec<(ScoredOutcome, f64)> = (0..200)
    ///     .map(|i| (ScoredOutcome { score: 0.5, accepted: i % 2 == 0 }, if i % 2 == 0 { 3.0 } else { 1.0 }))
    ///     .collect();
    /// assert_eq!(Calibration::fit_weighted(&outcomes)?.probability(0.5), 0.75);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn fit_weighted(outcomes: &[(ScoredOutcome, f64)]) -> Result<Self, Error> {
        for (position, (outcome, weight)) in outcomes.iter().enumerate() {
            if !outcome.score.is_finite() {
                return Err(Error::new(
                    ErrorKind::OutOfRange,
                    format!("{} is not a finite score", outcome.score),
                )
                .at(position));
            }
            if !(*weight >= 0.0 && weight.is_finite()) {
                return Err(Error::new(
                    ErrorKind::OutOfRange,
                    format!("{} is not a weight of 0 or more", *weight),
                )
                .at(position));
            }
        }
        Self::check_enough(outcomes)?;
        let mut knots = vec![];
        for block in pool(outcomes) {
            let probability = block.accepted / block.all;
            knots.push((block.first, probability));
            if block.last > block.first {
                knots.push((block.last, probability));
            }
        }
        Ok(Self { knots })
    }

    /// Checks that there are outcomes enough for a line; those of weight 0 do not count.
    pub(super) fn check_enough(outcomes: &[(ScoredOutcome, f64)]) -> Result<(), Error> {
        let counted = || outcomes.iter().filter(|(_, weight)| *weight > 0.0);
        let (all, accepted) = (counted().count(), counted().filter(|(outcome, _)| outcome.accepted).count());
        enough("accepted outcomes", accepted, LEAST_OF_EACH)?;
        enough("rejected outcomes", all - accepted, LEAST_OF_EACH)?;
        enough("outcomes", all, LEAST_OUTCOMES)
    }

    /// Returns the probability that a proposal with this score is accepted, 0..=1.
    ///
    /// NaN for NaN.
    pub fn probability(&self, score: f64) -> f64 {
        if score.is_nan() {
            return f64::NAN;
        }
        let above = self.knots.partition_point(|&(known, _)| known < score);
        match (above.checked_sub(1), self.knots.get(above)) {
            (Some(below), Some(&(high, to))) => {
                let (low, from) = self.knots[below];
                from + (score - low) / (high - low) * (to - from)
            }
            (None, Some(&(_, first))) => first,
            (below, None) => below.map_or(f64::NAN, |last| self.knots[last].1),
        }
    }
}

/// Pools adjacent violators: whenever a block's share is not above the one before, both are one.
fn pool(outcomes: &[(ScoredOutcome, f64)]) -> Vec<Block> {
    let mut sorted: Vec<_> = outcomes.iter().filter(|(_, weight)| *weight > 0.0).copied().collect();
    sorted.sort_by(|(a, _), (b, _)| a.score.total_cmp(&b.score));
    let mut blocks: Vec<Block> = vec![];
    // −0.0 and 0.0 are one score.
    for same in sorted.chunk_by(|(a, _), (b, _)| a.score >= b.score) {
        let all = same.iter().map(|(_, weight)| weight).sum();
        let accepted = same.iter().filter(|(outcome, _)| outcome.accepted).map(|(_, weight)| weight).sum();
        let score = same[0].0.score;
        let mut block = Block { first: score, last: score, accepted, all };
        // Shares compared as products, which are exact where outcomes are counted.
        while let Some(before) =
            blocks.pop_if(|before| before.accepted * block.all >= block.accepted * before.all)
        {
            block.first = before.first;
            block.accepted += before.accepted;
            block.all += before.all;
        }
        blocks.push(block);
    }
    blocks
}
