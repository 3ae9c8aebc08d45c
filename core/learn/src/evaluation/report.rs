//! Rankers measured on what really came of events, and compared.

use serde::Serialize;

use super::{
    Backtest, Bootstrap, Comparison, Contender, ContenderKind, Estimate, Evaluation, MeanQuality, Method,
};
use crate::SplitMix64;
use sponsorfit::Fingerprint;
use sponsorfit::Moment;
use sponsorfit::{Error, ErrorKind};

/// How many sponsors of a list count as shown.
const SHOWN: usize = 20;

/// Decides which random order stands for chance; its metrics are exact without it.
const SEED: u64 = 0;

/// Everything that was measured, as it is handed to programs.
///
/// # Examples
/// See [`Backtest`].
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Report<'a> {
    /// Nothing from this day on informed a score.
    pub cut: Moment,
    /// Events from this day on were not asked about.
    pub until: Option<Moment>,
    /// Events with a sponsor among the candidates: what every mean is over.
    pub queries: usize,
    /// All events of the time.
    pub events: usize,
    /// Sponsors known at the cut.
    pub candidates: usize,
    /// Pairs of event and candidate to find.
    pub sponsorships: usize,
    /// Sponsorships by sponsors unknown at the cut.
    pub newcomers: usize,
    /// Events without a date: neither known nor asked about.
    pub undated_events: usize,
    /// How the intervals were made.
    pub intervals: Intervals,
    /// The contenders, in the order given.
    pub rankers: Vec<RankerQuality<'a>>,
    /// Of each ranker with each that stands below it, by NDCG@20.
    pub comparisons: Vec<RankerComparison<'a>>,
}

/// How intervals are made.
///
/// # Examples
/// See [`Backtest`].
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Intervals {
    /// The method, in words.
    pub method: &'static str,
    /// The share of intervals that hold the true mean.
    pub confidence: f64,
    /// How often events are drawn again.
    pub resamples: usize,
    /// What decides the draws.
    pub seed: u64,
}

/// How one ranker did.
///
/// # Examples
/// See [`Backtest`].
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct RankerQuality<'a> {
    /// The contender's name.
    pub name: &'a str,
    /// What decides its order.
    pub kind: ContenderKind,
    /// What it does, for people.
    pub what: &'a str,
    /// Names the configuration of a formula.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config_fingerprint: Option<&'a Fingerprint>,
    /// Normalized discounted cumulative gain of the first 20.
    pub ndcg_at_20: Estimate,
    /// Mean average precision.
    pub map: Estimate,
    /// Mean reciprocal rank of the first sponsor found.
    pub mrr: Estimate,
    /// The share of an event's sponsors among the first 20.
    pub recall_at_20: Estimate,
    /// The chance that a sponsor stands above who is none, where there are both.
    pub auc: Option<Estimate>,
    /// The share of the sponsors to find that the ranker considers at all.
    pub candidate_recall: f64,
    /// The share of the candidates that are shown for any event.
    pub catalogue_coverage: f64,
    /// How unequally candidates are shown, from 0 for equally.
    pub exposure_gini: f64,
}

/// Two rankers on the same events.
///
/// # Examples
/// See [`Backtest`].
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct RankerComparison<'a> {
    /// Who stands above, by NDCG@20.
    pub ranker: &'a str,
    /// Who stands below.
    pub against: &'a str,
    /// What is compared.
    pub metric: &'static str,
    /// By how much the first is better, and whether that is more than chance.
    #[serde(flatten)]
    pub comparison: Comparison,
}

/// A ranker and how it did.
struct Measured<'a> {
    contender: &'a Contender,
    evaluation: Evaluation,
    mean: MeanQuality,
}

impl<'a> Report<'a> {
    /// Ranks the candidates for every query with every contender, and sets them side by side.
    ///
    /// # Errors
    /// [`ErrorKind::TooFewOutcomes`] when no event that is asked about has a sponsor among the
    /// candidates, and those of [`Contender::scores`].
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::{Backtest, Contender, Outcomes, Report, TemporalSplit};
    ///
    /// let outcomes = Outcomes::default();
    /// let backtest = Backtest::new(&outcomes, TemporalSplit::new("2025-01-01".parse()?, None)?)?;
    /// let error = Report::new(&backtest, &Contender::standing()?).unwrap_err();
    /// assert_eq!(error.code(), "too_few_outcomes");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn new(backtest: &Backtest<'_>, contenders: &'a [Contender]) -> Result<Self, Error> {
        // The fields are called by it.
        const { assert!(SHOWN == 20) };
        let bootstrap = Bootstrap::default();
        let measured = contenders.iter().map(|contender| measure(backtest, contender, &bootstrap));
        let measured = measured.collect::<Result<Vec<_>, _>>()?;
        let asked = backtest.asked();
        Ok(Self {
            cut: backtest.split().cut(),
            until: backtest.split().until(),
            queries: asked.queries.len(),
            events: asked.events,
            candidates: backtest.candidates().len(),
            sponsorships: asked.queries.iter().map(|query| query.positives.len()).sum(),
            newcomers: asked.newcomers,
            undated_events: asked.undated,
            intervals: Intervals {
                method: "bootstrap over events, bias-corrected and accelerated",
                confidence: bootstrap.confidence(),
                resamples: bootstrap.resamples(),
                seed: bootstrap.seed(),
            },
            rankers: measured.iter().map(RankerQuality::new).collect(),
            comparisons: comparisons(&measured, &bootstrap),
        })
    }

    /// Returns the rankers from the best by NDCG@20; those alike stay in the order given.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::evaluation::Report;
    /// fn best<'a>(report: &Report<'a>) -> Option<&'a str> {
    ///     report.best_first().first().map(|row| row.name)
    /// }
    /// ```
    pub fn best_first(&self) -> Vec<&RankerQuality<'a>> {
        let mut rows: Vec<&RankerQuality<'a>> = self.rankers.iter().collect();
        rows.sort_by(|a, b| b.ndcg_at_20.mean.total_cmp(&a.ndcg_at_20.mean));
        rows
    }
}

fn measure<'a>(
    backtest: &Backtest<'_>,
    contender: &'a Contender,
    bootstrap: &Bootstrap,
) -> Result<Measured<'a>, Error> {
    let mut evaluation = Evaluation::new(backtest.candidates().len(), SHOWN);
    let mut random = SplitMix64::new(SEED);
    for query in &backtest.asked().queries {
        match contender.scores(backtest, query.event)? {
            Some(scores) => evaluation.add(&scores, &query.positives),
            None => evaluation.add_random(&query.positives, &mut random),
        }
        .map_err(|error| error.within(&contender.name))?;
    }
    let none =
        || Error::new(ErrorKind::TooFewOutcomes, "no event asked about has a sponsor that was known before");
    let mean = evaluation.mean(bootstrap).ok_or_else(none)?;
    Ok(Measured { contender, evaluation, mean })
}

impl<'a> RankerQuality<'a> {
    fn new(measured: &Measured<'a>) -> Self {
        let Measured { contender, mean, .. } = measured;
        Self {
            name: &contender.name,
            kind: contender.method.kind(),
            what: &contender.what,
            config_fingerprint: match &contender.method {
                Method::Formula(scorer) => Some(scorer.fingerprint()),
                _ => None,
            },
            ndcg_at_20: mean.ndcg,
            map: mean.map,
            mrr: mean.mrr,
            recall_at_20: mean.recall,
            auc: mean.auc,
            candidate_recall: mean.candidate_recall,
            catalogue_coverage: mean.catalogue_coverage,
            exposure_gini: mean.exposure_gini,
        }
    }
}

fn comparisons<'a>(measured: &[Measured<'a>], bootstrap: &Bootstrap) -> Vec<RankerComparison<'a>> {
    let mut order: Vec<&Measured<'a>> = measured.iter().collect();
    order.sort_by(|a, b| b.mean.ndcg.mean.total_cmp(&a.mean.ndcg.mean));
    let mut rows = Vec::new();
    for (better, at) in order.iter().zip(1..) {
        for worse in order.iter().skip(at) {
            let comparison = better.evaluation.against(&worse.evaluation, bootstrap);
            rows.extend(comparison.map(|comparison| RankerComparison {
                ranker: &better.contender.name,
                against: &worse.contender.name,
                metric: "ndcg_at_20",
                comparison,
            }));
        }
    }
    rows
}
