//! Weights, odds and probabilities, learnt from what was accepted.

use std::collections::BTreeMap;

use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::PyType;
use serde_json::json;
use sponsorfit::{Error, ErrorKind, Factor};
use sponsorfit_learn::fit::{
    Acceptance as CoreAcceptance, Calibration as CoreCalibration, Case, Outcome, Probabilities,
    ScoredOutcome, WeightFit,
};

use crate::config::ScoringConfig;
use crate::error::{OrRaise, learnt, of_one_length, refused};

/// Takes back what `to_json` wrote.
fn from_json<T: serde::de::DeserializeOwned>(py: Python<'_>, text: &str) -> PyResult<T> {
    let invalid = |error: serde_json::Error| Error::new(ErrorKind::InvalidJson, error.to_string());
    serde_json::from_str(text).map_err(invalid).or_raise(py)
}

/// Scores as probabilities, learnt from what was accepted.
#[pyclass(frozen, eq, module = "sponsorfit._lowlevel")]
#[derive(PartialEq)]
pub(crate) struct Calibration(CoreCalibration);

#[pymethods]
impl Calibration {
    /// Fits a rising line to scores and whether they were accepted; weights say how much each counts.
    #[classmethod]
    #[pyo3(signature = (scores, accepted, weights = None))]
    fn fit(
        cls: &Bound<'_, PyType>,
        scores: Vec<f64>,
        accepted: Vec<bool>,
        weights: Option<Vec<f64>>,
    ) -> PyResult<Self> {
        let py = cls.py();
        let weights = weights.unwrap_or_else(|| vec![1.0; scores.len()]);
        of_one_length(py, &[scores.len(), accepted.len(), weights.len()])?;
        let outcomes: Vec<(ScoredOutcome, f64)> = scores
            .into_iter()
            .zip(accepted)
            .zip(weights)
            .map(|((score, accepted), weight)| (ScoredOutcome { score, accepted }, weight))
            .collect();
        learnt(py, py.detach(|| CoreCalibration::fit_weighted(&outcomes))).map(Self)
    }

    /// Reads what `to_json` wrote.
    #[classmethod]
    fn from_json(cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        from_json(cls.py(), text).map(Self)
    }

    /// Returns the scores with their probabilities as JSON text.
    fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// Returns the probability that each score is accepted.
    fn probabilities(&self, py: Python<'_>, scores: Vec<f64>) -> Vec<f64> {
        py.detach(|| scores.into_iter().map(|score| self.0.probability(score)).collect())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().to_json(),)))
    }
}

/// Numbers of shape (rows, width), row by row.
struct Rows {
    numbers: Vec<f64>,
    width: usize,
}

impl Rows {
    /// Copies an array of 64-bit floats of two dimensions.
    fn read(array: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = array.py();
        let buffer = PyBuffer::<f64>::get(array)?;
        let &[_, width] = buffer.shape() else {
            let message =
                format!("an array of {} dimensions is not one of rows and columns", buffer.dimensions());
            return Err(refused(py, &message));
        };
        if width == 0 {
            return Err(refused(py, "rows without columns"));
        }
        Ok(Self { numbers: buffer.to_vec(py)?, width })
    }

    fn iter(&self) -> std::slice::ChunksExact<'_, f64> {
        self.numbers.chunks_exact(self.width)
    }
}

/// The probability that a pair is accepted, from any numbers.
#[pyclass(frozen, eq, module = "sponsorfit._lowlevel")]
#[derive(PartialEq)]
pub(crate) struct Acceptance(CoreAcceptance);

#[pymethods]
impl Acceptance {
    /// Learns from an array of shape (rows, columns), what came of each row, and how much it counts.
    #[classmethod]
    fn fit(
        cls: &Bound<'_, PyType>,
        rows: &Bound<'_, PyAny>,
        accepted: Vec<bool>,
        weights: Vec<f64>,
        pull: f64,
        calibration: &str,
    ) -> PyResult<Self> {
        let py = cls.py();
        let probabilities = match calibration {
            "auto" => Probabilities::WhereEnough,
            "isotonic" => Probabilities::Calibrated,
            "none" => Probabilities::Odds,
            other => {
                let message = format!("`{other}` is not `auto`, `isotonic` or `none`");
                return Err(Error::new(ErrorKind::InvalidValue, message).within("calibration")).or_raise(py);
            }
        };
        let rows = Rows::read(rows)?;
        of_one_length(py, &[rows.iter().len(), accepted.len(), weights.len()])?;
        let fitted = py.detach(|| {
            let cases: Vec<Case<'_>> = rows
                .iter()
                .zip(accepted)
                .zip(weights)
                .map(|((numbers, accepted), weight)| Case { numbers, accepted, weight })
                .collect();
            CoreAcceptance::fit(&cases, pull, probabilities)
        });
        learnt(py, fitted).map(Self)
    }

    /// Reads what `to_json` wrote.
    #[classmethod]
    fn from_json(cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        from_json(cls.py(), text).map(Self)
    }

    /// Returns what was learnt as JSON text.
    fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// The log-odds where every number is at its centre.
    #[getter]
    fn intercept(&self) -> f64 {
        self.0.line().intercept()
    }

    /// What one more of each number adds to the log-odds.
    #[getter]
    fn slopes(&self) -> Vec<f64> {
        self.0.line().slopes().collect()
    }

    /// The mean of each number, for which an unknown one stands.
    #[getter]
    fn centres(&self) -> Vec<f64> {
        self.0.line().centres().collect()
    }

    /// Whether probabilities come from a calibration.
    #[getter]
    fn is_calibrated(&self) -> bool {
        self.0.is_calibrated()
    }

    /// Returns the log-odds of rows.
    fn log_odds(&self, rows: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
        let (py, rows) = (rows.py(), Rows::read(rows)?);
        learnt(py, py.detach(|| rows.iter().map(|row| self.0.line().log_odds(row)).collect::<Result<_, _>>()))
    }

    /// Returns the probabilities that rows are accepted.
    fn probabilities(&self, rows: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
        let (py, rows) = (rows.py(), Rows::read(rows)?);
        learnt(py, py.detach(|| rows.iter().map(|row| self.0.probability(row)).collect::<Result<_, _>>()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().to_json(),)))
    }
}

/// Returns the five factors of a frame's rows; where it has `categories` and `geo` in place of
/// `audience_overlap`, they are blended as the configuration says. Null is NaN.
#[pyfunction]
#[pyo3(signature = (frame, config))]
pub(crate) fn frame_factors(
    py: Python<'_>,
    frame: pyo3_arrow::PyTable,
    config: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<[f64; 5]>> {
    let blend = ScoringConfig::given(py, config)?.audience_blend;
    let [budget, overlap, rest @ ..] = Factor::ALL.map(|factor| factor.name().to_owned());
    let parts = ["categories".to_owned(), "geo".to_owned()];
    let (batches, schema) = frame.into_inner();
    let whole = schema.column_with_name(&overlap).is_some() || schema.column_with_name(&parts[0]).is_none();
    let middle = if whole { [overlap.clone(), overlap] } else { parts };
    let names: Vec<String> = [budget].into_iter().chain(middle).chain(rest).collect();
    let known = |value: f64| (!value.is_nan()).then_some(value);
    let rows = py.detach(|| sponsorfit_arrow::numbers(&batches, &names)).or_raise(py)?;
    let factors = |row: Vec<f64>| match row[..] {
        [budget, overlap, _, geo_fit, engagement, objectives] if whole => {
            [budget, overlap, geo_fit, engagement, objectives]
        }
        [budget, categories, geo, geo_fit, engagement, objectives] => {
            let overlap = blend.of(known(categories), known(geo)).unwrap_or(f64::NAN);
            [budget, overlap, geo_fit, engagement, objectives]
        }
        _ => [f64::NAN; 5],
    };
    Ok(rows.into_iter().map(factors).collect())
}

/// Returns the scores of rows of five factors under a configuration's weights.
#[pyfunction]
#[pyo3(signature = (rows, config))]
pub(crate) fn score_factors(
    rows: &Bound<'_, PyAny>,
    config: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<f64>> {
    let py = rows.py();
    let (weights, rows) = (ScoringConfig::given(py, config)?.weights, Rows::read(rows)?);
    py.detach(|| {
        let score = |row: &[f64]| row.try_into().map(|factors: [f64; 5]| weights.score(factors));
        rows.iter().map(score).collect::<Result<_, _>>()
    })
    .map_err(|_| refused(py, &format!("rows of {} numbers are not of the five factors", rows.width)))
}

/// Fits the weights of a configuration to outcomes; the answer is JSON text.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "columns, and how to fit them")]
pub(crate) fn fit_weights(
    py: Python<'_>,
    queries: Vec<usize>,
    sponsors: Vec<usize>,
    factors: Vec<[f64; 5]>,
    accepted: Vec<bool>,
    config: Option<&Bound<'_, PyAny>>,
    sharpness: f64,
    pull: f64,
    resamples: usize,
    alpha: f64,
    seed: u64,
) -> PyResult<String> {
    let current: [f64; 5] = ScoringConfig::given(py, config)?.weights.into();
    of_one_length(py, &[queries.len(), sponsors.len(), factors.len(), accepted.len()])?;
    let outcomes: Vec<Outcome> = queries
        .into_iter()
        .zip(sponsors)
        .zip(factors)
        .zip(accepted)
        .map(|(((query, sponsor), factors), accepted)| Outcome { query, sponsor, factors, accepted })
        .collect();
    let how = WeightFit { sharpness, pull, resamples, alpha, seed };
    let fitted = learnt(py, py.detach(|| sponsorfit_learn::fit::fit_weights(&outcomes, current, how)))?;
    let names = Factor::ALL.map(Factor::name);
    let weights: BTreeMap<&str, f64> = names.into_iter().zip(fitted.weights).collect();
    let rows: Vec<_> = names
        .into_iter()
        .zip(fitted.factors)
        .map(|(factor, one)| {
            json!({
                "factor": factor, "current": one.current, "fitted": one.fitted, "lower": one.lower,
                "upper": one.upper, "moves": one.moves,
            })
        })
        .collect();
    Ok(json!({
        "weights": weights, "factors": rows, "loss_before": fitted.loss_before, "loss_after": fitted.loss_after,
        "queries": fitted.queries, "sponsors": fitted.sponsors,
    })
    .to_string())
}
