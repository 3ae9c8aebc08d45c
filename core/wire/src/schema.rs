//! The schemas of requests and answers.

use serde_json::Value;
use sponsorfit::schema::written;
use sponsorfit::{Explanation, MatchScore};

use crate::pairs::{Checked, Stored, Validation};

/// Returns every schema with the name of its file, inputs first.
///
/// # Examples
/// ```
/// assert!(sponsorfit_wire::schemas().iter().any(|(name, _)| *name == "stored_match_score"));
/// ```
pub fn schemas() -> Vec<(&'static str, Value)> {
    let mut schemas = sponsorfit::schema::schemas();
    schemas.extend([
        ("stored_match_score", written::<Stored<MatchScore>>()),
        ("stored_explanation", written::<Stored<Explanation>>()),
        ("checked", written::<Checked>()),
        ("validation", written::<Validation>()),
    ]);
    schemas
}
