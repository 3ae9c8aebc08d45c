//! What requests about a catalog may hold.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use sponsorfit::read::{self, ObjectOnly};
use sponsorfit::{
    AudienceInsights, Cursor, Error, Event, EventId, Filter, LabelSet, Moment, Rules, SponsorId,
    SponsorProfile, UnitInterval, check_dimension,
};

use crate::request::{object, object_or_null, some_object};

/// How many rows a ranking has when the request does not say.
const DEFAULT_K: u32 = 20;

/// How many anchors are ranked at once when the request does not say.
fn default_count() -> usize {
    32
}

/// How many rows, and which.
pub(super) struct Selection {
    k: Option<u32>,
    filter: Option<Conditions>,
}

impl Selection {
    /// Hands `k` and the filter to what ranks by them.
    pub(super) fn ranked<T>(
        &self,
        after: Option<Cursor>,
        rank: impl FnOnce(usize, &Filter<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let k = usize::try_from(self.k.unwrap_or(DEFAULT_K)).unwrap_or(usize::MAX);
        let mut filter = match &self.filter {
            Some(conditions) => conditions.filter().map_err(|error| error.within("filter"))?,
            None => Filter::new(),
        };
        if let Some(cursor) = after {
            filter = filter.after(cursor);
        }
        rank(k, &filter)
    }
}

/// A request whose fields are its own, and those of a selection: serde cannot
/// flatten a structure and refuse unknown fields at once.
macro_rules! request {
    ($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        pub(super) struct $name {
            $(pub(super) $field: $type,)*
            pub(super) selection: Selection,
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[derive(Deserialize)]
                #[serde(deny_unknown_fields)]
                struct Fields {
                    $($(#[$attribute])* $field: $type,)*
                    k: Option<u32>,
                    #[serde(default, deserialize_with = "some_object")]
                    filter: Option<Conditions>,
                }
                let Fields { $($field,)* k, filter } = Fields::deserialize(ObjectOnly(deserializer))?;
                Ok(Self { $($field,)* selection: Selection { k, filter } })
            }
        }
    };
}

request! {
    /// The best events of one sponsor.
    TopEvents {
        sponsor_id: Option<SponsorId>,
        #[serde(default, deserialize_with = "object_or_null")]
        sponsor: Option<SponsorProfile>,
        after: Option<Shown>,
    }
}

request! {
    /// The best sponsors of one event.
    TopSponsors {
        event_id: Option<EventId>,
        #[serde(default, deserialize_with = "object_or_null")]
        event: Option<Event>,
        #[serde(default, deserialize_with = "object_or_null")]
        insights: Option<AudienceInsights>,
        after: Option<Shown>,
    }
}

request! {
    /// The best of the other side for some anchors.
    RankEach {
        for_each: Anchor,
        #[serde(default)]
        from: usize,
        #[serde(default = "default_count")]
        count: usize,
    }
}

/// The side whose rows each get a ranking.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Anchor {
    Sponsor,
    Event,
}

/// The last row that was shown; what else it holds is of no interest here.
#[derive(Deserialize)]
pub(super) struct Shown {
    score: UnitInterval,
    event_id: Option<EventId>,
    sponsor_id: Option<SponsorId>,
}

impl Shown {
    pub(super) fn behind_event(&self) -> Result<Cursor, Error> {
        let id = self.event_id.ok_or_else(|| Error::missing_field("event_id").within("after"))?;
        Ok(Cursor::event(self.score, id))
    }

    pub(super) fn behind_sponsor(&self) -> Result<Cursor, Error> {
        let id = self.sponsor_id.ok_or_else(|| Error::missing_field("sponsor_id").within("after"))?;
        Ok(Cursor::sponsor(self.score, id))
    }
}

/// A [`Filter`] in JSON.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Conditions {
    from: Option<Moment>,
    until: Option<Moment>,
    categories: Option<LabelSet>,
    least_score: Option<UnitInterval>,
    only_events: Option<Vec<EventId>>,
    only_sponsors: Option<Vec<SponsorId>>,
    without_events: Option<Vec<EventId>>,
    without_sponsors: Option<Vec<SponsorId>>,
    #[serde(deserialize_with = "some_object")]
    rules: Option<Rules>,
}

impl Conditions {
    fn filter(&self) -> Result<Filter<'_>, Error> {
        let mut filter = Filter::new();
        if let Some(from) = self.from {
            filter = filter.starting_from(from);
        }
        if let Some(until) = self.until {
            filter = filter.starting_until(until);
        }
        if let Some(categories) = &self.categories {
            filter = filter.in_categories(categories.clone());
        }
        if let Some(least) = self.least_score {
            filter = filter.least_score(least);
        }
        if let Some(ids) = &self.only_events {
            filter = filter.only_events(ids.iter().copied());
        }
        if let Some(ids) = &self.only_sponsors {
            filter = filter.only_sponsors(ids.iter().copied());
        }
        if let Some(rules) = &self.rules {
            rules.validate().map_err(|error| error.within("rules"))?;
            filter = filter.rules(rules);
        }
        Ok(filter
            .without_events(self.without_events.iter().flatten().copied())
            .without_sponsors(self.without_sponsors.iter().flatten().copied()))
    }
}

/// An event to add or to replace.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UpsertEvent {
    #[serde(deserialize_with = "object")]
    event: Event,
    #[serde(default, deserialize_with = "object_or_null")]
    insights: Option<AudienceInsights>,
}

impl UpsertEvent {
    pub(super) fn read(
        text: &str,
        dimension: Option<u32>,
    ) -> Result<(Event, Option<AudienceInsights>), Error> {
        let Self { event, insights } = read::strict_from_json(text)?;
        check_dimension(dimension, event.objectives_embedding.as_ref())
            .map_err(|error| error.within("event"))?;
        insights.as_ref().map_or(Ok(()), |insights| insights.check_event(&event))?;
        Ok((event, insights))
    }
}

/// A sponsor to add or to replace.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UpsertSponsor {
    #[serde(deserialize_with = "object")]
    sponsor: SponsorProfile,
}

impl UpsertSponsor {
    pub(super) fn read(text: &str, dimension: Option<u32>) -> Result<SponsorProfile, Error> {
        let Self { sponsor } = read::strict_from_json(text)?;
        check_dimension(dimension, sponsor.objectives_embedding.as_ref())
            .map_err(|error| error.within("sponsor"))?;
        Ok(sponsor)
    }
}
