//! What can be wrong with an experiment or its data.

/// Why an experiment cannot be defined, or its data not be read.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::Experiment;
/// let error = Experiment::new("ns", "x", "", 10_000, &[("a", 5_000), ("b", 4_000)]).unwrap_err();
/// assert_eq!(error.code(), "shares_do_not_sum");
/// assert_eq!(error.to_string(), "the variants' basis points sum to 9000, not 10000");
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExperimentError {
    /// The variants' shares do not make a whole.
    #[error("the variants' basis points sum to {sum}, not 10000")]
    SharesDoNotSum {
        /// What they sum to.
        sum: u64,
    },
    /// Two variants share a name.
    #[error("variant `{name}` is there twice")]
    RepeatedVariant {
        /// The name.
        name: String,
    },
    /// More than all units exposed.
    #[error("exposure: {basis_points} is not in 0..=10000 basis points")]
    BadExposure {
        /// The exposure given.
        basis_points: u32,
    },
    /// An error rate that is none.
    #[error("alpha: {alpha} is not between 0 and 1")]
    BadAlpha {
        /// The error rate given.
        alpha: f64,
    },
    /// A list with another length than the one it belongs to.
    #[error("{what}: {found} values, not {expected}")]
    WrongCount {
        /// What the list holds.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// An observation of a variant the experiment does not have.
    #[error("observation {position}: variant {variant} is not in 0..{variants}")]
    UnknownVariant {
        /// Position in the input, from 0.
        position: usize,
        /// The variant given.
        variant: usize,
        /// How many variants there are.
        variants: usize,
    },
    /// A value that is infinite, not a number, or outside its range.
    #[error("observation {position}: {field} {value} is not {expected}")]
    BadValue {
        /// Position in the input, from 0.
        position: usize,
        /// Which value of the observation.
        field: &'static str,
        /// The value given.
        value: f64,
        /// What would be right.
        expected: &'static str,
    },
    /// Too little data for an answer that deserves trust.
    #[error("{what}: {found} units are too few, at least {needed} are needed")]
    TooFewUnits {
        /// Where.
        what: String,
        /// How many there are.
        found: u64,
        /// How many there must be.
        needed: u64,
    },
    /// All outcomes of a variant are equal, so their spread says nothing yet.
    #[error("{what}: all outcomes are {value}, so an interval would have no width")]
    NoVariation {
        /// Where.
        what: String,
        /// The value they share.
        value: f64,
    },
    /// The variants do not have the sizes they were promised: something in the
    /// assignment or the logging is broken, and no effect can be trusted.
    #[error("sample ratio mismatch: counts {observed:?} for shares {shares:?} have p = {p_value:e}")]
    SampleRatioMismatch {
        /// Units seen in each variant.
        observed: Vec<u64>,
        /// Basis points promised to each.
        shares: Vec<u16>,
        /// How likely a deviation of this size is by chance.
        p_value: f64,
    },
}

impl ExperimentError {
    /// Returns the stable name of the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SharesDoNotSum { .. } => "shares_do_not_sum",
            Self::RepeatedVariant { .. } => "repeated_variant",
            Self::BadExposure { .. } => "bad_exposure",
            Self::BadAlpha { .. } => "bad_alpha",
            Self::WrongCount { .. } => "wrong_count",
            Self::UnknownVariant { .. } => "unknown_variant",
            Self::BadValue { .. } => "bad_value",
            Self::TooFewUnits { .. } => "too_few_units",
            Self::NoVariation { .. } => "no_variation",
            Self::SampleRatioMismatch { .. } => "sample_ratio_mismatch",
        }
    }
}

/// Checks an error rate.
pub(super) fn check_alpha(alpha: f64) -> Result<(), ExperimentError> {
    if alpha > 0.0 && alpha < 1.0 { Ok(()) } else { Err(ExperimentError::BadAlpha { alpha }) }
}

/// Checks that every value is a finite number.
pub(super) fn check_finite(field: &'static str, values: &[f64]) -> Result<(), ExperimentError> {
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(()),
        Some(position) => {
            let value = values.get(position).copied().unwrap_or(f64::NAN);
            Err(ExperimentError::BadValue { position, field, value, expected: "finite" })
        }
    }
}
