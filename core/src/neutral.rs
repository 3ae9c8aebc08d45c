//! The score of one pair where unknown leaves are replaced, straight into what is returned.
//!
//! The folds are those of [`Plan::fold`], on numbers that stay in registers:
//! arrays of options, written in parts and read whole, cost more than the
//! arithmetic between them.

use crate::factors::{Leaf, LeafSet, LeafValue};
use crate::fold::{NoScore, Plan};
use crate::match_score::{AudienceOverlap, MatchScore, OverlapMetrics};
use crate::model::{EventId, SponsorId, UnitInterval};

/// What a leaf enters the score as, and the worst and the best it may turn out to be.
#[derive(Clone, Copy)]
struct Entered([f64; 3]);

impl Plan {
    /// Returns the score of a pair, or why there is none.
    #[allow(clippy::inline_always, reason = "leaves that pass through memory cost as much as their folds")]
    #[inline(always)]
    pub(crate) fn match_score(
        &self,
        ids: (SponsorId, EventId),
        leaves: [LeafValue; 7],
    ) -> Result<MatchScore, NoScore> {
        if self.leaves_out() {
            return Ok(MatchScore::new(ids.0, ids.1, &self.fold(&leaves)?));
        }
        self.match_neutral(ids, leaves)
    }

    #[allow(clippy::inline_always, reason = "leaves that pass through memory cost as much as their folds")]
    #[inline(always)]
    fn match_neutral(
        &self,
        (sponsor_id, event_id): (SponsorId, EventId),
        [budget, categories, geo, geo_fit, engagement, conversion, objectives]: [LeafValue; 7],
    ) -> Result<MatchScore, NoScore> {
        let missing = &self.missing;
        let mut unknown = 0;
        let mut enter = |leaf: Leaf, value: LeafValue, when_missing: UnitInterval| {
            let instead = match value {
                LeafValue::Known(known) => return Entered([known; 3]),
                LeafValue::NoPreference => missing.no_preference,
                LeafValue::EventSilent => missing.event_silent,
                LeafValue::Missing => when_missing,
            };
            unknown |= 1 << leaf as u8;
            Entered([instead.get(), 0.0, 1.0])
        };
        let budget = enter(Leaf::BudgetFit, budget, missing.budget);
        let categories = enter(Leaf::Categories, categories, missing.objectives);
        let geo = enter(Leaf::Geo, geo, missing.objectives);
        let geo_fit = enter(Leaf::GeoFit, geo_fit, missing.objectives);
        let engagement = enter(Leaf::EngagementScore, engagement, missing.engagement_score);
        let conversion = enter(Leaf::TicketConversionRate, conversion, missing.ticket_conversion_rate);
        let objectives = enter(Leaf::ObjectivesSimilarity, objectives, missing.objectives);
        let unknown = LeafSet::of_bits(unknown);
        let coverage = self.coverage(unknown);
        self.require_coverage(unknown)?;

        let shared = self.all_known();
        let quality = |at: usize| self.quality(engagement.0[at], conversion.0[at]);
        let start = |at: usize| {
            shared.start(budget.0[at], shared.audience(categories.0[at], geo.0[at]), geo_fit.0[at])
        };
        let (begun, engaged) = (start(0), quality(0));
        let score = shared.finish(begun, engaged, objectives.0[0]);
        let (lower, upper) = if unknown.bits() == 1 << Leaf::ObjectivesSimilarity as u8 {
            // The usual case: everything before the last term is known, so the folds begin alike.
            (shared.finish(begun, engaged, 0.0), shared.finish(begun, engaged, 1.0))
        } else if unknown.is_empty() {
            (score, score)
        } else {
            let fold = |at: usize| shared.finish(start(at), quality(at), objectives.0[at]);
            (fold(1), fold(2))
        };
        let value = |number: f64| Some(UnitInterval::clamped(number));
        Ok(MatchScore {
            event_id,
            sponsor_id,
            score: UnitInterval::clamped(score),
            overlap_metrics: OverlapMetrics {
                budget_fit: value(budget.0[0]),
                audience_overlap: AudienceOverlap {
                    categories: value(categories.0[0]),
                    geo: value(geo.0[0]),
                },
                geo_fit: value(geo_fit.0[0]),
                engagement_quality: value(engaged),
                objectives_similarity: value(objectives.0[0]),
            },
            coverage: UnitInterval::clamped(coverage),
            lower: UnitInterval::clamped(lower.min(score)),
            upper: UnitInterval::clamped(upper.max(score)),
            unknown,
        })
    }
}
