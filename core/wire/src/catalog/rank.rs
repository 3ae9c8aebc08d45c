//! Rankings: of one anchor, in the catalog or not, and of many.

use crate::table::size;
use serde::Serialize;
use sponsorfit::{Error, EventId, Ranking, SponsorId, UnitInterval};

use super::{Anchor, Catalog, HeldEvent, RankEach, Shown, TopEvents, TopSponsors, one_of};

/// The ranking of one anchor among many.
///
/// # Examples
/// See [`rank`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Ranked {
    /// The sponsor, where events are ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sponsor_id: Option<SponsorId>,
    /// The event, where sponsors are ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// The ranking.
    #[serde(flatten)]
    pub ranking: Ranking,
}

/// Returns the best events of a sponsor of the catalog, or of one that is given.
///
/// `similarities` stand in the place of what the scorer would compare: one
/// number for each event in the order of reading, NaN where it is unknown.
///
/// # Errors
/// [`ErrorKind::UnknownId`](sponsorfit::ErrorKind::UnknownId), and what is wrong with filter, cursor and
/// similarities.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let sponsors = br#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "regions": ["US"]}"#;
/// let events = b"id,regions\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001,{US}\n";
/// let mut catalog = sponsorfit_wire::open("catalog", "{}", &[sponsors, events, b""], Some(&scorer))?;
/// let request = r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "k": 1}"#;
/// let best = catalog.ask("top_events", request, None);
/// assert!(best.starts_with(r#"{"matches":[{"event_id":"0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001","#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn top_events(
    catalog: &Catalog,
    request: TopEvents,
    similarities: Option<&[f64]>,
) -> Result<Ranking, Error> {
    let similarities = similarities.map(known).transpose()?;
    let sponsor = match (&request.sponsor, request.sponsor_id) {
        (Some(sponsor), None) => sponsor,
        (None, Some(id)) => catalog.sponsor_row(id)?,
        _ => return Err(one_of("sponsor", "sponsor_id")),
    };
    let after = request.after.map(Shown::behind_event).transpose()?;
    request.selection().ranked(after, |k, filter| {
        let best = catalog.rows().events_for(sponsor).filter(filter);
        similarities.as_deref().map_or(best, |similarities| best.similarities(similarities)).top(k)
    })
}

/// Returns the best sponsors of an event of the catalog, or of one that is given.
///
/// `similarities` are as in [`top_events`], one number for each sponsor.
///
/// # Errors
/// As [`top_events`].
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// # let mut catalog = sponsorfit_wire::open("catalog", "{}", &[b"", b"", b""], Some(&scorer))?;
/// let draft = r#"{"event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}, "k": 5}"#;
/// assert_eq!(catalog.ask("top_sponsors", draft, None), r#"{"matches":[],"insufficient":0}"#);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn top_sponsors(
    catalog: &Catalog,
    request: TopSponsors,
    similarities: Option<&[f64]>,
) -> Result<Ranking, Error> {
    let similarities = similarities.map(known).transpose()?;
    let row = match (&request.event, request.event_id) {
        (Some(event), None) => {
            request.insights.as_ref().map_or(Ok(()), |insights| insights.check_event(event))?;
            HeldEvent { event, insights: request.insights.as_ref() }
        }
        (None, Some(id)) => catalog.event_row(id)?,
        _ => return Err(one_of("event", "event_id")),
    };
    let after = request.after.map(Shown::behind_sponsor).transpose()?;
    request.selection().ranked(after, |k, filter| {
        let best = catalog.rows().sponsors_for((row.event, row.insights)).filter(filter);
        similarities.as_deref().map_or(best, |similarities| best.similarities(similarities)).top(k)
    })
}

/// Ranks the other side for `count` anchors, beginning at number `from` in the order of reading.
///
/// # Errors
/// What is wrong with the filter.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// # let mut catalog = sponsorfit_wire::open("catalog", "{}", &[b"", b"", b""], Some(&scorer))?;
/// assert_eq!(catalog.ask("rank", r#"{"for_each": "sponsor", "from": 0, "count": 32, "k": 5}"#, None), "[]");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn rank(catalog: &Catalog, request: RankEach) -> Result<Vec<Ranked>, Error> {
    let (rows, from, count) = (catalog.rows(), size(request.from), size(request.count));
    request.selection().ranked(None, |k, filter| match request.for_each {
        Anchor::Sponsor => {
            let anchors = rows.sponsors().skip(from).take(count);
            let ranked = anchors.map(|sponsor| {
                let ranking = rows.events_for(sponsor).filter(filter).top(k)?;
                Ok(Ranked { sponsor_id: Some(sponsor.sponsor_id), event_id: None, ranking })
            });
            ranked.collect()
        }
        Anchor::Event => {
            let anchors = rows.events().skip(from).take(count);
            let ranked = anchors.map(|row| {
                let ranking = rows.sponsors_for(row).filter(filter).top(k)?;
                Ok(Ranked { sponsor_id: None, event_id: Some(row.0.event_id), ranking })
            });
            ranked.collect()
        }
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
