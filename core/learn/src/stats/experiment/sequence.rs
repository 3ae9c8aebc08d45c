//! Intervals that stay valid however often one looks.

use super::error::{check_alpha, check_finite};
use sponsorfit::{Error, ErrorKind};

/// The fewest values with which a confidence sequence begins: it is asymptotic.
pub(super) const LEAST_UNITS: u64 = 100;

/// An estimate and where the truth is, with a stated error rate.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::Interval;
/// let lift = Interval { estimate: 0.02, lower: 0.005, upper: 0.035 };
/// assert!(!lift.contains(0.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// The estimate, in the unit of the outcome.
    pub estimate: f64,
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

impl Interval {
    pub(super) fn around(estimate: f64, radius: f64) -> Self {
        Self { estimate, lower: estimate - radius, upper: estimate + radius }
    }

    /// Returns whether a value lies between the ends, these included.
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }
}

/// Returns an always-valid interval for the mean of independent values.
///
/// The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas,
/// *Time-uniform central limit theory and asymptotic confidence sequences* (arXiv
/// 2103.06476), theorem 2.2: with n values of mean m and standard deviation s,
///
/// m ± s · √( 2(nρ² + 1) / (n²ρ²) · ln(√(nρ² + 1) / α) )
///
/// Computed after every new value, all intervals together hold the truth with probability
/// 1 − α, so one may look daily and stop at will; a classical interval at 5 % that is
/// looked at daily is wrong far more often. ρ makes the sequence narrowest at `horizon`
/// values: choose the size at which you expect to decide, before looking.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::confidence_sequence;
/// let accepted: Vec<f64> = (0..1_000).map(|i| f64::from(i % 4 == 0)).collect();
/// let rate = confidence_sequence(&accepted, 0.05, 1_000)?;
/// assert!(rate.lower > 0.20 && rate.contains(0.25) && rate.upper < 0.30);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
///
/// # Errors
/// [`Error`] with fewer than 100 values, when all are equal, when one is not finite,
/// or when `alpha` is not between 0 and 1.
pub fn confidence_sequence(values: &[f64], alpha: f64, horizon: u64) -> Result<Interval, Error> {
    check_alpha(alpha)?;
    let sample = Sample::new("values", values)?;
    Ok(Interval::around(sample.mean, sample.variance.sqrt() * radius(sample.size, alpha, horizon)))
}

/// Returns an always-valid interval for the difference of two means, `treated` − `control`.
///
/// The same sequence on the n = n₀ + n₁ units of both, with the standard deviation of the
/// difference of means as its influence function has it: s² = n · (s₁²/n₁ + s₀²/n₀).
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::difference;
/// let every = |n: i32| (0..2_000).map(|i| f64::from(i % n == 0)).collect::<Vec<_>>();
/// let lift = difference(&every(4), &every(10), 0.05, 4_000)?;
/// assert!(lift.lower > 0.0 && lift.contains(0.15));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
///
/// # Errors
/// As [`confidence_sequence`], for each of the two.
pub fn difference(treated: &[f64], control: &[f64], alpha: f64, horizon: u64) -> Result<Interval, Error> {
    check_alpha(alpha)?;
    let (treated, control) = (Sample::new("treated", treated)?, Sample::new("control", control)?);
    let size = treated.size + control.size;
    let variance = size * (treated.variance / treated.size + control.variance / control.size);
    Ok(Interval::around(treated.mean - control.mean, variance.sqrt() * radius(size, alpha, horizon)))
}

struct Sample {
    size: f64,
    mean: f64,
    /// Sum of squared deviations over n − 1.
    variance: f64,
}

impl Sample {
    fn new(what: &'static str, values: &[f64]) -> Result<Self, Error> {
        check_finite(what, values)?;
        let found = values.len() as u64;
        if found < LEAST_UNITS {
            let what = what.to_owned();
            return Err(Error::new(
                ErrorKind::TooFewOutcomes,
                format!("{what}: {found} units are too few, at least {LEAST_UNITS} are needed"),
            ));
        }
        let size = values.len() as f64;
        let mean = values.iter().sum::<f64>() / size;
        let (least, most) =
            values.iter().fold((f64::MAX, f64::MIN), |(least, most), &v| (least.min(v), most.max(v)));
        // An adjustment that explains everything leaves rounding errors behind.
        if most - least <= 1e-12 * most.abs().max(least.abs()) {
            return Err(Error::new(
                ErrorKind::TooFewOutcomes,
                format!("{what}: all outcomes are {mean}, so an interval would have no width"),
            ));
        }
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        Ok(Self { size, mean, variance: squares / (size - 1.0) })
    }
}

/// Half the width of the sequence at `size` values of standard deviation 1.
fn radius(size: f64, alpha: f64, horizon: u64) -> f64 {
    let mixed = size * tightness(alpha) / horizon.max(1) as f64;
    let log = libm::log((mixed + 1.0).sqrt() / alpha);
    (2.0 * (mixed + 1.0) / (size * mixed) * log).sqrt()
}

/// nρ² where the sequence is narrowest: the solution of u = ln(u + 1) − 2 ln α.
///
/// Setting the width's derivative to zero gives this; the map contracts, and each round
/// gains at least one digit for α ≤ 0.5.
fn tightness(alpha: f64) -> f64 {
    let least = -2.0 * libm::log(alpha);
    let mut u = least;
    for _ in 0..60 {
        u = libm::log1p(u) + least;
    }
    u
}
