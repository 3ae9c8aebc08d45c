//! What an event has to do with what was sponsored before, whoever the sponsor is.
#![allow(
    clippy::indexing_slicing,
    reason = "past events, countries and categories are places in the lists of the same features"
)]

use sponsorfit::{AudienceInsights, Event, EventId, Label};

use super::continent::continent;
use super::known::{Features, PastEvent};
use crate::history::{Setting, series_key};

/// What a past event may have in common with the one asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bond {
    Series,
    Country,
    Continent,
    City,
}

impl Bond {
    pub(super) const ALL: [Self; 4] = [Self::Series, Self::Country, Self::Continent, Self::City];
    /// Those whose sponsors' company counts.
    pub(super) const NEAR: [Self; 3] = [Self::Series, Self::Country, Self::Continent];

    pub(super) fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// An event, ready to be joined with sponsors.
///
/// # Examples
/// ```
/// use sponsorfit_learn::{features::Features, history::History};
/// use sponsorfit::{Event, EventId};
///
/// let features = Features::as_of(&History::new(&[], &[])?, "2026-07-01".parse()?);
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// assert_eq!(features.event(&event, None).id(), event.event_id);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct EventFacts<'a> {
    pub(super) event: &'a Event,
    pub(super) insights: Option<&'a AudienceInsights>,
    pub(super) country: Option<usize>,
    /// Whether the event's own series, country, continent, city is known.
    pub(super) known: [bool; 4],
    /// For each past event, what it has in common with this one.
    pub(super) bonds: Vec<u8>,
    /// Sum of the weights of the past events with each bond.
    pub(super) weights: [f64; 4],
    /// For each past event, how close its sponsors are to those with each bond.
    pub(super) closeness: [Vec<f64>; 3],
    /// The other editions of its series, the last first.
    pub(super) editions: Vec<usize>,
    pub(super) country_events: usize,
    /// Its categories that some past event may carry, ascending.
    pub(super) categories: Vec<usize>,
    /// √|C| and √Σ idf² over all its categories.
    pub(super) norms: [f64; 2],
    /// How many regions it reaches.
    pub(super) regions: usize,
    /// The words of its objectives, ascending.
    pub(super) tokens: Vec<&'a str>,
}

impl EventFacts<'_> {
    /// Returns the event's id.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::features::EventFacts;
    /// fn describe(facts: &EventFacts<'_>) -> String {
    ///     format!("event {}", facts.id())
    /// }
    /// ```
    pub fn id(&self) -> EventId {
        self.event.event_id
    }

    /// Returns the event itself.
    pub(crate) fn event(&self) -> &Event {
        self.event
    }

    /// Returns what its audience did, where that is known.
    pub(crate) fn insights(&self) -> Option<&AudienceInsights> {
        self.insights
    }

    pub(super) fn has(&self, past: usize, bond: Bond) -> bool {
        self.bonds[past] & bond.bit() != 0
    }
}

impl Features {
    /// Prepares an event, which need not be part of the history.
    ///
    /// Where it is, it is not one of its own editions, nor an event of its own country: those
    /// are others. What a sponsor did in all still counts it.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::{features::Features, history::History};
    /// use sponsorfit::{AudienceInsights, Event, EventId};
    ///
    /// let features = Features::as_of(&History::new(&[], &[])?, "2026-07-01".parse()?);
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let insights = AudienceInsights::new(event.event_id);
    /// let facts = features.event(&event, &insights);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn event<'a>(
        &self,
        event: &'a Event,
        insights: impl Into<Option<&'a AudienceInsights>>,
    ) -> EventFacts<'a> {
        let insights = insights.into();
        let setting = self.labels.setting(event);
        let country = event.country.as_deref().map(Label::new);
        let continent = country.as_ref().and_then(|country| continent(country.key()));
        let bonds: Vec<u8> = self
            .past
            .iter()
            .map(|past| if past.id == event.event_id { 0 } else { bonds(past, &setting, continent) })
            .collect();
        let weights = Bond::ALL.map(|bond| {
            let pairs = self.past.iter().zip(&bonds).filter(|(_, bonds)| *bonds & bond.bit() != 0);
            pairs.fold(0.0, |sum, (past, _)| sum + past.weight)
        });
        let has = |past: &usize, bond: Bond| bonds[*past] & bond.bit() != 0;
        let editions: Vec<usize> = (0..bonds.len()).rev().filter(|past| has(past, Bond::Series)).collect();
        let country_events = (0..bonds.len()).filter(|past| has(past, Bond::Country)).count();
        let all = event.categories.iter().map(|label| {
            let known = self.labels.categories.iter().as_slice().binary_search(label);
            known.map_or(0, |category| self.carriers[category])
        });
        let squares = all.fold(0.0, |sum, carriers| {
            let idf = self.idf(carriers);
            sum + idf * idf
        });
        let regions = match insights {
            Some(insights) => insights.geo_distribution.union_size(&event.regions),
            None => event.regions.len(),
        };
        EventFacts {
            event,
            insights,
            country: setting.country,
            known: Bond::ALL.map(|bond| is_known(bond, event, continent)),
            closeness: self.closeness(event.event_id, &bonds, &weights),
            bonds,
            weights,
            editions,
            country_events,
            categories: setting.categories,
            norms: [(event.categories.len() as f64).sqrt(), squares.sqrt()],
            regions,
            tokens: event.objectives.tokens(),
        }
    }

    /// For each bond and past event: the mean similarity of its sponsors to those of the past events
    /// with the bond, late ones counting more.
    fn closeness(&self, own: EventId, bonds: &[u8], weights: &[f64; 4]) -> [Vec<f64>; 3] {
        let mut closeness = [(); 3].map(|()| vec![0.0; self.past.len()]);
        let near = Bond::NEAR.iter().fold(0, |bits, bond| bits | bond.bit());
        let mut shared = vec![0_u32; self.past.len()];
        let mut touched: Vec<u32> = vec![];
        for (k, event) in self.past.iter().enumerate().filter(|&(k, _)| bonds[k] & near != 0) {
            let ties = event.sponsors.iter().flat_map(|&sponsor| &self.records[sponsor as usize].ties);
            for tie in ties.filter(|tie| tie.event as usize != k) {
                let shared = &mut shared[tie.event as usize];
                if *shared == 0 {
                    touched.push(tie.event);
                }
                *shared += 1;
            }
            for j in touched.drain(..) {
                let (other, count) = (&self.past[j as usize], std::mem::take(&mut shared[j as usize]));
                let sizes = event.sponsors.len() as u64 * other.sponsors.len() as u64;
                let similarity = f64::from(count) / (sizes as f64).sqrt();
                for (bond, closeness) in Bond::NEAR.into_iter().zip(&mut closeness) {
                    if bonds[k] & bond.bit() != 0 && other.id != own {
                        closeness[j as usize] += similarity * (event.weight / weights[bond as usize]);
                    }
                }
            }
        }
        closeness
    }
}

/// Tells whether an event says at all what others may have in common with it.
fn is_known(bond: Bond, event: &Event, continent: Option<usize>) -> bool {
    let is_text = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    match bond {
        Bond::Series => series_key(event).is_some(),
        Bond::Country => is_text(&event.country),
        Bond::Continent => continent.is_some(),
        Bond::City => is_text(&event.country) && is_text(&event.city),
    }
}

fn bonds(past: &PastEvent, setting: &Setting, continent: Option<usize>) -> u8 {
    let same = |one: Option<usize>, other: Option<usize>| one.is_some() && one == other;
    let found = [
        (Bond::Series, same(past.setting.series, setting.series)),
        (Bond::Country, same(past.setting.country, setting.country)),
        (Bond::Continent, same(past.continent, continent)),
        (Bond::City, same(past.setting.city, setting.city)),
    ];
    found.into_iter().filter(|(_, is_same)| *is_same).fold(0, |bits, (bond, _)| bits | bond.bit())
}
