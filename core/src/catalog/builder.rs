//! Rows into a catalog.

use std::collections::HashSet;
use std::sync::Arc;

use super::Catalog;
use super::compiled::side::Side;
use super::rows::columns::Labels;
use super::rows::table::{EventRow, Table};
use crate::error::{Error, ErrorKind};
use crate::model::{AudienceInsights, Event, SponsorProfile};
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
    events: Vec<Arc<EventRow>>,
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
        self.events.extend(events.into_iter().map(|event| Arc::new(EventRow { event, insights: None })));
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
        let mut events = Table::new(self.events)?;
        let ignored_insights = give(&mut events, self.insights)?;
        let mut labels = Labels::default();
        let events = Side::new(events, &self.scorer, &mut labels);
        let sponsors = Side::new(Table::new(self.sponsors)?, &self.scorer, &mut labels);
        Ok(Catalog {
            scorer: self.scorer,
            labels: Arc::new(labels),
            sponsors,
            events,
            ignored_insights,
            sequential: false,
            plain: false,
        })
    }
}

/// Gives each event its insights, and returns how many belong to none of them.
fn give(events: &mut Table<EventRow>, insights: Vec<AudienceInsights>) -> Result<usize, Error> {
    let mut strangers = HashSet::new();
    for row in insights {
        let id = row.event_id;
        let is_first = match events.find(id).and_then(|slot| events.get_mut(slot)) {
            Some(event) => event.insights.replace(row).is_none(),
            None => strangers.insert(id),
        };
        if !is_first {
            let message = format!("insights of event `{id}` are there twice");
            return Err(Error::new(ErrorKind::DuplicateId, message));
        }
    }
    Ok(strangers.len())
}
