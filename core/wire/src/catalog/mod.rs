//! Questions about a catalog: rows in, rankings out.

mod conditions;
mod held;
mod pairs;
mod rank;
mod report;
mod request;

use std::sync::Arc;

use sponsorfit::{Error, ErrorKind, Event, EventId, Scorer, SponsorId, SponsorProfile};

use crate::pairs::{OpenScorer, configuration};
use crate::table::Request;

pub use conditions::Conditions;
#[cfg(feature = "learn")]
pub(crate) use conditions::Selection;
pub use held::{
    Counts, HeldEvent, counts, event, event_ids, fingerprint, remove_event, remove_sponsor, save, sponsor,
    sponsor_ids, upsert_event, upsert_sponsor,
};
pub use pairs::{explain, score, score_all, score_pairs};
pub use rank::{Ranked, rank, top_events, top_sponsors};
pub(crate) use report::read;
pub use report::{KindReport, Report};
pub use request::{
    Anchor, EventKey, PairKey, PairKeys, RankEach, ScoreAll, Shown, SponsorKey, TopEvents, TopSponsors,
    UpsertEvent, UpsertSponsor,
};

/// A catalog, and the report of how its rows were read.
///
/// A clone shares its rows, and keeps them as they are while the other changes.
///
/// # Examples
/// ```
/// use sponsorfit::{Scorer, ScoringConfig};
/// use sponsorfit_wire::catalog::Catalog;
///
/// let sponsors = br#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "regions": ["US"]}"#;
/// let events = b"id,regions\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001,{US}\n";
/// let catalog = Catalog::read(Scorer::new(ScoringConfig::default())?, &[sponsors, events, b""])?;
/// assert_eq!(catalog.rows().event_count(), 1);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Catalog {
    catalog: sponsorfit::Catalog,
    report: Arc<Report>,
}

impl Catalog {
    /// Reads sponsors, events and insights from bytes as [`rows`](sponsorfit::rows) takes them; empty
    /// bytes are no rows.
    ///
    /// Bad rows are left out and told by [`report`].
    ///
    /// # Errors
    /// Those of [`CatalogBuilder::build`](sponsorfit::CatalogBuilder::build), and
    /// [`ErrorKind::InvalidValue`] for other than three blobs.
    ///
    /// # Examples
    /// See [`Catalog`].
    pub fn read(scorer: Scorer, blobs: &[&[u8]]) -> Result<Self, Error> {
        let &[sponsors, events, insights] = blobs else {
            let message = format!("{} blobs are not those of sponsors, events and insights", blobs.len());
            return Err(Error::new(ErrorKind::InvalidValue, message).within("blobs"));
        };
        let (sponsors, of_sponsors) = read(scorer.config(), sponsors);
        let (events, of_events) = read(scorer.config(), events);
        let (insights, of_insights) = read(scorer.config(), insights);
        let builder = sponsorfit::Catalog::builder(scorer);
        let catalog = builder.sponsors(sponsors).events(events).insights(insights).build()?;
        let ignored_insights = catalog.ignored_insights();
        let report =
            Report { sponsors: of_sponsors, events: of_events, insights: of_insights, ignored_insights };
        Ok(Self { catalog, report: report.into() })
    }

    /// Reads what [`save`] wrote, to be scored as it says, or by a scorer.
    ///
    /// # Errors
    /// Those of [`Catalog::from_bytes_with`](sponsorfit::Catalog::from_bytes_with).
    ///
    /// # Examples
    /// See [`save`].
    pub fn load(bytes: &[u8], scorer: Option<Scorer>) -> Result<Self, Error> {
        let catalog = match scorer {
            Some(scorer) => sponsorfit::Catalog::from_bytes_with(bytes, scorer),
            None => sponsorfit::Catalog::from_bytes(bytes),
        };
        catalog.map(Self::from)
    }

    /// Returns the rows, compiled.
    ///
    /// # Examples
    /// See [`Catalog`].
    pub fn rows(&self) -> &sponsorfit::Catalog {
        &self.catalog
    }

    pub(crate) fn scorer(&self) -> &Scorer {
        self.catalog.scorer()
    }

    /// Returns the same rows under the configuration of a request.
    pub(crate) fn with_config(&self, request: &str) -> Result<Self, Error> {
        let OpenScorer { config, .. } = OpenScorer::from_text(request)?;
        let catalog = self.catalog.with_config(configuration(config)?)?;
        Ok(Self { catalog, report: Arc::clone(&self.report) })
    }

    pub(crate) fn sponsor_row(&self, id: SponsorId) -> Result<&SponsorProfile, Error> {
        self.catalog.sponsor(&id).ok_or_else(|| unknown("sponsor", id))
    }

    pub(crate) fn event_row(&self, id: EventId) -> Result<HeldEvent<'_>, Error> {
        let row = self.catalog.event(&id).ok_or_else(|| unknown("event", id))?;
        Ok(HeldEvent::from(row))
    }
}

/// Takes a catalog that was built or loaded otherwise; nothing was read, so its report only counts.
impl From<sponsorfit::Catalog> for Catalog {
    fn from(catalog: sponsorfit::Catalog) -> Self {
        let report = Report::of(&catalog).into();
        Self { catalog, report }
    }
}

/// Returns what reading came to: counts, rows left out and fields ignored of each kind of row.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// use sponsorfit::{Scorer, ScoringConfig};
/// use sponsorfit_wire::catalog::{Catalog, report};
///
/// let catalog = Catalog::read(Scorer::new(ScoringConfig::default())?, &[b"", b"id\n7\n", b""])?;
/// assert_eq!(report(&catalog)?.events.rejects[0].line, 2);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn report(catalog: &Catalog) -> Result<&Report, Error> {
    Ok(&catalog.report)
}

fn unknown(noun: &str, id: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::UnknownId, format!("no {noun} `{id}` in the catalog"))
}

/// Refuses a request that gives both or none of a row and an identifier.
fn one_of(row: &str, id: &str) -> Error {
    Error::new(ErrorKind::MissingField, format!("give one of `{row}` and `{id}`")).within(id)
}

impl<'a> From<(&'a Event, Option<&'a sponsorfit::AudienceInsights>)> for HeldEvent<'a> {
    fn from((event, insights): (&'a Event, Option<&'a sponsorfit::AudienceInsights>)) -> Self {
        Self { event, insights }
    }
}
