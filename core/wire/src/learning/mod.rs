//! Questions about outcomes: experiments, metrics, fitted weights, features, trained rankers.
//!
//! Columns are lists of one length, as a frame has them.

mod acceptance;
mod calibration;
mod decisions;
mod evaluate;
mod experiment;
mod features;
mod history;
mod metrics;
mod ranker;
mod sample;
mod weights;

use serde::{Deserialize, Deserializer};
use sponsorfit::{Error, ErrorKind};

pub use acceptance::{AcceptanceFit, CalibrationChoice, Proposals, accept, fit_acceptance};
pub use calibration::{
    CalibrationFit, ScoresToCalibrate, ToldProbabilities, calibrate, fit_calibration, reliability,
};
pub use decisions::{DecisionColumns, Decisions, OutcomeColumns, ScoredColumns, decisions};
pub use evaluate::{Evaluate, RankerQuality, RankerScores, evaluate};
pub use experiment::{
    Assign, BasisPoints, ExperimentSpec, Read, ReadOut, Seed, VariantDifference, VariantSpec, assign,
    read_out, seed,
};
pub use features::{FeatureDefinition, feature_definitions};
pub(crate) use history::feature_numbers;
pub use history::{
    FeatureRow, FeaturesOf, History, HistoryReport, Profiles, features, history_report, profiles,
};
pub use metrics::{
    GainChoice, MeanMetrics, Metrics, NoPositivesChoice, QueryMetrics, RankedLists, TiesChoice, metrics,
};
pub use ranker::{
    Description, OpenRanker, Ranker, RefinedEvents, RefinedSponsors, RowsOnly, Scores, contributions,
    describe, explain, scores, top_events, top_sponsors,
};
pub use sample::{
    Cuped, CupedColumns, DifferenceOf, LoggedColumns, PagePlace, SampleSizes, SequenceOf, TeamDraft,
    confidence_sequence, cuped, difference, off_policy, sample_ratio, team_draft,
};
pub use weights::{FactorRows, FittedFactor, FittedWeights, WeightsFit, fit_weights, score_factors};

/// Refuses columns of different lengths.
fn of_one_length<const N: usize>(columns: [(&str, usize); N]) -> Result<(), Error> {
    let mut columns = columns.into_iter();
    let Some((first, expected)) = columns.next() else { return Ok(()) };
    match columns.find(|(_, length)| *length != expected) {
        None => Ok(()),
        Some((name, length)) => {
            let message = format!("{length} values, but `{first}` has {expected}");
            Err(Error::new(ErrorKind::InvalidValue, message).within(name))
        }
    }
}

/// Numbers things in the order of their first appearance.
fn numbered(names: &[String]) -> Vec<usize> {
    let mut places: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    let number = |name| {
        let next = places.len();
        *places.entry(name).or_insert(next)
    };
    names.iter().map(String::as_str).map(number).collect()
}

/// Reads a number, or null for one that is not known, which is NaN.
fn nan_or<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f64>, D::Error> {
    let numbers = Vec::<Option<f64>>::deserialize(deserializer)?;
    Ok(numbers.into_iter().map(|number| number.unwrap_or(f64::NAN)).collect())
}

/// Returns what a number is in JSON: null where it is none.
fn known(number: f64) -> Option<f64> {
    Some(number).filter(|number| number.is_finite())
}

/// A request of a few fields, some with a default of their own.
macro_rules! request {
    ($(#[$doc:meta])* $name:ident { $($(#[$of_field:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$of_field])* pub $field: $type,)* }

        impl $crate::table::Request for $name {}
    };
}

/// An answer of a few fields.
macro_rules! answer {
    ($(#[$doc:meta])* $name:ident { $($(#[$of_field:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub struct $name { $($(#[$of_field])* pub $field: $type,)* }
    };
}

/// A choice between a few names, each of which stands for a value of the library.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident => $target:ty { $($(#[$of_variant:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of_variant])* $variant,)* }

        impl From<$name> for $target {
            fn from(choice: $name) -> Self {
                match choice { $($name::$variant => Self::$variant,)* }
            }
        }
    };
}

use crate::table::size;
use {answer, choice, request};
