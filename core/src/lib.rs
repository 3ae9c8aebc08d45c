//! Explainable match scores between sponsors and events.
#![forbid(unsafe_code)]

pub mod learn;
