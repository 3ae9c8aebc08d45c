//! Shares that sum to 1: of factors in the score, of parts in a blend.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::small::decimal::plain;

/// How far weights may sum from 1, for those who write `0.333`.
const SUM_TOLERANCE: f64 = 1e-9;

/// Checks that shares are finite, not negative, and sum to 1.
pub(super) fn check_shares(path: &str, shares: &[(&str, f64)]) -> Result<(), Error> {
    let mut sum = 0.0;
    for &(name, share) in shares {
        if !(share >= 0.0 && share.is_finite()) {
            let message = format!("{} is not in 0..=1", plain(share));
            return Err(Error::new(ErrorKind::OutOfRange, message).within(name).within(path));
        }
        sum += share;
    }
    let excess = sum - 1.0;
    if (-SUM_TOLERANCE..=SUM_TOLERANCE).contains(&excess) {
        Ok(())
    } else {
        let message = format!("sum to {}, not to 1 within 1e-9", plain(sum));
        Err(Error::new(ErrorKind::WeightsSum, message).within(path))
    }
}

/// The share of each factor in the score.
///
/// # Examples
/// ```
/// assert_eq!(sponsorfit::Weights::default().audience_overlap, 0.35);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// The share of `budget_fit`.
    pub budget_fit: f64,
    /// The share of `audience_overlap`.
    pub audience_overlap: f64,
    /// The share of `geo_fit`.
    pub geo_fit: f64,
    /// The share of `engagement_quality`.
    pub engagement_quality: f64,
    /// The share of `objectives_similarity`.
    pub objectives_similarity: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            budget_fit: 0.25,
            audience_overlap: 0.35,
            geo_fit: 0.15,
            engagement_quality: 0.15,
            objectives_similarity: 0.10,
        }
    }
}

impl From<Weights> for [f64; 5] {
    fn from(weights: Weights) -> Self {
        weights.named().map(|(_, weight)| weight)
    }
}

impl From<[f64; 5]> for Weights {
    /// Takes the weights in formula order.
    fn from(weights: [f64; 5]) -> Self {
        let [budget_fit, audience_overlap, geo_fit, engagement_quality, objectives_similarity] = weights;
        Self { budget_fit, audience_overlap, geo_fit, engagement_quality, objectives_similarity }
    }
}

impl Weights {
    pub(super) fn named(&self) -> [(&'static str, f64); 5] {
        [
            ("budget_fit", self.budget_fit),
            ("audience_overlap", self.audience_overlap),
            ("geo_fit", self.geo_fit),
            ("engagement_quality", self.engagement_quality),
            ("objectives_similarity", self.objectives_similarity),
        ]
    }
}

/// The shares of the two parts of `audience_overlap`.
///
/// # Examples
/// ```
/// assert_eq!(sponsorfit::AudienceBlend::default().categories, 0.6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AudienceBlend {
    /// The share of the overlap of categories.
    pub categories: f64,
    /// The share of the overlap of regions.
    pub geo: f64,
}

impl Default for AudienceBlend {
    fn default() -> Self {
        Self { categories: 0.6, geo: 0.4 }
    }
}

impl AudienceBlend {
    pub(super) fn named(&self) -> [(&'static str, f64); 2] {
        [("categories", self.categories), ("geo", self.geo)]
    }
}

/// The shares of the two parts of `engagement_quality`.
///
/// # Examples
/// ```
/// assert_eq!(sponsorfit::EngagementBlend::default().ticket_conversion_rate, 0.3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct EngagementBlend {
    /// The share of the engagement score.
    pub engagement_score: f64,
    /// The share of the ticket conversion rate.
    pub ticket_conversion_rate: f64,
}

impl Default for EngagementBlend {
    fn default() -> Self {
        Self { engagement_score: 0.7, ticket_conversion_rate: 0.3 }
    }
}

impl EngagementBlend {
    pub(super) fn named(&self) -> [(&'static str, f64); 2] {
        [("engagement_score", self.engagement_score), ("ticket_conversion_rate", self.ticket_conversion_rate)]
    }
}
