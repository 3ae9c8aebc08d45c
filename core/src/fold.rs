//! The arithmetic of the score, in the one order that every engine keeps.
//!
//! Products before sums, left to right in formula order, no fused operations:
//! so a scalar loop, a table lookup and WASM give the same bits.

use std::sync::Arc;

use crate::config::{AudienceBlend, Missing, MissingPolicy, ScoringConfig, Weights};
use crate::factors::{Factor, Leaf, LeafSet, LeafValue};
use crate::model::UnitInterval;

/// The numbers of a configuration, ready for folding.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) weights: [f64; 5],
    pub(crate) audience_blend: [f64; 2],
    pub(crate) engagement_blend: [f64; 2],
    pub(crate) missing: Missing,
    min_coverage: f64,
    /// Coverage by the bits of the leaves that are unknown.
    coverage: Arc<[f64]>,
}

/// What the folds of one pair give.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folded {
    /// What entered the score, by factor; `None` was left out.
    pub(crate) factors: [Option<f64>; 5],
    /// What entered a blend, or stands for itself, by leaf.
    pub(crate) leaves: [Option<f64>; 7],
    /// Each factor's effective weight, 0 for what was left out.
    pub(crate) weights: [f64; 5],
    pub(crate) score: f64,
    pub(crate) lower: f64,
    pub(crate) upper: f64,
    pub(crate) coverage: f64,
    pub(crate) unknown: LeafSet,
}

/// What pairs that know the same facts have in common, worked out once for all of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared {
    weights: [f64; 5],
    audience: Blended,
}

/// Which parts a blend is made of.
#[derive(Clone, Copy, Debug)]
enum Blended {
    Both([f64; 2]),
    First,
    Second,
    Neither,
}

impl Blended {
    fn known(shares: [f64; 2], first: bool, second: bool) -> Self {
        match (first, second) {
            (true, true) => Self::Both(shares),
            (true, false) => Self::First,
            (false, true) => Self::Second,
            (false, false) => Self::Neither,
        }
    }

    #[inline]
    fn value(self, first: f64, second: f64) -> f64 {
        match self {
            Self::Both(shares) => blend(shares, first, second),
            Self::First => first,
            Self::Second => second,
            Self::Neither => 0.0,
        }
    }
}

impl Shared {
    /// Returns `audience_overlap`, 0 where it is left out.
    #[inline]
    pub(crate) fn audience(&self, categories: f64, geo: f64) -> f64 {
        self.audience.value(categories, geo)
    }

    /// Returns the score of five factors; of those left out any finite value will do.
    ///
    /// Every step is monotone in every factor, rounding included, so upper
    /// bounds of the factors give an upper bound of the score.
    #[inline]
    pub(crate) fn score(&self, factors: [f64; 5]) -> f64 {
        self.finish(self.start(factors[0], factors[1], factors[2]), factors[3], factors[4])
    }

    /// Returns the first three terms of the fold.
    #[inline]
    pub(crate) fn start(&self, budget: f64, audience: f64, geo_fit: f64) -> f64 {
        self.follow(self.lead(budget, audience), geo_fit)
    }

    /// Returns the first two terms of the fold.
    #[inline]
    pub(crate) fn lead(&self, budget: f64, audience: f64) -> f64 {
        self.weights[0] * budget + self.weights[1] * audience
    }

    /// Returns [`Self::lead`] with the third term.
    #[inline]
    pub(crate) fn follow(&self, lead: f64, geo_fit: f64) -> f64 {
        lead + self.weights[2] * geo_fit
    }

    /// Returns the score: [`Self::start`] with the last two terms.
    #[inline]
    pub(crate) fn finish(&self, start: f64, engagement: f64, objectives: f64) -> f64 {
        let [_, _, _, of_engagement, of_objectives] = self.weights;
        UnitInterval::clamped(start + of_engagement * engagement + of_objectives * objectives).get()
    }
}

/// Why there is no score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NoScore {
    pub(crate) unknown: LeafSet,
    pub(crate) coverage: f64,
}

impl Plan {
    pub(crate) fn new(config: &ScoringConfig) -> Self {
        let weights = &config.weights;
        let weights = [
            weights.budget_fit,
            weights.audience_overlap,
            weights.geo_fit,
            weights.engagement_quality,
            weights.objectives_similarity,
        ]
        .map(positive_zero);
        let audience_blend = [config.audience_blend.categories, config.audience_blend.geo].map(positive_zero);
        let engagement = &config.engagement_blend;
        let engagement_blend =
            [engagement.engagement_score, engagement.ticket_conversion_rate].map(positive_zero);
        let [budget, overlap, geo, quality, objectives] = weights;
        let leaf_weights = [
            budget,
            overlap * audience_blend[0],
            overlap * audience_blend[1],
            geo,
            quality * engagement_blend[0],
            quality * engagement_blend[1],
            objectives,
        ];
        Self {
            weights,
            audience_blend,
            engagement_blend,
            missing: config.missing,
            min_coverage: config.min_coverage.get(),
            coverage: (0..128).map(|bits| coverage(leaf_weights, LeafSet::of_bits(bits))).collect(),
        }
    }

    /// Returns the share of the formula's weight whose leaves are known.
    pub(crate) fn coverage(&self, unknown: LeafSet) -> f64 {
        self.coverage.get(usize::from(unknown.bits())).copied().unwrap_or_default()
    }

    /// Refuses pairs of which less is known than the configuration asks for.
    #[inline]
    fn require_coverage(&self, unknown: LeafSet) -> Result<(), NoScore> {
        let coverage = self.coverage(unknown);
        if coverage < self.min_coverage { Err(NoScore { unknown, coverage }) } else { Ok(()) }
    }

    /// Folds the leaves of one pair into its score.
    #[allow(clippy::inline_always, reason = "arrays that pass through memory cost as much as their folds")]
    #[inline(always)]
    pub(crate) fn fold(&self, leaves: &[LeafValue; 7]) -> Result<Folded, NoScore> {
        let unknown = unknown_of(leaves);
        self.require_coverage(unknown)?;
        let refused = NoScore { unknown, coverage: self.coverage(unknown) };
        match self.missing.policy {
            MissingPolicy::Neutral => Ok(self.fold_all(leaves, refused)),
            MissingPolicy::Renormalize => self.fold_known(leaves, refused),
        }
    }

    /// Folds leaves of which the unknown ones have a value too.
    #[allow(clippy::inline_always, reason = "arrays that pass through memory cost as much as their folds")]
    #[inline(always)]
    fn fold_all(&self, leaves: &[LeafValue; 7], NoScore { unknown, coverage }: NoScore) -> Folded {
        let entered = self.neutral(leaves);
        let factors = self.factors(entered);
        let score = self.total(factors);
        let (lower, upper) = if unknown.is_empty() { (score, score) } else { self.range(leaves, score) };
        Folded {
            factors: factors.map(Some),
            leaves: entered.map(Some),
            weights: self.weights,
            score,
            lower,
            upper,
            coverage,
            unknown,
        }
    }

    /// Folds those leaves that are known.
    fn fold_known(&self, leaves: &[LeafValue; 7], refused: NoScore) -> Result<Folded, NoScore> {
        let NoScore { unknown, coverage } = refused;
        let leaves_known = leaves.map(LeafValue::known);
        let factors = self.known_factors(leaves_known);
        let weights = self.renormalized(factors).ok_or(refused)?;
        let score = weighted(weights, factors);
        let (lower, upper) = self.range(leaves, score);
        Ok(Folded { factors, leaves: leaves_known, weights, score, lower, upper, coverage, unknown })
    }

    /// Returns the lowest and the highest score that the unknown leaves allow.
    #[inline]
    fn range(&self, leaves: &[LeafValue; 7], score: f64) -> (f64, f64) {
        let at = |value: f64| {
            let leaves = leaves.map(|leaf| leaf.known().unwrap_or(value));
            self.total(self.factors(leaves))
        };
        (at(0.0).min(score), at(1.0).max(score))
    }

    /// Returns what pairs share of which every leaf has a value.
    #[inline]
    fn all_known(&self) -> Shared {
        Shared { weights: self.weights, audience: Blended::Both(self.audience_blend) }
    }

    /// Returns `engagement_quality` of two values.
    #[inline]
    fn quality(&self, engagement: f64, conversion: f64) -> f64 {
        blend(self.engagement_blend, engagement, conversion)
    }

    /// Returns the fold of weight·value over all factors, clamped to 0..=1.
    #[inline]
    fn total(&self, factors: [f64; 5]) -> f64 {
        self.all_known().score(factors)
    }

    /// Returns what pairs with these leaves unknown have in common; `None` when they have no score.
    pub(crate) fn shared(&self, unknown: LeafSet) -> Option<Shared> {
        if self.coverage(unknown) < self.min_coverage {
            return None;
        }
        if self.missing.policy == MissingPolicy::Neutral {
            return Some(Shared { weights: self.weights, audience: Blended::Both(self.audience_blend) });
        }
        let known = |leaf| !unknown.contains(leaf);
        let leaves = Leaf::ALL.map(|leaf| known(leaf).then_some(0.0));
        let weights = self.renormalized(self.known_factors(leaves))?;
        let audience = Blended::known(self.audience_blend, known(Leaf::Categories), known(Leaf::Geo));
        Some(Shared { weights, audience })
    }

    /// Returns whether unknown leaves are left out, not replaced.
    pub(crate) fn leaves_out(&self) -> bool {
        self.missing.policy == MissingPolicy::Renormalize
    }

    /// Returns what of the leaves enters a score; NaN is left out.
    pub(crate) fn entered(&self, leaves: &[LeafValue; 7]) -> [f64; 7] {
        match self.missing.policy {
            MissingPolicy::Neutral => self.neutral(leaves),
            MissingPolicy::Renormalize => leaves.map(|leaf| leaf.known().unwrap_or(f64::NAN)),
        }
    }

    /// Returns `engagement_quality` of a pair's leaves, 0 where it is left out.
    pub(crate) fn engagement_quality(&self, leaves: &[LeafValue; 7]) -> f64 {
        let factor = Factor::EngagementQuality as usize;
        match self.missing.policy {
            MissingPolicy::Neutral => self.factors(self.neutral(leaves))[factor],
            MissingPolicy::Renormalize => {
                self.known_factors(leaves.map(LeafValue::known))[factor].unwrap_or(0.0)
            }
        }
    }

    /// Returns whether a score depends on which facts are known, beside what they are worth.
    pub(crate) fn weighs_knowledge(&self) -> bool {
        self.leaves_out() || self.min_coverage > 0.0
    }

    /// Returns the leaves with the configured values in place of unknown ones.
    pub(crate) fn neutral(&self, leaves: &[LeafValue; 7]) -> [f64; 7] {
        let missing = &self.missing;
        let when_missing = |leaf: Leaf| match leaf {
            Leaf::BudgetFit => missing.budget,
            Leaf::EngagementScore => missing.engagement_score,
            Leaf::TicketConversionRate => missing.ticket_conversion_rate,
            Leaf::Categories | Leaf::Geo | Leaf::GeoFit | Leaf::ObjectivesSimilarity => missing.objectives,
        };
        let mut values = [0.0; 7];
        for ((value, leaf), read) in values.iter_mut().zip(Leaf::ALL).zip(leaves) {
            *value = match read {
                LeafValue::Known(known) => *known,
                LeafValue::NoPreference => missing.no_preference.get(),
                LeafValue::EventSilent => missing.event_silent.get(),
                LeafValue::Missing => when_missing(leaf).get(),
            };
        }
        values
    }

    /// Returns the five factors of seven leaves.
    pub(crate) fn factors(&self, leaves: [f64; 7]) -> [f64; 5] {
        let [budget, categories, geo, geo_fit, engagement, conversion, objectives] = leaves;
        [
            budget,
            blend(self.audience_blend, categories, geo),
            geo_fit,
            self.quality(engagement, conversion),
            objectives,
        ]
    }

    fn known_factors(&self, leaves: [Option<f64>; 7]) -> [Option<f64>; 5] {
        let [budget, categories, geo, geo_fit, engagement, conversion, objectives] = leaves;
        [
            budget,
            blend_known(self.audience_blend, categories, geo),
            geo_fit,
            blend_known(self.engagement_blend, engagement, conversion),
            objectives,
        ]
    }

    /// Returns `w/K` for what is known and 0 for the rest; `None` when nothing with a weight is known.
    fn renormalized(&self, values: [Option<f64>; 5]) -> Option<[f64; 5]> {
        let known = Factor::ALL.map(|factor| values[factor as usize].is_some());
        let total =
            sum(self.weights.into_iter().zip(known).filter(|(_, known)| *known).map(|(weight, _)| weight));
        if total == 0.0 {
            return None;
        }
        let mut weights = self.weights;
        for (weight, known) in weights.iter_mut().zip(known) {
            *weight = if known { *weight / total } else { 0.0 };
        }
        Some(weights)
    }
}

impl Weights {
    /// Returns the score of five factors that all have a value, in formula order, each 0..=1.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::Weights;
    /// assert_eq!(Weights::default().score([1.0, 0.5, 0.0, 1.0, 0.5]), 0.625);
    /// ```
    pub fn score(&self, factors: [f64; 5]) -> f64 {
        weighted(<[f64; 5]>::from(*self).map(positive_zero), factors.map(Some))
    }
}

impl AudienceBlend {
    /// Returns `audience_overlap` of its two parts as they entered a score, each 0..=1; where one was
    /// left out, the other.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::AudienceBlend;
    /// let blend = AudienceBlend::default();
    /// assert_eq!(blend.of(Some(0.5), Some(1.0)), Some(0.7));
    /// assert_eq!(blend.of(None, Some(1.0)), Some(1.0));
    /// ```
    pub fn of(&self, categories: Option<f64>, geo: Option<f64>) -> Option<f64> {
        blend_known([self.categories, self.geo].map(positive_zero), categories, geo)
    }
}

/// A weight written as `-0.0` would leave its sign on a contribution.
fn positive_zero(value: f64) -> f64 {
    value + 0.0
}

fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(0.0, |sum, value| sum + value)
}

/// Returns the fold of weight·value over what was not left out, clamped to 0..=1.
fn weighted(weights: [f64; 5], values: [Option<f64>; 5]) -> f64 {
    let terms = weights.into_iter().zip(values).filter_map(|(weight, value)| Some(weight * value?));
    UnitInterval::clamped(sum(terms)).get()
}

/// Returns the blend of two parts, clamped: configured shares may sum to a little over 1.
#[inline]
pub(crate) fn blend(shares: [f64; 2], first: f64, second: f64) -> f64 {
    UnitInterval::clamped(shares[0] * first + shares[1] * second).get()
}

fn blend_known(shares: [f64; 2], first: Option<f64>, second: Option<f64>) -> Option<f64> {
    match (first, second) {
        (Some(first), Some(second)) => Some(blend(shares, first, second)),
        (only, None) | (None, only) => only,
    }
}

/// Returns the share of the leaves' weight that is not unknown.
fn coverage(weights: [f64; 7], unknown: LeafSet) -> f64 {
    let known = Leaf::ALL.into_iter().zip(weights).filter(|(leaf, _)| !unknown.contains(*leaf));
    // Leaving terms out of a fold of non-negative terms cannot raise it, so this is at most 1.
    sum(known.map(|(_, weight)| weight)) / sum(weights)
}

#[inline]
pub(crate) fn unknown_of(leaves: &[LeafValue; 7]) -> LeafSet {
    let bits = leaves
        .iter()
        .enumerate()
        .fold(0, |bits, (leaf, value)| bits | u8::from(value.known().is_none()) << leaf);
    LeafSet::of_bits(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(json: &str) -> Plan {
        Plan::new(&ScoringConfig::from_json(json).unwrap())
    }

    #[test]
    fn coverage_of_everything_is_exactly_one() {
        for json in [
            "{}",
            r#"{"weights": {"budget_fit": 0.1, "audience_overlap": 0.2, "geo_fit": 0.3, "engagement_quality": 0.3, "objectives_similarity": 0.1}}"#,
        ] {
            assert_eq!(plan(json).coverage(LeafSet::default()).to_bits(), 1.0_f64.to_bits());
        }
        assert_eq!(plan("{}").coverage(Leaf::ALL.into_iter().collect()).to_bits(), 0);
    }

    #[test]
    fn only_factors_without_weight_are_known() {
        let plan = plan(
            r#"{"missing": {"policy": "renormalize"}, "weights": {"budget_fit": 0, "objectives_similarity": 0.35}}"#,
        );
        let mut leaves = [LeafValue::Missing; 7];
        leaves[0] = LeafValue::Known(1.0);
        assert!(plan.fold(&leaves).is_err());
        leaves[6] = LeafValue::Known(0.25);
        assert_eq!(plan.fold(&leaves).unwrap().score.to_bits(), 0.25_f64.to_bits());
    }

    #[test]
    fn a_blend_over_one_is_clamped() {
        let plan = plan(r#"{"engagement_blend": {"engagement_score": 0.7000000005}}"#);
        let folded = plan.fold(&[LeafValue::Known(1.0); 7]).unwrap();
        assert_eq!(folded.factors[3], Some(1.0));
    }

    #[test]
    fn negative_zero_weights_leave_no_trace() {
        let plan = plan(r#"{"weights": {"budget_fit": -0.0, "objectives_similarity": 0.35}}"#);
        assert_eq!(plan.weights[0].to_bits(), 0);
    }
}
