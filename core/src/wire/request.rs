//! What a request may hold: a pair, and what its question needs beside it.
//!
//! Unknown fields of the request are refused; the rows inside keep their own
//! tolerance.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::Rows;
use crate::config::ScoringConfig;
use crate::error::{Error, ErrorKind};
use crate::model::{AudienceInsights, Event, SponsorProfile};
use crate::objectives::check_dimension;
use crate::read;
use crate::rules::Rules;
use crate::what_if::{Change, Side};

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

#[cfg(feature = "rows")]
use crate::read::ObjectOnly as object_only;

/// Without the fast way, rows are read from values alone, which take no list for a struct.
#[cfg(not(feature = "rows"))]
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
    #[cfg(feature = "rows")]
    fn read_quickly(text: &str, takes: &'static [&'static str]) -> Option<Self> {
        if takes == PAIR { serde_json::from_str(text).ok() } else { None }
    }

    /// Without `rows` nothing else reads the fast way, and a reader of each type is a fifth of a small binary.
    #[cfg(not(feature = "rows"))]
    fn read_quickly(_text: &str, _takes: &'static [&'static str]) -> Option<Self> {
        None
    }

    /// Returns the rows, checked against each other and against the configuration.
    pub(super) fn rows(self, config: &ScoringConfig) -> Result<Rows, Error> {
        let Self { sponsor, event, insights, .. } = self;
        check_rows(config, &sponsor, &event, insights.as_ref())?;
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

/// Checks the rows of a pair against each other and against a configuration.
///
/// What a [`Desk`](super::Desk) does with every request, for bindings that hold rows instead of text.
///
/// # Errors
/// [`ErrorKind::DimensionMismatch`] for an embedding of another length than the
/// configured one, [`ErrorKind::InvalidValue`] for insights of another event;
/// paths begin with `sponsor`, `event` or `insights`.
///
/// # Examples
/// ```
/// use sponsorfit::wire::check_rows;
/// use sponsorfit::{AudienceInsights, Event, EventId, ScoringConfig, SponsorId, SponsorProfile};
///
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let insights = AudienceInsights::new(EventId::from_bytes([3; 16]));
/// let error = check_rows(&ScoringConfig::default(), &sponsor, &event, Some(&insights)).unwrap_err();
/// assert_eq!(error.path(), "insights.event_id");
/// ```
pub fn check_rows(
    config: &ScoringConfig,
    sponsor: &SponsorProfile,
    event: &Event,
    insights: Option<&AudienceInsights>,
) -> Result<(), Error> {
    let dimension = config.objectives.dimension();
    check_dimension(dimension, sponsor.objectives_embedding.as_ref())
        .map_err(|error| error.within("sponsor"))?;
    check_dimension(dimension, event.objectives_embedding.as_ref()).map_err(|error| error.within("event"))?;
    check_same_event(event, insights)
}

/// Refuses insights of another event: scored together they would be an invention.
pub(super) fn check_same_event(event: &Event, insights: Option<&AudienceInsights>) -> Result<(), Error> {
    match insights {
        Some(insights) if insights.event_id != event.event_id => {
            let message = format!("`{}` is not the event's `{}`", insights.event_id, event.event_id);
            Err(Error::new(ErrorKind::InvalidValue, message).within("event_id").within("insights"))
        }
        _ => Ok(()),
    }
}
