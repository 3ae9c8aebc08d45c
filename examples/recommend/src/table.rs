//! A ranked list as text that fits the terminal.
//!
//! ```text
//! Rooftop Sine Waves
//!  #  sponsor                           score                  range  coverage
//!  1  Velvetine Amplifiers              0.9107 █████████▏  0.86-0.96       90%
//!     + music, indie, electronic match; US  - objectives unknown
//! ```
//!
//! The width is that of the display, by Unicode's rules: `東` takes two columns and an
//! accent none. Names come from outside, so whatever in them could move the cursor, change
//! colours or turn the line around is made harmless first.

mod bar;
mod columns;
mod reasons;
mod terminal;
mod text;

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use columns::Columns;
pub use terminal::Terminal;
use text::{cell, clean, fit, width};

/// One anchor and what was ranked for it.
///
/// # Examples
///
/// See [`render`].
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The heading: the event whose sponsors follow, or the sponsor whose events do.
    pub anchor: String,
    /// What a row is, as the heading of the name column: `sponsor` or `event`.
    pub column: String,
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
    /// In 0..=1.
    pub score: f64,
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
/// use recommend::table::{Ranking, Row, Terminal, render};
///
/// let ranking = Ranking {
///     anchor: "Rooftop Sine Waves".into(),
///     column: "sponsor".into(),
///     rows: vec![Row {
///         rank: 1,
///         name: "Velvetine Amplifiers".into(),
///         score: 0.6469,
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
/// Rooftop Sine Waves
///  ##  sponsor           score                  range  coverage
///  1  Velvetine Ampli…  0.6469 ██████▌     0.60-0.70       90%
///     + music matches  - objectives unknown
/// "
/// );
/// ```
pub fn render(ranking: &Ranking, terminal: Terminal) -> String {
    let columns = Columns::of(ranking, terminal.width);
    let mut page = Page { terminal, text: String::new() };
    page.line(&[(BOLD, cell(&clean(&ranking.anchor), terminal.width))]);
    if ranking.rows.is_empty() {
        page.line(&[(DIMMED, format!("{}(none)", columns.indent()))]);
        return page.text;
    }
    page.line(&[(DIMMED, columns.header(&clean(&ranking.column)))]);
    for row in &ranking.rows {
        page.line(&columns.row(row));
        for line in reasons::lines(row, &columns.indent(), terminal.width) {
            page.line(&line);
        }
    }
    page.text
}

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIMMED: Style = Style::new().dimmed();
const BAR: Style = AnsiColor::Cyan.on_default();
const FOR: Style = AnsiColor::Green.on_default();
const AGAINST: Style = AnsiColor::Yellow.on_default();

/// A piece of a line in one style.
type Span = (Style, String);

/// Between two columns.
const GAP: &str = "  ";

/// The lines so far.
struct Page {
    terminal: Terminal,
    text: String,
}

impl Page {
    /// Adds a line, cut to the width: on a terminal of a few columns even the numbers
    /// do not fit, and a wrapped table is worse than a cut one.
    fn line(&mut self, spans: &[Span]) {
        let plain: String = spans.iter().map(|(_, text)| text.as_str()).collect();
        let plain = plain.trim_end_matches(' ');
        if !self.terminal.color || width(plain) > self.terminal.width {
            self.text += &fit(plain, self.terminal.width);
        } else {
            for (style, text) in spans {
                if *style == PLAIN || text.trim().is_empty() {
                    self.text += text;
                } else {
                    // Writing to a string cannot fail.
                    let _ = write!(self.text, "{style}{text}{style:#}");
                }
            }
        }
        self.text.push('\n');
    }
}
