//! Readings: where the formula may be read in more than one way (definition, §2.10).

use serde::{Deserialize, Serialize};

/// How `geo_fit` reads where visitors came from.
///
/// # Examples
/// ```
/// use sponsorfit::GeoReading;
///
/// assert_eq!(serde_json::to_string(&GeoReading::AudienceShare)?, "\"audience_share\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum GeoReading {
    /// A region with one visitor counts like one with ten thousand.
    #[default]
    Any,
    /// The share of visitors who came from the sponsor's regions.
    AudienceShare,
}

/// What the overlaps of categories and of regions are divided by.
///
/// # Examples
/// ```
/// use sponsorfit::OverlapReading;
///
/// assert_eq!(serde_json::to_string(&OverlapReading::Reachable)?, "\"reachable\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OverlapReading {
    /// By all that the sponsor prefers, which punishes breadth.
    #[default]
    Preferred,
    /// By what could match at all: the smaller of the two sets.
    Reachable,
}

/// Which budget makes `budget_fit` one half.
///
/// # Examples
/// ```
/// use sponsorfit::BudgetReading;
///
/// assert_eq!(serde_json::to_string(&BudgetReading::Price)?, "\"price\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BudgetReading {
    /// The configured one, for every event.
    #[default]
    Fixed,
    /// The event's cheapest open package, where its price is known and above 0.
    Price,
}
