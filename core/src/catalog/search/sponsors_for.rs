//! Sponsors as the rows, for an event as the anchor.

use super::query::{EventAndInsights, Query, Source};
use super::similarity::Similarity;
use crate::catalog::compiled::bounds::Bounds;
use crate::catalog::compiled::side::Side;
use crate::catalog::compiled::view::{Class, View};
use crate::catalog::rows::columns::{Labels, RowColumns, SponsorColumns};
use crate::config::{BudgetReading, GeoReading};
use crate::factors::{Leaf, LeafValue, budget, engagement, geography, overlap};
use crate::model::{EventId, SponsorId, SponsorProfile};
use crate::score::Scorer;

/// Sponsors, ranked for an event.
pub(crate) struct SponsorsFor<'a> {
    event: EventAndInsights<'a>,
    /// How many regions the event has or reaches.
    regions: usize,
    half_budget: f64,
    /// Visitors by the number of their region, and all of them.
    visitors: Vec<(u32, u128)>,
    total_visitors: u128,
    scorer: &'a Scorer,
    sponsors: &'a Side<SponsorColumns>,
}

impl<'a> SponsorsFor<'a> {
    pub(crate) fn query(
        event: EventAndInsights<'a>,
        scorer: &'a Scorer,
        labels: &Labels,
        sponsors: &'a Side<SponsorColumns>,
    ) -> Query<'a, Self> {
        let (own, insights) = event;
        let mut regions = own.regions.clone();
        let mut visitors = Vec::new();
        let mut total_visitors = 0;
        if let Some(insights) = insights {
            regions = regions.iter().chain(insights.geo_distribution.reached()).cloned().collect();
            total_visitors = insights.geo_distribution.total();
            for (region, count) in insights.geo_distribution.iter() {
                visitors.extend(labels.regions.number(region).map(|number| (number, count)));
            }
            visitors.sort_unstable();
        }
        let numbers = [labels.categories.known(&own.categories), labels.regions.known(&regions)];
        let config = scorer.config();
        let source = Self {
            event,
            regions: regions.len(),
            half_budget: budget::half_budget(config.half_budget_cents, config.budget_reading, own),
            visitors,
            total_visitors,
            scorer,
            sponsors,
        };
        let embeddings = &sponsors.columns.common.embeddings;
        let similarity = Similarity::of(scorer, own.objectives_embedding.as_ref(), embeddings);
        Query::new(source, scorer, labels, numbers, false, similarity)
    }

    fn visitors_from(&self, region: u32) -> u128 {
        let at = self.visitors.binary_search_by_key(&region, |(region, _)| *region);
        at.map_or(0, |at| self.visitors[at].1)
    }
}

impl Source for SponsorsFor<'_> {
    const OWN_IS_ENGAGEMENT: bool = false;

    fn columns(&self) -> &RowColumns {
        &self.sponsors.columns.common
    }

    fn view(&self) -> &View {
        &self.sponsors.view
    }

    fn leaves(&self, class: Class) -> [LeafValue; 7] {
        let geo = self.regions(class, 0);
        let geo_fit = match self.scorer.config().geo_reading {
            GeoReading::Any => geo,
            GeoReading::AudienceShare if class.regions == 0 => LeafValue::NoPreference,
            GeoReading::AudienceShare if self.total_visitors == 0 => LeafValue::EventSilent,
            GeoReading::AudienceShare => LeafValue::Known(0.0),
        };
        let (engagement, conversion) = engagement::engagement(self.event.1);
        let lacks_budget = class.lacks(Leaf::BudgetFit);
        [
            if lacks_budget { LeafValue::Missing } else { LeafValue::Known(0.0) },
            self.categories(class, 0),
            geo,
            geo_fit,
            engagement,
            conversion,
            LeafValue::Missing,
        ]
    }

    fn categories(&self, class: Class, matched: usize) -> LeafValue {
        let reading = self.scorer.config().overlap_reading;
        overlap(matched, class.categories.into(), self.event.0.categories.len(), reading)
    }

    fn regions(&self, class: Class, matched: usize) -> LeafValue {
        overlap(matched, class.regions.into(), self.regions, self.scorer.config().overlap_reading)
    }

    fn budget_varies(&self) -> bool {
        true
    }

    fn budget(&self, _row: usize, own: f64) -> f64 {
        match self.scorer.config().budget_reading {
            BudgetReading::Fixed => own,
            BudgetReading::Price => budget::fit(own, self.half_budget),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "exact sums are rounded once: definition, §2.2")]
    fn share(&self, row: usize) -> f64 {
        let regions = self.sponsors.columns.common.regions.of(row).iter();
        let reached: u128 = regions.map(|region| self.visitors_from(*region)).sum();
        geography::share(reached as f64, self.total_visitors as f64)
    }

    fn highest_share(&self, _position: usize) -> f64 {
        1.0
    }

    fn rates(&self, _row: usize) -> Option<[LeafValue; 2]> {
        None
    }

    fn bounds(&self) -> &Bounds {
        &self.sponsors.bounds
    }

    fn highest_budget(&self, block: usize) -> f64 {
        let highest = self.sponsors.bounds.highest[block];
        match self.scorer.config().budget_reading {
            BudgetReading::Fixed => highest,
            // Where B + H is rounded a larger budget may fit worse by the last bit.
            BudgetReading::Price => (budget::fit(highest, self.half_budget) * (1.0 + 1e-12)).min(1.0),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "the same rounding as the share itself")]
    fn bound_shares(&self, _block: usize, regions: &[u32], [highest, _]: [&mut Vec<f64>; 2]) {
        let mut visitors: Vec<u128> = regions.iter().map(|region| self.visitors_from(*region)).collect();
        visitors.sort_unstable_by(|a, b| b.cmp(a));
        highest.push(0.0);
        let mut reached = 0;
        for count in visitors {
            reached += count;
            highest.push(geography::share(reached as f64, self.total_visitors as f64));
        }
    }

    fn ids(&self, row: usize) -> (SponsorId, EventId) {
        (SponsorId::from_bytes(self.columns().ids[row].to_be_bytes()), self.event.0.event_id)
    }

    fn pair(&self, row: usize) -> Option<(&SponsorProfile, EventAndInsights<'_>)> {
        let row = self.sponsors.table.get(self.sponsors.columns.common.slots[row] as usize)?;
        Some((row, self.event))
    }
}
