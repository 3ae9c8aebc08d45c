//! Many pairs: a catalog that is built once and ranked many times.

use std::sync::Arc;

use arrow_schema::ArrowError;
use pyo3::exceptions::PyMemoryError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use sponsorfit::rows::{IgnoredField, Reader};
use sponsorfit::{Columns, Error, ErrorKind, EventId, Filter, Leaf, Moment, Ranking, SponsorId};
use sponsorfit_arrow::{Anchor, Reject};
use sponsorfit_learn::features::{Feature, Features};
use sponsorfit_learn::history::History;

use crate::config::ScoringConfig;
use crate::error::OrRaise;
use crate::filter::Wanted;
use crate::load::Loader;
use crate::objectives;
use crate::read;
use crate::rows::{AudienceInsights, Event, SponsorProfile};
use crate::score::{self, MatchScore, Scorer};
use crate::table::Table;
use crate::work::{self, Interrupted};

/// Sponsors and events, ready for ranking each side against the other.
#[pyclass(frozen, module = "sponsorfit._lowlevel")]
pub(crate) struct Catalog {
    core: Arc<sponsorfit::Catalog>,
    fingerprint: Arc<str>,
    calls_python: bool,
    rejects: Arc<Vec<Reject>>,
    ignored: Vec<(&'static str, IgnoredField)>,
}

fn id<T: std::str::FromStr<Err = sponsorfit::Error>>(object: &Bound<'_, PyAny>, field: &str) -> PyResult<T> {
    let py = object.py();
    object.str()?.to_str()?.parse().map_err(|error: sponsorfit::Error| error.within(field)).or_raise(py)
}

impl Catalog {
    /// Runs work beside the interpreter, or on this thread where it calls Python.
    fn work<T: Send + 'static>(
        &self,
        py: Python<'_>,
        threads: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
        work: impl FnOnce(&sponsorfit::Catalog, &dyn Fn() -> Result<(), Interrupted>) -> Result<T, Interrupted>
        + Send
        + 'static,
    ) -> PyResult<T> {
        if !self.calls_python {
            let core = Arc::clone(&self.core);
            return work::run(py, threads, progress, move |signals| work(&core, &|| signals.advance()));
        }
        let failed = std::cell::RefCell::new(None);
        let done = work(&self.core, &|| {
            let failure = objectives::take_failure().map_or_else(|| py.check_signals().err(), Some);
            let goes_on = failure.is_none();
            failed.replace(failure);
            if goes_on { Ok(()) } else { Err(Interrupted) }
        });
        match (objectives::take_failure().or(failed.take()), done) {
            (Some(failure), _) => Err(failure),
            (None, Ok(done)) => Ok(done),
            (None, Err(Interrupted)) => {
                Err(pyo3::exceptions::PyRuntimeError::new_err("the work ended early"))
            }
        }
    }

    fn with_core(&self, core: sponsorfit::Catalog) -> Self {
        let fingerprint = core.scorer().fingerprint().as_str().into();
        Self {
            core: Arc::new(core),
            fingerprint,
            calls_python: self.calls_python,
            rejects: Arc::clone(&self.rejects),
            ignored: self.ignored.clone(),
        }
    }
}

#[pymethods]
impl Catalog {
    /// Each source is a pair of its kind and the source itself; Python's half finds them out.
    #[new]
    #[pyo3(signature = (scorer, sponsors, events, insights, skip_bad))]
    fn new(
        py: Python<'_>,
        scorer: &Scorer,
        sponsors: (String, Bound<'_, PyAny>),
        events: (String, Bound<'_, PyAny>),
        insights: (String, Bound<'_, PyAny>),
        skip_bad: bool,
    ) -> PyResult<Self> {
        let mut loader = Loader::new(Reader::for_config(scorer.core().config()), skip_bad);
        let sponsors = loader.load::<sponsorfit::SponsorProfile>("sponsors", &sponsors.0, &sponsors.1)?;
        let events = loader.load::<sponsorfit::Event>("events", &events.0, &events.1)?;
        let insights = loader.load::<sponsorfit::AudienceInsights>("insights", &insights.0, &insights.1)?;
        let builder = sponsorfit::Catalog::builder(scorer.core().clone());
        let build = || builder.sponsors(sponsors).events(events).insights(insights).build();
        let mut core = py.detach(build).or_raise(py)?;
        if scorer.calls_python() {
            core = core.sequential();
        }
        let Loader { rejects, mut ignored, .. } = loader;
        ignored.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(Self {
            core: Arc::new(core),
            fingerprint: Arc::clone(scorer.fingerprint()),
            calls_python: scorer.calls_python(),
            rejects: Arc::new(rejects),
            ignored,
        })
    }

    /// How many sponsors there are.
    #[getter]
    fn sponsor_count(&self) -> usize {
        self.core.sponsor_count()
    }

    /// How many events there are.
    #[getter]
    fn event_count(&self) -> usize {
        self.core.event_count()
    }

    /// How many insights were left out for want of their events.
    #[getter]
    fn ignored_insights(&self) -> usize {
        self.core.ignored_insights()
    }

    /// The configuration.
    #[getter]
    fn config(&self) -> ScoringConfig {
        ScoringConfig(self.core.scorer().config().clone().into())
    }

    /// The SHA-256 that names the configuration, stored with every score.
    #[getter]
    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    #[getter]
    fn ignored<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let rows = self.ignored.iter();
        PyTuple::new(py, rows.map(|(table, field)| (*table, &field.name, field.count, field.nearest)))
    }

    /// Returns the rows that were left out, with the reasons.
    fn rejects(&self) -> PyResult<Table> {
        Table::made(sponsorfit_arrow::rejects(&self.rejects))
    }

    /// Returns a sponsor.
    fn sponsor(&self, py: Python<'_>, sponsor_id: &Bound<'_, PyAny>) -> PyResult<SponsorProfile> {
        let id: SponsorId = id(sponsor_id, "sponsor_id")?;
        let found = self.core.sponsor(&id).ok_or_else(|| unknown("sponsor", &id)).or_raise(py)?;
        Ok(SponsorProfile(found.clone().into()))
    }

    /// Returns an event and its insights, where there are any.
    fn event(
        &self,
        py: Python<'_>,
        event_id: &Bound<'_, PyAny>,
    ) -> PyResult<(Event, Option<AudienceInsights>)> {
        let id: EventId = id(event_id, "event_id")?;
        let (event, insights) = self.core.event(&id).ok_or_else(|| unknown("event", &id)).or_raise(py)?;
        Ok((Event(event.clone().into()), insights.map(|insights| AudienceInsights(insights.clone().into()))))
    }

    /// Scores a pair of the catalog.
    fn score(
        &self,
        py: Python<'_>,
        sponsor_id: &Bound<'_, PyAny>,
        event_id: &Bound<'_, PyAny>,
    ) -> PyResult<MatchScore> {
        let (sponsor, event) =
            (id::<SponsorId>(sponsor_id, "sponsor_id")?, id::<EventId>(event_id, "event_id")?);
        let found = self.core.score(&sponsor, &event);
        if let Some(failure) = self.calls_python.then(objectives::take_failure).flatten() {
            return Err(failure);
        }
        let found = match found {
            Err(error) if error.kind() == ErrorKind::InsufficientData => {
                let (Some(sponsor), Some((event, insights))) =
                    (self.core.sponsor(&sponsor), self.core.event(&event))
                else {
                    return Err(error).or_raise(py);
                };
                // The same refusal again, with what is missing.
                self.core.scorer().score(sponsor, event, insights).or_raise(py)?
            }
            other => other.or_raise(py)?,
        };
        Ok(MatchScore { core: found, fingerprint: Arc::clone(&self.fingerprint) })
    }

    /// Scores a pair of the catalog and says why; the reasons are JSON text.
    fn explain(
        &self,
        py: Python<'_>,
        sponsor_id: &Bound<'_, PyAny>,
        event_id: &Bound<'_, PyAny>,
    ) -> PyResult<(MatchScore, String)> {
        let (sponsor, event) =
            (id::<SponsorId>(sponsor_id, "sponsor_id")?, id::<EventId>(event_id, "event_id")?);
        let profile = self.core.sponsor(&sponsor).ok_or_else(|| unknown("sponsor", &sponsor)).or_raise(py)?;
        let (row, insights) = self.core.event(&event).ok_or_else(|| unknown("event", &event)).or_raise(py)?;
        let why = self.core.scorer().explain(profile, row, insights);
        if let Some(failure) = self.calls_python.then(objectives::take_failure).flatten() {
            return Err(failure);
        }
        Ok(score::explained(why.or_raise(py)?, &self.fingerprint))
    }

    fn with_config(&self, py: Python<'_>, config: &Bound<'_, PyAny>) -> PyResult<Self> {
        let config = ScoringConfig::given(py, Some(config))?;
        let core = py.detach(|| self.core.with_config(config)).or_raise(py)?;
        Ok(self.with_core(core))
    }

    #[pyo3(signature = (side, anchor, k, filter))]
    fn top(
        &self,
        py: Python<'_>,
        side: &str,
        anchor: &Bound<'_, PyAny>,
        k: usize,
        filter: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        let wanted = Wanted::read(filter)?;
        let side = anchor_named(side);
        let anchor: [u8; 16] = match side {
            Anchor::Sponsor => *id::<SponsorId>(anchor, "sponsor_id")?.as_bytes(),
            Anchor::Event => *id::<EventId>(anchor, "event_id")?.as_bytes(),
        };
        let ranking = self.work(py, None, None, move |core, _| {
            Ok(wanted.with(|filter| match side {
                Anchor::Sponsor => core.events_for(&SponsorId::from_bytes(anchor)).filter(filter).top(k),
                Anchor::Event => core.sponsors_for(&EventId::from_bytes(anchor)).filter(filter).top(k),
            }))
        })?;
        let ranking = ranking.or_raise(py)?;
        Table::made(sponsorfit_arrow::ranking(side, ranking, &self.fingerprint))
    }

    #[pyo3(signature = (for_each, k, threads, progress, filter))]
    fn rank(
        &self,
        py: Python<'_>,
        for_each: &str,
        k: usize,
        threads: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
        filter: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        let wanted = Wanted::read(filter)?;
        let anchor = anchor_named(for_each);
        let fingerprint = Arc::clone(&self.fingerprint);
        let made = self.work(py, threads, progress, move |core, advance| {
            sponsorfit_arrow::rankings(anchor, &fingerprint, |keep| {
                wanted.with(|filter| {
                    lists(core, anchor, k, filter, |ranking| {
                        keep(ranking);
                        advance()
                    })
                })
            })
        })?;
        Table::made(made)
    }

    /// Ranks as `rank` does, throws the lists away, and returns the seconds: what the conversion costs shows beside it.
    fn engine_seconds(&self, py: Python<'_>, for_each: &str, k: usize) -> PyResult<f64> {
        let anchor = anchor_named(for_each);
        self.work(py, None, None, move |core, advance| {
            let start = std::time::Instant::now();
            lists(core, anchor, k, &Filter::new(), |_| advance())?;
            Ok(start.elapsed().as_secs_f64())
        })
    }

    #[pyo3(signature = (pairs, threads))]
    fn score_pairs(
        &self,
        py: Python<'_>,
        pairs: &Bound<'_, PyAny>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        let wanted = self::pairs(pairs)?;
        let fingerprint = Arc::clone(&self.fingerprint);
        let made = self.work(py, threads, None, move |core, advance| {
            let mut rows = Vec::with_capacity(wanted.len());
            for (sponsor, event) in wanted {
                match core.score(&sponsor, &event) {
                    Ok(found) => rows.push((sponsor, event, Some(found))),
                    Err(error) if error.kind() == ErrorKind::InsufficientData => {
                        rows.push((sponsor, event, None));
                    }
                    Err(error) => return Ok(Err(error)),
                }
                advance()?;
            }
            Ok(Ok(sponsorfit_arrow::pairs(&rows, &fingerprint)))
        })?;
        Table::made(made.or_raise(py)?)
    }

    /// Returns the features of pairs as of a date, from what happened before it.
    #[pyo3(signature = (past, as_of, pairs))]
    fn features(
        &self,
        py: Python<'_>,
        past: (String, Bound<'_, PyAny>),
        as_of: &Bound<'_, PyAny>,
        pairs: &Bound<'_, PyAny>,
    ) -> PyResult<Table> {
        let as_of: Moment = read::from_object(as_of).map_err(|error| error.within("as_of")).or_raise(py)?;
        let mut loader = Loader::new(Reader::new(), false);
        let past = loader.load::<sponsorfit::PastSponsorship>("past", &past.0, &past.1)?;
        let pairs = self::pairs(pairs)?;
        let made = self.work(py, None, None, move |core, _| {
            let events: Vec<sponsorfit::Event> = core.events().map(|(event, _)| event.clone()).collect();
            let made = History::new(&events, &past)
                .and_then(|history| features(core, &Features::as_of(&history, as_of), &pairs));
            Ok(made)
        })?;
        Table::made(made.or_raise(py)?)
    }

    /// Scores every pair into the columns asked for: `score`, `coverage` and the paths of leaves.
    #[pyo3(signature = (columns))]
    fn score_all(&self, py: Python<'_>, columns: Vec<String>) -> PyResult<Table> {
        for name in &columns {
            let known =
                name == "score" || name == "coverage" || Leaf::ALL.iter().any(|leaf| leaf.path() == name);
            if !known {
                let message = format!("`{name}` is not `score`, `coverage` or the path of a leaf");
                return Err(sponsorfit::Error::new(ErrorKind::UnknownField, message).within("columns"))
                    .or_raise(py);
            }
        }
        let fingerprint = Arc::clone(&self.fingerprint);
        let count = self.core.sponsor_count().saturating_mul(self.core.event_count());
        let mut numbers = Vec::with_capacity(columns.len());
        for name in columns {
            let mut column: Vec<f64> = Vec::new();
            let too_large = |_| PyMemoryError::new_err(format!("{count} pairs are too many to hold at once"));
            column.try_reserve_exact(count).map_err(too_large)?;
            numbers.push((name, column));
        }
        let made = self.work(py, None, None, move |core, advance| {
            for (_, column) in &mut numbers {
                column.resize(count, 0.0);
            }
            let mut wanted = Columns::default();
            for (name, values) in &mut numbers {
                match name.as_str() {
                    "score" => wanted.score = Some(values),
                    "coverage" => wanted.coverage = Some(values),
                    path => {
                        if let Some(leaf) = Leaf::ALL.iter().position(|leaf| leaf.path() == path) {
                            wanted.leaves[leaf] = Some(values);
                        }
                    }
                }
            }
            let mut interrupted = Ok(());
            let scored = core.score_all_while(wanted, || {
                interrupted = advance();
                interrupted.is_ok()
            });
            interrupted?;
            if let Err(error) = scored {
                return Ok(Err(error));
            }
            let sponsors: Vec<SponsorId> = core.sponsors().map(|row| row.sponsor_id).collect();
            let events: Vec<EventId> = core.events().map(|(row, _)| row.event_id).collect();
            Ok(Ok(sponsorfit_arrow::every_pair(&sponsors, &events, numbers, &fingerprint)))
        })?;
        Table::made(made.or_raise(py)?)
    }
}

/// Whose lists are asked for: Python's half has checked the name.
fn anchor_named(side: &str) -> Anchor {
    if side == "sponsor" { Anchor::Sponsor } else { Anchor::Event }
}

/// Returns what a ranker is told of pairs of the catalog, one column a feature; null cannot be told.
fn features(
    catalog: &sponsorfit::Catalog,
    features: &Features,
    pairs: &[(SponsorId, EventId)],
) -> Result<Result<sponsorfit_arrow::Table, ArrowError>, Error> {
    let mut columns = vec![Vec::with_capacity(pairs.len()); Feature::ALL.len()];
    for (sponsor, event) in pairs {
        let profile = catalog.sponsor(sponsor).ok_or_else(|| unknown("sponsor", sponsor))?;
        let (event, insights) = catalog.event(event).ok_or_else(|| unknown("event", event))?;
        let row = features.row(&features.sponsor(profile), &features.event(event, insights));
        columns.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
    }
    let named = Feature::ALL.iter().zip(columns);
    let described = named.map(|(feature, column)| (feature.name(), feature.definition(), column));
    Ok(sponsorfit_arrow::features(pairs, described))
}

/// Hands over the list of every anchor.
fn lists<E>(
    core: &sponsorfit::Catalog,
    anchor: Anchor,
    k: usize,
    filter: &Filter<'_>,
    mut visit: impl FnMut(Ranking) -> Result<(), E>,
) -> Result<(), E> {
    match anchor {
        Anchor::Sponsor => core.events_for_each_sponsor(k, filter, |_, ranking| visit(ranking)),
        Anchor::Event => core.sponsors_for_each_event(k, filter, |_, _, ranking| visit(ranking)),
    }
}

/// Reads pairs of a sponsor's and an event's identifier.
fn pairs(given: &Bound<'_, PyAny>) -> PyResult<Vec<(SponsorId, EventId)>> {
    let mut pairs = Vec::new();
    for pair in given.try_iter()? {
        let pair = pair?;
        let (sponsor, event) = (pair.get_item(0)?, pair.get_item(1)?);
        pairs.push((id(&sponsor, "sponsor_id")?, id(&event, "event_id")?));
    }
    Ok(pairs)
}

fn unknown(what: &str, id: &impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::UnknownId, format!("no {what} `{id}` in the catalog"))
}
