//! A similarity of objectives that another language computes, from the rows' texts.

use std::sync::Arc;

use sponsorfit::{Error, Event, ObjectivesKind, ObjectivesSimilarity, Scorer, SponsorProfile, UnitInterval};

use crate::pairs::{OpenScorer, configuration};

/// What an implementation is called when the configuration does not name it.
const UNNAMED: &str = "custom";

/// Compares the JSON texts of a sponsor and an event: 0 to 1, or `None` where it cannot tell.
type Compare = Box<dyn Fn(&str, &str) -> Option<f64> + Send + Sync>;

struct TextSimilarity {
    id: String,
    compare: Compare,
}

impl ObjectivesSimilarity for TextSimilarity {
    fn similarity(&self, sponsor: &SponsorProfile, event: &Event) -> Option<UnitInterval> {
        let (sponsor, event) = (serde_json::to_string(sponsor).ok()?, serde_json::to_string(event).ok()?);
        UnitInterval::new((self.compare)(&sponsor, &event)?).ok()
    }

    fn id(&self) -> &str {
        &self.id
    }
}

/// Opens a scorer whose objectives the function compares; a corpus has no say then.
pub(crate) fn comparing(
    request: OpenScorer,
    compare: impl Fn(&str, &str) -> Option<f64> + Send + Sync + 'static,
) -> Result<Scorer, Error> {
    let config = configuration(request.config)?;
    let id = match &config.objectives {
        ObjectivesKind::Custom { id } => id.clone(),
        _ => UNNAMED.to_owned(),
    };
    let similarity = Arc::new(TextSimilarity { id, compare: Box::new(compare) });
    match &config.objectives {
        ObjectivesKind::None => Ok(Scorer::new(config)?.with_objectives(similarity)),
        _ => Scorer::custom(config, similarity),
    }
}
