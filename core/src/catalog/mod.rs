//! Many pairs at once: exact rankings over all rows of a catalog.
//!
//! A ranking is what sorting the scores of all pairs would give, bit for bit.
#![allow(clippy::indexing_slicing, reason = "rows, slots and label numbers are made here and never leave")]

mod bounds;
mod builder;
mod columns;
mod each;
mod events_for;
mod filter;
mod intern;
mod layout;
mod memory;
mod query;
mod ranking;
mod save;
mod scan;
mod segment;
mod side;
mod sliced;
mod sponsors_for;
mod table;
mod top_k;
mod update;
mod view;

use std::sync::Arc;

pub use builder::CatalogBuilder;
pub use columns::Columns;
pub use filter::Filter;
pub use memory::Memory;
pub use ranking::{Cursor, Ranking};

use crate::config::ScoringConfig;
use crate::error::{Error, ErrorKind};
use crate::match_score::MatchScore;
use crate::model::{AudienceInsights, Event, EventId, SponsorId, SponsorProfile};
use crate::score::Scorer;
use events_for::EventsFor;
use filter::{Pass, finder};
use layout::Layout;
use query::{EventRef, Query, Source};
use scan::{Found, scan};
use segment::{EventColumns, Labels, SponsorColumns};
use side::Side;
use sponsors_for::SponsorsFor;
use table::EventRow;

/// Rows that a plain scan reads faster than the engine gets ready.
const FEW_ROWS: usize = 64;

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
/// let best = catalog.top_events(&sponsor.sponsor_id, 1)?;
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

    /// Scores one pair of the catalog.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`], and [`ErrorKind::InsufficientData`] when there is no score.
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
        let sponsor = self.sponsor_row(*sponsor)?;
        let event = self.event_row(*event)?;
        Ok(self.scorer.score(sponsor, &event.event, event.insights.as_ref())?)
    }

    /// Returns the `k` best events of a sponsor.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] when the catalog has no such sponsor.
    ///
    /// # Examples
    /// See [`Catalog`].
    pub fn top_events(&self, sponsor: &SponsorId, k: usize) -> Result<Ranking, Error> {
        self.top_events_where(sponsor, k, &Filter::new())
    }

    /// Returns the `k` best events of a sponsor that pass a filter.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] when the catalog has no such sponsor.
    ///
    /// # Examples
    /// See [`Cursor`].
    pub fn top_events_where(
        &self,
        sponsor: &SponsorId,
        k: usize,
        filter: &Filter<'_>,
    ) -> Result<Ranking, Error> {
        Ok(self.preview_events(self.sponsor_row(*sponsor)?, k, filter))
    }

    /// Returns the `k` best sponsors of an event.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] when the catalog has no such event.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let event = EventId::from_bytes([2; 16]);
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .sponsors([SponsorProfile::new(SponsorId::from_bytes([1; 16]))])
    ///     .events([Event::new(event)])
    ///     .build()?;
    /// assert_eq!(catalog.top_sponsors(&event, 5)?.len(), 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn top_sponsors(&self, event: &EventId, k: usize) -> Result<Ranking, Error> {
        self.top_sponsors_where(event, k, &Filter::new())
    }

    /// Returns the `k` best sponsors of an event that pass a filter.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] when the catalog has no such event.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Filter, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let event = EventId::from_bytes([2; 16]);
    /// let sponsor = SponsorId::from_bytes([1; 16]);
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .sponsors([SponsorProfile::new(sponsor)])
    ///     .events([Event::new(event)])
    ///     .build()?;
    /// assert!(catalog.top_sponsors_where(&event, 5, &Filter::new().without_sponsors([sponsor]))?.is_empty());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn top_sponsors_where(
        &self,
        event: &EventId,
        k: usize,
        filter: &Filter<'_>,
    ) -> Result<Ranking, Error> {
        let row = self.event_row(*event)?;
        Ok(self.preview_sponsors(&row.event, row.insights.as_ref(), k, filter))
    }

    /// Returns the `k` best events of a sponsor that need not be in the catalog.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Filter, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .events([Event::new(EventId::from_bytes([2; 16]))])
    ///     .build()?;
    /// let draft = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// assert_eq!(catalog.preview_events(&draft, 5, &Filter::new()).len(), 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn preview_events(&self, sponsor: &SponsorProfile, k: usize, filter: &Filter<'_>) -> Ranking {
        let pass = self.event_pass(filter);
        self.events_of(sponsor, k, filter, &pass)
    }

    /// Returns the `k` best sponsors of an event that need not be in the catalog.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Filter, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .sponsors([SponsorProfile::new(SponsorId::from_bytes([1; 16]))])
    ///     .build()?;
    /// let draft = Event::new(EventId::from_bytes([2; 16]));
    /// assert_eq!(catalog.preview_sponsors(&draft, None, 5, &Filter::new()).len(), 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn preview_sponsors(
        &self,
        event: &Event,
        insights: Option<&AudienceInsights>,
        k: usize,
        filter: &Filter<'_>,
    ) -> Ranking {
        let pass = self.sponsor_pass(filter);
        self.sponsors_of((event, insights), k, filter, &pass)
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

    fn event_pass(&self, filter: &Filter<'_>) -> Pass<'_> {
        let find = finder(&self.events.table, &self.events.rows);
        filter.events(&self.events.segment, &self.labels.categories, find)
    }

    fn sponsor_pass(&self, filter: &Filter<'_>) -> Pass<'_> {
        filter.sponsors(&self.sponsors.segment.common, finder(&self.sponsors.table, &self.sponsors.rows))
    }

    fn events_of(&self, sponsor: &SponsorProfile, k: usize, filter: &Filter<'_>, pass: &Pass<'_>) -> Ranking {
        if !filter.accepts_sponsor(sponsor.sponsor_id) {
            return Ranking::default();
        }
        let mut query = EventsFor::query(sponsor, &self.scorer, &self.labels, &self.events);
        search(&mut query, self.events.laid_out(), k, filter, pass)
    }

    fn sponsors_of(&self, event: EventRef<'_>, k: usize, filter: &Filter<'_>, pass: &Pass<'_>) -> Ranking {
        if !filter.accepts_event(event.0) {
            return Ranking::default();
        }
        let mut query = SponsorsFor::query(event, &self.scorer, &self.labels, &self.sponsors);
        search(&mut query, self.sponsors.laid_out(), k, filter, pass)
    }
}

/// Ranks all rows of a side for one anchor.
fn search<S: Source>(
    query: &mut Query<'_, S>,
    (layout, laid_out): (&Layout, usize),
    k: usize,
    filter: &Filter<'_>,
    pass: &Pass<'_>,
) -> Ranking {
    let mut found = Found { top: filter.top(k), insufficient: 0, pass, eligible: filter.eligible };
    // A filter that names its rows leaves nothing to find.
    let scanned_from = if pass.only.is_none() && laid_out >= FEW_ROWS && sliced::can_rank(query) {
        sliced::search(query, layout, &mut found);
        laid_out
    } else {
        0
    };
    scan(query, scanned_from..query.source.columns().len(), &mut found);
    let insufficient = found.insufficient;
    let matches =
        found.top.into_sorted().into_iter().filter_map(|entry| query.match_score(entry.row as usize));
    Ranking { matches: matches.collect(), insufficient }
}

/// A table that finds an identifier has its row: this is never seen.
fn lost(noun: &str) -> Error {
    Error::new(ErrorKind::UnknownId, format!("the {noun} is not in the catalog"))
}
