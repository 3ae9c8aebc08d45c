//! Narrower intervals with what was known before the experiment.

use super::error::check_finite;
use sponsorfit::{Error, ErrorKind};

/// Outcomes with what was known before taken out.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::cuped;
/// let unrelated = cuped(&[1.0, 0.0, 0.0, 1.0], &[7.0, 7.0, 3.0, 3.0])?;
/// assert_eq!((unrelated.theta, unrelated.variance_left), (0.0, 1.0));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Cuped {
    /// Covariance of outcome and covariate over the covariate's variance.
    pub theta: f64,
    /// The outcomes, adjusted; their mean is unchanged.
    pub adjusted: Vec<f64>,
    /// The variance that is left, as a share of the one before, 0..=1.
    pub variance_left: f64,
}

/// Adjusts outcomes by a covariate from before the experiment.
///
/// y′ = y − θ (x − x̄) with θ = cov(x, y) / var(x), after Deng, Xu, Kohavi and Walker,
/// *Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment
/// Data* (2013). Pass all variants together: one θ for all keeps differences unbiased,
/// because assignment could not depend on the covariate. A covariate that never varies
/// changes nothing. `outcomes` and `before` are of the same units in the same order.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::cuped;
/// let outcomes = [3.0, 5.0, 7.0, 9.0];
/// let before = [1.0, 2.0, 3.0, 4.0];
/// let cuped = cuped(&outcomes, &before)?;
/// assert_eq!((cuped.theta, cuped.variance_left), (2.0, 0.0));
/// assert_eq!(cuped.adjusted, [6.0; 4]);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
///
/// # Errors
/// [`Error`] when the lists differ in length, are empty, or hold what is not finite.
pub fn cuped(outcomes: &[f64], before: &[f64]) -> Result<Cuped, Error> {
    let (found, expected) = (before.len(), outcomes.len());
    if found != expected {
        return Err(Error::new(ErrorKind::InvalidValue, format!("before: {found} values, not {expected}")));
    }
    if outcomes.is_empty() {
        return Err(Error::new(
            ErrorKind::TooFewOutcomes,
            "outcomes: 0 units are too few, at least 1 are needed",
        ));
    }
    check_finite("outcome", outcomes)?;
    check_finite("before", before)?;
    let mean_before = mean(before);
    let spread = covariance(before, before);
    let theta = if spread > 0.0 { covariance(before, outcomes) / spread } else { 0.0 };
    let adjust = |(outcome, before): (&f64, &f64)| outcome - theta * (before - mean_before);
    let adjusted: Vec<f64> = outcomes.iter().zip(before).map(adjust).collect();
    let all = covariance(outcomes, outcomes);
    let left = covariance(&adjusted, &adjusted);
    Ok(Cuped { theta, variance_left: if all > 0.0 { (left / all).min(1.0) } else { 1.0 }, adjusted })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The sum of products of deviations.
fn covariance(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum()
}
