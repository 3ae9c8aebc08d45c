//! Trained rankers and experiments.

use sponsorfit_wire::{self as wire, RankerDesk};
use wasm_bindgen::prelude::wasm_bindgen;

/// Answers which variant each unit gets.
#[wasm_bindgen]
pub fn assign(request: &str) -> String {
    wire::assign(request)
}

/// A trained ranker.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Trees(RankerDesk);

#[wasm_bindgen]
impl Trees {
    /// Reads LightGBM's text.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Self, String> {
        RankerDesk::parse(text).map(Self)
    }

    /// Answers objective, features' names and number of trees.
    pub fn describe(&self) -> String {
        self.0.describe()
    }

    /// Returns the raw score of each row.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn scores(&self, rows: &[f64]) -> Result<Vec<f64>, String> {
        self.0.scores(rows)
    }

    /// Returns where the sum begins, and what each feature adds.
    ///
    /// # Errors
    /// The refusal in JSON.
    pub fn contributions(&self, row: &[f64]) -> Result<Vec<f64>, String> {
        self.0.contributions(row)
    }
}
