//! The features of profiles are what the score's leaves are.

use sponsorfit::{
    AudienceInsights, Count, Embedding, Event, LabelSet, OverlapMetrics, Scorer, ScoringConfig,
    SponsorProfile, UnitInterval,
};
use sponsorfit_learn::SplitMix64;
use sponsorfit_learn::features::{Feature, FeatureRow, Features};
use sponsorfit_learn::history::History;

use crate::history::world::{date, event_id, sponsor_id};

fn labels(random: &mut SplitMix64, from: &[&str]) -> LabelSet {
    from.iter().copied().filter(|_| random.index(3) == 0).collect()
}

fn pair(seed: u64) -> (SponsorProfile, Event, AudienceInsights) {
    let random = &mut SplitMix64::new(seed);
    let maybe =
        |random: &mut SplitMix64, value: f64| random.coin().then(|| UnitInterval::new(value).unwrap());
    let count = |random: &mut SplitMix64| Count::from(u32::try_from(random.below(400_000)).unwrap());
    let (regions, topics) = (["US", "FR", "JP", "BR"], ["ruby", "rails", "ai", "art"]);
    let mut sponsor = SponsorProfile::new(sponsor_id(1));
    let mut event = Event::new(event_id(2));
    let mut insights = AudienceInsights::new(event.event_id);
    sponsor.annual_budget_cents = random.coin().then(|| count(random));
    event.min_price_cents = random.coin().then(|| count(random));
    (sponsor.preferred_categories, event.categories) = (labels(random, &topics), labels(random, &topics));
    (sponsor.regions, event.regions) = (labels(random, &regions), labels(random, &regions));
    (sponsor.brand_objectives.keywords, event.objectives.goals) =
        (labels(random, &topics), labels(random, &topics));
    for region in &labels(random, &regions) {
        insights.geo_distribution.set(region.clone(), count(random));
    }
    insights.engagement_score = maybe(random, 0.3);
    insights.ticket_conversion_rate = maybe(random, 0.6);
    sponsor.objectives_embedding = random.coin().then(|| Embedding::new(&[0.6, 0.8]).unwrap());
    event.objectives_embedding = random.coin().then(|| Embedding::new(&[0.1, 0.9]).unwrap());
    (sponsor, event, insights)
}

fn row(sponsor: &SponsorProfile, event: &Event, insights: &AudienceInsights) -> FeatureRow {
    let features = Features::as_of(&History::new(&[], &[]).unwrap(), date("2026-01-01"));
    features.row(&features.sponsor(sponsor), &features.event(event, insights))
}

/// What entered the score; what is unknown is left out.
fn metrics(json: &str, pair: &(SponsorProfile, Event, AudienceInsights)) -> Option<OverlapMetrics> {
    let json = json.replacen('{', r#"{"missing": {"policy": "renormalize"}, "#, 1).replace(", }", "}");
    let scorer = Scorer::new(ScoringConfig::from_json(&json).unwrap()).unwrap();
    scorer.score(&pair.0, &pair.1, &pair.2).ok().map(|score| score.overlap_metrics)
}

#[test]
fn they_are_the_leaves_of_the_score_in_every_reading() {
    type Read = fn(&OverlapMetrics) -> Option<UnitInterval>;
    let cases: [(Feature, &str, Read); 9] = [
        (Feature::BudgetFit, "{}", |m| m.budget_fit),
        (Feature::CategoriesPreferred, "{}", |m| m.audience_overlap.categories),
        (Feature::CategoriesReachable, r#"{"overlap_reading": "reachable"}"#, |m| {
            m.audience_overlap.categories
        }),
        (Feature::GeoPreferred, "{}", |m| m.geo_fit),
        (Feature::GeoReachable, r#"{"overlap_reading": "reachable"}"#, |m| m.audience_overlap.geo),
        (Feature::GeoAudienceShare, r#"{"geo_reading": "audience_share"}"#, |m| m.geo_fit),
        (
            Feature::EngagementScore,
            r#"{"engagement_blend": {"engagement_score": 1, "ticket_conversion_rate": 0}}"#,
            |m| m.engagement_quality,
        ),
        (Feature::ObjectivesKeywords, r#"{"objectives": {"kind": "keywords"}}"#, |m| m.objectives_similarity),
        (Feature::ObjectivesEmbedding, r#"{"objectives": {"kind": "embedding", "dimension": 2}}"#, |m| {
            m.objectives_similarity
        }),
    ];
    let mut told = [0; 9];
    for seed in 0..400 {
        let pair = pair(seed);
        let row = row(&pair.0, &pair.1, &pair.2);
        for ((feature, json, read), told) in cases.iter().zip(&mut told) {
            // With one rate alone known, a blend is that rate: only then do both speak of the same.
            if *feature == Feature::EngagementScore && pair.2.engagement_score.is_none() {
                assert!(row[*feature as usize].is_nan());
                continue;
            }
            let expected = metrics(json, &pair).as_ref().and_then(read).map_or(f64::NAN, UnitInterval::get);
            assert_eq!(row[*feature as usize].to_bits(), expected.to_bits(), "{feature:?} of {pair:?}");
            *told += usize::from(expected > 0.0);
        }
    }
    assert!(told.iter().all(|told| *told > 20), "{told:?}");
}

#[test]
fn rates_and_prices_are_as_given() {
    let (mut told, mut unknown) = (0, 0);
    for seed in 0..100 {
        let (sponsor, event, insights) = pair(seed);
        let row = row(&sponsor, &event, &insights);
        let rate = insights.ticket_conversion_rate.map_or(f64::NAN, UnitInterval::get);
        assert_eq!(row[Feature::TicketConversionRate as usize].to_bits(), rate.to_bits());
        let found = row[Feature::BudgetFitPrice as usize];
        match (sponsor.annual_budget_cents, event.min_price_cents) {
            (Some(budget), Some(price)) if price.get() > 0 => {
                let (budget, price) = (budget.get() as f64, price.get() as f64);
                assert_eq!(found.to_bits(), (budget / (budget + price)).to_bits());
                told += 1;
            }
            _ => {
                assert!(found.is_nan());
                unknown += 1;
            }
        }
    }
    assert!(told > 10 && unknown > 10);
}
