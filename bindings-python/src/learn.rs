//! What outcomes teach: metrics, rankers, experiments.

use std::collections::{BTreeMap, HashSet};

use pyo3::prelude::*;
use serde_json::json;
use sponsorfit::{Error, ErrorKind};
use sponsorfit_learn::evaluation::{Bootstrap, Evaluation};
use sponsorfit_learn::experiment::{Assignment, Experiment as CoreExperiment, Observation, Plan};
use sponsorfit_learn::gbm::{BoostedTrees, Objective};
use sponsorfit_learn::metrics::{Gain, Judged, RankedList, Ties};

use crate::error::{OrRaise, learnt, of_one_length, refused};

/// The metrics of one query: its name, its positives, then NDCG, average precision, reciprocal rank, recall and AUC.
type QueryMetrics = (String, usize, [Option<f64>; 5]);

/// Returns the metrics of every query, in the order of their first candidates.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "columns, as a frame has them")]
pub(crate) fn query_metrics(
    py: Python<'_>,
    queries: Vec<String>,
    ids: Vec<String>,
    scores: Vec<f64>,
    grades: Vec<u32>,
    k: usize,
    gain: &str,
    ties: &str,
) -> PyResult<Vec<QueryMetrics>> {
    let unknown = |name: &str, expected: &str| refused(py, &format!("`{name}` is not {expected}"));
    let gain = match gain {
        "linear" => Gain::Linear,
        "exponential" => Gain::Exponential,
        other => return Err(unknown(other, "`linear` or `exponential`")),
    };
    let ties = match ties {
        "by_id" => Ties::ById,
        "averaged" => Ties::Averaged,
        "pessimistic" => Ties::Pessimistic,
        other => return Err(unknown(other, "`by_id`, `averaged` or `pessimistic`")),
    };
    of_one_length(py, &[queries.len(), ids.len(), scores.len(), grades.len()])?;
    let mut order: Vec<Vec<Judged<String>>> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (((query, id), score), grade) in queries.into_iter().zip(ids).zip(scores).zip(grades) {
        let place = *places.entry(query).or_insert_with_key(|query| {
            names.push(query.clone());
            order.push(Vec::new());
            names.len() - 1
        });
        order[place].push(Judged { id, score, grade });
    }
    let measured = |(query, candidates): (String, Vec<Judged<String>>)| {
        let list = RankedList::new(&candidates, ties)?;
        let metrics = [
            list.ndcg(k, gain),
            list.average_precision(),
            list.reciprocal_rank(),
            list.recall(k),
            list.auc(),
        ];
        Ok((query, list.positives(), metrics))
    };
    let all = py.detach(|| names.into_iter().zip(order).map(measured).collect::<Result<_, Error>>());
    learnt(py, all)
}

/// The rows of an evaluation, grouped by query.
struct Asked {
    /// For each query the rows that are its candidates.
    queries: Vec<Vec<usize>>,
    /// The number of each row's candidate.
    ids: Vec<usize>,
    /// For each query the numbers of the candidates that turned out well.
    positives: Vec<Vec<usize>>,
    /// How many candidates there are.
    candidates: usize,
}

impl Asked {
    fn new(queries: &[usize], ids: Vec<usize>, positive: &[bool]) -> Result<Self, Error> {
        let count = queries.iter().max().map_or(0, |last| last + 1);
        let candidates = ids.iter().max().map_or(0, |last| last + 1);
        let mut asked =
            Self { queries: vec![vec![]; count], ids, positives: vec![vec![]; count], candidates };
        let mut seen = HashSet::new();
        for (row, ((&query, &id), &positive)) in queries.iter().zip(&asked.ids).zip(positive).enumerate() {
            if !seen.insert((query, id)) {
                let message = "an earlier row of the same query has the same";
                return Err(Error::new(ErrorKind::DuplicateId, message).within("id").at(row));
            }
            asked.queries[query].push(row);
            if positive {
                asked.positives[query].push(id);
            }
        }
        Ok(asked)
    }

    /// Measures one ranker; a row whose score is NaN is never shown.
    fn measured(&self, scores: &[f64], k: usize) -> Result<Evaluation, Error> {
        let mut evaluation = Evaluation::new(self.candidates, k);
        let mut dense = vec![f64::NEG_INFINITY; self.candidates];
        for (rows, positives) in self.queries.iter().zip(&self.positives) {
            for &row in rows {
                if !scores[row].is_nan() {
                    dense[self.ids[row]] = scores[row];
                }
            }
            evaluation.add(&dense, positives)?;
            for &row in rows {
                dense[self.ids[row]] = f64::NEG_INFINITY;
            }
        }
        Ok(evaluation)
    }
}

/// Measures rankers over the same queries; the answer is JSON text.
///
/// Queries and candidates are numbered from 0, without gaps. Every ranker is compared with the first.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "columns, rankers, and how to measure them")]
pub(crate) fn evaluate(
    py: Python<'_>,
    queries: Vec<usize>,
    ids: Vec<usize>,
    positive: Vec<bool>,
    scores: Vec<(String, Vec<f64>)>,
    k: usize,
    resamples: usize,
    confidence: f64,
    seed: u64,
) -> PyResult<String> {
    let bootstrap = Bootstrap::new(resamples, confidence, seed).or_raise(py)?;
    of_one_length(py, &[queries.len(), ids.len(), positive.len()])?;
    for (_, column) in &scores {
        of_one_length(py, &[queries.len(), column.len()])?;
    }
    let answer = py.detach(|| {
        let asked = Asked::new(&queries, ids, &positive)?;
        let measure = |(name, column): &(String, Vec<f64>)| Ok((name.clone(), asked.measured(column, k)?));
        let measured: Vec<(String, Evaluation)> = scores.iter().map(measure).collect::<Result<_, Error>>()?;
        let row = |(at, (name, evaluation)): (usize, &(String, Evaluation))| {
            let first = measured.first().filter(|_| at > 0);
            json!({
                "ranker": name,
                "queries": evaluation.lists().len(),
                "quality": evaluation.mean(&bootstrap),
                "against_first": first.and_then(|(_, first)| evaluation.against(first, &bootstrap)),
            })
        };
        Ok(measured.iter().enumerate().map(row).collect::<serde_json::Value>().to_string())
    });
    learnt::<_, Error>(py, answer)
}

/// A ranker that LightGBM trained, read from its text; no LightGBM is needed.
#[pyclass(frozen, module = "sponsorfit._lowlevel")]
pub(crate) struct Ranker(BoostedTrees);

#[pymethods]
impl Ranker {
    /// Reads LightGBM's text, as `Booster.save_model` writes it.
    #[new]
    fn new(py: Python<'_>, text: &str) -> PyResult<Self> {
        learnt(py, py.detach(|| BoostedTrees::parse(text))).map(Self)
    }

    /// The names of the features, in the order of a row.
    #[getter]
    fn feature_names(&self) -> Vec<&str> {
        self.0.feature_names().iter().map(String::as_str).collect()
    }

    /// How many trees there are.
    #[getter]
    fn tree_count(&self) -> usize {
        self.0.tree_count()
    }

    /// What the model was trained for.
    #[getter]
    fn objective(&self) -> &'static str {
        match self.0.objective() {
            Objective::Lambdarank => "lambdarank",
            Objective::RankXendcg => "rank_xendcg",
            Objective::Binary { .. } => "binary",
            Objective::Regression { .. } => "regression",
            _ => "other",
        }
    }

    /// Returns the raw scores of rows, or what they mean under the objective.
    fn scores(&self, py: Python<'_>, rows: Vec<Vec<f64>>, raw: bool) -> PyResult<Vec<f64>> {
        let mut scores = learnt(py, py.detach(|| self.0.scores(&rows)))?;
        if !raw {
            for score in &mut scores {
                *score = self.0.objective().output(*score);
            }
        }
        Ok(scores)
    }

    /// Returns what each feature of each row adds to its raw score, and the expected raw score.
    fn contributions(&self, py: Python<'_>, rows: Vec<Vec<f64>>) -> PyResult<(f64, Vec<Vec<f64>>)> {
        let explain = || {
            let mut expected = 0.0;
            let mut features = Vec::with_capacity(rows.len());
            for row in rows {
                let why = self.0.contributions(&row)?;
                expected = why.expected;
                features.push(why.features);
            }
            Ok((expected, features))
        };
        learnt::<_, Error>(py, py.detach(explain))
    }
}

/// Who gets which variant.
#[pyclass(frozen, module = "sponsorfit._lowlevel")]
pub(crate) struct Experiment(CoreExperiment);

#[pymethods]
impl Experiment {
    #[new]
    fn new(
        py: Python<'_>,
        namespace: &str,
        name: &str,
        salt: &str,
        exposure_basis_points: u16,
        variants: Vec<(String, u16)>,
    ) -> PyResult<Self> {
        let variants: Vec<(&str, u16)> =
            variants.iter().map(|(name, share)| (name.as_str(), *share)).collect();
        learnt(py, CoreExperiment::new(namespace, name, salt, exposure_basis_points, &variants)).map(Self)
    }

    /// Returns the variants of units; None is not exposed.
    fn assign(&self, py: Python<'_>, units: Vec<String>) -> Vec<Option<&str>> {
        let variant = |unit: &String| match self.0.assign(unit) {
            Assignment::Variant(name) => Some(name),
            Assignment::NotExposed => None,
        };
        py.detach(|| units.iter().map(variant).collect())
    }

    /// Returns the seed of a unit's own draws.
    fn seed(&self, unit: &str) -> u64 {
        self.0.seed(unit)
    }

    /// Compares each variant with the first; the answer is JSON text.
    #[allow(clippy::too_many_arguments, reason = "columns and a plan")]
    fn read_out(
        &self,
        py: Python<'_>,
        variants: Vec<String>,
        outcomes: Vec<f64>,
        before: Option<Vec<Option<f64>>>,
        alpha: f64,
        horizon: u64,
        sample_ratio_alpha: f64,
    ) -> PyResult<String> {
        let before = before.unwrap_or_else(|| vec![None; outcomes.len()]);
        if variants.len() != outcomes.len() || before.len() != outcomes.len() {
            return Err(refused(py, "columns are not of one length"));
        }
        let mut observations = Vec::with_capacity(outcomes.len());
        for ((name, outcome), before) in variants.iter().zip(outcomes).zip(before) {
            let variant = self.0.variants().iter().position(|variant| &variant.name == name);
            let variant =
                variant.ok_or_else(|| refused(py, &format!("`{name}` is no variant of the experiment")))?;
            observations.push(Observation { variant, outcome, before });
        }
        let plan = Plan { alpha, horizon, sample_ratio_alpha };
        let read = learnt(py, py.detach(|| self.0.read_out(&observations, plan)))?;
        let comparisons: Vec<_> = read
            .comparisons
            .iter()
            .map(|one| {
                let difference = one.difference;
                json!({
                    "variant": one.variant, "estimate": difference.estimate, "lower": difference.lower,
                    "upper": difference.upper, "variance_left": one.variance_left,
                })
            })
            .collect();
        let ratio = read.sample_ratio;
        Ok(json!({"statistic": ratio.statistic, "p_value": ratio.p_value, "comparisons": comparisons})
            .to_string())
    }
}
