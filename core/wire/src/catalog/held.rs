//! The rows that a catalog holds: changed one by one, and asked back.

use serde::Serialize;
use sponsorfit::{
    AudienceInsights, Error, Event, EventId, Fingerprint, SponsorId, SponsorProfile, check_dimension,
};

use super::{Catalog, EventKey, SponsorKey, UpsertEvent, UpsertSponsor};

/// An event as it is asked back.
///
/// # Examples
/// See [`event`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HeldEvent<'a> {
    /// The event's row.
    pub event: &'a Event,
    /// What was measured at it; null is unknown.
    pub insights: Option<&'a AudienceInsights>,
}

/// How many rows a catalog holds now.
///
/// # Examples
/// See [`counts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Counts {
    /// Sponsors.
    pub sponsors: usize,
    /// Events.
    pub events: usize,
}

/// Returns how many rows there are now.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// use sponsorfit::{Scorer, ScoringConfig};
/// use sponsorfit_wire::catalog::{Catalog, counts};
///
/// let catalog = Catalog::read(Scorer::new(ScoringConfig::default())?, &[b"", b"", b""])?;
/// assert_eq!((counts(&catalog)?.sponsors, counts(&catalog)?.events), (0, 0));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn counts(catalog: &Catalog) -> Result<Counts, Error> {
    Ok(Counts { sponsors: catalog.rows().sponsor_count(), events: catalog.rows().event_count() })
}

/// Returns the SHA-256 that names the configuration.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// use sponsorfit::{Scorer, ScoringConfig};
/// use sponsorfit_wire::catalog::{Catalog, fingerprint};
///
/// let catalog = Catalog::read(Scorer::new(ScoringConfig::default())?, &[b"", b"", b""])?;
/// assert_eq!(*fingerprint(&catalog)?, ScoringConfig::default().fingerprint());
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn fingerprint(catalog: &Catalog) -> Result<&Fingerprint, Error> {
    Ok(catalog.scorer().fingerprint())
}

/// Adds an event with its insights, or replaces the one with its identifier.
///
/// # Errors
/// [`ErrorKind::DimensionMismatch`](sponsorfit::ErrorKind::DimensionMismatch), and
/// [`ErrorKind::InvalidValue`](sponsorfit::ErrorKind::InvalidValue) for insights of another event.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// # let mut catalog = sponsorfit_wire::open("catalog", "{}", &[b"", b"", b""], Some(&scorer))?;
/// let event = r#"{"event": {"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#;
/// assert_eq!(catalog.ask("upsert_event", event, None), "null");
/// assert_eq!(catalog.ask("counts", "{}", None), r#"{"sponsors":0,"events":1}"#);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn upsert_event(catalog: &mut Catalog, request: UpsertEvent) -> Result<(), Error> {
    let UpsertEvent { event, insights } = request;
    let dimension = catalog.scorer().config().objectives.dimension();
    check_dimension(dimension, event.objectives_embedding.as_ref()).map_err(|error| error.within("event"))?;
    insights.as_ref().map_or(Ok(()), |insights| insights.check_event(&event))?;
    catalog.catalog.upsert_event(event, insights)
}

/// Adds a sponsor, or replaces the one with its identifier.
///
/// # Errors
/// [`ErrorKind::DimensionMismatch`](sponsorfit::ErrorKind::DimensionMismatch).
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// # let mut catalog = sponsorfit_wire::open("catalog", "{}", &[b"", b"", b""], Some(&scorer))?;
/// let refusal = catalog.ask("upsert_sponsor", r#"{"sponsor": {"sponsor_id": "7"}}"#, None);
/// assert!(refusal.contains(r#""path":"sponsor.sponsor_id""#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn upsert_sponsor(catalog: &mut Catalog, request: UpsertSponsor) -> Result<(), Error> {
    let UpsertSponsor { sponsor } = request;
    let dimension = catalog.scorer().config().objectives.dimension();
    check_dimension(dimension, sponsor.objectives_embedding.as_ref())
        .map_err(|error| error.within("sponsor"))?;
    catalog.catalog.upsert_sponsor(sponsor)
}

/// Removes an event, and returns whether it was there.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// # let mut catalog = sponsorfit_wire::open("catalog", "{}", &[b"", b"", b""], Some(&scorer))?;
/// let event = r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#;
/// assert_eq!(catalog.ask("remove_event", event, None), "false");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn remove_event(catalog: &mut Catalog, request: EventKey) -> Result<bool, Error> {
    Ok(catalog.catalog.remove_event(&request.event_id))
}

/// Removes a sponsor, and returns whether it was there.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// # let mut catalog = sponsorfit_wire::open("catalog", "{}", &[b"", b"", b""], Some(&scorer))?;
/// let sponsor = r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"}"#;
/// assert_eq!(catalog.ask("remove_sponsor", sponsor, None), "false");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn remove_sponsor(catalog: &mut Catalog, request: SponsorKey) -> Result<bool, Error> {
    Ok(catalog.catalog.remove_sponsor(&request.sponsor_id))
}

/// Returns the row of a sponsor; `None` where there is none.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// # let mut catalog = sponsorfit_wire::open("catalog", "{}", &[b"", b"", b""], Some(&scorer))?;
/// let sponsor = r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"}"#;
/// assert_eq!(catalog.ask("sponsor", sponsor, None), "null");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn sponsor(catalog: &Catalog, request: SponsorKey) -> Result<Option<&SponsorProfile>, Error> {
    Ok(catalog.rows().sponsor(&request.sponsor_id))
}

/// Returns an event and its insights; `None` where there is none.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// # let mut catalog = sponsorfit_wire::open("catalog", "{}", &[b"", b"", b""], Some(&scorer))?;
/// let event = r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#;
/// assert_eq!(catalog.ask("event", event, None), "null");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn event(catalog: &Catalog, request: EventKey) -> Result<Option<HeldEvent<'_>>, Error> {
    Ok(catalog.rows().event(&request.event_id).map(HeldEvent::from))
}

/// Returns the sponsors' identifiers in the order of reading.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// use sponsorfit::{Scorer, ScoringConfig};
/// use sponsorfit_wire::catalog::{Catalog, sponsor_ids};
///
/// let catalog = Catalog::read(Scorer::new(ScoringConfig::default())?, &[b"", b"", b""])?;
/// assert!(sponsor_ids(&catalog)?.is_empty());
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn sponsor_ids(catalog: &Catalog) -> Result<Vec<SponsorId>, Error> {
    Ok(catalog.rows().sponsors().map(|sponsor| sponsor.sponsor_id).collect())
}

/// Returns the events' identifiers in the order of reading.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// use sponsorfit::{Scorer, ScoringConfig};
/// use sponsorfit_wire::catalog::{Catalog, event_ids};
///
/// let catalog = Catalog::read(Scorer::new(ScoringConfig::default())?, &[b"", b"", b""])?;
/// assert!(event_ids(&catalog)?.is_empty());
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn event_ids(catalog: &Catalog) -> Result<Vec<EventId>, Error> {
    Ok(catalog.rows().events().map(|(event, _)| event.event_id).collect())
}

/// Writes rows and configuration as bytes that [`Catalog::load`] reads.
///
/// # Errors
/// Those of [`Catalog::to_bytes`](sponsorfit::Catalog::to_bytes).
///
/// # Examples
/// ```
/// use sponsorfit::{Scorer, ScoringConfig};
/// use sponsorfit_wire::catalog::{Catalog, save};
///
/// let catalog = Catalog::read(Scorer::new(ScoringConfig::default())?, &[b"", b"", b""])?;
/// let again = Catalog::load(&save(&catalog)?, None)?;
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn save(catalog: &Catalog) -> Result<Vec<u8>, Error> {
    catalog.rows().to_bytes()
}
