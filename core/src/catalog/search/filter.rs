//! Which pairs a ranking may show.

use std::collections::BTreeSet;
use std::fmt;

use super::ranking::Cursor;
use super::top_k::TopK;
use crate::catalog::rows::columns::{EventColumns, RowColumns};
use crate::catalog::rows::labels::{Bits, Interner, Lists};
use crate::catalog::rows::table::{Row, Table};
use crate::model::{
    AudienceInsights, Event, EventId, LabelSet, Moment, SponsorId, SponsorProfile, UnitInterval,
};
use crate::rules::Rules;

/// Tells whether a pair is eligible at all.
type Eligible<'f> = &'f (dyn Fn(&SponsorProfile, &Event, Option<&AudienceInsights>) -> bool + Sync);

/// Which pairs a ranking may show; a new filter lets all pass.
///
/// It speaks of pairs, so it means the same in both directions: a window of
/// dates that the anchor event is not in leaves no sponsor for it.
///
/// # Examples
/// ```
/// use sponsorfit::{Filter, UnitInterval};
///
/// let filter = Filter::new()
///     .from("2026-06-01".parse()?)
///     .until("2026-08-31".parse()?)
///     .in_categories(["music", "food"].into_iter().collect())
///     .min_score(UnitInterval::HALF);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Filter<'f> {
    from: Option<Moment>,
    until: Option<Moment>,
    categories: Option<LabelSet>,
    min_score: UnitInterval,
    only_events: Option<BTreeSet<EventId>>,
    only_sponsors: Option<BTreeSet<SponsorId>>,
    blocked_events: BTreeSet<EventId>,
    blocked_sponsors: BTreeSet<SponsorId>,
    rules: Option<&'f Rules>,
    eligible: Option<Eligible<'f>>,
    after: Option<Cursor>,
}

impl<'f> Filter<'f> {
    /// Returns a filter that every pair passes.
    ///
    /// # Examples
    /// ```
    /// let filter = sponsorfit::Filter::new();
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps events that start at this moment or later; an unknown start does not pass.
    ///
    /// # Examples
    /// ```
    /// let filter = sponsorfit::Filter::new().from("2026-06-01".parse()?);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    #[must_use]
    pub fn from(mut self, from: Moment) -> Self {
        self.from = Some(from);
        self
    }

    /// Keeps events that start at this moment or earlier, on a date until its end.
    ///
    /// # Examples
    /// ```
    /// let filter = sponsorfit::Filter::new().until("2026-08-31".parse()?);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    #[must_use]
    pub fn until(mut self, until: Moment) -> Self {
        self.until = Some(until);
        self
    }

    /// Keeps events of at least one of these categories.
    ///
    /// # Examples
    /// ```
    /// let filter = sponsorfit::Filter::new().in_categories(["music"].into_iter().collect());
    /// ```
    #[must_use]
    pub fn in_categories(mut self, categories: LabelSet) -> Self {
        self.categories = Some(categories);
        self
    }

    /// Keeps pairs with this score or a higher one.
    ///
    /// # Examples
    /// ```
    /// let filter = sponsorfit::Filter::new().min_score(sponsorfit::UnitInterval::HALF);
    /// ```
    #[must_use]
    pub fn min_score(mut self, min_score: UnitInterval) -> Self {
        self.min_score = min_score;
        self
    }

    /// Keeps these events only.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{EventId, Filter};
    ///
    /// let filter = Filter::new().only_events([EventId::from_bytes([1; 16])]);
    /// ```
    #[must_use]
    pub fn only_events(mut self, events: impl IntoIterator<Item = EventId>) -> Self {
        self.only_events = Some(events.into_iter().collect());
        self
    }

    /// Keeps these sponsors only.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Filter, SponsorId};
    ///
    /// let filter = Filter::new().only_sponsors([SponsorId::from_bytes([1; 16])]);
    /// ```
    #[must_use]
    pub fn only_sponsors(mut self, sponsors: impl IntoIterator<Item = SponsorId>) -> Self {
        self.only_sponsors = Some(sponsors.into_iter().collect());
        self
    }

    /// Leaves these events out.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{EventId, Filter};
    ///
    /// let filter = Filter::new().without_events([EventId::from_bytes([1; 16])]);
    /// ```
    #[must_use]
    pub fn without_events(mut self, events: impl IntoIterator<Item = EventId>) -> Self {
        self.blocked_events.extend(events);
        self
    }

    /// Lets only these sponsors pass, of those that pass already.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Filter, SponsorId};
    ///
    /// let [one, two] = [1, 2].map(|byte| SponsorId::from_bytes([byte; 16]));
    /// let only_two = Filter::new().only_sponsors([one, two]).further_only([two].into_iter().collect());
    /// ```
    #[must_use]
    pub fn further_only(mut self, sponsors: BTreeSet<SponsorId>) -> Self {
        self.only_sponsors = Some(match self.only_sponsors {
            Some(own) => own.intersection(&sponsors).copied().collect(),
            None => sponsors,
        });
        self
    }

    /// Leaves these sponsors out.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Filter, SponsorId};
    ///
    /// let filter = Filter::new().without_sponsors([SponsorId::from_bytes([1; 16])]);
    /// ```
    #[must_use]
    pub fn without_sponsors(mut self, sponsors: impl IntoIterator<Item = SponsorId>) -> Self {
        self.blocked_sponsors.extend(sponsors);
        self
    }

    /// Keeps pairs that the function accepts. It is asked about few pairs, and must not change its mind.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{AudienceInsights, Event, Filter, SponsorProfile};
    ///
    /// let not_excluded = |sponsor: &SponsorProfile, event: &Event, _: Option<&AudienceInsights>| {
    ///     sponsor.excluded_categories.matches(&event.categories) == 0
    /// };
    /// let filter = Filter::new().eligible(&not_excluded);
    /// ```
    #[must_use]
    pub fn eligible(
        mut self,
        accepts: &'f (dyn Fn(&SponsorProfile, &Event, Option<&AudienceInsights>) -> bool + Sync),
    ) -> Self {
        self.eligible = Some(accepts);
        self
    }

    /// Keeps pairs that these rules allow. They are asked about few pairs: those that would be shown.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Filter, Rules};
    ///
    /// let rules = Rules { price_ceiling: true, ..Rules::default() };
    /// let filter = Filter::new().rules(&rules);
    /// ```
    #[must_use]
    pub fn rules(mut self, rules: &'f Rules) -> Self {
        self.rules = Some(rules);
        self
    }

    /// Begins behind a row that was shown already.
    ///
    /// # Examples
    /// See [`Cursor`].
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    pub(crate) fn top(&self, k: usize) -> TopK {
        TopK::new(k, self.min_score.get(), self.after.map(|cursor| (cursor.score.get(), cursor.id)))
    }

    /// Returns whether neither rules nor a function are to be asked.
    pub(crate) fn is_open(&self) -> bool {
        self.rules.is_none() && self.eligible.is_none()
    }

    /// Returns whether the rules and the function accept a pair.
    pub(crate) fn accepts(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: Option<&AudienceInsights>,
    ) -> bool {
        self.rules.is_none_or(|rules| rules.allow(sponsor, event, insights))
            && self.eligible.is_none_or(|accepts| accepts(sponsor, event, insights))
    }

    fn window(&self) -> Option<(i64, i64)> {
        let from = self.from.map_or(i64::MIN, Moment::first_micros);
        let until = self.until.map_or(i64::MAX, Moment::last_micros);
        (self.from.is_some() || self.until.is_some()).then_some((from, until))
    }

    /// Returns whether any pair of this sponsor may be shown.
    pub(crate) fn accepts_sponsor(&self, id: SponsorId) -> bool {
        self.only_sponsors.as_ref().is_none_or(|only| only.contains(&id))
            && !self.blocked_sponsors.contains(&id)
    }

    /// Returns whether any pair of this event may be shown.
    pub(crate) fn accepts_event(&self, event: &Event) -> bool {
        let start = event.start_at.map(|start| (start.first_micros(), start.last_micros()));
        self.only_events.as_ref().is_none_or(|only| only.contains(&event.event_id))
            && !self.blocked_events.contains(&event.event_id)
            && self.window().is_none_or(|window| start.is_some_and(|start| overlaps(start, window)))
            && self.categories.as_ref().is_none_or(|categories| event.categories.matches(categories) > 0)
    }

    /// Returns which rows of the events' columns pass.
    pub(crate) fn events<'a>(
        &self,
        events: &'a EventColumns,
        categories: &Interner,
        find: impl Fn(EventId) -> Option<usize>,
    ) -> Pass<'a> {
        let wanted = self.categories.as_ref().map(|labels| categories.known(labels));
        Pass {
            window: self.window().map(|window| (events.starts.as_slice(), window)),
            categories: wanted.map(|wanted| (&events.common.categories, Bits::of(&wanted, categories.len()))),
            ..Pass::new(&events.common, self.only_events.as_ref(), &self.blocked_events, find)
        }
    }

    /// Returns which rows of the sponsors' columns pass.
    pub(crate) fn sponsors<'a>(
        &self,
        sponsors: &'a RowColumns,
        find: impl Fn(SponsorId) -> Option<usize>,
    ) -> Pass<'a> {
        Pass::new(sponsors, self.only_sponsors.as_ref(), &self.blocked_sponsors, find)
    }
}

fn overlaps((first, last): (i64, i64), (from, until): (i64, i64)) -> bool {
    last >= from && first <= until
}

impl fmt::Debug for Filter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter")
            .field("from", &self.from)
            .field("until", &self.until)
            .field("categories", &self.categories)
            .field("min_score", &self.min_score)
            .field("only_events", &self.only_events)
            .field("only_sponsors", &self.only_sponsors)
            .field("blocked_events", &self.blocked_events)
            .field("blocked_sponsors", &self.blocked_sponsors)
            .field("rules", &self.rules)
            .field("eligible", &self.eligible.is_some())
            .field("after", &self.after)
            .finish()
    }
}

/// A first and a last microsecond.
type Window = (i64, i64);

/// Which rows of a side a filter lets through, by row number.
pub(crate) struct Pass<'a> {
    dead: &'a Bits,
    blocked: Option<Bits>,
    /// The only rows that may pass, ascending.
    pub(crate) only: Option<Vec<usize>>,
    window: Option<(&'a [Window], Window)>,
    categories: Option<(&'a Lists, Bits)>,
}

impl<'a> Pass<'a> {
    fn new<I: Copy>(
        columns: &'a RowColumns,
        only: Option<&BTreeSet<I>>,
        blocked: &BTreeSet<I>,
        find: impl Fn(I) -> Option<usize>,
    ) -> Self {
        let only = only.map(|only| {
            let mut rows: Vec<usize> = only.iter().filter_map(|id| find(*id)).collect();
            rows.sort_unstable();
            rows
        });
        let mut rows = Bits::default();
        for row in blocked.iter().filter_map(|id| find(*id)) {
            rows.insert(row);
        }
        let blocked = (!blocked.is_empty()).then_some(rows);
        Self { dead: &columns.dead, blocked, only, window: None, categories: None }
    }

    /// Returns whether every row passes.
    pub(crate) fn takes_all(&self) -> bool {
        self.dead.is_empty()
            && self.blocked.is_none()
            && self.only.is_none()
            && self.window.is_none()
            && self.categories.is_none()
    }

    /// Returns whether the row passes; rows that are not in [`Self::only`] are not asked about.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> bool {
        !self.dead.contains(row)
            && self.blocked.as_ref().is_none_or(|blocked| !blocked.contains(row))
            && self.window.is_none_or(|(starts, window)| overlaps(starts[row], window))
            && self.categories.as_ref().is_none_or(|(lists, wanted)| {
                lists.of(row).iter().any(|label| wanted.contains(*label as usize))
            })
    }
}

/// Returns the row numbers of identifiers.
pub(crate) fn finder<'a, R: Row>(
    table: &'a Table<R>,
    rows: &'a [u32],
) -> impl Fn(R::Id) -> Option<usize> + 'a {
    move |id| table.find(id).map(|slot| rows[slot] as usize)
}
