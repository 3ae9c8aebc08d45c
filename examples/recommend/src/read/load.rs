//! Files into rows: sponsors, events with their insights, names.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sponsorfit::rows::{IgnoredField, Reader, Row, Rows, SponsorName};
use sponsorfit::{AudienceInsights, Catalog, Event, EventId, Scorer, SponsorId, SponsorProfile};

use crate::error::FileError;
use crate::read::problems::Problems;
use crate::read::{bundled, input};

/// Where the rows of a table come from.
#[derive(Debug)]
pub(crate) enum Source {
    File(PathBuf),
    /// A name for messages, and what it stands for.
    Bundled(&'static str, &'static [u8]),
}

/// Where each table comes from.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    pub(crate) sponsors: Option<Source>,
    pub(crate) events: Option<Source>,
    pub(crate) insights: Option<Source>,
    pub(crate) names: Option<Source>,
}

/// The good rows, and what there is to say about the reading.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) sponsors: Vec<SponsorProfile>,
    pub(crate) events: Vec<Event>,
    /// Those of each event, by the event's position.
    pub(crate) insights: Vec<Option<AudienceInsights>>,
    pub(crate) files: Vec<FileRead>,
    pub(crate) problems: Problems,
    /// Insights whose event was not read.
    pub(crate) strangers: usize,
}

/// One file as it was read.
#[derive(Debug)]
pub(crate) struct FileRead {
    pub(crate) path: PathBuf,
    pub(crate) is_bundled: bool,
    pub(crate) table: TableName,
    /// Good rows.
    pub(crate) rows: usize,
    pub(crate) ignored: Vec<IgnoredField>,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableName {
    Sponsors,
    Events,
    Insights,
    Names,
}

impl Sources {
    pub(crate) fn bundled() -> Self {
        let bundled = |(name, bytes)| Some(Source::Bundled(name, bytes));
        Self {
            sponsors: bundled(bundled::SPONSORS),
            events: bundled(bundled::EVENTS),
            insights: bundled(bundled::INSIGHTS),
            names: None,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        let Self { sponsors, events, insights, names } = self;
        [sponsors, events, insights, names].into_iter().all(Option::is_none)
    }

    /// Returns how much there is to read, as far as that is known before.
    pub(crate) fn bytes(&self) -> u64 {
        let Self { sponsors, events, insights, names } = self;
        [sponsors, events, insights, names].into_iter().flatten().map(Source::length).sum()
    }
}

impl Source {
    fn bytes(&self) -> Result<Cow<'static, [u8]>, FileError> {
        match self {
            Self::File(path) => input::read(path).map(Cow::Owned),
            Self::Bundled(_, bytes) => Ok(Cow::Borrowed(bytes)),
        }
    }

    fn length(&self) -> u64 {
        match self {
            Self::File(path) => std::fs::metadata(path).map_or(0, |file| file.len()),
            Self::Bundled(_, bytes) => bytes.len() as u64,
        }
    }

    fn shown(&self) -> &Path {
        match self {
            Self::File(path) => input::shown(path),
            Self::Bundled(name, _) => Path::new(name),
        }
    }
}

impl Tables {
    /// Reads every file there is.
    pub(crate) fn read(sources: &Sources, reader: Reader) -> Result<Self, FileError> {
        let mut tables = Self::default();
        tables.sponsors = tables.table(reader, sources.sponsors.as_ref(), TableName::Sponsors)?;
        tables.events = tables.table(reader, sources.events.as_ref(), TableName::Events)?;
        let insights = tables.table(reader, sources.insights.as_ref(), TableName::Insights)?;
        let names = tables.table(reader, sources.names.as_ref(), TableName::Names)?;
        tables.join(insights);
        tables.name(names);
        Ok(tables)
    }

    fn table<T: Row>(
        &mut self,
        reader: Reader,
        source: Option<&Source>,
        table: TableName,
    ) -> Result<Vec<T>, FileError> {
        let Some(source) = source else { return Ok(Vec::new()) };
        let Rows { rows, rejects, ignored, .. } = reader.read::<T>(&source.bytes()?);
        let (path, is_bundled) = (source.shown().to_path_buf(), matches!(source, Source::Bundled(..)));
        self.problems.add(&path, rejects);
        self.files.push(FileRead { path, is_bundled, table, rows: rows.len(), ignored });
        Ok(rows.into_iter().map(|numbered| numbered.row).collect())
    }

    /// Moves the rows into a catalog.
    pub(crate) fn into_catalog(self, scorer: Scorer) -> Result<Catalog, sponsorfit::Error> {
        Catalog::builder(scorer)
            .sponsors(self.sponsors)
            .events(self.events)
            .insights(self.insights.into_iter().flatten())
            .build()
    }

    /// Gives each event its insights.
    fn join(&mut self, insights: Vec<AudienceInsights>) {
        let positions: HashMap<EventId, usize> =
            self.events.iter().enumerate().map(|(at, event)| (event.event_id, at)).collect();
        self.insights.resize_with(self.events.len(), || None);
        for row in insights {
            match positions.get(&row.event_id) {
                Some(&at) => self.insights[at] = Some(row),
                None => self.strangers += 1,
            }
        }
    }

    /// Gives sponsors the names of `--names`, which win over those in the profiles.
    fn name(&mut self, names: Vec<SponsorName>) {
        let mut names: HashMap<SponsorId, String> =
            names.into_iter().filter_map(|row| Some((row.sponsor_id, row.name?))).collect();
        for sponsor in &mut self.sponsors {
            let own = sponsor.name.take();
            let given = names.remove(&sponsor.sponsor_id);
            sponsor.name = given.and_then(unless_blank).or_else(|| own.and_then(unless_blank));
        }
        for event in &mut self.events {
            event.title = event.title.take().and_then(unless_blank);
        }
    }
}

/// Returns what a sponsor is called in text: its name, or the beginning of its id.
pub(crate) fn sponsor_name(sponsor: &SponsorProfile) -> Cow<'_, str> {
    name_or_id(sponsor.name.as_deref(), &sponsor.sponsor_id)
}

/// Returns what an event is called in text: its title, or the beginning of its id.
pub(crate) fn event_name(event: &Event) -> Cow<'_, str> {
    name_or_id(event.title.as_deref(), &event.event_id)
}

/// Returns the name, or the first eight hex digits of the id without one.
fn name_or_id<'a>(name: Option<&'a str>, id: &impl ToString) -> Cow<'a, str> {
    match name {
        Some(name) => Cow::Borrowed(name),
        None => Cow::Owned(id.to_string().chars().take(8).collect()),
    }
}

/// A name of white space is none.
fn unless_blank(name: String) -> Option<String> {
    (!name.trim().is_empty()).then_some(name)
}
