//! The seven leaves: what is known of each, and what stands in for it under `neutral`.

use std::collections::BTreeSet;

use super::config::{BudgetReading, Config, GeoReading, OverlapReading};
use super::rows::{Event, Insights, Sponsor};

/// In the order in which they enter the formula.
pub(crate) const PATHS: [&str; 7] = [
    "budget_fit",
    "audience_overlap.categories",
    "audience_overlap.geo",
    "geo_fit",
    "engagement_quality.engagement_score",
    "engagement_quality.ticket_conversion_rate",
    "objectives_similarity",
];

/// A known value before it is rounded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Quantity {
    /// `B / (B + H)`
    Saturation { budget: u64, half: f64 },
    /// A quotient of integers.
    Quotient(u128, u128),
    /// A share or a similarity, as it was given.
    Given(f64),
}

impl Quantity {
    #[expect(clippy::cast_precision_loss, reason = "sums beyond 2^53 become the nearest f64")]
    pub(crate) fn value(&self) -> f64 {
        match *self {
            // "B = annual_budget_cents, H = 100_000, both as f64"
            Quantity::Saturation { budget, half } => budget as f64 / (budget as f64 + half),
            Quantity::Quotient(part, whole) => part as f64 / whole as f64,
            Quantity::Given(value) => value,
        }
    }
}

/// A leaf: none known, then `neutral` stands in under that policy.
pub(crate) struct Leaf {
    pub(crate) known: Option<Quantity>,
    pub(crate) neutral: f64,
}

pub(crate) fn leaves(
    sponsor: &Sponsor,
    event: &Event,
    insights: &Insights,
    config: &Config,
    similarity: Option<f64>,
) -> [Leaf; 7] {
    // "R = sponsor regions, G = event regions ∪ {g : geo_distribution[g] > 0}"
    let mut g = event.regions.clone();
    for (region, count) in &insights.geo_distribution {
        if *count > 0 {
            g.insert(region.clone());
        }
    }
    let given = |known: Option<f64>, neutral: f64| Leaf { known: known.map(Quantity::Given), neutral };
    [
        budget_fit(sponsor, event, config),
        overlap(&sponsor.preferred_categories, &event.categories, config),
        overlap(&sponsor.regions, &g, config),
        match config.geo_reading {
            // "geo_fit = geo"
            GeoReading::Any => overlap(&sponsor.regions, &g, config),
            GeoReading::AudienceShare => audience_share(&sponsor.regions, insights, config),
        },
        given(insights.engagement_score, config.neutral.engagement_score),
        given(insights.ticket_conversion_rate, config.neutral.ticket_conversion_rate),
        given(similarity, config.neutral.objectives),
    ]
}

/// "budget_fit = B / (B + H)", unknown when "budget null".
fn budget_fit(sponsor: &Sponsor, event: &Event, config: &Config) -> Leaf {
    let half = match (config.budget_reading, event.min_price_cents) {
        // "budget reading `price`: H = the event's `min_price_cents` where known and above 0, else
        // the configured H."
        (BudgetReading::Price, Some(price)) if price > 0 => price_as_half(price),
        _ => config.half_budget_cents,
    };
    Leaf {
        known: sponsor.annual_budget_cents.map(|budget| Quantity::Saturation { budget, half }),
        neutral: config.neutral.budget,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count is below 2^53")]
fn price_as_half(price: u64) -> f64 {
    price as f64
}

/// "categories = |P ∩ C| / |P|", "geo = |R ∩ G| / |R|".
fn overlap(wanted: &BTreeSet<String>, present: &BTreeSet<String>, config: &Config) -> Leaf {
    let matched = wanted.iter().filter(|label| present.contains(*label)).count();
    let whole = match config.overlap_reading {
        OverlapReading::Preferred => wanted.len(),
        // "overlap reading `reachable`: divide by min(|P|, |C|) and min(|R|, |G|)."
        OverlapReading::Reachable => wanted.len().min(present.len()),
    };
    // "A leaf is unknown when: … P empty or C empty · R empty or G empty (geo and geo_fit)"
    let known = !wanted.is_empty() && !present.is_empty();
    Leaf {
        known: known.then_some(Quantity::Quotient(matched as u128, whole as u128)),
        neutral: silence(wanted, config),
    }
}

/// "geo_fit = Σ_{r∈R} n_r / Σ n over `geo_distribution` (exact integer sums; unknown when Σ n = 0;
/// neutral 0.5 when R is empty, else 0)"
fn audience_share(wanted: &BTreeSet<String>, insights: &Insights, config: &Config) -> Leaf {
    let mut matched = 0;
    let mut all = 0;
    for (region, count) in &insights.geo_distribution {
        all += count;
        if wanted.contains(region) {
            matched += count;
        }
    }
    let known = !wanted.is_empty() && all > 0;
    Leaf { known: known.then_some(Quantity::Quotient(matched, all)), neutral: silence(wanted, config) }
}

/// "categories 0.5 when P is empty, 0 when only C is empty · geo and geo_fit likewise with R and G"
fn silence(wanted: &BTreeSet<String>, config: &Config) -> f64 {
    if wanted.is_empty() { config.neutral.no_preference } else { config.neutral.event_silent }
}
