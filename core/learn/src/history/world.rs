//! Events and past sponsorships, indexed once and asked about any date.
#![allow(
    clippy::indexing_slicing,
    reason = "numbers of events, sponsors and labels are places in these very lists"
)]

use sponsorfit::{
    Count, Error, ErrorKind, Event, EventId, Label, LabelSet, Moment, PastSponsorship, SponsorId,
    SponsorshipOutcome,
};

use super::series_key;

/// Events, and who sponsored them when.
///
/// Holds no score and no rule. The order of the rows given does not matter.
///
/// # Examples
/// ```
/// use sponsorfit_learn::history::{History, ProfileRule};
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
    pub(crate) events: Vec<KnownEvent>,
    /// By id.
    pub(crate) sponsors: Vec<SponsorId>,
    /// By sponsor, then by day.
    pub(crate) deals: Vec<Deal>,
    /// Where each sponsor's deals begin, and where the last one's end.
    starts: Vec<usize>,
    pub(crate) labels: Labels,
    strangers: usize,
}

/// The labels of all events, numbered by their keys' order.
#[derive(Clone, Debug)]
pub(crate) struct Labels {
    pub(crate) countries: LabelSet,
    /// With their countries in front: there is a Paris in Texas.
    pub(crate) cities: Vec<[Label; 2]>,
    /// Keys of series.
    pub(crate) series: LabelSet,
    pub(crate) categories: LabelSet,
}

/// Where an event takes place and what it is, as numbers of labels.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setting {
    pub(crate) country: Option<usize>,
    pub(crate) city: Option<usize>,
    pub(crate) series: Option<usize>,
    /// Ascending.
    pub(crate) categories: Vec<usize>,
}

/// What history needs to know of an event.
#[derive(Clone, Debug)]
pub(crate) struct KnownEvent {
    pub(crate) id: EventId,
    /// `None` for an event that only sponsorships tell of.
    pub(crate) setting: Option<Setting>,
}

/// A past sponsorship whose event is a place in the history's events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deal {
    pub(crate) sponsor: usize,
    pub(crate) event: usize,
    pub(crate) at: Moment,
    pub(crate) level: Option<u64>,
    pub(crate) outcome: SponsorshipOutcome,
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
    /// use sponsorfit::{Event, EventId};
    /// use sponsorfit_learn::history::History;
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
        let labels = Labels::of(&events);
        let mut ids: Vec<EventId> = events.iter().map(|event| event.event_id).collect();
        ids.extend(past.iter().map(|row| row.event_id));
        ids.sort_unstable();
        ids.dedup();
        let known = |id: EventId| {
            let row =
                events.binary_search_by_key(&id, |event| event.event_id).ok().map(|place| events[place]);
            KnownEvent { id, setting: row.map(|event| labels.setting(event)) }
        };
        let events: Vec<KnownEvent> = ids.into_iter().map(known).collect();
        let mut sponsors: Vec<SponsorId> = past.iter().map(|row| row.sponsor_id).collect();
        sponsors.sort_unstable();
        sponsors.dedup();
        let deals = deals(&events, &sponsors, past);
        let starts = (0..=sponsors.len())
            .map(|sponsor| deals.partition_point(|deal| deal.sponsor < sponsor))
            .collect();
        let strangers = deals.iter().filter(|deal| events[deal.event].setting.is_none()).count();
        Ok(Self { events, sponsors, deals, starts, labels, strangers })
    }

    /// Returns how many sponsorships are of events that are not known.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{EventId, PastSponsorship, SponsorId};
    /// use sponsorfit_learn::history::History;
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
    pub(crate) fn before(&self, sponsor: usize, date: Moment) -> &[Deal] {
        let own = &self.deals[self.starts[sponsor]..self.starts[sponsor + 1]];
        &own[..own.partition_point(|deal| is_before(deal.at, date))]
    }
}

/// Tells whether something had happened when a date began.
pub(crate) fn is_before(at: Moment, date: Moment) -> bool {
    at.first_micros() < date.first_micros()
}

fn deals(events: &[KnownEvent], sponsors: &[SponsorId], past: &[PastSponsorship]) -> Vec<Deal> {
    let mut rows: Vec<&PastSponsorship> = past.iter().collect();
    // All fields, so that no order of the rows given can show.
    rows.sort_by_key(|row| (row.sponsor_id, row.at.first_micros(), **row));
    let deal = |row: &PastSponsorship| Deal {
        sponsor: sponsors.partition_point(|id| *id < row.sponsor_id),
        event: events.partition_point(|event| event.id < row.event_id),
        at: row.at,
        level: row.tier_level.map(Count::get),
        outcome: row.outcome,
    };
    rows.into_iter().map(deal).collect()
}

impl Labels {
    fn of(events: &[&Event]) -> Self {
        let mut cities: Vec<[Label; 2]> = events.iter().filter_map(|event| city(event)).collect();
        cities.sort_unstable();
        cities.dedup();
        Self {
            countries: events.iter().filter_map(|event| event.country.as_deref()).collect(),
            cities,
            series: events.iter().filter_map(|event| series_key(event)).map(|key| Label::new(&key)).collect(),
            categories: events.iter().flat_map(|event| event.categories.iter()).cloned().collect(),
        }
    }

    /// Returns the numbers of an event's labels; a label that no event has has none.
    pub(crate) fn setting(&self, event: &Event) -> Setting {
        Setting {
            country: event.country.as_deref().and_then(|country| place(&self.countries, &country.into())),
            city: city(event).and_then(|city| self.cities.binary_search(&city).ok()),
            series: series_key(event).and_then(|key| place(&self.series, &Label::new(&key))),
            categories: event.categories.iter().filter_map(|label| place(&self.categories, label)).collect(),
        }
    }
}

/// Returns the country and the city, where both are known.
fn city(event: &Event) -> Option<[Label; 2]> {
    let names = [event.country.as_deref()?, event.city.as_deref()?].map(Label::new);
    names.iter().all(|name| !name.key().is_empty()).then_some(names)
}

fn place(labels: &LabelSet, label: &Label) -> Option<usize> {
    labels.iter().as_slice().binary_search(label).ok()
}
