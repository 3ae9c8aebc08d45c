//! What a sponsor wants: the rows of `sponsor_profiles`.

use serde::{Deserialize, Serialize};

use super::embedding::Embedding;
use super::id::SponsorId;
use super::label::LabelSet;
use super::objectives::Objectives;
use super::or_default;
use super::unit::{Count, UnitInterval};

/// A sponsor's targeting profile. `None` is unknown; an empty set states no preference.
///
/// Every field's type carries its range, so a profile that exists is valid.
///
/// # Examples
/// ```
/// use sponsorfit::{Count, SponsorId, SponsorProfile};
///
/// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// sponsor.annual_budget_cents = Some(Count::new(5_000_000).unwrap());
/// sponsor.preferred_categories = ["music", "food", "art"].into_iter().collect();
/// assert!(sponsor.regions.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SponsorProfile {
    /// The sponsor's UUID.
    pub sponsor_id: SponsorId,
    /// The sponsor's name, for display only.
    #[serde(default)]
    pub name: Option<String>,
    /// The industry, such as `beverages`. Rules of exclusivity compare it.
    #[serde(default)]
    pub industry: Option<String>,
    /// The size of the company, in the database's own words.
    #[serde(default)]
    pub company_size: Option<String>,
    /// The yearly sponsoring budget in minor units of the currency.
    #[serde(default)]
    pub annual_budget_cents: Option<Count>,
    /// What the brand wants to be known for.
    #[serde(default, deserialize_with = "or_default")]
    pub brand_objectives: Objectives,
    /// Whom the sponsor wants to reach.
    #[serde(default, deserialize_with = "or_default")]
    pub target_audience: TargetAudience,
    /// The categories of events that the sponsor prefers.
    #[serde(default)]
    pub preferred_categories: LabelSet,
    /// The regions in which the sponsor wants to be seen.
    #[serde(default)]
    pub regions: LabelSet,
    /// How well organisers speak of the sponsor, 0 to 1.
    #[serde(default)]
    pub reputation_score: Option<UnitInterval>,
    /// The categories that the sponsor will not stand beside.
    #[serde(default)]
    pub excluded_categories: LabelSet,
    /// The objectives as a vector of a text embedding model.
    #[serde(default)]
    pub objectives_embedding: Option<Embedding>,
}

impl SponsorProfile {
    /// Returns a profile of which only the identifier is known.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{SponsorId, SponsorProfile};
    ///
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// assert_eq!(sponsor.annual_budget_cents, None);
    /// ```
    pub fn new(sponsor_id: SponsorId) -> Self {
        Self {
            sponsor_id,
            name: None,
            industry: None,
            company_size: None,
            annual_budget_cents: None,
            brand_objectives: Objectives::default(),
            target_audience: TargetAudience::default(),
            preferred_categories: LabelSet::default(),
            regions: LabelSet::default(),
            reputation_score: None,
            excluded_categories: LabelSet::default(),
            objectives_embedding: None,
        }
    }
}

/// Whom a sponsor wants to reach.
///
/// # Examples
/// ```
/// use sponsorfit::TargetAudience;
///
/// let audience = TargetAudience {
///     age_buckets: ["18-24"].into_iter().collect(),
///     ..TargetAudience::default()
/// };
/// assert!(audience.interests.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct TargetAudience {
    /// Age buckets such as `18-24`.
    pub age_buckets: LabelSet,
    /// Interests such as `climbing`.
    pub interests: LabelSet,
}
