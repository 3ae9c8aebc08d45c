//! Rows into a catalog.

use std::collections::HashMap;
use std::sync::Arc;

use super::Catalog;
use super::segment::Labels;
use super::side::Side;
use super::table::EventRow;
use crate::error::{Error, ErrorKind};
use crate::model::{AudienceInsights, Event, EventId, SponsorProfile};
use crate::score::Scorer;

/// Collects the rows of a [`Catalog`].
///
/// # Examples
/// ```
/// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
///     .sponsors([SponsorProfile::new(SponsorId::from_bytes([1; 16]))])
///     .events([Event::new(EventId::from_bytes([2; 16]))])
///     .build()?;
/// assert_eq!(catalog.sponsor_count(), 1);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct CatalogBuilder {
    scorer: Scorer,
    sponsors: Vec<Arc<SponsorProfile>>,
    events: Vec<EventRow>,
    insights: Vec<AudienceInsights>,
}

impl CatalogBuilder {
    pub(super) fn new(scorer: Scorer) -> Self {
        Self { scorer, sponsors: Vec::new(), events: Vec::new(), insights: Vec::new() }
    }

    /// Adds sponsors.
    ///
    /// # Examples
    /// See [`CatalogBuilder`].
    #[must_use]
    pub fn sponsors(mut self, sponsors: impl IntoIterator<Item = SponsorProfile>) -> Self {
        self.sponsors.extend(sponsors.into_iter().map(Arc::new));
        self
    }

    /// Adds events.
    ///
    /// # Examples
    /// See [`CatalogBuilder`].
    #[must_use]
    pub fn events(mut self, events: impl IntoIterator<Item = Event>) -> Self {
        self.events.extend(events.into_iter().map(|event| EventRow { event, insights: None }));
        self
    }

    /// Adds insights. Those of events that the catalog does not have are counted and ignored.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{AudienceInsights, Catalog, EventId, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .insights([AudienceInsights::new(EventId::from_bytes([2; 16]))])
    ///     .build()?;
    /// assert_eq!(catalog.ignored_insights(), 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    #[must_use]
    pub fn insights(mut self, insights: impl IntoIterator<Item = AudienceInsights>) -> Self {
        self.insights.extend(insights);
        self
    }

    /// Builds the catalog.
    ///
    /// # Errors
    /// [`ErrorKind::DuplicateId`] when two sponsors, two events or the insights
    /// of two rows have the same identifier.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig};
    ///
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let refusal = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .events([event.clone(), event])
    ///     .build()
    ///     .unwrap_err();
    /// assert_eq!(refusal.code(), "duplicate_id");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn build(self) -> Result<Catalog, Error> {
        let mut insights = HashMap::with_capacity(self.insights.len());
        for row in self.insights {
            let id = row.event_id;
            if insights.insert(id, row).is_some() {
                let message = format!("insights of event `{id}` are there twice");
                return Err(Error::new(ErrorKind::DuplicateId, message));
            }
        }
        let mut take = |id: EventId| insights.remove(&id);
        let events = self.events.into_iter().map(|row| {
            let insights = take(row.event.event_id);
            Arc::new(EventRow { insights, ..row })
        });
        let events: Vec<Arc<EventRow>> = events.collect();
        let mut labels = Labels::default();
        let events = Side::new(events, &self.scorer, &mut labels)?;
        let sponsors = Side::new(self.sponsors, &self.scorer, &mut labels)?;
        Ok(Catalog {
            scorer: self.scorer,
            labels: Arc::new(labels),
            sponsors,
            events,
            ignored_insights: insights.len(),
            sequential: false,
            plain: false,
        })
    }
}
