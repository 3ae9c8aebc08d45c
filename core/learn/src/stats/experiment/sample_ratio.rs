//! Do the variants have the sizes they were promised?

use crate::stats::distribution::chi_square_tail;
use sponsorfit::{Error, ErrorKind};

/// The smallest expected count with which the χ² approximation is used (Cochran 1954).
const LEAST_EXPECTED: f64 = 5.0;

/// How far the sizes of the variants are from their shares.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::sample_ratio;
/// let balanced = sample_ratio(&[5_020, 4_980], &[5_000, 5_000])?;
/// assert!(balanced.p_value > 0.6);
/// let broken = sample_ratio(&[5_300, 4_700], &[5_000, 5_000])?;
/// assert!(broken.p_value < 1e-8);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SampleRatio {
    /// Pearson's χ² = Σ (observed − expected)² / expected, ≥ 0.
    pub statistic: f64,
    /// How likely a statistic this large is when the shares are kept, 0..=1.
    pub p_value: f64,
}

/// Tests whether units are spread over variants as promised, by Pearson's χ² test.
///
/// Counts that deviate mean lost rows, a biased filter or a broken assignment, and then
/// every effect is suspect (Fabijan et al., *Diagnosing Sample Ratio Mismatch in Online
/// Controlled Experiments*, 2019). A unit in a variant without a share has probability 0.
/// `observed` counts units, `shares` are basis points.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::sample_ratio;
/// assert_eq!(sample_ratio(&[3, 2], &[5_000, 5_000]).unwrap_err().code(), "too_few_outcomes");
/// ```
///
/// # Errors
/// [`Error`] when the lists differ in length, the shares do not sum to 10000, or a
/// variant expects fewer than 5 units.
pub fn sample_ratio(observed: &[u64], shares: &[u16]) -> Result<SampleRatio, Error> {
    let (found, expected) = (observed.len(), shares.len());
    if found != expected {
        return Err(Error::new(ErrorKind::InvalidValue, format!("observed: {found} values, not {expected}")));
    }
    let sum: u64 = shares.iter().map(|&share| u64::from(share)).sum();
    if sum != 10_000 {
        return Err(Error::new(ErrorKind::WeightsSum, format!("basis points sum to {sum}, not 10000"))
            .within("variants"));
    }
    let total: u64 = observed.iter().sum();
    let (mut statistic, mut promised) = (0.0, 0);
    for (variant, (&observed, &share)) in observed.iter().zip(shares).enumerate() {
        if share == 0 {
            statistic += if observed > 0 { f64::INFINITY } else { 0.0 };
            continue;
        }
        let expected = total as f64 * f64::from(share) / 10_000.0;
        if expected < LEAST_EXPECTED {
            let needed = 50_000_u64.div_ceil(u64::from(share));
            return Err(Error::new(
                ErrorKind::TooFewOutcomes,
                format!(
                    "all variants together, for variant {variant}: {total} units are too few, at least {needed} are needed"
                ),
            ));
        }
        statistic += (observed as f64 - expected) * (observed as f64 - expected) / expected;
        promised += 1;
    }
    Ok(SampleRatio { statistic, p_value: tail(statistic, promised) })
}

fn tail(statistic: f64, promised: u32) -> f64 {
    if statistic.is_infinite() {
        0.0
    } else if promised < 2 {
        1.0
    } else {
        chi_square_tail(statistic, promised - 1)
    }
}
