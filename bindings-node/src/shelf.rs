//! A catalog as a handle.

use napi::bindgen_prelude::{AsyncTask, Env, Float64Array, Result, Task, Uint8Array};
use napi_derive::napi;
use sponsorfit_wire::{self as wire, Handle};

use crate::{Desk, ask, fingerprint, gone, opening, quoted, refused};

/// Answers requests about a catalog.
#[napi]
#[derive(Debug)]
pub struct Shelf(Option<Handle>);

/// A batch of rankings, made on a thread of Node's pool from the catalog as it was.
#[derive(Debug)]
pub struct Batch {
    catalog: Handle,
    request: String,
}

impl Task for Batch {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> Result<String> {
        Ok(self.catalog.ask("rank", &self.request, None))
    }

    fn resolve(&mut self, _: Env, output: String) -> Result<String> {
        Ok(output)
    }
}

#[napi]
#[allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]
impl Shelf {
    fn it(&self) -> Result<&Handle> {
        self.0.as_ref().ok_or_else(gone)
    }

    fn it_mut(&mut self) -> Result<&mut Handle> {
        self.0.as_mut().ok_or_else(gone)
    }

    /// Reads rows from bytes; empty bytes are no rows.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi]
    pub fn read(desk: &Desk, sponsors: Uint8Array, events: Uint8Array, insights: Uint8Array) -> Result<Self> {
        let read = wire::open("catalog", "{}", &[&sponsors, &events, &insights], Some(desk.it()?));
        read.map(|catalog| Self(Some(catalog))).map_err(|error| refused(&error))
    }

    /// Reads what `save` wrote.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi]
    pub fn load(bytes: Uint8Array) -> Result<Self> {
        let catalog = wire::open("saved_catalog", "{}", &[&bytes], None);
        catalog.map(|catalog| Self(Some(catalog))).map_err(|error| refused(&error))
    }

    /// Reads the rows of what `save` wrote, to be scored by the desk's scorer.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi(js_name = "load_with")]
    pub fn load_with(bytes: Uint8Array, desk: &Desk) -> Result<Self> {
        let catalog = wire::open("saved_catalog", "{}", &[&bytes], Some(desk.it()?));
        catalog.map(|catalog| Self(Some(catalog))).map_err(|error| refused(&error))
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
        self.it()?.bytes("save").map(Uint8Array::from).map_err(|error| refused(&error))
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
        let catalog = wire::open("with_config", &opening(&config, None), &[], Some(self.it()?));
        catalog.map(|catalog| Self(Some(catalog))).map_err(|error| refused(&error))
    }

    /// Returns what reading came to.
    #[napi]
    pub fn report(&self) -> Result<String> {
        Ok(ask(self.it()?, "report", "{}"))
    }

    /// Returns the SHA-256 that names the configuration.
    #[napi]
    pub fn fingerprint(&self) -> Result<String> {
        Ok(fingerprint(self.it()?))
    }

    /// Returns how many sponsors there are.
    #[napi(js_name = "sponsor_count")]
    pub fn sponsor_count(&self) -> Result<u32> {
        Ok(count(self.it()?.catalog().map_or(0, |catalog| catalog.rows().sponsor_count())))
    }

    /// Returns how many events there are.
    #[napi(js_name = "event_count")]
    pub fn event_count(&self) -> Result<u32> {
        Ok(count(self.it()?.catalog().map_or(0, |catalog| catalog.rows().event_count())))
    }

    /// Ranks events for a sponsor.
    #[napi(js_name = "top_events")]
    pub fn top_events(&self, request: String, similarities: Option<Float64Array>) -> Result<String> {
        Ok(self.it()?.clone().ask("top_events", &request, similarities.as_deref()))
    }

    /// Ranks sponsors for an event.
    #[napi(js_name = "top_sponsors")]
    pub fn top_sponsors(&self, request: String, similarities: Option<Float64Array>) -> Result<String> {
        Ok(self.it()?.clone().ask("top_sponsors", &request, similarities.as_deref()))
    }

    /// Ranks for some anchors, on this thread.
    #[napi]
    pub fn rank(&self, request: String) -> Result<String> {
        Ok(ask(self.it()?, "rank", &request))
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
        self.it()?
            .numbers("score_all", &named(&columns), &[])
            .map(Float64Array::from)
            .map_err(|error| refused(&error))
    }

    /// Scores the pair of two identifiers.
    #[napi]
    pub fn score(&self, sponsor_id: String, event_id: String) -> Result<String> {
        Ok(ask(self.it()?, "score", &pair(&sponsor_id, &event_id)))
    }

    /// Explains the pair of two identifiers.
    #[napi]
    pub fn explain(&self, sponsor_id: String, event_id: String) -> Result<String> {
        Ok(ask(self.it()?, "explain", &pair(&sponsor_id, &event_id)))
    }

    /// Adds or replaces an event.
    #[napi(js_name = "upsert_event")]
    pub fn upsert_event(&mut self, request: String) -> Result<String> {
        Ok(self.it_mut()?.ask("upsert_event", &request, None))
    }

    /// Adds or replaces a sponsor.
    #[napi(js_name = "upsert_sponsor")]
    pub fn upsert_sponsor(&mut self, request: String) -> Result<String> {
        Ok(self.it_mut()?.ask("upsert_sponsor", &request, None))
    }

    /// Removes an event.
    #[napi(js_name = "remove_event")]
    pub fn remove_event(&mut self, event_id: String) -> Result<String> {
        Ok(self.it_mut()?.ask("remove_event", &key("event_id", &event_id), None))
    }

    /// Removes a sponsor.
    #[napi(js_name = "remove_sponsor")]
    pub fn remove_sponsor(&mut self, sponsor_id: String) -> Result<String> {
        Ok(self.it_mut()?.ask("remove_sponsor", &key("sponsor_id", &sponsor_id), None))
    }

    /// Answers the row of a sponsor.
    #[napi]
    pub fn sponsor(&self, sponsor_id: String) -> Result<String> {
        Ok(ask(self.it()?, "sponsor", &key("sponsor_id", &sponsor_id)))
    }

    /// Answers an event and its insights.
    #[napi]
    pub fn event(&self, event_id: String) -> Result<String> {
        Ok(ask(self.it()?, "event", &key("event_id", &event_id)))
    }

    /// Answers the sponsors' identifiers.
    #[napi(js_name = "sponsor_ids")]
    pub fn sponsor_ids(&self) -> Result<String> {
        Ok(ask(self.it()?, "sponsor_ids", "{}"))
    }

    /// Answers the events' identifiers.
    #[napi(js_name = "event_ids")]
    pub fn event_ids(&self) -> Result<String> {
        Ok(ask(self.it()?, "event_ids", "{}"))
    }
}

/// A catalog holds fewer rows than that.
fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
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
