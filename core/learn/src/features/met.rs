//! How a sponsor and an event's surroundings have met, for people to read.
#![allow(clippy::indexing_slicing, reason = "past events are places in the lists of the same features")]

use std::collections::BTreeSet;

use sponsorfit::SponsorId;

use super::event::Bond;
use super::known::{Features, PastEvent};
use super::{EventFacts, SponsorFacts};

/// How often a sponsor sponsored events with some bond, and when last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Met {
    pub(crate) times: usize,
    pub(crate) last_year: Option<i32>,
    /// How many such events there were; `None` when the event does not say what it has in common.
    pub(crate) of: Option<usize>,
}

impl Features {
    /// Returns how a sponsor met the past events that have a bond with an event.
    pub(crate) fn met(&self, sponsor: &SponsorFacts<'_>, event: &EventFacts<'_>, bond: Bond) -> Met {
        let own = self.ties(sponsor).filter(|(place, _)| event.has(*place, bond));
        let (times, last_year) = own.fold((0, None), |(times, _), (_, past)| (times + 1, Some(past.year)));
        let all = || (0..self.past.len()).filter(|place| event.has(*place, bond)).count();
        Met { times, last_year, of: event.known[bond as usize].then(all) }
    }

    /// Returns how often a sponsor sponsored anything, since when, and how often in the last year.
    pub(crate) fn activity(&self, sponsor: &SponsorFacts<'_>) -> (usize, Option<i32>, usize) {
        let first = self.ties(sponsor).next().map(|(_, past)| past.year);
        let recent = self.ties(sponsor).filter(|(_, past)| past.age <= 1.0).count();
        (self.ties(sponsor).count(), first, recent)
    }

    /// Returns the sponsors of past events in an event's series, country or city.
    pub(crate) fn acquainted(&self, event: &EventFacts<'_>) -> BTreeSet<SponsorId> {
        let near = [Bond::Series, Bond::Country, Bond::City];
        let is_near = |place: &usize| near.iter().any(|bond| event.has(*place, *bond));
        let places = (0..self.past.len()).filter(is_near);
        let sponsors = places.flat_map(|place| &self.past[place].sponsors);
        sponsors.map(|sponsor| self.sponsors[*sponsor as usize]).collect()
    }

    fn ties(&self, sponsor: &SponsorFacts<'_>) -> impl Iterator<Item = (usize, &PastEvent)> {
        let record = sponsor.number.map_or(&self.nobody, |number| &self.records[number]);
        record.ties.iter().map(|tie| (tie.event as usize, &self.past[tie.event as usize]))
    }
}
