//! Events and past sponsorships, indexed once and asked about any date.
#![allow(
    clippy::indexing_slicing,
    reason = "numbers of events, sponsors and labels are places in these very lists"
)]

use crate::error::{Error, ErrorKind};
use crate::model::{Event, EventId, Label, LabelSet, Moment, PastSponsorship, SponsorId, SponsorshipOutcome};

/// Events, and who sponsored them when.
///
/// Holds no score and no rule. The order of the rows given does not matter.
///
/// # Examples
/// ```
/// use sponsorfit::learn::history::{History, ProfileRule};
/// use sponsorfit::{Event, EventId, PastSponsorship, SponsorId};
///
/// let (sponsor, event) = (SponsorId::from_bytes([1; 16]), EventId::from_bytes([2; 16]));
/// let past = PastSponsorship::new(sponsor, event, "2024-05-15".parse()?);
/// let history = History::new(&[Event::new(event)], &[past])?;
///
/// let rule = ProfileRule::default();
/// assert!(history.profiles("2024-05-15".parse()?, &rule).is_empty());
/// assert_eq!(history.profiles("2024-05-16".parse()?, &rule)[0].sponsor_id, sponsor);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct History {
    /// By id.
    pub(super) events: Vec<KnownEvent>,
    /// By id.
    pub(super) sponsors: Vec<SponsorId>,
    /// By sponsor, then by day.
    pub(super) deals: Vec<Deal>,
    /// Where each sponsor's deals begin, and where the last one's end.
    starts: Vec<usize>,
    pub(super) countries: LabelSet,
    pub(super) categories: LabelSet,
    strangers: usize,
}

/// What history needs to know of an event.
#[derive(Clone, Debug)]
pub(super) struct KnownEvent {
    pub(super) id: EventId,
    /// Place in the history's countries.
    pub(super) country: Option<usize>,
    /// Places in the history's categories, ascending.
    pub(super) categories: Vec<usize>,
}

/// A past sponsorship whose event is a place in the history's events.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deal {
    pub(super) sponsor: usize,
    /// `None` for an event that is not known.
    pub(super) event: Option<usize>,
    pub(super) at: Moment,
    pub(super) level: Option<u64>,
    pub(super) outcome: SponsorshipOutcome,
}

impl History {
    /// Indexes events and past sponsorships.
    ///
    /// A sponsorship of an event that is not among them still counts for its sponsor's
    /// budget and activity; [`strangers`](Self::strangers) tells how many there are.
    ///
    /// # Errors
    /// [`ErrorKind::DuplicateId`] when two events have the same id.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, learn::history::History};
    ///
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let error = History::new(&[event.clone(), event], &[]).unwrap_err();
    /// assert_eq!(error.code(), "duplicate_id");
    /// ```
    pub fn new(events: &[Event], past: &[PastSponsorship]) -> Result<Self, Error> {
        let mut events: Vec<&Event> = events.iter().collect();
        events.sort_by_key(|event| event.event_id);
        if let Some(pair) = events.windows(2).find(|pair| pair[0].event_id == pair[1].event_id) {
            let message = format!("{} is the id of two events", pair[0].event_id);
            return Err(Error::new(ErrorKind::DuplicateId, message).within("event_id"));
        }
        let countries: LabelSet = events.iter().filter_map(|event| event.country.as_deref()).collect();
        let categories: LabelSet =
            events.iter().flat_map(|event| event.categories.iter()).map(Label::spelling).collect();
        let known = events.iter().map(|event| KnownEvent {
            id: event.event_id,
            country: event.country.as_deref().and_then(|country| place(&countries, &country.into())),
            categories: event.categories.iter().filter_map(|label| place(&categories, label)).collect(),
        });
        let events: Vec<KnownEvent> = known.collect();
        let mut sponsors: Vec<SponsorId> = past.iter().map(|row| row.sponsor_id).collect();
        sponsors.sort_unstable();
        sponsors.dedup();
        let deals = deals(&events, &sponsors, past);
        let starts = (0..=sponsors.len())
            .map(|sponsor| deals.partition_point(|deal| deal.sponsor < sponsor))
            .collect();
        let strangers = deals.iter().filter(|deal| deal.event.is_none()).count();
        Ok(Self { events, sponsors, deals, starts, countries, categories, strangers })
    }

    /// Returns how many sponsorships are of events that are not known.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{EventId, PastSponsorship, SponsorId, learn::history::History};
    ///
    /// let at = "2024-05-15".parse()?;
    /// let past = PastSponsorship::new(SponsorId::from_bytes([1; 16]), EventId::from_bytes([2; 16]), at);
    /// assert_eq!(History::new(&[], &[past])?.strangers(), 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn strangers(&self) -> usize {
        self.strangers
    }

    /// Returns what is known of a sponsor before a date, in the order it happened.
    pub(super) fn before(&self, sponsor: usize, date: Moment) -> &[Deal] {
        let own = &self.deals[self.starts[sponsor]..self.starts[sponsor + 1]];
        &own[..own.partition_point(|deal| is_before(deal.at, date))]
    }
}

/// Tells whether something had happened when a date began.
pub(super) fn is_before(at: Moment, date: Moment) -> bool {
    at.first_micros() < date.first_micros()
}

fn deals(events: &[KnownEvent], sponsors: &[SponsorId], past: &[PastSponsorship]) -> Vec<Deal> {
    let mut rows: Vec<&PastSponsorship> = past.iter().collect();
    // All fields, so that no order of the rows given can show.
    rows.sort_by_key(|row| (row.sponsor_id, row.at.first_micros(), **row));
    let deal = |row: &PastSponsorship| Deal {
        sponsor: sponsors.partition_point(|id| *id < row.sponsor_id),
        event: events.binary_search_by_key(&row.event_id, |event| event.id).ok(),
        at: row.at,
        level: row.tier_level.map(crate::model::Count::get),
        outcome: row.outcome,
    };
    rows.into_iter().map(deal).collect()
}

fn place(labels: &LabelSet, label: &Label) -> Option<usize> {
    labels.iter().as_slice().binary_search(label).ok()
}
