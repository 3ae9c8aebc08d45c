//! Trained rankers and experiments.

use napi::bindgen_prelude::{Float64Array, Result};
use napi_derive::napi;
use sponsorfit_wire::{self as wire, Handle};

use crate::{ask, gone, refused};

/// Answers which variant each unit gets.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]
pub fn assign(request: String) -> String {
    wire::ask("assign", &request)
}

/// A trained ranker.
#[napi]
#[derive(Debug)]
pub struct Trees(Option<Handle>);

#[napi]
#[allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]
impl Trees {
    /// Reads LightGBM's text.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi(constructor)]
    pub fn new(text: String) -> Result<Self> {
        let trees = wire::open("ranker", "{}", &[text.as_bytes()], None);
        trees.map(|trees| Self(Some(trees))).map_err(|error| refused(&error))
    }

    /// Gives the memory back.
    #[napi]
    pub fn free(&mut self) {
        self.0 = None;
    }

    fn it(&self) -> Result<&Handle> {
        self.0.as_ref().ok_or_else(gone)
    }

    /// Answers objective, features' names and number of trees.
    #[napi]
    pub fn describe(&self) -> Result<String> {
        Ok(ask(self.it()?, "describe", "{}"))
    }

    /// Returns the raw score of each row.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi]
    pub fn scores(&self, rows: Float64Array) -> Result<Float64Array> {
        self.it()?.numbers("scores", "{}", &rows).map(Float64Array::from).map_err(|error| refused(&error))
    }

    /// Returns where the sum begins, and what each feature adds.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi]
    pub fn contributions(&self, row: Float64Array) -> Result<Float64Array> {
        self.it()?
            .numbers("contributions", "{}", &row)
            .map(Float64Array::from)
            .map_err(|error| refused(&error))
    }
}
