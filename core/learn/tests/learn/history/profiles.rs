//! Profiles rebuilt as of a date.

use std::collections::{BTreeMap, BTreeSet};

use sponsorfit::{
    Count, LabelSet, Moment, PastSponsorship, SponsorId, SponsorProfile, SponsorshipOutcome, UnitInterval,
};
use sponsorfit_learn::history::{History, ProfileRule};

use super::world::{World, date, event_id, shuffled, sponsor_id, world};

const DATES: [&str; 4] = ["2016-07-01", "2020-01-01", "2024-06-30", "2025-01-01"];

fn profiles(world: &World, at: Moment) -> Vec<SponsorProfile> {
    History::new(&world.events, &world.past).unwrap().profiles(at, &ProfileRule::default())
}

/// Whether 95 of 100 events carry it that were sponsored, or proposed, before.
fn is_common(world: &World, at: Moment, category: &str) -> bool {
    let known = world.past.iter().filter(|row| row.at < at).map(|row| row.event_id);
    let known: BTreeSet<_> = known.collect();
    let events = world.events.iter().filter(|event| known.contains(&event.event_id));
    let carriers = events.filter(|event| event.categories.contains(&category.into())).count();
    100 * carriers >= 95 * known.len()
}

/// The rule again, in the plainest way: lists of words, counted one by one.
fn by_hand(world: &World, at: Moment) -> Vec<SponsorProfile> {
    let event =
        |row: &PastSponsorship| world.events.iter().find(|event| event.event_id == row.event_id).unwrap();
    let mut by_sponsor: BTreeMap<SponsorId, Vec<&PastSponsorship>> = BTreeMap::new();
    for row in world.past.iter().filter(|row| row.at < at && row.outcome == SponsorshipOutcome::Accepted) {
        by_sponsor.entry(row.sponsor_id).or_default().push(row);
    }
    let mut found = vec![];
    for (sponsor, rows) in by_sponsor {
        let mut profile = SponsorProfile::new(sponsor);
        let mut times: BTreeMap<&str, i64> = BTreeMap::new();
        for label in rows.iter().flat_map(|row| event(row).categories.iter()) {
            *times.entry(label.key()).or_default() += 1;
        }
        let common: Vec<&str> = times.keys().copied().filter(|key| is_common(world, at, key)).collect();
        times.retain(|key, _| !common.contains(key));
        let mut others: Vec<(i64, &str)> = times.into_iter().map(|(key, count)| (-count, key)).collect();
        others.sort_unstable();
        let first = |count| others.iter().take(count).map(|(_, key)| *key).collect::<Vec<_>>();
        profile.preferred_categories = [common, first(5)].concat().into_iter().collect();
        profile.brand_objectives.keywords = first(8).into_iter().collect();
        profile.regions = rows.iter().filter_map(|row| event(row).country.as_deref()).collect();
        let last = rows.iter().map(|row| row.at.to_string()[..4].to_owned()).max().unwrap();
        let prices = rows.iter().filter(|row| row.at.to_string().starts_with(&last)).map(|row| {
            match row.tier_level.map(Count::get) {
                Some(1) => 2_000_000,
                Some(2) => 1_000_000,
                Some(3) => 500_000,
                _ => 200_000,
            }
        });
        profile.annual_budget_cents = Some(Count::from(prices.sum::<u32>()));
        found.push(profile);
    }
    found
}

#[test]
fn profiles_follow_the_rule() {
    for seed in 0..40 {
        let world = world(seed);
        for at in DATES.map(date) {
            assert_eq!(profiles(&world, at), by_hand(&world, at), "seed {seed}, {at}");
        }
    }
}

#[test]
fn the_order_of_rows_shows_in_nothing() {
    let world = world(1);
    let other = World { events: shuffled(&world.events, 2), past: shuffled(&world.past, 3) };
    for at in DATES.map(date) {
        let spelt = |profiles: Vec<SponsorProfile>| serde_json::to_string(&profiles).unwrap();
        assert_eq!(spelt(profiles(&world, at)), spelt(profiles(&other, at)));
    }
}

#[test]
fn what_happens_from_the_date_on_moves_no_profile() {
    let at = date("2020-01-01");
    let world = world(5);
    let known: BTreeSet<SponsorId> = profiles(&world, at).iter().map(|profile| profile.sponsor_id).collect();
    let mut told = world.clone();
    for sponsor in 0..30 {
        for day in ["2020-01-01", "2020-01-01T00:00:00Z", "2023-05-05"] {
            let mut planted = PastSponsorship::new(sponsor_id(sponsor), event_id(sponsor % 24), date(day));
            planted.tier_level = Some(Count::from(1));
            told.past.push(planted);
        }
    }
    assert!(known.len() < 30, "nobody is left to appear");
    assert_eq!(profiles(&told, at), profiles(&world, at));
    assert_ne!(profiles(&told, date("2020-01-02")), profiles(&world, date("2020-01-02")));
}

#[test]
fn a_category_is_common_when_nearly_all_carry_it() {
    let mut world = world(7);
    let preferred = |world: &World, share| {
        let rule = ProfileRule {
            common_share: UnitInterval::new(share).unwrap(),
            categories: 0,
            ..ProfileRule::default()
        };
        let history = History::new(&world.events, &world.past).unwrap();
        let profiles = history.profiles(date("2025-01-01"), &rule);
        profiles.into_iter().map(|profile| profile.preferred_categories).collect::<Vec<LabelSet>>()
    };
    assert!(preferred(&world, 1.0).iter().all(|set| *set == ["ruby"].into_iter().collect()));
    // One of 24 events is about something else: 23/24 is above 0.95.
    world.events[3].categories = ["go"].into_iter().collect();
    assert!(preferred(&world, 0.95).iter().any(|set| set.contains(&"ruby".into())));
    assert!(preferred(&world, 1.0).iter().all(LabelSet::is_empty));
}

#[test]
fn what_is_of_unknown_events_still_costs() {
    let rule = ProfileRule::default();
    let mut past = vec![PastSponsorship::new(sponsor_id(1), event_id(99), date("2023-03-03"))];
    let history = History::new(&[], &past).unwrap();
    let profile = &history.profiles(date("2024-01-01"), &rule)[0];
    assert_eq!(profile.annual_budget_cents, Some(rule.other_tier_cents));
    assert!(profile.regions.is_empty() && profile.preferred_categories.is_empty());

    past.push(past[0]);
    past[1].tier_level = Some(Count::from(1));
    let dear = ProfileRule { tier_prices_cents: vec![Count::MAX], ..rule };
    let history = History::new(&[], &past).unwrap();
    assert_eq!(history.profiles(date("2024-01-01"), &dear)[0].annual_budget_cents, None);
}
