//! Ranked lists as they come: written, counted, and summed up at the end.

use indicatif::ProgressBar;

use crate::print::output::Output;
use crate::rank::printer::Printer;
use crate::rank::summary::{Ranked, Summary};
use crate::rank::{Anchor, Shortlist};
use crate::read::failure::Failure;

/// Where lists go.
pub(super) struct Lists<'a> {
    pub(super) printer: Printer<'a>,
    pub(super) output: Output,
    pub(super) near_misses: Option<Output>,
    pub(super) bar: ProgressBar,
    pub(super) ranked: Ranked,
}

/// Why no further list is wanted.
pub(super) enum End {
    /// Whoever read the results has left.
    NobodyReads,
    Failed(Failure),
}

impl<F: Into<Failure>> From<F> for End {
    fn from(failure: F) -> Self {
        Self::Failed(failure.into())
    }
}

impl Lists<'_> {
    /// Writes the list of one anchor.
    pub(super) fn add(&mut self, anchor: Anchor<'_>, list: &Shortlist<'_>) -> Result<(), End> {
        self.printer.list(&mut self.output, anchor, list)?;
        if let Some(file) = &mut self.near_misses {
            list.near_misses.iter().try_for_each(|near| file.row(near))?;
        }
        self.ranked.counts.add(list.counts);
        self.ranked.anchors += 1;
        self.bar.inc(1);
        if self.output.is_closed() && self.near_misses.is_none() {
            return Err(End::NobodyReads);
        }
        Ok(())
    }

    /// Puts every file in its place, and says what was ranked to those who still read.
    pub(super) fn finish(mut self, rejects: Option<Output>, summary: &Summary) -> Result<(), Failure> {
        self.printer.end(&mut self.output)?;
        self.bar.finish_and_clear();
        rejects.into_iter().chain(self.near_misses).try_for_each(Output::commit)?;
        let is_read = !self.output.is_closed();
        self.output.commit()?;
        if is_read {
            summary.print(Some(&self.ranked));
        }
        Ok(())
    }
}
