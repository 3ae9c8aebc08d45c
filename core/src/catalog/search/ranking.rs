//! What a ranking returns.

use serde::Serialize;

use crate::match_score::MatchScore;
use crate::model::{EventId, SponsorId, UnitInterval};

/// The best pairs of one anchor, the best first.
///
/// Ordered by score descending, then by the other side's identifier ascending.
/// The order is total, so every engine, page and number of threads gives the
/// same list.
///
/// # Examples
/// ```
/// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let events = (1..=3).map(|byte| Event::new(EventId::from_bytes([byte; 16])));
/// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
///     .sponsors([sponsor.clone()])
///     .events(events)
///     .build()?;
///
/// let ranking = catalog.events_for(&sponsor.sponsor_id).top(2)?;
/// assert_eq!(ranking.len(), 2);
/// assert_eq!(ranking.matches[0].event_id, EventId::from_bytes([1; 16]));
/// assert_eq!(ranking.insufficient, 0);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Ranking {
    /// The pairs, the best first.
    pub matches: Vec<MatchScore>,
    /// How many pairs passed the filter and have no score, because too little is known.
    pub insufficient: u64,
}

impl std::ops::Deref for Ranking {
    type Target = [MatchScore];

    fn deref(&self) -> &[MatchScore] {
        &self.matches
    }
}

impl IntoIterator for Ranking {
    type Item = MatchScore;
    type IntoIter = std::vec::IntoIter<MatchScore>;

    fn into_iter(self) -> Self::IntoIter {
        self.matches.into_iter()
    }
}

impl<'a> IntoIterator for &'a Ranking {
    type Item = &'a MatchScore;
    type IntoIter = std::slice::Iter<'a, MatchScore>;

    fn into_iter(self) -> Self::IntoIter {
        self.matches.iter()
    }
}

/// A place in a ranking: the score and the identifier of the last row that was shown.
///
/// While rows do not change, the page behind a cursor begins where the page
/// before it ended: nothing is left out, nothing is shown twice.
///
/// # Examples
/// ```
/// use sponsorfit::{
///     Catalog, Cursor, Event, EventId, Filter, Scorer, ScoringConfig, SponsorId, SponsorProfile,
/// };
///
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let events = (1..=5).map(|byte| Event::new(EventId::from_bytes([byte; 16])));
/// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
///     .sponsors([sponsor.clone()])
///     .events(events)
///     .build()?;
///
/// let first = catalog.events_for(&sponsor.sponsor_id).top(2)?;
/// let cursor = Cursor::behind_event(&first[1]);
/// let second = catalog.events_for(&sponsor.sponsor_id).filter(&Filter::new().after(cursor)).top(2)?;
/// assert_eq!(second[0].event_id, EventId::from_bytes([3; 16]));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) score: UnitInterval,
    pub(crate) id: u128,
}

impl Cursor {
    /// Returns the place of an event with this exact score.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Cursor, EventId, UnitInterval};
    ///
    /// let cursor = Cursor::event(UnitInterval::HALF, EventId::from_bytes([1; 16]));
    /// ```
    pub const fn event(score: UnitInterval, id: EventId) -> Self {
        Self { score, id: u128::from_be_bytes(*id.as_bytes()) }
    }

    /// Returns the place of a sponsor with this exact score.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Cursor, SponsorId, UnitInterval};
    ///
    /// let cursor = Cursor::sponsor(UnitInterval::HALF, SponsorId::from_bytes([1; 16]));
    /// ```
    pub const fn sponsor(score: UnitInterval, id: SponsorId) -> Self {
        Self { score, id: u128::from_be_bytes(*id.as_bytes()) }
    }

    /// Returns the place of a pair in a ranking of events.
    ///
    /// # Examples
    /// See [`Cursor`].
    pub const fn behind_event(pair: &MatchScore) -> Self {
        Self::event(pair.score, pair.event_id)
    }

    /// Returns the place of a pair in a ranking of sponsors.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Cursor, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let pair = Scorer::new(ScoringConfig::default())?.score(&sponsor, &event, None)?;
    /// assert_eq!(Cursor::behind_sponsor(&pair), Cursor::sponsor(pair.score, sponsor.sponsor_id));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub const fn behind_sponsor(pair: &MatchScore) -> Self {
        Self::sponsor(pair.score, pair.sponsor_id)
    }
}
