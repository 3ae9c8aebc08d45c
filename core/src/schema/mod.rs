//! JSON Schema of what goes in and comes out, made from the types.
//!
//! The committed files in `core/schema` are these, word for word; the type
//! declarations of other languages are generated from them. A field's
//! description is its documentation here.

mod prose;
mod values;

pub use prose::plain;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::config::ScoringConfig;
use crate::error::Error;
use crate::explain::Explanation;
use crate::match_score::{InsufficientData, MatchScore};
use crate::model::{AudienceInsights, Event, SponsorProfile};
use crate::rules::{NearMiss, RuleVerdict, Rules};
use crate::what_if::{Change, Improvement, WhatIf};

/// Returns every schema with the name of its file, inputs first.
///
/// Inputs are described as they are read: a label set may be null, a count may
/// be text. Results are described as they are written.
///
/// # Examples
/// ```
/// let schemas = sponsorfit::schema::schemas();
/// let (_, sponsor) = schemas.iter().find(|(name, _)| *name == "sponsor_profile").unwrap();
/// assert_eq!(
///     sponsor["properties"]["regions"]["description"],
///     "The regions in which the sponsor wants to be seen.",
/// );
/// ```
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("sponsor_profile", read::<SponsorProfile>()),
        ("event", read::<Event>()),
        ("audience_insights", read::<AudienceInsights>()),
        ("scoring_config", read::<ScoringConfig>()),
        ("rules", read::<Rules>()),
        ("change", read::<Change>()),
        ("match_score", written::<MatchScore>()),
        ("explanation", written::<Explanation>()),
        ("what_if", written::<WhatIf>()),
        ("improvement", written::<Improvement>()),
        ("rule_verdict", written::<RuleVerdict>()),
        ("near_miss", written::<NearMiss>()),
        ("insufficient_data", written::<InsufficientData>()),
        ("error", written::<Error>()),
    ]
}

/// Returns the schema of a type as it is read.
///
/// # Examples
/// ```
/// let schema = sponsorfit::schema::read::<sponsorfit::Rules>();
/// assert_eq!(schema["title"], "Rules");
/// ```
pub fn read<T: JsonSchema>() -> Value {
    whole::<T>(SchemaSettings::draft2020_12().for_deserialize())
}

/// Returns the schema of a type as it is written.
///
/// # Examples
/// ```
/// let schema = sponsorfit::schema::written::<sponsorfit::Error>();
/// assert!(schema["properties"]["code"].is_object());
/// ```
pub fn written<T: JsonSchema>() -> Value {
    whole::<T>(SchemaSettings::draft2020_12().for_serialize())
}

fn whole<T: JsonSchema>(settings: SchemaSettings) -> Value {
    plain(settings.into_generator().into_root_schema_for::<T>().to_value())
}
