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
use sponsorfit_wire::{self as wire, Handle};

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
    wire::ask("validate", &request)
}

/// Returns what labels are compared by.
#[napi(js_name = "label_key")]
#[allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]
pub fn label_key(text: String) -> String {
    sponsorfit::Label::new(&text).key().to_owned()
}

/// Writes a configuration, given as text, and perhaps a corpus as what a scorer is opened with.
fn opening(config: &str, corpus: Option<&str>) -> String {
    let corpus = corpus.map_or_else(String::new, |corpus| format!(r#","corpus":{}"#, quoted(corpus)));
    format!(r#"{{"config":{}{corpus}}}"#, quoted(config))
}

/// Writes a text as a JSON string: it then is read to its last digit.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            control if control < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Asks a question of a handle, which may be asked again while it answers.
fn ask(handle: &Handle, question: &str, request: &str) -> String {
    handle.clone().ask(question, request, None)
}

fn fingerprint(handle: &Handle) -> String {
    handle.scorer().map(|scorer| scorer.fingerprint().to_string()).unwrap_or_default()
}

/// Answers requests about pairs.
#[napi]
#[derive(Debug)]
pub struct Desk(Option<Handle>);

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
        let desk = match similarity {
            Some(compare) => Handle::comparing(&opening(&config, None), similarity::hosted(env, &compare)?),
            None => wire::open("scorer", &opening(&config, corpus.as_deref()), &[], None),
        };
        desk.map(|desk| Self(Some(desk))).map_err(|error| refused(&error))
    }

    /// Gives the memory back.
    #[napi]
    pub fn free(&mut self) {
        self.0 = None;
    }

    pub(crate) fn it(&self) -> Result<&Handle> {
        self.0.as_ref().ok_or_else(gone)
    }

    /// Returns the SHA-256 that names the configuration.
    #[napi]
    pub fn fingerprint(&self) -> Result<String> {
        Ok(fingerprint(self.it()?))
    }

    /// Scores a pair.
    #[napi]
    pub fn score(&self, request: String) -> Result<String> {
        Ok(ask(self.it()?, "score", &request))
    }

    /// Scores a pair and says why.
    #[napi]
    pub fn explain(&self, request: String) -> Result<String> {
        Ok(ask(self.it()?, "explain", &request))
    }

    /// Scores a pair before and after changes.
    #[napi(js_name = "what_if")]
    pub fn what_if(&self, request: String) -> Result<String> {
        Ok(ask(self.it()?, "what_if", &request))
    }

    /// Finds the smallest changes that help most.
    #[napi]
    pub fn improve(&self, request: String) -> Result<String> {
        Ok(ask(self.it()?, "improve", &request))
    }

    /// Asks rules about a pair.
    #[napi]
    pub fn check(&self, request: String) -> Result<String> {
        Ok(ask(self.it()?, "check", &request))
    }
}
