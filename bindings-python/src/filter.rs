//! Which pairs are ranked.

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::de::DeserializeOwned;
use sponsorfit::{Filter, LabelSet, Moment, UnitInterval};

use crate::error::OrRaise;
use crate::read;
use crate::rules::Rules;

/// Which pairs are ranked, as it is asked for.
#[derive(Clone, Default)]
pub(crate) struct Wanted {
    rules: Option<sponsorfit::Rules>,
    min_score: UnitInterval,
    categories: LabelSet,
    from: Option<Moment>,
    until: Option<Moment>,
}

impl Wanted {
    pub(crate) fn read(filter: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut wanted = Self::default();
        let Some(filter) = filter else { return Ok(wanted) };
        let py = filter.py();
        for (name, value) in filter {
            if value.is_none() {
                continue;
            }
            let name: String = name.extract()?;
            match name.as_str() {
                "rules" => wanted.rules = Some(Rules::given(py, &value)?),
                "min_score" => wanted.min_score = part(&name, &value)?,
                "categories" => wanted.categories = part(&name, &value)?,
                "from_" => wanted.from = Some(part(&name, &value)?),
                "until" => wanted.until = Some(part(&name, &value)?),
                _ => return Err(PyKeyError::new_err(name)),
            }
        }
        Ok(wanted)
    }

    /// Hands the core's filter to `ask`.
    pub(crate) fn with<T>(&self, ask: impl FnOnce(&Filter<'_>) -> T) -> T {
        let mut filter = Filter::new().min_score(self.min_score);
        if !self.categories.is_empty() {
            filter = filter.in_categories(self.categories.clone());
        }
        if let Some(from) = self.from {
            filter = filter.from(from);
        }
        if let Some(until) = self.until {
            filter = filter.until(until);
        }
        if let Some(rules) = &self.rules {
            filter = filter.rules(rules);
        }
        ask(&filter)
    }
}

fn part<T: DeserializeOwned>(name: &str, value: &Bound<'_, PyAny>) -> PyResult<T> {
    read::from_object(value).map_err(|error| error.within(name)).or_raise(value.py())
}
