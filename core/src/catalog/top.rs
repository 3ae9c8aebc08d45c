//! The best of one anchor, by whichever engine suits the rows.

use super::Catalog;
use super::bounds::Bounded;
use super::events_for::EventsFor;
use super::filter::{Filter, Pass, finder};
use super::layout::Layout;
use super::query::{EventRef, Query, Source};
use super::ranking::Ranking;
use super::scan::{Found, scan};
use super::side::Side;
use super::sliced;
use super::sponsors_for::SponsorsFor;
use crate::error::Error;
use crate::model::{AudienceInsights, Event, EventId, SponsorId, SponsorProfile, UnitInterval};

/// Rows that a plain scan reads faster than the engine gets ready.
const FEW_ROWS: usize = 64;

impl Catalog {
    /// Returns the `k` best events of a sponsor.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`](crate::ErrorKind::UnknownId) when the catalog has no such sponsor.
    ///
    /// # Examples
    /// See [`Catalog`].
    pub fn top_events(&self, sponsor: &SponsorId, k: usize) -> Result<Ranking, Error> {
        self.top_events_where(sponsor, k, &Filter::new())
    }

    /// Returns the `k` best events of a sponsor that pass a filter.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`](crate::ErrorKind::UnknownId) when the catalog has no such sponsor.
    ///
    /// # Examples
    /// See [`Cursor`](crate::Cursor).
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
    /// [`ErrorKind::UnknownId`](crate::ErrorKind::UnknownId) when the catalog has no such event.
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
    /// [`ErrorKind::UnknownId`](crate::ErrorKind::UnknownId) when the catalog has no such event.
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

    /// Returns the `k` best events of a sponsor, with similarities of objectives that you worked out.
    ///
    /// They stand in the place of what the scorer would compare: one for each
    /// event, in the order of [`Catalog::events`], `None` where it is unknown.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) when there is not one similarity for each event.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{
    ///     Catalog, Event, EventId, Filter, Scorer, ScoringConfig, SponsorId, SponsorProfile, UnitInterval,
    /// };
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .events((1..=2).map(|byte| Event::new(EventId::from_bytes([byte; 16]))))
    ///     .build()?;
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let similarities = [None, Some(UnitInterval::ONE)];
    /// let best = catalog.top_events_by(&sponsor, &similarities, 1, &Filter::new())?;
    /// assert_eq!(best[0].event_id, EventId::from_bytes([2; 16]));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn top_events_by(
        &self,
        sponsor: &SponsorProfile,
        similarities: &[Option<UnitInterval>],
        k: usize,
        filter: &Filter<'_>,
    ) -> Result<Ranking, Error> {
        let similarities = self.events.by_slot(similarities)?;
        if !filter.accepts_sponsor(sponsor.sponsor_id) {
            return Ok(Ranking::default());
        }
        let query = EventsFor::query(sponsor, &self.scorer, &self.labels, &self.events);
        let pass = self.event_pass(filter);
        Ok(search(&mut query.with_similarities(&similarities), self.laid_out(&self.events), k, filter, &pass))
    }

    /// Returns the `k` best sponsors of an event, with similarities of objectives that you worked out.
    ///
    /// As [`Catalog::top_events_by`]: one for each sponsor, in the order of [`Catalog::sponsors`].
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) when there is not one similarity for each sponsor.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Filter, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let error = catalog.top_sponsors_by((&event, None), &[None], 5, &Filter::new()).unwrap_err();
    /// assert_eq!(error.to_string(), "1 similarities are not one for each sponsor: there are 0");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn top_sponsors_by(
        &self,
        event: (&Event, Option<&AudienceInsights>),
        similarities: &[Option<UnitInterval>],
        k: usize,
        filter: &Filter<'_>,
    ) -> Result<Ranking, Error> {
        let similarities = self.sponsors.by_slot(similarities)?;
        if !filter.accepts_event(event.0) {
            return Ok(Ranking::default());
        }
        let query = SponsorsFor::query(event, &self.scorer, &self.labels, &self.sponsors);
        let pass = self.sponsor_pass(filter);
        Ok(search(
            &mut query.with_similarities(&similarities),
            self.laid_out(&self.sponsors),
            k,
            filter,
            &pass,
        ))
    }

    /// Returns the layout, and the row up to which the engine ranks by it.
    fn laid_out<'a, S: Bounded>(&self, side: &'a Side<S>) -> (&'a Layout, usize) {
        (&side.layout, if self.plain { 0 } else { side.built })
    }

    pub(super) fn event_pass(&self, filter: &Filter<'_>) -> Pass<'_> {
        let find = finder(&self.events.table, &self.events.rows);
        filter.events(&self.events.segment, &self.labels.categories, find)
    }

    pub(super) fn sponsor_pass(&self, filter: &Filter<'_>) -> Pass<'_> {
        filter.sponsors(&self.sponsors.segment.common, finder(&self.sponsors.table, &self.sponsors.rows))
    }

    pub(super) fn events_of(
        &self,
        sponsor: &SponsorProfile,
        k: usize,
        filter: &Filter<'_>,
        pass: &Pass<'_>,
    ) -> Ranking {
        if !filter.accepts_sponsor(sponsor.sponsor_id) {
            return Ranking::default();
        }
        let mut query = EventsFor::query(sponsor, &self.scorer, &self.labels, &self.events);
        search(&mut query, self.laid_out(&self.events), k, filter, pass)
    }

    pub(super) fn sponsors_of(
        &self,
        event: EventRef<'_>,
        k: usize,
        filter: &Filter<'_>,
        pass: &Pass<'_>,
    ) -> Ranking {
        if !filter.accepts_event(event.0) {
            return Ranking::default();
        }
        let mut query = SponsorsFor::query(event, &self.scorer, &self.labels, &self.sponsors);
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
    let mut found = Found { top: filter.top(k), insufficient: 0, pass, filter };
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
