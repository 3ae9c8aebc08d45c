//! What was measured, as one JSON object.

use serde::Serialize;
use sponsorfit::{Fingerprint, Moment};
use sponsorfit_learn::evaluation::{Bootstrap, Comparison, Estimate};

use super::{Kind, Measured, Method, SHOWN, World};

/// The whole answer.
#[derive(Serialize)]
pub(crate) struct Answer<'a> {
    cut: Moment,
    until: Option<Moment>,
    /// Events with a sponsor among the candidates: what every mean is over.
    pub(crate) queries: usize,
    /// All events of the time.
    events: usize,
    /// Sponsors known at the cut.
    candidates: usize,
    /// Pairs of event and candidate to find.
    sponsorships: usize,
    /// Sponsorships by sponsors unknown at the cut.
    newcomers: usize,
    undated_events: usize,
    intervals: Intervals,
    pub(crate) rankers: Vec<RankerRow<'a>>,
    /// Of each ranker with each that stands below it, by NDCG@20.
    pub(crate) comparisons: Vec<ComparisonRow<'a>>,
}

#[derive(Serialize)]
struct Intervals {
    method: &'static str,
    confidence: f64,
    resamples: usize,
    seed: u64,
}

/// One ranker.
#[derive(Serialize)]
pub(crate) struct RankerRow<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: Kind,
    pub(crate) what: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    config_fingerprint: Option<&'a Fingerprint>,
    pub(crate) ndcg_at_20: Estimate,
    pub(crate) map: Estimate,
    pub(crate) mrr: Estimate,
    pub(crate) recall_at_20: Estimate,
    pub(crate) auc: Option<Estimate>,
    /// The share of the sponsors to find that the ranker considers at all.
    pub(crate) candidate_recall: f64,
    pub(crate) catalogue_coverage: f64,
    pub(crate) exposure_gini: f64,
}

/// Two rankers on the same events.
#[derive(Serialize)]
pub(crate) struct ComparisonRow<'a> {
    pub(crate) ranker: &'a str,
    pub(crate) against: &'a str,
    metric: &'static str,
    #[serde(flatten)]
    pub(crate) comparison: Comparison,
}

impl<'a> Answer<'a> {
    /// Sets the rankers side by side, in the order given.
    pub(crate) fn new(world: &World<'_>, measured: &'a [Measured]) -> Self {
        // The fields are called by it.
        const { assert!(SHOWN == 20) };
        let bootstrap = Bootstrap::default();
        Self {
            cut: world.split.cut(),
            until: world.split.until(),
            queries: world.asked.queries.len(),
            events: world.asked.events,
            candidates: world.profiles.len(),
            sponsorships: world.positives(),
            newcomers: world.asked.newcomers,
            undated_events: world.asked.undated,
            intervals: Intervals {
                method: "bootstrap over events, bias-corrected and accelerated",
                confidence: bootstrap.confidence(),
                resamples: bootstrap.resamples(),
                seed: bootstrap.seed(),
            },
            rankers: measured.iter().map(RankerRow::new).collect(),
            comparisons: comparisons(measured, &bootstrap),
        }
    }

    /// Returns the rankers from the best by NDCG.
    pub(crate) fn best_first(&self) -> Vec<&RankerRow<'a>> {
        let mut rows: Vec<&RankerRow<'a>> = self.rankers.iter().collect();
        rows.sort_by(|a, b| b.ndcg_at_20.mean.total_cmp(&a.ndcg_at_20.mean));
        rows
    }
}

impl<'a> RankerRow<'a> {
    fn new(measured: &'a Measured) -> Self {
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

fn comparisons<'a>(measured: &'a [Measured], bootstrap: &Bootstrap) -> Vec<ComparisonRow<'a>> {
    let mut order: Vec<&Measured> = measured.iter().collect();
    order.sort_by(|a, b| b.mean.ndcg.mean.total_cmp(&a.mean.ndcg.mean));
    let mut rows = Vec::new();
    for (at, better) in order.iter().enumerate() {
        for worse in &order[at + 1..] {
            let comparison = better.evaluation.against(&worse.evaluation, bootstrap);
            rows.extend(comparison.map(|comparison| ComparisonRow {
                ranker: &better.contender.name,
                against: &worse.contender.name,
                metric: "ndcg_at_20",
                comparison,
            }));
        }
    }
    rows
}
