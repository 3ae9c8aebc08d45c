//! What was known on a date, indexed for pairs of sponsors and events.
#![allow(
    clippy::indexing_slicing,
    reason = "numbers of events, sponsors and categories are places in the lists of the same history"
)]

use std::collections::BTreeMap;

use sponsorfit::{EventId, Moment, SponsorId, SponsorshipOutcome};

use super::continent::continent;
use super::record::{Record, Tie};
use crate::history::{History, Labels, Setting};

const MICROS_PER_DAY: f64 = 86_400_000_000.0;
const DAYS_PER_YEAR: f64 = 365.0;

/// The features of any sponsor and event, as of one date.
///
/// Made once for a date, then asked about as many pairs as wanted:
/// [`sponsor`](Self::sponsor) and [`event`](Self::event) prepare a side,
/// [`row`](Self::row) joins two.
///
/// # Examples
/// ```
/// use sponsorfit_learn::{features::Features, history::History};
///
/// let features = Features::as_of(&History::new(&[], &[])?, "2026-07-01".parse()?);
/// assert_eq!(features.date().to_string(), "2026-07-01");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Features {
    date: Moment,
    pub(super) labels: Labels,
    /// Events that somebody sponsored, by day and id.
    pub(super) past: Vec<PastEvent>,
    /// Sum of all past events' weights.
    pub(super) weight: f64,
    /// How many past events carry each category.
    pub(super) carriers: Vec<u32>,
    /// The inverse document frequency of each category.
    pub(super) idfs: Vec<f64>,
    /// The record of a sponsor without a past.
    pub(super) nobody: Record,
    /// By id: the sponsors of the whole history, those of later days with empty records.
    pub(super) sponsors: Vec<SponsorId>,
    pub(super) records: Vec<Record>,
}

/// An event that somebody had sponsored before the date.
#[derive(Clone, Debug)]
pub(super) struct PastEvent {
    pub(super) id: EventId,
    pub(super) setting: Setting,
    pub(super) continent: Option<usize>,
    /// The year of the last of its sponsorships.
    pub(super) year: i32,
    /// Years between it and the date.
    pub(super) age: f64,
    /// 1 / (1 + age).
    pub(super) weight: f64,
    /// Places in the records, ascending.
    pub(super) sponsors: Vec<u32>,
    /// The least prominent tier level that anybody has there, 1 where none is known.
    pub(super) lowest_level: u64,
}

impl Features {
    /// Indexes what a history knew before a date.
    ///
    /// Only sponsorships that took place count, each pair of sponsor and event once: at its
    /// most prominent tier, on its latest day. An event's day is its latest sponsorship's.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::{features::Features, history::History};
    ///
    /// let history = History::new(&[], &[])?;
    /// let features = Features::as_of(&history, "2026-07-01".parse()?);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn as_of(history: &History, date: Moment) -> Self {
        let labels = history.labels.clone();
        let continents: Vec<Option<usize>> =
            labels.countries.iter().map(|country| continent(country.key())).collect();
        let pairs: Vec<Pairs> = (0..history.sponsors.len()).map(|s| pairs(history, s, date)).collect();
        let (mut past, place) = past_events(history, &pairs, date, &continents);
        let mut carriers = vec![0; labels.categories.len()];
        for &category in past.iter().flat_map(|event| &event.setting.categories) {
            carriers[category] += 1;
        }
        let mut records: Vec<Record> = Vec::with_capacity(pairs.len());
        for (sponsor, own) in (0_u32..).zip(&pairs) {
            let mut ties: Vec<Tie> = own
                .iter()
                .filter_map(|(event, pair)| {
                    Some(Tie { event: place[*event]?, level: pair.levels.map(|(best, _)| best) })
                })
                .collect();
            ties.sort_unstable_by_key(|tie| tie.event);
            for tie in &ties {
                past[tie.event as usize].sponsors.push(sponsor);
            }
            records.push(Record { ties, ..Record::default() });
        }
        let weight = past.iter().fold(0.0, |sum, event| sum + event.weight);
        let sponsors = history.sponsors.clone();
        let mut features = Self {
            date,
            labels,
            past,
            weight,
            carriers,
            idfs: vec![],
            nobody: Record::default(),
            sponsors,
            records,
        };
        features.idfs = features.carriers.iter().map(|&carriers| features.idf(carriers)).collect();
        features.nobody = features.record(vec![]);
        for sponsor in 0..features.records.len() {
            let ties = std::mem::take(&mut features.records[sponsor].ties);
            features.records[sponsor] = features.record(ties);
        }
        features
    }

    /// Returns the date before which everything lies that is known here.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::{features::Features, history::History};
    ///
    /// let features = Features::as_of(&History::new(&[], &[])?, "2026-07-01".parse()?);
    /// assert!(features.date().is_date());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn date(&self) -> Moment {
        self.date
    }

    /// Returns the inverse document frequency of a category that so many events carry.
    #[allow(clippy::cast_precision_loss, reason = "events in memory are far fewer than 2^53")]
    pub(super) fn idf(&self, carriers: u32) -> f64 {
        libm::log((1.0 + self.past.len() as f64) / (1.0 + f64::from(carriers)))
    }
}

/// The events a sponsor sponsored before a date.
type Pairs = BTreeMap<usize, Pair>;

/// What a sponsor's rows about one event come to.
#[derive(Clone, Copy)]
struct Pair {
    latest: Moment,
    /// The most and the least prominent level.
    levels: Option<(u64, u64)>,
}

fn pairs(history: &History, sponsor: usize, date: Moment) -> Pairs {
    let mut pairs = Pairs::new();
    let took_place = history.before(sponsor, date).iter();
    for deal in took_place.filter(|deal| deal.outcome == SponsorshipOutcome::Accepted) {
        let pair = pairs.entry(deal.event).or_insert(Pair { latest: deal.at, levels: None });
        pair.latest = pair.latest.max(deal.at);
        if let Some(level) = deal.level {
            let (best, worst) = pair.levels.unwrap_or((level, level));
            pair.levels = Some((best.min(level), worst.max(level)));
        }
    }
    pairs
}

/// Returns the events that somebody sponsored, by day and id, and where each event of the history
/// is among them.
fn past_events(
    history: &History,
    pairs: &[Pairs],
    date: Moment,
    continents: &[Option<usize>],
) -> (Vec<PastEvent>, Vec<Option<u32>>) {
    let mut found: BTreeMap<usize, (Moment, u64)> = BTreeMap::new();
    for (event, pair) in pairs.iter().flatten() {
        let (latest, lowest) = found.entry(*event).or_insert((pair.latest, 1));
        *latest = (*latest).max(pair.latest);
        *lowest = (*lowest).max(pair.levels.map_or(1, |(_, worst)| worst));
    }
    let mut order: Vec<(usize, (Moment, u64))> = found.into_iter().collect();
    // The events of a history are in the order of their ids, so a stable sort keeps that order within a day.
    order.sort_by_key(|(_, (at, _))| at.first_micros());
    let mut place = vec![None; history.events.len()];
    let past = (0_u32..).zip(order).map(|(number, (event, (at, lowest_level)))| {
        place[event] = Some(number);
        let setting = history.events[event].setting.clone().unwrap_or_default();
        let age = years_between(at, date);
        PastEvent {
            id: history.events[event].id,

            continent: setting.country.and_then(|country| continents[country]),
            setting,
            year: at.year(),
            age,
            weight: 1.0 / (1.0 + age),
            sponsors: vec![],
            lowest_level,
        }
    });
    (past.collect(), place)
}

#[allow(clippy::cast_precision_loss, reason = "a span of 285 years in microseconds is below 2^53")]
fn years_between(earlier: Moment, later: Moment) -> f64 {
    let micros = later.first_micros().saturating_sub(earlier.first_micros());
    micros as f64 / MICROS_PER_DAY / DAYS_PER_YEAR
}
