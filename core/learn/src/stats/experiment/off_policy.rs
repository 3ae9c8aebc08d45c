//! What another ranking would have earned, from the log of this one.

use super::Interval;
use super::error::check_alpha;
use crate::stats::distribution::normal_quantile;
use sponsorfit::{Error, ErrorKind};

/// One shown item of the log.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::Logged;
/// let shown = Logged { reward: 1.0, propensity: 0.25, target: 0.5 };
/// assert_eq!(shown.target / shown.propensity, 2.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Logged {
    /// What came of it, finite.
    pub reward: f64,
    /// How likely the ranking in service was to show it, 0 < p ≤ 1.
    pub propensity: f64,
    /// How likely the ranking in question would have been to show it, 0..=1.
    pub target: f64,
}

/// What another ranking would have earned per shown item.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::{Logged, off_policy};
/// let log = [
///     Logged { reward: 1.0, propensity: 0.5, target: 1.0 },
///     Logged { reward: 0.0, propensity: 0.5, target: 0.0 },
/// ];
/// let other = off_policy(&log, 0.05)?;
/// assert_eq!((other.reward.estimate, other.effective_sample_size), (1.0, 1.0));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OffPolicy {
    /// Mean reward under the other ranking.
    pub reward: Interval,
    /// How many rows of its own log this knowledge is worth, 1..=rows.
    pub effective_sample_size: f64,
}

/// Estimates the mean reward of another ranking by self-normalised inverse propensities.
///
/// With weights w = target / propensity: Σ w·r / Σ w (Swaminathan and Joachims, *The
/// Self-Normalized Estimator for Counterfactual Learning*, 2015), its standard error
/// √(Σ w²(r − mean)²) / Σ w by the delta method, and the effective sample size
/// (Σ w)² / Σ w² (Kong 1992). Rows the other ranking would hardly have shown count hardly;
/// when the effective sample size is small, the interval is not to be trusted however
/// many rows there are. The interval is for one look, not for a sequence of them.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::{Logged, off_policy};
/// let log: Vec<Logged> = (0..1_000)
///     .map(|i| Logged { reward: f64::from(i % 4 == 0), propensity: 0.5, target: 0.5 })
///     .collect();
/// let same = off_policy(&log, 0.05)?;
/// assert_eq!((same.reward.estimate, same.effective_sample_size), (0.25, 1_000.0));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
///
/// # Errors
/// [`Error`] when a value is out of range, `alpha` is not between 0 and 1, or
/// the other ranking would have shown nothing of the log.
pub fn off_policy(log: &[Logged], alpha: f64) -> Result<OffPolicy, Error> {
    check_alpha(alpha)?;
    let weights = log.iter().enumerate().map(weight).collect::<Result<Vec<f64>, _>>()?;
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        let what = "rows the other ranking would have shown".to_owned();
        return Err(Error::new(
            ErrorKind::TooFewOutcomes,
            format!("{what}: 0 units are too few, at least 1 are needed"),
        ));
    }
    let rewards = || weights.iter().zip(log.iter().map(|row| row.reward));
    let estimate = rewards().map(|(weight, reward)| weight * reward).sum::<f64>() / sum;
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    let spread: f64 = rewards().map(|(weight, reward)| weight * (reward - estimate)).map(|d| d * d).sum();
    let radius = normal_quantile(1.0 - alpha / 2.0) * spread.sqrt() / sum;
    Ok(OffPolicy { reward: Interval::around(estimate, radius), effective_sample_size: sum * sum / squares })
}

fn weight((position, row): (usize, &Logged)) -> Result<f64, Error> {
    let checks = [
        ("reward", row.reward, row.reward.is_finite(), "finite"),
        (
            "propensity",
            row.propensity,
            row.propensity > 0.0 && row.propensity <= 1.0,
            "above 0 and at most 1",
        ),
        ("target", row.target, (0.0..=1.0).contains(&row.target), "in 0..=1"),
    ];
    match checks.into_iter().find(|&(_, _, right, _)| !right) {
        None => Ok(row.target / row.propensity),
        Some((field, value, _, expected)) => {
            Err(Error::new(ErrorKind::OutOfRange, format!("{value} is not {expected}"))
                .within(field)
                .at(position))
        }
    }
}
