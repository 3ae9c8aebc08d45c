//! Everything about the score that can be turned: weights, blends, readings, policies.

mod canonical;
mod fingerprint;
mod missing;
mod objectives_kind;
mod readings;
mod recommended;
mod weights;

use serde::{Deserialize, Serialize};

pub(crate) use canonical::canonical_json;
pub use fingerprint::Fingerprint;
pub use missing::{Missing, MissingPolicy};
pub use objectives_kind::ObjectivesKind;
pub use readings::{BudgetReading, GeoReading, OverlapReading};
use weights::check_shares;
pub use weights::{AudienceBlend, EngagementBlend, Weights};

use crate::decimal::plain;
use crate::error::{Error, ErrorKind};
use crate::model::UnitInterval;
use crate::read;

/// What a [`Scorer`](crate::Scorer) computes: the formula's numbers and how to read the rows.
///
/// The default is the formula of the definition, §2.1. Every part may be left
/// out of the JSON; unknown fields are refused.
///
/// # Examples
/// ```
/// use sponsorfit::{GeoReading, ScoringConfig};
///
/// let config = ScoringConfig { geo_reading: GeoReading::AudienceShare, ..ScoringConfig::default() };
/// assert_eq!(ScoringConfig::from_json(r#"{"geo_reading": "audience_share"}"#)?, config);
///
/// let error = ScoringConfig::from_json(r#"{"weights": {"budget_fit": 0.5}}"#).unwrap_err();
/// assert_eq!(error.to_string(), "weights: sum to 1.25, not to 1 within 1e-9");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ScoringConfig {
    /// The share of each factor in the score. Each 0 or more, together 1.
    pub weights: Weights,
    /// The shares of the two parts of `audience_overlap`, together 1.
    pub audience_blend: AudienceBlend,
    /// The shares of the two parts of `engagement_quality`, together 1.
    pub engagement_blend: EngagementBlend,
    /// The budget, in minor units, at which `budget_fit` is one half. Finite, above 0.
    pub half_budget_cents: f64,
    /// Whether a region counts once or by its visitors.
    pub geo_reading: GeoReading,
    /// What overlaps are divided by.
    pub overlap_reading: OverlapReading,
    /// Which budget counts as one half.
    pub budget_reading: BudgetReading,
    /// What unknown facts count as.
    pub missing: Missing,
    /// The coverage below which there is no score.
    pub min_coverage: UnitInterval,
    /// How objectives are compared.
    pub objectives: ObjectivesKind,
}

impl Default for ScoringConfig {
    fn default() -> Self {
        Self {
            weights: Weights::default(),
            audience_blend: AudienceBlend::default(),
            engagement_blend: EngagementBlend::default(),
            half_budget_cents: 100_000.0,
            geo_reading: GeoReading::default(),
            overlap_reading: OverlapReading::default(),
            budget_reading: BudgetReading::default(),
            missing: Missing::default(),
            min_coverage: UnitInterval::ZERO,
            objectives: ObjectivesKind::default(),
        }
    }
}

impl ScoringConfig {
    /// Reads and validates a configuration from JSON; `{}` is the default.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownField`] with the nearest name, [`ErrorKind::WeightsSum`]
    /// with the sum, and the errors of reading any value.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::ScoringConfig;
    ///
    /// assert_eq!(ScoringConfig::from_json("{}")?, ScoringConfig::default());
    /// let error = ScoringConfig::from_json(r#"{"geo_readings": "any"}"#).unwrap_err();
    /// assert_eq!(error.to_string(), "geo_readings: unknown field, did you mean `geo_reading`");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let config: Self = read::strict_from_json(text)?;
        config.validate()?;
        Ok(config)
    }

    /// Checks what the types alone do not hold: sums of weights, the half budget.
    ///
    /// [`Scorer::new`](crate::Scorer::new) does this for you.
    ///
    /// # Errors
    /// [`ErrorKind::WeightsSum`], or [`ErrorKind::OutOfRange`] with the path of the number.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::ScoringConfig;
    ///
    /// let config = ScoringConfig { half_budget_cents: f64::NAN, ..ScoringConfig::default() };
    /// assert_eq!(config.validate().unwrap_err().path(), "half_budget_cents");
    /// ```
    pub fn validate(&self) -> Result<(), Error> {
        check_shares("weights", &self.weights.named())?;
        check_shares("audience_blend", &self.audience_blend.named())?;
        check_shares("engagement_blend", &self.engagement_blend.named())?;
        if !(self.half_budget_cents > 0.0 && self.half_budget_cents.is_finite()) {
            let message = format!("{} is not a finite number above 0", plain(self.half_budget_cents));
            return Err(Error::new(ErrorKind::OutOfRange, message).within("half_budget_cents"));
        }
        Ok(())
    }

    /// Returns the SHA-256 that names this configuration, stored with every score.
    ///
    /// It is taken over the RFC 8785 JSON of the fields that differ from the
    /// default, so an option added later keeps the fingerprints of today.
    ///
    /// # Examples
    /// ```
    /// let fingerprint = sponsorfit::ScoringConfig::default().fingerprint();
    /// // The SHA-256 of `{}`.
    /// assert!(fingerprint.as_str().starts_with("44136fa355b3678a1146ad16f7e8649e"));
    /// ```
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(json: &str) -> String {
        ScoringConfig::from_json(json).unwrap_err().to_string()
    }

    #[test]
    fn the_default_is_written_as_the_definition_gives_it() {
        let definition = r#"{"weights":{"budget_fit":0.25,"audience_overlap":0.35,"geo_fit":0.15,"engagement_quality":0.15,"objectives_similarity":0.1},"audience_blend":{"categories":0.6,"geo":0.4},"engagement_blend":{"engagement_score":0.7,"ticket_conversion_rate":0.3},"half_budget_cents":100000.0,"geo_reading":"any","overlap_reading":"preferred","budget_reading":"fixed","missing":{"policy":"neutral","budget":0.5,"no_preference":0.5,"event_silent":0.0,"engagement_score":0.0,"ticket_conversion_rate":0.0,"objectives":0.5},"min_coverage":0.0,"objectives":{"kind":"none"}}"#;
        assert_eq!(serde_json::to_string(&ScoringConfig::default()).unwrap(), definition);
        assert_eq!(ScoringConfig::from_json(definition).unwrap(), ScoringConfig::default());
    }

    #[test]
    fn refusals_say_what_would_be_right() {
        for (json, expected) in [
            (r#"{"weights": {"budget_fit": -0.1}}"#, "weights.budget_fit: -0.1 is not in 0..=1"),
            (r#"{"audience_blend": {"geo": 0.5}}"#, "audience_blend: sum to 1.1, not to 1 within 1e-9"),
            (
                r#"{"engagement_blend": {"engagement_score": 0}}"#,
                "engagement_blend: sum to 0.3, not to 1 within 1e-9",
            ),
            (r#"{"half_budget_cents": -1}"#, "half_budget_cents: -1 is not a finite number above 0"),
            (r#"{"min_coverage": 1.5}"#, "min_coverage: 1.5 is not in 0..=1"),
            (r#"{"missing": {"budget": 2}}"#, "missing.budget: 2 is not in 0..=1"),
            (
                r#"{"missing": {"polices": "neutral"}}"#,
                "missing.polices: unknown field, did you mean `policy`",
            ),
            (r#"{"geo_reading": "share"}"#, "geo_reading: `share` is not `any` or `audience_share`"),
            (r#"{"weights": null}"#, "weights: null is not an object"),
            (r#"{"weights": [0.2, 0.2, 0.2, 0.2, 0.2]}"#, "weights: a list is not an object"),
            ("[]", "a list is not an object"),
            ("{", "not JSON: EOF while parsing an object at column 1"),
        ] {
            assert_eq!(refusal(json), expected, "{json}");
        }
    }

    #[test]
    fn shares_may_miss_one_by_a_billionth() {
        let near = r#"{"audience_blend": {"categories": 0.6000000005, "geo": 0.4}}"#;
        assert!(ScoringConfig::from_json(near).is_ok());
        let far = r#"{"audience_blend": {"categories": 0.60000001, "geo": 0.4}}"#;
        assert!(ScoringConfig::from_json(far).is_err());
        let infinite = ScoringConfig { half_budget_cents: f64::INFINITY, ..ScoringConfig::default() };
        assert!(infinite.validate().is_err());
    }
}
