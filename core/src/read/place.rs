//! Lines and columns.

/// A line and a column in bytes, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: u64,
    pub(crate) column: u64,
}

impl Place {
    /// The first byte of a text.
    pub(crate) const START: Self = Self { line: 1, column: 1 };

    /// Returns the place behind `bytes`, which begin here.
    #[cfg(feature = "rows")]
    pub(crate) fn after(self, bytes: &[u8]) -> Self {
        match memchr::memrchr(b'\n', bytes) {
            None => Self { column: self.column + bytes.len() as u64, ..self },
            Some(last) => {
                let lines = memchr::memchr_iter(b'\n', bytes).count();
                Self { line: self.line + lines as u64, column: (bytes.len() - last) as u64 }
            }
        }
    }

    /// Returns the place that a text which begins here calls `line` and `column`.
    pub(super) fn of(self, line: usize, column: usize) -> Self {
        match line {
            0 | 1 => Self { column: self.column + column.saturating_sub(1) as u64, ..self },
            _ => Self { line: self.line + (line - 1) as u64, column: column as u64 },
        }
    }

    /// Returns how a message about the row at `row` names this place.
    pub(crate) fn seen_from(self, row: Self) -> String {
        match self {
            Self { line, column } if line == row.line => format!(" at column {column}"),
            Self { line, column } => format!(" at line {line} column {column}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "rows")]
    #[test]
    fn places_move_with_the_text() {
        let middle = Place { line: 3, column: 5 };
        assert_eq!(middle.after(b""), middle);
        assert_eq!(middle.after(b"ab"), Place { line: 3, column: 7 });
        assert_eq!(middle.after(b"ab\n"), Place { line: 4, column: 1 });
        assert_eq!(middle.after(b"\n\nab"), Place { line: 5, column: 3 });
        assert_eq!(middle.of(1, 2), Place { line: 3, column: 6 });
        assert_eq!(middle.of(2, 2), Place { line: 4, column: 2 });
    }

    #[test]
    fn the_line_is_named_where_it_is_another() {
        let row = Place { line: 3, column: 5 };
        assert_eq!(row.of(1, 2).seen_from(row), " at column 6");
        assert_eq!(row.of(2, 2).seen_from(row), " at line 4 column 2");
    }
}
