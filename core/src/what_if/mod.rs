//! What a score would be if some facts were different.

mod change;
mod improve;

use serde::Serialize;

pub use change::{Change, Side};
pub use improve::Improvement;

use crate::factors::Factor;
use crate::match_score::{InsufficientData, MatchScore};
use crate::model::{AudienceInsights, Event, SponsorProfile};
use crate::score::Scorer;

/// A score before and after named changes, and what each factor gained.
///
/// # Examples
/// ```
/// use sponsorfit::{Change, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// sponsor.regions = ["US"].into_iter().collect();
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// event.regions = ["CA"].into_iter().collect();
///
/// let what = scorer.what_if(&sponsor, &event, None, &[Change::AddRegion("CA".into())])?;
/// assert!(what.gain.unwrap() > 0.0);
/// assert_eq!(what.factors[2].gain, 0.15 * 0.5);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WhatIf {
    /// The changes, in the order they were made.
    pub changes: Vec<Change>,
    /// The score as it is; `None` when too little was known for one.
    pub before: Option<MatchScore>,
    /// The score after the changes.
    pub after: MatchScore,
    /// `after − before`; `None` without a score before.
    pub gain: Option<f64>,
    /// What each factor's contribution gained, in formula order.
    pub factors: Vec<FactorGain>,
}

/// One factor's contribution before and after changes.
///
/// # Examples
/// ```
/// use sponsorfit::{Change, Count, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let what = scorer.what_if(&sponsor, &event, None, &[Change::SetBudget(Some(Count::from(300_000)))])?;
/// assert_eq!((what.factors[0].before, what.factors[0].after), (0.25 * 0.5, 0.25 * 0.75));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FactorGain {
    /// The factor.
    pub factor: Factor,
    /// Its contribution as it is, 0 when left out or without a score.
    pub before: f64,
    /// Its contribution after the changes, 0 when left out.
    pub after: f64,
    /// `after − before`.
    pub gain: f64,
}

impl Scorer {
    /// Scores a pair as if named facts were different. The rows are not touched.
    ///
    /// Changes are made in order. A change of insights on an event that has
    /// none starts from insights that know nothing.
    ///
    /// # Errors
    /// [`InsufficientData`] when there is no score after the changes.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Change, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile, UnitInterval};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let engaged = Change::SetEngagementScore(Some(UnitInterval::ONE));
    /// let what = scorer.what_if(&sponsor, &event, None, &[engaged])?;
    /// assert_eq!(what.after.overlap_metrics.engagement_quality.unwrap().get(), 0.7);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn what_if<'a>(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: impl Into<Option<&'a AudienceInsights>>,
        changes: &[Change],
    ) -> Result<WhatIf, InsufficientData> {
        let insights = insights.into();
        let mut rows = change::Rows::of(sponsor, event, insights);
        for change in changes {
            rows.apply(change);
        }
        let before = self.folded(sponsor, event, insights).ok();
        let after = self.folded(&rows.sponsor, &rows.event, rows.insights.as_ref())?;
        let contribution = |folded: &crate::fold::Folded, factor: Factor| {
            let at = factor as usize;
            folded.factors[at].map_or(0.0, |value| folded.weights[at] * value)
        };
        let factors = Factor::ALL.map(|factor| {
            let before = before.as_ref().map_or(0.0, |folded| contribution(folded, factor));
            let after = contribution(&after, factor);
            FactorGain { factor, before, after, gain: after - before }
        });
        let score = |folded| MatchScore::new(sponsor.sponsor_id, event.event_id, folded);
        Ok(WhatIf {
            changes: changes.to_vec(),
            gain: before.as_ref().map(|before| after.score - before.score),
            before: before.as_ref().map(score),
            after: score(&after),
            factors: factors.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ScoringConfig;
    use crate::model::{EventId, SponsorId, UnitInterval};

    #[test]
    fn a_change_may_bring_the_first_score() {
        let config = ScoringConfig::from_json(r#"{"missing": {"policy": "renormalize"}}"#).unwrap();
        let scorer = Scorer::new(config).unwrap();
        let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
        let event = Event::new(EventId::from_bytes([2; 16]));
        assert!(scorer.what_if(&sponsor, &event, None, &[]).is_err());
        let engaged = Change::SetEngagementScore(Some(UnitInterval::HALF));
        let what = scorer.what_if(&sponsor, &event, None, &[engaged]).unwrap();
        assert_eq!((what.before, what.gain), (None, None));
        assert_eq!(what.after.score, UnitInterval::HALF);
        assert_eq!(what.factors[3].gain.to_bits(), 0.5_f64.to_bits());
    }

    #[test]
    fn no_change_gains_nothing() {
        let scorer = Scorer::new(ScoringConfig::default()).unwrap();
        let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
        let event = Event::new(EventId::from_bytes([2; 16]));
        let what = scorer.what_if(&sponsor, &event, None, &[]).unwrap();
        assert_eq!((what.gain, what.before), (Some(0.0), Some(what.after)));
        assert!(what.factors.iter().all(|factor| factor.gain == 0.0));
    }
}
