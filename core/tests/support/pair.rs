//! A pair as the core reads it, and as a request of `wire`.

use std::sync::Arc;

use sponsorfit::{
    AudienceInsights, Event, Explanation, InsufficientData, ObjectivesKind, ObjectivesSimilarity, Scorer,
    ScoringConfig, SponsorProfile, UnitInterval,
};
use sponsorfit_wire::{Handle, open};

use crate::oracle::generate::Case;

/// The three rows of a pair.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) sponsor: SponsorProfile,
    pub(crate) event: Event,
    pub(crate) insights: Option<AudienceInsights>,
}

impl Pair {
    #[track_caller]
    pub(crate) fn read(sponsor: &str, event: &str, insights: Option<&str>) -> Self {
        Self { sponsor: row(sponsor), event: row(event), insights: insights.map(row) }
    }

    #[track_caller]
    pub(crate) fn of(case: &Case) -> Self {
        Self::read(&case.sponsor, &case.event, case.insights.as_deref())
    }

    /// The same rows, written and read back.
    #[track_caller]
    pub(crate) fn written_and_read(&self) -> Self {
        let text = |row: serde_json::Result<String>| row.expect("a row is written");
        let insights = self.insights.as_ref().map(|insights| text(serde_json::to_string(insights)));
        Self::read(
            &text(serde_json::to_string(&self.sponsor)),
            &text(serde_json::to_string(&self.event)),
            insights.as_deref(),
        )
    }

    pub(crate) fn explain(&self, scorer: &Scorer) -> Result<Explanation, InsufficientData> {
        let why = scorer.explain(&self.sponsor, &self.event, &self.insights);
        let alone = scorer.score(&self.sponsor, &self.event, &self.insights);
        assert_eq!(why.as_ref().map(|why| why.score), alone.as_ref().copied(), "explain and score differ");
        why
    }
}

#[track_caller]
pub(crate) fn row<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// The text of a request; `more` are further fields with a comma before each.
pub(crate) fn request(sponsor: &str, event: &str, insights: Option<&str>, more: &str) -> String {
    let insights = insights.unwrap_or("null");
    format!(r#"{{"sponsor": {sponsor}, "event": {event}, "insights": {insights}{more}}}"#)
}

/// A similarity that was decided beforehand.
pub(crate) struct Judged {
    pub(crate) id: String,
    pub(crate) similarity: Option<UnitInterval>,
}

impl ObjectivesSimilarity for Judged {
    fn similarity(&self, _: &SponsorProfile, _: &Event) -> Option<UnitInterval> {
        self.similarity
    }

    fn id(&self) -> &str {
        &self.id
    }
}

/// The scorer of a configuration; `similarity` is for one that names its own.
#[track_caller]
pub(crate) fn scorer(config: &str, similarity: Option<f64>) -> Scorer {
    let config = ScoringConfig::from_json(config).unwrap_or_else(|error| panic!("{error} in {config}"));
    let scorer = match &config.objectives {
        ObjectivesKind::Custom { id } => {
            let similarity =
                similarity.map(|value| UnitInterval::new(value).expect("a similarity is in 0..=1"));
            let judged = Arc::new(Judged { id: id.clone(), similarity });
            Scorer::custom(config, judged)
        }
        _ => Scorer::new(config),
    };
    scorer.expect("a valid configuration")
}

/// Opens a scorer; the configuration is handed over as text, to its last digit.
pub(crate) fn opened(config: &str) -> Result<Handle, sponsorfit::Error> {
    open("scorer", &serde_json::json!({"config": config}).to_string(), &[], None)
}

/// The handle of a configuration, none for one that names its own similarity.
pub(crate) fn handle(config: &str) -> Option<Handle> {
    match opened(config) {
        Ok(handle) => Some(handle),
        Err(error) if error.code() == "missing_implementation" => None,
        Err(error) => panic!("{error} in {config}"),
    }
}
