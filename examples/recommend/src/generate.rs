//! Catalogs of any size to measure and test on: realistic, and the same everywhere.
//!
//! The rows are drawn with whole numbers only and a generator whose stream is part of
//! its definition, so a seed gives the same bytes on every platform. They are skewed as
//! real ones are: a few categories and countries are everybody's, most are rare, tastes
//! go together, budgets spread over orders of magnitude, and much is unknown. A few rows
//! in a hundred are odd but valid: another spelling of a label, a count in quotes, a
//! timestamp as Postgres prints it.

mod draw;
mod event;
mod insights;
mod rows;
mod sponsor;
mod taste;
mod world;

use std::fs;
use std::path::PathBuf;

use crate::error::FileError;
use crate::print::output::Output;
use draw::Draw;
use taste::World;

/// How many rows, from which seed, into which folder.
///
/// # Examples
///
/// ```
/// use recommend::generate::{Generate, generate};
///
/// let folder = tempfile::tempdir()?;
/// let wanted = Generate { sponsors: 3, events: 2, seed: 1, out: folder.path().into() };
/// let written = generate(&wanted, |_| ())?;
/// assert_eq!((written.sponsors, written.events), (3, 2));
/// let rows = std::fs::read_to_string(folder.path().join("sponsors.ndjson"))?;
/// assert_eq!(rows.lines().count(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, clap::Args)]
pub struct Generate {
    /// How many sponsors
    #[arg(long, value_name = "N")]
    pub sponsors: u64,
    /// How many events
    #[arg(long, value_name = "M")]
    pub events: u64,
    /// The same seed gives the same files, on every platform
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// The folder for sponsors.ndjson, events.ndjson and insights.ndjson, made if missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// How many rows were written to each file.
///
/// # Examples
///
/// See [`generate`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Lines of `sponsors.ndjson`.
    pub sponsors: u64,
    /// Lines of `events.ndjson`.
    pub events: u64,
    /// Lines of `insights.ndjson`: some events have none.
    pub insights: u64,
}

impl Written {
    /// Returns the rows of all files together.
    ///
    /// # Examples
    ///
    /// ```
    /// use recommend::generate::Written;
    ///
    /// assert_eq!(Written { sponsors: 3, events: 2, insights: 1 }.rows(), 6);
    /// ```
    pub fn rows(&self) -> u64 {
        self.sponsors + self.events + self.insights
    }
}

// Each table draws from a stream of its own.
const SPONSORS: u64 = 1;
const EVENTS: u64 = 2;
const INSIGHTS: u64 = 3;

/// How many rows pass between two reports of progress.
const REPORT: u64 = 4096;

/// Writes `sponsors.ndjson`, `events.ndjson` and `insights.ndjson`.
///
/// Rows are written as they are drawn, so memory does not grow with their number. The
/// files appear together at the end. A larger catalog of the same seed begins with the
/// rows of a smaller one. `progress` is told now and then what is written so far.
///
/// # Examples
///
/// ```
/// use recommend::generate::{Generate, generate};
///
/// let folder = tempfile::tempdir()?;
/// let wanted = Generate { sponsors: 0, events: 100, seed: 1, out: folder.path().into() };
/// let written = generate(&wanted, |_| ())?;
/// assert!(written.insights < written.events);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Returns, as `path: message`, why the folder or a file could not be made.
pub fn generate(wanted: &Generate, progress: impl FnMut(Written)) -> Result<Written, FileError> {
    fs::create_dir_all(&wanted.out).map_err(|error| FileError::new(&wanted.out, error))?;
    let mut run = Run { seed: wanted.seed, world: World::new(), written: Written::default(), progress };
    let mut sponsors = Output::open(Some(&wanted.out.join("sponsors.ndjson")))?;
    run.sponsors(wanted.sponsors, &mut sponsors)?;
    let mut events = Output::open(Some(&wanted.out.join("events.ndjson")))?;
    let mut insights = Output::open(Some(&wanted.out.join("insights.ndjson")))?;
    run.events(wanted.events, &mut events, &mut insights)?;
    for table in [sponsors, events, insights] {
        table.commit()?;
    }
    Ok(run.written)
}

struct Run<P> {
    seed: u64,
    world: World,
    written: Written,
    progress: P,
}

impl<P: FnMut(Written)> Run<P> {
    fn sponsors(&mut self, count: u64, sponsors: &mut Output) -> Result<(), FileError> {
        let mut draw = Draw::new(self.seed, SPONSORS);
        for _ in 0..count {
            sponsors.row(&sponsor::sponsor(&mut draw, &self.world))?;
            self.written.sponsors += 1;
            self.report(self.written.sponsors);
        }
        Ok(())
    }

    fn events(&mut self, count: u64, events: &mut Output, insights: &mut Output) -> Result<(), FileError> {
        let mut draw = Draw::new(self.seed, EVENTS);
        let mut audience = Draw::new(self.seed, INSIGHTS);
        for _ in 0..count {
            let drawn = event::event(&mut draw, &self.world);
            if let Some(row) = insights::insights(&mut audience, &self.world, &drawn) {
                insights.row(&row)?;
                self.written.insights += 1;
            }
            events.row(&drawn.event)?;
            self.written.events += 1;
            self.report(self.written.events);
        }
        Ok(())
    }

    fn report(&mut self, rows: u64) {
        if rows.is_multiple_of(REPORT) {
            (self.progress)(self.written);
        }
    }
}
