//! What scoring one pair gives: the columns of `sponsorship_matches`.

use serde::Serialize;

use crate::error::{Error, ErrorKind};
use crate::factors::{Leaf, LeafSet};
use crate::fold::{Folded, NoScore};
use crate::model::{EventId, SponsorId, UnitInterval};
use crate::small::decimal::{four_places, plain};

/// How well a sponsor and an event fit, how sure that is, and what is unknown.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Leaf, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
///
/// let nothing_known = scorer.score(&sponsor, &event, None)?;
/// assert_eq!(nothing_known.score.get(), 0.425);
/// assert_eq!((nothing_known.lower.get(), nothing_known.upper.get()), (0.0, 1.0));
/// assert!(nothing_known.unknown.contains(Leaf::BudgetFit));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MatchScore {
    /// The event of the pair.
    pub event_id: EventId,
    /// The sponsor of the pair.
    pub sponsor_id: SponsorId,
    /// The fit, 0 to 1.
    pub score: UnitInterval,
    /// What each factor was worth.
    pub overlap_metrics: OverlapMetrics,
    /// The share of the formula's weight that rests on known facts, 0 to 1.
    pub coverage: UnitInterval,
    /// The score if every unknown turned out worst.
    pub lower: UnitInterval,
    /// The score if every unknown turned out best.
    pub upper: UnitInterval,
    /// The facts that were unknown.
    pub unknown: LeafSet,
}

/// The values that entered a score; `None` was left out.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let metrics = scorer.score(&sponsor, &event, None)?.overlap_metrics;
/// assert_eq!(
///     serde_json::to_string(&metrics).unwrap(),
///     r#"{"budget_fit":0.5,"audience_overlap":{"categories":0.5,"geo":0.5},"geo_fit":0.5,"engagement_quality":0.0,"objectives_similarity":0.5}"#,
/// );
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OverlapMetrics {
    /// Whether the sponsor can afford it.
    pub budget_fit: Option<UnitInterval>,
    /// The two parts of the audience overlap.
    pub audience_overlap: AudienceOverlap,
    /// Whether the audience is where the sponsor wants to be seen.
    pub geo_fit: Option<UnitInterval>,
    /// Whether the audience took part.
    pub engagement_quality: Option<UnitInterval>,
    /// Whether both want the same.
    pub objectives_similarity: Option<UnitInterval>,
}

/// The two parts of `audience_overlap`.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile, UnitInterval};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// sponsor.preferred_categories = ["music"].into_iter().collect();
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// event.categories = ["Music"].into_iter().collect();
/// let overlap = scorer.score(&sponsor, &event, None)?.overlap_metrics.audience_overlap;
/// assert_eq!(overlap.categories, Some(UnitInterval::ONE));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AudienceOverlap {
    /// The overlap of categories.
    pub categories: Option<UnitInterval>,
    /// The overlap of regions.
    pub geo: Option<UnitInterval>,
}

impl MatchScore {
    #[allow(clippy::inline_always, reason = "arrays that pass through memory cost as much as their folds")]
    #[inline(always)]
    pub(crate) fn new(sponsor_id: SponsorId, event_id: EventId, folded: &Folded) -> Self {
        let value = |number: Option<f64>| number.map(UnitInterval::clamped);
        let [budget_fit, _, geo_fit, engagement_quality, objectives_similarity] = folded.factors.map(value);
        let leaf = |leaf: Leaf| value(folded.leaves[leaf as usize]);
        Self {
            event_id,
            sponsor_id,
            score: UnitInterval::clamped(folded.score),
            overlap_metrics: OverlapMetrics {
                budget_fit,
                audience_overlap: AudienceOverlap {
                    categories: leaf(Leaf::Categories),
                    geo: leaf(Leaf::Geo),
                },
                geo_fit,
                engagement_quality,
                objectives_similarity,
            },
            coverage: UnitInterval::clamped(folded.coverage),
            lower: UnitInterval::clamped(folded.lower),
            upper: UnitInterval::clamped(folded.upper),
            unknown: folded.unknown,
        }
    }

    /// Returns the score with four digits, for a column `numeric(5,4)`.
    ///
    /// The score's shortest decimal text is rounded half away from zero. Let no
    /// database do this from a float: Postgres goes through fifteen digits
    /// first, and rounds some scores twice.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// assert_eq!(scorer.score(&sponsor, &event, None)?.score_decimal(), "0.4250");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn score_decimal(&self) -> String {
        four_places(self.score.get())
    }
}

/// Too little is known for a score under this configuration.
///
/// Rankings leave such pairs out and report how many there were.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let config = ScoringConfig::from_json(r#"{"missing": {"policy": "renormalize"}}"#)?;
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let refusal = Scorer::new(config)?.score(&sponsor, &event, None).unwrap_err();
/// assert_eq!(refusal.missing.len(), 7);
/// assert_eq!(refusal.coverage.get(), 0.0);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[error("too little is known for a score: coverage {}, unknown {}", plain(coverage.get()), Paths(*.missing))]
#[non_exhaustive]
pub struct InsufficientData {
    /// The facts that are unknown.
    pub missing: LeafSet,
    /// The share of the formula's weight that rests on known facts, 0 to 1.
    pub coverage: UnitInterval,
}

impl From<NoScore> for InsufficientData {
    fn from(none: NoScore) -> Self {
        Self { missing: none.unknown, coverage: UnitInterval::clamped(none.coverage) }
    }
}

impl From<InsufficientData> for Error {
    fn from(refusal: InsufficientData) -> Self {
        Self::new(ErrorKind::InsufficientData, refusal.to_string())
    }
}

struct Paths(LeafSet);

impl std::fmt::Display for Paths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        for (index, leaf) in self.0.iter().enumerate() {
            write!(f, "{}`{}`", if index == 0 { "" } else { ", " }, leaf.path())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_what_is_unknown() {
        let missing = [Leaf::BudgetFit, Leaf::Geo].into_iter().collect();
        let refusal = InsufficientData { missing, coverage: UnitInterval::HALF };
        let error = Error::from(refusal);
        assert_eq!(error.code(), "insufficient_data");
        assert_eq!(
            error.to_string(),
            "too little is known for a score: coverage 0.5, unknown `budget_fit`, `audience_overlap.geo`"
        );
        let enough = InsufficientData { missing: LeafSet::default(), coverage: UnitInterval::ONE };
        assert!(enough.to_string().ends_with("unknown nothing"));
    }
}
