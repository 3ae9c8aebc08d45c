//! What happened before a date: who sponsored what, and what that says of sponsors and of pairs.

use std::sync::Arc;

use serde::{Serialize, Serializer, ser::SerializeMap};
use sponsorfit::{Error, ErrorKind, Event, EventId, Moment, PastSponsorship, ScoringConfig, SponsorProfile};
use sponsorfit_learn::features::{Feature, Features};
use sponsorfit_learn::history::ProfileRule;

use super::{answer, request};
use crate::catalog::{self, Catalog, HeldEvent, KindReport, PairKey};

/// Past sponsorships with the events they were of, and the catalog that is asked about, if any.
///
/// # Examples
/// ```
/// use sponsorfit_wire::learning::{History, history_report};
///
/// let past = b"sponsor_id,event_id,at\n6f9619ff-8b86-d011-b42d-00c04fc964ff,0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001,2024-05-01\n";
/// let history = History::read(&[past, b""], None)?;
/// assert_eq!(history_report(&history)?.past.count, 1);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct History {
    known: Arc<sponsorfit_learn::history::History>,
    catalog: Option<Catalog>,
    report: Arc<HistoryReport>,
}

answer! {
    /// What reading a history came to.
    ///
    /// # Examples
    /// See [`history_report`].
    HistoryReport {
        /// The rows of past sponsorships.
        past: KindReport,
        /// The rows of past events.
        events: KindReport,
        /// How many past sponsorships are of events that are not known.
        strangers: usize,
    }
}

impl History {
    /// Reads past sponsorships, and events that are not in the catalog, from bytes as
    /// [`rows`](sponsorfit::rows) takes them; empty bytes are no rows.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidValue`] for other blobs, [`ErrorKind::DuplicateId`] for two events of one
    /// identifier.
    ///
    /// # Examples
    /// See [`History`].
    pub fn read(blobs: &[&[u8]], catalog: Option<&Catalog>) -> Result<Self, Error> {
        let (past, own) = match blobs {
            [past] => (*past, &[][..]),
            [past, events] => (*past, *events),
            _ => {
                let message = format!("{} blobs are not those of past sponsorships and events", blobs.len());
                return Err(Error::new(ErrorKind::InvalidValue, message).within("blobs"));
            }
        };
        let config = catalog.map_or_else(ScoringConfig::default, |catalog| catalog.scorer().config().clone());
        let (past, of_past) = catalog::read::<PastSponsorship>(&config, past);
        let (own, of_events) = catalog::read::<Event>(&config, own);
        let held = catalog.into_iter().flat_map(|catalog| catalog.rows().events());
        let events: Vec<Event> = held.map(|(event, _)| event.clone()).chain(own).collect();
        let history = sponsorfit_learn::history::History::new(&events, &past)?;
        let report = HistoryReport { past: of_past, events: of_events, strangers: history.strangers() };
        Ok(Self { known: history.into(), catalog: catalog.cloned(), report: report.into() })
    }

    pub(super) fn as_of(&self, date: Moment) -> Features {
        Features::as_of(&self.known, date)
    }

    pub(super) fn catalog(&self) -> Result<&Catalog, Error> {
        self.catalog.as_ref().ok_or_else(|| {
            let message = "this was opened without a catalog, so it has no pairs";
            Error::new(ErrorKind::InvalidValue, message)
        })
    }
}

/// Returns what reading the rows came to.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// See [`History`].
pub fn history_report(history: &History) -> Result<&HistoryReport, Error> {
    Ok(&history.report)
}

request! {
    /// A date.
    ///
    /// # Examples
    /// See [`profiles`].
    Profiles {
        /// The date; nothing that happened on it or later enters.
        before: Moment,
    }
}

/// Returns the profiles of all who had sponsored something before a date, by id.
///
/// For sponsors who state nothing themselves, and to judge a ranking on the past without telling it what
/// came later.
///
/// # Errors
/// What is wrong with the date.
///
/// # Examples
/// ```
/// let past = b"sponsor_id,event_id,at\n6f9619ff-8b86-d011-b42d-00c04fc964ff,0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001,2024-05-01\n";
/// let events = b"id,country\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001,FR\n";
/// let mut history = sponsorfit_wire::open("history", "{}", &[past, events], None)?;
/// assert!(history.ask("profiles", r#"{"before": "2025-01-01"}"#, None).contains(r#""regions":["FR"]"#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn profiles(history: &History, request: Profiles) -> Result<Vec<SponsorProfile>, Error> {
    Ok(history.known.profiles(request.before, &ProfileRule::default()))
}

request! {
    /// Pairs of the catalog, and the date as of which they are looked at.
    ///
    /// # Examples
    /// See [`features`].
    FeaturesOf {
        /// The date; nothing that happened on it or later enters.
        as_of: Moment,
        /// The pairs.
        pairs: Vec<PairKey>,
    }
}

/// What a ranker is told of one pair: a number a feature, null where it cannot be told.
///
/// # Examples
/// See [`features`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeatureRow(sponsorfit_learn::features::FeatureRow);

impl FeatureRow {
    /// Returns the numbers in the order of [`Feature::ALL`]; NaN where one cannot be told.
    ///
    /// # Examples
    /// See [`features`].
    pub fn numbers(&self) -> &[f64] {
        &self.0
    }
}

impl Serialize for FeatureRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_map(Some(Feature::ALL.len()))?;
        for (feature, number) in Feature::ALL.iter().zip(&self.0) {
            row.serialize_entry(feature.name(), &super::known(*number))?;
        }
        row.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FeatureRow {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FeatureRow".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let described = |feature: &Feature| {
            let field = serde_json::json!({"type": ["number", "null"], "description": feature.definition()});
            (feature.name().to_owned(), field)
        };
        let names: Vec<&str> = Feature::ALL.iter().map(|feature| feature.name()).collect();
        let properties: serde_json::Map<_, _> = Feature::ALL.iter().map(described).collect();
        schemars::json_schema!({
            "type": "object",
            "description": "What a ranker is told of one pair: a number a feature, null where it cannot be told.",
            "properties": properties,
            "required": names,
        })
    }
}

/// Returns what a ranker is told of pairs as of a date: a row a pair.
///
/// # Errors
/// [`ErrorKind::UnknownId`] at `pairs[…]`, and [`ErrorKind::InvalidValue`] without a catalog.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let sponsors = b"sponsor_id\n6f9619ff-8b86-d011-b42d-00c04fc964ff\n";
/// let events = b"id\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001\n";
/// let catalog = sponsorfit_wire::open("catalog", "{}", &[sponsors, events, b""], Some(&scorer))?;
/// let mut history = sponsorfit_wire::open("history", "{}", &[b""], Some(&catalog))?;
/// let request = r#"{"as_of": "2026-01-01", "pairs": [{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
///     "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}]}"#;
/// assert!(history.ask("features", request, None).contains(r#""years_since_last":null"#));
/// assert_eq!(history.numbers("features", request, &[])?.len(), sponsorfit_learn::features::Feature::ALL.len());
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn features(history: &History, request: FeaturesOf) -> Result<Vec<FeatureRow>, Error> {
    let catalog = history.catalog()?;
    let features = history.as_of(request.as_of);
    let row = |(place, pair): (usize, &PairKey)| {
        let blame = |error: Error| error.at(place).within("pairs");
        let (profile, row) = pair_of(catalog, pair).map_err(blame)?;
        Ok(FeatureRow(features.row(&features.sponsor(profile), &features.event(row.event, row.insights))))
    };
    request.pairs.iter().enumerate().map(row).collect()
}

/// As [`features`], one number after the other; NaN where one cannot be told.
pub(crate) fn feature_numbers(history: &History, request: FeaturesOf) -> Result<Vec<f64>, Error> {
    Ok(features(history, request)?.iter().flat_map(FeatureRow::numbers).copied().collect())
}

pub(super) fn pair_of<'a>(
    catalog: &'a Catalog,
    pair: &PairKey,
) -> Result<(&'a SponsorProfile, HeldEvent<'a>), Error> {
    let (sponsor, event): (_, EventId) = (pair.sponsor_id, pair.event_id);
    Ok((catalog.sponsor_row(sponsor)?, catalog.event_row(event)?))
}
