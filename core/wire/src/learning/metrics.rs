//! How good rankings are, query by query.

use std::collections::BTreeMap;

use sponsorfit::{Count, Error};
use sponsorfit_learn::metrics::{Gain, Judged, NoPositives, RankedList, Ties};

use super::{answer, choice, of_one_length, request, size};

choice! {
    /// What a grade is worth.
    ///
    /// # Examples
    /// See [`metrics`].
    GainChoice => Gain {
        /// Itself.
        Linear,
        /// 2 to its power, minus 1.
        #[default]
        Exponential,
    }
}

choice! {
    /// In which order equal scores count.
    ///
    /// # Examples
    /// See [`metrics`].
    TiesChoice => Ties {
        /// By id.
        #[default]
        ById,
        /// The mean over every order.
        Averaged,
        /// The worst order.
        Pessimistic,
    }
}

choice! {
    /// What a query without a positive counts as in a mean.
    ///
    /// # Examples
    /// See [`metrics`].
    NoPositivesChoice => NoPositives {
        /// It is left out.
        #[default]
        Skip,
        /// 0.
        Zero,
        /// 1.
        One,
    }
}

request! {
    /// Ranked lists as columns: a row is a candidate of a query.
    ///
    /// # Examples
    /// See [`metrics`].
    RankedLists {
        /// What each candidate is ranked for, such as the event's id.
        queries: Vec<String>,
        /// Who each candidate is, unique within its query; decides between equal scores.
        ids: Vec<String>,
        /// What the ranker said; higher comes first.
        scores: Vec<f64>,
        /// How relevant each turned out to be, 0 to 30; above 0 is a positive.
        grades: Vec<Count>,
        /// Where lists are cut for `ndcg` and `recall`; 10 when it is left out.
        #[serde(default = "ten")]
        k: Count,
        /// What a grade is worth; `exponential` when it is left out.
        #[serde(default)]
        gain: GainChoice,
        /// In which order equal scores count; `by_id` when it is left out.
        #[serde(default)]
        ties: TiesChoice,
        /// What a query without a positive counts as in the means; `skip` when it is left out.
        #[serde(default)]
        no_positives: NoPositivesChoice,
    }
}

pub(super) fn ten() -> Count {
    Count::from(10_u32)
}

answer! {
    /// The metrics of one ranked list, each 0 to 1; null where the list does not tell.
    ///
    /// # Examples
    /// See [`metrics`].
    QueryMetrics {
        /// The name of the query.
        query: String,
        /// How many candidates have a grade above 0.
        positives: usize,
        /// Normalised discounted cumulative gain of the first `k`.
        ndcg: Option<f64>,
        /// Mean precision at the positives.
        average_precision: Option<f64>,
        /// 1 / rank of the first positive.
        reciprocal_rank: Option<f64>,
        /// Share of the positives among the first `k`.
        recall: Option<f64>,
        /// Chance that a positive is before a negative.
        auc: Option<f64>,
    }
}

answer! {
    /// The means over queries, each 0 to 1; null where no query tells.
    ///
    /// # Examples
    /// See [`metrics`].
    MeanMetrics {
        /// Of `ndcg`.
        ndcg: Option<f64>,
        /// Of `average_precision`.
        average_precision: Option<f64>,
        /// Of `reciprocal_rank`.
        reciprocal_rank: Option<f64>,
        /// Of `recall`.
        recall: Option<f64>,
        /// Of `auc`.
        auc: Option<f64>,
    }
}

answer! {
    /// The metrics of ranked lists.
    ///
    /// # Examples
    /// See [`metrics`].
    Metrics {
        /// Every query, in the order of their first candidates.
        queries: Vec<QueryMetrics>,
        /// The means over queries.
        mean: MeanMetrics,
    }
}

/// Returns the metrics of every ranked list, and their means.
///
/// # Errors
/// [`DuplicateId`](sponsorfit::ErrorKind::DuplicateId) for a candidate that a query has twice, and what
/// is wrong with the columns.
///
/// # Examples
/// ```
/// let answer = sponsorfit_wire::ask(
///     "metrics",
///     r#"{"queries": ["e", "e"], "ids": ["a", "b"], "scores": [0.1, 0.2], "grades": [1, 0]}"#,
/// );
/// assert!(answer.contains(r#""query":"e","positives":1,"#) && answer.contains(r#""reciprocal_rank":0.5"#));
/// ```
pub fn metrics(request: RankedLists) -> Result<Metrics, Error> {
    let RankedLists { queries, ids, scores, grades, k, gain, ties, no_positives } = request;
    of_one_length([
        ("queries", queries.len()),
        ("ids", ids.len()),
        ("scores", scores.len()),
        ("grades", grades.len()),
    ])?;
    let mut lists: Vec<(String, Vec<Judged<String>>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (((query, id), score), grade) in queries.into_iter().zip(ids).zip(scores).zip(grades) {
        let place = *places.entry(query).or_insert_with_key(|query| {
            lists.push((query.clone(), Vec::new()));
            lists.len() - 1
        });
        if let Some((_, list)) = lists.get_mut(place) {
            // Beyond the highest grade all are refused alike.
            let grade = u32::try_from(grade.get()).unwrap_or(u32::MAX);
            list.push(Judged { id, score, grade });
        }
    }
    let (k, gain) = (size(k), gain.into());
    let measured = lists.into_iter().map(|(query, candidates)| {
        let list = RankedList::new(&candidates, ties.into())?;
        Ok(QueryMetrics {
            positives: list.positives(),
            ndcg: list.ndcg(k, gain),
            average_precision: list.average_precision(),
            reciprocal_rank: list.reciprocal_rank(),
            recall: list.recall(k),
            auc: list.auc(),
            query,
        })
    });
    let queries = measured.collect::<Result<Vec<_>, Error>>()?;
    let no_positives = NoPositives::from(no_positives);
    let mean = |metric: fn(&QueryMetrics) -> Option<f64>| no_positives.mean(queries.iter().map(metric));
    let mean = MeanMetrics {
        ndcg: mean(|query| query.ndcg),
        average_precision: mean(|query| query.average_precision),
        reciprocal_rank: mean(|query| query.reciprocal_rank),
        recall: mean(|query| query.recall),
        auc: mean(|query| query.auc),
    };
    Ok(Metrics { queries, mean })
}
