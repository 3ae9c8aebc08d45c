//! Weights from accepted and rejected outcomes.
#![allow(clippy::indexing_slicing, reason = "every index is a factor's number or a place in the same input")]

use std::collections::BTreeMap;

use sponsorfit::{Error, ErrorKind, ScoringConfig};

use super::bootstrap::{Sponsors, intervals};
use super::error::{check_factors, check_weights};
use super::objective::{Objective, Pair};
use super::simplex::Face;
use super::{FACTORS, Factors};
use crate::stats::probability::enough;

/// The fewest queries with both an accepted and a rejected outcome.
const LEAST_QUERIES: usize = 30;
/// The fewest sponsors in such queries: they are what the intervals resample.
const LEAST_SPONSORS: usize = 30;

/// A sponsor that was proposed, with its factors, and what came of it.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::Outcome;
/// let signed = Outcome { query: 3, sponsor: 17, factors: [0.9, 0.4, 1.0, 0.5, 0.5], accepted: true };
/// assert!(signed.accepted);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Number of the query it was part of: an event that looked for sponsors, or a sponsor
    /// that looked for events. Only outcomes of the same query are compared.
    pub query: usize,
    /// Number of the sponsor.
    pub sponsor: usize,
    /// The factors' values, 0..=1, as the formula saw them.
    pub factors: Factors,
    /// Whether it was accepted.
    pub accepted: bool,
}

/// How weights are fitted.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::WeightFit;
/// let careful = WeightFit { alpha: 0.01, ..WeightFit::default() };
/// assert_eq!(careful.resamples, 200);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightFit {
    /// How strongly a difference of scores speaks for an order, above 0: at 10 a score
    /// 0.1 higher has odds e of being the accepted one.
    pub sharpness: f64,
    /// The pull towards the current weights, above 0: half of it times their squared
    /// distance is added to the losses of all queries, so more queries weaken it.
    pub pull: f64,
    /// How often the sponsors are drawn anew for the intervals, at least 20.
    pub resamples: usize,
    /// A weight is left alone unless this is the error rate of claiming that it moved.
    pub alpha: f64,
    /// Seed of the draws.
    pub seed: u64,
}

impl Default for WeightFit {
    /// Returns sharpness 10, pull 10, 200 resamples, alpha 0.05, seed 0.
    fn default() -> Self {
        Self { sharpness: 10.0, pull: 10.0, resamples: 200, alpha: 0.05, seed: 0 }
    }
}

/// What the outcomes say about one weight.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::FittedFactor;
/// let geo = FittedFactor { current: 0.15, fitted: 0.31, lower: 0.24, upper: 0.37, moves: true };
/// assert!(geo.moves == (geo.current < geo.lower || geo.current > geo.upper));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FittedFactor {
    /// The weight in use.
    pub current: f64,
    /// The weight that fits best when all five may move.
    pub fitted: f64,
    /// The lower end of its bootstrap interval over sponsors.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
    /// Whether the weight in use lies outside the interval. When that is so for one
    /// weight only, none moves, because the sum must stay.
    pub moves: bool,
}

/// Weights to use from now on, and why.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::FittedWeights;
/// fn report(fitted: &FittedWeights) -> String {
///     format!("loss {:.3} instead of {:.3}", fitted.loss_after, fitted.loss_before)
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct FittedWeights {
    /// The weights, 0 or more, with the sum of the current ones; those that do not move
    /// are the current ones to the last bit.
    pub weights: Factors,
    /// What the outcomes say about each.
    pub factors: [FittedFactor; FACTORS],
    /// Mean loss a query with the current weights, in nats; a coin has 0.693.
    pub loss_before: f64,
    /// Mean loss a query with the new weights, on the same outcomes.
    pub loss_after: f64,
    /// Queries with both an accepted and a rejected outcome.
    pub queries: usize,
    /// Sponsors in them.
    pub sponsors: usize,
}

impl FittedWeights {
    /// Returns the configuration with these weights, and everything else as it was.
    ///
    /// # Errors
    /// Those of [`ScoringConfig::validate`], when the rest of the configuration is not valid.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::decision::{Decision, outcomes};
    /// # use sponsorfit_learn::fit::{WeightFit, fit_weights};
    /// # use sponsorfit::{Error, ScoringConfig};
    /// fn refit(config: &ScoringConfig, log: &[Decision]) -> Result<ScoringConfig, Error> {
    ///     let fitted = fit_weights(&outcomes(log), config.weights.into(), WeightFit::default())?;
    ///     fitted.applied_to(config)
    /// }
    /// assert_eq!(refit(&ScoringConfig::default(), &[]).unwrap_err().code(), "too_few_outcomes");
    /// ```
    pub fn applied_to(&self, config: &ScoringConfig) -> Result<ScoringConfig, Error> {
        let config = ScoringConfig { weights: self.weights.into(), ..config.clone() };
        config.validate()?;
        Ok(config)
    }
}

/// Fits the formula's weights to outcomes, and moves only those that certainly should.
///
/// Within each query every accepted outcome is compared with every rejected one, under the
/// pairwise logistic loss, averaged so that each query counts the same. Weights stay on
/// the simplex and are pulled towards the current ones. A weight is left alone when its
/// bootstrap interval over sponsors contains it; the others are fitted again with these
/// held fixed. Since weights sum to 1, at least two move or none does. The same input
/// gives the same bits.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::{Outcome, WeightFit, fit_weights};
/// // What is accepted is near; the budget says nothing.
/// let outcomes: Vec<Outcome> = (0..400)
///     .map(|i| {
///         let near = i % 2 == 0;
///         let geo = if near { 0.9 } else { 0.2 };
///         let factors = [(i * 37 % 101) as f64 / 100.0, 0.5, geo, 0.5, 0.5];
///         Outcome { query: i / 8, sponsor: i % 97, factors, accepted: near }
///     })
///     .collect();
/// let fitted = fit_weights(&outcomes, [0.25, 0.35, 0.15, 0.15, 0.10], WeightFit::default())?;
/// assert!(fitted.factors[2].moves && fitted.weights[2] > 0.5);
/// assert!(fitted.loss_after < fitted.loss_before);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
///
/// # Errors
/// [`Error`] when a value is out of range, or when fewer than 30 queries have both an
/// accepted and a rejected outcome, or fewer than 30 sponsors are in them.
pub fn fit_weights(outcomes: &[Outcome], current: Factors, how: WeightFit) -> Result<FittedWeights, Error> {
    check(outcomes, current, how)?;
    let compared = Compared::new(outcomes);
    enough("queries with an accepted and a rejected outcome", compared.queries, LEAST_QUERIES)?;
    enough("sponsors in such queries", compared.sponsor_count, LEAST_SPONSORS)?;
    let WeightFit { sharpness, pull, resamples, alpha, seed } = how;
    let objective = Objective { pairs: &compared.pairs, sharpness, pull, current };
    let fitted = objective.least([true; FACTORS], current);
    let Compared { ref sponsors, sponsor_count, queries, .. } = compared;
    let ends = intervals(objective, sponsors, sponsor_count, fitted, resamples, alpha, seed);
    let factors: [FittedFactor; FACTORS] = std::array::from_fn(|i| {
        let (lower, upper) = ends[i];
        let moves = current[i] < lower || current[i] > upper;
        FittedFactor { current: current[i], fitted: fitted[i], lower, upper, moves }
    });
    let face: Face = factors.map(|factor| factor.moves);
    let weights = objective.least(face, current);
    Ok(FittedWeights {
        weights,
        factors,
        loss_before: objective.loss(&current) / queries as f64,
        loss_after: objective.loss(&weights) / queries as f64,
        queries,
        sponsors: sponsor_count,
    })
}

fn check(outcomes: &[Outcome], current: Factors, how: WeightFit) -> Result<(), Error> {
    check_weights(current)?;
    for (position, outcome) in outcomes.iter().enumerate() {
        check_factors(position, &outcome.factors)?;
    }
    let positive = |value: f64| value > 0.0 && value.is_finite();
    let settings = [
        ("sharpness", how.sharpness, positive(how.sharpness), "a number above 0"),
        ("pull", how.pull, positive(how.pull), "a number above 0"),
        ("alpha", how.alpha, how.alpha > 0.0 && how.alpha < 1.0, "between 0 and 1"),
        ("resamples", how.resamples as f64, how.resamples >= 20, "20 or more"),
    ];
    match settings.into_iter().find(|&(_, _, right, _)| !right) {
        None => Ok(()),
        Some((name, value, _, expected)) => {
            Err(Error::new(ErrorKind::OutOfRange, format!("{value} is not {expected}")).within(name))
        }
    }
}

/// The pairs of all queries, and whose they are.
struct Compared {
    pairs: Vec<Pair>,
    sponsors: Vec<Sponsors>,
    sponsor_count: usize,
    queries: usize,
}

impl Compared {
    fn new(outcomes: &[Outcome]) -> Self {
        let mut by_query: BTreeMap<usize, [Vec<&Outcome>; 2]> = BTreeMap::new();
        for outcome in outcomes {
            by_query.entry(outcome.query).or_default()[usize::from(outcome.accepted)].push(outcome);
        }
        by_query.retain(|_, [rejected, accepted]| !rejected.is_empty() && !accepted.is_empty());
        let everyone = by_query.values().flatten().flatten().map(|outcome| (outcome.sponsor, 0));
        let mut numbers: BTreeMap<usize, usize> = everyone.collect();
        for (dense, number) in numbers.values_mut().enumerate() {
            *number = dense;
        }
        let mut compared =
            Self { pairs: vec![], sponsors: vec![], sponsor_count: numbers.len(), queries: by_query.len() };
        for [rejected, accepted] in by_query.values() {
            let weight = 1.0 / (rejected.len() * accepted.len()) as f64;
            for (above, below) in accepted.iter().flat_map(|&a| rejected.iter().map(move |&r| (a, r))) {
                let difference = std::array::from_fn(|i| above.factors[i] - below.factors[i]);
                compared.pairs.push(Pair { difference, weight });
                let (accepted, rejected) = (numbers[&above.sponsor], numbers[&below.sponsor]);
                compared.sponsors.push(Sponsors { accepted, rejected });
            }
        }
        compared
    }
}
