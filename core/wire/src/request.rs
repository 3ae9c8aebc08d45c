//! What a request may hold: a pair, and what its question needs beside it.
//!
//! Unknown fields of the request are refused; the rows inside keep their own
//! tolerance.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use sponsorfit::read;
use sponsorfit::read::ObjectOnly as object_only;
use sponsorfit::{AudienceInsights, Change, Error, Event, Rules, Scorer, Side, SponsorProfile};

use super::Rows;

/// How many improvements are given when the request does not say.
pub(super) const DEFAULT_LIMIT: u32 = 5;

/// The fields that the questions take.
pub(super) const PAIR: &[&str] = &["sponsor", "event", "insights"];
pub(super) const WHAT_IF: &[&str] = &["sponsor", "event", "insights", "changes"];
pub(super) const IMPROVE: &[&str] = &["sponsor", "event", "insights", "side", "limit"];
pub(super) const CHECK: &[&str] = &["sponsor", "event", "insights", "rules"];

/// The fields of every question; [`Request::read`] says which belong to one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    #[serde(deserialize_with = "object")]
    sponsor: SponsorProfile,
    #[serde(deserialize_with = "object")]
    event: Event,
    #[serde(default, deserialize_with = "object_or_null")]
    insights: Option<AudienceInsights>,
    changes: Option<Vec<Change>>,
    side: Option<Side>,
    limit: Option<u32>,
    #[serde(default, deserialize_with = "some_object")]
    rules: Option<Rules>,
}

#[cfg(feature = "catalog")]

/// Without the fast way, rows are read from values alone, which take no list for a struct.
#[cfg(not(feature = "catalog"))]
fn object_only<D>(deserializer: D) -> D {
    deserializer
}

/// A value that only an object can hold.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(object_only(deserializer)).map(Self)
    }
}

pub(super) fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Object::deserialize(deserializer).map(|Object(value)| value)
}

pub(super) fn object_or_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(Option::<Object<T>>::deserialize(deserializer)?.map(|Object(value)| value))
}

pub(super) fn some_object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    object(deserializer).map(Some)
}

impl Request {
    /// Reads a request whose question takes these fields.
    pub(super) fn read(text: &str, takes: &'static [&'static str]) -> Result<Self, Error> {
        let request: Self = match Self::read_quickly(text, takes) {
            Some(request) => request,
            None => read::strict_from_json(text)?,
        };
        let given = [
            ("changes", request.changes.is_some()),
            ("side", request.side.is_some()),
            ("limit", request.limit.is_some()),
            ("rules", request.rules.is_some()),
        ];
        match given.into_iter().find(|(field, is_given)| *is_given && !takes.contains(field)) {
            Some((field, _)) => Err(Error::unknown_field(field, takes)),
            None => Ok(request),
        }
    }

    /// Reads a request that is right; the fast way would take lists for the objects inside changes and rules.
    #[cfg(feature = "catalog")]
    fn read_quickly(text: &str, takes: &'static [&'static str]) -> Option<Self> {
        if takes == PAIR { serde_json::from_str(text).ok() } else { None }
    }

    /// Without `rows` nothing else reads the fast way, and a reader of each type is a fifth of a small binary.
    #[cfg(not(feature = "catalog"))]
    fn read_quickly(_text: &str, _takes: &'static [&'static str]) -> Option<Self> {
        None
    }

    /// Returns the rows, checked against each other and against the configuration.
    pub(super) fn rows(self, scorer: &Scorer) -> Result<Rows, Error> {
        let Self { sponsor, event, insights, .. } = self;
        scorer.config().check_rows(&sponsor, &event, insights.as_ref())?;
        Ok((sponsor, event, insights))
    }

    pub(super) fn changes(&mut self) -> Result<Vec<Change>, Error> {
        self.changes.take().ok_or_else(|| Error::missing_field("changes"))
    }

    pub(super) fn side(&self) -> Result<Side, Error> {
        self.side.ok_or_else(|| Error::missing_field("side"))
    }

    pub(super) fn limit(&self) -> usize {
        usize::try_from(self.limit.unwrap_or(DEFAULT_LIMIT)).unwrap_or(usize::MAX)
    }

    pub(super) fn rules(&mut self) -> Result<Rules, Error> {
        let rules = self.rules.take().ok_or_else(|| Error::missing_field("rules"))?;
        rules.validate().map_err(|error| error.within("rules"))?;
        Ok(rules)
    }
}
