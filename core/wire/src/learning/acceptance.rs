//! How probable acceptance is, from whatever numbers are known of a pair.

use sponsorfit::Error;
use sponsorfit_learn::fit::{Acceptance, Case, Probabilities};

use super::{choice, of_one_length, request};

choice! {
    /// Where the probabilities come from.
    ///
    /// # Examples
    /// See [`fit_acceptance`].
    CalibrationChoice => Probabilities {
        /// From a calibration where there are enough outcomes for one, else from the odds.
        #[default]
        WhereEnough,
        /// From a calibration.
        Calibrated,
        /// From the odds.
        Odds,
    }
}

request! {
    /// Rows of numbers and what came of them, as columns.
    ///
    /// # Examples
    /// See [`fit_acceptance`].
    AcceptanceFit {
        /// The numbers that were known of each row; null is unknown.
        rows: Vec<Vec<Option<f64>>>,
        /// What came of it.
        accepted: Vec<bool>,
        /// How much each counts, 0 or more; 1 each when it is left out.
        #[serde(default)]
        weights: Option<Vec<f64>>,
        /// How strongly the slopes are held to 0; 1 when it is left out.
        #[serde(default = "one")]
        pull: f64,
        /// Where the probabilities come from; `where_enough` when it is left out.
        #[serde(default)]
        probabilities: CalibrationChoice,
    }
}

fn one() -> f64 {
    1.0
}

/// Learns how probable acceptance is, from any numbers.
///
/// # Errors
/// [`TooFewOutcomes`](sponsorfit::ErrorKind::TooFewOutcomes), and what is wrong with columns and settings.
///
/// # Examples
/// ```
/// let rows: Vec<[u32; 1]> = (0..80).map(|at| [at]).collect();
/// let accepted: Vec<bool> = (0..80).map(|at| at % 3 > 0).collect();
/// let request = format!(r#"{{"rows": {rows:?}, "accepted": {accepted:?}}}"#);
/// let acceptance = sponsorfit_wire::ask("fit_acceptance", &request);
/// let request = format!(r#"{{"acceptance": {acceptance}, "rows": [[7], [null]]}}"#);
/// let probabilities = sponsorfit_wire::ask("accept", &request);
/// assert!(probabilities.starts_with("[0."), "{acceptance} {probabilities}");
/// ```
pub fn fit_acceptance(request: AcceptanceFit) -> Result<Acceptance, Error> {
    let AcceptanceFit { rows, accepted, weights, pull, probabilities } = request;
    let weights = weights.unwrap_or_else(|| vec![1.0; rows.len()]);
    of_one_length([("rows", rows.len()), ("accepted", accepted.len()), ("weights", weights.len())])?;
    let rows: Vec<Vec<f64>> = rows.iter().map(|row| numbers(row)).collect();
    let cases: Vec<Case<'_>> = rows
        .iter()
        .zip(accepted)
        .zip(weights)
        .map(|((numbers, accepted), weight)| Case { numbers, accepted, weight })
        .collect();
    Acceptance::fit(&cases, pull, probabilities.into())
}

request! {
    /// Rows of numbers, and what tells how probable their acceptance is.
    ///
    /// # Examples
    /// See [`fit_acceptance`].
    Proposals {
        /// What `fit_acceptance` answered.
        acceptance: Acceptance,
        /// The numbers that are known of each row; null is unknown.
        rows: Vec<Vec<Option<f64>>>,
    }
}

/// Returns the probability that each row is accepted.
///
/// # Errors
/// What is wrong with the rows.
///
/// # Examples
/// See [`fit_acceptance`].
pub fn accept(request: Proposals) -> Result<Vec<f64>, Error> {
    let Proposals { acceptance, rows } = request;
    let probability = |(place, row): (usize, &Vec<Option<f64>>)| {
        let probability = acceptance.probability(&numbers(row));
        // Each row is asked alone, so its own place says nothing.
        let blame = |error: Error| Error::new(error.kind(), error.message()).at(place).within("rows");
        probability.map_err(blame)
    };
    rows.iter().enumerate().map(probability).collect()
}

fn numbers(row: &[Option<f64>]) -> Vec<f64> {
    row.iter().map(|number| number.unwrap_or(f64::NAN)).collect()
}
