//! What can be wrong with an experiment or its data.

use sponsorfit::{Error, ErrorKind};

/// Checks an error rate.
pub(super) fn check_alpha(alpha: f64) -> Result<(), Error> {
    if alpha > 0.0 && alpha < 1.0 {
        Ok(())
    } else {
        Err(Error::new(ErrorKind::OutOfRange, format!("{alpha} is not between 0 and 1")).within("alpha"))
    }
}

/// Checks that every value is a finite number.
pub(super) fn check_finite(field: &'static str, values: &[f64]) -> Result<(), Error> {
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(()),
        Some(position) => {
            let value = values.get(position).copied().unwrap_or(f64::NAN);
            Err(Error::new(ErrorKind::OutOfRange, format!("{value} is not finite"))
                .within(field)
                .at(position))
        }
    }
}
