//! Odds of acceptance from whatever numbers are known.
#![allow(
    clippy::indexing_slicing,
    reason = "every index is a column, below the width that all rows were checked for"
)]

use serde::{Deserialize, Serialize};
use sponsorfit::{Error, ErrorKind};

use super::enough;

/// Above this the squares of numbers overflow.
const LARGEST: f64 = 1e150;
/// A spread below this share of the centre is the rounding of a constant.
const ROUNDING: f64 = 1e-12;
/// The most Newton steps; a dozen is usual.
const MOST_STEPS: u32 = 100;
/// The most halvings of a step.
const MOST_HALVINGS: u32 = 40;
/// What a step promises, relative to the value, below which it is the last one.
const LITTLE: f64 = 1e-14;

/// What was known of a pair, and what came of it.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::Case;
/// let signed = Case { numbers: &[0.9, f64::NAN], accepted: true, weight: 1.0 };
/// assert!(signed.numbers[1].is_nan(), "the second number is unknown");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case<'a> {
    /// Any numbers, as many in every case; NaN is unknown.
    pub numbers: &'a [f64],
    /// Whether it was accepted.
    pub accepted: bool,
    /// How much it counts, 0 or more: 2 is as if the case were there twice.
    pub weight: f64,
}

/// Logistic regression: every number adds to the log-odds in proportion, an unknown one adds nothing.
///
/// What it makes small is Σ weight · ln(1 + exp(∓ log-odds)) + pull/2 · ‖slopes‖², with slopes of
/// numbers brought to mean 0 and variance 1 over the cases that know them (Hoerl and Kennard's
/// ridge, 1970, for le Cessie and van Houwelingen's odds, 1992). An unknown number is taken to be at
/// its mean, so it moves nothing. The least is found by Newton's method; the same input gives the
/// same bits on every machine.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::{Case, Logistic};
/// let known = [[0.0], [1.0], [2.0], [3.0]];
/// let cases: Vec<Case> =
///     known.iter().map(|row| Case { numbers: row, accepted: row[0] > 1.5, weight: 1.0 }).collect();
/// let line = Logistic::fit(&cases, 1.0)?;
/// assert!(line.probability(&[3.0])? > 0.7);
/// assert!((line.probability(&[f64::NAN])? - 0.5).abs() < 1e-12, "nothing is known: as often as not");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Logistic {
    /// The log-odds where every number is at its centre.
    intercept: f64,
    /// Each number's part.
    columns: Vec<Column>,
}

/// One number's part in the log-odds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Column {
    /// The mean of the number, for which an unknown one stands.
    centre: f64,
    /// What one more of the number adds to the log-odds.
    slope: f64,
}

impl Logistic {
    /// Fits the line to cases; `pull` is how strongly slopes are held to 0, above 0.
    ///
    /// # Errors
    /// `too_few_outcomes` without an accepted or without a rejected case of a weight above
    /// 0; `dimension_mismatch`, `out_of_range` and `out_of_range` for cases of
    /// different widths, numbers beyond ±1e150, and weights or a pull out of their range.
    pub fn fit(cases: &[Case<'_>], pull: f64) -> Result<Self, Error> {
        if !(pull > 0.0 && pull.is_finite()) {
            return Err(
                Error::new(ErrorKind::OutOfRange, format!("{pull} is not a number above 0")).within("pull")
            );
        }
        check(cases)?;
        let width = cases.first().map_or(0, |case| case.numbers.len());
        let spreads: Vec<Spread> = (0..width).map(|column| Spread::of(cases, column)).collect();
        let problem = Problem::new(cases, &spreads, pull);
        let found = problem.least();
        let slope = |(spread, weight): (&Spread, &f64)| {
            let slope = if spread.scale > 0.0 { weight / spread.scale } else { 0.0 };
            Column { centre: spread.centre, slope }
        };
        Ok(Self { intercept: found[width], columns: spreads.iter().zip(&found).map(slope).collect() })
    }

    /// Returns the log-odds of acceptance: the intercept and what every known number adds.
    ///
    /// # Errors
    /// `dimension_mismatch` for a row of another width than the cases had.
    pub fn log_odds(&self, numbers: &[f64]) -> Result<f64, Error> {
        self.check_width(numbers)?;
        Ok(numbers
            .iter()
            .zip(&self.columns)
            .fold(self.intercept, |sum, (number, column)| sum + column.adds(*number)))
    }

    /// Returns the probability of acceptance, 0..=1.
    ///
    /// # Errors
    /// As [`log_odds`](Self::log_odds).
    pub fn probability(&self, numbers: &[f64]) -> Result<f64, Error> {
        self.log_odds(numbers).map(|odds| 1.0 / (1.0 + libm::exp(-odds)))
    }

    /// Returns the log-odds where every number is at its centre, or unknown.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::fit::{Case, Logistic};
    /// let case = |near, accepted| Case { numbers: near, accepted, weight: 1.0 };
    /// let line = Logistic::fit(&[case(&[1.0], false), case(&[2.0], false), case(&[6.0], true)], 1.0)?;
    /// assert_eq!((line.centres().next(), line.intercept() < 0.0), (Some(3.0), true));
    /// let one_more = line.log_odds(&[4.0])? - line.intercept();
    /// assert!((line.slopes().sum::<f64>() - one_more).abs() < 1e-12);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn intercept(&self) -> f64 {
        self.intercept
    }

    /// Returns for each number the mean around which it counts.
    ///
    /// # Examples
    /// See [`Logistic::intercept`].
    pub fn centres(&self) -> impl ExactSizeIterator<Item = f64> {
        self.columns.iter().map(|column| column.centre)
    }

    /// Returns for each number what one more of it adds to the log-odds; 0 for one that never varied.
    ///
    /// # Examples
    /// See [`Logistic::intercept`].
    pub fn slopes(&self) -> impl ExactSizeIterator<Item = f64> {
        self.columns.iter().map(|column| column.slope)
    }

    fn check_width(&self, numbers: &[f64]) -> Result<(), Error> {
        let (found, expected) = (numbers.len(), self.columns.len());
        if found == expected {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::DimensionMismatch, format!("{found} numbers, expected {expected}"))
                .at(0))
        }
    }
}

impl Column {
    fn adds(self, number: f64) -> f64 {
        if number.is_nan() { 0.0 } else { self.slope * (number - self.centre) }
    }
}

fn check(cases: &[Case<'_>]) -> Result<(), Error> {
    let expected = cases.first().map_or(0, |case| case.numbers.len());
    for (position, case) in cases.iter().enumerate() {
        let found = case.numbers.len();
        if found != expected {
            return Err(Error::new(
                ErrorKind::DimensionMismatch,
                format!("{found} numbers, expected {expected}"),
            )
            .at(position));
        }
        if !(case.weight >= 0.0 && case.weight.is_finite()) {
            let expected = "a weight of 0 or more";
            return Err(
                Error::new(ErrorKind::OutOfRange, format!("{} is not {expected}", case.weight)).at(position)
            );
        }
        if let Some(&value) = case.numbers.iter().find(|number| number.abs() > LARGEST) {
            return Err(Error::new(
                ErrorKind::OutOfRange,
                format!("{value} is not a number of at most 1e150"),
            )
            .at(position));
        }
    }
    let counted =
        |accepted| cases.iter().filter(|case| case.accepted == accepted && case.weight > 0.0).count();
    enough("accepted outcomes", counted(true), 1)?;
    enough("rejected outcomes", counted(false), 1)
}

/// Where a number's values are, over the cases that know it; both 0 where none does.
#[derive(Clone, Copy, Debug)]
struct Spread {
    centre: f64,
    /// Standard deviation, 0 for a constant.
    scale: f64,
}

impl Spread {
    fn of(cases: &[Case<'_>], column: usize) -> Self {
        let known = || {
            let counted = cases.iter().filter(|case| case.weight > 0.0 && !case.numbers[column].is_nan());
            counted.map(|case| (case.weight, case.numbers[column]))
        };
        let all: f64 = known().map(|(weight, _)| weight).sum();
        if all == 0.0 {
            return Self { centre: 0.0, scale: 0.0 };
        }
        let centre = known().map(|(weight, number)| weight / all * number).sum::<f64>();
        let squares = known().map(|(weight, number)| weight / all * ((number - centre) * (number - centre)));
        let scale = squares.sum::<f64>().sqrt();
        Self { centre, scale: if scale > ROUNDING * centre.abs() { scale } else { 0.0 } }
    }
}

/// The cases with their numbers on one scale, an intercept's 1 behind them.
struct Problem {
    rows: Vec<f64>,
    /// Weight, and whether accepted.
    outcomes: Vec<(f64, bool)>,
    size: usize,
    pull: f64,
}

impl Problem {
    fn new(cases: &[Case<'_>], spreads: &[Spread], pull: f64) -> Self {
        let counted = || cases.iter().filter(|case| case.weight > 0.0);
        let mut rows = Vec::with_capacity(counted().count() * (spreads.len() + 1));
        for case in counted() {
            rows.extend(case.numbers.iter().zip(spreads).map(|(number, spread)| {
                let moves = spread.scale > 0.0 && !number.is_nan();
                if moves { (number - spread.centre) / spread.scale } else { 0.0 }
            }));
            rows.push(1.0);
        }
        let outcomes = counted().map(|case| (case.weight, case.accepted)).collect();
        Self { rows, outcomes, size: spreads.len() + 1, pull }
    }

    /// Returns the slopes and the intercept that make the value least.
    fn least(&self) -> Vec<f64> {
        let mut at = self.start();
        for _ in 0..MOST_STEPS {
            let (value, gradient, curvature) = self.slope(&at);
            let step = solve(curvature, &gradient);
            let descent: f64 = step.iter().zip(&gradient).map(|(step, slope)| step * slope).sum();
            let moved =
                |part: f64| -> Vec<f64> { at.iter().zip(&step).map(|(at, step)| at - part * step).collect() };
            if descent <= LITTLE * value {
                return moved(1.0);
            }
            let falls = |part: &f64| self.value(&moved(*part)) <= value - 1e-4 * part * descent;
            let mut parts = (0..MOST_HALVINGS).map(|halvings| 1.0 / (1_u64 << halvings) as f64);
            let Some(part) = parts.find(falls) else { return at };
            at = moved(part);
        }
        at
    }

    /// Returns where every number says nothing: the odds are those of all cases.
    fn start(&self) -> Vec<f64> {
        let weight = |of: bool| {
            self.outcomes
                .iter()
                .filter(|(_, accepted)| *accepted == of)
                .map(|(weight, _)| weight)
                .sum::<f64>()
        };
        let mut start = vec![0.0; self.size];
        start[self.size - 1] = libm::log(weight(true)) - libm::log(weight(false));
        start
    }

    fn cases(&self) -> impl Iterator<Item = (&[f64], f64, bool)> {
        self.rows
            .chunks_exact(self.size)
            .zip(&self.outcomes)
            .map(|(row, (weight, accepted))| (row, *weight, *accepted))
    }

    fn value(&self, at: &[f64]) -> f64 {
        let loss =
            |(row, weight, accepted): (&[f64], f64, bool)| weight * Wrong::at(dot(at, row), accepted).loss;
        self.cases().map(loss).sum::<f64>() + self.away(at)
    }

    /// Value, gradient, and the lower half of the curvature, row by row.
    fn slope(&self, at: &[f64]) -> (f64, Vec<f64>, Vec<Vec<f64>>) {
        let (mut value, mut gradient) = (self.away(at), vec![0.0; self.size]);
        let mut curvature: Vec<Vec<f64>> = (0..self.size).map(|row| vec![0.0; row + 1]).collect();
        for column in 0..self.size - 1 {
            gradient[column] = self.pull * at[column];
            curvature[column][column] = self.pull;
        }
        for (row, weight, accepted) in self.cases() {
            let Wrong { loss, probability } = Wrong::at(dot(at, row), accepted);
            value += weight * loss;
            let first = weight * if accepted { -probability } else { probability };
            let second = weight * probability * (1.0 - probability);
            for (column, lower) in curvature.iter_mut().enumerate() {
                gradient[column] += first * row[column];
                let bend = second * row[column];
                for (entry, other) in lower.iter_mut().zip(row) {
                    *entry += bend * other;
                }
            }
        }
        (value, gradient, curvature)
    }

    fn away(&self, at: &[f64]) -> f64 {
        self.pull / 2.0 * at[..self.size - 1].iter().map(|weight| weight * weight).sum::<f64>()
    }
}

/// How far the log-odds are from what happened.
struct Wrong {
    loss: f64,
    /// The probability that was given to what did not happen.
    probability: f64,
}

impl Wrong {
    /// Both without overflow, from one exponential.
    fn at(log_odds: f64, accepted: bool) -> Self {
        let margin = if accepted { log_odds } else { -log_odds };
        let small = libm::exp(-margin.abs());
        let share = if margin > 0.0 { small } else { 1.0 };
        Self { loss: (-margin).max(0.0) + libm::log1p(small), probability: share / (1.0 + small) }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Solves a positive definite system, of which the lower half is given, by Cholesky's factors.
fn solve(mut lower: Vec<Vec<f64>>, right: &[f64]) -> Vec<f64> {
    for row in 0..lower.len() {
        let (above, own) = lower.split_at_mut(row);
        let own = &mut own[0];
        for (column, other) in above.iter().enumerate() {
            own[column] = (own[column] - dot(&own[..column], &other[..column])) / other[column];
        }
        // Cases that are told apart without a doubt leave the intercept no curvature but rounding.
        own[row] = (own[row] - dot(&own[..row], &own[..row])).max(f64::MIN_POSITIVE).sqrt();
    }
    let mut solution = right.to_vec();
    for row in 0..lower.len() {
        solution[row] = (solution[row] - dot(&lower[row][..row], &solution[..row])) / lower[row][row];
    }
    for row in (0..lower.len()).rev() {
        let below: f64 = (row + 1..lower.len()).map(|i| lower[i][row] * solution[i]).sum();
        solution[row] = (solution[row] - below) / lower[row][row];
    }
    solution
}
