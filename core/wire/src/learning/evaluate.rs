//! How good rankers are over many queries, and which is better.
//!
//! This is the one place between the request and [`sponsorfit_learn::evaluation`]: what an evaluation
//! learns to say is added to [`RankerQuality`].

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sponsorfit::{Count, Error, ErrorKind};
use sponsorfit_learn::evaluation::{Bootstrap, Comparison, Evaluation, MeanQuality};

use super::metrics::ten;
use super::{answer, nan_or, numbered, of_one_length, request, size};

request! {
    /// Rankers on the same queries, as columns: a row is a candidate of a query.
    ///
    /// # Examples
    /// See [`evaluate`].
    Evaluate {
        /// What each candidate is ranked for, such as the event's id.
        queries: Vec<String>,
        /// Who each candidate is, unique within its query; decides between equal scores.
        ids: Vec<String>,
        /// Whether each turned out well.
        positive: Vec<bool>,
        /// The rankers; each is compared with the first.
        rankers: Vec<RankerScores>,
        /// Where lists are cut; 10 when it is left out.
        #[serde(default = "ten")]
        k: Count,
        /// How often queries are drawn anew for the intervals; 10 000 when it is left out.
        #[serde(default = "ten_thousand")]
        resamples: Count,
        /// Of the intervals, 0.5 to 0.999; 0.95 when it is left out.
        #[serde(default = "usual_confidence")]
        confidence: f64,
        /// The seed of the draws: the same input gives the same bits.
        #[serde(default)]
        seed: Count,
    }
}

fn ten_thousand() -> Count {
    Count::from(10_000_u32)
}

fn usual_confidence() -> f64 {
    0.95
}

/// A ranker by its scores.
///
/// # Examples
/// See [`evaluate`].
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RankerScores {
    /// Its name.
    pub ranker: String,
    /// A score a row; higher comes first, null is never shown.
    #[serde(deserialize_with = "nan_or")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Option<f64>>"))]
    pub scores: Vec<f64>,
}

answer! {
    /// How good one ranker is over all queries.
    ///
    /// # Examples
    /// See [`evaluate`].
    RankerQuality {
        /// Its name.
        ranker: String,
        /// How many queries have a positive.
        queries: usize,
        /// The means over queries; null where none has a positive.
        quality: Option<MeanQuality>,
        /// The comparison with the first ranker, query by query, on NDCG; null for the first itself.
        against_first: Option<Comparison>,
    }
}

/// Measures rankers on the same queries, with intervals, and compares each with the first.
///
/// # Errors
/// [`ErrorKind::DuplicateId`] for a candidate that a query has twice, and what is wrong with columns and
/// settings.
///
/// # Examples
/// ```
/// let answer = sponsorfit_wire::ask(
///     "evaluate",
///     r#"{"queries": ["e", "e"], "ids": ["a", "b"], "positive": [true, false],
///         "rankers": [{"ranker": "formula", "scores": [0.1, 0.2]}, {"ranker": "trees", "scores": [0.9, null]}]}"#,
/// );
/// assert!(answer.starts_with(r#"[{"ranker":"formula","queries":1,"quality":{"ndcg":{"mean":0.63"#), "{answer}");
/// ```
pub fn evaluate(request: Evaluate) -> Result<Vec<RankerQuality>, Error> {
    let Evaluate { queries, ids, positive, rankers, k, resamples, confidence, seed } = request;
    let bootstrap = Bootstrap::new(size(resamples), confidence, seed.get())?;
    let rows = queries.len();
    of_one_length([("queries", rows), ("ids", ids.len()), ("positive", positive.len())])?;
    for (place, ranker) in rankers.iter().enumerate() {
        let checked = of_one_length([("queries", rows), ("scores", ranker.scores.len())]);
        checked.map_err(|error| error.at(place).within("rankers"))?;
    }
    let asked = Asked::new(&numbered(&queries), in_order(&ids), &positive)?;
    let measure = |ranker: &RankerScores| asked.measured(&ranker.scores, size(k));
    let measured = rankers.iter().map(measure).collect::<Result<Vec<Evaluation>, Error>>()?;
    let quality = |(at, (ranker, evaluation)): (usize, (RankerScores, &Evaluation))| RankerQuality {
        ranker: ranker.ranker,
        queries: evaluation.lists().len(),
        quality: evaluation.mean(&bootstrap),
        against_first: measured
            .first()
            .filter(|_| at > 0)
            .and_then(|first| evaluation.against(first, &bootstrap)),
    };
    Ok(rankers.into_iter().zip(&measured).enumerate().map(quality).collect())
}

/// Numbers names in their order, by which ties are broken.
fn in_order(names: &[String]) -> Vec<usize> {
    let distinct: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let places: BTreeMap<&str, usize> = distinct.into_iter().zip(0..).collect();
    names.iter().filter_map(|name| places.get(name.as_str()).copied()).collect()
}

/// The rows of an evaluation, grouped by query.
struct Asked {
    /// For each query its candidates, each with its row.
    queries: Vec<Vec<(usize, usize)>>,
    /// For each query the numbers of the candidates that turned out well.
    positives: Vec<Vec<usize>>,
    /// How many candidates there are.
    candidates: usize,
}

impl Asked {
    fn new(queries: &[usize], ids: Vec<usize>, positive: &[bool]) -> Result<Self, Error> {
        let count = queries.iter().max().map_or(0, |last| last + 1);
        let candidates = ids.iter().max().map_or(0, |last| last + 1);
        let mut asked = Self { queries: vec![vec![]; count], positives: vec![vec![]; count], candidates };
        let mut seen = BTreeSet::new();
        for (row, ((&query, id), &positive)) in queries.iter().zip(ids).zip(positive).enumerate() {
            if !seen.insert((query, id)) {
                let message = "an earlier row of the same query has the same";
                return Err(Error::new(ErrorKind::DuplicateId, message).at(row).within("ids"));
            }
            if let (Some(own), Some(positives)) =
                (asked.queries.get_mut(query), asked.positives.get_mut(query))
            {
                own.push((row, id));
                positives.extend(positive.then_some(id));
            }
        }
        Ok(asked)
    }

    /// Measures one ranker; a row whose score is NaN is never shown.
    fn measured(&self, scores: &[f64], k: usize) -> Result<Evaluation, Error> {
        let mut evaluation = Evaluation::new(self.candidates, k);
        for (rows, positives) in self.queries.iter().zip(&self.positives) {
            let mut dense = vec![f64::NEG_INFINITY; self.candidates];
            for &(row, id) in rows {
                let score = scores.get(row).copied().filter(|score| !score.is_nan());
                if let (Some(place), Some(score)) = (dense.get_mut(id), score) {
                    *place = score;
                }
            }
            evaluation.add(&dense, positives)?;
        }
        Ok(evaluation)
    }
}
