//! The score's leaves in all their readings, as the score reads them.

use sponsorfit::factors::{LeafValue, audience, budget, engagement, geography, overlap};
use sponsorfit::{
    BudgetReading, EmbeddingSimilarity, KeywordsSimilarity, ObjectivesSimilarity, OverlapReading,
    UnitInterval,
};

use super::{EventFacts, Feature, FeatureRow, SponsorFacts};

/// The half budget of the default configuration.
const HALF_BUDGET_CENTS: f64 = 100_000.0;

/// Sets the features that compare the profile with the event.
pub(super) fn set(row: &mut FeatureRow, sponsor: &SponsorFacts<'_>, facts: &EventFacts<'_>) {
    let (profile, event, insights) = (sponsor.profile, facts.event, facts.insights);
    let mut put = |feature: Feature, value: LeafValue| row[feature as usize] = number(value);

    let budget = profile.annual_budget_cents;
    put(Feature::BudgetFit, budget::budget_fit(budget, HALF_BUDGET_CENTS));
    let price = event.min_price_cents.filter(|price| price.get() > 0).map(|_| {
        budget::budget_fit(budget, budget::half_budget(HALF_BUDGET_CENTS, BudgetReading::Price, event))
    });
    put(Feature::BudgetFitPrice, price.unwrap_or(LeafValue::Missing));

    let categories = |reading| audience::categories(profile, event, reading);
    put(Feature::CategoriesPreferred, categories(OverlapReading::Preferred));
    put(Feature::CategoriesReachable, categories(OverlapReading::Reachable));

    let wanted = &profile.regions;
    let matched = wanted.iter().filter(|region| geography::reaches(event, insights, region)).count();
    let geo = |reading| overlap(matched, wanted.len(), facts.regions, reading);
    put(Feature::GeoPreferred, geo(OverlapReading::Preferred));
    put(Feature::GeoReachable, geo(OverlapReading::Reachable));
    put(Feature::GeoAudienceShare, geography::audience_share(wanted, insights));

    let (engagement, conversion) = engagement::engagement(insights);
    put(Feature::EngagementScore, engagement);
    put(Feature::TicketConversionRate, conversion);

    let known =
        |value: Option<UnitInterval>| value.map_or(LeafValue::Missing, |value| LeafValue::Known(value.get()));
    let keywords = KeywordsSimilarity::default().compare(&sponsor.tokens, &facts.tokens);
    put(Feature::ObjectivesKeywords, known(keywords));
    let embedding = event
        .objectives_embedding
        .as_ref()
        .and_then(|vector| EmbeddingSimilarity::new(vector.components().len()).similarity(profile, event));
    put(Feature::ObjectivesEmbedding, known(embedding));
}

fn number(value: LeafValue) -> f64 {
    value.known().unwrap_or(f64::NAN)
}
