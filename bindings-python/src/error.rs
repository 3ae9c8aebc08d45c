//! The core's errors as Python's: `SponsorfitError` and its subclasses, defined in `sponsorfit._errors`.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use sponsorfit::{Error, ErrorKind, InsufficientData};

static FACTORY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// Makes the exception of a core error; `row` is the position of the row to blame, where there is one.
pub(crate) fn raised(py: Python<'_>, error: &Error, row: Option<u64>) -> PyErr {
    raised_with(py, error, row, None)
}

/// Makes the exception of a pair about which too little is known.
pub(crate) fn insufficient(py: Python<'_>, refusal: InsufficientData) -> PyErr {
    let missing: Vec<&str> = refusal.missing.iter().map(sponsorfit::Leaf::path).collect();
    raised_with(py, &Error::from(refusal), None, Some((missing, refusal.coverage.get())))
}

/// Makes the exception of a value that its argument cannot hold.
pub(crate) fn refused(py: Python<'_>, message: &str) -> PyErr {
    raised(py, &Error::new(ErrorKind::InvalidValue, message), None)
}

/// Turns a result of learning into Python's; its errors become the core's one error first.
pub(crate) fn learnt<T, E: Into<Error>>(py: Python<'_>, result: Result<T, E>) -> PyResult<T> {
    result.map_err(Into::into).or_raise(py)
}

/// Refuses columns that are not as long as each other.
pub(crate) fn of_one_length(py: Python<'_>, lengths: &[usize]) -> PyResult<()> {
    if lengths.windows(2).all(|two| two[0] == two[1]) {
        return Ok(());
    }
    Err(refused(py, &format!("columns of {lengths:?} values are not of one length")))
}

fn raised_with(
    py: Python<'_>,
    error: &Error,
    row: Option<u64>,
    insufficient: Option<(Vec<&str>, f64)>,
) -> PyErr {
    let made = FACTORY
        .import(py, "sponsorfit._errors", "from_core")
        .and_then(|factory| factory.call1((error.code(), error.path(), error.message(), row, insufficient)));
    match made {
        Ok(exception) => PyErr::from_value(exception),
        Err(failure) => failure,
    }
}

/// Turns a core result into Python's.
pub(crate) trait OrRaise<T> {
    fn or_raise(self, py: Python<'_>) -> PyResult<T>;
}

impl<T> OrRaise<T> for Result<T, Error> {
    fn or_raise(self, py: Python<'_>) -> PyResult<T> {
        self.map_err(|error| raised(py, &error, None))
    }
}

impl<T> OrRaise<T> for Result<T, InsufficientData> {
    fn or_raise(self, py: Python<'_>) -> PyResult<T> {
        self.map_err(|refusal| insufficient(py, refusal))
    }
}
