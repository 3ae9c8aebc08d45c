//! A catalog behind text doors: rows in, rankings out.

mod held;
mod request;
mod rows;

use std::sync::Arc;

use serde::Serialize;

use super::{Stored, answer};
use request::{Anchor, RankEach, TopEvents, TopSponsors};
use sponsorfit::factors::Leaf;
use sponsorfit::read;
use sponsorfit::{
    AudienceInsights, Catalog, Columns, Error, ErrorKind, Event, EventId, Ranking, Scorer, ScoringConfig,
    SponsorId, SponsorProfile, UnitInterval,
};

/// Answers requests about a catalog.
///
/// A clone shares its rows, and keeps them as they are while the other changes.
///
/// | question | request | answer |
/// |---|---|---|
/// | [`top_events`](Self::top_events) | `{sponsor_id` or `sponsor, k?, filter?, after?}` | `matches`, `insufficient` |
/// | [`top_sponsors`](Self::top_sponsors) | `{event_id` or `event, insights?, k?, filter?, after?}` | the same |
/// | [`rank`](Self::rank) | `{for_each, from?, count?, k?, filter?}` | a list of these, each with its anchor's id |
/// | [`upsert_event`](Self::upsert_event) | `{event, insights?}` | `null` |
/// | [`upsert_sponsor`](Self::upsert_sponsor) | `{sponsor}` | `null` |
///
/// A filter is `{from?, until?, categories?, least_score?, only_events?,
/// only_sponsors?, without_events?, without_sponsors?, rules?}`, and `after` the
/// last row that was shown.
///
/// # Examples
/// ```
/// use sponsorfit_wire::{CatalogDesk, Desk};
///
/// let sponsors = br#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "regions": ["US"]}"#;
/// let events = b"id,regions\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001,{US}\n";
/// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), sponsors, events, b"")?;
/// let best = catalog.top_events(r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "k": 1}"#, None);
/// assert!(best.starts_with(r#"{"matches":[{"event_id":"0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001","#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct CatalogDesk {
    catalog: Catalog,
    report: Arc<str>,
}

/// The ranking of one anchor among many.
#[derive(Serialize)]
struct Ranked<Id> {
    #[serde(flatten)]
    anchor: Id,
    #[serde(flatten)]
    ranking: Ranking,
}

#[derive(Serialize)]
struct OfSponsor {
    sponsor_id: SponsorId,
}

#[derive(Serialize)]
struct OfEvent {
    event_id: EventId,
}

impl CatalogDesk {
    /// Reads a catalog from bytes as [`rows`](sponsorfit::rows) takes them; empty bytes are no rows.
    ///
    /// Bad rows are left out and told by [`report`](Self::report).
    ///
    /// # Errors
    /// Those of [`CatalogBuilder::build`](sponsorfit::CatalogBuilder::build).
    ///
    /// # Examples
    /// See [`CatalogDesk`].
    pub fn read(scorer: Scorer, sponsors: &[u8], events: &[u8], insights: &[u8]) -> Result<Self, Error> {
        let (rows, report) = rows::read(scorer.config(), sponsors, events, insights);
        let catalog = Catalog::builder(scorer)
            .sponsors(rows.sponsors)
            .events(rows.events)
            .insights(rows.insights)
            .build()?;
        let report = report.text(catalog.ignored_insights());
        Ok(Self { catalog, report: report.into() })
    }

    /// Returns what reading came to: counts, rejects and ignored fields of each kind of row.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"id\n7\n", b"")?;
    /// assert!(catalog.report().contains(r#""events":{"count":0,"rejects":[{"line":2,"#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn report(&self) -> &str {
        &self.report
    }

    /// Returns the catalog behind the desk.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// assert_eq!(catalog.catalog().event_count(), 0);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Returns the same rows under another configuration, in JSON.
    ///
    /// # Errors
    /// Those of [`ScoringConfig::from_json`] and [`Catalog::with_config`].
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// assert_eq!(catalog.with_config(r#"{"min_coverage": 2}"#).unwrap_err().path(), "min_coverage");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn with_config(&self, config: &str) -> Result<Self, Error> {
        let catalog = self.catalog.with_config(ScoringConfig::from_json(config)?)?;
        Ok(Self { catalog, report: Arc::clone(&self.report) })
    }

    /// Ranks the events for a sponsor of the catalog, or for one that is given.
    ///
    /// `similarities` stand in the place of what the scorer would compare: one
    /// number for each event in the order of reading, NaN where it is unknown.
    ///
    /// # Examples
    /// See [`CatalogDesk`].
    pub fn top_events(&self, request: &str, similarities: Option<&[f64]>) -> String {
        answer(&self.best_events(request, similarities))
    }

    /// Ranks the sponsors for an event of the catalog, or for one that is given.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// let draft = r#"{"event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}, "k": 5}"#;
    /// assert_eq!(catalog.top_sponsors(draft, None), r#"{"matches":[],"insufficient":0}"#);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn top_sponsors(&self, request: &str, similarities: Option<&[f64]>) -> String {
        answer(&self.best_sponsors(request, similarities))
    }

    /// Ranks the other side for `count` anchors, beginning at number `from` in the order of reading.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// assert_eq!(catalog.rank(r#"{"for_each": "sponsor", "from": 0, "count": 32, "k": 5}"#), "[]");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn rank(&self, request: &str) -> String {
        match read::strict_from_json::<RankEach>(request) {
            Ok(RankEach { for_each: Anchor::Sponsor, from, count, selection }) => {
                answer(&selection.ranked(None, |k, filter| {
                    let anchors = self.catalog.sponsors().skip(from).take(count);
                    let ranked = anchors.map(|sponsor| Ranked {
                        anchor: OfSponsor { sponsor_id: sponsor.sponsor_id },
                        ranking: self.catalog.preview_events(sponsor, k, filter),
                    });
                    Ok(ranked.collect::<Vec<_>>())
                }))
            }
            Ok(RankEach { for_each: Anchor::Event, from, count, selection }) => {
                answer(&selection.ranked(None, |k, filter| {
                    let anchors = self.catalog.events().skip(from).take(count);
                    let ranked = anchors.map(|(event, insights)| Ranked {
                        anchor: OfEvent { event_id: event.event_id },
                        ranking: self.catalog.preview_sponsors(event, insights, k, filter),
                    });
                    Ok(ranked.collect::<Vec<_>>())
                }))
            }
            Err(error) => answer::<()>(&Err(error)),
        }
    }

    /// Scores every pair: the columns that are named, one after the other.
    ///
    /// A name is `score`, `coverage` or the path of a leaf. Each column is as
    /// [`Columns`] says: sponsor by sponsor, NaN where there is no number.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidValue`] for a name that is none, and
    /// [`ErrorKind::DuplicateField`] for one that is there twice.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let sponsors = b"sponsor_id\n6f9619ff-8b86-d011-b42d-00c04fc964ff\n";
    /// let events = b"id\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001\n";
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), sponsors, events, b"")?;
    /// assert_eq!(catalog.score_all(&["score", "budget_fit"])?, [0.425, 0.5]);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn score_all<S: AsRef<str>>(&self, names: &[S]) -> Result<Vec<f64>, Error> {
        let pairs = self.catalog.sponsor_count() * self.catalog.event_count();
        let mut numbers = vec![0.0; pairs * names.len()];
        let mut columns = Columns::default();
        // An empty catalog still has its names checked.
        let mut free = numbers.as_mut_slice();
        for (number, name) in names.iter().enumerate() {
            let (column, rest) = free.split_at_mut(pairs);
            free = rest;
            let place = column_of(&mut columns, name.as_ref()).map_err(|error| error.at(number))?;
            if place.replace(column).is_some() {
                return Err(Error::new(ErrorKind::DuplicateField, "appears twice").within(name.as_ref()));
            }
        }
        self.catalog.score_all(columns)?;
        Ok(numbers)
    }

    /// Scores the pair of two identifiers, as [`Desk::score`](super::Desk::score) does.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// let answer = catalog.score("7", "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001");
    /// assert!(answer.starts_with(r#"{"error":{"code":"invalid_value""#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn score(&self, sponsor_id: &str, event_id: &str) -> String {
        answer(&self.pair(sponsor_id, event_id).and_then(|(sponsor, event, insights)| {
            let score = self.catalog.scorer().score(sponsor, event, insights)?;
            Ok(Stored::new(self.catalog.scorer(), &score, score))
        }))
    }

    /// Explains the pair of two identifiers, as [`Desk::explain`](super::Desk::explain) does.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let sponsors = b"sponsor_id\n6f9619ff-8b86-d011-b42d-00c04fc964ff\n";
    /// let events = b"id\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001\n";
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), sponsors, events, b"")?;
    /// let why = catalog.explain("6f9619ff-8b86-d011-b42d-00c04fc964ff", "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001");
    /// assert!(why.contains(r#""summary":"Score 0.42"#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn explain(&self, sponsor_id: &str, event_id: &str) -> String {
        answer(&self.pair(sponsor_id, event_id).and_then(|(sponsor, event, insights)| {
            let why = self.catalog.scorer().explain(sponsor, event, insights)?;
            Ok(Stored::new(self.catalog.scorer(), &why.score.clone(), why))
        }))
    }

    fn best_events(&self, request: &str, similarities: Option<&[f64]>) -> Result<Ranking, Error> {
        let similarities = similarities.map(known).transpose()?;
        let TopEvents { sponsor_id, sponsor, selection, after } = read::strict_from_json(request)?;
        let sponsor = match (&sponsor, sponsor_id) {
            (Some(sponsor), None) => sponsor,
            (None, Some(id)) => self.catalog.sponsor(&id).ok_or_else(|| unknown("sponsor", id))?,
            _ => return Err(one_of("sponsor", "sponsor_id")),
        };
        let after = after.map(|shown| shown.behind_event()).transpose()?;
        selection.ranked(after, |k, filter| match &similarities {
            Some(similarities) => self.catalog.top_events_by(sponsor, similarities, k, filter),
            None => Ok(self.catalog.preview_events(sponsor, k, filter)),
        })
    }

    fn best_sponsors(&self, request: &str, similarities: Option<&[f64]>) -> Result<Ranking, Error> {
        let similarities = similarities.map(known).transpose()?;
        let TopSponsors { event_id, event, insights, selection, after } = read::strict_from_json(request)?;
        let row = match (&event, event_id) {
            (Some(event), None) => {
                insights.as_ref().map_or(Ok(()), |insights| insights.check_event(&event))?;
                (event, insights.as_ref())
            }
            (None, Some(id)) => self.catalog.event(&id).ok_or_else(|| unknown("event", id))?,
            _ => return Err(one_of("event", "event_id")),
        };
        let after = after.map(|shown| shown.behind_sponsor()).transpose()?;
        selection.ranked(after, |k, filter| match &similarities {
            Some(similarities) => self.catalog.top_sponsors_by(row, similarities, k, filter),
            None => Ok(self.catalog.preview_sponsors(row.0, row.1, k, filter)),
        })
    }

    fn pair(
        &self,
        sponsor_id: &str,
        event_id: &str,
    ) -> Result<(&SponsorProfile, &Event, Option<&AudienceInsights>), Error> {
        let sponsor_id = sponsor_id.parse().map_err(|error: Error| error.within("sponsor_id"))?;
        let event_id = event_id.parse().map_err(|error: Error| error.within("event_id"))?;
        let sponsor = self.catalog.sponsor(&sponsor_id).ok_or_else(|| unknown("sponsor", sponsor_id))?;
        let (event, insights) = self.catalog.event(&event_id).ok_or_else(|| unknown("event", event_id))?;
        Ok((sponsor, event, insights))
    }
}

/// Takes a catalog that was built or loaded otherwise; nothing was read, so its report is empty.
///
/// # Examples
/// ```
/// use sponsorfit::{Catalog, Scorer, ScoringConfig};
/// use sponsorfit_wire::CatalogDesk;
///
/// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?).build()?;
/// assert_eq!(CatalogDesk::from(catalog).event_ids(), "[]");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
impl From<Catalog> for CatalogDesk {
    fn from(catalog: Catalog) -> Self {
        let report = rows::Report::of(&catalog).text(catalog.ignored_insights());
        Self { catalog, report: report.into() }
    }
}

/// Where a column of this name is to stand.
fn column_of<'c, 'n>(
    columns: &'c mut Columns<'n>,
    name: &str,
) -> Result<&'c mut Option<&'n mut [f64]>, Error> {
    match name {
        "score" => return Ok(&mut columns.score),
        "coverage" => return Ok(&mut columns.coverage),
        _ => {}
    }
    let place = Leaf::ALL.iter().zip(&mut columns.leaves).find(|(leaf, _)| leaf.path() == name);
    place.map(|(_, column)| column).ok_or_else(|| {
        let leaves = Leaf::ALL.map(|leaf| format!("`{}`", leaf.path())).join(", ");
        let message = format!("`{name}` is not `score`, `coverage` or one of {leaves}");
        Error::new(ErrorKind::InvalidValue, message)
    })
}

fn known(similarities: &[f64]) -> Result<Vec<Option<UnitInterval>>, Error> {
    let known = similarities.iter().enumerate().map(|(number, &similarity)| {
        if similarity.is_nan() {
            return Ok(None);
        }
        UnitInterval::new(similarity).map(Some).map_err(|error| error.at(number).within("similarities"))
    });
    known.collect()
}

fn unknown(noun: &str, id: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::UnknownId, format!("no {noun} has the identifier `{id}`"))
}

fn one_of(row: &str, id: &str) -> Error {
    Error::new(ErrorKind::MissingField, format!("give one of `{row}` and `{id}`")).within(id)
}
