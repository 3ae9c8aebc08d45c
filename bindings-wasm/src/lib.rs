//! The core's one door for JavaScript: handles that are opened once, and questions asked of them by name.
//!
//! No rule lives here, no shape, and no question: all are `sponsorfit_wire`'s. The package's
//! own JavaScript, in `js/`, turns these functions into the API that is documented.
#![forbid(unsafe_code)]
#![allow(clippy::missing_errors_doc, reason = "an error is a refusal in JSON")]
#![allow(clippy::needless_pass_by_value, reason = "the glue hands over what it owns")]

pub mod similarity;

use js_sys::Uint8Array;
use similarity::Compare;
use sponsorfit_wire as wire;
use wasm_bindgen::prelude::wasm_bindgen;

/// Something compiled of which questions are asked.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle(wire::Handle);

/// Opens what stands on nothing else.
#[wasm_bindgen]
pub fn open(what: &str, request: &str, blobs: Vec<Uint8Array>) -> Result<Handle, String> {
    opened(what, request, &blobs, None)
}

/// Opens a scorer that asks a function about objectives.
#[wasm_bindgen]
pub fn comparing(request: &str, compare: Compare) -> Result<Handle, String> {
    answered(wire::Handle::comparing(request, similarity::hosted(compare))).map(Handle)
}

/// Answers a question that needs no handle.
#[wasm_bindgen]
pub fn ask(question: &str, request: &str) -> String {
    wire::ask(question, request)
}

#[wasm_bindgen]
impl Handle {
    /// Opens what stands on this handle.
    pub fn open(&self, what: &str, request: &str, blobs: Vec<Uint8Array>) -> Result<Self, String> {
        opened(what, request, &blobs, Some(&self.0))
    }

    /// Answers a question in JSON.
    pub fn ask(&mut self, question: &str, request: &str, inputs: Option<Vec<f64>>) -> String {
        self.0.ask(question, request, inputs.as_deref())
    }

    /// Answers a question in numbers.
    pub fn numbers(&self, question: &str, request: &str, inputs: &[f64]) -> Result<Vec<f64>, String> {
        answered(self.0.numbers(question, request, inputs))
    }

    /// Answers a question in bytes.
    pub fn bytes(&self, question: &str) -> Result<Vec<u8>, String> {
        answered(self.0.bytes(question))
    }

    /// Returns a handle on what this one is now.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        Self(self.0.clone())
    }
}

fn opened(
    what: &str,
    request: &str,
    blobs: &[Uint8Array],
    base: Option<&wire::Handle>,
) -> Result<Handle, String> {
    let blobs: Vec<Vec<u8>> = blobs.iter().map(Uint8Array::to_vec).collect();
    let blobs: Vec<&[u8]> = blobs.iter().map(Vec::as_slice).collect();
    answered(wire::open(what, request, &blobs, base)).map(Handle)
}

fn answered<T>(result: Result<T, sponsorfit::Error>) -> Result<T, String> {
    result.map_err(|error| wire::refusal(&error))
}
