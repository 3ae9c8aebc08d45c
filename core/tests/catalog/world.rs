//! Random catalogs: few distinct values, so that scores tie, with empty and very wide sets among them.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use sponsorfit::{
    AudienceInsights, Count, Embedding, Event, EventId, GeoDistribution, Label, LabelSet, Moment,
    ObjectivesSimilarity, Scorer, ScoringConfig, SponsorId, SponsorProfile, UnitInterval,
};

/// Rows, and a configuration to score them by.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) sponsors: Vec<SponsorProfile>,
    pub(crate) events: Vec<Event>,
    pub(crate) insights: BTreeMap<EventId, AudienceInsights>,
    pub(crate) config: String,
}

impl World {
    pub(crate) fn scorer(&self) -> Scorer {
        scorer(&self.config)
    }

    pub(crate) fn insights_of(&self, event: &Event) -> Option<&AudienceInsights> {
        self.insights.get(&event.event_id)
    }

    pub(crate) fn catalog(&self) -> sponsorfit::Catalog {
        sponsorfit::Catalog::builder(self.scorer())
            .sponsors(self.sponsors.clone())
            .events(self.events.clone())
            .insights(self.insights.values().cloned())
            .build()
            .unwrap()
    }
}

pub(crate) fn scorer(config: &str) -> Scorer {
    let config = ScoringConfig::from_json(config).unwrap();
    match &config.objectives {
        sponsorfit::ObjectivesKind::Custom { .. } => Scorer::custom(config, Arc::new(Parity)).unwrap(),
        _ => Scorer::new(config).unwrap(),
    }
}

/// A similarity of one's own, unknown for some pairs.
pub(crate) struct Parity;

impl ObjectivesSimilarity for Parity {
    fn similarity(&self, sponsor: &SponsorProfile, event: &Event) -> Option<UnitInterval> {
        match (sponsor.sponsor_id.as_bytes()[15] ^ event.event_id.as_bytes()[15]) & 3 {
            0 => None,
            1 => Some(UnitInterval::ZERO),
            2 => Some(UnitInterval::HALF),
            _ => Some(UnitInterval::ONE),
        }
    }

    fn id(&self) -> &'static str {
        "parity"
    }
}

/// Sets of up to four labels out of six, now and then one wider than the engine counts.
fn labels() -> impl Strategy<Value = LabelSet> {
    let few = prop::collection::vec(0..6_u32, 0..5);
    let some = prop::collection::vec(0..24_u32, 8..20);
    let wide = (60..75_u32).prop_map(|count| (0..count).collect());
    prop_oneof![20 => few, 2 => some, 1 => wide].prop_map(|numbers: Vec<u32>| {
        let texts: Vec<String> = numbers.iter().map(|number| format!("label {number}")).collect();
        texts.iter().map(String::as_str).collect()
    })
}

fn budget() -> impl Strategy<Value = Option<Count>> {
    let amounts = [None, Some(0), Some(1), Some(100_000), Some(5_000_000), Some(Count::MAX.get())];
    select(amounts.to_vec()).prop_map(|cents| cents.map(|cents| Count::new(cents).unwrap()))
}

fn rate() -> impl Strategy<Value = Option<UnitInterval>> {
    select(&[None, Some(0.0), Some(0.1), Some(0.5), Some(0.500_000_000_000_000_1), Some(1.0)][..])
        .prop_map(|rate| rate.map(|rate| UnitInterval::new(rate).unwrap()))
}

fn embedding() -> impl Strategy<Value = Option<Embedding>> {
    prop::option::of(prop::collection::vec(select(&[-1.0, 0.0, 0.25, 1.0][..]), 2..5))
        .prop_map(|components| components.map(|components| Embedding::new(&components).unwrap()))
}

pub(crate) fn sponsor(number: u16) -> impl Strategy<Value = SponsorProfile> {
    (labels(), labels(), labels(), labels(), budget(), embedding()).prop_map(
        move |(categories, regions, keywords, excluded, budget, embedding)| {
            let mut sponsor = SponsorProfile::new(sponsor_id(number));
            sponsor.preferred_categories = categories;
            sponsor.regions = regions;
            sponsor.brand_objectives.keywords = keywords;
            sponsor.excluded_categories = excluded;
            sponsor.annual_budget_cents = budget;
            sponsor.objectives_embedding = embedding;
            sponsor
        },
    )
}

fn start() -> impl Strategy<Value = Option<Moment>> {
    select(&[None, Some("2026-01-01"), Some("2026-02-01T10:00:00Z"), Some("2026-03-01")][..])
        .prop_map(|start| start.map(|start| start.parse().unwrap()))
}

pub(crate) fn event(number: u16) -> impl Strategy<Value = Event> {
    (labels(), labels(), labels(), budget(), embedding(), start()).prop_map(
        move |(categories, regions, keywords, price, embedding, start)| {
            let mut event = Event::new(event_id(number));
            event.categories = categories;
            event.regions = regions;
            event.objectives.keywords = keywords;
            event.min_price_cents = price;
            event.objectives_embedding = embedding;
            event.start_at = start;
            event
        },
    )
}

fn visitors() -> impl Strategy<Value = GeoDistribution> {
    let counts = select(vec![0, 1, 3, 1_000, Count::MAX.get()]);
    (labels(), prop::collection::vec(counts, 1..5), 0..9_u32).prop_map(|(regions, counts, crowd)| {
        let entry = |(index, region): (usize, &Label)| {
            (region.clone(), Count::new(counts[index % counts.len()]).unwrap())
        };
        let mut entries: Vec<_> = regions.iter().enumerate().map(entry).collect();
        if crowd == 0 && !entries.is_empty() {
            // More visitors than 64 bits hold.
            let region = entries[0].0.clone();
            entries.extend((0..3000).map(|_| (region.clone(), Count::MAX)));
        }
        entries.into_iter().collect()
    })
}

pub(crate) fn insights(number: u16) -> impl Strategy<Value = AudienceInsights> {
    (visitors(), rate(), rate()).prop_map(move |(visitors, engagement, conversion)| {
        let mut insights = AudienceInsights::new(event_id(number));
        insights.geo_distribution = visitors;
        insights.engagement_score = engagement;
        insights.ticket_conversion_rate = conversion;
        insights
    })
}

pub(crate) fn config() -> impl Strategy<Value = String> {
    let objectives = [
        r#"{"kind": "none"}"#,
        r#"{"kind": "none"}"#,
        r#"{"kind": "keywords"}"#,
        r#"{"kind": "embedding", "dimension": 3}"#,
        r#"{"kind": "custom", "id": "parity"}"#,
    ];
    let weights = [
        "{}",
        r#"{"budget_fit": 0, "audience_overlap": 0.6}"#,
        r#"{"budget_fit": 0.1, "audience_overlap": 0.2, "geo_fit": 0.3, "engagement_quality": 0.3, "objectives_similarity": 0.1000000005}"#,
        r#"{"budget_fit": 0, "audience_overlap": 0, "geo_fit": 0, "engagement_quality": 0.5, "objectives_similarity": 0.5}"#,
    ];
    (
        select(weights.to_vec()),
        select(&["any", "audience_share"][..]),
        select(&["preferred", "reachable"][..]),
        select(&["fixed", "price"][..]),
        select(&["neutral", "neutral", "renormalize"][..]),
        select(&["0", "0", "0.3", "0.8"][..]),
        select(objectives.to_vec()),
    )
        .prop_map(|(weights, geo, overlap, budget, policy, coverage, objectives)| {
            format!(
                r#"{{"weights": {weights}, "geo_reading": "{geo}", "overlap_reading": "{overlap}",
                "budget_reading": "{budget}", "missing": {{"policy": "{policy}"}},
                "min_coverage": {coverage}, "objectives": {objectives}}}"#
            )
        })
}

/// Identifiers whose order is not the order of reading.
fn id(number: u16) -> [u8; 16] {
    let mut bytes = [7; 16];
    bytes[..2].copy_from_slice(&(number.wrapping_mul(40_503)).to_be_bytes());
    bytes[14..].copy_from_slice(&number.to_be_bytes());
    bytes
}

pub(crate) fn sponsor_id(number: u16) -> SponsorId {
    SponsorId::from_bytes(id(number))
}

pub(crate) fn event_id(number: u16) -> EventId {
    EventId::from_bytes(id(number))
}

fn numbered<S: Strategy>(count: u16, make: fn(u16) -> S) -> impl Strategy<Value = Vec<S::Value>> {
    (0..count).map(make).collect::<Vec<S>>()
}

/// Catalogs of up to this many sponsors and events.
pub(crate) fn world(sponsors: u16, events: u16) -> impl Strategy<Value = World> {
    (0..=sponsors, 0..=events, config()).prop_flat_map(|(sponsors, events, config)| {
        let insights = numbered(events, insights).prop_flat_map(|rows| {
            let len = rows.len();
            prop::sample::subsequence(rows, 0..=len)
        });
        (numbered(sponsors, sponsor), numbered(events, event), insights).prop_map(
            move |(sponsors, events, insights)| {
                let insights = insights.into_iter().map(|row| (row.event_id, row)).collect();
                World { sponsors, events, insights, config: config.clone() }
            },
        )
    })
}
