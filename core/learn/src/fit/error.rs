//! Why nothing can be learnt from some outcomes.

use super::{FACTORS, Factors};
use sponsorfit::{Error, ErrorKind};

/// Checks weights: each 0 or more, together 1 within 1e-9.
pub(super) fn check_weights(weights: Factors) -> Result<(), Error> {
    let sum: f64 = weights.iter().sum();
    let right = weights.iter().all(|&weight| weight >= 0.0) && (sum - 1.0).abs() <= 1e-9;
    if right {
        Ok(())
    } else {
        Err(Error::new(ErrorKind::WeightsSum, format!("sum to {sum}; they must be 0 or more and sum to 1"))
            .within("weights"))
    }
}

/// Checks the factor values of an outcome.
pub(super) fn check_factors(position: usize, factors: &Factors) -> Result<(), Error> {
    for (factor, &value) in (0..FACTORS).zip(factors) {
        if !(0.0..=1.0).contains(&value) {
            return Err(Error::new(ErrorKind::OutOfRange, format!("{value} is not in 0..=1"))
                .at(factor)
                .within("factors")
                .at(position));
        }
    }
    Ok(())
}
