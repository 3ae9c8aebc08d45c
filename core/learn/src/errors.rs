//! The errors of learning as the one error of this crate: its kind, a path, a sentence.
//!
//! Each module's own error says more to a program; faces in other languages have one type,
//! whose code must not depend on where an error came from.

use sponsorfit::{Error, ErrorKind};

use super::experiment::ExperimentError;
use super::fit::FitError;
use super::gbm::ModelError;
use super::metrics::{MAX_GRADE, MetricError};

/// # Examples
/// ```
/// use sponsorfit::Error;
/// use sponsorfit_learn::metrics::MetricError;
/// let error = Error::from(MetricError::GradeTooHigh { position: 2, grade: 31 });
/// assert_eq!((error.code(), error.path()), ("out_of_range", "[2].grade"));
/// ```
impl From<MetricError> for Error {
    fn from(error: MetricError) -> Self {
        match error {
            MetricError::ScoreNotANumber { position } => {
                Self::new(ErrorKind::OutOfRange, "NaN is not a number").within("score").at(position)
            }
            MetricError::GradeTooHigh { position, grade } => {
                let message = format!("{grade} is not in 0..={MAX_GRADE}");
                Self::new(ErrorKind::OutOfRange, message).within("grade").at(position)
            }
            MetricError::RepeatedId { first, second } => {
                let message = format!("candidate {first} has the same");
                Self::new(ErrorKind::DuplicateId, message).within("id").at(second)
            }
            MetricError::UnknownItem { .. } => Self::new(ErrorKind::UnknownId, error.to_string()),
        }
    }
}

/// # Examples
/// ```
/// use sponsorfit::Error;
/// use sponsorfit_learn::fit::FitError;
/// let error = FitError::TooFewOutcomes { what: "accepted outcomes", found: 1, needed: 30 };
/// assert_eq!(Error::from(error).code(), "too_few_outcomes");
/// ```
impl From<FitError> for Error {
    fn from(error: FitError) -> Self {
        match error {
            FitError::TooFewOutcomes { .. } => Self::new(ErrorKind::TooFewOutcomes, error.to_string()),
            FitError::BadFactor { position, factor, value } => {
                let message = format!("{value} is not in 0..=1");
                Self::new(ErrorKind::OutOfRange, message).at(factor).within("factors").at(position)
            }
            FitError::BadValue { position, value, expected } => {
                Self::new(ErrorKind::OutOfRange, format!("{value} is not {expected}")).at(position)
            }
            FitError::BadRow { position, found, expected } => {
                let message = format!("{found} numbers, expected {expected}");
                Self::new(ErrorKind::DimensionMismatch, message).at(position)
            }
            FitError::BadWeights { sum, .. } => {
                let message = format!("sum to {sum}; they must be 0 or more and sum to 1");
                Self::new(ErrorKind::WeightsSum, message).within("weights")
            }
            FitError::BadSetting { name, value, expected } => {
                Self::new(ErrorKind::OutOfRange, format!("{value} is not {expected}")).within(name)
            }
        }
    }
}

/// # Examples
/// ```
/// use sponsorfit::Error;
/// use sponsorfit_learn::gbm::BoostedTrees;
/// let error = Error::from(BoostedTrees::parse("tree\nversion=v2\n").unwrap_err());
/// assert_eq!(error.code(), "invalid_model");
/// assert_eq!(error.to_string(), "line 2: version `v2` is not one of v3, v4");
/// ```
impl From<ModelError> for Error {
    fn from(error: ModelError) -> Self {
        let kind = match error {
            ModelError::RowLength { .. } => ErrorKind::InvalidValue,
            _ => ErrorKind::InvalidModel,
        };
        Self::new(kind, error.to_string())
    }
}

/// # Examples
/// ```
/// use sponsorfit::Error;
/// use sponsorfit_learn::experiment::ExperimentError;
/// let error = Error::from(ExperimentError::BadAlpha { alpha: 2.0 });
/// assert_eq!(error.to_string(), "alpha: 2 is not between 0 and 1");
/// ```
impl From<ExperimentError> for Error {
    fn from(error: ExperimentError) -> Self {
        let blame = |kind, path: &str, message: String| Self::new(kind, message).within(path);
        match error {
            ExperimentError::SharesDoNotSum { sum } => {
                blame(ErrorKind::WeightsSum, "variants", format!("basis points sum to {sum}, not 10000"))
            }
            ExperimentError::RepeatedVariant { name } => {
                blame(ErrorKind::DuplicateId, "variants", format!("`{name}` is there twice"))
            }
            ExperimentError::BadExposure { basis_points } => {
                let message = format!("{basis_points} is not in 0..=10000 basis points");
                blame(ErrorKind::OutOfRange, "exposure", message)
            }
            ExperimentError::BadAlpha { alpha } => {
                blame(ErrorKind::OutOfRange, "alpha", format!("{alpha} is not between 0 and 1"))
            }
            ExperimentError::BadValue { position, field, value, expected } => {
                blame(ErrorKind::OutOfRange, field, format!("{value} is not {expected}")).at(position)
            }
            ExperimentError::UnknownVariant { position, variant, variants } => {
                let message = format!("{variant} is not in 0..{variants}");
                blame(ErrorKind::UnknownId, "variant", message).at(position)
            }
            ExperimentError::WrongCount { .. } => Self::new(ErrorKind::InvalidValue, error.to_string()),
            ExperimentError::TooFewUnits { .. } | ExperimentError::NoVariation { .. } => {
                Self::new(ErrorKind::TooFewOutcomes, error.to_string())
            }
            ExperimentError::SampleRatioMismatch { .. } => {
                Self::new(ErrorKind::SampleRatioMismatch, error.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(error: impl Into<Error>) -> (String, &'static str) {
        let error = error.into();
        (error.to_string(), error.code())
    }

    #[test]
    fn places_become_paths_and_nothing_is_said_twice() {
        let not_a_number = MetricError::ScoreNotANumber { position: 1 };
        assert_eq!(text(not_a_number), ("[1].score: NaN is not a number".to_owned(), "out_of_range"));
        let repeated = MetricError::RepeatedId { first: 0, second: 4 };
        assert_eq!(text(repeated), ("[4].id: candidate 0 has the same".to_owned(), "duplicate_id"));
        let unknown = MetricError::UnknownItem { item: 7, catalogue: 5 };
        assert_eq!(text(unknown), ("item 7 is not in the catalogue of 5 items".to_owned(), "unknown_id"));
        let factor = FitError::BadFactor { position: 3, factor: 1, value: 2.0 };
        assert_eq!(text(factor), ("[3].factors[1]: 2 is not in 0..=1".to_owned(), "out_of_range"));
        let value = FitError::BadValue { position: 3, value: f64::NAN, expected: "a finite score" };
        assert_eq!(text(value), ("[3]: NaN is not a finite score".to_owned(), "out_of_range"));
        let setting = FitError::BadSetting { name: "pull", value: 0.0, expected: "a number above 0" };
        assert_eq!(text(setting), ("pull: 0 is not a number above 0".to_owned(), "out_of_range"));
        let weights = FitError::BadWeights { weights: [0.5; 5], sum: 2.5 };
        assert_eq!(text(weights).1, "weights_sum");
    }

    #[test]
    fn experiments_have_their_own_codes() {
        let reward = ExperimentError::BadValue {
            position: 0,
            field: "reward",
            value: f64::INFINITY,
            expected: "finite",
        };
        assert_eq!(text(reward), ("[0].reward: inf is not finite".to_owned(), "out_of_range"));
        let variant = ExperimentError::UnknownVariant { position: 5, variant: 2, variants: 2 };
        assert_eq!(text(variant), ("[5].variant: 2 is not in 0..2".to_owned(), "unknown_id"));
        let mismatch = ExperimentError::SampleRatioMismatch {
            observed: vec![1, 9],
            shares: vec![5_000; 2],
            p_value: 1e-9,
        };
        assert_eq!(text(mismatch).1, "sample_ratio_mismatch");
        let few = ExperimentError::TooFewUnits { what: "control".to_owned(), found: 1, needed: 2 };
        assert_eq!(text(few).1, "too_few_outcomes");
        assert_eq!(text(ExperimentError::SharesDoNotSum { sum: 9_000 }).1, "weights_sum");
        assert_eq!(text(ExperimentError::BadExposure { basis_points: 10_001 }).1, "out_of_range");
        assert_eq!(text(ExperimentError::RepeatedVariant { name: "a".to_owned() }).1, "duplicate_id");
        let count = ExperimentError::WrongCount { what: "shares", found: 1, expected: 2 };
        assert_eq!(text(count).1, "invalid_value");
    }
}
