//! What requests about a catalog may hold.

use serde::Deserialize;
use sponsorfit::{
    AudienceInsights, Count, Cursor, Error, Event, EventId, SponsorId, SponsorProfile, UnitInterval,
};

use super::conditions::{Conditions, Selection};
use crate::pairs::{object, object_or_null, right_at_once, score_alone, some_object};
use crate::table::Request;

/// A request whose fields are its own, and those of a selection: serde cannot
/// flatten a structure and refuse unknown fields at once.
macro_rules! request {
    ($(#[$doc:meta])* $name:ident { $($(#[$of_field:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$of_field])* pub $field: $type,)*
            /// How many rows; 20 when it is left out.
            #[serde(default)]
            pub k: Option<Count>,
            /// Which pairs may be shown; all when it is left out.
            #[serde(default, deserialize_with = "some_object")]
            pub filter: Option<Conditions>,
        }

        impl $name {
            pub(super) fn selection(&self) -> Selection<'_> {
                Selection { k: self.k, filter: self.filter.as_ref() }
            }
        }

        impl Request for $name {}
    };
}

request! {
    /// The best events of one sponsor.
    ///
    /// # Examples
    /// See [`top_events`](super::top_events).
    TopEvents {
        /// The sponsor, one of the catalog's.
        sponsor_id: Option<SponsorId>,
        /// The sponsor's row, which need not be in the catalog.
        #[serde(default, deserialize_with = "object_or_null")]
        sponsor: Option<SponsorProfile>,
        /// The last row that was shown: the list goes on behind it.
        after: Option<Shown>,
    }
}

request! {
    /// The best sponsors of one event.
    ///
    /// # Examples
    /// See [`top_sponsors`](super::top_sponsors).
    TopSponsors {
        /// The event, one of the catalog's.
        event_id: Option<EventId>,
        /// The event's row, which need not be in the catalog.
        #[serde(default, deserialize_with = "object_or_null")]
        event: Option<Event>,
        /// What was measured at the event that is given.
        #[serde(default, deserialize_with = "object_or_null")]
        insights: Option<AudienceInsights>,
        /// The last row that was shown: the list goes on behind it.
        after: Option<Shown>,
    }
}

request! {
    /// The best of the other side for some anchors.
    ///
    /// # Examples
    /// See [`rank`](super::rank).
    RankEach {
        /// The side whose rows each get a ranking.
        for_each: Anchor,
        /// The number of the first anchor, in the order of reading.
        #[serde(default)]
        from: Count,
        /// How many anchors.
        #[serde(default = "default_count")]
        count: Count,
    }
}

/// How many anchors are ranked at once when the request does not say.
fn default_count() -> Count {
    Count::from(32_u32)
}

/// The side whose rows each get a ranking.
///
/// # Examples
/// See [`rank`](super::rank).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// Events for every sponsor.
    Sponsor,
    /// Sponsors for every event.
    Event,
}

/// The last row that was shown; what else it holds is of no interest here.
///
/// # Examples
/// See [`top_events`](super::top_events).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shown {
    /// Its score.
    pub score: UnitInterval,
    /// Its event, in a ranking of events.
    pub event_id: Option<EventId>,
    /// Its sponsor, in a ranking of sponsors.
    pub sponsor_id: Option<SponsorId>,
}

impl Shown {
    pub(super) fn behind_event(self) -> Result<Cursor, Error> {
        let id = self.event_id.ok_or_else(|| missing("event_id"))?;
        Ok(Cursor::event(self.score, id))
    }

    pub(super) fn behind_sponsor(self) -> Result<Cursor, Error> {
        let id = self.sponsor_id.ok_or_else(|| missing("sponsor_id"))?;
        Ok(Cursor::sponsor(self.score, id))
    }
}

fn missing(field: &'static str) -> Error {
    <Error as serde::de::Error>::missing_field(field).within("after")
}

/// A request of a few fields that no other shares.
macro_rules! plain_request {
    ($(#[$doc:meta])* $name:ident { $($(#[$of_field:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$of_field])* pub $field: $type,)* }

        impl Request for $name {}
    };
}

plain_request! {
    /// A sponsor of the catalog.
    ///
    /// # Examples
    /// See [`sponsor`](super::sponsor).
    SponsorKey {
        /// Its identifier.
        sponsor_id: SponsorId,
    }
}

plain_request! {
    /// An event of the catalog.
    ///
    /// # Examples
    /// See [`event`](super::event).
    EventKey {
        /// Its identifier.
        event_id: EventId,
    }
}

/// A pair of the catalog.
///
/// # Examples
/// See [`score`](super::score).
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PairKey {
    /// The sponsor.
    pub sponsor_id: SponsorId,
    /// The event.
    pub event_id: EventId,
}

impl Request for PairKey {
    fn from_text(text: &str) -> Result<Self, Error> {
        right_at_once(text)
    }
}

plain_request! {
    /// Pairs of the catalog, and the columns of numbers that are wanted of them.
    ///
    /// # Examples
    /// See [`score_pairs`](super::score_pairs).
    PairKeys {
        /// The pairs.
        pairs: Vec<PairKey>,
        /// The paths of a score's own numbers, such as `coverage` or `audience_overlap.geo`; `score`
        /// alone when it is left out.
        #[serde(default = "score_alone")]
        columns: Vec<String>,
    }
}

plain_request! {
    /// The columns of numbers that are wanted of every pair.
    ///
    /// # Examples
    /// See [`score_all`](super::score_all).
    ScoreAll {
        /// `score`, `coverage` or the paths of leaves; `score` alone when it is left out.
        #[serde(default = "score_alone")]
        columns: Vec<String>,
    }
}

plain_request! {
    /// An event to add or to replace.
    ///
    /// # Examples
    /// See [`upsert_event`](super::upsert_event).
    UpsertEvent {
        /// The event's row.
        #[serde(deserialize_with = "object")]
        event: Event,
        /// What was measured at the event; null is unknown.
        #[serde(default, deserialize_with = "object_or_null")]
        insights: Option<AudienceInsights>,
    }
}

plain_request! {
    /// A sponsor to add or to replace.
    ///
    /// # Examples
    /// See [`upsert_sponsor`](super::upsert_sponsor).
    UpsertSponsor {
        /// The sponsor's row.
        #[serde(deserialize_with = "object")]
        sponsor: SponsorProfile,
    }
}
