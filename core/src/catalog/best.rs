//! The best of one anchor, by whichever engine suits the rows.

use super::Catalog;
use super::compiled::bounds::Bounded;
use super::compiled::layout::Layout;
use super::compiled::side::Side;
use super::search::events_for::EventsFor;
use super::search::filter::{Filter, Pass, finder};
use super::search::query::{EventAndInsights, Query, Source};
use super::search::ranking::Ranking;
use super::search::scan::{Collector, scan};
use super::search::sliced;
use super::search::sponsors_for::SponsorsFor;
use crate::error::Error;
use crate::model::{AudienceInsights, Event, EventId, SponsorId, SponsorProfile, UnitInterval};

/// Rows that a plain scan reads faster than the engine gets ready.
const FEW_ROWS: usize = 64;

/// The sponsor for whom events are ranked: one of the catalog, or one that need not be in it.
///
/// # Examples
/// ```
/// use sponsorfit::{SponsorId, SponsorProfile, SponsorRef};
///
/// let id = SponsorId::from_bytes([1; 16]);
/// assert!(matches!(SponsorRef::from(&id), SponsorRef::Id(_)));
/// assert!(matches!(SponsorRef::from(&SponsorProfile::new(id)), SponsorRef::Row(_)));
/// ```
#[derive(Clone, Copy, Debug)]
pub enum SponsorRef<'a> {
    /// The sponsor of the catalog that has this identifier.
    Id(SponsorId),
    /// This sponsor.
    Row(&'a SponsorProfile),
}

impl From<&SponsorId> for SponsorRef<'_> {
    fn from(id: &SponsorId) -> Self {
        Self::Id(*id)
    }
}

impl<'a> From<&'a SponsorProfile> for SponsorRef<'a> {
    fn from(sponsor: &'a SponsorProfile) -> Self {
        Self::Row(sponsor)
    }
}

/// The event for which sponsors are ranked: one of the catalog, or one that need not be in it.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, EventRef};
///
/// let id = EventId::from_bytes([1; 16]);
/// assert!(matches!(EventRef::from(&id), EventRef::Id(_)));
/// assert!(matches!(EventRef::from(&Event::new(id)), EventRef::Row(_, None)));
/// ```
#[derive(Clone, Copy, Debug)]
pub enum EventRef<'a> {
    /// The event of the catalog that has this identifier, with its insights.
    Id(EventId),
    /// This event, with these insights.
    Row(&'a Event, Option<&'a AudienceInsights>),
}

impl From<&EventId> for EventRef<'_> {
    fn from(id: &EventId) -> Self {
        Self::Id(*id)
    }
}

impl<'a> From<&'a Event> for EventRef<'a> {
    fn from(event: &'a Event) -> Self {
        Self::Row(event, None)
    }
}

impl<'a> From<(&'a Event, Option<&'a AudienceInsights>)> for EventRef<'a> {
    fn from((event, insights): (&'a Event, Option<&'a AudienceInsights>)) -> Self {
        Self::Row(event, insights)
    }
}

/// A ranking that is asked for: of whom, of which rows, by which similarities.
///
/// Made by [`Catalog::events_for`] and [`Catalog::sponsors_for`].
///
/// # Examples
/// ```
/// use sponsorfit::{
///     Catalog, Event, EventId, Filter, Scorer, ScoringConfig, SponsorId, SponsorProfile, UnitInterval,
/// };
///
/// let [one, two] = [1, 2].map(|byte| EventId::from_bytes([byte; 16]));
/// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
///     .events([Event::new(one), Event::new(two)])
///     .build()?;
/// let draft = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
///
/// assert_eq!(catalog.events_for(&draft).top(1)?[0].event_id, one);
/// let similarities = [None, Some(UnitInterval::ONE)];
/// assert_eq!(catalog.events_for(&draft).similarities(&similarities).top(1)?[0].event_id, two);
/// let filter = Filter::new().without_events([one]);
/// assert_eq!(catalog.events_for(&draft).filter(&filter).top(5)?.len(), 1);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "nothing is ranked until `top` is called"]
pub struct Best<'a, Anchor> {
    catalog: &'a Catalog,
    anchor: Anchor,
    filter: Option<&'a Filter<'a>>,
    similarities: Option<&'a [Option<UnitInterval>]>,
}

impl<'a, Anchor> Best<'a, Anchor> {
    fn of(catalog: &'a Catalog, anchor: Anchor) -> Self {
        Self { catalog, anchor, filter: None, similarities: None }
    }

    /// Ranks only the pairs that pass a filter.
    ///
    /// # Examples
    /// See [`Best`] and [`Cursor`](crate::Cursor).
    pub fn filter(self, filter: &'a Filter<'a>) -> Self {
        Self { filter: Some(filter), ..self }
    }

    /// Ranks with similarities of objectives that you worked out.
    ///
    /// They stand in the place of what the scorer would compare: one for each row of the other
    /// side, in the order of [`Catalog::events`] or [`Catalog::sponsors`], `None` where it is unknown.
    ///
    /// # Examples
    /// See [`Best`].
    pub fn similarities(self, similarities: &'a [Option<UnitInterval>]) -> Self {
        Self { similarities: Some(similarities), ..self }
    }
}

impl Best<'_, SponsorRef<'_>> {
    /// Returns the `k` best events.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`](crate::ErrorKind::UnknownId) when the catalog has no such sponsor, and
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) when similarities are not one for each event.
    ///
    /// # Examples
    /// See [`Best`].
    pub fn top(self, k: usize) -> Result<Ranking, Error> {
        let Self { catalog, anchor, filter, similarities } = self;
        let (everything, similarities) = (Filter::new(), catalog.events.by_slot(similarities)?);
        let filter = filter.unwrap_or(&everything);
        let sponsor = match anchor {
            SponsorRef::Id(id) => catalog.sponsor_row(id)?,
            SponsorRef::Row(sponsor) => sponsor,
        };
        Ok(catalog.events_of(sponsor, similarities.as_deref(), k, filter, &catalog.event_pass(filter)))
    }
}

impl Best<'_, EventRef<'_>> {
    /// Returns the `k` best sponsors.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`](crate::ErrorKind::UnknownId) when the catalog has no such event, and
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) when similarities are not one for each sponsor.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let error = catalog.sponsors_for(&event).similarities(&[None]).top(5).unwrap_err();
    /// assert_eq!(error.to_string(), "1 similarities are not one for each sponsor: there are 0");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn top(self, k: usize) -> Result<Ranking, Error> {
        let Self { catalog, anchor, filter, similarities } = self;
        let (everything, similarities) = (Filter::new(), catalog.sponsors.by_slot(similarities)?);
        let filter = filter.unwrap_or(&everything);
        let row = match anchor {
            EventRef::Id(id) => catalog.event_row(id).map(|row| (&row.event, row.insights.as_ref()))?,
            EventRef::Row(event, insights) => (event, insights),
        };
        Ok(catalog.sponsors_of(row, similarities.as_deref(), k, filter, &catalog.sponsor_pass(filter)))
    }
}

impl Catalog {
    /// Asks for the best events of a sponsor.
    ///
    /// # Examples
    /// See [`Catalog`] and [`Best`].
    pub fn events_for<'a>(&'a self, sponsor: impl Into<SponsorRef<'a>>) -> Best<'a, SponsorRef<'a>> {
        Best::of(self, sponsor.into())
    }

    /// Asks for the best sponsors of an event.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Filter, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let (event, sponsor) = (EventId::from_bytes([2; 16]), SponsorId::from_bytes([1; 16]));
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .sponsors([SponsorProfile::new(sponsor)])
    ///     .events([Event::new(event)])
    ///     .build()?;
    /// assert_eq!(catalog.sponsors_for(&event).top(5)?.len(), 1);
    /// let filter = Filter::new().without_sponsors([sponsor]);
    /// assert!(catalog.sponsors_for(&event).filter(&filter).top(5)?.is_empty());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn sponsors_for<'a>(&'a self, event: impl Into<EventRef<'a>>) -> Best<'a, EventRef<'a>> {
        Best::of(self, event.into())
    }

    /// Returns the layout, and the row up to which the engine ranks by it.
    fn laid_out<'a, S: Bounded>(&self, side: &'a Side<S>) -> (&'a Layout, usize) {
        (&side.layout, if self.plain { 0 } else { side.built })
    }

    pub(super) fn event_pass(&self, filter: &Filter<'_>) -> Pass<'_> {
        let find = finder(&self.events.table, &self.events.rows);
        filter.events(&self.events.columns, &self.labels.categories, find)
    }

    pub(super) fn sponsor_pass(&self, filter: &Filter<'_>) -> Pass<'_> {
        filter.sponsors(&self.sponsors.columns.common, finder(&self.sponsors.table, &self.sponsors.rows))
    }

    pub(super) fn events_of(
        &self,
        sponsor: &SponsorProfile,
        similarities: Option<&[Option<UnitInterval>]>,
        k: usize,
        filter: &Filter<'_>,
        pass: &Pass<'_>,
    ) -> Ranking {
        if !filter.accepts_sponsor(sponsor.sponsor_id) {
            return Ranking::default();
        }
        let mut query = EventsFor::query(sponsor, &self.scorer, &self.labels, &self.events);
        if let Some(similarities) = similarities {
            query = query.with_similarities(similarities);
        }
        search(&mut query, self.laid_out(&self.events), k, filter, pass)
    }

    pub(super) fn sponsors_of(
        &self,
        event: EventAndInsights<'_>,
        similarities: Option<&[Option<UnitInterval>]>,
        k: usize,
        filter: &Filter<'_>,
        pass: &Pass<'_>,
    ) -> Ranking {
        if !filter.accepts_event(event.0) {
            return Ranking::default();
        }
        let mut query = SponsorsFor::query(event, &self.scorer, &self.labels, &self.sponsors);
        if let Some(similarities) = similarities {
            query = query.with_similarities(similarities);
        }
        search(&mut query, self.laid_out(&self.sponsors), k, filter, pass)
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
    let mut found = Collector { top: filter.top(k), insufficient: 0, pass, filter };
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
