//! Two rankers on the same queries.
#![allow(clippy::indexing_slicing, reason = "the halves of a list are cut at its middle")]

use serde::Serialize;

use super::{Bootstrap, Estimate};
use crate::stats::random::SplitMix64;

/// Up to so many queries every way to flip signs is counted; beyond, flips are drawn.
const EXACT: usize = 36;

/// How much better one ranker is than another, query by query.
///
/// Paired, because queries differ far more than rankers do: an event whose sponsors
/// nobody could have guessed is hard for both.
///
/// # Examples
/// ```
/// use sponsorfit_learn::evaluation::{Bootstrap, Comparison};
/// let (ours, theirs) = ([0.5, 0.4, 0.9, 0.3], [0.4, 0.4, 0.7, 0.2]);
/// let pairs: Vec<(f64, f64)> = ours.into_iter().zip(theirs).collect();
/// let comparison = Comparison::of(&pairs, &Bootstrap::default()).unwrap();
/// assert_eq!((comparison.wins, comparison.ties, comparison.losses), (3, 1, 0));
/// assert!((comparison.difference.mean - 0.1).abs() < 1e-12);
/// // Three wins in three: one of eight ways to flip signs is as good, and one as bad.
/// assert_eq!(comparison.p_value, 0.25);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// The mean of the first ranker's metric minus the second's.
    pub difference: Estimate,
    /// Queries on which the first is better.
    pub wins: usize,
    /// Queries on which both are the same.
    pub ties: usize,
    /// Queries on which the second is better.
    pub losses: usize,
    /// The share of bootstrap draws of queries in which the first is better, ties by half, 0..=1.
    pub share_better: f64,
    /// The sign-flip test of no difference, two-sided, 0..=1: how often a mean at least as
    /// far from 0 would come about if a coin had decided on each query which ranker is
    /// which (Fisher, *The Design of Experiments*, 1935). Exact up to 36 queries with a
    /// difference, drawn with the bootstrap's seed and number of resamples beyond.
    pub p_value: f64,
}

impl Comparison {
    /// Compares a metric of two rankers, one pair a query, or returns `None` of no queries.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::{Bootstrap, Comparison};
    /// assert_eq!(Comparison::of(&[], &Bootstrap::default()), None);
    /// ```
    pub fn of(pairs: &[(f64, f64)], bootstrap: &Bootstrap) -> Option<Self> {
        if pairs.is_empty() {
            return None;
        }
        let differences: Vec<f64> = pairs.iter().map(|(first, second)| first - second).collect();
        let mut means = bootstrap.means(&differences);
        let count = |sign: fn(&f64) -> bool, of: &[f64]| of.iter().filter(|value| sign(value)).count();
        let better = count(|mean| *mean > 0.0, &means) + means.len();
        let better = better - count(|mean| *mean < 0.0, &means);
        Some(Self {
            share_better: better as f64 / (2 * means.len()) as f64,
            difference: bootstrap.estimate(&differences, &mut means),
            wins: count(|difference| *difference > 0.0, &differences),
            ties: count(|difference| *difference == 0.0, &differences),
            losses: count(|difference| *difference < 0.0, &differences),
            p_value: sign_flip(&differences, bootstrap),
        })
    }
}

/// The share of all ways to flip signs whose sum is as far from 0 as the one that was seen.
fn sign_flip(differences: &[f64], bootstrap: &Bootstrap) -> f64 {
    // A difference of 0 has no sign: both its flips are the same.
    let differences: Vec<f64> = differences.iter().copied().filter(|&value| value != 0.0).collect();
    let size: f64 = differences.iter().map(|value| value.abs()).sum();
    // Sums of the same numbers in another order differ by some last bits.
    let seen = differences.iter().sum::<f64>().abs() - 1e-12 * size;
    if seen <= 0.0 {
        return 1.0;
    }
    if differences.len() <= EXACT { exact(&differences, seen) } else { drawn(&differences, seen, bootstrap) }
}

/// Counts every way to flip signs: each is one of the first half and one of the second.
fn exact(differences: &[f64], seen: f64) -> f64 {
    let (first, second) = differences.split_at(differences.len() / 2);
    let (first, second) = (signed_sums(first), signed_sums(second));
    let mut reaching = 0_usize;
    let mut from = second.len();
    // The larger the one, the smaller the other may be.
    for sum in &first {
        while from > 0 && sum + second[from - 1] >= seen {
            from -= 1;
        }
        reaching += second.len() - from;
    }
    // Each way has its mirror image on the other side of 0.
    2.0 * reaching as f64 / (first.len() as f64 * second.len() as f64)
}

/// The sums of the values with every choice of signs, ascending.
fn signed_sums(values: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0];
    for value in values {
        sums = sums.iter().flat_map(|sum| [sum - value, sum + value]).collect();
    }
    sums.sort_unstable_by(f64::total_cmp);
    sums
}

/// Draws flips; what was seen counts as one of them, so that p is never 0 (Phipson and
/// Smyth, *Permutation P-values Should Never Be Zero*, 2010).
fn drawn(differences: &[f64], seen: f64, bootstrap: &Bootstrap) -> f64 {
    let mut random = SplitMix64::new(bootstrap.seed());
    let mut reaching = 1_usize;
    for _ in 0..bootstrap.resamples() {
        let sum: f64 = differences.iter().map(|value| if random.coin() { *value } else { -value }).sum();
        reaching += usize::from(sum.abs() >= seen);
    }
    reaching as f64 / (bootstrap.resamples() + 1) as f64
}
