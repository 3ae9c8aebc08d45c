//! Single rules that a ranking has to beat before it is worth its complexity.

use std::collections::{BTreeMap, BTreeSet};

use sponsorfit::{Event, EventId, Label, SponsorId, SponsorshipOutcome};

use super::Known;

/// How often each candidate sponsored before, everywhere and in each country.
///
/// # Examples
/// ```
/// use sponsorfit_learn::evaluation::{Known, Tally};
/// use sponsorfit::{Event, EventId, PastSponsorship, SponsorId};
///
/// let event = |id, country: &str| {
///     let mut event = Event::new(EventId::from_bytes([id; 16]));
///     event.country = Some(country.to_owned());
///     event
/// };
/// let (often, local) = (SponsorId::from_bytes([1; 16]), SponsorId::from_bytes([2; 16]));
/// let past = |sponsor, event| PastSponsorship::new(sponsor, EventId::from_bytes([event; 16]), "2024-05-15".parse().unwrap());
/// let known = Known {
///     events: vec![event(1, "FR"), event(2, "FR"), event(3, "JP")],
///     sponsorships: vec![past(often, 1), past(often, 2), past(local, 3)],
/// };
/// let tally = Tally::new(&known, &[often, local]);
/// assert_eq!(tally.popularity(), [2.0, 1.0]);
/// let in_japan = tally.country(&event(4, "JP"));
/// assert!(in_japan[1] > in_japan[0]);
/// ```
#[derive(Clone, Debug)]
pub struct Tally {
    everywhere: Vec<u32>,
    countries: BTreeMap<Label, Vec<u32>>,
}

impl Tally {
    /// Counts the events that each candidate sponsored; `candidates` are in the order of their ids.
    ///
    /// # Examples
    /// See [`Tally`].
    pub fn new(known: &Known, candidates: &[SponsorId]) -> Self {
        let country = |event: &Event| event.country.as_deref().map(Label::new);
        let countries: BTreeMap<EventId, Option<Label>> =
            known.events.iter().map(|event| (event.event_id, country(event))).collect();
        let accepted = known.sponsorships.iter().filter(|row| row.outcome == SponsorshipOutcome::Accepted);
        // Two tiers of one event are one event.
        let pairs: BTreeSet<(SponsorId, EventId)> =
            accepted.map(|row| (row.sponsor_id, row.event_id)).collect();
        let mut tally = Self { everywhere: vec![0; candidates.len()], countries: BTreeMap::new() };
        for (sponsor, event) in pairs {
            let Ok(place) = candidates.binary_search(&sponsor) else { continue };
            let country = countries.get(&event).cloned().flatten();
            let local = country
                .map(|country| tally.countries.entry(country).or_insert_with(|| vec![0; candidates.len()]));
            for counts in local.into_iter().chain([&mut tally.everywhere]) {
                if let Some(count) = counts.get_mut(place) {
                    *count += 1;
                }
            }
        }
        tally
    }

    /// Returns of each candidate how many events it sponsored.
    ///
    /// # Examples
    /// See [`Tally`].
    pub fn popularity(&self) -> Vec<f64> {
        self.everywhere.iter().copied().map(f64::from).collect()
    }

    /// Returns of each candidate how many events it sponsored in the event's country, plus a
    /// fraction that grows with how many it sponsored anywhere: those alike here rank by that.
    ///
    /// # Examples
    /// See [`Tally`].
    pub fn country(&self, event: &Event) -> Vec<f64> {
        let local = event.country.as_deref().and_then(|country| self.countries.get(&Label::new(country)));
        let everywhere = self.everywhere.iter().copied().map(f64::from);
        let most = everywhere.clone().fold(0.0, f64::max) + 1.0;
        let here =
            |place| local.and_then(|counts: &Vec<u32>| counts.get(place)).copied().map_or(0.0, f64::from);
        (0..).zip(everywhere).map(|(place, total)| here(place) + total / most).collect()
    }
}
