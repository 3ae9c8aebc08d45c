//! How good a ranking is, with every convention named.
//!
//! The tools of the field print different numbers under the same name, because they
//! differ in three silent choices: what a grade is worth ([`Gain`]), in which order equal
//! scores count ([`Ties`]), and what a query without a single positive is worth
//! ([`NoPositives`]). Here each choice is an argument:
//!
//! | tool | gain | ties | queries without positives |
//! |---|---|---|---|
//! | scikit-learn `ndcg_score` | [`Gain::Linear`] | [`Ties::Averaged`] | [`NoPositives::Zero`] |
//! | `trec_eval`, `pytrec_eval`, `ir-measures` | [`Gain::Linear`] | [`Ties::ById`], but descending | [`NoPositives::Zero`] |
//! | LightGBM `ndcg`, `map` | [`Gain::Exponential`] | [`Ties::ById`], where ids are row numbers | [`NoPositives::One`] |
//!
//! A list is ranked once ([`RankedList::new`]) and asked for as many metrics as wanted.
//! A metric of a list without positives is `None`; [`NoPositives::mean`] decides what
//! that means for the average over queries.
//!
//! # Examples
//! ```
//! use sponsorfit_learn::metrics::{Gain, Judged, NoPositives, RankedList, Ties};
//!
//! let event = [
//!     Judged { id: "acme", score: 0.9, grade: 0 },
//!     Judged { id: "birch", score: 0.7, grade: 1 },
//!     Judged { id: "cedar", score: 0.2, grade: 0 },
//! ];
//! let list = RankedList::new(&event, Ties::ById)?;
//! assert_eq!(list.reciprocal_rank(), Some(0.5));
//! assert_eq!(list.recall(1), Some(0.0));
//!
//! let nobody_came = RankedList::new(&event[..1], Ties::ById)?;
//! let per_query = [list.ndcg(20, Gain::Linear), nobody_came.ndcg(20, Gain::Linear)];
//! assert_eq!(NoPositives::Skip.mean(per_query), list.ndcg(20, Gain::Linear));
//! # Ok::<(), sponsorfit::Error>(())
//! ```

mod catalogue;
mod list;

pub use catalogue::{catalogue_coverage, exposure_gini};
pub use list::{Judged, RankedList};

/// The highest relevance grade there is: LightGBM's default gains end there too.
pub const MAX_GRADE: u32 = 30;

/// What a relevance grade is worth in [NDCG](RankedList::ndcg).
///
/// The two agree on grades 0 and 1, and on nothing above.
///
/// # Examples
/// ```
/// use sponsorfit_learn::metrics::Gain;
/// assert_eq!((Gain::Linear.of(1), Gain::Exponential.of(1)), (1.0, 1.0));
/// assert_eq!((Gain::Linear.of(3), Gain::Exponential.of(3)), (3.0, 7.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gain {
    /// The grade itself, after Järvelin and Kekäläinen (2002); `trec_eval` and scikit-learn.
    Linear,
    /// 2^grade − 1, after Burges et al. (2005); LightGBM.
    Exponential,
}

impl Gain {
    /// Returns the gain of a grade; grades above [`MAX_GRADE`] count as that grade.
    pub fn of(self, grade: u32) -> f64 {
        let grade = grade.min(MAX_GRADE);
        match self {
            Self::Linear => f64::from(grade),
            Self::Exponential => f64::from((1_u32 << grade) - 1),
        }
    }
}

/// In which order candidates of equal score count.
///
/// # Examples
/// ```
/// use sponsorfit_learn::metrics::{Judged, RankedList, Ties};
/// let tied = [Judged { id: 1, score: 0.5, grade: 1 }, Judged { id: 2, score: 0.5, grade: 0 }];
/// let first = |ties| RankedList::new(&tied, ties).map(|list| list.recall(1));
/// assert_eq!(first(Ties::ById)?, Some(1.0));
/// assert_eq!(first(Ties::Averaged)?, Some(0.5));
/// assert_eq!(first(Ties::Pessimistic)?, Some(0.0));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ties {
    /// By ascending id: what the ranking shows to people, and reproducible.
    ById,
    /// Every order is equally likely and the metric is its expected value
    /// (McSherry and Najork, *Computing Information Retrieval Performance Measures
    /// Efficiently in the Presence of Tied Scores*, 2008).
    Averaged,
    /// The worst order: lower grades first. A ranker gains nothing by not deciding.
    Pessimistic,
}

/// What a query without a positive contributes to a mean over queries.
///
/// # Examples
/// ```
/// use sponsorfit_learn::metrics::NoPositives;
/// let per_query = [Some(0.5), None];
/// assert_eq!(NoPositives::Skip.mean(per_query), Some(0.5));
/// assert_eq!(NoPositives::Zero.mean(per_query), Some(0.25));
/// assert_eq!(NoPositives::One.mean(per_query), Some(0.75));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoPositives {
    /// Nothing: the mean is over the queries where the metric is defined.
    Skip,
    /// 0, as `trec_eval` and scikit-learn count it.
    Zero,
    /// 1, as LightGBM counts it: nothing could be ranked better.
    One,
}

impl NoPositives {
    /// Returns the mean of a per-query metric, or `None` when there is nothing to average.
    pub fn mean(self, per_query: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
        let (mut sum, mut queries) = (0.0, 0_u64);
        for value in per_query {
            let value = match (value, self) {
                (Some(value), _) => value,
                (None, Self::Skip) => continue,
                (None, Self::Zero) => 0.0,
                (None, Self::One) => 1.0,
            };
            sum += value;
            queries += 1;
        }
        (queries > 0).then(|| sum / queries as f64)
    }
}
