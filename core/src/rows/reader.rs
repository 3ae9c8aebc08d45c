//! The one loop over rows: parse, check the embedding, check for repeats.

use super::intake::Intake;
use super::report::{IgnoredField, Numbered, Reject, Rows};
use super::row::Row;
use super::text::Text;
use crate::config::ScoringConfig;
use crate::error::Error;
use crate::objectives::check_dimension;
use crate::read::known_fields;

/// Reads rows, and holds what they are checked against beside their types.
///
/// # Examples
/// ```
/// use sponsorfit::{ScoringConfig, rows::Reader};
///
/// let config = ScoringConfig::from_json(r#"{"objectives": {"kind": "embedding", "dimension": 3}}"#)?;
/// let json = br#"{"sponsor_id": "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b001", "objectives_embedding": [0.6, 0.8]}"#;
/// let read = Reader::for_config(&config).read::<sponsorfit::SponsorProfile>(json);
/// assert_eq!(read.rejects[0].problems[0].to_string(), "objectives_embedding: 2 components are not 3, the configured dimension");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    embedding_dimension: Option<u32>,
}

impl Reader {
    /// Returns a reader that takes embeddings of any dimension.
    ///
    /// # Examples
    /// ```
    /// let read = sponsorfit::rows::Reader::new().read::<sponsorfit::Event>(b"[]");
    /// assert!(read.rows.is_empty() && read.rejects.is_empty());
    /// ```
    pub const fn new() -> Self {
        Self { embedding_dimension: None }
    }

    /// Returns a reader that takes what a configuration can score.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{ScoringConfig, rows::Reader};
    ///
    /// assert_eq!(Reader::for_config(&ScoringConfig::default()), Reader::new());
    /// ```
    pub const fn for_config(config: &ScoringConfig) -> Self {
        Self { embedding_dimension: config.objectives.dimension() }
    }

    /// Refuses embeddings of another dimension.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, rows::Reader};
    ///
    /// let json = br#"{"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "objectives_embedding": [1]}"#;
    /// let read = Reader::new().embedding_dimension(2).read::<Event>(json);
    /// assert_eq!(read.rejects[0].problems[0].code(), "dimension_mismatch");
    /// ```
    #[must_use]
    pub const fn embedding_dimension(self, dimension: u32) -> Self {
        Self { embedding_dimension: Some(dimension) }
    }

    /// Checks a row that was read elsewhere: its embedding has the configured dimension.
    ///
    /// # Errors
    /// [`ErrorKind::DimensionMismatch`] at `objectives_embedding`.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Embedding, SponsorId, SponsorProfile, rows::Reader};
    ///
    /// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// sponsor.objectives_embedding = Some(Embedding::new(&[0.5, 0.5])?);
    /// assert!(Reader::new().embedding_dimension(3).check(&sponsor).is_err());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn check<T: Row>(self, row: &T) -> Result<(), Error> {
        check_dimension(self.embedding_dimension, row.embedding())
    }

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
