//! One error type: a stable code, a path into the input, a sentence.

use std::fmt;

/// What went wrong, as a value that programs can match on.
///
/// # Examples
/// ```
/// use sponsorfit::{ErrorKind, UnitInterval};
///
/// let error = UnitInterval::new(1.5).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::OutOfRange);
/// assert_eq!(error.kind().code(), "out_of_range");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not JSON, or ends too early.
    InvalidJson,
    /// The bytes are not UTF-8.
    InvalidUtf8,
    /// The text is not CSV with a header.
    InvalidCsv,
    /// A required field is absent or null.
    MissingField,
    /// A value of another type than the field's.
    WrongType,
    /// A number outside the field's range.
    OutOfRange,
    /// A value of the right type that the field cannot hold.
    InvalidValue,
    /// A field that configuration, rules or a request does not have.
    UnknownField,
    /// A field that appears twice.
    DuplicateField,
    /// An identifier that an earlier row already has.
    DuplicateId,
    /// An identifier that no row has.
    UnknownId,
    /// Weights or blend weights that do not sum to 1.
    WeightsSum,
    /// An embedding of another length than the configured one.
    DimensionMismatch,
    /// A configuration that names an implementation which was not supplied.
    MissingImplementation,
    /// Too little is known for a score under this configuration.
    InsufficientData,
    /// Bytes that are no saved catalog, or one that was damaged.
    InvalidCatalog,
    /// Text that is no model of a supported kind, or a model that cannot answer.
    InvalidModel,
    /// A model asks for a feature that is not known here.
    UnknownFeature,
    /// Too few outcomes to learn from: an answer would be a guess.
    TooFewOutcomes,
    /// The variants of an experiment do not have the sizes they were promised.
    SampleRatioMismatch,
}

impl ErrorKind {
    /// Every kind, in declaration order.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::ErrorKind;
    ///
    /// assert!(ErrorKind::ALL.contains(&ErrorKind::WeightsSum));
    /// ```
    pub const ALL: [Self; 20] = [
        Self::InvalidJson,
        Self::InvalidUtf8,
        Self::InvalidCsv,
        Self::MissingField,
        Self::WrongType,
        Self::OutOfRange,
        Self::InvalidValue,
        Self::UnknownField,
        Self::DuplicateField,
        Self::DuplicateId,
        Self::UnknownId,
        Self::WeightsSum,
        Self::DimensionMismatch,
        Self::MissingImplementation,
        Self::InsufficientData,
        Self::InvalidCatalog,
        Self::InvalidModel,
        Self::UnknownFeature,
        Self::TooFewOutcomes,
        Self::SampleRatioMismatch,
    ];

    /// Returns the code that stays the same across versions and languages.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::ErrorKind::WeightsSum.code(), "weights_sum");
    /// ```
    pub const fn code(self) -> &'static str {
        match self {
            Self::InvalidJson => "invalid_json",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::InvalidCsv => "invalid_csv",
            Self::MissingField => "missing_field",
            Self::WrongType => "wrong_type",
            Self::OutOfRange => "out_of_range",
            Self::InvalidValue => "invalid_value",
            Self::UnknownField => "unknown_field",
            Self::DuplicateField => "duplicate_field",
            Self::DuplicateId => "duplicate_id",
            Self::UnknownId => "unknown_id",
            Self::WeightsSum => "weights_sum",
            Self::DimensionMismatch => "dimension_mismatch",
            Self::MissingImplementation => "missing_implementation",
            Self::InsufficientData => "insufficient_data",
            Self::InvalidCatalog => "invalid_catalog",
            Self::InvalidModel => "invalid_model",
            Self::UnknownFeature => "unknown_feature",
            Self::TooFewOutcomes => "too_few_outcomes",
            Self::SampleRatioMismatch => "sample_ratio_mismatch",
        }
    }
}

/// An input that cannot be accepted: what, where, and what would be right.
///
/// Prints as `path: message`, or the message alone where no field is to blame.
/// One word wide, so that results stay small.
///
/// # Examples
/// ```
/// use sponsorfit::ScoringConfig;
///
/// let error = ScoringConfig::from_json(r#"{"half_budget_cents": 0}"#).unwrap_err();
/// assert_eq!(error.code(), "out_of_range");
/// assert_eq!(error.path(), "half_budget_cents");
/// assert_eq!(error.to_string(), "half_budget_cents: 0 is not a finite number above 0");
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Error(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    kind: ErrorKind,
    path: String,
    message: String,
}

impl fmt::Display for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("path", &self.0.path)
            .field("message", &self.0.message)
            .finish()
    }
}

impl Error {
    /// Builds an error that blames no field.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Error, ErrorKind};
    ///
    /// let error = Error::new(ErrorKind::UnknownId, "no sponsor `7`");
    /// assert_eq!(error.to_string(), "no sponsor `7`");
    /// ```
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details { kind, path: String::new(), message: message.into() }))
    }

    /// Returns the same error with `field` in front of its path.
    ///
    /// Containers call it while an error travels outwards, so a path grows from
    /// its end: `US`, then `geo_distribution.US`.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Error, ErrorKind};
    ///
    /// let error = Error::new(ErrorKind::WrongType, "null is not a count");
    /// assert_eq!(error.within("US").within("geo_distribution").path(), "geo_distribution.US");
    /// ```
    #[must_use]
    pub fn within(mut self, field: &str) -> Self {
        let rest = std::mem::take(&mut self.0.path);
        let joint = if rest.is_empty() || rest.starts_with('[') { "" } else { "." };
        self.0.path = format!("{field}{joint}{rest}");
        self
    }

    /// Returns the same error with a list position in front of its path.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Error, ErrorKind};
    ///
    /// let error = Error::new(ErrorKind::WrongType, "7 is not text");
    /// assert_eq!(error.at(2).within("regions").path(), "regions[2]");
    /// ```
    #[must_use]
    pub fn at(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }

    /// Returns what kind of error this is.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{ErrorKind, SponsorId};
    ///
    /// assert_eq!("7".parse::<SponsorId>().unwrap_err().kind(), ErrorKind::InvalidValue);
    /// ```
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the stable code of its kind.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Count::new(u64::MAX).unwrap_err().code(), "out_of_range");
    /// ```
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// Returns the dotted path of the field to blame, empty when there is none.
    ///
    /// # Examples
    /// ```
    /// let error = sponsorfit::Rules::from_json(r#"{"on_unknown": "maybe"}"#).unwrap_err();
    /// assert_eq!(error.path(), "on_unknown");
    /// ```
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the sentence without the path.
    ///
    /// # Examples
    /// ```
    /// let error = sponsorfit::Count::new(u64::MAX).unwrap_err();
    /// assert_eq!(error.message(), "18446744073709551615 is not in 0..=9007199254740991");
    /// ```
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

/// Written as `{"code", "message", "path"}`: the shape of an error in every face.
impl serde::Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("Error", 3)?;
        object.serialize_field("code", self.code())?;
        object.serialize_field("message", self.message())?;
        object.serialize_field("path", self.path())?;
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct() {
        let mut codes: Vec<_> = ErrorKind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ErrorKind::ALL.len());
    }

    #[test]
    fn an_error_is_one_word() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn it_serializes_as_the_faces_expect() {
        let error = Error::new(ErrorKind::OutOfRange, "2 is not in 0..=1").within("min_coverage");
        let json = serde_json::to_string(&error).unwrap();
        assert_eq!(json, r#"{"code":"out_of_range","message":"2 is not in 0..=1","path":"min_coverage"}"#);
    }
}
