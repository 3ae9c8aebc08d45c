//! What an event is: the rows of `events`.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::embedding::Embedding;
use super::id::EventId;
use super::label::LabelSet;
use super::moment::Moment;
use super::objectives::Objectives;
use super::or_default;
use super::unit::Count;
use crate::small::decimal::plain;

/// An event as its organiser describes it. `None` and empty sets are unknown.
///
/// Every field's type carries its range, so an event that exists is valid. A
/// row may call its identifier `id`, as the table `events` does.
///
/// # Examples
/// ```
/// use sponsorfit::Event;
///
/// let event: Event = serde_json::from_str(
///     r#"{"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "categories": ["Music"], "start_at": "2026-07-04"}"#,
/// )?;
/// assert_eq!(event.categories.len(), 1);
/// assert_eq!(event.min_price_cents, None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transform = either_identifier))]
#[non_exhaustive]
pub struct Event {
    /// The event's UUID.
    pub event_id: EventId,
    /// The event's title, for display only.
    pub title: Option<String>,
    /// The categories that the event belongs to.
    pub categories: LabelSet,
    /// Where it takes place: country, city, and the like.
    pub regions: LabelSet,
    /// The country, for history and reports.
    pub country: Option<String>,
    /// The city, for history and reports.
    pub city: Option<String>,
    /// The series of which it is one edition.
    pub series: Option<String>,
    /// The event's name in links, such as `lantern-fair-2026`; tells the series where that is missing.
    pub slug: Option<String>,
    /// When it begins.
    pub start_at: Option<Moment>,
    /// The price of the cheapest open package, in minor units of the currency.
    pub min_price_cents: Option<Count>,
    /// What the event stands for.
    pub objectives: Objectives,
    /// The objectives as a vector of a text embedding model.
    pub objectives_embedding: Option<Embedding>,
}

#[cfg(feature = "schema")]
/// An event's identifier may stand in either of two columns, and one is needed.
fn either_identifier(schema: &mut schemars::Schema) {
    let Some(properties) = schema.get_mut("properties").and_then(serde_json::Value::as_object_mut) else {
        return;
    };
    let Some(mut id) = properties.get("event_id").cloned() else { return };
    if let Some(id) = id.as_object_mut() {
        id.insert("description".to_owned(), "Another name of `event_id`.".into());
    }
    properties.insert("id".to_owned(), id);
    schema.remove("required");
    let one = |name: &str| serde_json::json!({ "required": [name] });
    schema.insert("anyOf".to_owned(), serde_json::json!([one("event_id"), one("id")]));
}

impl Event {
    /// Returns an event of which only the identifier is known.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId};
    ///
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// assert!(event.categories.is_empty());
    /// ```
    pub fn new(event_id: EventId) -> Self {
        Self {
            event_id,
            title: None,
            categories: LabelSet::default(),
            regions: LabelSet::default(),
            country: None,
            city: None,
            series: None,
            slug: None,
            start_at: None,
            min_price_cents: None,
            objectives: Objectives::default(),
            objectives_embedding: None,
        }
    }
}

/// The row as it is written, before the two names of its identifier become one.
#[derive(Deserialize)]
#[serde(default, rename = "Event")]
#[derive(Default)]
struct EventRow {
    event_id: Option<EventId>,
    id: Option<RowId>,
    title: Option<String>,
    categories: LabelSet,
    regions: LabelSet,
    country: Option<String>,
    city: Option<String>,
    series: Option<String>,
    slug: Option<String>,
    start_at: Option<Moment>,
    min_price_cents: Option<Count>,
    #[serde(deserialize_with = "or_default")]
    objectives: Objectives,
    objectives_embedding: Option<Embedding>,
}

/// A column `id`: the event's identifier, unless `event_id` stands beside it.
pub(crate) enum RowId {
    Event(EventId),
    /// Some other table's key, such as a number.
    Other(String),
}

impl RowId {
    /// Returns the event's identifier from the two columns that may hold it.
    pub(crate) fn resolve<E: serde::de::Error>(
        event_id: Option<EventId>,
        id: Option<Self>,
    ) -> Result<EventId, E> {
        match (event_id, id) {
            (Some(id), _) | (None, Some(Self::Event(id))) => Ok(id),
            (None, Some(Self::Other(value))) => Err(E::custom(format_args!("id: {value} is not a UUID"))),
            (None, None) => Err(E::missing_field("event_id")),
        }
    }
}

impl<'de> Deserialize<'de> for RowId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ColumnVisitor;

        impl<'de> Visitor<'de> for ColumnVisitor {
            type Value = RowId;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a UUID")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<RowId, E> {
                Ok(text.parse().map_or_else(|_| RowId::Other(format!("`{text}`")), RowId::Event))
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<RowId, E> {
                Ok(RowId::Other(number.to_string()))
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<RowId, E> {
                Ok(RowId::Other(number.to_string()))
            }

            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<RowId, E> {
                Ok(RowId::Other(plain(number)))
            }

            fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<RowId, E> {
                Ok(RowId::Other("this value".to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<RowId, A::Error> {
                IgnoredAny.visit_seq(list)?;
                self.visit_bool(true)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RowId, A::Error> {
                IgnoredAny.visit_map(map)?;
                self.visit_bool(true)
            }
        }

        deserializer.deserialize_any(ColumnVisitor)
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let row = EventRow::deserialize(deserializer)?;
        Ok(Self {
            event_id: RowId::resolve(row.event_id, row.id)?,
            title: row.title,
            categories: row.categories,
            regions: row.regions,
            country: row.country,
            city: row.city,
            series: row.series,
            slug: row.slug,
            start_at: row.start_at,
            min_price_cents: row.min_price_cents,
            objectives: row.objectives,
            objectives_embedding: row.objectives_embedding,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Event, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn both_names_of_the_identifier_are_read() {
        let id = "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001";
        for json in [
            format!(r#"{{"event_id": "{id}"}}"#),
            format!(r#"{{"id": "{id}"}}"#),
            format!(r#"{{"id": 7, "event_id": "{id}"}}"#),
            format!(r#"{{"id": null, "event_id": "{id}"}}"#),
            format!(r#"{{"id": "{id}", "event_id": null}}"#),
        ] {
            assert_eq!(read(&json).unwrap(), Event::new(id.parse().unwrap()), "{json}");
        }
    }

    #[test]
    fn an_event_needs_an_identifier() {
        assert!(read("{}").unwrap_err().to_string().contains("missing field `event_id`"));
        assert!(read(r#"{"id": 7}"#).unwrap_err().to_string().contains("id: 7 is not a UUID"));
        assert!(read(r#"{"id": "7"}"#).unwrap_err().to_string().contains("id: `7` is not a UUID"));
        assert!(read(r#"{"id": [7]}"#).unwrap_err().to_string().contains("id: this value is not a UUID"));
        assert!(read(r#"{"event_id": "7"}"#).is_err());
    }

    #[test]
    fn what_is_written_reads_back() {
        let json = r#"{"event_id":"0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001","title":"Fête","categories":["music"],
            "regions":["FR"],"country":"FR","city":"Lyon","series":"fete","slug":"fete-2026","start_at":"2026-06-21",
            "min_price_cents":"50000","objectives":{"keywords":["vinyl"],"goals":null},"objectives_embedding":"[0.5]"}"#;
        let event = read(json).unwrap();
        assert_eq!(read(&serde_json::to_string(&event).unwrap()).unwrap(), event);
        assert_eq!(event.min_price_cents.unwrap().get(), 50_000);
    }
}
