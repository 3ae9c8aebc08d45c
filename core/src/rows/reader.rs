//! What rows are checked against beside their types.

use super::row::Row;
use crate::config::ScoringConfig;
use crate::error::Error;
use crate::objectives::check_dimension;

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
    /// [`ErrorKind::DimensionMismatch`](crate::ErrorKind::DimensionMismatch) at `objectives_embedding`.
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
}
