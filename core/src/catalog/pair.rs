//! One pair, found by its identifiers and read from the columns.

use super::Catalog;
use super::rows::labels::shared;
use crate::config::{GeoReading, ObjectivesKind};
use crate::error::Error;
use crate::factors::{LeafValue, budget, geography, overlap};
use crate::match_score::{InsufficientData, MatchScore};
use crate::model::{EventId, SponsorId, UnitInterval};

impl Catalog {
    /// Scores one pair of the catalog.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`](crate::ErrorKind::UnknownId), and [`ErrorKind::InsufficientData`](crate::ErrorKind::InsufficientData) when there is no score.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let (sponsor, event) = (SponsorId::from_bytes([1; 16]), EventId::from_bytes([2; 16]));
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .sponsors([SponsorProfile::new(sponsor)])
    ///     .events([Event::new(event)])
    ///     .build()?;
    /// assert_eq!(catalog.score(&sponsor, &event)?.score.get(), 0.425);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn score(&self, sponsor: &SponsorId, event: &EventId) -> Result<MatchScore, Error> {
        let sponsor_slot = self.sponsors.table.require(*sponsor)?;
        let event_slot = self.events.table.require(*event)?;
        let (of_sponsor, of_event) = (self.sponsors.rows[sponsor_slot], self.events.rows[event_slot]);
        let leaves = self.leaves(of_sponsor as usize, of_event as usize);
        let folded = self.scorer.plan().fold(&leaves).map_err(InsufficientData::from)?;
        Ok(MatchScore::new(*sponsor, *event, &folded))
    }

    /// Returns what each leaf of a pair of column rows is worth.
    #[inline]
    fn leaves(&self, sponsor: usize, event: usize) -> [LeafValue; 7] {
        let config = self.scorer.config();
        let (sponsors, events) = (&self.sponsors.columns.common, &self.events.columns.common);
        let (wanted, offered) = (&sponsors.row_bits[sponsor], &events.row_bits[event]);
        let reading = config.overlap_reading;
        let count = || shared(sponsors.categories.of(sponsor), events.categories.of(event));
        let matched = wanted.categories.shared(offered.categories, count);
        let categories = overlap(matched, wanted.categories.len(), offered.categories.len(), reading);
        let count = || shared(sponsors.regions.of(sponsor), events.regions.of(event));
        let matched = wanted.regions.shared(offered.regions, count);
        let geo = overlap(matched, wanted.regions.len(), offered.regions.len(), reading);
        let geo_fit = match config.geo_reading {
            GeoReading::Any => geo,
            GeoReading::AudienceShare => self.share(sponsor, event),
        };
        let (own, price) = (self.sponsors.columns.budget(sponsor), self.events.columns.price(event));
        let half = budget::half_of_price(config.half_budget_cents, config.budget_reading, price);
        let budget = if own.is_nan() { LeafValue::Missing } else { LeafValue::Known(budget::fit(own, half)) };
        let [engagement, conversion] = self.events.columns.rates(event);
        [budget, categories, geo, geo_fit, engagement, conversion, self.similarity(sponsor, event)]
    }

    fn share(&self, sponsor: usize, event: usize) -> LeafValue {
        let (sponsors, events) = (&*self.sponsors.columns, &*self.events.columns);
        let slots = (sponsors.common.slots[sponsor] as usize, events.common.slots[event] as usize);
        let rows = (self.sponsors.table.get(slots.0), self.events.table.get(slots.1));
        match rows {
            (Some(sponsor), Some(event)) => {
                geography::audience_share(&sponsor.regions, event.insights.as_ref())
            }
            _ => LeafValue::Missing,
        }
    }

    fn similarity(&self, sponsor: usize, event: usize) -> LeafValue {
        if self.scorer.config().objectives == ObjectivesKind::None {
            return LeafValue::Missing;
        }
        let (sponsors, events) = (&self.sponsors.columns.common, &self.events.columns.common);
        let slots = (sponsors.slots[sponsor] as usize, events.slots[event] as usize);
        let similarity = match (self.sponsors.table.get(slots.0), self.events.table.get(slots.1)) {
            (Some(sponsor), Some(row)) => self.scorer.objectives().similarity(sponsor, &row.event),
            _ => None,
        };
        similarity.map(UnitInterval::get).map_or(LeafValue::Missing, LeafValue::Known)
    }
}
