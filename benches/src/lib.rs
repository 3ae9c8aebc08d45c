//! Measurements of the core.
#![forbid(unsafe_code)]
