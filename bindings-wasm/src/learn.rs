//! Trained rankers and experiments.

use sponsorfit_wire::{self as wire, Handle};
use wasm_bindgen::prelude::wasm_bindgen;

/// Answers which variant each unit gets.
#[wasm_bindgen]
pub fn assign(request: &str) -> String {
    wire::ask("assign", request)
}

/// A trained ranker.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Trees(Handle);

#[wasm_bindgen]
impl Trees {
    /// Reads LightGBM's text.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Self, String> {
        wire::open("ranker", "{}", &[text.as_bytes()], None).map(Self).map_err(|error| wire::refusal(&error))
    }

    /// Answers objective, features' names and number of trees.
    pub fn describe(&self) -> String {
        crate::ask(&self.0, "describe", "{}")
    }

    /// Returns the raw score of each row.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn scores(&self, rows: &[f64]) -> Result<Vec<f64>, String> {
        self.0.numbers("scores", "{}", rows).map_err(|error| wire::refusal(&error))
    }

    /// Returns where the sum begins, and what each feature adds.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn contributions(&self, row: &[f64]) -> Result<Vec<f64>, String> {
        self.0.numbers("contributions", "{}", row).map_err(|error| wire::refusal(&error))
    }
}
