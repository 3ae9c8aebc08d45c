//! Which pairs are ranked.

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
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
            let within = |error: sponsorfit::Error| error.within(&name);
            match name.as_str() {
                "rules" => wanted.rules = Some(Rules::given(py, &value)?),
                "min_score" => wanted.min_score = read::from_object(&value).map_err(within).or_raise(py)?,
                "categories" => wanted.categories = read::from_object(&value).map_err(within).or_raise(py)?,
                "from_" => {
                    wanted.from = Some(read::from_object(&value).map_err(within).or_raise(py)?);
                }
                "until" => {
                    wanted.until = Some(read::from_object(&value).map_err(within).or_raise(py)?);
                }
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
