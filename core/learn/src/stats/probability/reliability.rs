//! Did the probabilities that were told come true?

use super::enough;
use crate::stats::distribution::normal_quantile;
use sponsorfit::{Error, ErrorKind};

/// Outcomes whose told probabilities are neighbours.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::ReliabilityRow;
/// let row = ReliabilityRow { outcomes: 50, told: 0.18, came_true: 0.22, lower: 0.13, upper: 0.35 };
/// assert!(row.lower <= row.told && row.told <= row.upper, "as told, as far as 50 outcomes can say");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReliabilityRow {
    /// How many there are.
    pub outcomes: usize,
    /// Mean of the probabilities told, 0..=1.
    pub told: f64,
    /// Share that was accepted, 0..=1.
    pub came_true: f64,
    /// Lower end of the 95 % interval of that share (Wilson 1927).
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// How far told probabilities are from what came of them.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::reliability;
/// let table = reliability(&[(0.0, false), (1.0, true)], 1)?;
/// assert_eq!((table.brier, table.calibration_error), (0.0, 0.0));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reliability {
    /// From the lowest probabilities to the highest, in rows of equal size as far as possible.
    pub rows: Vec<ReliabilityRow>,
    /// Mean squared distance of probability and outcome, 0..=1 (Brier 1950).
    pub brier: f64,
    /// Mean distance of `told` and `came_true` over the rows, weighted by outcomes, 0..=1.
    pub calibration_error: f64,
}

/// Compares told probabilities with what came of them, in `rows` rows.
///
/// Ask it about outcomes that came after those a [`Calibration`](super::Calibration) was
/// fitted on: on its own outcomes every calibration is perfect.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::reliability;
/// let told: Vec<(f64, bool)> = (0..200).map(|i| (if i < 100 { 0.2 } else { 0.6 }, i % 5 < 1 + i / 100 * 2)).collect();
/// let table = reliability(&told, 2)?;
/// assert_eq!((table.rows[0].outcomes, table.rows[0].came_true), (100, 0.2));
/// assert!(table.calibration_error < 1e-12);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
///
/// # Errors
/// `out_of_range` when a probability is not in 0..=1, and
/// `too_few_outcomes` when there are fewer outcomes than rows, or no rows.
pub fn reliability(told: &[(f64, bool)], rows: usize) -> Result<Reliability, Error> {
    enough("rows", rows, 1)?;
    enough("outcomes", told.len(), rows)?;
    let wrong = told.iter().position(|(probability, _)| !(0.0..=1.0).contains(probability));
    if let Some((position, (value, _))) = wrong.and_then(|at| Some((at, *told.get(at)?))) {
        return Err(
            Error::new(ErrorKind::OutOfRange, format!("{value} is not a probability in 0..=1")).at(position)
        );
    }
    let mut sorted = told.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let ends = (1..=rows).map(|row| sorted.len() * row / rows);
    let starts = (0..rows).map(|row| sorted.len() * row / rows);
    let row = |(start, end)| row(sorted.get(start..end).unwrap_or_default());
    let rows: Vec<ReliabilityRow> = starts.zip(ends).map(row).collect();
    let all = told.len() as f64;
    let missed = |&(probability, accepted): &(f64, bool)| {
        let distance = probability - f64::from(accepted);
        distance * distance
    };
    let distance = |row: &ReliabilityRow| row.outcomes as f64 * (row.told - row.came_true).abs();
    Ok(Reliability {
        brier: told.iter().map(missed).sum::<f64>() / all,
        calibration_error: rows.iter().map(distance).sum::<f64>() / all,
        rows,
    })
}

fn row(outcomes: &[(f64, bool)]) -> ReliabilityRow {
    let n = outcomes.len() as f64;
    let told = outcomes.iter().map(|(probability, _)| probability).sum::<f64>() / n;
    let came_true = outcomes.iter().filter(|(_, accepted)| *accepted).count() as f64 / n;
    let z = normal_quantile(0.975);
    let middle = (came_true + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let spread = (came_true * (1.0 - came_true) / n + z * z / (4.0 * n * n)).sqrt();
    let radius = z / (1.0 + z * z / n) * spread;
    ReliabilityRow {
        outcomes: outcomes.len(),
        told,
        came_true,
        lower: middle - radius,
        upper: middle + radius,
    }
}
