//! The private module `sponsorfit._lowlevel`: converts, calls the core, converts back.
//!
//! It holds no rule of the score. The pleasant names are in `python/sponsorfit`.
#![forbid(unsafe_code)]
#![allow(clippy::needless_pass_by_value, reason = "what Python hands over is made for the call")]

mod catalog;
mod config;
mod error;
mod filter;
mod fit;
mod history;
mod learn;
mod load;
mod objectives;
mod read;
mod rows;
mod rules;
mod score;
mod table;
mod work;

use pyo3::prelude::*;

/// The compiled half of the package `sponsorfit`.
#[pymodule]
mod _lowlevel {
    #[pymodule_export]
    use super::catalog::Catalog;
    #[pymodule_export]
    use super::config::ScoringConfig;
    #[pymodule_export]
    use super::fit::{Acceptance, Calibration, fit_weights, frame_factors, score_factors};
    #[pymodule_export]
    use super::history::profiles;
    #[pymodule_export]
    use super::learn::{Experiment, Ranker, evaluate, query_metrics};
    #[pymodule_export]
    use super::rows::{AudienceInsights, Event, SponsorProfile};
    #[pymodule_export]
    use super::rules::Rules;
    #[pymodule_export]
    use super::score::{MatchScore, Scorer};
    #[pymodule_export]
    use super::table::Table;

    use super::error::OrRaise as _;
    use super::{PyResult, Python};
    use pyo3::pyfunction;

    /// The version of the package.
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python's name")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    /// Whether this module was built without optimisation.
    #[pymodule_export]
    const DEBUG: bool = cfg!(debug_assertions);

    /// Checks any parts of a request given as JSON text, and lists every problem.
    #[pyfunction]
    fn validate(py: Python<'_>, request: &str) -> String {
        py.detach(|| sponsorfit_wire::ask("validate", request))
    }

    /// Returns what labels are compared by.
    #[pyfunction]
    fn label_key(text: &str) -> String {
        sponsorfit::Label::new(text).key().to_owned()
    }

    /// Returns the named columns of any Arrow stream as rows of numbers; null is NaN.
    #[pyfunction]
    fn frame_numbers(
        py: Python<'_>,
        frame: pyo3_arrow::PyTable,
        names: Vec<String>,
    ) -> PyResult<Vec<Vec<f64>>> {
        let (batches, _) = frame.into_inner();
        py.detach(|| sponsorfit_arrow::numbers(&batches, &names)).or_raise(py)
    }

    /// Returns the rows of any Arrow stream as the JSON text of a list.
    #[pyfunction]
    fn frame_json(py: Python<'_>, frame: pyo3_arrow::PyTable) -> PyResult<String> {
        let (batches, _) = frame.into_inner();
        py.detach(|| super::table::json(&batches, usize::MAX))
    }

    /// Returns the named columns of any Arrow stream as lists of text; null is not.
    #[pyfunction]
    fn frame_texts(
        py: Python<'_>,
        frame: pyo3_arrow::PyTable,
        names: Vec<String>,
    ) -> PyResult<Vec<Vec<String>>> {
        let (batches, _) = frame.into_inner();
        py.detach(|| sponsorfit_arrow::texts(&batches, &names)).or_raise(py)
    }

    /// Runs the command line, and returns its exit code.
    #[cfg(feature = "cli")]
    #[pyfunction]
    fn run_cli(py: Python<'_>, arguments: Vec<std::ffi::OsString>) -> u8 {
        py.detach(|| recommend::exit_code(arguments))
    }
}
