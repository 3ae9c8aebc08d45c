//! A Python callable that compares objectives.

use std::cell::RefCell;

use pyo3::prelude::*;
use sponsorfit::{ObjectivesSimilarity, UnitInterval};

use crate::error::OrRaise;
use crate::rows::{Event, SponsorProfile};

thread_local! {
    /// The first exception of a callable during the present call.
    ///
    /// The callable runs on the thread that called: its catalogs are sequential.
    static FAILURE: RefCell<Option<PyErr>> = const { RefCell::new(None) };
}

/// Returns the exception that a callable raised since the last time, if any.
pub(crate) fn take_failure() -> Option<PyErr> {
    FAILURE.with_borrow_mut(Option::take)
}

/// A callable of a sponsor and an event that returns a number in 0 to 1, or `None` for unknown.
pub(crate) struct Callable {
    callable: Py<PyAny>,
    id: String,
}

impl Callable {
    /// Takes the callable's `id`, or else its name, into the configuration's fingerprint.
    pub(crate) fn new(callable: &Bound<'_, PyAny>, configured: Option<&str>) -> PyResult<Self> {
        let id = match configured {
            Some(id) => id.to_owned(),
            None if callable.hasattr("id")? => callable.getattr("id")?.extract()?,
            None if callable.hasattr("__qualname__")? => callable.getattr("__qualname__")?.extract()?,
            None => callable.get_type().qualname()?.to_string(),
        };
        Ok(Self { callable: callable.clone().unbind(), id })
    }

    fn call(
        &self,
        py: Python<'_>,
        sponsor: &sponsorfit::SponsorProfile,
        event: &sponsorfit::Event,
    ) -> PyResult<Option<UnitInterval>> {
        let pair = (SponsorProfile(sponsor.clone().into()), Event(event.clone().into()));
        let answer: Option<f64> = self.callable.call1(py, pair)?.extract(py)?;
        let checked = answer.map(UnitInterval::new).transpose();
        checked.map_err(|error| error.within("objectives")).or_raise(py)
    }
}

impl ObjectivesSimilarity for Callable {
    fn similarity(
        &self,
        sponsor: &sponsorfit::SponsorProfile,
        event: &sponsorfit::Event,
    ) -> Option<UnitInterval> {
        // After the first exception the answers are thrown away with the call.
        if FAILURE.with_borrow(Option::is_some) {
            return None;
        }
        Python::attach(|py| self.call(py, sponsor, event)).unwrap_or_else(|failure| {
            FAILURE.set(Some(failure));
            None
        })
    }

    fn id(&self) -> &str {
        &self.id
    }
}
