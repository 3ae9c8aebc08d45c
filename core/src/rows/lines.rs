//! Lines with something on them.

use super::piece::Piece;
use crate::read::Place;

/// Cuts text into its lines and skips blank ones.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    line: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self { rest: text, line: 0 }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        while !self.rest.is_empty() {
            let end = memchr::memchr(b'\n', self.rest).map_or(self.rest.len(), |at| at + 1);
            let (bytes, rest) = self.rest.split_at_checked(end)?;
            self.rest = rest;
            self.line += 1;
            if !bytes.trim_ascii_start().is_empty() {
                return Some(Piece { place: Place { line: self.line, column: 1 }, bytes });
            }
        }
        None
    }
}
