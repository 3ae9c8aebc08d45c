//! A catalog as a handle.

use sponsorfit::Catalog;
use sponsorfit_wire::{self as wire, CatalogDesk};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::Desk;

/// Answers requests about a catalog.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Shelf(CatalogDesk);

#[wasm_bindgen]
impl Shelf {
    /// Reads rows from bytes; empty bytes are no rows.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn read(desk: &Desk, sponsors: &[u8], events: &[u8], insights: &[u8]) -> Result<Self, String> {
        let scorer = desk.0.scorer().clone();
        CatalogDesk::read(scorer, sponsors, events, insights).map(Self).map_err(|error| wire::refusal(&error))
    }

    /// Reads what `save` wrote.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn load(bytes: &[u8]) -> Result<Self, String> {
        Catalog::from_bytes(bytes).map(|catalog| Self(catalog.into())).map_err(|error| wire::refusal(&error))
    }

    /// Reads the rows of what `save` wrote, to be scored by the desk's scorer.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn load_with(bytes: &[u8], desk: &Desk) -> Result<Self, String> {
        let catalog = Catalog::from_bytes_with(bytes, desk.0.scorer().clone());
        catalog.map(|catalog| Self(catalog.into())).map_err(|error| wire::refusal(&error))
    }

    /// Writes rows and configuration.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn save(&self) -> Result<Vec<u8>, String> {
        self.0.catalog().to_bytes().map_err(|error| wire::refusal(&error))
    }

    /// Returns another handle on the rows as they are now.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        Self(self.0.clone())
    }

    /// Returns the same rows under another configuration.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn with_config(&self, config: &str) -> Result<Self, String> {
        self.0.with_config(config).map(Self).map_err(|error| wire::refusal(&error))
    }

    /// Returns what reading came to.
    pub fn report(&self) -> String {
        self.0.report().to_owned()
    }

    /// Returns the SHA-256 that names the configuration.
    pub fn fingerprint(&self) -> String {
        self.0.catalog().scorer().fingerprint().to_string()
    }

    /// Returns how many sponsors there are.
    pub fn sponsor_count(&self) -> usize {
        self.0.catalog().sponsor_count()
    }

    /// Returns how many events there are.
    pub fn event_count(&self) -> usize {
        self.0.catalog().event_count()
    }

    /// Ranks events for a sponsor.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands over what it owns")]
    pub fn top_events(&self, request: &str, similarities: Option<Vec<f64>>) -> String {
        self.0.top_events(request, similarities.as_deref())
    }

    /// Ranks sponsors for an event.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands over what it owns")]
    pub fn top_sponsors(&self, request: &str, similarities: Option<Vec<f64>>) -> String {
        self.0.top_sponsors(request, similarities.as_deref())
    }

    /// Ranks for some anchors.
    pub fn rank(&self, request: &str) -> String {
        self.0.rank(request)
    }

    /// Scores every pair into the named columns.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands over what it owns")]
    pub fn score_all(&self, columns: Vec<String>) -> Result<Vec<f64>, String> {
        self.0.score_all(&columns).map_err(|error| wire::refusal(&error))
    }

    /// Scores the pair of two identifiers.
    pub fn score(&self, sponsor_id: &str, event_id: &str) -> String {
        self.0.score(sponsor_id, event_id)
    }

    /// Explains the pair of two identifiers.
    pub fn explain(&self, sponsor_id: &str, event_id: &str) -> String {
        self.0.explain(sponsor_id, event_id)
    }

    /// Adds or replaces an event.
    pub fn upsert_event(&mut self, request: &str) -> String {
        self.0.upsert_event(request)
    }

    /// Adds or replaces a sponsor.
    pub fn upsert_sponsor(&mut self, request: &str) -> String {
        self.0.upsert_sponsor(request)
    }

    /// Removes an event.
    pub fn remove_event(&mut self, event_id: &str) -> String {
        self.0.remove_event(event_id)
    }

    /// Removes a sponsor.
    pub fn remove_sponsor(&mut self, sponsor_id: &str) -> String {
        self.0.remove_sponsor(sponsor_id)
    }

    /// Answers the row of a sponsor.
    pub fn sponsor(&self, sponsor_id: &str) -> String {
        self.0.sponsor(sponsor_id)
    }

    /// Answers an event and its insights.
    pub fn event(&self, event_id: &str) -> String {
        self.0.event(event_id)
    }

    /// Answers the sponsors' identifiers.
    pub fn sponsor_ids(&self) -> String {
        self.0.sponsor_ids()
    }

    /// Answers the events' identifiers.
    pub fn event_ids(&self) -> String {
        self.0.event_ids()
    }
}
