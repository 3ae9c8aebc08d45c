//! A ranked list as text that fits the terminal.
//!
//! ```text
//! Rooftop Sine Waves  Austin, US · 2027-03-12
//!  #  sponsor                           score                  range  coverage
//!  1  Velvetine Amplifiers              0.9107 █████████▏  0.86-0.96       90%
//!     + 3 of 3 categories: electronic, indie, music  - budget unknown
//! ```
//!
//! The width is that of the display, by Unicode's rules: `東` takes two columns and an
//! accent none. Names come from outside, so whatever in them could move the cursor, change
//! colours or turn the line around is made harmless first.

mod columns;
mod reasons;

use columns::Columns;

pub use crate::print::display::Terminal;
use crate::print::display::page::{BOLD, DIMMED, Page, Span};
use crate::print::display::text::{cell, clean, width};

/// One anchor and what was ranked for it.
///
/// # Examples
///
/// See [`render`].
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The heading: the event whose sponsors follow, or the sponsor whose events do.
    pub anchor: String,
    /// What helps to recognise it, beside the heading where there is room.
    pub note: String,
    /// What a row is, as the heading of the name column: `sponsor` or `event`.
    pub column: String,
    /// Whether each reason has lines of its own, rather than as many as fit on one.
    pub full: bool,
    /// From the best.
    pub rows: Vec<Row>,
}

/// One line of a ranking, with its reasons.
///
/// # Examples
///
/// See [`render`].
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// From 1.
    pub rank: usize,
    /// The name, as it was read.
    pub name: String,
    /// In 0..=1, drawn as a bar.
    pub score: f64,
    /// The score in digits, rounded as it is stored.
    pub decimal: String,
    /// The score if everything unknown were at its worst.
    pub lower: f64,
    /// The score if everything unknown were at its best.
    pub upper: f64,
    /// The share of the weights whose value is known, in 0..=1.
    pub coverage: f64,
    /// What raises the score, the strongest first.
    pub reasons_for: Vec<String>,
    /// What lowers it or is unknown, the strongest first.
    pub reasons_against: Vec<String>,
}

/// Returns a ranking as lines, each ending in a newline and none wider than the terminal.
///
/// # Examples
///
/// ```
/// use recommend::print::table::{Ranking, Row, Terminal, render};
///
/// let ranking = Ranking {
///     anchor: "Rooftop Sine Waves".into(),
///     note: "Austin, US".into(),
///     column: "sponsor".into(),
///     full: false,
///     rows: vec![Row {
///         rank: 1,
///         name: "Velvetine Amplifiers".into(),
///         score: 0.6469,
///         decimal: "0.6469".into(),
///         lower: 0.5969,
///         upper: 0.6969,
///         coverage: 0.9,
///         reasons_for: vec!["music matches".into()],
///         reasons_against: vec!["objectives unknown".into()],
///     }],
/// };
/// let narrow = Terminal { width: 60, color: false };
/// assert_eq!(
///     render(&ranking, narrow),
///     "\
/// Rooftop Sine Waves  Austin, US
///  ##  sponsor           score                  range  coverage
///  1  Velvetine Ampli…  0.6469 ██████▌     0.60-0.70       90%
///     + music matches  - objectives unknown
/// "
/// );
/// ```
pub fn render(ranking: &Ranking, terminal: Terminal) -> String {
    let columns = Columns::of(ranking, terminal.width);
    let mut page = Page::new(terminal);
    page.line(&heading(ranking, terminal.width));
    if ranking.rows.is_empty() {
        page.line(&[(DIMMED, format!("{}(none)", columns.indent()))]);
        return page.finish();
    }
    page.line(&[(DIMMED, columns.header(&clean(&ranking.column)))]);
    for row in &ranking.rows {
        page.line(&columns.row(row));
        if ranking.full {
            reasons::all(&mut page, row, &columns.indent());
            continue;
        }
        for line in reasons::strongest(row, &columns.indent(), terminal.width) {
            page.line(&line);
        }
    }
    page.finish()
}

/// The name, and as much of the note as there is room for.
fn heading(ranking: &Ranking, limit: usize) -> Vec<Span> {
    let name = cell(&clean(&ranking.anchor), limit);
    let room = limit.saturating_sub(width(&name) + GAP.len());
    let note = cell(&clean(&ranking.note), room);
    if note.is_empty() {
        return vec![(BOLD, name)];
    }
    vec![(BOLD, name), (DIMMED, format!("{GAP}{note}"))]
}

/// Between two columns.
const GAP: &str = "  ";
