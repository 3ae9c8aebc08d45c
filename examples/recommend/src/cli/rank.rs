//! `recommend` without a subcommand: ranked lists.

use std::num::NonZero;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::ProgressBar;
use rayon::{ThreadPool, ThreadPoolBuilder};
use sponsorfit::rows::Reader;
use sponsorfit::{Catalog, EventId, Rules, SponsorId};

use super::files::{RowFiles, SettingsFiles, check_stdin};
use super::lists::{End, Lists};
use super::progress;
use crate::print::display::Terminal;
use crate::print::output::Output;
use crate::rank::printer::{Format, Printer};
use crate::rank::summary::{Ranked, Summary};
use crate::rank::{Anchor, Counts, Ranker, Side};
use crate::read::failure::Failure;
use crate::read::find;
use crate::read::load::Tables;
use crate::read::settings::Settings;

#[derive(Debug, Args)]
pub(super) struct Rank {
    #[command(flatten)]
    rows: RowFiles,
    #[command(flatten)]
    settings: SettingsFiles,
    #[command(flatten)]
    list: List,
    #[command(flatten)]
    results: Results,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Ranking")]
struct List {
    /// For every event its best sponsors, or for every sponsor its best events
    #[arg(long, value_name = "SIDE", value_enum, default_value = "event")]
    for_each: ForEach,
    /// How many to keep for each
    #[arg(long, value_name = "K", default_value = "5", value_parser = clap::value_parser!(u32).range(1..))]
    top: u32,
    /// Only for this event or sponsor: its UUID, the beginning of it, or its name
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
    /// How many threads to rank on; the lists are the same [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Results")]
struct Results {
    /// Every reason in full; in JSON with the factors behind it
    #[arg(long)]
    explain: bool,
    /// How results are written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Where results go instead of standard output; written beside and renamed
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where bad rows go, so that the others are ranked
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Where pairs go that would be ranked but for one rule
    #[arg(long, value_name = "FILE", requires = "rules")]
    near_misses: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ForEach {
    Event,
    Sponsor,
}

impl From<ForEach> for Side {
    fn from(side: ForEach) -> Self {
        match side {
            ForEach::Event => Self::Event,
            ForEach::Sponsor => Self::Sponsor,
        }
    }
}

/// Whom `--id` means.
#[derive(Debug, Clone, Copy)]
enum Id {
    Event(EventId),
    Sponsor(SponsorId),
}

impl Rank {
    pub(super) fn run(&self) -> Result<(), Failure> {
        check_stdin(&self.rows, &self.settings)?;
        self.check_targets()?;
        let settings = self.settings.read()?;
        let reader = Reader::for_config(settings.scorer.config());
        let sources = self.rows.whole()?;
        let reading = progress::spinner("reading rows", sources.bytes());
        let mut tables = Tables::read(&sources, reader)?;
        let rejects = open_rejects(self.results.rejects.as_deref(), &mut tables)?;
        let only = self.list.id.as_deref().map(|wanted| self.anchor(wanted, &tables)).transpose()?;
        let summary = Summary::of(&tables, &settings, self.results.rejects.as_deref());
        reading.set_message("getting ready to rank");
        let catalog = tables.into_catalog(settings.scorer.clone());
        let catalog = catalog.map_err(|error| Failure::Usage(error.to_string()))?;
        reading.finish_and_clear();
        let near_misses = self.results.near_misses.as_deref();
        let near_misses = near_misses.map(|path| Output::open(Some(path))).transpose()?;
        let output = Output::open(self.results.out.as_deref())?;

        let mut lists = Lists {
            printer: self.printer(&settings),
            output,
            near_misses,
            bar: self.bar(&catalog),
            ranked: Ranked {
                counts: Counts::none(),
                anchors: 0,
                top: self.list.top,
                is_for_events: self.list.for_each == ForEach::Event,
            },
        };
        self.rank(&catalog, settings.rules.as_ref(), only, &mut lists)?;
        lists.finish(rejects, &summary)
    }

    /// Ranks for the anchor of `--id`, or for all.
    fn rank(
        &self,
        catalog: &Catalog,
        rules: Option<&Rules>,
        only: Option<Id>,
        lists: &mut Lists<'_>,
    ) -> Result<(), Failure> {
        let top = usize::try_from(self.list.top).unwrap_or(usize::MAX);
        let ranker = Ranker { catalog, rules, top, near_misses: lists.near_misses.is_some() };
        let anchor = only.and_then(|id| match id {
            Id::Event(id) => catalog.event(&id).map(Anchor::Event),
            Id::Sponsor(id) => catalog.sponsor(&id).map(Anchor::Sponsor),
        });
        let ended = match anchor {
            Some(anchor) => lists.add(anchor, &ranker.one(anchor)),
            None => self
                .threads()?
                .install(|| ranker.each(self.list.for_each.into(), |anchor, list| lists.add(anchor, list))),
        };
        match ended {
            Ok(()) | Err(End::NobodyReads) => Ok(()),
            Err(End::Failed(failure)) => Err(failure),
        }
    }

    /// Returns the threads to rank on: as many as there are cores without `--threads`.
    fn threads(&self) -> Result<ThreadPool, Failure> {
        let count = self.list.threads.map_or(0, NonZero::get);
        let pool = ThreadPoolBuilder::new().num_threads(count).build();
        pool.map_err(|error| Failure::Usage(format!("--threads: {error}")))
    }

    fn printer<'a>(&self, settings: &'a Settings) -> Printer<'a> {
        Printer {
            format: self.results.format,
            explain: self.results.explain,
            terminal: self.terminal(),
            settings,
            is_first: true,
        }
    }

    /// Returns the event or sponsor that `--id` means.
    fn anchor(&self, wanted: &str, tables: &Tables) -> Result<Id, Failure> {
        let event = || find::event(wanted, tables).map(|at| Id::Event(tables.events[at].event_id));
        let sponsor = || find::sponsor(wanted, tables).map(|at| Id::Sponsor(tables.sponsors[at].sponsor_id));
        let (found, other): (_, &dyn Fn() -> Option<&'static str>) = match self.list.for_each {
            ForEach::Event => (event(), &|| sponsor().ok().map(|_| "a sponsor: add --for-each sponsor")),
            ForEach::Sponsor => (sponsor(), &|| event().ok().map(|_| "an event: add --for-each event")),
        };
        found.map_err(|refusal| match other() {
            Some(other) => Failure::Usage(format!("--id: `{wanted}` is {other}")),
            None => Failure::Usage(format!("--id: {refusal}")),
        })
    }

    /// Refuses targets that would be mixed up with each other.
    fn check_targets(&self) -> Result<(), Failure> {
        let Results { out, rejects, near_misses, .. } = &self.results;
        let files = [rejects, near_misses].map(Option::as_deref);
        if files.iter().flatten().any(|path| path.as_os_str() == "-") {
            return Err(Failure::Usage("standard output is for results only: name a file".to_owned()));
        }
        let mut targets: Vec<&Path> = files.into_iter().chain([out.as_deref()]).flatten().collect();
        targets.sort_unstable();
        match targets.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Failure::Usage(format!("{} cannot be two files at once", pair[0].display()))),
            None => Ok(()),
        }
    }

    fn is_to_file(&self) -> bool {
        self.results.out.as_ref().is_some_and(|path| path.as_os_str() != "-")
    }

    fn terminal(&self) -> Terminal {
        if self.is_to_file() { Terminal::PLAIN } else { Terminal::of_stdout() }
    }

    /// Returns a bar, hidden where it would be drawn between results.
    fn bar(&self, catalog: &Catalog) -> ProgressBar {
        if !self.is_to_file() && console::Term::stdout().is_term() {
            return ProgressBar::hidden();
        }
        let (sponsors, events) = (catalog.sponsor_count(), catalog.event_count());
        let (anchors, rows, unit) = match self.list.for_each {
            ForEach::Event => (events, sponsors, "events"),
            ForEach::Sponsor => (sponsors, events, "sponsors"),
        };
        let anchors = if self.list.id.is_some() { 1 } else { anchors };
        progress::ranking(anchors as u64, unit, rows as u64)
    }
}

/// Refuses bad rows, or makes a file of them where one is named.
pub(super) fn open_rejects(path: Option<&Path>, tables: &mut Tables) -> Result<Option<Output>, Failure> {
    match path {
        Some(path) => {
            let mut output = Output::open(Some(path))?;
            tables.problems.put_aside(&mut output)?;
            Ok(Some(output))
        }
        None if tables.problems.is_empty() => Ok(None),
        None => Err(Failure::BadRows(std::mem::take(&mut tables.problems))),
    }
}
