//! One pair: the scorer and its answer.

use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use serde::Serialize;
use sponsorfit::{
    Change, ErrorKind, Explanation, KeywordsSimilarity, Leaf, ObjectivesKind, Side, UnitInterval,
};
use sponsorfit_wire::Handle;

use crate::config::ScoringConfig;
use crate::error::OrRaise;
use crate::objectives::{self, Callable};
use crate::read;
use crate::rows::{AudienceInsights, Event, Given, SponsorProfile, to_python};

/// Scores pairs under one configuration.
#[pyclass(frozen, subclass, module = "sponsorfit")]
pub(crate) struct Scorer {
    core: sponsorfit::Scorer,
    fingerprint: Arc<str>,
    /// Whether objectives are compared by a Python callable.
    calls_python: bool,
}

impl Scorer {
    pub(crate) fn core(&self) -> &sponsorfit::Scorer {
        &self.core
    }

    pub(crate) fn calls_python(&self) -> bool {
        self.calls_python
    }

    pub(crate) fn fingerprint(&self) -> &Arc<str> {
        &self.fingerprint
    }

    /// Asks the core, and raises what a callable raised meanwhile.
    pub(crate) fn call<T>(&self, _py: Python<'_>, ask: impl FnOnce(&sponsorfit::Scorer) -> T) -> PyResult<T> {
        let answer = ask(&self.core);
        match self.calls_python.then(objectives::take_failure).flatten() {
            Some(failure) => Err(failure),
            None => Ok(answer),
        }
    }

    /// Reads a pair, and hands it on.
    fn pair<T>(
        &self,
        sponsor: &Bound<'_, PyAny>,
        event: &Bound<'_, PyAny>,
        insights: Option<&Bound<'_, PyAny>>,
        ask: impl FnOnce(
            &sponsorfit::Scorer,
            &sponsorfit::SponsorProfile,
            &sponsorfit::Event,
            Option<&sponsorfit::AudienceInsights>,
        ) -> T,
    ) -> PyResult<T> {
        let py = sponsor.py();
        let sponsor = SponsorProfile::given(sponsor)?;
        let event = Event::given(event)?;
        let insights = insights.filter(|given| !given.is_none()).map(AudienceInsights::given).transpose()?;
        let (sponsor, event) = (sponsor.row(), event.row());
        let insights = insights.as_ref().map(Given::row);
        self.core.config().check_rows(sponsor, event, insights).or_raise(py)?;
        self.call(py, |core| ask(core, sponsor, event, insights))
    }
}

/// Returns an explanation as its score, and the JSON text of its reasons.
pub(crate) fn explained(why: Explanation, fingerprint: &Arc<str>) -> (MatchScore, String) {
    let rest = text(&(&why.factors, &why.summary, &why.reasons));
    (MatchScore { core: why.score, fingerprint: Arc::clone(fingerprint) }, rest)
}

fn text(answer: &impl Serialize) -> String {
    // Results are plain data with string keys: writing them cannot fail.
    serde_json::to_string(answer).unwrap_or_default()
}

#[pymethods]
impl Scorer {
    #[new]
    #[pyo3(signature = (config = None, objectives = None, *, corpus = None))]
    pub(crate) fn new(
        py: Python<'_>,
        config: Option<&Bound<'_, PyAny>>,
        objectives: Option<&Bound<'_, PyAny>>,
        corpus: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let config = ScoringConfig::given(py, config)?;
        let own = objectives.filter(|own| !own.is_none());
        let core = match (own, &config.objectives) {
            (None, _) => sponsorfit::Scorer::new(config),
            (Some(own), ObjectivesKind::Custom { id }) => {
                let own = Callable::new(own, Some(id))?;
                sponsorfit::Scorer::custom(config, Arc::new(own))
            }
            (Some(own), _) => {
                let own = Callable::new(own, None)?;
                sponsorfit::Scorer::new(config).map(|scorer| scorer.with_objectives(Arc::new(own)))
            }
        };
        let mut core = core.or_raise(py)?;
        if let Some(corpus) = corpus {
            if own.is_some() {
                return Err(PyTypeError::new_err("give objectives or a corpus to compare them by, not both"));
            }
            let corpus: Vec<sponsorfit::Objectives> = corpus
                .try_iter()?
                .map(|document| read::from_object(&document?).or_raise(py))
                .collect::<PyResult<_>>()?;
            core = core.with_keywords(KeywordsSimilarity::fit(&corpus));
        }
        let fingerprint = core.fingerprint().as_str().into();
        Ok(Self { core, fingerprint, calls_python: own.is_some() })
    }

    /// Answers a request of JSON text with JSON text, as the packages for JavaScript do.
    ///
    /// The questions are `score`, `explain`, `what_if`, `improve` and `check`; an
    /// error is an answer too: `{"error": {"code", "message", "path"}}`.
    fn answer(&self, py: Python<'_>, question: &str, request: &str) -> PyResult<String> {
        if !["score", "explain", "what_if", "improve", "check"].contains(&question) {
            let message = format!("`{question}` is not `score`, `explain`, `what_if`, `improve` or `check`");
            return Err(sponsorfit::Error::new(ErrorKind::InvalidValue, message)).or_raise(py);
        }
        self.call(py, |core| Handle::from(core.clone()).ask(question, request, None))
    }

    /// The configuration.
    #[getter]
    fn config(&self) -> ScoringConfig {
        ScoringConfig(self.core.config().clone().into())
    }

    /// The SHA-256 that names the configuration, stored with every score.
    #[getter]
    #[pyo3(name = "fingerprint")]
    fn get_fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Scores a pair. Without insights, what they would tell is unknown.
    #[pyo3(signature = (sponsor, event, insights = None))]
    fn score(
        &self,
        sponsor: &Bound<'_, PyAny>,
        event: &Bound<'_, PyAny>,
        insights: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<MatchScore> {
        let py = sponsor.py();
        let score = self
            .pair(sponsor, event, insights, |core, sponsor, event, insights| {
                core.score(sponsor, event, insights)
            })?
            .or_raise(py)?;
        Ok(MatchScore { core: score, fingerprint: Arc::clone(&self.fingerprint) })
    }

    #[pyo3(signature = (sponsor, event, insights))]
    fn _explain(
        &self,
        sponsor: &Bound<'_, PyAny>,
        event: &Bound<'_, PyAny>,
        insights: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(MatchScore, String)> {
        let py = sponsor.py();
        let why = self
            .pair(sponsor, event, insights, |core, sponsor, event, insights| {
                core.explain(sponsor, event, insights)
            })?
            .or_raise(py)?;
        Ok(explained(why, &self.fingerprint))
    }

    #[pyo3(signature = (sponsor, event, insights, changes))]
    fn _what_if(
        &self,
        sponsor: &Bound<'_, PyAny>,
        event: &Bound<'_, PyAny>,
        insights: Option<&Bound<'_, PyAny>>,
        changes: &Bound<'_, PyAny>,
    ) -> PyResult<(Option<MatchScore>, MatchScore, String)> {
        let py = sponsor.py();
        let changes: Vec<Change> =
            read::from_object(changes).map_err(|error| error.within("changes")).or_raise(py)?;
        let what = self
            .pair(sponsor, event, insights, |core, sponsor, event, insights| {
                core.what_if(sponsor, event, insights, &changes)
            })?
            .or_raise(py)?;
        let scored = |core| MatchScore { core, fingerprint: Arc::clone(&self.fingerprint) };
        let rest = text(&(&what.changes, what.gain, &what.factors));
        Ok((what.before.map(scored), scored(what.after), rest))
    }

    #[pyo3(signature = (sponsor, event, insights, side, limit))]
    fn _improve(
        &self,
        sponsor: &Bound<'_, PyAny>,
        event: &Bound<'_, PyAny>,
        insights: Option<&Bound<'_, PyAny>>,
        side: &Bound<'_, PyAny>,
        limit: &Bound<'_, PyAny>,
    ) -> PyResult<(Vec<MatchScore>, String)> {
        let py = sponsor.py();
        let side: Side = read::from_object(side).map_err(|error| error.within("side")).or_raise(py)?;
        let limit: u32 = read::from_object(limit).map_err(|error| error.within("limit")).or_raise(py)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let found = self.pair(sponsor, event, insights, |core, sponsor, event, insights| {
            core.improve(sponsor, event, insights, side, limit)
        })?;
        let after = found
            .iter()
            .map(|one| MatchScore { core: one.after, fingerprint: Arc::clone(&self.fingerprint) });
        Ok((after.collect(), text(&found)))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let config = Py::new(py, self.config())?;
        Ok(format!("Scorer({})", config.bind(py).repr()?))
    }
}

/// How well a sponsor and an event fit, how sure that is, and what is unknown.
#[pyclass(frozen, eq, module = "sponsorfit")]
#[derive(Clone)]
pub(crate) struct MatchScore {
    pub(crate) core: sponsorfit::MatchScore,
    pub(crate) fingerprint: Arc<str>,
}

impl PartialEq for MatchScore {
    fn eq(&self, other: &Self) -> bool {
        self.core == other.core && self.fingerprint == other.fingerprint
    }
}

#[derive(Serialize)]
struct Stored<'a> {
    #[serde(flatten)]
    score: &'a sponsorfit::MatchScore,
    score_decimal: String,
    config_fingerprint: &'a str,
}

fn number(value: Option<UnitInterval>) -> Option<f64> {
    value.map(UnitInterval::get)
}

#[pymethods]
impl MatchScore {
    /// The event of the pair.
    #[getter]
    fn event_id(&self) -> String {
        self.core.event_id.to_string()
    }

    /// The sponsor of the pair.
    #[getter]
    fn sponsor_id(&self) -> String {
        self.core.sponsor_id.to_string()
    }

    /// The fit, 0 to 1.
    #[getter]
    fn score(&self) -> f64 {
        self.core.score.get()
    }

    /// The share of the formula's weight that rests on known facts, 0 to 1.
    #[getter]
    fn coverage(&self) -> f64 {
        self.core.coverage.get()
    }

    /// The score if every unknown turned out worst, 0 to 1.
    #[getter]
    fn lower(&self) -> f64 {
        self.core.lower.get()
    }

    /// The score if every unknown turned out best, 0 to 1.
    #[getter]
    fn upper(&self) -> f64 {
        self.core.upper.get()
    }

    /// Whether the sponsor can afford it, 0 to 1; None when it was left out.
    #[getter]
    fn budget_fit(&self) -> Option<f64> {
        number(self.core.overlap_metrics.budget_fit)
    }

    /// The overlap of categories, 0 to 1; None when it was left out.
    #[getter]
    fn categories(&self) -> Option<f64> {
        number(self.core.overlap_metrics.audience_overlap.categories)
    }

    /// The overlap of regions, 0 to 1; None when it was left out.
    #[getter]
    fn geo(&self) -> Option<f64> {
        number(self.core.overlap_metrics.audience_overlap.geo)
    }

    /// Whether the audience is where the sponsor wants to be seen, 0 to 1; None when it was left out.
    #[getter]
    fn geo_fit(&self) -> Option<f64> {
        number(self.core.overlap_metrics.geo_fit)
    }

    /// Whether the audience took part, 0 to 1; None when it was left out.
    #[getter]
    fn engagement_quality(&self) -> Option<f64> {
        number(self.core.overlap_metrics.engagement_quality)
    }

    /// Whether both want the same, 0 to 1; None when it was left out.
    #[getter]
    fn objectives_similarity(&self) -> Option<f64> {
        number(self.core.overlap_metrics.objectives_similarity)
    }

    /// The values that entered the score, as they are stored.
    #[getter]
    fn overlap_metrics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.core.overlap_metrics)
    }

    /// The paths of the facts that were unknown.
    #[getter]
    fn unknown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let paths: Vec<&str> = self.core.unknown.iter().map(Leaf::path).collect();
        PyTuple::new(py, paths)
    }

    /// The score with four digits, for a column `numeric(5,4)`.
    #[getter]
    fn score_decimal(&self) -> String {
        self.core.score_decimal()
    }

    /// The SHA-256 that names the configuration.
    #[getter]
    fn config_fingerprint<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        PyString::new(py, &self.fingerprint)
    }

    /// Returns the row of `sponsorship_matches`, with `score_decimal` and `config_fingerprint`.
    pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let stored = Stored {
            score: &self.core,
            score_decimal: self.core.score_decimal(),
            config_fingerprint: &self.fingerprint,
        };
        Ok(to_python(py, &stored)?.cast_into()?)
    }

    fn __float__(&self) -> f64 {
        self.core.score.get()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        py.import("sponsorfit._display")?.call_method1("score_repr", (self.to_dict(py)?,))?.extract()
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        py.import("sponsorfit._display")?.call_method1("score_html", (self.to_dict(py)?,))?.extract()
    }
}
