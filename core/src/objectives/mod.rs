//! How alike the objectives of a sponsor and an event are.

mod baseline;
mod embedding;
mod keywords;

pub use baseline::NoSimilarity;
pub use embedding::EmbeddingSimilarity;
pub(crate) use embedding::{cosine_of, norm};
pub use keywords::KeywordsSimilarity;

use crate::error::{Error, ErrorKind};
use crate::model::{Embedding, Event, SponsorProfile, UnitInterval};

/// Refuses an embedding of another length than the configured one, where one is configured.
///
/// # Errors
/// [`ErrorKind::DimensionMismatch`] at `objectives_embedding`.
///
/// # Examples
/// ```
/// let three: sponsorfit::Embedding = serde_json::from_str("[1, 2, 3]")?;
/// assert!(sponsorfit::check_dimension(Some(3), Some(&three)).is_ok());
/// assert_eq!(sponsorfit::check_dimension(Some(2), Some(&three)).unwrap_err().path(), "objectives_embedding");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn check_dimension(configured: Option<u32>, embedding: Option<&Embedding>) -> Result<(), Error> {
    match (configured, embedding) {
        (Some(dimension), Some(embedding)) if usize::try_from(dimension) != Ok(embedding.dimension()) => {
            let components = embedding.dimension();
            let message = format!("{components} components are not {dimension}, the configured dimension");
            Err(Error::new(ErrorKind::DimensionMismatch, message).within("objectives_embedding"))
        }
        _ => Ok(()),
    }
}

/// Compares what a sponsor and an event want to achieve.
///
/// Three implementations come with the crate and are chosen by the
/// configuration: [`NoSimilarity`], [`KeywordsSimilarity`] and
/// [`EmbeddingSimilarity`]. Your own is given to
/// [`Scorer::with_objectives`](crate::Scorer::with_objectives). It must answer
/// the same for the same rows, or rankings contradict themselves.
///
/// # Examples
/// An implementation that looks answers up in a table of your own:
/// ```
/// use std::collections::BTreeMap;
/// use std::sync::Arc;
/// use sponsorfit::{
///     Event, EventId, ObjectivesSimilarity, Scorer, ScoringConfig, SponsorId, SponsorProfile, UnitInterval,
/// };
///
/// struct Judged(BTreeMap<(SponsorId, EventId), UnitInterval>);
///
/// impl ObjectivesSimilarity for Judged {
///     fn similarity(&self, sponsor: &SponsorProfile, event: &Event) -> Option<UnitInterval> {
///         self.0.get(&(sponsor.sponsor_id, event.event_id)).copied()
///     }
///
///     fn id(&self) -> &str {
///         "judged-2026-11"
///     }
/// }
///
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let judged = Judged([((sponsor.sponsor_id, event.event_id), UnitInterval::ONE)].into());
///
/// let scorer = Scorer::new(ScoringConfig::default())?.with_objectives(Arc::new(judged));
/// let score = scorer.score(&sponsor, &event, None)?;
/// assert_eq!(score.overlap_metrics.objectives_similarity, Some(UnitInterval::ONE));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub trait ObjectivesSimilarity: Send + Sync {
    /// Returns the similarity, 0 to 1, or `None` when it is unknown.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, NoSimilarity, ObjectivesSimilarity, SponsorId, SponsorProfile};
    ///
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// assert_eq!(NoSimilarity.similarity(&sponsor, &event), None);
    /// ```
    fn similarity(&self, sponsor: &SponsorProfile, event: &Event) -> Option<UnitInterval>;

    /// Returns the name that enters the configuration's fingerprint.
    ///
    /// It should change whenever the answers do.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{NoSimilarity, ObjectivesSimilarity};
    ///
    /// assert_eq!(NoSimilarity.id(), "none");
    /// ```
    fn id(&self) -> &str;
}
