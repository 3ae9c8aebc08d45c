//! A catalog as a handle.

use napi::bindgen_prelude::{AsyncTask, Env, Float64Array, Result, Task, Uint8Array};
use napi_derive::napi;
use sponsorfit::Catalog;
use sponsorfit_wire::CatalogDesk;

use crate::{Desk, gone, refused};

/// Answers requests about a catalog.
#[napi]
#[derive(Debug)]
pub struct Shelf(Option<CatalogDesk>);

/// A batch of rankings, made on a thread of Node's pool from the catalog as it was.
#[derive(Debug)]
pub struct Batch {
    catalog: CatalogDesk,
    request: String,
}

impl Task for Batch {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> Result<String> {
        Ok(self.catalog.rank(&self.request))
    }

    fn resolve(&mut self, _: Env, output: String) -> Result<String> {
        Ok(output)
    }
}

#[napi]
#[allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]
impl Shelf {
    fn it(&self) -> Result<&CatalogDesk> {
        self.0.as_ref().ok_or_else(gone)
    }

    fn it_mut(&mut self) -> Result<&mut CatalogDesk> {
        self.0.as_mut().ok_or_else(gone)
    }

    /// Reads rows from bytes; empty bytes are no rows.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi]
    pub fn read(desk: &Desk, sponsors: Uint8Array, events: Uint8Array, insights: Uint8Array) -> Result<Self> {
        let scorer = desk.it()?.scorer().clone();
        let read = CatalogDesk::read(scorer, &sponsors, &events, &insights);
        read.map(|catalog| Self(Some(catalog))).map_err(|error| refused(&error))
    }

    /// Reads what `save` wrote.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi]
    pub fn load(bytes: Uint8Array) -> Result<Self> {
        let catalog = Catalog::from_bytes(&bytes);
        catalog.map(|catalog| Self(Some(catalog.into()))).map_err(|error| refused(&error))
    }

    /// Reads the rows of what `save` wrote, to be scored by the desk's scorer.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi(js_name = "load_with")]
    pub fn load_with(bytes: Uint8Array, desk: &Desk) -> Result<Self> {
        let catalog = Catalog::from_bytes_with(&bytes, desk.it()?.scorer().clone());
        catalog.map(|catalog| Self(Some(catalog.into()))).map_err(|error| refused(&error))
    }

    /// Gives the memory back.
    #[napi]
    pub fn free(&mut self) {
        self.0 = None;
    }

    /// Writes rows and configuration.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi]
    pub fn save(&self) -> Result<Uint8Array> {
        self.it()?.catalog().to_bytes().map(Uint8Array::from).map_err(|error| refused(&error))
    }

    /// Returns another handle on the rows as they are now.
    #[must_use]
    #[napi]
    pub fn snapshot(&self) -> Self {
        Self(self.0.clone())
    }

    /// Returns the same rows under another configuration.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi(js_name = "with_config")]
    pub fn with_config(&self, config: String) -> Result<Self> {
        let catalog = self.it()?.with_config(&config);
        catalog.map(|catalog| Self(Some(catalog))).map_err(|error| refused(&error))
    }

    /// Returns what reading came to.
    #[napi]
    pub fn report(&self) -> Result<String> {
        Ok(self.it()?.report().to_owned())
    }

    /// Returns the SHA-256 that names the configuration.
    #[napi]
    pub fn fingerprint(&self) -> Result<String> {
        Ok(self.it()?.catalog().scorer().fingerprint().to_string())
    }

    /// Returns how many sponsors there are.
    #[napi(js_name = "sponsor_count")]
    pub fn sponsor_count(&self) -> Result<u32> {
        Ok(count(self.it()?.catalog().sponsor_count()))
    }

    /// Returns how many events there are.
    #[napi(js_name = "event_count")]
    pub fn event_count(&self) -> Result<u32> {
        Ok(count(self.it()?.catalog().event_count()))
    }

    /// Ranks events for a sponsor.
    #[napi(js_name = "top_events")]
    pub fn top_events(&self, request: String, similarities: Option<Float64Array>) -> Result<String> {
        Ok(self.it()?.top_events(&request, similarities.as_deref()))
    }

    /// Ranks sponsors for an event.
    #[napi(js_name = "top_sponsors")]
    pub fn top_sponsors(&self, request: String, similarities: Option<Float64Array>) -> Result<String> {
        Ok(self.it()?.top_sponsors(&request, similarities.as_deref()))
    }

    /// Ranks for some anchors, on this thread.
    #[napi]
    pub fn rank(&self, request: String) -> Result<String> {
        Ok(self.it()?.rank(&request))
    }

    /// Ranks for some anchors, on another thread.
    #[napi(js_name = "rank_later", ts_return_type = "Promise<string>")]
    pub fn rank_later(&self, request: String) -> Result<AsyncTask<Batch>> {
        Ok(AsyncTask::new(Batch { catalog: self.it()?.clone(), request }))
    }

    /// Scores every pair into the named columns.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi(js_name = "score_all")]
    pub fn score_all(&self, columns: Vec<String>) -> Result<Float64Array> {
        self.it()?.score_all(&columns).map(Float64Array::from).map_err(|error| refused(&error))
    }

    /// Scores the pair of two identifiers.
    #[napi]
    pub fn score(&self, sponsor_id: String, event_id: String) -> Result<String> {
        Ok(self.it()?.score(&sponsor_id, &event_id))
    }

    /// Explains the pair of two identifiers.
    #[napi]
    pub fn explain(&self, sponsor_id: String, event_id: String) -> Result<String> {
        Ok(self.it()?.explain(&sponsor_id, &event_id))
    }

    /// Adds or replaces an event.
    #[napi(js_name = "upsert_event")]
    pub fn upsert_event(&mut self, request: String) -> Result<String> {
        Ok(self.it_mut()?.upsert_event(&request))
    }

    /// Adds or replaces a sponsor.
    #[napi(js_name = "upsert_sponsor")]
    pub fn upsert_sponsor(&mut self, request: String) -> Result<String> {
        Ok(self.it_mut()?.upsert_sponsor(&request))
    }

    /// Removes an event.
    #[napi(js_name = "remove_event")]
    pub fn remove_event(&mut self, event_id: String) -> Result<String> {
        Ok(self.it_mut()?.remove_event(&event_id))
    }

    /// Removes a sponsor.
    #[napi(js_name = "remove_sponsor")]
    pub fn remove_sponsor(&mut self, sponsor_id: String) -> Result<String> {
        Ok(self.it_mut()?.remove_sponsor(&sponsor_id))
    }

    /// Answers the row of a sponsor.
    #[napi]
    pub fn sponsor(&self, sponsor_id: String) -> Result<String> {
        Ok(self.it()?.sponsor(&sponsor_id))
    }

    /// Answers an event and its insights.
    #[napi]
    pub fn event(&self, event_id: String) -> Result<String> {
        Ok(self.it()?.event(&event_id))
    }

    /// Answers the sponsors' identifiers.
    #[napi(js_name = "sponsor_ids")]
    pub fn sponsor_ids(&self) -> Result<String> {
        Ok(self.it()?.sponsor_ids())
    }

    /// Answers the events' identifiers.
    #[napi(js_name = "event_ids")]
    pub fn event_ids(&self) -> Result<String> {
        Ok(self.it()?.event_ids())
    }
}

/// A catalog holds fewer rows than that.
fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
