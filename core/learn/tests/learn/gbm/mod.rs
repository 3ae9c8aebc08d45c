//! The reader of LightGBM's text, against LightGBM itself.

mod edits;
mod like_lightgbm;
mod refuses;
