//! The core's text doors for JavaScript: strings in, strings out, and handles on what is compiled.
//!
//! No rule lives here, and no shape: both are `sponsorfit_wire`'s. The package's
//! own JavaScript, in `js/`, turns these functions into the API that is documented.
#![forbid(unsafe_code)]

#[cfg(feature = "full")]
pub mod catalog;
#[cfg(feature = "full")]
pub mod learn;
pub mod similarity;

use similarity::Compare;
use sponsorfit_wire::{self as wire, Handle};
use wasm_bindgen::prelude::wasm_bindgen;

/// Lists everything that is wrong with a request.
#[wasm_bindgen]
pub fn validate(request: &str) -> String {
    wire::ask("validate", request)
}

/// Returns what labels are compared by.
#[wasm_bindgen]
pub fn label_key(text: &str) -> String {
    sponsorfit::Label::new(text).key().to_owned()
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

/// Answers requests about pairs.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Desk(Handle);

#[wasm_bindgen]
impl Desk {
    /// Opens a desk; a `corpus` or a `similarity` say what the configuration cannot.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands over what it owns")]
    pub fn new(config: &str, corpus: Option<String>, similarity: Option<Compare>) -> Result<Self, String> {
        let desk = match similarity {
            Some(compare) => Handle::comparing(&opening(config, None), similarity::hosted(compare)),
            None => wire::open("scorer", &opening(config, corpus.as_deref()), &[], None),
        };
        desk.map(Self).map_err(|error| wire::refusal(&error))
    }

    /// Returns the SHA-256 that names the configuration.
    pub fn fingerprint(&self) -> String {
        self.0.scorer().map(|scorer| scorer.fingerprint().to_string()).unwrap_or_default()
    }

    /// Scores a pair.
    pub fn score(&self, request: &str) -> String {
        ask(&self.0, "score", request)
    }

    /// Scores a pair and says why.
    pub fn explain(&self, request: &str) -> String {
        ask(&self.0, "explain", request)
    }

    /// Scores a pair before and after changes.
    pub fn what_if(&self, request: &str) -> String {
        ask(&self.0, "what_if", request)
    }

    /// Finds the smallest changes that help most.
    pub fn improve(&self, request: &str) -> String {
        ask(&self.0, "improve", request)
    }

    /// Asks rules about a pair.
    pub fn check(&self, request: &str) -> String {
        ask(&self.0, "check", request)
    }
}
