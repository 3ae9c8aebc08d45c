//! One query's candidates in rank order, and the metrics of that order.
#![allow(
    clippy::indexing_slicing,
    reason = "positions come from sorting 0..len and from the bounds of tie groups"
)]

use sponsorfit::{Error, ErrorKind};
use std::cmp::Ordering;

use super::{Gain, MAX_GRADE, Ties};

/// One candidate of a query: what the ranker said and what turned out.
///
/// # Examples
/// ```
/// use sponsorfit_learn::metrics::Judged;
/// let sponsor = Judged { id: "0190c1a4", score: 0.646, grade: 1 };
/// assert_eq!(sponsor.grade, 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged<I> {
    /// Who or what is ranked; unique within a query.
    pub id: I,
    /// The ranker's score: higher comes first. Any number but NaN.
    pub score: f64,
    /// How relevant it turned out to be, 0..=[`MAX_GRADE`]; above 0 is a positive.
    pub grade: u32,
}

/// One query's candidates in rank order.
///
/// Inside, every order is a sequence of groups whose members are interchangeable:
/// groups of one under [`Ties::ById`] and [`Ties::Pessimistic`], the candidates of equal
/// score under [`Ties::Averaged`]. So each metric has one formula, the expected value
/// over the orders within groups (McSherry and Najork 2008), and no special case.
///
/// # Examples
/// ```
/// use sponsorfit_learn::metrics::{Gain, Judged, RankedList, Ties};
/// let query = [Judged { id: 1, score: 0.2, grade: 2 }, Judged { id: 2, score: 0.1, grade: 0 }];
/// let list = RankedList::new(&query, Ties::ById)?;
/// assert_eq!(list.ndcg(10, Gain::Exponential), Some(1.0));
/// assert_eq!(list.auc(), Some(1.0));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RankedList {
    /// Grades in rank order.
    grades: Vec<u32>,
    /// Where each group ends (exclusive), ascending.
    group_ends: Vec<usize>,
    positives: usize,
}

/// A run of interchangeable candidates.
struct Group<'a> {
    /// How many candidates come before it.
    start: usize,
    grades: &'a [u32],
    /// How many of them are positive.
    positives: usize,
}

impl RankedList {
    /// Ranks a query's candidates by descending score, ties as asked.
    ///
    /// 0.0 and −0.0 are the same score.
    ///
    /// # Errors
    /// [`Error`] when a score is NaN, a grade is above [`MAX_GRADE`] or an id is there twice.
    pub fn new<I: Ord>(candidates: &[Judged<I>], ties: Ties) -> Result<Self, Error> {
        check(candidates)?;
        let mut order: Vec<&Judged<I>> = candidates.iter().collect();
        order.sort_by(|a, b| {
            let by_score = descending(a.score, b.score);
            let by_grade = match ties {
                Ties::Pessimistic => a.grade.cmp(&b.grade),
                Ties::ById | Ties::Averaged => Ordering::Equal,
            };
            by_score.then(by_grade).then_with(|| a.id.cmp(&b.id))
        });
        let ends_group = |position: usize| match order.get(position + 1) {
            Some(next) => ties != Ties::Averaged || order[position].score > next.score,
            None => true,
        };
        Ok(Self {
            group_ends: (0..order.len()).filter(|&p| ends_group(p)).map(|p| p + 1).collect(),
            grades: order.iter().map(|candidate| candidate.grade).collect(),
            positives: order.iter().filter(|candidate| candidate.grade > 0).count(),
        })
    }

    /// Returns the number of candidates with a grade above 0.
    pub fn positives(&self) -> usize {
        self.positives
    }

    /// Returns the normalised discounted cumulative gain of the first `k`, 0..=1.
    ///
    /// DCG@k = Σ gain / log₂(1 + rank) over ranks 1..=k, divided by the DCG@k of the best
    /// order (Järvelin and Kekäläinen, *Cumulated gain-based evaluation of IR techniques*,
    /// 2002). `None` without positives; 0 when `k` is 0.
    pub fn ndcg(&self, k: usize, gain: Gain) -> Option<f64> {
        if self.positives == 0 {
            return None;
        }
        let mut dcg = 0.0;
        for group in self.groups() {
            let shown = group.ranks().take_while(|&rank| rank <= k);
            let discounts: f64 = shown.map(discount).sum();
            let gains: f64 = group.grades.iter().map(|&grade| gain.of(grade)).sum();
            dcg += gains / group.grades.len() as f64 * discounts;
        }
        let mut best = self.grades.clone();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let ideal: f64 = (1..=k).zip(best).map(|(rank, grade)| gain.of(grade) * discount(rank)).sum();
        Some(if ideal > 0.0 { dcg / ideal } else { 0.0 })
    }

    /// Returns the average precision over all ranks, 0..=1: its mean over queries is MAP.
    ///
    /// AP = mean over positives of (positives up to its rank) / rank. `None` without positives.
    pub fn average_precision(&self) -> Option<f64> {
        let (mut sum, mut above) = (0.0, 0.0);
        for group in self.groups() {
            let (size, positives) = (group.grades.len() as f64, group.positives as f64);
            // Given a positive at one place of the group, each other place holds one of
            // the remaining positives with the same probability.
            let others = if size > 1.0 { (positives - 1.0) / (size - 1.0) } else { 0.0 };
            let mut precisions = 0.0;
            for (before, rank) in group.ranks().enumerate() {
                precisions += (above + 1.0 + before as f64 * others) / rank as f64;
            }
            sum += positives / size * precisions;
            above += positives;
        }
        (self.positives > 0).then(|| sum / self.positives as f64)
    }

    /// Returns 1 / rank of the first positive, 0..=1: its mean over queries is MRR.
    ///
    /// `None` without positives.
    pub fn reciprocal_rank(&self) -> Option<f64> {
        let group = self.groups().find(|group| group.positives > 0)?;
        let mut expected = 0.0;
        // How likely none of the places so far holds a positive.
        let mut none_yet = 1.0;
        for (before, rank) in group.ranks().enumerate() {
            let left = group.grades.len() - before;
            if group.positives > left {
                break;
            }
            let here = group.positives as f64 / left as f64;
            expected += none_yet * here / rank as f64;
            none_yet *= 1.0 - here;
        }
        Some(expected)
    }

    /// Returns the share of the positives that are among the first `k`, 0..=1.
    ///
    /// `None` without positives.
    pub fn recall(&self, k: usize) -> Option<f64> {
        let mut found = 0.0;
        for group in self.groups() {
            let shown = group.grades.len().min(k.saturating_sub(group.start));
            found += shown as f64 * (group.positives as f64 / group.grades.len() as f64);
        }
        (self.positives > 0).then(|| found / self.positives as f64)
    }

    /// Returns the chance that a random positive comes before a random negative, 0..=1.
    ///
    /// The area under the ROC curve, by counting (Mann and Whitney). `None` without
    /// positives and without negatives. [`Ties::Averaged`] counts a tie as one half, as
    /// scikit-learn and LightGBM do.
    pub fn auc(&self) -> Option<f64> {
        let negatives = self.grades.len() - self.positives;
        let (mut below, mut twice_won) = (negatives as u128, 0_u128);
        for group in self.groups() {
            let tied = (group.grades.len() - group.positives) as u128;
            twice_won += group.positives as u128 * (2 * below - tied);
            below -= tied;
        }
        let pairs = self.positives as u128 * negatives as u128;
        (pairs > 0).then(|| twice_won as f64 / (2 * pairs) as f64)
    }

    fn groups(&self) -> impl Iterator<Item = Group<'_>> {
        let mut start = 0;
        self.group_ends.iter().map(move |&end| {
            let grades = &self.grades[start..end];
            let positives = grades.iter().filter(|&&grade| grade > 0).count();
            let group = Group { start, grades, positives };
            start = end;
            group
        })
    }
}

impl Group<'_> {
    /// The ranks it takes up, from 1.
    fn ranks(&self) -> std::ops::RangeInclusive<usize> {
        self.start + 1..=self.start + self.grades.len()
    }
}

fn discount(rank: usize) -> f64 {
    1.0 / libm::log2(rank as f64 + 1.0)
}

fn descending(a: f64, b: f64) -> Ordering {
    b.partial_cmp(&a).unwrap_or(Ordering::Equal)
}

fn check<I: Ord>(candidates: &[Judged<I>]) -> Result<(), Error> {
    for (position, candidate) in candidates.iter().enumerate() {
        if candidate.score.is_nan() {
            return Err(Error::new(ErrorKind::OutOfRange, "NaN is not a number")
                .within("score")
                .at(position));
        }
        if candidate.grade > MAX_GRADE {
            return Err(Error::new(
                ErrorKind::OutOfRange,
                format!("{} is not in 0..={MAX_GRADE}", candidate.grade),
            )
            .within("grade")
            .at(position));
        }
    }
    let mut by_id: Vec<usize> = (0..candidates.len()).collect();
    by_id.sort_by(|&a, &b| candidates[a].id.cmp(&candidates[b].id));
    match by_id.windows(2).find(|pair| candidates[pair[0]].id == candidates[pair[1]].id) {
        Some(pair) => Err(Error::new(ErrorKind::DuplicateId, format!("candidate {} has the same", pair[0]))
            .within("id")
            .at(pair[1])),
        None => Ok(()),
    }
}
