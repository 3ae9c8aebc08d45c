//! The rows as they are written: the database's columns, and the shapes it gives them.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

pub(super) type Text = Cow<'static, str>;

/// A column that may be left out, which is not the same bytes as null.
#[derive(Clone, PartialEq)]
pub(super) enum Field<T> {
    Absent,
    Null,
    Value(T),
}

impl<T> Field<T> {
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Absent | Self::Null => serializer.serialize_none(),
        }
    }
}

/// A count as a whole number, as a float (`5000000.0`) or as a string of digits.
#[derive(Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub(super) enum Count {
    Whole(u64),
    Float(f64),
    Digits(String),
}

/// Thousandths, written as a decimal. The division is exact to the last bit everywhere.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Thousandths(pub(super) i32);

impl Serialize for Thousandths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 1000.0)
    }
}

/// A JSON object whose keys keep their order.
#[derive(Clone, PartialEq)]
pub(super) struct Pairs<V>(pub(super) Vec<(Text, V)>);

impl<V: Serialize> Serialize for Pairs<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

#[derive(Default, serde::Serialize)]
pub(super) struct Objectives {
    pub(super) keywords: Vec<Text>,
    pub(super) goals: Vec<Text>,
}

#[derive(Default, serde::Serialize)]
pub(super) struct Audience {
    pub(super) age_buckets: Vec<Text>,
    pub(super) interests: Vec<Text>,
}

#[derive(serde::Serialize)]
#[expect(clippy::struct_field_names, reason = "they are the columns' names")]
pub(super) struct Sponsor {
    pub(super) sponsor_id: String,
    pub(super) name: String,
    pub(super) industry: Option<Text>,
    pub(super) company_size: Option<Text>,
    #[serde(skip_serializing_if = "Field::is_absent")]
    pub(super) annual_budget_cents: Field<Count>,
    pub(super) brand_objectives: Objectives,
    pub(super) target_audience: Audience,
    #[serde(skip_serializing_if = "Field::is_absent")]
    pub(super) preferred_categories: Field<Vec<Text>>,
    #[serde(skip_serializing_if = "Field::is_absent")]
    pub(super) regions: Field<Vec<Text>>,
    pub(super) reputation_score: Option<Thousandths>,
    pub(super) excluded_categories: Vec<Text>,
}

/// The id under either of the two names it goes by.
#[derive(serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum EventId {
    EventId(String),
    Id(String),
}

#[derive(serde::Serialize)]
pub(super) struct Event {
    #[serde(flatten)]
    pub(super) id: EventId,
    pub(super) title: String,
    #[serde(skip_serializing_if = "Field::is_absent")]
    pub(super) categories: Field<Vec<Text>>,
    #[serde(skip_serializing_if = "Field::is_absent")]
    pub(super) regions: Field<Vec<Text>>,
    pub(super) country: Option<Text>,
    pub(super) city: Option<Text>,
    pub(super) series: Option<String>,
    pub(super) start_at: Option<String>,
    #[serde(skip_serializing_if = "Field::is_absent")]
    pub(super) min_price_cents: Field<Count>,
    pub(super) objectives: Objectives,
}

#[derive(serde::Serialize)]
pub(super) struct Insights {
    pub(super) event_id: String,
    pub(super) attendee_count: Option<Count>,
    pub(super) avg_dwell_time_ms: Option<Count>,
    pub(super) geo_distribution: Pairs<Count>,
    pub(super) age_segments: Pairs<Thousandths>,
    pub(super) engagement_score: Option<Thousandths>,
    pub(super) ticket_conversion_rate: Option<Thousandths>,
    pub(super) social_mentions: Option<u64>,
    pub(super) sentiment_score: Option<Thousandths>,
}
