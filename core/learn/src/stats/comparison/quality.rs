//! The metrics of one ranker over all queries.
#![allow(clippy::indexing_slicing, reason = "positions are checked against the catalogue first")]

use sponsorfit::{Error, ErrorKind};
use std::cmp::Ordering;

use serde::Serialize;

use super::{Bootstrap, Comparison, Estimate};
use crate::stats::metrics::{Gain, Judged, RankedList, Ties, catalogue_coverage, exposure_gini};
use crate::stats::random::SplitMix64;

/// The metrics of one query's list, each 0..=1.
///
/// # Examples
/// ```
/// use sponsorfit_learn::evaluation::ListQuality;
/// use sponsorfit_learn::metrics::{Judged, RankedList, Ties};
/// let event = [Judged { id: 1, score: 0.9, grade: 0 }, Judged { id: 2, score: 0.7, grade: 1 }];
/// let quality = ListQuality::of(&RankedList::new(&event, Ties::ById)?, 20).unwrap();
/// assert_eq!((quality.reciprocal_rank, quality.recall, quality.auc), (0.5, 1.0, Some(0.0)));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ListQuality {
    /// Normalised discounted cumulative gain of the first k, gain 1 for a positive.
    pub ndcg: f64,
    /// Average precision over all ranks.
    pub average_precision: f64,
    /// 1 / rank of the first positive.
    pub reciprocal_rank: f64,
    /// The share of the positives among the first k.
    pub recall: f64,
    /// The chance that a positive stands above a negative; `None` without negatives.
    pub auc: Option<f64>,
}

impl ListQuality {
    /// Measures a list, or returns `None` when it has no positive: no order is better than another.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::ListQuality;
    /// use sponsorfit_learn::metrics::{Judged, RankedList, Ties};
    /// let nobody_came = [Judged { id: 1, score: 0.9, grade: 0 }];
    /// assert_eq!(ListQuality::of(&RankedList::new(&nobody_came, Ties::ById)?, 20), None);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn of(list: &RankedList, k: usize) -> Option<Self> {
        Some(Self {
            ndcg: list.ndcg(k, Gain::Linear)?,
            average_precision: list.average_precision()?,
            reciprocal_rank: list.reciprocal_rank()?,
            recall: list.recall(k)?,
            auc: list.auc(),
        })
    }
}

/// One ranker's lists for all queries, and how good they are.
///
/// All queries rank the same catalogue, whose items are numbered in the order of their
/// ids: equal scores rank by that number.
///
/// # Examples
/// ```
/// use sponsorfit_learn::evaluation::{Bootstrap, Evaluation};
///
/// let mut popularity = Evaluation::new(4, 2);
/// popularity.add(&[3.0, 1.0, 2.0, 0.0], &[0, 2])?; // the first two are the right two
/// popularity.add(&[3.0, 1.0, 2.0, 0.0], &[1])?;
/// let mean = popularity.mean(&Bootstrap::default()).unwrap();
/// assert_eq!((mean.recall.mean, mean.catalogue_coverage), (0.5, 0.5));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Evaluation {
    catalogue: usize,
    k: usize,
    lists: Vec<ListQuality>,
    /// The first k of every list.
    shown: Vec<Vec<usize>>,
    /// The share of each query's positives that the ranker does not leave out.
    reached: Vec<f64>,
}

/// What [`Evaluation::mean`] says of a ranker.
///
/// # Examples
/// See [`Evaluation`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeanQuality {
    /// Mean [NDCG@k](ListQuality::ndcg).
    pub ndcg: Estimate,
    /// Mean average precision.
    pub map: Estimate,
    /// Mean reciprocal rank.
    pub mrr: Estimate,
    /// Mean recall@k.
    pub recall: Estimate,
    /// Mean AUC over the queries that have it.
    pub auc: Option<Estimate>,
    /// Mean share of the positives that the ranker does not leave out, 0..=1: no order of its
    /// candidates could have a higher recall.
    pub candidate_recall: f64,
    /// The share of the catalogue that is among the first k of some list, 0..=1.
    pub catalogue_coverage: f64,
    /// How unevenly the places among the first k are spread over the catalogue, 0 ≤ g < 1.
    pub exposure_gini: f64,
}

impl Evaluation {
    /// Begins with no lists, for a catalogue of so many items and lists of which `k` are shown.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::{Bootstrap, Evaluation};
    /// assert_eq!(Evaluation::new(851, 20).mean(&Bootstrap::default()), None);
    /// ```
    pub fn new(catalogue: usize, k: usize) -> Self {
        Self { catalogue, k, lists: Vec::new(), shown: Vec::new(), reached: Vec::new() }
    }

    /// Adds a query: the score of every item of the catalogue, and which of them are positive.
    ///
    /// A query without a positive is left out. −∞ is the score of an item that the ranker
    /// leaves out: it stands last.
    ///
    /// # Errors
    /// [`Error`] when a score is NaN, or an item is not in the catalogue: there is a
    /// score more or less than items, or a positive of a higher number.
    pub fn add(&mut self, scores: &[f64], positives: &[usize]) -> Result<(), Error> {
        let list = self.list(scores, positives, Ties::ById)?;
        let mut order: Vec<usize> =
            (0..scores.len()).filter(|&item| scores[item] > f64::NEG_INFINITY).collect();
        // 0.0 and −0.0 are the same score, and a NaN was refused.
        let by_score = |a: usize, b: usize| scores[b].partial_cmp(&scores[a]).unwrap_or(Ordering::Equal);
        order.sort_by(|&a, &b| by_score(a, b).then(a.cmp(&b)));
        order.truncate(self.k);
        let reached = positives.iter().filter(|&&item| scores[item] > f64::NEG_INFINITY).count();
        self.push(&list, order, reached as f64 / positives.len() as f64);
        Ok(())
    }

    /// Adds a query ranked by chance, to compare with.
    ///
    /// The metrics are their expected values over every order, exactly; the list that is
    /// shown is one drawn order.
    ///
    /// # Errors
    /// `unknown_id` when a positive is not in the catalogue.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::{SplitMix64, evaluation::{Bootstrap, Evaluation}};
    /// let mut chance = Evaluation::new(100, 20);
    /// chance.add_random(&[7], &mut SplitMix64::new(0))?;
    /// let recall = chance.mean(&Bootstrap::default()).unwrap().recall.mean;
    /// assert!((recall - 0.2).abs() < 1e-12);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn add_random(&mut self, positives: &[usize], random: &mut SplitMix64) -> Result<(), Error> {
        let list = self.list(&vec![0.0; self.catalogue], positives, Ties::Averaged)?;
        let mut items: Vec<usize> = (0..self.catalogue).collect();
        let shown = self.k.min(items.len());
        for place in 0..shown {
            let drawn = place + random.index(items.len() - place);
            items.swap(place, drawn);
        }
        items.truncate(shown);
        self.push(&list, items, 1.0);
        Ok(())
    }

    /// Returns the metrics of each query, in the order in which they were added.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::Evaluation;
    /// let mut ranker = Evaluation::new(2, 1);
    /// ranker.add(&[0.1, 0.2], &[1])?;
    /// assert_eq!(ranker.lists()[0].reciprocal_rank, 1.0);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn lists(&self) -> &[ListQuality] {
        &self.lists
    }

    /// Returns the means with their intervals, or `None` without queries.
    pub fn mean(&self, bootstrap: &Bootstrap) -> Option<MeanQuality> {
        let mean = |metric: fn(&ListQuality) -> f64| {
            bootstrap.mean(&self.lists.iter().map(metric).collect::<Vec<_>>())
        };
        let aucs: Vec<f64> = self.lists.iter().filter_map(|list| list.auc).collect();
        Some(MeanQuality {
            ndcg: mean(|list| list.ndcg)?,
            map: mean(|list| list.average_precision)?,
            mrr: mean(|list| list.reciprocal_rank)?,
            recall: mean(|list| list.recall)?,
            auc: bootstrap.mean(&aucs),
            candidate_recall: self.reached.iter().sum::<f64>() / self.reached.len() as f64,
            // What is shown was checked when it was added.
            catalogue_coverage: catalogue_coverage(&self.shown, self.catalogue, self.k).ok()??,
            exposure_gini: exposure_gini(&self.shown, self.catalogue, self.k).ok()?.unwrap_or(0.0),
        })
    }

    /// Compares the NDCG of this ranker with that of another on the same queries, or
    /// returns `None` when there are none or not as many.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::{Bootstrap, Evaluation};
    /// let (mut good, mut bad) = (Evaluation::new(2, 1), Evaluation::new(2, 1));
    /// good.add(&[0.1, 0.2], &[1])?;
    /// bad.add(&[0.2, 0.1], &[1])?;
    /// let better = good.against(&bad, &Bootstrap::default()).unwrap();
    /// assert_eq!((better.difference.mean, better.wins), (1.0, 1));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn against(&self, other: &Self, bootstrap: &Bootstrap) -> Option<Comparison> {
        if self.lists.len() != other.lists.len() {
            return None;
        }
        let pairs = self.lists.iter().zip(&other.lists).map(|(own, others)| (own.ndcg, others.ndcg));
        Comparison::of(&pairs.collect::<Vec<_>>(), bootstrap)
    }

    fn list(&self, scores: &[f64], positives: &[usize], ties: Ties) -> Result<RankedList, Error> {
        let catalogue = self.catalogue;
        let stranger = positives.iter().copied().find(|&item| item >= catalogue);
        let uneven = (scores.len() != catalogue).then_some(scores.len().max(catalogue));
        if let Some(item) = stranger.or(uneven) {
            return Err(Error::new(
                ErrorKind::UnknownId,
                format!("item {item} is not in the catalogue of {catalogue} items"),
            ));
        }
        let mut judged: Vec<Judged<usize>> =
            scores.iter().enumerate().map(|(id, &score)| Judged { id, score, grade: 0 }).collect();
        for &item in positives {
            judged[item].grade = 1;
        }
        RankedList::new(&judged, ties)
    }

    fn push(&mut self, list: &RankedList, shown: Vec<usize>, reached: f64) {
        if let Some(quality) = ListQuality::of(list, self.k) {
            self.lists.push(quality);
            self.shown.push(shown);
            self.reached.push(reached);
        }
    }
}
