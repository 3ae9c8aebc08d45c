//! The formula's own weights, from outcomes.

use sponsorfit::read::Json;
use sponsorfit::{Count, Error, ErrorKind, Factor};
use sponsorfit_learn::fit::{self, Outcome, WeightFit};

use super::{answer, numbered, of_one_length, request, size};
use crate::pairs::configuration;

request! {
    /// Outcomes as columns, and how to fit weights to them.
    ///
    /// # Examples
    /// See [`fit_weights`].
    WeightsFit {
        /// What each outcome was part of; only outcomes of the same query are compared.
        queries: Vec<String>,
        /// Whose outcome each is.
        sponsors: Vec<String>,
        /// The five factors as the formula saw them, in its order, each 0 to 1.
        factors: Vec<[f64; 5]>,
        /// What came of each.
        accepted: Vec<bool>,
        /// The configuration whose weights are in use; the default when it is left out.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schemars(with = "Option<crate::pairs::ConfigOrText>"))]
        config: Option<Json>,
        /// At 10 a score 0.1 higher has odds e of being the accepted one; 10 when it is left out.
        #[serde(default)]
        sharpness: Option<f64>,
        /// How strongly the weights are held to the current ones; 10 when it is left out.
        #[serde(default)]
        pull: Option<f64>,
        /// How often sponsors are drawn anew for the intervals, at least 20; 200 when it is left out.
        #[serde(default)]
        resamples: Option<Count>,
        /// The error rate of claiming that a weight moved; 0.05 when it is left out.
        #[serde(default)]
        alpha: Option<f64>,
        /// The seed of the draws: the same input gives the same bits.
        #[serde(default)]
        seed: Count,
    }
}

answer! {
    /// What the outcomes say about one weight.
    ///
    /// # Examples
    /// See [`fit_weights`].
    FittedFactor {
        /// The factor.
        factor: Factor,
        /// The weight in use.
        current: f64,
        /// The weight that fits best when all five may move.
        fitted: f64,
        /// The lower end of its bootstrap interval over sponsors.
        lower: f64,
        /// The upper end.
        upper: f64,
        /// Whether the weight in use lies outside the interval, and so is changed.
        moves: bool,
    }
}

answer! {
    /// Weights to use from now on, and why.
    ///
    /// # Examples
    /// See [`fit_weights`].
    FittedWeights {
        /// The weights, as a configuration has them; they sum to 1.
        weights: sponsorfit::Weights,
        /// What the outcomes say about each.
        factors: Vec<FittedFactor>,
        /// Mean loss a query with the current weights, in nats; a coin has 0.693.
        loss_before: f64,
        /// Mean loss a query with the new weights, on the same outcomes.
        loss_after: f64,
        /// Queries with both an accepted and a rejected outcome.
        queries: usize,
        /// Sponsors in them.
        sponsors: usize,
    }
}

/// Fits the formula's weights to outcomes, and moves only those that certainly should.
///
/// # Errors
/// [`ErrorKind::TooFewOutcomes`] with fewer than 30 queries that have both an accepted and a rejected
/// outcome, or fewer than 30 sponsors in them; and what is wrong with columns and settings.
///
/// # Examples
/// ```
/// let request = r#"{"queries": ["e"], "sponsors": ["s"], "factors": [[1, 1, 1, 1, 1]], "accepted": [true]}"#;
/// assert!(sponsorfit_wire::ask("fit_weights", request).contains(r#""code":"too_few_outcomes""#));
/// ```
pub fn fit_weights(request: WeightsFit) -> Result<FittedWeights, Error> {
    let WeightsFit { queries, sponsors, factors, accepted, config, seed, .. } = request;
    of_one_length([
        ("queries", queries.len()),
        ("sponsors", sponsors.len()),
        ("factors", factors.len()),
        ("accepted", accepted.len()),
    ])?;
    let current: [f64; 5] = configuration(config).map_err(|error| error.within("config"))?.weights.into();
    let columns = numbered(&queries).into_iter().zip(numbered(&sponsors)).zip(factors).zip(accepted);
    let outcomes: Vec<Outcome> = columns
        .map(|(((query, sponsor), factors), accepted)| Outcome { query, sponsor, factors, accepted })
        .collect();
    let usual = WeightFit::default();
    let how = WeightFit {
        sharpness: request.sharpness.unwrap_or(usual.sharpness),
        pull: request.pull.unwrap_or(usual.pull),
        resamples: request.resamples.map_or(usual.resamples, size),
        alpha: request.alpha.unwrap_or(usual.alpha),
        seed: seed.get(),
    };
    let fitted = fit::fit_weights(&outcomes, current, how)?;
    let factors = Factor::ALL.into_iter().zip(fitted.factors).map(|(factor, one)| FittedFactor {
        factor,
        current: one.current,
        fitted: one.fitted,
        lower: one.lower,
        upper: one.upper,
        moves: one.moves,
    });
    Ok(FittedWeights {
        weights: fitted.weights.into(),
        factors: factors.collect(),
        loss_before: fitted.loss_before,
        loss_after: fitted.loss_after,
        queries: fitted.queries,
        sponsors: fitted.sponsors,
    })
}

request! {
    /// The five factors of pairs, and the configuration that weighs them.
    ///
    /// # Examples
    /// See [`score_factors`].
    FactorRows {
        /// The five factors of each pair, in the formula's order, each 0 to 1.
        factors: Vec<[f64; 5]>,
        /// The configuration; the default when it is left out.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schemars(with = "Option<crate::pairs::ConfigOrText>"))]
        config: Option<Json>,
    }
}

/// Returns what pairs score of whose factors nothing but the values is known.
///
/// # Errors
/// What is wrong with the configuration, at `config`; [`ErrorKind::OutOfRange`] for a factor.
///
/// # Examples
/// ```
/// let answer = sponsorfit_wire::ask("score_factors", r#"{"factors": [[0.5, 0.5, 0.5, 0.0, 0.5]]}"#);
/// assert_eq!(answer, "[0.425]");
/// ```
pub fn score_factors(request: FactorRows) -> Result<Vec<f64>, Error> {
    let weights = configuration(request.config).map_err(|error| error.within("config"))?.weights;
    let score = |(place, factors): (usize, &[f64; 5])| {
        let wrong = factors.iter().enumerate().find(|(_, value)| !(0.0..=1.0).contains(*value));
        if let Some((factor, value)) = wrong {
            let message = format!("{value} is not in 0..=1");
            return Err(Error::new(ErrorKind::OutOfRange, message).at(factor).at(place).within("factors"));
        }
        Ok(weights.score(*factors))
    };
    request.factors.iter().enumerate().map(score).collect()
}
