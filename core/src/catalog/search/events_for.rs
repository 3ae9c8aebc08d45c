//! Events as the rows, for a sponsor as the anchor.

use super::query::{EventAndInsights, Query, Source};
use super::similarity::Similarity;
use crate::catalog::compiled::bounds::Bounds;
use crate::catalog::compiled::digest::WantedRegions;
use crate::catalog::compiled::side::Side;
use crate::catalog::compiled::view::{Class, View, WIDEST};
use crate::catalog::rows::columns::{EventColumns, Labels, RowColumns};
use crate::catalog::rows::labels::Bits;
use crate::config::{BudgetReading, GeoReading, OverlapReading};
use crate::factors::{Leaf, LeafValue, budget, geography, overlap};
use crate::model::{EventId, SponsorId, SponsorProfile};
use crate::score::Scorer;

/// Events, ranked for a sponsor.
pub(crate) struct EventsFor<'a> {
    sponsor: &'a SponsorProfile,
    regions: Bits,
    digests: Option<WantedRegions>,
    scorer: &'a Scorer,
    events: &'a Side<EventColumns>,
}

impl<'a> EventsFor<'a> {
    pub(crate) fn query(
        sponsor: &'a SponsorProfile,
        scorer: &'a Scorer,
        labels: &Labels,
        events: &'a Side<EventColumns>,
    ) -> Query<'a, Self> {
        let numbers =
            [labels.categories.known(&sponsor.preferred_categories), labels.regions.known(&sponsor.regions)];
        let regions = Bits::of(&numbers[1], labels.regions.len());
        let widest = sponsor.preferred_categories.len().max(sponsor.regions.len());
        let wide = scorer.config().overlap_reading == OverlapReading::Reachable && widest > WIDEST;
        let embeddings = &events.columns.common.embeddings;
        let similarity = Similarity::of(scorer, sponsor.objectives_embedding.as_ref(), embeddings);
        let digests = (!events.bounds.digests.is_empty()).then(|| WantedRegions::new(&numbers[1]));
        Query::new(
            Self { sponsor, regions, digests, scorer, events },
            scorer,
            labels,
            numbers,
            wide,
            similarity,
        )
    }
}

impl Source for EventsFor<'_> {
    const OWN_IS_ENGAGEMENT: bool = true;

    fn columns(&self) -> &RowColumns {
        &self.events.columns.common
    }

    fn view(&self) -> &View {
        &self.events.view
    }

    fn leaves(&self, class: Class) -> [LeafValue; 7] {
        let rate = |leaf| if class.lacks(leaf) { LeafValue::Missing } else { LeafValue::Known(0.0) };
        let geo = self.regions(class, 0);
        let geo_fit = match self.scorer.config().geo_reading {
            GeoReading::Any => geo,
            GeoReading::AudienceShare if self.sponsor.regions.is_empty() => LeafValue::NoPreference,
            GeoReading::AudienceShare if class.lacks(Leaf::GeoFit) => LeafValue::EventSilent,
            GeoReading::AudienceShare => LeafValue::Known(0.0),
        };
        [
            budget::budget_fit(self.sponsor.annual_budget_cents, self.scorer.config().half_budget_cents),
            self.categories(class, 0),
            geo,
            geo_fit,
            rate(Leaf::EngagementScore),
            rate(Leaf::TicketConversionRate),
            LeafValue::Missing,
        ]
    }

    fn categories(&self, class: Class, matched: usize) -> LeafValue {
        let reading = self.scorer.config().overlap_reading;
        overlap(matched, self.sponsor.preferred_categories.len(), class.categories.into(), reading)
    }

    fn regions(&self, class: Class, matched: usize) -> LeafValue {
        let reading = self.scorer.config().overlap_reading;
        overlap(matched, self.sponsor.regions.len(), class.regions.into(), reading)
    }

    fn budget_varies(&self) -> bool {
        self.scorer.config().budget_reading == BudgetReading::Price
    }

    fn budget(&self, row: usize, _own: f64) -> f64 {
        let price = self.events.columns.price(row);
        let config = self.scorer.config();
        let half = budget::half_of_price(config.half_budget_cents, config.budget_reading, price);
        self.sponsor.annual_budget_cents.map_or(0.0, |budget| budget::fit(budget.as_f64(), half))
    }

    #[allow(clippy::cast_precision_loss, reason = "exact sums are rounded once: definition, §2.2")]
    fn share(&self, row: usize) -> f64 {
        let events = &self.events.columns;
        let regions = events.common.regions.of(row).iter().zip(events.visitors(row));
        let reached: u64 = regions
            .filter(|(region, _)| self.regions.contains(**region as usize))
            .map(|(_, visitors)| visitors)
            .sum();
        geography::share(reached as f64, events.total_visitors[row])
    }

    #[inline]
    fn highest_share(&self, position: usize) -> f64 {
        self.digests.as_ref().map_or(1.0, |digests| digests.highest(self.events.bounds.digests[position]))
    }

    fn rates(&self, row: usize) -> Option<[LeafValue; 2]> {
        Some(self.events.columns.rates(row))
    }

    fn bounds(&self) -> &Bounds {
        &self.events.bounds
    }

    fn highest_budget(&self, block: usize) -> f64 {
        let half = self.scorer.config().half_budget_cents;
        // The lower the price, the better the fit: every step of it is monotone.
        let half = self
            .events
            .bounds
            .prices
            .get(block)
            .map_or(half, |(lowest, unpriced)| if *unpriced { lowest.min(half) } else { *lowest });
        self.sponsor.annual_budget_cents.map_or(0.0, |budget| budget::fit(budget.as_f64(), half))
    }

    fn bound_shares(&self, block: usize, regions: &[u32], [highest, lowest]: [&mut Vec<f64>; 2]) {
        let shares = &self.events.bounds.shares[block];
        let mut own: Vec<[f64; 2]> = regions
            .iter()
            .filter_map(|region| shares.binary_search_by_key(region, |(region, _)| *region).ok())
            .map(|at| shares[at].1)
            .collect();
        // Each share, and the share of a sum, is rounded once or twice: a millionth covers that.
        own.sort_unstable_by(|a, b| b[0].total_cmp(&a[0]));
        let mut sum = 0.0;
        highest.push(0.0);
        highest.extend((0..regions.len()).map(|at| {
            sum += own.get(at).map_or(0.0, |share| share[0]);
            (sum * (1.0 + 1e-6)).min(1.0)
        }));
        own.sort_unstable_by(|a, b| a[1].total_cmp(&b[1]));
        let mut sum = 0.0;
        lowest.push(0.0);
        lowest.extend(own.iter().map(|share| {
            sum += share[1];
            sum * (1.0 - 1e-6)
        }));
    }

    fn ids(&self, row: usize) -> (SponsorId, EventId) {
        (self.sponsor.sponsor_id, EventId::from_bytes(self.columns().ids[row].to_be_bytes()))
    }

    fn pair(&self, row: usize) -> Option<(&SponsorProfile, EventAndInsights<'_>)> {
        let row = self.events.table.get(self.events.columns.common.slots[row] as usize)?;
        Some((self.sponsor, (&row.event, row.insights.as_ref())))
    }
}
