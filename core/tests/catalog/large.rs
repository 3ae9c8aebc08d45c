//! Catalogs of many blocks, where most rows are never scored: the list must not show it.

use std::collections::{BTreeMap, BTreeSet};

use sponsorfit::{AudienceInsights, Catalog, Count, Event, Filter, LabelSet, SponsorProfile, UnitInterval};

use crate::oracle::{assert_top, events_for, sponsors_for};
use crate::world::{World, event_id, scorer, sponsor_id};

/// A generator of our own, so that the rows are the same for ever (xorshift64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 32) % u64::from(sides)).unwrap()
    }

    fn labels(&mut self, most: u32, of: u32) -> LabelSet {
        let texts: Vec<String> =
            (0..self.roll(most + 1)).map(|_| format!("label {}", self.roll(of))).collect();
        texts.iter().map(String::as_str).collect()
    }

    /// One of few rates, so that many scores tie.
    fn rate(&mut self, steps: u32) -> Option<UnitInterval> {
        let roll = self.roll(steps + 2);
        (roll <= steps).then(|| UnitInterval::new(f64::from(roll) / f64::from(steps)).unwrap())
    }
}

fn rows(sponsors: u16, events: u16, steps: u32, config: &str) -> World {
    let mut dice = Dice(88_172_645_463_325_252);
    let sponsors = (0..sponsors).map(|number| {
        let mut sponsor = SponsorProfile::new(sponsor_id(number));
        sponsor.preferred_categories = dice.labels(5, 48);
        sponsor.regions = dice.labels(3, 40);
        sponsor.annual_budget_cents =
            dice.rate(steps).map(|rate| Count::from(u32::try_from(rate.get().to_bits() >> 40).unwrap()));
        sponsor
    });
    let sponsors: Vec<SponsorProfile> = sponsors.collect();
    let mut insights = BTreeMap::new();
    let events = (0..events).map(|number| {
        let mut event = Event::new(event_id(number));
        event.categories = dice.labels(4, 48);
        event.regions = dice.labels(2, 40);
        event.min_price_cents = (dice.roll(3) > 0).then(|| Count::from(dice.roll(5) * 40_000));
        let mut row = AudienceInsights::new(event.event_id);
        row.engagement_score = dice.rate(steps);
        row.ticket_conversion_rate = dice.rate(2);
        let visitors = event.regions.iter().chain(&dice.labels(1, 40)).cloned().collect::<Vec<_>>();
        row.geo_distribution =
            visitors.into_iter().map(|region| (region, Count::from(dice.roll(900)))).collect();
        if dice.roll(5) > 0 {
            insights.insert(row.event_id, row);
        }
        event
    });
    let events: Vec<Event> = events.collect();
    World { sponsors, events, insights, config: config.to_owned() }
}

const CONFIGS: [&str; 6] = [
    "{}",
    r#"{"overlap_reading": "reachable", "geo_reading": "audience_share"}"#,
    r#"{"budget_reading": "price", "weights": {"budget_fit": 0.4, "audience_overlap": 0.2}}"#,
    r#"{"missing": {"policy": "renormalize"}, "min_coverage": 0.6}"#,
    r#"{"geo_reading": "audience_share", "missing": {"policy": "renormalize"}, "budget_reading": "price"}"#,
    r#"{"objectives": {"kind": "custom", "id": "parity"}, "overlap_reading": "reachable"}"#,
];

fn assert_catalog(catalog: &Catalog, world: &World, k: usize) {
    for sponsor in world.sponsors.iter().take(6) {
        let expected = events_for(world, catalog.scorer(), sponsor, &|_, _| true);
        assert_top(&catalog.events_for(&sponsor.sponsor_id).top(k).unwrap(), &expected, k);
        let odd = |event: &Event| event.categories.len() % 2 == 1;
        let accepts = |_: &SponsorProfile, event: &Event, _: Option<&AudienceInsights>| odd(event);
        let filter = Filter::new().eligible(&accepts);
        let expected = events_for(world, catalog.scorer(), sponsor, &|_, event| odd(event));
        assert_top(&catalog.events_for(&sponsor.sponsor_id).filter(&filter).top(k).unwrap(), &expected, k);
    }
    for event in world.events.iter().take(6) {
        let expected = sponsors_for(world, catalog.scorer(), event, &|_, _| true);
        assert_top(&catalog.sponsors_for(&event.event_id).top(k).unwrap(), &expected, k);
    }
}

#[test]
fn events_of_many_blocks() {
    for config in CONFIGS {
        for steps in [1, 400_000] {
            let world = rows(6, 12_000, steps, config);
            let catalog = world.catalog();
            assert_catalog(&catalog, &world, 20);
        }
    }
}

#[test]
fn sponsors_of_many_blocks() {
    for config in CONFIGS {
        for steps in [1, 400_000] {
            let world = rows(12_000, 6, steps, config);
            let catalog = world.catalog();
            assert_catalog(&catalog, &world, 7);
        }
    }
}

#[test]
fn a_layout_serves_other_weights() {
    let world = rows(6, 12_000, 400_000, "{}");
    let catalog = world.catalog();
    for config in [
        r#"{"engagement_blend": {"engagement_score": 0.1, "ticket_conversion_rate": 0.9}}"#,
        r#"{"half_budget_cents": 5, "weights": {"budget_fit": 0, "engagement_quality": 0.4}}"#,
        CONFIGS[1],
    ] {
        assert_catalog(&catalog.with_scorer(scorer(config)), &world, 20);
    }
}

#[test]
fn a_floor_from_counts_believes_no_share_that_only_few_reach() {
    let mut sponsor = SponsorProfile::new(sponsor_id(1));
    sponsor.preferred_categories = ["music"].into_iter().collect();
    sponsor.regions = ["here"].into_iter().collect();
    let mut events = Vec::new();
    let mut insights = Vec::new();
    for number in 0..300 {
        let mut event = Event::new(event_id(number));
        event.categories = ["music"].into_iter().collect();
        let (here, there) = if number % 100 == 7 { (99_u32, 1_u32) } else { (1, 99) };
        let mut row = AudienceInsights::new(event.event_id);
        row.geo_distribution = [("here", here), ("there", there)]
            .into_iter()
            .map(|(region, count)| (region.into(), Count::from(count)))
            .collect();
        events.push(event);
        insights.push(row);
    }
    let catalog = Catalog::builder(scorer(r#"{"geo_reading": "audience_share"}"#))
        .sponsors([sponsor.clone()])
        .events(events)
        .insights(insights)
        .build()
        .unwrap();
    let best = catalog.events_for(&sponsor.sponsor_id).top(20).unwrap();
    // Identifiers do not ascend with numbers, and these three tie.
    let crowded: BTreeSet<_> = [7, 107, 207].map(event_id).into();
    assert_eq!(best.len(), 20);
    assert_eq!(best.iter().take(3).map(|pair| pair.event_id).collect::<BTreeSet<_>>(), crowded);
}
