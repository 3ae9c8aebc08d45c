//! Scores as probabilities, and whether they came true.

use sponsorfit::{Count, Error};
use sponsorfit_learn::fit::{self, Calibration, Reliability, ScoredOutcome};

use super::metrics::ten;
use super::{known, nan_or, of_one_length, request, size};

request! {
    /// Scores and what came of them, as columns.
    ///
    /// # Examples
    /// See [`fit_calibration`].
    CalibrationFit {
        /// What each pair was scored.
        scores: Vec<f64>,
        /// What came of it.
        accepted: Vec<bool>,
        /// How much each counts, 0 or more; 1 each when it is left out.
        #[serde(default)]
        weights: Option<Vec<f64>>,
    }
}

/// Fits a rising line to scores and what came of them: points of a score and its probability.
///
/// # Errors
/// [`TooFewOutcomes`](sponsorfit::ErrorKind::TooFewOutcomes) with fewer than 30 accepted, 30 rejected or
/// 200 outcomes together, and what is wrong with the columns.
///
/// # Examples
/// ```
/// let scores: Vec<f64> = (0..400).map(|at| f64::from(at) / 400.0).collect();
/// let accepted: Vec<bool> = (0..400).map(|at| at >= 200).collect();
/// let request = format!(r#"{{"scores": {scores:?}, "accepted": {accepted:?}}}"#);
/// assert!(sponsorfit_wire::ask("fit_calibration", &request).ends_with("[0.9975,1.0]]"));
/// ```
pub fn fit_calibration(request: CalibrationFit) -> Result<Calibration, Error> {
    let CalibrationFit { scores, accepted, weights } = request;
    let weights = weights.unwrap_or_else(|| vec![1.0; scores.len()]);
    of_one_length([("scores", scores.len()), ("accepted", accepted.len()), ("weights", weights.len())])?;
    let rows = scores.into_iter().zip(accepted).zip(weights);
    let outcomes: Vec<(ScoredOutcome, f64)> =
        rows.map(|((score, accepted), weight)| (ScoredOutcome { score, accepted }, weight)).collect();
    Calibration::fit_weighted(&outcomes)
}

request! {
    /// Scores, and the calibration that reads them.
    ///
    /// # Examples
    /// See [`calibrate`].
    ScoresToCalibrate {
        /// What `fit_calibration` answered.
        calibration: Calibration,
        /// The scores; null is unknown.
        #[serde(deserialize_with = "nan_or")]
        #[cfg_attr(feature = "schema", schemars(with = "Vec<Option<f64>>"))]
        scores: Vec<f64>,
    }
}

/// Returns the probability that each score is accepted; `None` for an unknown one.
///
/// # Errors
/// What is wrong with the calibration.
///
/// # Examples
/// ```
/// let request = r#"{"calibration": [[0.2, 0.1], [0.6, 0.5]], "scores": [0.4, null, 1]}"#;
/// assert_eq!(sponsorfit_wire::ask("calibrate", request), "[0.30000000000000004,null,0.5]");
/// ```
pub fn calibrate(request: ScoresToCalibrate) -> Result<Vec<Option<f64>>, Error> {
    let ScoresToCalibrate { calibration, scores } = request;
    Ok(scores.into_iter().map(|score| known(calibration.probability(score))).collect())
}

request! {
    /// Probabilities that were told, and what came of them, as columns.
    ///
    /// # Examples
    /// See [`reliability`].
    ToldProbabilities {
        /// What each pair was told, 0 to 1.
        probabilities: Vec<f64>,
        /// What came of it.
        accepted: Vec<bool>,
        /// In how many rows to sum up; 10 when it is left out.
        #[serde(default = "ten")]
        rows: Count,
    }
}

/// Returns whether probabilities came true, in rows of rising probability, and the error in all.
///
/// # Errors
/// [`TooFewOutcomes`](sponsorfit::ErrorKind::TooFewOutcomes) with fewer outcomes than rows, and what is
/// wrong with the columns.
///
/// # Examples
/// ```
/// let request = r#"{"probabilities": [0, 1], "accepted": [false, true], "rows": 1}"#;
/// let answer = sponsorfit_wire::ask("reliability", request);
/// assert!(answer.starts_with(r#"{"rows":[{"outcomes":2,"told":0.5,"came_true":0.5,"#), "{answer}");
/// ```
pub fn reliability(request: ToldProbabilities) -> Result<Reliability, Error> {
    let ToldProbabilities { probabilities, accepted, rows } = request;
    of_one_length([("probabilities", probabilities.len()), ("accepted", accepted.len())])?;
    let told: Vec<(f64, bool)> = probabilities.into_iter().zip(accepted).collect();
    fit::reliability(&told, size(rows))
}
