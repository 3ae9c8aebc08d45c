//! Small worlds of events and sponsorships, drawn from a seed.

use sponsorfit::{Count, Event, EventId, Moment, PastSponsorship, SponsorId, SponsorshipOutcome};
use sponsorfit_learn::SplitMix64;

pub(crate) fn date(text: &str) -> Moment {
    text.parse().unwrap()
}

pub(crate) fn event_id(number: usize) -> EventId {
    EventId::from_bytes([u8::try_from(number).unwrap(); 16])
}

pub(crate) fn sponsor_id(number: usize) -> SponsorId {
    SponsorId::from_bytes([u8::try_from(number).unwrap(); 16])
}

#[derive(Clone)]
pub(crate) struct World {
    pub(crate) events: Vec<Event>,
    pub(crate) past: Vec<PastSponsorship>,
}

/// Events of 2015 to 2024, some without country, city, series or categories.
pub(crate) fn world(seed: u64) -> World {
    let random = &mut SplitMix64::new(seed);
    let mut events: Vec<Event> = vec![];
    for number in 0..24 {
        let mut event = Event::new(event_id(number));
        let year = 2015 + random.index(10);
        event.start_at =
            Some(date(&format!("{year}-{:02}-{:02}", 1 + random.index(12), 1 + random.index(28))));
        let pick = |random: &mut SplitMix64, from: &[&str]| Some(from[random.index(from.len())].to_owned());
        event.country = pick(random, &["FR", "US", "JP", "us", ""]).filter(|country| !country.is_empty());
        event.city = pick(random, &["Lyon", "Austin", "Kyoto"]).filter(|_| event.country.is_some());
        event.slug = pick(random, &["fair", "expo", "camp", "meet"]).map(|name| format!("{name}-{year}"));
        let mut categories = vec!["Ruby"];
        categories
            .extend(["rails", "data", "ai", "art", "food", "film"].into_iter().filter(|_| random.coin()));
        event.categories = categories.into_iter().collect();
        events.push(event);
    }
    let mut past = vec![];
    for _ in 0..160 {
        let event = &events[random.index(events.len())];
        let sponsor = sponsor_id(random.index(30));
        let mut row = PastSponsorship::new(sponsor, event.event_id, event.start_at.unwrap());
        row.tier_level = (!random.coin()).then(|| Count::from(u32::try_from(1 + random.index(5)).unwrap()));
        row.outcome = match random.index(8) {
            0 => SponsorshipOutcome::Rejected,
            1 => SponsorshipOutcome::Shown,
            _ => SponsorshipOutcome::Accepted,
        };
        past.push(row);
    }
    World { events, past }
}

/// The same rows in another order.
pub(crate) fn shuffled<T: Clone>(rows: &[T], seed: u64) -> Vec<T> {
    let random = &mut SplitMix64::new(seed);
    let mut rows = rows.to_vec();
    for place in (1..rows.len()).rev() {
        rows.swap(place, random.index(place + 1));
    }
    rows
}
