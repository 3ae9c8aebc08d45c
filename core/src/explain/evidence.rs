//! What a row of an explanation rests on.

use serde::Serialize;

use crate::config::{GeoReading, OverlapReading};
use crate::factors::{Leaf, budget, geography};
use crate::model::{AudienceInsights, Count, Event, Label, LabelSet, SponsorProfile, UnitInterval};
use crate::score::Scorer;

/// The facts behind one leaf, by kind.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Evidence, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// sponsor.preferred_categories = ["music", "food"].into_iter().collect();
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// event.categories = ["Music", "sport"].into_iter().collect();
///
/// let why = scorer.explain(&sponsor, &event, None)?;
/// let evidence: Option<&Evidence> = why.factors[1].children[0].evidence.as_ref();
/// assert_eq!(
///     serde_json::to_string(&evidence).unwrap(),
///     r#"{"kind":"labels","matched":["music"],"unmatched":["food"],"offered":["sport"],"divisor":2}"#,
/// );
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Evidence {
    /// The budget, and the one that counts as one half.
    #[non_exhaustive]
    Budget {
        /// The sponsor's budget; `None` is unknown.
        annual_budget_cents: Option<Count>,
        /// The budget that would give one half.
        half_budget_cents: f64,
    },
    /// Which of the wanted labels the event has. Lists are in key order.
    #[non_exhaustive]
    Labels {
        /// What the sponsor wants and the event has.
        matched: Vec<Label>,
        /// What the sponsor wants and the event has not.
        unmatched: Vec<Label>,
        /// What the event has besides.
        offered: Vec<Label>,
        /// What the number of matches was divided by; 0 when the overlap is unknown.
        divisor: usize,
    },
    /// Where the visitors came from.
    #[non_exhaustive]
    Visitors {
        /// The sponsor's regions with their visitors, in key order.
        regions: Vec<RegionVisitors>,
        /// The visitors from these regions together.
        reached: u128,
        /// All visitors that were counted.
        total: u128,
    },
    /// A measured rate.
    #[non_exhaustive]
    Rate {
        /// The rate; `None` is unknown.
        rate: Option<UnitInterval>,
    },
    /// How objectives were compared.
    #[non_exhaustive]
    Objectives {
        /// The implementation's id.
        implementation: String,
        /// Words that both sides use, in byte order.
        shared_words: Vec<String>,
    },
}

/// The visitors from one of the sponsor's regions.
///
/// # Examples
/// ```
/// use sponsorfit::RegionVisitors;
///
/// let canada = RegionVisitors { region: "CA".into(), visitors: 150 };
/// assert_eq!(serde_json::to_string(&canada)?, r#"{"region":"CA","visitors":150}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionVisitors {
    /// The region as the sponsor spells it.
    pub region: Label,
    /// How many visitors came from there.
    pub visitors: u128,
}

impl Evidence {
    /// Collects the facts behind a leaf.
    pub(super) fn of(
        leaf: Leaf,
        scorer: &Scorer,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: Option<&AudienceInsights>,
    ) -> Self {
        let config = scorer.config();
        match leaf {
            Leaf::BudgetFit => Self::Budget {
                annual_budget_cents: sponsor.annual_budget_cents,
                half_budget_cents: budget::half_budget(
                    config.half_budget_cents,
                    config.budget_reading,
                    event,
                ),
            },
            Leaf::Categories => {
                let has = |label: &Label| event.categories.contains(label);
                let offered = event.categories.iter().collect();
                Self::labels(&sponsor.preferred_categories, has, offered, config.overlap_reading)
            }
            Leaf::GeoFit if config.geo_reading == GeoReading::AudienceShare => {
                Self::visitors(&sponsor.regions, insights)
            }
            Leaf::Geo | Leaf::GeoFit => {
                let has = |region: &Label| geography::reaches(event, insights, region);
                let offered = geography::reached(event, insights);
                Self::labels(&sponsor.regions, has, offered, config.overlap_reading)
            }
            Leaf::EngagementScore => {
                Self::Rate { rate: insights.and_then(|insights| insights.engagement_score) }
            }
            Leaf::TicketConversionRate => {
                Self::Rate { rate: insights.and_then(|insights| insights.ticket_conversion_rate) }
            }
            Leaf::ObjectivesSimilarity => {
                let offered = event.objectives.tokens();
                let shared = sponsor.brand_objectives.tokens().into_iter();
                Self::Objectives {
                    implementation: scorer.objectives().id().to_owned(),
                    shared_words: shared.filter(|word| offered.contains(word)).map(str::to_owned).collect(),
                }
            }
        }
    }

    fn labels(
        wanted: &LabelSet,
        has: impl Fn(&Label) -> bool,
        offered: Vec<&Label>,
        reading: OverlapReading,
    ) -> Self {
        let (matched, unmatched) = wanted.iter().cloned().partition(|label| has(label));
        let divisor = match reading {
            _ if offered.is_empty() => 0,
            OverlapReading::Preferred => wanted.len(),
            OverlapReading::Reachable => wanted.len().min(offered.len()),
        };
        let besides = offered.into_iter().filter(|label| !wanted.contains(label)).cloned().collect();
        Self::Labels { matched, unmatched, offered: besides, divisor }
    }

    fn visitors(wanted: &LabelSet, insights: Option<&AudienceInsights>) -> Self {
        let visitors =
            |region: &Label| insights.map_or(0, |insights| insights.geo_distribution.count(region));
        let regions: Vec<RegionVisitors> = wanted
            .iter()
            .map(|region| RegionVisitors { region: region.clone(), visitors: visitors(region) })
            .collect();
        Self::Visitors {
            reached: regions.iter().map(|region| region.visitors).sum(),
            total: insights.map_or(0, |insights| insights.geo_distribution.total()),
            regions,
        }
    }
}
