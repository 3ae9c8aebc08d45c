//! `recommend` without a subcommand: ranked lists.

use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::ProgressBar;
use sponsorfit::rows::Reader;

use super::files::{RowFiles, SettingsFiles, check_stdin};
use super::{Settings, progress};
use crate::display::Terminal;
use crate::failure::Failure;
use crate::find;
use crate::load::Tables;
use crate::output::Output;
use crate::printer::{Format, Printer};
use crate::rank::{Anchor, Counts, Ranker};
use crate::summary::{Ranked, Summary};

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

impl Rank {
    pub(super) fn run(&self) -> Result<(), Failure> {
        check_stdin(&self.rows, &self.settings)?;
        self.check_targets()?;
        let settings = self.settings.read()?;
        let reader = Reader::for_config(settings.scorer.config());
        let mut tables = Tables::read(&self.rows.whole()?, reader)?;
        let rejects = open_rejects(self.results.rejects.as_deref(), &mut tables)?;
        let anchors = self.anchors(&tables)?;
        let near_misses = self.results.near_misses.as_deref();
        let mut near_misses = near_misses.map(|path| Output::open(Some(path))).transpose()?;
        let mut output = Output::open(self.results.out.as_deref())?;

        let counts = self.rank(&tables, &settings, &anchors, &mut output, near_misses.as_mut())?;

        for file in rejects.into_iter().chain(near_misses) {
            file.commit()?;
        }
        let is_read = !output.is_closed();
        output.commit()?;
        if is_read {
            let (anchors, is_for_events) = (anchors.len(), self.list.for_each == ForEach::Event);
            let ranked = Ranked { counts, anchors, top: self.list.top, is_for_events };
            let rejects = self.results.rejects.as_deref();
            Summary { tables: &tables, settings: &settings, ranked: Some(ranked), rejects }.print();
        }
        Ok(())
    }

    fn rank(
        &self,
        tables: &Tables,
        settings: &Settings,
        anchors: &[Anchor],
        output: &mut Output,
        mut near_misses: Option<&mut Output>,
    ) -> Result<Counts, Failure> {
        let is_seen = near_misses.is_some();
        let top = usize::try_from(self.list.top).unwrap_or(usize::MAX);
        let ranker = Ranker { tables, settings, top, near_misses: is_seen };
        let mut printer = Printer {
            format: self.results.format,
            explain: self.results.explain,
            terminal: self.terminal(),
            tables,
            settings,
            is_first: true,
        };
        let bar = self.bar(anchors.len());
        let mut counts = Counts::default();
        for &anchor in anchors {
            let list = ranker.shortlist(anchor);
            printer.list(output, anchor, &list)?;
            if let Some(file) = near_misses.as_mut() {
                for near in &list.near_misses {
                    file.row(near)?;
                }
            }
            counts.add(list.counts);
            bar.inc(1);
            if output.is_closed() && !is_seen {
                break;
            }
        }
        printer.end(output)?;
        bar.finish_and_clear();
        Ok(counts)
    }

    /// Returns what to rank for, in the order it was read.
    fn anchors(&self, tables: &Tables) -> Result<Vec<Anchor>, Failure> {
        let (count, anchor): (usize, fn(usize) -> Anchor) = match self.list.for_each {
            ForEach::Event => (tables.events.len(), Anchor::Event),
            ForEach::Sponsor => (tables.sponsors.len(), Anchor::Sponsor),
        };
        let Some(wanted) = &self.list.id else { return Ok((0..count).map(anchor).collect()) };
        let found = match self.list.for_each {
            ForEach::Event => find::event(wanted, tables),
            ForEach::Sponsor => find::sponsor(wanted, tables),
        };
        let other = match self.list.for_each {
            ForEach::Event => find::sponsor(wanted, tables).map(|_| "a sponsor: add --for-each sponsor"),
            ForEach::Sponsor => find::event(wanted, tables).map(|_| "an event: add --for-each event"),
        };
        match (found, other) {
            (Ok(at), _) => Ok(vec![anchor(at)]),
            (Err(_), Ok(other)) => Err(Failure::Usage(format!("--id: `{wanted}` is {other}"))),
            (Err(refusal), Err(_)) => Err(Failure::Usage(format!("--id: {refusal}"))),
        }
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
    fn bar(&self, anchors: usize) -> ProgressBar {
        if !self.is_to_file() && console::Term::stdout().is_term() {
            return ProgressBar::hidden();
        }
        let unit = if self.list.for_each == ForEach::Event { "events" } else { "sponsors" };
        progress::bar(anchors as u64, unit)
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
