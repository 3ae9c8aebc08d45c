//! What was known of sponsors on a date.

use pyo3::prelude::*;
use sponsorfit::rows::Reader;
use sponsorfit::{Event, Moment, PastSponsorship};
use sponsorfit_learn::history::{History, ProfileRule};

use crate::error::OrRaise;
use crate::load::Loader;
use crate::read;
use crate::rows::SponsorProfile;

/// Returns the profiles of all who had sponsored something before a date, by id.
#[pyfunction]
pub(crate) fn profiles(
    py: Python<'_>,
    past: (String, Bound<'_, PyAny>),
    events: (String, Bound<'_, PyAny>),
    before: &Bound<'_, PyAny>,
) -> PyResult<Vec<SponsorProfile>> {
    let before: Moment = read::from_object(before).map_err(|error| error.within("before")).or_raise(py)?;
    let mut loader = Loader::new(Reader::new(), false);
    let events = loader.load::<Event>("events", &events.0, &events.1)?;
    let past = loader.load::<PastSponsorship>("past", &past.0, &past.1)?;
    let made = py.detach(|| {
        History::new(&events, &past).map(|history| history.profiles(before, &ProfileRule::default()))
    });
    Ok(made.or_raise(py)?.into_iter().map(|profile| SponsorProfile(profile.into())).collect())
}
