//! What was read and ranked, and what in the rows deserves a look: a few lines on
//! standard error.

mod ignored;
mod labels;
mod unknown;

use std::path::Path;

use crate::cli::Settings;
use crate::display::page::{BOLD, Page};
use crate::display::text::clean;
use crate::display::{Terminal, counted, grouped};
use crate::load::{TableName, Tables};
use crate::rank::Counts;

/// Everything a summary is made of.
pub(crate) struct Summary<'a> {
    pub(crate) tables: &'a Tables,
    pub(crate) settings: &'a Settings,
    pub(crate) ranked: Option<Ranked>,
    /// Where bad rows were put.
    pub(crate) rejects: Option<&'a Path>,
}

/// What was ranked.
pub(crate) struct Ranked {
    pub(crate) counts: Counts,
    pub(crate) anchors: usize,
    pub(crate) top: u32,
    pub(crate) is_for_events: bool,
}

/// Wide enough for the longest subject and a space.
const SUBJECT: usize = 9;

impl Summary<'_> {
    /// Prints the summary, set off from results on the same terminal.
    pub(crate) fn print(&self) {
        if console::Term::stdout().is_term() {
            eprintln!();
        }
        eprint!("{}", self.to_text(Terminal::of_stderr()));
    }

    fn to_text(&self, terminal: Terminal) -> String {
        let mut page = Page::new(terminal);
        let mut last = "";
        for (subject, text) in self.lines() {
            let shown = if subject == last { "" } else { subject };
            page.paragraph(&[(BOLD, format!("{shown:SUBJECT$}"))], &clean(&text));
            last = subject;
        }
        page.finish()
    }

    /// Returns subjects and what there is to say about them.
    fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = vec![("read", self.read())];
        lines.extend(self.ranked.as_ref().map(|ranked| ("ranked", ranked.to_text())));
        lines.extend(self.rejected().map(|text| ("rejected", text)));
        lines.extend(self.strangers().map(|text| ("insights", text)));
        lines.extend(self.tables.files.iter().filter_map(ignored::text).map(|text| ("ignored", text)));
        lines.extend(labels::texts(self.tables).into_iter().map(|text| ("labels", text)));
        lines.extend(unknown::texts(self.tables, self.settings).into_iter().map(|text| ("unknown", text)));
        lines
    }

    fn read(&self) -> String {
        let files = self.tables.files.iter().map(|file| {
            let (one, many) = match file.table {
                TableName::Sponsors => ("sponsor", "sponsors"),
                TableName::Events => ("event", "events"),
                TableName::Insights => ("insight", "insights"),
                TableName::Names => ("name", "names"),
            };
            counted(file.rows as u64, one, many)
        });
        let read = files.collect::<Vec<_>>().join(", ");
        match self.tables.files.first() {
            Some(file) if file.is_bundled => format!("{read} (the bundled catalog)"),
            Some(_) => read,
            None => "no rows".to_owned(),
        }
    }

    fn rejected(&self) -> Option<String> {
        let rows = self.tables.problems.rows();
        let count = counted(rows as u64, "bad row", "bad rows");
        match self.rejects {
            _ if rows == 0 => None,
            Some(path) => Some(format!("{count}, put aside in {}", path.display())),
            None => Some(count),
        }
    }

    fn strangers(&self) -> Option<String> {
        let count = self.tables.strangers as u64;
        let rows = counted(count, "row is about an event that was", "rows are about events that were");
        (count > 0).then(|| format!("{rows} not read: ignored"))
    }
}

impl Ranked {
    fn to_text(&self) -> String {
        let Self { counts, anchors, top, is_for_events } = self;
        let (sponsor, event) = (("sponsor", "sponsors"), ("event", "events"));
        let ((other, others), (anchor, many)) =
            if *is_for_events { (sponsor, event) } else { (event, sponsor) };
        let pairs = counted(counts.pairs, "pair", "pairs");
        let anchors = counted(*anchors as u64, anchor, many);
        let best = match top {
            1 => format!("best {other}"),
            _ => format!("best {} {others}", grouped(u64::from(*top))),
        };
        let mut parts = vec![format!("{pairs} for the {best} of {anchors}")];
        if counts.without_score > 0 {
            parts.push(format!("{} without a score, too little is known", grouped(counts.without_score)));
        }
        if counts.ruled_out > 0 {
            parts.push(format!("{} ruled out", grouped(counts.ruled_out)));
        }
        if counts.near_misses > 0 {
            parts.push(format!("{} of them by one rule only", grouped(counts.near_misses)));
        }
        parts.join("; ")
    }
}
