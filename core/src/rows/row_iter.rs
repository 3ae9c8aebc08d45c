//! The one loop over rows of text: parse, take in, or tell why not.

use super::intake::Intake;
use super::reader::Reader;
use super::report::{IgnoredField, Numbered, Reject, Rows};
use super::row::Row;
use super::text::Text;
use crate::read::known_fields;

impl Reader {
    /// Reads all rows.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, rows::Reader};
    ///
    /// let read = Reader::new().read::<Event>(b"id\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001\n");
    /// assert_eq!(read.rows[0].line, 2);
    /// ```
    pub fn read<T: Row>(self, bytes: &[u8]) -> Rows<T> {
        let mut iter = self.iter(bytes);
        let (mut rows, mut rejects) = (Vec::new(), Vec::new());
        for row in &mut iter {
            match row {
                Ok(row) => rows.push(row),
                Err(reject) => rejects.push(reject),
            }
        }
        Rows { rows, rejects, ignored: iter.ignored() }
    }

    /// Reads rows one by one, for files whose rows need not all be held.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, rows::Reader};
    ///
    /// let csv = b"id,titel\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001,Lantern Fair\n7,\n";
    /// let mut rows = Reader::new().iter::<Event>(csv);
    /// assert_eq!(rows.next().unwrap().unwrap().line, 2);
    /// assert_eq!(rows.next().unwrap().unwrap_err().line, 3);
    /// assert!(rows.next().is_none());
    /// assert_eq!(rows.ignored()[0].nearest, Some("title"));
    /// ```
    pub fn iter<T: Row>(self, bytes: &[u8]) -> RowIter<'_, T> {
        let source = Text::open(bytes, known_fields::<T>(&[]), T::ID_FIELD);
        let mut intake = Intake::numbered(self, "on line");
        source.unknown_columns().for_each(|name| intake.ignore_column(name));
        RowIter { source, intake }
    }
}

/// Rows one by one: good ones with their line, bad ones with what is wrong.
///
/// # Examples
/// ```
/// use sponsorfit::{SponsorProfile, rows::{Reader, RowIter}};
///
/// let rows: RowIter<SponsorProfile> = Reader::new().iter(b"[]");
/// assert_eq!(rows.count(), 0);
/// ```
#[derive(Debug)]
pub struct RowIter<'a, T: Row> {
    source: Text<'a>,
    intake: Intake<T>,
}

impl<T: Row> RowIter<'_, T> {
    /// Returns the fields that were ignored so far, by name.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{SponsorProfile, rows::Reader};
    ///
    /// let rows = Reader::new().iter::<SponsorProfile>(b"[]");
    /// assert!(rows.ignored().is_empty());
    /// ```
    pub fn ignored(&self) -> Vec<IgnoredField> {
        self.intake.ignored()
    }
}

impl<T: Row> Iterator for RowIter<'_, T> {
    type Item = Result<Numbered<T>, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, read) = self.source.next::<T>()?;
        Some(match self.intake.take(line, read) {
            Ok(row) => Ok(Numbered { line, row }),
            Err(problems) => {
                let row = self.source.raw(&problems);
                Err(Reject { line, problems, row })
            }
        })
    }
}
