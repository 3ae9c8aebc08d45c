//! Text into typed values: fast when the text is right, exact about where it is wrong.
//!
//! serde's own errors say where a byte stands, not which field is to blame. So
//! a row is first read the fast way (`text`); only when that fails is it read
//! again through `value`, whose errors carry a kind and a path.

#[cfg(any(test, feature = "rows"))]
mod fields;
mod json;
mod nearest;
mod object_only;
mod place;
mod serde_error;
mod source;
#[cfg(any(test, feature = "rows"))]
mod text;
mod value;

use serde::de::DeserializeOwned;

#[cfg(feature = "rows")]
pub(crate) use fields::{known_fields, nearest_field};
pub use json::Json;
pub use nearest::nearest;
pub use object_only::ObjectOnly;
pub(crate) use place::Place;
pub use source::Source;
#[cfg(feature = "rows")]
pub use source::{Never, Value};
#[cfg(feature = "rows")]
pub(crate) use text::{missing, repeated, row_from_json_at};
pub(crate) use value::ValueDeserializer;
pub use value::{IgnoredField, from_source};

use value::Notes;

use crate::error::{Error, ErrorKind};

/// A row, and the dotted names of the fields it has that the type does not.
///
/// # Examples
/// ```
/// use sponsorfit::rows::ReadRow;
///
/// let read = ReadRow::from(7);
/// assert_eq!((read.row, read.ignored.len()), (7, 0));
/// ```
#[cfg(any(test, feature = "rows"))]
#[derive(Debug)]
#[non_exhaustive]
pub struct ReadRow<T> {
    /// The row.
    pub row: T,
    /// What was ignored in it.
    pub ignored: Vec<String>,
}

#[cfg(any(test, feature = "rows"))]
impl<T> From<T> for ReadRow<T> {
    fn from(row: T) -> Self {
        Self { row, ignored: Vec::new() }
    }
}

/// Reads one small value the exact way at once; the first error wins.
///
/// # Errors
/// The first thing that is wrong, with the path of its field.
///
/// # Examples
/// ```
/// use sponsorfit::{Rules, read::strict_from_json};
///
/// let error = strict_from_json::<Rules>(r#"{"price_ceiling": 1}"#).unwrap_err();
/// assert_eq!((error.code(), error.path()), ("wrong_type", "price_ceiling"));
/// ```
pub fn strict_from_json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let value = Json::parse(text).map_err(|error| syntax(&error))?;
    from_source(&value)
}

/// Reads one row, and notes the fields that it has and the type has not.
#[cfg(any(test, feature = "rows"))]
pub(crate) fn read_row<'de, T, D>(deserializer: D) -> Result<ReadRow<T>, D::Error>
where
    T: DeserializeOwned,
    D: serde::Deserializer<'de>,
{
    let mut ignored = Vec::new();
    let row = serde_ignored::deserialize(deserializer, |path| ignored.push(dotted(&path)))?;
    Ok(ReadRow { row, ignored })
}

/// A row whose fields can be left out one by one.
pub(crate) trait Fields {
    /// Reads what is left of the row.
    fn read<T: DeserializeOwned>(&self) -> Result<T, Error>;

    /// Leaves a field out, and tells whether it was there.
    fn leave_out(&mut self, field: &str) -> bool;
}

/// What is left of a row of a source.
struct Rest<'a, S> {
    source: &'a S,
    notes: Notes,
}

impl<'a, S> Rest<'a, S> {
    fn of(source: &'a S, names_nearest: bool) -> Self {
        Self { source, notes: Notes { names_nearest, ..Notes::default() } }
    }
}

impl<'de, S: Source<'de> + Clone> Fields for Rest<'_, S> {
    fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.notes.ignored.borrow_mut().clear();
        T::deserialize(ValueDeserializer::noting(self.source.clone(), &self.notes))
    }

    fn leave_out(&mut self, field: &str) -> bool {
        let is_new = !field.is_empty() && !self.notes.skip.iter().any(|skipped| skipped == field);
        if is_new {
            self.notes.skip.push(field.to_owned());
        }
        is_new
    }
}

/// Reads one row from parsed JSON, or all that is wrong with it; and notes the fields that it has
/// and the type has not.
///
/// # Errors
/// One for each wrong field, in the first of the two that are returned.
///
/// # Examples
/// ```
/// use sponsorfit::SponsorProfile;
/// use sponsorfit::read::{Json, row_from_value};
///
/// let row = Json::parse(r#"{"sponsor_id": 7, "annual_budget_cents": -1, "slug": "avo"}"#)?;
/// let (read, ignored) = row_from_value::<SponsorProfile>(&row);
/// assert_eq!(read.unwrap_err().len(), 2);
/// assert_eq!(ignored[0].path, "slug");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn row_from_value<T: DeserializeOwned>(value: &Json) -> (Result<T, Vec<Error>>, Vec<IgnoredField>) {
    let mut rest = Rest::of(&value, true);
    let read = rest.read::<T>().map_err(|_| all_errors::<T>(&mut rest));
    if read.is_err() {
        // Reading stops at an error: only a row without its wrong fields tells all that it ignores.
        let _ = rest.read::<T>();
    }
    (read, rest.notes.ignored.into_inner())
}

/// Reads one row from a source, or all that is wrong with it.
///
/// # Errors
/// The error of each field that is wrong.
///
/// # Examples
/// ```
/// use sponsorfit::SponsorId;
/// use sponsorfit::rows::{Never, Source, Value, row_from_source};
///
/// #[derive(Clone)]
/// struct Text(&'static str);
///
/// impl<'de> Source<'de> for Text {
///     type List = std::vec::IntoIter<Self>;
///     type Key = &'static str;
///     type Entries = std::iter::Empty<Result<(&'static str, Self), sponsorfit::Error>>;
///     type Cell = Never;
///
///     fn value(&self) -> Result<Value<'_, 'de, Self>, sponsorfit::Error> {
///         Ok(Value::Text(self.0.into()))
///     }
/// }
///
/// let problems = row_from_source::<sponsorfit::Event, _>(&Text("a row")).unwrap_err();
/// assert_eq!(problems[0].to_string(), "text `a row` is not an object");
/// ```
#[cfg(feature = "rows")]
pub fn row_from_source<'de, T: DeserializeOwned, S: Source<'de> + Clone>(
    source: &S,
) -> Result<ReadRow<T>, Vec<Error>> {
    let mut rest = Rest::of(source, false);
    let row = rest.read::<T>().map_err(|_| all_errors::<T>(&mut rest))?;
    let ignored = rest.notes.ignored.into_inner();
    Ok(ReadRow { row, ignored: ignored.into_iter().map(|field| field.path).collect() })
}

/// Collects the error of each top-level field by leaving out those already blamed.
pub(crate) fn all_errors<T: DeserializeOwned>(row: &mut impl Fields) -> Vec<Error> {
    let mut errors: Vec<Error> = Vec::new();
    while let Err(error) = row.read::<T>() {
        let removed = row.leave_out(top_level(&error));
        if !is_missing_because_removed(&error, &errors) {
            errors.push(error);
        }
        if !removed {
            break;
        }
    }
    errors
}

fn top_level(error: &Error) -> &str {
    error.path().split(['.', '[']).next().unwrap_or_default()
}

/// Tells whether a required field is only missing because it was blamed and left out.
fn is_missing_because_removed(error: &Error, earlier: &[Error]) -> bool {
    error.kind() == ErrorKind::MissingField
        && earlier.iter().map(top_level).any(|blamed| {
            // An event's identifier may be called `id` in its row, a sponsorship's day `start_at`.
            let other_name = matches!((blamed, error.path()), ("id", "event_id") | ("start_at", "at"));
            blamed == error.path() || other_name
        })
}

/// Writes the path of an ignored field as errors write theirs.
#[cfg(any(test, feature = "rows"))]
fn dotted(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}[{index}]", dotted(parent)),
        Path::Map { parent, key } => match dotted(parent) {
            root if root.is_empty() => key.clone(),
            parent => format!("{parent}.{key}"),
        },
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            dotted(parent)
        }
    }
}

/// Explains text that is not JSON, without a line number where there is one line.
pub(crate) fn syntax(error: &serde_json::Error) -> Error {
    syntax_at(error, Place::START)
}

/// Explains text that is not JSON by its place in the text around it.
pub(crate) fn syntax_at(error: &serde_json::Error, place: Place) -> Error {
    let text = error.to_string();
    let own = format!(" at line {} column {}", error.line(), error.column());
    let what = text.strip_suffix(&own).unwrap_or(&text);
    let message = match (error.line(), error.column()) {
        (0, _) | (_, 0) => format!("not JSON: {what}"),
        (line, column) => format!("not JSON: {what}{}", place.of(line, column).seen_from(place)),
    };
    Error::new(ErrorKind::InvalidJson, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Objectives, SponsorProfile};

    #[test]
    fn ignored_fields_are_named_by_their_path() {
        let lists = Json::parse(r#"[{"goals": []}, {"goal": [], "keyword": 1}]"#).unwrap();
        let read = read_row::<Vec<Objectives>, _>(ValueDeserializer::new(&lists)).unwrap();
        assert_eq!(read.ignored, ["[1].goal", "[1].keyword"]);
        let noted = row_from_value::<Vec<Objectives>>(&lists).1;
        let ignored = |path: &str, nearest| IgnoredField { path: path.to_owned(), nearest: Some(nearest) };
        assert_eq!(noted, [ignored("[1].goal", "goals"), ignored("[1].keyword", "keywords")]);
    }

    #[test]
    fn a_bad_row_tells_what_it_ignores() {
        let row = Json::parse(r#"{"sponsor_id": 7, "brand_objectives": {"goal": []}, "slug": 1}"#).unwrap();
        let (read, ignored) = row_from_value::<SponsorProfile>(&row);
        assert_eq!(read.unwrap_err().iter().map(Error::path).collect::<Vec<_>>(), ["sponsor_id"]);
        let ignored: Vec<_> = ignored.iter().map(|field| (field.path.as_str(), field.nearest)).collect();
        assert_eq!(ignored, [("brand_objectives.goal", Some("goals")), ("slug", None)]);
        let (read, ignored) = row_from_value::<SponsorProfile>(&Json::List(Vec::new()));
        assert_eq!((read.unwrap_err().len(), ignored.len()), (1, 0));
    }
}
