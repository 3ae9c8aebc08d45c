//! Which pairs a ranking may show, as a request says it.

use serde::Deserialize;
use sponsorfit::{Count, Cursor, Error, EventId, Filter, LabelSet, Moment, Rules, SponsorId, UnitInterval};

use crate::pairs::some_object;
use crate::table::size;

/// How many rows a ranking has when the request does not say.
const DEFAULT_K: usize = 20;

/// Which pairs a ranking may show: a [`Filter`] in JSON.
///
/// # Examples
/// ```
/// use sponsorfit_wire::catalog::Conditions;
///
/// let filter: Conditions = serde_json::from_str(r#"{"from": "2026-06-01", "min_score": 0.5}"#)?;
/// assert_eq!(filter.min_score, Some(sponsorfit::UnitInterval::HALF));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Filter"))]
#[serde(deny_unknown_fields, default)]
pub struct Conditions {
    /// Events that start at this moment or later: a date, or a timestamp.
    pub from: Option<Moment>,
    /// Events that start at this moment or earlier; a date includes its whole day.
    pub until: Option<Moment>,
    /// Events of at least one of these categories.
    pub categories: Option<LabelSet>,
    /// Pairs with this score or a higher one.
    pub min_score: Option<UnitInterval>,
    /// These events only.
    pub only_events: Option<Vec<EventId>>,
    /// These sponsors only.
    pub only_sponsors: Option<Vec<SponsorId>>,
    /// Not these events.
    pub without_events: Option<Vec<EventId>>,
    /// Not these sponsors.
    pub without_sponsors: Option<Vec<SponsorId>>,
    /// Pairs that these rules allow.
    #[serde(deserialize_with = "some_object")]
    pub rules: Option<Rules>,
}

impl Conditions {
    fn filter(&self) -> Result<Filter<'_>, Error> {
        let mut filter = Filter::new();
        if let Some(from) = self.from {
            filter = filter.from(from);
        }
        if let Some(until) = self.until {
            filter = filter.until(until);
        }
        if let Some(categories) = &self.categories {
            filter = filter.in_categories(categories.clone());
        }
        if let Some(min_score) = self.min_score {
            filter = filter.min_score(min_score);
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

/// How many rows, and which.
#[derive(Clone, Copy)]
pub(crate) struct Selection<'a> {
    pub(crate) k: Option<Count>,
    pub(crate) filter: Option<&'a Conditions>,
}

impl Selection<'_> {
    /// Hands `k` and the filter to what ranks by them.
    pub(crate) fn ranked<T>(
        self,
        after: Option<Cursor>,
        rank: impl FnOnce(usize, &Filter<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let k = self.k.map_or(DEFAULT_K, size);
        let mut filter = match self.filter {
            Some(conditions) => conditions.filter().map_err(|error| error.within("filter"))?,
            None => Filter::new(),
        };
        if let Some(cursor) = after {
            filter = filter.after(cursor);
        }
        rank(k, &filter)
    }
}
