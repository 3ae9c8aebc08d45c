//! Many pairs at once: exact rankings over all rows of a catalog.
//!
//! A ranking is what sorting the scores of all pairs would give, bit for bit. `README.md` beside this
//! file shows how one is found.
#![allow(clippy::indexing_slicing, reason = "rows, slots and label numbers are made here and never leave")]

mod best;
mod builder;
mod compiled;
mod each;
mod memory;
mod pair;
mod rows;
mod save;
mod score_all;
mod search;
mod update;

use std::sync::Arc;

pub use best::{Best, EventRef, SponsorRef};
pub use builder::CatalogBuilder;
pub use memory::Memory;
pub use score_all::Columns;
pub use search::filter::Filter;
pub use search::ranking::{Cursor, Ranking};

use crate::config::ScoringConfig;
use crate::error::{Error, ErrorKind};
use crate::model::{AudienceInsights, Event, EventId, SponsorId, SponsorProfile};
use crate::score::Scorer;
use compiled::side::Side;
use rows::columns::{EventColumns, Labels, SponsorColumns};
use rows::table::EventRow;

/// Sponsors and events, ready for ranking each side against the other.
///
/// Rankings are exact: the pairs and the bits of their scores are those that
/// [`Scorer::score`] gives, in the order of [`Ranking`].
///
/// # Examples
/// ```
/// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// sponsor.preferred_categories = ["music"].into_iter().collect();
/// let mut concert = Event::new(EventId::from_bytes([2; 16]));
/// concert.categories = ["Music"].into_iter().collect();
/// let fair = Event::new(EventId::from_bytes([3; 16]));
///
/// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
///     .sponsors([sponsor.clone()])
///     .events([fair, concert.clone()])
///     .build()?;
/// let best = catalog.events_for(&sponsor.sponsor_id).top(1)?;
/// assert_eq!(best[0].event_id, concert.event_id);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Catalog {
    scorer: Scorer,
    labels: Arc<Labels>,
    sponsors: Side<SponsorColumns>,
    events: Side<EventColumns>,
    ignored_insights: usize,
    sequential: bool,
    plain: bool,
}

impl Catalog {
    /// Starts a catalog whose pairs this scorer scores.
    ///
    /// # Examples
    /// See [`Catalog`].
    pub fn builder(scorer: Scorer) -> CatalogBuilder {
        CatalogBuilder::new(scorer)
    }

    /// Returns the scorer.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// assert_eq!(catalog.scorer().config(), &ScoringConfig::default());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// Returns how many sponsors there are.
    ///
    /// # Examples
    /// See [`CatalogBuilder`].
    pub fn sponsor_count(&self) -> usize {
        self.sponsors.table.len()
    }

    /// Returns how many events there are.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// assert_eq!(catalog.event_count(), 0);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn event_count(&self) -> usize {
        self.events.table.len()
    }

    /// Returns how many insights were left out when the catalog was built, for want of their events.
    ///
    /// # Examples
    /// See [`CatalogBuilder::insights`].
    pub fn ignored_insights(&self) -> usize {
        self.ignored_insights
    }

    /// Returns a sponsor.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Scorer, ScoringConfig, SponsorId};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// assert!(catalog.sponsor(&SponsorId::from_bytes([1; 16])).is_none());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn sponsor(&self, id: &SponsorId) -> Option<&SponsorProfile> {
        self.sponsors.table.get(self.sponsors.table.find(*id)?).map(Arc::as_ref)
    }

    /// Returns an event and its insights.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, EventId, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// assert!(catalog.event(&EventId::from_bytes([1; 16])).is_none());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn event(&self, id: &EventId) -> Option<(&Event, Option<&AudienceInsights>)> {
        self.events.table.get(self.events.table.find(*id)?).map(|row| (&row.event, row.insights.as_ref()))
    }

    /// Returns the sponsors in the order in which they were read.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// assert_eq!(catalog.sponsors().count(), 0);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn sponsors(&self) -> impl Iterator<Item = &SponsorProfile> {
        self.sponsors.table.iter().map(|(_, row)| row.as_ref())
    }

    /// Returns the events and their insights in the order in which they were read.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// assert_eq!(catalog.events().count(), 0);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn events(&self) -> impl Iterator<Item = (&Event, Option<&AudienceInsights>)> {
        self.events.table.iter().map(|(_, row)| (&row.event, row.insights.as_ref()))
    }

    /// Returns the catalog under another configuration; rows are shared, not copied.
    ///
    /// An implementation of objectives stays where their kind does.
    ///
    /// # Errors
    /// Those of [`Scorer::new`].
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, OverlapReading, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// let config = ScoringConfig { overlap_reading: OverlapReading::Reachable, ..ScoringConfig::default() };
    /// assert_eq!(catalog.with_config(config.clone())?.scorer().config(), &config);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn with_config(&self, config: ScoringConfig) -> Result<Self, Error> {
        Ok(self.with_scorer(self.scorer.reconfigured(config)?))
    }

    /// Returns the catalog under another scorer; rows are shared, not copied.
    ///
    /// # Examples
    /// ```
    /// use std::sync::Arc;
    /// use sponsorfit::{Catalog, NoSimilarity, Scorer, ScoringConfig};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// let catalog = Catalog::builder(scorer.clone()).build()?;
    /// let own = catalog.with_scorer(scorer.with_objectives(Arc::new(NoSimilarity)));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    #[must_use]
    pub fn with_scorer(&self, scorer: Scorer) -> Self {
        Self {
            sponsors: self.sponsors.with_scorer(&self.scorer, &scorer),
            events: self.events.with_scorer(&self.scorer, &scorer),
            scorer,
            ..self.clone()
        }
    }

    fn sponsor_row(&self, id: SponsorId) -> Result<&SponsorProfile, Error> {
        let slot = self.sponsors.table.require(id)?;
        self.sponsors.table.get(slot).map(Arc::as_ref).ok_or_else(|| lost("sponsor"))
    }

    fn event_row(&self, id: EventId) -> Result<&EventRow, Error> {
        let slot = self.events.table.require(id)?;
        self.events.table.get(slot).map(Arc::as_ref).ok_or_else(|| lost("event"))
    }
}

/// A table that finds an identifier has its row: this is never seen.
fn lost(noun: &str) -> Error {
    Error::new(ErrorKind::UnknownId, format!("the {noun} is not in the catalog"))
}
