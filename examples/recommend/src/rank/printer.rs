//! Ranked lists in the format that was asked for.

mod ranking;

use sponsorfit::Explanation;

use crate::print::display::Terminal;
use crate::print::output::Output;
use crate::print::table;
use crate::rank::results::ResultRow;
use crate::rank::{Anchor, Candidate, Shortlist};
use crate::read::failure::Failure;
use crate::read::settings::Settings;

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// One JSON object a line
    Ndjson,
    /// One JSON array of the same objects
    Json,
}

/// Writes the ranked list of one anchor after the other.
pub(crate) struct Printer<'a> {
    pub(crate) format: Format,
    /// Whether every reason is wanted.
    pub(crate) explain: bool,
    pub(crate) terminal: Terminal,
    pub(crate) settings: &'a Settings,
    /// Whether nothing is written yet.
    pub(crate) is_first: bool,
}

impl Printer<'_> {
    /// Writes what was ranked for an anchor.
    pub(crate) fn list(
        &mut self,
        output: &mut Output,
        anchor: Anchor<'_>,
        list: &Shortlist<'_>,
    ) -> Result<(), Failure> {
        if self.format == Format::Table {
            let gap = if std::mem::replace(&mut self.is_first, false) { "" } else { "\n" };
            let ranking = ranking::ranking(self, anchor, list)?;
            output.text(gap)?;
            output.text(&table::render(&ranking, self.terminal))?;
            // People begin to read before the last list is there.
            return Ok(output.flush()?);
        }
        for (candidate, rank) in list.best.iter().zip(1..) {
            let before = match (self.format, std::mem::replace(&mut self.is_first, false)) {
                (Format::Json, true) => "[\n",
                (Format::Json, false) => ",\n",
                _ => "",
            };
            output.text(before)?;
            self.row(output, candidate, rank)?;
        }
        Ok(())
    }

    /// Writes what stands behind the last list.
    pub(crate) fn end(&self, output: &mut Output) -> Result<(), Failure> {
        Ok(match (self.format, self.is_first) {
            (Format::Json, true) => output.text("[]\n"),
            (Format::Json, false) => output.text("\n]\n"),
            _ => Ok(()),
        }?)
    }

    fn row(&self, output: &mut Output, candidate: &Candidate<'_>, rank: usize) -> Result<(), Failure> {
        let why = if self.explain { Some(self.why(candidate)?) } else { None };
        let mut row = ResultRow::new(&candidate.score, self.settings.scorer.fingerprint()).ranked(rank);
        row.sponsor_name = candidate.sponsor.name.as_deref();
        row.event_title = candidate.event.title.as_deref();
        row.eligibility = self.settings.rules.is_some().then_some(&candidate.undecided);
        row.explanation = why.as_ref().map(Into::into);
        match self.format {
            Format::Json => output.value(&row),
            _ => output.row(&row),
        }?;
        Ok(())
    }

    fn why(&self, candidate: &Candidate<'_>) -> Result<Explanation, Failure> {
        let &Candidate { sponsor, event, insights, .. } = candidate;
        Ok(self.settings.scorer.explain(sponsor, event, insights)?)
    }
}
