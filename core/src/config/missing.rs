//! What unknown facts count as.

use serde::{Deserialize, Serialize};

use crate::model::UnitInterval;

/// What unknown facts count as. The values are those of `neutral`, each 0 to 1.
///
/// # Examples
/// ```
/// use sponsorfit::{Missing, MissingPolicy};
///
/// let missing = Missing { policy: MissingPolicy::Renormalize, ..Missing::default() };
/// assert_eq!(missing.no_preference.get(), 0.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Missing {
    /// Whether unknown facts take the values below, or are left out.
    pub policy: MissingPolicy,
    /// What an unknown budget counts as.
    pub budget: UnitInterval,
    /// What an overlap counts as when the sponsor states no preference.
    pub no_preference: UnitInterval,
    /// What an overlap counts as when only the event says nothing.
    pub event_silent: UnitInterval,
    /// What an unknown engagement score counts as.
    pub engagement_score: UnitInterval,
    /// What an unknown ticket conversion rate counts as.
    pub ticket_conversion_rate: UnitInterval,
    /// What an unknown similarity of objectives counts as.
    pub objectives: UnitInterval,
}

impl Default for Missing {
    fn default() -> Self {
        Self {
            policy: MissingPolicy::default(),
            budget: UnitInterval::HALF,
            no_preference: UnitInterval::HALF,
            event_silent: UnitInterval::ZERO,
            engagement_score: UnitInterval::ZERO,
            ticket_conversion_rate: UnitInterval::ZERO,
            objectives: UnitInterval::HALF,
        }
    }
}

/// Whether unknown facts take a neutral value or are left out.
///
/// # Examples
/// ```
/// use sponsorfit::MissingPolicy;
///
/// assert_eq!(serde_json::to_string(&MissingPolicy::Renormalize)?, "\"renormalize\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MissingPolicy {
    /// Unknown facts take configured values.
    #[default]
    Neutral,
    /// Unknown facts are left out, and the known weights are scaled to 1.
    Renormalize,
}
