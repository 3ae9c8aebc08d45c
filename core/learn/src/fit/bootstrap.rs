//! How much the fitted weights would differ with other sponsors.
#![allow(clippy::indexing_slicing, reason = "sponsors are numbered densely before they are counted")]

use super::objective::{Objective, Pair};
use super::{FACTORS, Factors};
use crate::SplitMix64;

/// The sponsors of a pair, numbered densely.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sponsors {
    pub(super) accepted: usize,
    pub(super) rejected: usize,
}

/// Fits the weights again and again, each time as if as many sponsors had been drawn from
/// those there are, and returns the ends between which the middle 1 − `alpha` of the
/// results lie.
///
/// Sponsors are drawn, not outcomes: a sponsor's decisions are alike (Cameron, Gelbach and
/// Miller 2008 on clusters; the percentile interval is Efron's, 1979). A pair counts as
/// often as both its sponsors were drawn together.
pub(super) fn intervals(
    objective: Objective<'_>,
    sponsors: &[Sponsors],
    sponsor_count: usize,
    fitted: Factors,
    resamples: usize,
    alpha: f64,
    seed: u64,
) -> [(f64, f64); FACTORS] {
    let mut random = SplitMix64::new(seed);
    let mut found: [Vec<f64>; FACTORS] = std::array::from_fn(|_| Vec::with_capacity(resamples));
    for _ in 0..resamples {
        let mut times = vec![0_u32; sponsor_count];
        for _ in 0..sponsor_count {
            times[random.index(sponsor_count)] += 1;
        }
        let drawn = |(pair, of): (&Pair, &Sponsors)| {
            let together = if of.accepted == of.rejected {
                times[of.accepted]
            } else {
                times[of.accepted] * times[of.rejected]
            };
            (together > 0).then(|| Pair { weight: pair.weight * f64::from(together), ..*pair })
        };
        let pairs: Vec<Pair> = objective.pairs.iter().zip(sponsors).filter_map(drawn).collect();
        let weights = Objective { pairs: &pairs, ..objective }.least([true; FACTORS], fitted);
        for (found, weight) in found.iter_mut().zip(weights) {
            found.push(weight);
        }
    }
    found.map(|mut weights| {
        weights.sort_by(f64::total_cmp);
        (quantile(&weights, alpha / 2.0), quantile(&weights, 1.0 - alpha / 2.0))
    })
}

/// The value below which a share of sorted values lies, between neighbours in proportion.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len().max(1) - 1) as f64;
    let below = sorted.iter().zip(0_u32..).take_while(|(_, i)| f64::from(*i) <= place).count().max(1) - 1;
    let low = sorted.get(below).copied().unwrap_or(f64::NAN);
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    low + (place - below as f64) * (high - low)
}
