//! Changes to a catalog that stands.

use std::sync::Arc;

use super::Catalog;
use super::rows::table::EventRow;
use crate::error::Error;
use crate::model::{AudienceInsights, Event, EventId, SponsorId, SponsorProfile};

/// A side is built anew when its changes are more than this, and more than an eighth of its rows.
const MERGE_ABOVE: usize = 1024;

impl Catalog {
    /// Adds an event, or replaces the one with its identifier together with its insights.
    ///
    /// A replaced event keeps its place in the order of reading. New rows are
    /// scanned plainly until there are enough of them to be worth a
    /// [`merge`](Self::merge), which then happens here. Insights of another
    /// event are counted among [`ignored_insights`](Self::ignored_insights).
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) when there are
    /// more rows than a catalog holds.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig};
    ///
    /// let mut catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// catalog.upsert_event(Event::new(EventId::from_bytes([2; 16])), None)?;
    /// assert_eq!(catalog.event_count(), 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn upsert_event(
        &mut self,
        event: Event,
        insights: impl Into<Option<AudienceInsights>>,
    ) -> Result<(), Error> {
        let given = insights.into();
        let is_given = given.is_some();
        let insights = given.filter(|insights| insights.event_id == event.event_id);
        self.ignored_insights += usize::from(is_given && insights.is_none());
        let row = Arc::new(EventRow { event, insights });
        self.events.upsert(&row, &self.scorer, Arc::make_mut(&mut self.labels))?;
        self.merge_events_above(MERGE_ABOVE);
        Ok(())
    }

    /// Adds a sponsor, or replaces the one with its identifier.
    ///
    /// # Errors
    /// As [`Catalog::upsert_event`].
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let mut catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// catalog.upsert_sponsor(SponsorProfile::new(SponsorId::from_bytes([1; 16])))?;
    /// assert_eq!(catalog.sponsor_count(), 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn upsert_sponsor(&mut self, sponsor: SponsorProfile) -> Result<(), Error> {
        self.sponsors.upsert(&Arc::new(sponsor), &self.scorer, Arc::make_mut(&mut self.labels))?;
        self.merge_sponsors_above(MERGE_ABOVE);
        Ok(())
    }

    /// Removes an event and returns whether it was there.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, EventId, Scorer, ScoringConfig};
    ///
    /// let mut catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// assert!(!catalog.remove_event(&EventId::from_bytes([2; 16])));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn remove_event(&mut self, id: &EventId) -> bool {
        let removed = self.events.remove(*id);
        self.merge_events_above(MERGE_ABOVE);
        removed
    }

    /// Removes a sponsor and returns whether it was there.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Scorer, ScoringConfig, SponsorId};
    ///
    /// let mut catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// assert!(!catalog.remove_sponsor(&SponsorId::from_bytes([1; 16])));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn remove_sponsor(&mut self, id: &SponsorId) -> bool {
        let removed = self.sponsors.remove(*id);
        self.merge_sponsors_above(MERGE_ABOVE);
        removed
    }

    /// Brings changed rows among the others, so that rankings are as fast as after building.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig};
    ///
    /// let mut catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// catalog.upsert_event(Event::new(EventId::from_bytes([2; 16])), None)?;
    /// catalog.merge();
    /// assert_eq!(catalog.event_count(), 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn merge(&mut self) {
        self.merge_events_above(0);
        self.merge_sponsors_above(0);
    }

    fn merge_events_above(&mut self, changes: usize) {
        if self.events.is_worth_merging(changes) {
            self.events.merge(&self.scorer, Arc::make_mut(&mut self.labels));
        }
    }

    fn merge_sponsors_above(&mut self, changes: usize) {
        if self.sponsors.is_worth_merging(changes) {
            self.sponsors.merge(&self.scorer, Arc::make_mut(&mut self.labels));
        }
    }
}
