//! Rules as a Python object.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyType};

use crate::error::OrRaise;
use crate::read;
use crate::rows::{AudienceInsights, Event, Given, SponsorProfile, to_python};
use crate::score::Scorer;

/// Which pairs may be ranked at all. Every rule is off unless it is set.
///
/// Takes keywords, a dict or JSON text; unknown parts are refused.
#[pyclass(frozen, eq, subclass, module = "sponsorfit")]
#[derive(Clone, PartialEq)]
pub(crate) struct Rules(pub(crate) sponsorfit::Rules);

impl Rules {
    pub(crate) fn given(py: Python<'_>, given: &Bound<'_, PyAny>) -> PyResult<sponsorfit::Rules> {
        if let Ok(rules) = given.cast::<Self>() {
            return Ok(rules.get().0.clone());
        }
        if let Ok(text) = given.cast::<PyString>() {
            return sponsorfit::Rules::from_json(text.to_str()?).or_raise(py);
        }
        let rules: sponsorfit::Rules = read::from_object(given).or_raise(py)?;
        rules.validate().or_raise(py)?;
        Ok(rules)
    }
}

#[pymethods]
impl Rules {
    #[new]
    #[pyo3(signature = (rules = None, /, **parts))]
    fn new(
        py: Python<'_>,
        rules: Option<&Bound<'_, PyAny>>,
        parts: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let given = crate::config::parts(py, rules, parts)?;
        Self::given(py, &given).map(Self)
    }

    /// Returns the rules as JSON text.
    fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// Returns the rules as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0)
    }

    /// Asks every rule that is set about a pair; the answer is JSON text.
    #[pyo3(signature = (sponsor, event, insights, scorer))]
    fn _check(
        &self,
        sponsor: &Bound<'_, PyAny>,
        event: &Bound<'_, PyAny>,
        insights: Option<&Bound<'_, PyAny>>,
        scorer: Option<&Scorer>,
    ) -> PyResult<String> {
        let py = sponsor.py();
        let sponsor = SponsorProfile::given(sponsor)?;
        let event = Event::given(event)?;
        let insights = insights.filter(|given| !given.is_none()).map(AudienceInsights::given).transpose()?;
        let (sponsor, event) = (sponsor.row(), event.row());
        let insights = insights.as_ref().map(Given::row);
        let default = sponsorfit::ScoringConfig::default();
        let config = scorer.map_or(&default, |scorer| scorer.core().config());
        config.check_rows(sponsor, event, insights).or_raise(py)?;
        let eligibility = self.0.check(sponsor, event, insights);
        let near_miss = match scorer {
            Some(scorer) => scorer.call(py, |core| self.0.near_miss(core, sponsor, event, insights))?,
            None => None,
        };
        let answer = (eligibility.is_eligible(), eligibility.verdicts, near_miss);
        Ok(serde_json::to_string(&answer).unwrap_or_default())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let display = py.import("sponsorfit._display")?;
        let default = to_python(py, &sponsorfit::Rules::default())?;
        display.call_method1("rules_repr", (self.to_dict(py)?, default))?.extract()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyType>, (String,)) {
        (slf.get_type(), (slf.get().to_json(),))
    }
}
