//! Every history feature against the oracle, and the guarantees around them.

use sponsorfit::{Count, Event, Moment, PastSponsorship, SponsorProfile};
use sponsorfit_learn::features::{Feature, FeatureRow, Features, Theme};
use sponsorfit_learn::history::History;

use super::oracle::Oracle;
use crate::history::world::{World, date, event_id, shuffled, sponsor_id, world};

const DATES: [&str; 4] = ["2014-01-01", "2017-03-03", "2021-01-01", "2026-01-01"];

/// The events of a world, one that is in no history, and one of which nothing is known.
fn asked(world: &World) -> Vec<Event> {
    let mut stranger = Event::new(event_id(200));
    stranger.country = Some("BR".to_owned());
    stranger.slug = Some("gala-2026".to_owned());
    stranger.categories = ["opera", "art"].into_iter().collect();
    let mut events = world.events.clone();
    events.extend([stranger, Event::new(event_id(201))]);
    events
}

fn rows(world: &World, at: Moment) -> Vec<FeatureRow> {
    let history = History::new(&world.events, &world.past).unwrap();
    let features = Features::as_of(&history, at);
    let profiles: Vec<SponsorProfile> =
        (0..32).map(|number| SponsorProfile::new(sponsor_id(number))).collect();
    let mut rows = vec![];
    for event in &asked(world) {
        let event = features.event(event, None);
        rows.extend(profiles.iter().map(|profile| features.row(&features.sponsor(profile), &event)));
    }
    rows
}

fn same(a: &[FeatureRow], b: &[FeatureRow]) -> bool {
    let bits = |rows: &[FeatureRow]| rows.iter().flatten().map(|value| value.to_bits()).collect::<Vec<_>>();
    bits(a) == bits(b)
}

#[test]
fn every_history_feature_is_its_definition() {
    for seed in 0..2 {
        let mut world = world(seed);
        // One event that only its sponsorships tell of, one date later than the event's own.
        world.past.push(PastSponsorship::new(sponsor_id(3), event_id(99), date("2016-05-05")));
        world.past.push(PastSponsorship::new(sponsor_id(4), event_id(99), date("2016-05-06T12:00:00Z")));
        for at in DATES.map(date) {
            let rows = rows(&world, at);
            let oracle = Oracle::new(&world.events, &world.past, at);
            let pairs = asked(&world).into_iter().flat_map(|event| (0..32).map(move |s| (event.clone(), s)));
            for (row, (event, sponsor)) in rows.iter().zip(pairs) {
                let told = oracle.values(sponsor_id(sponsor), &event);
                for feature in Feature::ALL.iter().filter(|feature| feature.theme() != Theme::Profile) {
                    let (found, expected) =
                        (row[*feature as usize], told.get(feature).copied().unwrap_or(f64::NAN));
                    let is_same = (found - expected).abs() <= 1e-12 * (1.0 + expected.abs())
                        || (found.is_nan() && expected.is_nan());
                    assert!(
                        is_same,
                        "{feature:?} of sponsor {sponsor} and {event:?} on {at}: {found} is not {expected}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_value_is_in_its_range_and_every_feature_tells_something() {
    let mut told = vec![0; Feature::ALL.len()];
    for seed in 0..4 {
        for row in rows(&world(seed), date("2022-01-01")) {
            for (place, value) in row.into_iter().enumerate().filter(|(_, value)| !value.is_nan()) {
                let (low, high) = Feature::ALL[place].range();
                assert!((low..=high).contains(&value), "{:?}: {value}", Feature::ALL[place]);
                told[place] += usize::from(value > low);
            }
        }
    }
    for (feature, told) in
        Feature::ALL.iter().zip(told).filter(|(feature, _)| feature.theme() != Theme::Profile)
    {
        assert!(told > 0, "{feature:?} is always at its least");
    }
}

#[test]
fn what_happens_from_the_date_on_moves_no_feature() {
    let at = date("2020-01-01");
    let world = world(5);
    let mut told = world.clone();
    for sponsor in 0..32 {
        for day in ["2020-01-01", "2020-01-01T00:00:00Z", "2023-05-05"] {
            let mut planted = PastSponsorship::new(sponsor_id(sponsor), event_id(sponsor % 24), date(day));
            planted.tier_level = Some(Count::from(1));
            told.past.push(planted);
        }
    }
    assert!(same(&rows(&told, at), &rows(&world, at)));
    assert!(!same(&rows(&told, date("2020-01-02")), &rows(&world, date("2020-01-02"))));
}

#[test]
fn the_order_of_rows_shows_in_no_bit() {
    let world = world(1);
    let other = World { events: shuffled(&world.events, 2), past: shuffled(&world.past, 3) };
    let (one, two) = (History::new(&world.events, &world.past), History::new(&other.events, &other.past));
    let at = date("2022-01-01");
    let row = |history: &History, event: &Event| {
        let features = Features::as_of(history, at);
        let profile = SponsorProfile::new(sponsor_id(7));
        features.row(&features.sponsor(&profile), &features.event(event, None))
    };
    let (one, two) = (one.unwrap(), two.unwrap());
    for event in &world.events {
        assert!(same(&[row(&one, event)], &[row(&two, event)]));
    }
}
