//! Lines in styles, none wider than the terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::Terminal;
use super::text::{fit, width, wrap};

pub(crate) const PLAIN: Style = Style::new();
pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIMMED: Style = Style::new().dimmed();
pub(crate) const BAR: Style = AnsiColor::Cyan.on_default();
pub(crate) const FOR: Style = AnsiColor::Green.on_default();
pub(crate) const AGAINST: Style = AnsiColor::Yellow.on_default();

/// A piece of a line in one style.
pub(crate) type Span = (Style, String);

/// The lines so far.
pub(crate) struct Page {
    terminal: Terminal,
    text: String,
}

impl Page {
    pub(crate) fn new(terminal: Terminal) -> Self {
        Self { terminal, text: String::new() }
    }

    /// Adds a line, cut to the width: on a terminal of a few columns even the numbers
    /// do not fit, and a wrapped table is worse than a cut one.
    pub(crate) fn line(&mut self, spans: &[Span]) {
        let plain: String = spans.iter().map(|(_, text)| text.as_str()).collect();
        if !self.terminal.color || width(&plain) > self.terminal.width {
            self.text += &fit(plain.trim_end_matches(' '), self.terminal.width);
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

    /// Adds text in as many lines as it needs, each set in as far as the end of `mark`.
    pub(crate) fn paragraph(&mut self, mark: &[Span], text: &str) {
        let set_in: usize = mark.iter().map(|(_, text)| width(text)).sum();
        let room = self.terminal.width.saturating_sub(set_in);
        let mut mark = mark.to_vec();
        for line in wrap(text, room) {
            mark.push((PLAIN, line));
            self.line(&mark);
            mark = vec![(PLAIN, " ".repeat(set_in))];
        }
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}
