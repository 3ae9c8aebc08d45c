//! A similarity of objectives that another language computes, from the rows' texts.

use std::sync::Arc;

use sponsorfit::read;
use sponsorfit::{
    Error, Event, KeywordsSimilarity, Objectives, ObjectivesKind, ObjectivesSimilarity, Scorer,
    ScoringConfig, SponsorProfile, UnitInterval,
};

use super::Desk;

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

impl Desk {
    /// Opens a desk whose objectives another language compares.
    ///
    /// The function gets the JSON of the sponsor's and the event's rows. What it
    /// answers outside 0..=1 counts as unknown: the caller refuses it before. Its
    /// id is the configuration's, or `custom` where the configuration has none.
    ///
    /// # Errors
    /// Those of [`ScoringConfig::from_json`] and [`Scorer::new`], and
    /// [`MissingImplementation`](sponsorfit::ErrorKind::MissingImplementation) when
    /// the configuration names one of the crate's own.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::Desk;
    ///
    /// let desk = Desk::comparing("{}", |sponsor, event| Some(f64::from(sponsor.len() == event.len())))?;
    /// let answer = desk.score(
    ///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
    ///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#,
    /// );
    /// assert!(answer.contains(r#""objectives_similarity":0.0"#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn comparing(
        config: &str,
        compare: impl Fn(&str, &str) -> Option<f64> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let config = ScoringConfig::from_json(config)?;
        let id = match &config.objectives {
            ObjectivesKind::Custom { id } => id.clone(),
            _ => UNNAMED.to_owned(),
        };
        let similarity = Arc::new(TextSimilarity { id, compare: Box::new(compare) });
        let scorer = match &config.objectives {
            ObjectivesKind::None => Scorer::new(config)?.with_objectives(similarity),
            _ => Scorer::custom(config, similarity)?,
        };
        Ok(Self { scorer })
    }

    /// Opens a desk that compares keywords by a table fitted on objectives: a JSON list of
    /// `{keywords, goals}`.
    ///
    /// # Errors
    /// Those of [`ScoringConfig::from_json`] and [`Scorer::new`], and what is wrong with the list.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::Desk;
    ///
    /// let fitted = Desk::fitted("{}", r#"[{"keywords": ["vinyl"]}, {"goals": ["reach students"]}]"#)?;
    /// assert_ne!(fitted.scorer().fingerprint(), Desk::new("{}")?.scorer().fingerprint());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn fitted(config: &str, corpus: &str) -> Result<Self, Error> {
        let corpus: Vec<Objectives> =
            read::strict_from_json(corpus).map_err(|error| error.within("corpus"))?;
        let scorer = Scorer::new(ScoringConfig::from_json(config)?)?;
        Ok(Self { scorer: scorer.with_keywords(KeywordsSimilarity::fit(&corpus)) })
    }
}
