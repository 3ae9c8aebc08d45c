//! JSON Schema of what goes in and comes out, made from the types.
//!
//! The committed files in `core/schema` are these, word for word; the type
//! declarations of other languages are generated from them. A field's
//! description is its documentation here.

mod prose;
mod values;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use crate::config::ScoringConfig;
use crate::error::Error;
use crate::explain::Explanation;
use crate::match_score::{InsufficientData, MatchScore};
use crate::model::{AudienceInsights, Event, SponsorProfile};
use crate::rules::{NearMiss, RuleVerdict, Rules};
use crate::what_if::{Change, Improvement, WhatIf};
use crate::wire::{Checked, Stored, Validation};

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
pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
    let mut schemas = vec![
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
    ];
    schemas.extend([
        ("stored_match_score", written::<Stored<'_, MatchScore>>()),
        ("stored_explanation", written::<Stored<'_, Explanation>>()),
        ("checked", written::<Checked>()),
        ("validation", written::<Validation>()),
    ]);
    schemas.into_iter().map(|(name, schema)| (name, prose::plain(schema.to_value()))).collect()
}

fn read<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>()
}

fn written<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}
