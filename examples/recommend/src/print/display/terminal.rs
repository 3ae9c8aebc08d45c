//! What a terminal can show.

use std::ffi::OsStr;

/// How wide a line may be, and whether it may have colours.
///
/// # Examples
///
/// ```
/// use recommend::print::table::Terminal;
///
/// assert_eq!(Terminal::PLAIN.width, 80);
/// assert!(!Terminal::PLAIN.color);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Columns of a line, at least 1.
    pub width: usize,
    /// Whether escape sequences for colours are understood and wanted.
    pub color: bool,
}

impl Terminal {
    /// For files and pipes: 80 columns, no colours.
    pub const PLAIN: Self = Self { width: 80, color: false };

    /// Longer lines are hard to follow from the name to the number.
    const WIDEST: usize = 120;

    /// Returns what standard output is: its width and colours if it is a terminal, else
    /// [`PLAIN`](Self::PLAIN).
    ///
    /// `NO_COLOR` (<https://no-color.org>) and `TERM=dumb` turn colours off.
    ///
    /// # Examples
    ///
    /// ```
    /// use recommend::print::table::Terminal;
    ///
    /// assert!((1..=120).contains(&Terminal::of_stdout().width));
    /// ```
    pub fn of_stdout() -> Self {
        Self::of_stream(&console::Term::stdout())
    }

    /// Returns what standard error is, in the same way.
    ///
    /// # Examples
    ///
    /// ```
    /// use recommend::print::table::Terminal;
    ///
    /// assert!((1..=120).contains(&Terminal::of_stderr().width));
    /// ```
    pub fn of_stderr() -> Self {
        Self::of_stream(&console::Term::stderr())
    }

    fn of_stream(stream: &console::Term) -> Self {
        if !stream.is_term() {
            return Self::PLAIN;
        }
        let columns = stream.size_checked().map(|(_, columns)| columns);
        let (no_color, term) = (std::env::var_os("NO_COLOR"), std::env::var_os("TERM"));
        Self::of(columns, no_color.as_deref(), term.as_deref())
    }

    fn of(columns: Option<u16>, no_color: Option<&OsStr>, term: Option<&OsStr>) -> Self {
        let columns = columns.map(usize::from).filter(|&columns| columns > 0);
        let unwanted = no_color.is_some_and(|value| !value.is_empty());
        Self {
            width: columns.unwrap_or(Self::PLAIN.width).min(Self::WIDEST),
            color: !unwanted && term.is_none_or(|term| term != "dumb"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(columns: Option<u16>, no_color: Option<&str>, term: Option<&str>) -> (usize, bool) {
        let terminal = Terminal::of(columns, no_color.map(OsStr::new), term.map(OsStr::new));
        (terminal.width, terminal.color)
    }

    #[test]
    fn the_width_is_the_terminals_own_up_to_a_readable_one() {
        let width = |columns| of(columns, None, None).0;
        assert_eq!(width(Some(100)), 100);
        assert_eq!(width(Some(20)), 20);
        assert_eq!(width(Some(400)), 120);
        // Some pseudo-terminals say that they have no columns.
        assert_eq!(width(Some(0)), 80);
        assert_eq!(width(None), 80);
    }

    #[test]
    fn colors_can_be_refused() {
        let color = |no_color, term| of(None, no_color, term).1;
        assert!(color(None, None));
        assert!(color(None, Some("xterm-256color")));
        assert!(!color(Some("1"), Some("xterm-256color")));
        assert!(!color(None, Some("dumb")));
        // The convention asks for a value that is not empty.
        assert!(color(Some(""), Some("xterm")));
    }
}
