//! The baseline: objectives are not compared.

use super::ObjectivesSimilarity;
use crate::model::{Event, SponsorProfile, UnitInterval};

/// Knows no similarity; what that counts as is the configuration's `missing.objectives`.
///
/// # Examples
/// ```
/// use sponsorfit::{Scorer, ScoringConfig};
///
/// // The default configuration uses it.
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSimilarity;

impl ObjectivesSimilarity for NoSimilarity {
    fn similarity(&self, _sponsor: &SponsorProfile, _event: &Event) -> Option<UnitInterval> {
        None
    }

    fn id(&self) -> &'static str {
        "none"
    }
}
