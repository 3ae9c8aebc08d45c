//! What a sponsor's own past says, whatever the event.
#![allow(
    clippy::indexing_slicing,
    reason = "ties, countries and categories are places in the lists of the same features"
)]

use std::collections::BTreeMap;

use sponsorfit::{SponsorId, SponsorProfile};

use super::known::{Features, PastEvent};
use super::record::{Alone, Record, Tie};

/// A sponsor, ready to be joined with events.
///
/// # Examples
/// ```
/// use sponsorfit_learn::{features::Features, history::History};
/// use sponsorfit::{SponsorId, SponsorProfile};
///
/// let features = Features::as_of(&History::new(&[], &[])?, "2026-07-01".parse()?);
/// let profile = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// assert_eq!(features.sponsor(&profile).id(), profile.sponsor_id);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SponsorFacts<'a> {
    pub(super) profile: &'a SponsorProfile,
    /// `None` when the history has never heard of it.
    pub(super) number: Option<usize>,
    /// The words of its objectives, ascending.
    pub(super) tokens: Vec<&'a str>,
}

impl SponsorFacts<'_> {
    /// Returns the sponsor's id.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::features::SponsorFacts;
    /// fn describe(facts: &SponsorFacts<'_>) -> String {
    ///     format!("sponsor {}", facts.id())
    /// }
    /// ```
    pub fn id(&self) -> SponsorId {
        self.profile.sponsor_id
    }
}

impl<'a> SponsorFacts<'a> {
    /// Returns the profile.
    pub(crate) fn profile(&self) -> &'a SponsorProfile {
        self.profile
    }
}

impl Features {
    /// Prepares a sponsor. One the history does not know has no past, and is no error.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::{features::Features, history::History};
    /// use sponsorfit::{SponsorId, SponsorProfile};
    ///
    /// let features = Features::as_of(&History::new(&[], &[])?, "2026-07-01".parse()?);
    /// let profiles = [SponsorProfile::new(SponsorId::from_bytes([1; 16]))];
    /// let sponsors: Vec<_> = profiles.iter().map(|profile| features.sponsor(profile)).collect();
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn sponsor<'a>(&self, profile: &'a SponsorProfile) -> SponsorFacts<'a> {
        let number = self.sponsors.binary_search(&profile.sponsor_id).ok();
        SponsorFacts { profile, number, tokens: profile.brand_objectives.tokens() }
    }

    /// Works out the rest of a sponsor's record from its ties.
    pub(super) fn record(&self, ties: Vec<Tie>) -> Record {
        let events: Vec<&PastEvent> = ties.iter().map(|tie| &self.past[tie.event as usize]).collect();
        let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
        for &category in events.iter().flat_map(|event| &event.setting.categories) {
            *counts.entry(category).or_default() += 1;
        }
        let categories: Vec<(usize, u32)> = counts.into_iter().collect();
        let squares = |idf: &dyn Fn(usize) -> f64| {
            let terms = categories.iter().map(|&(category, times)| f64::from(times) * idf(category));
            terms.fold(0.0, |sum, term| sum + term * term).sqrt()
        };
        let norms = [squares(&|_| 1.0), squares(&|category| self.idfs[category])];
        let mut pairs: Vec<(usize, usize)> =
            events.iter().filter_map(|event| Some((event.setting.country?, event.setting.series?))).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let series_countries = pairs.into_iter().map(|(country, _)| country).collect();
        let alone = self.alone(&ties, &events);
        Record { ties, categories, norms, series_countries, alone }
    }

    fn alone(&self, ties: &[Tie], events: &[&PastEvent]) -> Alone {
        let count = events.len() as f64;
        let is_recent = |event: &PastEvent| event.age <= 1.0;
        let recent = self.past.iter().filter(|event| is_recent(event)).count().max(1) as f64;
        let own_recent = events.iter().filter(|event| is_recent(event)).count() as f64;
        let recency = events.iter().fold(0.0, |sum, event| sum + event.weight);
        // Fold from NaN: a sponsor without a past has neither a first nor a last day.
        let years_since_first = events.iter().fold(f64::NAN, |age, event| age.max(event.age));
        let first_years = first_years(events);
        Alone {
            recency,
            recency_share: recency / self.weight,
            last_year_share: own_recent / recent,
            events: count,
            years_since_first,
            years_since_last: events.iter().fold(f64::NAN, |age, event| age.min(event.age)),
            events_per_year: count / (1.0 + years_since_first),
            new_series: first_years.values().filter(|age| **age <= 2.0).count() as f64,
            countries: distinct(events.iter().filter_map(|event| event.setting.country)).len() as f64,
            continents: distinct(events.iter().filter_map(|event| event.continent)).len() as f64,
            series: first_years.len() as f64,
            country_concentration: concentration(events),
            tier_mean: tier_mean(ties, events),
            event_size_mean: events.iter().map(|event| event.sponsors.len()).sum::<usize>() as f64 / count,
        }
    }
}

/// How often each number occurs.
fn distinct(numbers: impl Iterator<Item = usize>) -> BTreeMap<usize, u32> {
    let mut times = BTreeMap::new();
    for number in numbers {
        *times.entry(number).or_default() += 1;
    }
    times
}

/// Years since each series was sponsored for the first time.
fn first_years(events: &[&PastEvent]) -> BTreeMap<usize, f64> {
    let mut first = BTreeMap::new();
    for event in events {
        if let Some(series) = event.setting.series {
            // Events come in the order of their days, so the first one seen is the oldest.
            first.entry(series).or_insert(event.age);
        }
    }
    first
}

fn concentration(events: &[&PastEvent]) -> f64 {
    if events.is_empty() {
        return f64::NAN;
    }
    let times = distinct(events.iter().filter_map(|event| event.setting.country));
    let shares = times.into_values().map(|times| f64::from(times) / events.len() as f64);
    shares.fold(0.0, |sum, share| sum + share * share)
}

fn tier_mean(ties: &[Tie], events: &[&PastEvent]) -> f64 {
    let levels = ties.iter().zip(events).filter_map(|(tie, event)| Some((tie.level?, event.lowest_level)));
    let (mut sum, mut known) = (0.0, 0.0);
    for (level, lowest) in levels {
        sum += level.saturating_sub(1) as f64 / lowest.saturating_sub(1).max(1) as f64;
        known += 1.0;
    }
    sum / known
}
