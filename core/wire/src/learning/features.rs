//! What a ranker is told of a pair: every number by its name.

use sponsorfit::Error;
use sponsorfit_learn::features::{Feature, Theme, Unit};

use super::{answer, known};

answer! {
    /// One number that a ranker is told of a pair.
    ///
    /// # Examples
    /// See [`feature_definitions`].
    FeatureDefinition {
        /// Its name.
        name: &'static str,
        /// What it is about.
        theme: Theme,
        /// What it counts in.
        unit: Unit,
        /// The least value.
        low: f64,
        /// The highest value; null is none.
        high: Option<f64>,
        /// What it is, in a sentence or two.
        definition: &'static str,
    }
}

/// Returns every feature: its name, what it is, its unit and range, in the order of a row.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// let answer = sponsorfit_wire::ask("feature_definitions", "{}");
/// assert!(answer.starts_with(r#"[{"name":"series_recency","theme":"series","unit":"recency_weight","#));
/// ```
pub fn feature_definitions() -> Result<Vec<FeatureDefinition>, Error> {
    let definition = |feature: &Feature| {
        let (low, high) = feature.range();
        FeatureDefinition {
            name: feature.name(),
            theme: feature.theme(),
            unit: feature.unit(),
            low,
            high: known(high),
            definition: feature.definition(),
        }
    };
    Ok(Feature::ALL.iter().map(definition).collect())
}
