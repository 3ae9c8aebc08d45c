//! How much a mean over queries would differ with other queries.
#![allow(clippy::indexing_slicing, reason = "drawn indices are below the length they are drawn for")]

use serde::Serialize;
use sponsorfit::{Error, ErrorKind};

use crate::stats::distribution::{normal_quantile, normal_tail};
use crate::stats::random::SplitMix64;

/// A mean over queries and the interval it lies in.
///
/// # Examples
/// ```
/// use sponsorfit_learn::evaluation::Estimate;
/// let ndcg = Estimate { mean: 0.41, lower: 0.33, upper: 0.49 };
/// assert!(ndcg.lower <= ndcg.mean && ndcg.mean <= ndcg.upper);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    /// The mean over the queries there are.
    pub mean: f64,
    /// Lower end of the interval.
    pub lower: f64,
    /// Upper end of the interval.
    pub upper: f64,
}

/// Intervals by drawing queries again and again, with repetition.
///
/// The interval is the bias-corrected and accelerated one (`BCa`; Efron, *Better Bootstrap
/// Confidence Intervals*, 1987): metrics of a few dozen queries are skewed, and the plain
/// percentile interval then lies too far to one side. The same seed draws the same
/// queries for every list of the same length, so two rankers are always compared on the
/// same draws.
///
/// # Examples
/// ```
/// use sponsorfit_learn::evaluation::Bootstrap;
/// let ndcg_of_each_event = [0.125, 0.5, 0.25, 0.875, 0.25];
/// let ndcg = Bootstrap::default().mean(&ndcg_of_each_event).unwrap();
/// assert_eq!(ndcg.mean, 0.4);
/// assert!(ndcg.lower > 0.125 && ndcg.upper < 0.875);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bootstrap {
    resamples: usize,
    confidence: f64,
    seed: u64,
}

impl Default for Bootstrap {
    /// 10 000 resamples, 95 %, seed 0.
    fn default() -> Self {
        Self { resamples: 10_000, confidence: 0.95, seed: 0 }
    }
}

impl Bootstrap {
    /// The fewest resamples whose tails hold more than a handful of draws.
    const FEWEST: usize = 100;

    /// Plans a bootstrap of so many `resamples`, 100 or more, whose intervals hold the
    /// truth with probability `confidence`, 0.5..=0.999.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] when a setting is out of its range.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::Bootstrap;
    /// assert!(Bootstrap::new(2_000, 0.9, 7).is_ok());
    /// let error = Bootstrap::new(2_000, 1.0, 7).unwrap_err();
    /// assert_eq!(error.to_string(), "confidence: 1 is not in 0.5..=0.999");
    /// ```
    pub fn new(resamples: usize, confidence: f64, seed: u64) -> Result<Self, Error> {
        let refuse = |what: &str, message| Err(Error::new(ErrorKind::OutOfRange, message).within(what));
        if resamples < Self::FEWEST {
            return refuse("resamples", format!("{resamples} is not {} or more", Self::FEWEST));
        }
        if !(0.5..=0.999).contains(&confidence) {
            return refuse("confidence", format!("{confidence} is not in 0.5..=0.999"));
        }
        Ok(Self { resamples, confidence, seed })
    }

    /// Returns the mean of finite values with its interval, or `None` of nothing.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::Bootstrap;
    /// assert_eq!(Bootstrap::default().mean(&[]), None);
    /// ```
    pub fn mean(&self, values: &[f64]) -> Option<Estimate> {
        if values.is_empty() { None } else { Some(self.estimate(values, &mut self.means(values))) }
    }

    /// Returns how many times queries are drawn.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::Bootstrap;
    /// assert_eq!(Bootstrap::default().resamples(), 10_000);
    /// ```
    pub fn resamples(&self) -> usize {
        self.resamples
    }

    /// Returns how likely the truth is within an interval, as planned.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::Bootstrap;
    /// assert_eq!(Bootstrap::default().confidence(), 0.95);
    /// ```
    pub fn confidence(&self) -> f64 {
        self.confidence
    }

    /// Returns the seed of the draws.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::Bootstrap;
    /// assert_eq!(Bootstrap::default().seed(), 0);
    /// ```
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The mean of each resample, in the order in which they are drawn.
    pub(super) fn means(&self, values: &[f64]) -> Vec<f64> {
        let mut random = SplitMix64::new(self.seed);
        let mut draw = || {
            let sum: f64 = values.iter().map(|_| values[random.index(values.len())]).sum();
            sum / values.len() as f64
        };
        (0..self.resamples).map(|_| draw()).collect()
    }

    /// Puts an interval around the mean, for the means of resamples; they are sorted on the way.
    pub(super) fn estimate(&self, values: &[f64], means: &mut [f64]) -> Estimate {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        means.sort_unstable_by(f64::total_cmp);
        let bias = normal_quantile(self.share_below(mean, means));
        let acceleration = acceleration(values, mean);
        let end = |share: f64| {
            let shifted = bias + normal_quantile(share);
            // Of a few values the denominator may pass 0: the end is then the outermost mean.
            let slowed = (1.0 - acceleration * shifted).max(f64::MIN_POSITIVE);
            let level = 1.0 - normal_tail(bias + shifted / slowed);
            quantile(means, level)
        };
        let tail = f64::midpoint(1.0, -self.confidence);
        Estimate { mean, lower: end(tail), upper: end(1.0 - tail) }
    }

    /// The share of sorted `means` below `mean`, ties by half, kept off 0 and 1, whose
    /// normal quantiles are infinite.
    fn share_below(&self, mean: f64, means: &[f64]) -> f64 {
        let below = means.partition_point(|&drawn| drawn < mean);
        let up_to = means.partition_point(|&drawn| drawn <= mean);
        let (least, resamples) = (0.5 / self.resamples as f64, means.len() as f64);
        (f64::midpoint(below as f64, up_to as f64) / resamples).clamp(least, 1.0 - least)
    }
}

/// Σ(x̄ − xᵢ)³ over the means without one value, scaled: how the spread changes with the mean.
fn acceleration(values: &[f64], mean: f64) -> f64 {
    let (mut squares, mut cubes) = (0.0, 0.0);
    for value in values {
        let distance = value - mean;
        squares += distance * distance;
        cubes += distance * distance * distance;
    }
    // The mean without xᵢ is x̄ − (xᵢ − x̄)/(n − 1): the factor cancels, and the sign stays.
    if squares > 0.0 { cubes / (6.0 * squares * squares.sqrt()) } else { 0.0 }
}

/// The value below which a share of sorted values lies, between neighbours in proportion.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len() - 1;
    let place = share.clamp(0.0, 1.0) * last as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in 0..=last")]
    let below = place as usize;
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    low + (place - below as f64) * (high - low)
}
