//! Trained rankers and experiments.

use napi::bindgen_prelude::{Float64Array, Result};
use napi_derive::napi;
use sponsorfit_wire::{self as wire, RankerDesk};

use crate::gone;

/// Answers which variant each unit gets.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]
pub fn assign(request: String) -> String {
    wire::assign(&request)
}

/// A trained ranker.
#[napi]
#[derive(Debug)]
pub struct Trees(Option<RankerDesk>);

#[napi]
#[allow(clippy::needless_pass_by_value, reason = "N-API hands over what it owns")]
impl Trees {
    /// Reads LightGBM's text.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi(constructor)]
    pub fn new(text: String) -> Result<Self> {
        RankerDesk::parse(&text).map(|trees| Self(Some(trees))).map_err(napi::Error::from_reason)
    }

    /// Gives the memory back.
    #[napi]
    pub fn free(&mut self) {
        self.0 = None;
    }

    fn it(&self) -> Result<&RankerDesk> {
        self.0.as_ref().ok_or_else(gone)
    }

    /// Answers objective, features' names and number of trees.
    #[napi]
    pub fn describe(&self) -> Result<String> {
        Ok(self.it()?.describe())
    }

    /// Returns the raw score of each row.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi]
    pub fn scores(&self, rows: Float64Array) -> Result<Float64Array> {
        self.it()?.scores(&rows).map(Float64Array::from).map_err(napi::Error::from_reason)
    }

    /// Returns where the sum begins, and what each feature adds.
    ///
    /// # Errors
    /// The refusal in JSON.
    #[napi]
    pub fn contributions(&self, row: Float64Array) -> Result<Float64Array> {
        self.it()?.contributions(&row).map(Float64Array::from).map_err(napi::Error::from_reason)
    }
}
