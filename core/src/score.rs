//! The scorer: one sponsor, one event, one score.

use std::fmt;
use std::sync::Arc;

use crate::config::{Fingerprint, GeoReading, ObjectivesKind, ScoringConfig};
use crate::error::{Error, ErrorKind};
use crate::factors::{LeafValue, audience, budget, engagement, geography};
use crate::fold::{Folded, NoScore, Plan};
use crate::match_score::{InsufficientData, MatchScore};
use crate::model::{AudienceInsights, Event, SponsorProfile};
use crate::objectives::{EmbeddingSimilarity, KeywordsSimilarity, NoSimilarity, ObjectivesSimilarity};

/// Scores pairs under one configuration. Cheap to clone, and shared between threads.
///
/// # Examples
/// ```
/// use sponsorfit::{AudienceInsights, Event, Scorer, ScoringConfig, SponsorProfile};
///
/// let sponsor: SponsorProfile = serde_json::from_str(
///     r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "annual_budget_cents": 5000000,
///         "preferred_categories": ["music", "food", "art"], "regions": ["US", "CA", "MX"]}"#,
/// )?;
/// let event: Event = serde_json::from_str(
///     r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "categories": ["Music"], "regions": ["US"]}"#,
/// )?;
/// let insights: AudienceInsights = serde_json::from_str(
///     r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "engagement_score": 0.8,
///         "ticket_conversion_rate": 0.1, "geo_distribution": {"US": 800, "CA": 150, "BR": 50}}"#,
/// )?;
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let found = scorer.score(&sponsor, &event, &insights)?;
/// assert_eq!(found.score.get(), 0.6469313725490197);
/// assert_eq!(found.coverage.get(), 0.9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Scorer {
    config: ScoringConfig,
    plan: Plan,
    objectives: Arc<dyn ObjectivesSimilarity>,
    fingerprint: Fingerprint,
    /// The hash of the fitted table of keywords, where there is one.
    idf: Option<Fingerprint>,
}

impl Scorer {
    /// Validates a configuration and prepares it for scoring.
    ///
    /// # Errors
    /// Those of [`ScoringConfig::validate`], and [`ErrorKind::MissingImplementation`]
    /// for objectives of kind `custom`: see [`Scorer::custom`].
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Scorer, ScoringConfig, Weights};
    ///
    /// let weights = Weights { budget_fit: 0.5, ..Weights::default() };
    /// let config = ScoringConfig { weights, ..ScoringConfig::default() };
    /// assert_eq!(Scorer::new(config).unwrap_err().code(), "weights_sum");
    /// ```
    pub fn new(config: ScoringConfig) -> Result<Self, Error> {
        let objectives: Arc<dyn ObjectivesSimilarity> = match &config.objectives {
            ObjectivesKind::None => Arc::new(NoSimilarity),
            ObjectivesKind::Keywords => Arc::new(KeywordsSimilarity::default()),
            ObjectivesKind::Embedding { dimension } => {
                Arc::new(EmbeddingSimilarity::new(usize::try_from(*dimension).unwrap_or(usize::MAX)))
            }
            ObjectivesKind::Custom { id } => return Err(missing_implementation(id)),
        };
        Self::prepared(config, objectives)
    }

    /// Prepares a configuration whose objectives are of kind `custom`, with their implementation.
    ///
    /// # Errors
    /// Those of [`ScoringConfig::validate`], and [`ErrorKind::MissingImplementation`]
    /// when the configuration does not name this implementation's id.
    ///
    /// # Examples
    /// ```
    /// use std::sync::Arc;
    /// use sponsorfit::{NoSimilarity, Scorer, ScoringConfig};
    ///
    /// let config = ScoringConfig::from_json(r#"{"objectives": {"kind": "custom", "id": "none"}}"#)?;
    /// assert!(Scorer::new(config.clone()).is_err());
    /// assert!(Scorer::custom(config, Arc::new(NoSimilarity)).is_ok());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn custom(config: ScoringConfig, objectives: Arc<dyn ObjectivesSimilarity>) -> Result<Self, Error> {
        match &config.objectives {
            ObjectivesKind::Custom { id } if id == objectives.id() => Self::prepared(config, objectives),
            kind => {
                let wanted = match kind {
                    ObjectivesKind::Custom { id } => format!("`{id}`"),
                    _ => "no custom implementation".to_owned(),
                };
                let message = format!("the configuration names {wanted}, got `{}`", objectives.id());
                Err(Error::new(ErrorKind::MissingImplementation, message).within("objectives"))
            }
        }
    }

    fn prepared(config: ScoringConfig, objectives: Arc<dyn ObjectivesSimilarity>) -> Result<Self, Error> {
        config.validate()?;
        let plan = Plan::new(&config);
        let fingerprint = config.fingerprint();
        Ok(Self { config, plan, objectives, fingerprint, idf: None })
    }

    /// Returns a scorer of another configuration; the implementation stays where the kind of objectives does.
    pub(crate) fn reconfigured(&self, config: ScoringConfig) -> Result<Self, Error> {
        if config.objectives != self.config.objectives {
            return Self::new(config);
        }
        let fingerprint = Fingerprint::of(&config, self.idf.as_ref());
        Ok(Self {
            fingerprint,
            idf: self.idf.clone(),
            ..Self::prepared(config, Arc::clone(&self.objectives))?
        })
    }

    /// Returns a scorer that compares objectives by your own implementation.
    ///
    /// Its configuration becomes kind `custom` with the implementation's id.
    ///
    /// # Examples
    /// ```
    /// use std::sync::Arc;
    /// use sponsorfit::{NoSimilarity, ObjectivesKind, Scorer, ScoringConfig};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?.with_objectives(Arc::new(NoSimilarity));
    /// assert_eq!(scorer.config().objectives, ObjectivesKind::Custom { id: "none".to_owned() });
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    #[must_use]
    pub fn with_objectives(mut self, objectives: Arc<dyn ObjectivesSimilarity>) -> Self {
        self.config.objectives = ObjectivesKind::Custom { id: objectives.id().to_owned() };
        self.fingerprint = self.config.fingerprint();
        self.idf = None;
        self.objectives = objectives;
        self
    }

    /// Returns a scorer that compares objectives by words, rare ones counting more.
    ///
    /// Its configuration becomes kind `keywords`; the fitted table enters the
    /// fingerprint by its hash.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{KeywordsSimilarity, Scorer, ScoringConfig};
    ///
    /// let plain = Scorer::new(ScoringConfig::from_json(r#"{"objectives": {"kind": "keywords"}}"#)?)?;
    /// let fitted = plain.clone().with_keywords(KeywordsSimilarity::fit([]));
    /// assert_ne!(plain.fingerprint(), fitted.fingerprint());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    #[must_use]
    pub fn with_keywords(mut self, keywords: KeywordsSimilarity) -> Self {
        self.config.objectives = ObjectivesKind::Keywords;
        self.fingerprint = Fingerprint::of(&self.config, keywords.hash());
        self.idf = keywords.hash().cloned();
        self.objectives = Arc::new(keywords);
        self
    }

    /// Returns the configuration.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Scorer, ScoringConfig};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// assert_eq!(scorer.config(), &ScoringConfig::default());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn config(&self) -> &ScoringConfig {
        &self.config
    }

    /// Returns the name of the configuration, to be stored with every score.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Scorer, ScoringConfig};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// assert_eq!(scorer.fingerprint(), &ScoringConfig::default().fingerprint());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// Scores a pair. Without insights, what they would tell is unknown.
    ///
    /// # Errors
    /// [`InsufficientData`], and only that: when nothing is known under
    /// `renormalize`, or coverage is below `min_coverage`.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{AudienceInsights, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let insights: Option<AudienceInsights> = None;
    /// assert_eq!(scorer.score(&sponsor, &event, &insights)?.score.get(), 0.425);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn score<'a>(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: impl Into<Option<&'a AudienceInsights>>,
    ) -> Result<MatchScore, InsufficientData> {
        let folded = self.folded(sponsor, event, insights.into())?;
        Ok(MatchScore::new(sponsor.sponsor_id, event.event_id, &folded))
    }

    /// Returns every number of a pair's score.
    pub(crate) fn folded(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: Option<&AudienceInsights>,
    ) -> Result<Folded, NoScore> {
        self.plan.fold(&self.leaves(sponsor, event, insights))
    }

    /// Returns what each leaf of a pair is worth, or why that is unknown.
    pub(crate) fn leaves(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: Option<&AudienceInsights>,
    ) -> [LeafValue; 7] {
        let config = &self.config;
        let half = budget::half_budget(config.half_budget_cents, config.budget_reading, event);
        let geo = geography::geo(sponsor, event, insights, config.overlap_reading);
        let geo_fit = match config.geo_reading {
            GeoReading::Any => geo,
            GeoReading::AudienceShare => geography::audience_share(&sponsor.regions, insights),
        };
        let (engagement_score, ticket_conversion_rate) = engagement::engagement(insights);
        let objectives = self.objectives.similarity(sponsor, event);
        [
            budget::budget_fit(sponsor.annual_budget_cents, half),
            audience::categories(sponsor, event, config.overlap_reading),
            geo,
            geo_fit,
            engagement_score,
            ticket_conversion_rate,
            objectives.map_or(LeafValue::Missing, |similarity| LeafValue::Known(similarity.get())),
        ]
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(crate) fn objectives(&self) -> &dyn ObjectivesSimilarity {
        self.objectives.as_ref()
    }
}

fn missing_implementation(id: &str) -> Error {
    let message = format!("`{id}` needs an implementation: use `Scorer::custom`");
    Error::new(ErrorKind::MissingImplementation, message).within("objectives")
}

impl fmt::Debug for Scorer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scorer")
            .field("config", &self.config)
            .field("objectives", &self.objectives.id())
            .field("fingerprint", &self.fingerprint.as_str())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventId, SponsorId, UnitInterval};

    #[test]
    fn a_custom_implementation_must_be_the_configured_one() {
        let named = |id: &str| {
            ScoringConfig::from_json(&format!(r#"{{"objectives": {{"kind": "custom", "id": "{id}"}}}}"#))
                .unwrap()
        };
        let refusal = Scorer::new(named("crm")).unwrap_err();
        assert_eq!(refusal.to_string(), "objectives: `crm` needs an implementation: use `Scorer::custom`");
        let wrong = Scorer::custom(named("crm"), Arc::new(NoSimilarity)).unwrap_err();
        assert_eq!(wrong.to_string(), "objectives: the configuration names `crm`, got `none`");
        let none = Scorer::custom(ScoringConfig::default(), Arc::new(NoSimilarity)).unwrap_err();
        assert_eq!(none.code(), "missing_implementation");
        assert!(Scorer::custom(named("none"), Arc::new(NoSimilarity)).is_ok());
    }

    #[test]
    fn embeddings_are_compared_when_the_configuration_asks_for_it() {
        let config =
            ScoringConfig::from_json(r#"{"objectives": {"kind": "embedding", "dimension": 2}}"#).unwrap();
        let scorer = Scorer::new(config).unwrap();
        let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
        let mut event = Event::new(EventId::from_bytes([2; 16]));
        let similarity = |sponsor: &SponsorProfile, event: &Event| {
            scorer.score(sponsor, event, None).unwrap().overlap_metrics.objectives_similarity
        };
        assert_eq!(similarity(&sponsor, &event), Some(UnitInterval::HALF));
        sponsor.objectives_embedding = Some(crate::Embedding::new(&[1.0, 0.0]).unwrap());
        event.objectives_embedding = Some(crate::Embedding::new(&[1.0, 0.0]).unwrap());
        assert_eq!(similarity(&sponsor, &event), Some(UnitInterval::ONE));
        event.objectives_embedding = Some(crate::Embedding::new(&[1.0, 0.0, 0.0]).unwrap());
        assert_eq!(similarity(&sponsor, &event), Some(UnitInterval::HALF));
    }

    #[test]
    fn debug_output_names_the_configuration() {
        let scorer = Scorer::new(ScoringConfig::default()).unwrap();
        assert!(format!("{scorer:?}").contains("44136fa355b3678a"));
    }
}
