//! What was read and ranked, and what in the rows deserves a look: a few lines on
//! standard error.

mod ignored;
mod labels;
mod unknown;

use std::path::Path;

use crate::print::display::page::{BOLD, Page};
use crate::print::display::text::clean;
use crate::print::display::{Terminal, counted, grouped};
use crate::rank::Counts;
use crate::read::load::{TableName, Tables};
use crate::read::settings::Settings;

/// What there is to say about the rows: it is made before they move into a catalog.
pub(crate) struct Summary {
    read: String,
    /// Subjects and what there is to say about them.
    rows: Vec<(&'static str, String)>,
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

impl Summary {
    /// Looks at every row; `rejects` is where bad rows were put.
    pub(crate) fn of(tables: &Tables, settings: &Settings, rejects: Option<&Path>) -> Self {
        let mut rows = Vec::new();
        rows.extend(rejected(tables, rejects).map(|text| ("rejected", text)));
        rows.extend(strangers(tables).map(|text| ("insights", text)));
        rows.extend(tables.files.iter().filter_map(ignored::text).map(|text| ("ignored", text)));
        rows.extend(labels::texts(tables).into_iter().map(|text| ("labels", text)));
        rows.extend(unknown::texts(tables, settings).into_iter().map(|text| ("unknown", text)));
        Self { read: read(tables), rows }
    }

    /// Prints the summary, set off from results on the same terminal.
    pub(crate) fn print(&self, ranked: Option<&Ranked>) {
        if console::Term::stdout().is_term() {
            eprintln!();
        }
        eprint!("{}", self.to_text(ranked, Terminal::of_stderr()));
    }

    fn to_text(&self, ranked: Option<&Ranked>, terminal: Terminal) -> String {
        let mut page = Page::new(terminal);
        let mut last = "";
        let ranked = ranked.map(|ranked| ("ranked", ranked.to_text()));
        let lines = std::iter::once(("read", &self.read));
        let lines = lines.chain(ranked.iter().map(|(subject, text)| (*subject, text)));
        for (subject, text) in lines.chain(self.rows.iter().map(|(subject, text)| (*subject, text))) {
            let shown = if subject == last { "" } else { subject };
            page.paragraph(&[(BOLD, format!("{shown:SUBJECT$}"))], &clean(text));
            last = subject;
        }
        page.finish()
    }
}

fn read(tables: &Tables) -> String {
    let files = tables.files.iter().map(|file| {
        let (one, many) = match file.table {
            TableName::Sponsors => ("sponsor", "sponsors"),
            TableName::Events => ("event", "events"),
            TableName::Insights => ("insight", "insights"),
            TableName::Names => ("name", "names"),
        };
        counted(file.rows as u64, one, many)
    });
    let read = files.collect::<Vec<_>>().join(", ");
    match tables.files.first() {
        Some(file) if file.is_bundled => format!("{read} (the bundled catalog)"),
        Some(_) => read,
        None => "no rows".to_owned(),
    }
}

fn rejected(tables: &Tables, rejects: Option<&Path>) -> Option<String> {
    let rows = tables.problems.rows();
    let count = counted(rows as u64, "bad row", "bad rows");
    match rejects {
        _ if rows == 0 => None,
        Some(path) => Some(format!("{count}, put aside in {}", path.display())),
        None => Some(count),
    }
}

fn strangers(tables: &Tables) -> Option<String> {
    let count = tables.strangers as u64;
    let rows = counted(count, "row is about an event that was", "rows are about events that were");
    (count > 0).then(|| format!("{rows} not read: ignored"))
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
        match counts.ruled_out {
            None => parts.push("rules were asked only about the best: too many pairs to count".to_owned()),
            Some(0) => {}
            Some(ruled_out) => parts.push(format!("{} ruled out", grouped(ruled_out))),
        }
        if counts.near_misses > 0 {
            parts.push(format!("{} of them by one rule only", grouped(counts.near_misses)));
        }
        parts.join("; ")
    }
}
