//! A catalog as bytes, and back.
//!
//! The first line says what it is and in which version, the second holds the
//! SHA-256 of all that follows: a line about the catalog, then a line of JSON
//! for each row. Columns and bitmaps are built again when it is read, so no
//! damage that the checksum misses can make them disagree with the rows.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Catalog;
use crate::config::{Fingerprint, ScoringConfig};
use crate::error::{Error, ErrorKind};
use crate::model::{AudienceInsights, Count, Event, Moment, SponsorProfile};
use crate::score::Scorer;

const MAGIC: &str = "sponsorfit catalog";
const VERSION: &str = "1";

/// The line about the catalog.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    config: ScoringConfig,
    fingerprint: String,
    sponsors: usize,
    events: usize,
    insights: usize,
    ignored_insights: usize,
}

impl Catalog {
    /// Writes the catalog, rows and configuration, for [`Catalog::from_bytes`].
    ///
    /// # Errors
    /// [`ErrorKind::InvalidValue`] for the few rows that cannot be written as
    /// they are read: a year of more than four digits, or a region whose
    /// visitors, summed up, are above [`Count::MAX`].
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .events([Event::new(EventId::from_bytes([2; 16]))])
    ///     .build()?;
    /// let loaded = Catalog::from_bytes(&catalog.to_bytes()?)?;
    /// assert_eq!(loaded.event_count(), 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let insights = || self.events().filter_map(|(_, insights)| insights);
        let mut payload = Vec::new();
        let header = Header {
            config: self.scorer.config().clone(),
            fingerprint: self.scorer.fingerprint().to_string(),
            sponsors: self.sponsor_count(),
            events: self.event_count(),
            insights: insights().count(),
            ignored_insights: self.ignored_insights,
        };
        push_line(&mut payload, &header)?;
        for sponsor in self.sponsors() {
            push_line(&mut payload, sponsor)?;
        }
        for (event, _) in self.events() {
            if event.start_at.is_some_and(|start| !reads_back(start)) {
                let message = format!("event `{}` starts in a year of more than four digits", event.event_id);
                return Err(Error::new(ErrorKind::InvalidValue, message).within("start_at"));
            }
            push_line(&mut payload, event)?;
        }
        for row in insights() {
            if row.geo_distribution.iter().any(|(_, count)| count > u128::from(Count::MAX.get())) {
                let message =
                    format!("event `{}` has a region with more than {} visitors", row.event_id, Count::MAX);
                return Err(Error::new(ErrorKind::InvalidValue, message).within("geo_distribution"));
            }
            push_line(&mut payload, row)?;
        }
        let mut bytes = format!("{MAGIC} {VERSION}\n{}\n", Fingerprint::of_bytes(&payload)).into_bytes();
        bytes.append(&mut payload);
        Ok(bytes)
    }

    /// Reads what [`Catalog::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidCatalog`] for bytes of another kind or version, and
    /// for damaged ones; [`ErrorKind::MissingImplementation`] when objectives
    /// were compared by an implementation of your own or a fitted table: see
    /// [`Catalog::from_bytes_with`].
    ///
    /// # Examples
    /// ```
    /// let error = sponsorfit::Catalog::from_bytes(b"PK\x03\x04").unwrap_err();
    /// assert_eq!(error.code(), "invalid_catalog");
    /// assert_eq!(error.to_string(), "these bytes are not a saved catalog");
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (header, rows) = open(bytes)?;
        let scorer = Scorer::new(header.config.clone())?;
        if scorer.fingerprint().as_str() != header.fingerprint {
            let message = "the saved catalog compared keywords by a fitted table: give the scorer";
            return Err(Error::new(ErrorKind::MissingImplementation, message));
        }
        build(&header, rows, scorer)
    }

    /// Reads the rows of what [`Catalog::to_bytes`] wrote, to be scored by this scorer.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidCatalog`], as [`Catalog::from_bytes`].
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Scorer, ScoringConfig};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// let bytes = Catalog::builder(scorer.clone()).build()?.to_bytes()?;
    /// let loaded = Catalog::from_bytes_with(&bytes, scorer)?;
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn from_bytes_with(bytes: &[u8], scorer: Scorer) -> Result<Self, Error> {
        let (header, rows) = open(bytes)?;
        build(&header, rows, scorer)
    }
}

fn push_line(bytes: &mut Vec<u8>, row: &impl Serialize) -> Result<(), Error> {
    // Rows are plain data with string keys: writing them to memory cannot fail.
    serde_json::to_writer(&mut *bytes, row)
        .map_err(|error| Error::new(ErrorKind::InvalidValue, error.to_string()))?;
    bytes.push(b'\n');
    Ok(())
}

fn reads_back(moment: Moment) -> bool {
    moment.to_string().parse() == Ok(moment)
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidCatalog, message)
}

/// Checks the first two lines, and returns the third and the lines of rows.
fn open(bytes: &[u8]) -> Result<(Header, std::str::Lines<'_>), Error> {
    let (first, rest) = line(bytes).unwrap_or_default();
    let version = first.strip_prefix(MAGIC.as_bytes()).and_then(|rest| rest.strip_prefix(b" "));
    let version = version.ok_or_else(|| invalid("these bytes are not a saved catalog"))?;
    if version != VERSION.as_bytes() {
        let version = String::from_utf8_lossy(version);
        return Err(invalid(format!(
            "the saved catalog has version `{version}`, this library reads {VERSION}"
        )));
    }
    let damaged = || invalid("the saved catalog is damaged: its checksum does not match");
    let (checksum, payload) = line(rest).ok_or_else(damaged)?;
    if Fingerprint::of_bytes(payload).as_str().as_bytes() != checksum {
        return Err(damaged());
    }
    let text = std::str::from_utf8(payload).map_err(|_| damaged())?;
    let mut lines = text.lines();
    Ok((row(lines.next())?, lines))
}

/// Splits off the first line.
fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}

fn row<T: DeserializeOwned>(line: Option<&str>) -> Result<T, Error> {
    let line = line.ok_or_else(|| invalid("the saved catalog ends too early"))?;
    serde_json::from_str(line).map_err(|error| invalid(format!("the saved catalog has a wrong row: {error}")))
}

fn build(header: &Header, mut lines: std::str::Lines<'_>, scorer: Scorer) -> Result<Catalog, Error> {
    let mut sponsors: Vec<SponsorProfile> = Vec::new();
    for _ in 0..header.sponsors {
        sponsors.push(row(lines.next())?);
    }
    let mut events: Vec<Event> = Vec::new();
    for _ in 0..header.events {
        events.push(row(lines.next())?);
    }
    let mut insights: Vec<AudienceInsights> = Vec::new();
    for _ in 0..header.insights {
        insights.push(row(lines.next())?);
    }
    if lines.next().is_some() {
        return Err(invalid("the saved catalog has more rows than it says"));
    }
    let mut catalog =
        Catalog::builder(scorer).sponsors(sponsors).events(events).insights(insights).build()?;
    catalog.ignored_insights += header.ignored_insights;
    Ok(catalog)
}
