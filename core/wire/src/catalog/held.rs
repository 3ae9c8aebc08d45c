//! The rows that a catalog holds: changed one by one, and asked back.

use serde::Serialize;
use sponsorfit::{AudienceInsights, Event};

use super::CatalogDesk;
use super::request::{UpsertEvent, UpsertSponsor};
use crate::answer;

/// An event as it is asked back.
#[derive(Serialize)]
struct EventRow<'a> {
    event: &'a Event,
    insights: Option<&'a AudienceInsights>,
}

impl CatalogDesk {
    /// Adds an event with its insights, or replaces the one with its identifier.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let mut catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// assert_eq!(catalog.upsert_event(r#"{"event": {"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#), "null");
    /// assert_eq!(catalog.catalog().event_count(), 1);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn upsert_event(&mut self, request: &str) -> String {
        let dimension = self.catalog.scorer().config().objectives.dimension();
        let rows = UpsertEvent::read(request, dimension);
        answer(&rows.and_then(|(event, insights)| self.catalog.upsert_event(event, insights)))
    }

    /// Adds a sponsor, or replaces the one with its identifier.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let mut catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// let refusal = catalog.upsert_sponsor(r#"{"sponsor": {"sponsor_id": "7"}}"#);
    /// assert!(refusal.contains(r#""path":"sponsor.sponsor_id""#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn upsert_sponsor(&mut self, request: &str) -> String {
        let dimension = self.catalog.scorer().config().objectives.dimension();
        let row = UpsertSponsor::read(request, dimension);
        answer(&row.and_then(|sponsor| self.catalog.upsert_sponsor(sponsor)))
    }

    /// Removes an event, and answers whether it was there.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let mut catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// assert_eq!(catalog.remove_event("0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"), "false");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn remove_event(&mut self, event_id: &str) -> String {
        answer(&event_id.parse().map(|id| self.catalog.remove_event(&id)))
    }

    /// Removes a sponsor, and answers whether it was there.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let mut catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// assert_eq!(catalog.remove_sponsor("6f9619ff-8b86-d011-b42d-00c04fc964ff"), "false");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn remove_sponsor(&mut self, sponsor_id: &str) -> String {
        answer(&sponsor_id.parse().map(|id| self.catalog.remove_sponsor(&id)))
    }

    /// Answers the row of a sponsor, or `null`.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// assert_eq!(catalog.sponsor("6f9619ff-8b86-d011-b42d-00c04fc964ff"), "null");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn sponsor(&self, sponsor_id: &str) -> String {
        answer(&sponsor_id.parse().map(|id| self.catalog.sponsor(&id)))
    }

    /// Answers `{event, insights}` of an event, or `null`.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// assert_eq!(catalog.event("0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"), "null");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn event(&self, event_id: &str) -> String {
        answer(&event_id.parse().map(|id| {
            let row = self.catalog.event(&id);
            row.map(|(event, insights)| EventRow { event, insights })
        }))
    }

    /// Answers the sponsors' identifiers in the order of reading.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// assert_eq!(catalog.sponsor_ids(), "[]");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn sponsor_ids(&self) -> String {
        answer(&Ok(self.catalog.sponsors().map(|sponsor| sponsor.sponsor_id).collect::<Vec<_>>()))
    }

    /// Answers the events' identifiers in the order of reading.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::{CatalogDesk, Desk};
    ///
    /// let catalog = CatalogDesk::read(Desk::new("{}")?.scorer().clone(), b"", b"", b"")?;
    /// assert_eq!(catalog.event_ids(), "[]");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn event_ids(&self) -> String {
        answer(&Ok(self.catalog.events().map(|(event, _)| event.event_id).collect::<Vec<_>>()))
    }
}
