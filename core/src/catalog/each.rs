//! Rankings for every anchor, one after the other or on all cores.

use super::Catalog;
use super::rows::table::EventRow;
use super::search::filter::Filter;
use super::search::ranking::Ranking;
use crate::model::{AudienceInsights, Event, SponsorProfile};

/// How many anchors are ranked at most before the caller sees the first: what bounds the memory.
const MOST_ANCHORS: usize = 1024;

/// How many pairs are ranked at most before the caller sees the first: what bounds the time.
const MOST_PAIRS: usize = 1 << 26;

/// Enough anchors to keep many threads busy, however many rows there are.
const FEWEST_ANCHORS: usize = 32;

impl Catalog {
    /// Ranks on the calling thread only, whatever the crate's features are.
    ///
    /// For an implementation of objectives, or a test of eligibility, that may
    /// not be called from other threads.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?.sequential();
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    #[must_use]
    pub fn sequential(mut self) -> Self {
        self.sequential = true;
        self
    }

    /// Ranks by the plain scan only, never by the engine: for checking the engine, and for measuring it.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?.plain();
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    #[must_use]
    pub fn plain(mut self) -> Self {
        self.plain = true;
        self
    }

    /// Hands the `k` best events of every sponsor to `visit`, in the order in which sponsors were read.
    ///
    /// With the feature `parallel` the work is spread over the threads of the
    /// current rayon pool; `visit` is called on the calling thread, and the
    /// lists do not depend on the number of threads. What was visited is not
    /// kept, so the memory does not grow with the number of sponsors.
    ///
    /// # Errors
    /// The first error of `visit`, which ends the work.
    ///
    /// # Examples
    /// ```
    /// use std::convert::Infallible;
    /// use sponsorfit::{Catalog, Event, EventId, Filter, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .sponsors([SponsorProfile::new(SponsorId::from_bytes([1; 16]))])
    ///     .events([Event::new(EventId::from_bytes([2; 16]))])
    ///     .build()?;
    /// let mut lists = 0;
    /// catalog.events_for_each_sponsor(20, &Filter::new(), |_sponsor, ranking| {
    ///     lists += ranking.len();
    ///     Ok::<(), Infallible>(())
    /// }).unwrap();
    /// assert_eq!(lists, 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn events_for_each_sponsor<E>(
        &self,
        k: usize,
        filter: &Filter<'_>,
        mut visit: impl FnMut(&SponsorProfile, Ranking) -> Result<(), E>,
    ) -> Result<(), E> {
        let pass = self.event_pass(filter);
        let sponsors: Vec<&SponsorProfile> = self.sponsors().collect();
        let rows = (sponsors.as_slice(), self.event_count());
        self.for_each(rows, |sponsor| self.events_of(sponsor, None, k, filter, &pass), &mut visit)
    }

    /// Hands the `k` best sponsors of every event to `visit`, in the order in which events were read.
    ///
    /// As [`Catalog::events_for_each_sponsor`], in the other direction.
    ///
    /// # Errors
    /// The first error of `visit`, which ends the work.
    ///
    /// # Examples
    /// ```
    /// use std::convert::Infallible;
    /// use sponsorfit::{Catalog, Event, EventId, Filter, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .sponsors([SponsorProfile::new(SponsorId::from_bytes([1; 16]))])
    ///     .events([Event::new(EventId::from_bytes([2; 16]))])
    ///     .build()?;
    /// catalog.sponsors_for_each_event(20, &Filter::new(), |event, _insights, ranking| {
    ///     assert_eq!(ranking[0].event_id, event.event_id);
    ///     Ok::<(), Infallible>(())
    /// }).unwrap();
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn sponsors_for_each_event<E>(
        &self,
        k: usize,
        filter: &Filter<'_>,
        mut visit: impl FnMut(&Event, Option<&AudienceInsights>, Ranking) -> Result<(), E>,
    ) -> Result<(), E> {
        let pass = self.sponsor_pass(filter);
        let events: Vec<&EventRow> = self.events.table.iter().map(|(_, row)| row.as_ref()).collect();
        self.for_each(
            (&events, self.sponsor_count()),
            |row| self.sponsors_of((&row.event, row.insights.as_ref()), None, k, filter, &pass),
            |row, ranking| visit(&row.event, row.insights.as_ref(), ranking),
        )
    }

    fn for_each<A: Copy + Send + Sync, E>(
        &self,
        (anchors, rows): (&[A], usize),
        rank: impl Fn(A) -> Ranking + Sync,
        mut visit: impl FnMut(A, Ranking) -> Result<(), E>,
    ) -> Result<(), E> {
        let batch = (MOST_PAIRS / rows.max(1)).clamp(FEWEST_ANCHORS, MOST_ANCHORS);
        for batch in anchors.chunks(batch) {
            for (anchor, ranking) in batch.iter().zip(self.rank_batch(batch, &rank)) {
                visit(*anchor, ranking)?;
            }
        }
        Ok(())
    }

    #[cfg(feature = "parallel")]
    fn rank_batch<A: Copy + Send + Sync>(
        &self,
        anchors: &[A],
        rank: &(impl Fn(A) -> Ranking + Sync),
    ) -> Vec<Ranking> {
        use rayon::prelude::*;
        if self.sequential {
            anchors.iter().map(|anchor| rank(*anchor)).collect()
        } else {
            anchors.par_iter().map(|anchor| rank(*anchor)).collect()
        }
    }

    #[cfg(not(feature = "parallel"))]
    #[allow(clippy::unused_self, reason = "the parallel version asks it")]
    fn rank_batch<A: Copy>(&self, anchors: &[A], rank: &impl Fn(A) -> Ranking) -> Vec<Ranking> {
        anchors.iter().map(|anchor| rank(*anchor)).collect()
    }
}
