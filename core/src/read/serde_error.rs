//! serde's complaints in our words: a kind, a path, and `X is not Y`.

use std::fmt::{self, Display};

use serde::de::{Error as DeError, Expected, Unexpected};

use super::nearest;
use crate::error::{Error, ErrorKind};
use crate::small::decimal::plain;

/// Prints what was found, as a user would name it.
struct Found<'a>(Unexpected<'a>);

impl Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Bool(value) => write!(f, "{value}"),
            Unexpected::Unsigned(value) => write!(f, "{value}"),
            Unexpected::Signed(value) => write!(f, "{value}"),
            Unexpected::Float(value) => f.write_str(&plain(value)),
            Unexpected::Str(text) => write!(f, "`{}`", Short(text)),
            Unexpected::Unit | Unexpected::Option => f.write_str("null"),
            Unexpected::Seq => f.write_str("a list"),
            Unexpected::Map => f.write_str("an object"),
            // Text where a variant needs a value: `"set_budget"`.
            Unexpected::UnitVariant => f.write_str("text"),
            Unexpected::Char(value) => write!(f, "`{value}`"),
            Unexpected::Bytes(_) => f.write_str("byte array"),
            Unexpected::Enum
            | Unexpected::NewtypeStruct
            | Unexpected::NewtypeVariant
            | Unexpected::TupleVariant
            | Unexpected::StructVariant => f.write_str("a value"),
            Unexpected::Other(what) => f.write_str(what),
        }
    }
}

/// Prints at most the first 60 characters: a row may hold a whole essay.
struct Short<'a>(&'a str);

impl Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LIMIT: usize = 60;
        match self.0.char_indices().nth(LIMIT) {
            Some((end, _)) => write!(f, "{}…", self.0.get(..end).unwrap_or_default()),
            None => f.write_str(self.0),
        }
    }
}

impl DeError for Error {
    /// A message may begin with the name of the field to blame: `id: 7 is not a UUID`.
    fn custom<T: Display>(message: T) -> Self {
        let message = message.to_string();
        match message.split_once(": ") {
            Some((field, rest)) if is_field_name(field) => {
                Self::new(ErrorKind::InvalidValue, rest).within(field)
            }
            _ => Self::new(ErrorKind::InvalidValue, message),
        }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let text = if matches!(found, Unexpected::Str(_)) { "text " } else { "" };
        let message = format!("{text}{} is not {}", Found(found), expected_name(expected));
        Self::new(ErrorKind::WrongType, message)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let kind = match found {
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => ErrorKind::OutOfRange,
            _ => ErrorKind::InvalidValue,
        };
        Self::new(kind, format!("{} is not {}", Found(found), expected_name(expected)))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(ErrorKind::InvalidValue, format!("a list of {length} is not {}", expected_name(expected)))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("`{}` is not {}", Short(variant), one_of(expected));
        Self::new(ErrorKind::InvalidValue, message + &did_you_mean(variant, expected))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let hint = match did_you_mean(field, expected) {
            none if none.is_empty() => format!(", expected {}", one_of(expected)),
            hint => hint,
        };
        Self::new(ErrorKind::UnknownField, format!("unknown field{hint}")).within(field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(ErrorKind::MissingField, "required, but missing").within(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(ErrorKind::DuplicateField, "appears twice").within(field)
    }
}

fn is_field_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// A range reads `in 0..=1`; the name of a Rust type means an object.
fn expected_name(expected: &dyn Expected) -> String {
    let name = expected.to_string();
    if name.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return format!("in {name}");
    }
    let words = match name.as_str() {
        "a string" | "option" => "text",
        "a boolean" => "true or false",
        "f64" => "a number",
        "u32" => "a whole number in 0..=4294967295",
        "newtype variant" | "struct variant" => "an object with one field",
        "a sequence" => "a list",
        object if object.starts_with("struct ") => "an object",
        other => return other.replace("a tuple of size", "a list of"),
    };
    words.to_owned()
}

/// Quotes the names to choose from.
pub(super) fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "anything".to_owned(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

fn did_you_mean(name: &str, known: &[&str]) -> String {
    nearest(name, known.iter().copied()).map_or_else(String::new, |near| format!(", did you mean `{near}`"))
}

#[cfg(any(test, feature = "rows"))]
impl Error {
    /// Returns the same error as another kind.
    pub(crate) fn with_kind(self, kind: ErrorKind) -> Self {
        let moved = Self::new(kind, self.message());
        if self.path().is_empty() { moved } else { moved.within(self.path()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_shortened() {
        let essay = "é".repeat(200);
        let error = Error::invalid_type(Unexpected::Str(&essay), &"a number");
        assert_eq!(error.message(), format!("text `{}…` is not a number", "é".repeat(60)));
    }

    #[test]
    fn every_kind_of_complaint_reads_well() {
        let names: &'static [&'static str] = &["any", "audience_share"];
        for (error, expected) in [
            (Error::custom("nothing fits"), "nothing fits"),
            (Error::custom("Oops: it broke"), "Oops: it broke"),
            (
                Error::unknown_variant("audience-share", names),
                "`audience-share` is not `any` or `audience_share`, did you mean `audience_share`",
            ),
            (Error::unknown_variant("all of them", &["any"]), "`all of them` is not `any`"),
            (Error::unknown_field("zzz", names), "zzz: unknown field, expected `any` or `audience_share`"),
            (Error::unknown_field("zzz", &[]), "zzz: unknown field, expected anything"),
            (Error::missing_field("id"), "id: required, but missing"),
            (Error::duplicate_field("id"), "id: appears twice"),
            (Error::invalid_type(Unexpected::Bytes(b""), &"struct Weights"), "byte array is not an object"),
            (Error::invalid_type(Unexpected::Bool(true), &"a string"), "true is not text"),
            (Error::invalid_type(Unexpected::Unit, &"a UUID"), "null is not a UUID"),
            (Error::invalid_value(Unexpected::Float(2.0), &"0..=1"), "2 is not in 0..=1"),
            (
                Error::invalid_value(Unexpected::Signed(-1), &"u32"),
                "-1 is not a whole number in 0..=4294967295",
            ),
            (Error::invalid_type(Unexpected::Unit, &"f64"), "null is not a number"),
            (Error::invalid_type(Unexpected::Map, &"a boolean"), "an object is not true or false"),
            (Error::invalid_type(Unexpected::Map, &"a sequence"), "an object is not a list"),
            (
                Error::invalid_type(Unexpected::UnitVariant, &"newtype variant"),
                "text is not an object with one field",
            ),
            (Error::invalid_length(1, &"a tuple of size 2"), "a list of 1 is not a list of 2"),
        ] {
            assert_eq!(error.to_string(), expected);
        }
    }
}
