//! The configuration, from its JSON text.

use super::text::Text;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum GeoReading {
    Any,
    AudienceShare,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum OverlapReading {
    Preferred,
    Reachable,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum BudgetReading {
    Fixed,
    Price,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Policy {
    Neutral,
    Renormalize,
}

/// What stands in for a leaf that is unknown, under the policy `neutral`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NeutralValues {
    pub(crate) budget: f64,
    pub(crate) no_preference: f64,
    pub(crate) event_silent: f64,
    pub(crate) engagement_score: f64,
    pub(crate) ticket_conversion_rate: f64,
    pub(crate) objectives: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Objectives {
    None,
    Keywords,
    Embedding { dimension: u64 },
    Custom,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Config {
    /// In formula order: budget, audience, geography, engagement, objectives.
    pub(crate) weights: [f64; 5],
    /// categories, geo
    pub(crate) audience_blend: [f64; 2],
    /// `engagement_score`, `ticket_conversion_rate`
    pub(crate) engagement_blend: [f64; 2],
    pub(crate) half_budget_cents: f64,
    pub(crate) geo_reading: GeoReading,
    pub(crate) overlap_reading: OverlapReading,
    pub(crate) budget_reading: BudgetReading,
    pub(crate) policy: Policy,
    pub(crate) neutral: NeutralValues,
    pub(crate) min_coverage: f64,
    pub(crate) objectives: Objectives,
}

const PARTS: [&str; 10] = [
    "weights",
    "audience_blend",
    "engagement_blend",
    "half_budget_cents",
    "geo_reading",
    "overlap_reading",
    "budget_reading",
    "missing",
    "min_coverage",
    "objectives",
];

impl Config {
    /// "Every part may be left out."
    pub(crate) fn read(json: &str) -> Config {
        let config = Text::parse(json);
        refuse_unknown(&config, &PARTS);
        let weights = config.field("weights");
        let audience = config.field("audience_blend");
        let engagement = config.field("engagement_blend");
        Config {
            weights: parts_of_one(
                weights,
                ["budget_fit", "audience_overlap", "geo_fit", "engagement_quality", "objectives_similarity"],
                [0.25, 0.35, 0.15, 0.15, 0.10],
            ),
            audience_blend: parts_of_one(audience, ["categories", "geo"], [0.6, 0.4]),
            engagement_blend: parts_of_one(
                engagement,
                ["engagement_score", "ticket_conversion_rate"],
                [0.7, 0.3],
            ),
            half_budget_cents: half_budget(config.field("half_budget_cents")),
            geo_reading: match word(config.field("geo_reading"), "any") {
                "any" => GeoReading::Any,
                "audience_share" => GeoReading::AudienceShare,
                other => panic!("no geo reading `{other}`"),
            },
            overlap_reading: match word(config.field("overlap_reading"), "preferred") {
                "preferred" => OverlapReading::Preferred,
                "reachable" => OverlapReading::Reachable,
                other => panic!("no overlap reading `{other}`"),
            },
            budget_reading: match word(config.field("budget_reading"), "fixed") {
                "fixed" => BudgetReading::Fixed,
                "price" => BudgetReading::Price,
                other => panic!("no budget reading `{other}`"),
            },
            policy: match word(config.field("missing").field("policy"), "neutral") {
                "neutral" => Policy::Neutral,
                "renormalize" => Policy::Renormalize,
                other => panic!("no policy `{other}`"),
            },
            neutral: neutral_values(config.field("missing")),
            min_coverage: config.field("min_coverage").share().unwrap_or(0.0),
            objectives: objectives(config.field("objectives")),
        }
    }
}

/// "budget 0.5 · categories 0.5 when P is empty, 0 when only C is empty · geo and geo_fit
/// likewise with R and G · engagement_score 0 · ticket_conversion_rate 0 · objectives 0.5",
/// "the values are configuration, each in 0..1"
fn neutral_values(missing: &Text) -> NeutralValues {
    refuse_unknown(
        missing,
        &[
            "policy",
            "budget",
            "no_preference",
            "event_silent",
            "engagement_score",
            "ticket_conversion_rate",
            "objectives",
        ],
    );
    NeutralValues {
        budget: missing.field("budget").share().unwrap_or(0.5),
        no_preference: missing.field("no_preference").share().unwrap_or(0.5),
        event_silent: missing.field("event_silent").share().unwrap_or(0.0),
        engagement_score: missing.field("engagement_score").share().unwrap_or(0.0),
        ticket_conversion_rate: missing.field("ticket_conversion_rate").share().unwrap_or(0.0),
        objectives: missing.field("objectives").share().unwrap_or(0.5),
    }
}

/// "`objectives.kind` none | keywords | embedding {dimension} | custom {id}"
fn objectives(part: &Text) -> Objectives {
    match word(part.field("kind"), "none") {
        "none" => {
            refuse_unknown(part, &["kind"]);
            Objectives::None
        }
        "keywords" => {
            refuse_unknown(part, &["kind"]);
            Objectives::Keywords
        }
        "embedding" => {
            refuse_unknown(part, &["kind", "dimension"]);
            let dimension = part.field("dimension").count().expect("an embedding has a dimension");
            Objectives::Embedding { dimension }
        }
        "custom" => {
            refuse_unknown(part, &["kind", "id"]);
            assert!(!part.field("id").string().is_empty(), "a custom similarity has an id");
            Objectives::Custom
        }
        other => panic!("no objectives similarity `{other}`"),
    }
}

/// "Weights are ≥ 0 and sum to 1 within 1e-9, blends likewise"
fn parts_of_one<const N: usize>(part: &Text, names: [&str; N], default: [f64; N]) -> [f64; N] {
    refuse_unknown(part, &names);
    let mut weights = default;
    let mut sum = 0.0;
    for (weight, name) in weights.iter_mut().zip(names) {
        if *part.field(name) != Text::Null {
            *weight = part.field(name).number();
        }
        assert!(*weight >= 0.0, "the weight `{name}` is negative");
        sum += *weight;
    }
    assert!((sum - 1.0).abs() <= 1e-9, "{names:?} sum to {sum}");
    weights
}

/// "H > 0."
fn half_budget(part: &Text) -> f64 {
    let half = if *part == Text::Null { 100_000.0 } else { part.number() };
    assert!(half > 0.0, "`half_budget_cents` is not above 0");
    half
}

fn word<'t>(part: &'t Text, default: &'t str) -> &'t str {
    if *part == Text::Null { default } else { part.string() }
}

/// "unknown fields are refused"
fn refuse_unknown(part: &Text, known: &[&str]) {
    for (name, _) in part.pairs() {
        assert!(known.contains(&name.as_str()), "no field `{name}`, but {known:?}");
    }
}
