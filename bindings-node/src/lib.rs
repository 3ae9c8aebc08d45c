//! The core's text doors for Node, compiled for the machine: the same functions as `bindings-wasm`.
//!
//! No rule lives here, and no shape: both are `sponsorfit_wire`'s.
#![allow(missing_docs, reason = "N-API's macros export functions that nobody can document")]
#![allow(clippy::missing_errors_doc, reason = "a handle that was given back is the one error of most")]

pub mod learn;
pub mod shelf;
mod similarity;

use napi::bindgen_prelude::{Env, Result};
use napi_derive::napi;
use sponsorfit_wire as wire;

/// A refusal, whose text is the JSON that every door answers.
fn refused(error: &sponsorfit::Error) -> napi::Error {
    napi::Error::from_reason(wire::refusal(error))
}

/// What a handle says that was given back; the package's own JavaScript never lets it come to that.
fn gone() -> napi::Error {
    napi::Error::from_reason("the handle was given back")
}

/// Lists everything that is wrong with a request.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]
pub fn validate(request: String) -> String {
    wire::validate(&request)
}

/// Returns what labels are compared by.
#[napi(js_name = "label_key")]
#[allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]
pub fn label_key(text: String) -> String {
    sponsorfit::Label::new(&text).key().to_owned()
}

/// Answers requests about pairs.
#[napi]
#[derive(Debug)]
pub struct Desk(Option<wire::Desk>);

#[napi]
#[allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]
impl Desk {
    /// Opens a desk; a `corpus` or a `similarity` say what the configuration cannot.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi(constructor)]
    pub fn new(
        env: Env,
        config: String,
        corpus: Option<String>,
        similarity: Option<similarity::Compare<'_>>,
    ) -> Result<Self> {
        let desk = match (similarity, corpus) {
            (Some(compare), _) => wire::Desk::comparing(&config, similarity::hosted(env, &compare)?),
            (None, Some(corpus)) => wire::Desk::fitted(&config, &corpus),
            (None, None) => wire::Desk::new(&config),
        };
        desk.map(|desk| Self(Some(desk))).map_err(|error| refused(&error))
    }

    /// Gives the memory back.
    #[napi]
    pub fn free(&mut self) {
        self.0 = None;
    }

    pub(crate) fn it(&self) -> Result<&wire::Desk> {
        self.0.as_ref().ok_or_else(gone)
    }

    /// Returns the SHA-256 that names the configuration.
    #[napi]
    pub fn fingerprint(&self) -> Result<String> {
        Ok(self.it()?.scorer().fingerprint().to_string())
    }

    /// Scores a pair.
    #[napi]
    pub fn score(&self, request: String) -> Result<String> {
        Ok(self.it()?.score(&request))
    }

    /// Scores a pair and says why.
    #[napi]
    pub fn explain(&self, request: String) -> Result<String> {
        Ok(self.it()?.explain(&request))
    }

    /// Scores a pair before and after changes.
    #[napi(js_name = "what_if")]
    pub fn what_if(&self, request: String) -> Result<String> {
        Ok(self.it()?.what_if(&request))
    }

    /// Finds the smallest changes that help most.
    #[napi]
    pub fn improve(&self, request: String) -> Result<String> {
        Ok(self.it()?.improve(&request))
    }

    /// Asks rules about a pair.
    #[napi]
    pub fn check(&self, request: String) -> Result<String> {
        Ok(self.it()?.check(&request))
    }
}
