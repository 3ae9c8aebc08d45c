//! A catalog as a handle.

use sponsorfit_wire::{self as wire, Handle};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Desk, ask, opening, quoted};

/// Answers requests about a catalog.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Shelf(Handle);

#[wasm_bindgen]
impl Shelf {
    /// Reads rows from bytes; empty bytes are no rows.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn read(desk: &Desk, sponsors: &[u8], events: &[u8], insights: &[u8]) -> Result<Self, String> {
        let catalog = wire::open("catalog", "{}", &[sponsors, events, insights], Some(&desk.0));
        catalog.map(Self).map_err(|error| wire::refusal(&error))
    }

    /// Reads what `save` wrote.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn load(bytes: &[u8]) -> Result<Self, String> {
        wire::open("saved_catalog", "{}", &[bytes], None).map(Self).map_err(|error| wire::refusal(&error))
    }

    /// Reads the rows of what `save` wrote, to be scored by the desk's scorer.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn load_with(bytes: &[u8], desk: &Desk) -> Result<Self, String> {
        let catalog = wire::open("saved_catalog", "{}", &[bytes], Some(&desk.0));
        catalog.map(Self).map_err(|error| wire::refusal(&error))
    }

    /// Writes rows and configuration.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn save(&self) -> Result<Vec<u8>, String> {
        self.0.bytes("save").map_err(|error| wire::refusal(&error))
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
        wire::open("with_config", &opening(config, None), &[], Some(&self.0))
            .map(Self)
            .map_err(|error| wire::refusal(&error))
    }

    /// Returns what reading came to.
    pub fn report(&self) -> String {
        ask(&self.0, "report", "{}")
    }

    /// Returns the SHA-256 that names the configuration.
    pub fn fingerprint(&self) -> String {
        self.0.scorer().map(|scorer| scorer.fingerprint().to_string()).unwrap_or_default()
    }

    /// Returns how many sponsors there are.
    pub fn sponsor_count(&self) -> usize {
        self.0.catalog().map_or(0, |catalog| catalog.rows().sponsor_count())
    }

    /// Returns how many events there are.
    pub fn event_count(&self) -> usize {
        self.0.catalog().map_or(0, |catalog| catalog.rows().event_count())
    }

    /// Ranks events for a sponsor.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands over what it owns")]
    pub fn top_events(&self, request: &str, similarities: Option<Vec<f64>>) -> String {
        self.0.clone().ask("top_events", request, similarities.as_deref())
    }

    /// Ranks sponsors for an event.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands over what it owns")]
    pub fn top_sponsors(&self, request: &str, similarities: Option<Vec<f64>>) -> String {
        self.0.clone().ask("top_sponsors", request, similarities.as_deref())
    }

    /// Ranks for some anchors.
    pub fn rank(&self, request: &str) -> String {
        ask(&self.0, "rank", request)
    }

    /// Scores every pair into the named columns.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands over what it owns")]
    pub fn score_all(&self, columns: Vec<String>) -> Result<Vec<f64>, String> {
        self.0.numbers("score_all", &named(&columns), &[]).map_err(|error| wire::refusal(&error))
    }

    /// Scores the pair of two identifiers.
    pub fn score(&self, sponsor_id: &str, event_id: &str) -> String {
        ask(&self.0, "score", &pair(sponsor_id, event_id))
    }

    /// Explains the pair of two identifiers.
    pub fn explain(&self, sponsor_id: &str, event_id: &str) -> String {
        ask(&self.0, "explain", &pair(sponsor_id, event_id))
    }

    /// Adds or replaces an event.
    pub fn upsert_event(&mut self, request: &str) -> String {
        self.0.ask("upsert_event", request, None)
    }

    /// Adds or replaces a sponsor.
    pub fn upsert_sponsor(&mut self, request: &str) -> String {
        self.0.ask("upsert_sponsor", request, None)
    }

    /// Removes an event.
    pub fn remove_event(&mut self, event_id: &str) -> String {
        self.0.ask("remove_event", &key("event_id", event_id), None)
    }

    /// Removes a sponsor.
    pub fn remove_sponsor(&mut self, sponsor_id: &str) -> String {
        self.0.ask("remove_sponsor", &key("sponsor_id", sponsor_id), None)
    }

    /// Answers the row of a sponsor.
    pub fn sponsor(&self, sponsor_id: &str) -> String {
        ask(&self.0, "sponsor", &key("sponsor_id", sponsor_id))
    }

    /// Answers an event and its insights.
    pub fn event(&self, event_id: &str) -> String {
        ask(&self.0, "event", &key("event_id", event_id))
    }

    /// Answers the sponsors' identifiers.
    pub fn sponsor_ids(&self) -> String {
        ask(&self.0, "sponsor_ids", "{}")
    }

    /// Answers the events' identifiers.
    pub fn event_ids(&self) -> String {
        ask(&self.0, "event_ids", "{}")
    }
}

fn key(name: &str, id: &str) -> String {
    format!(r#"{{"{name}":{}}}"#, quoted(id))
}

fn pair(sponsor_id: &str, event_id: &str) -> String {
    format!(r#"{{"sponsor_id":{},"event_id":{}}}"#, quoted(sponsor_id), quoted(event_id))
}

fn named(columns: &[String]) -> String {
    let names: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
    format!(r#"{{"columns":[{}]}}"#, names.join(","))
}
