//! Why a score is what it is: rows that add up to it, and the facts behind each.

mod evidence;
mod reasons;

use serde::Serialize;

pub use evidence::{Evidence, RegionVisitors};
pub use reasons::{Reason, Verdict};

use crate::config::MissingPolicy;
use crate::factors::{Factor, Leaf};
use crate::fold::Folded;
use crate::match_score::{InsufficientData, MatchScore};
use crate::model::{AudienceInsights, Event, SponsorProfile, UnitInterval};
use crate::score::Scorer;

/// A score with its reasons.
///
/// The contributions of [`Explanation::factors`], folded left to right and
/// clamped, are the score to the last bit; the contributions of a row's
/// children fold to the row's value in the same way.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// sponsor.preferred_categories = ["music", "food"].into_iter().collect();
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// event.categories = ["Music"].into_iter().collect();
///
/// let why = scorer.explain(&sponsor, &event, None)?;
/// let folded = why.factors.iter().fold(0.0, |sum, row| sum + row.contribution);
/// assert_eq!(folded, why.score.score.get());
/// assert_eq!(why.reasons[1].text, "1 of 2 preferred categories matches: music; not food.");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Explanation {
    /// The score that is explained.
    #[serde(flatten)]
    pub score: MatchScore,
    /// One row a factor, in formula order.
    pub factors: Vec<FactorRow>,
    /// The whole in one sentence.
    pub summary: String,
    /// What speaks for and against the match, in formula order.
    pub reasons: Vec<Reason>,
}

/// One factor's part in a score.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Factor, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let budget = &scorer.explain(&sponsor, &event, None)?.factors[0];
/// assert_eq!((budget.factor, budget.known, budget.contribution), (Factor::BudgetFit, false, 0.25 * 0.5));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FactorRow {
    /// The factor.
    pub factor: Factor,
    /// What entered the score, 0 to 1; `None` when it was left out.
    pub value: Option<UnitInterval>,
    /// Whether any of its leaves is known.
    pub known: bool,
    /// The effective weight: scaled under `renormalize`, 0 when left out.
    pub weight: f64,
    /// The weight in the configuration.
    pub configured_weight: f64,
    /// `weight · value`, and 0 when left out.
    pub contribution: f64,
    /// The facts behind it; `None` for a blend, whose children have theirs.
    pub evidence: Option<Evidence>,
    /// The parts of a blend.
    pub children: Vec<LeafRow>,
}

/// One part of a blended factor.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Leaf, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let overlap = &scorer.explain(&sponsor, &event, None)?.factors[1];
/// assert_eq!((overlap.children[0].leaf, overlap.children[0].weight), (Leaf::Categories, 0.6));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LeafRow {
    /// The leaf.
    pub leaf: Leaf,
    /// What entered the blend, 0 to 1; `None` when it was left out.
    pub value: Option<UnitInterval>,
    /// Whether it is known.
    pub known: bool,
    /// The effective share in the blend: 1 when the other part was left out.
    pub weight: f64,
    /// The share in the configuration.
    pub configured_weight: f64,
    /// `weight · value`, and 0 when left out.
    pub contribution: f64,
    /// The facts behind it.
    pub evidence: Option<Evidence>,
}

impl Scorer {
    /// Scores a pair and says why.
    ///
    /// # Errors
    /// [`InsufficientData`], exactly when [`Scorer::score`] gives it.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let why = scorer.explain(&sponsor, &event, None)?;
    /// assert_eq!(why.score, scorer.score(&sponsor, &event, None)?);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn explain<'a>(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: impl Into<Option<&'a AudienceInsights>>,
    ) -> Result<Explanation, InsufficientData> {
        let insights = insights.into();
        let folded = self.folded(sponsor, event, insights)?;
        let evidence = |leaf: Leaf| Evidence::of(leaf, self, sponsor, event, insights);
        let factors = factor_rows(self, &folded, &evidence);
        let score = MatchScore::new(sponsor.sponsor_id, event.event_id, &folded);
        let summary = reasons::summary(&score);
        let reasons = reasons::reasons(&factors, self.config().geo_reading);
        Ok(Explanation { score, factors, summary, reasons })
    }
}

fn factor_rows(scorer: &Scorer, folded: &Folded, evidence: &impl Fn(Leaf) -> Evidence) -> Vec<FactorRow> {
    let plan = scorer.plan();
    let configured = Factor::ALL.into_iter().zip(plan.weights);
    let entered = folded.factors.into_iter().zip(folded.weights);
    configured
        .zip(entered)
        .map(|((factor, configured_weight), (value, weight))| {
            let (known, evidence, children) = match factor {
                Factor::AudienceOverlap => {
                    let children = leaf_rows(
                        scorer,
                        folded,
                        [Leaf::Categories, Leaf::Geo],
                        plan.audience_blend,
                        evidence,
                    );
                    (children.iter().any(|row| row.known), None, children)
                }
                Factor::EngagementQuality => {
                    let leaves = [Leaf::EngagementScore, Leaf::TicketConversionRate];
                    let children = leaf_rows(scorer, folded, leaves, plan.engagement_blend, evidence);
                    (children.iter().any(|row| row.known), None, children)
                }
                Factor::BudgetFit => whole(folded, Leaf::BudgetFit, evidence),
                Factor::GeoFit => whole(folded, Leaf::GeoFit, evidence),
                Factor::ObjectivesSimilarity => whole(folded, Leaf::ObjectivesSimilarity, evidence),
            };
            FactorRow {
                factor,
                value: value.map(UnitInterval::clamped),
                known,
                weight,
                configured_weight,
                contribution: value.map_or(0.0, |value| weight * value),
                evidence,
                children,
            }
        })
        .collect()
}

/// Describes a factor that is one leaf.
fn whole(
    folded: &Folded,
    leaf: Leaf,
    evidence: &impl Fn(Leaf) -> Evidence,
) -> (bool, Option<Evidence>, Vec<LeafRow>) {
    (!folded.unknown.contains(leaf), Some(evidence(leaf)), Vec::new())
}

/// Describes the two parts of a blend.
fn leaf_rows(
    scorer: &Scorer,
    folded: &Folded,
    leaves: [Leaf; 2],
    shares: [f64; 2],
    evidence: &impl Fn(Leaf) -> Evidence,
) -> Vec<LeafRow> {
    let values = leaves.map(|leaf| folded.leaves[leaf as usize]);
    let renormalized = scorer.config().missing.policy == MissingPolicy::Renormalize;
    let effective = match values {
        [Some(_), None] if renormalized => [1.0, 0.0],
        [None, Some(_)] if renormalized => [0.0, 1.0],
        [None, None] => [0.0, 0.0],
        _ => shares,
    };
    let shares = shares.into_iter().zip(effective);
    leaves
        .into_iter()
        .zip(values)
        .zip(shares)
        .map(|((leaf, value), (configured_weight, weight))| LeafRow {
            leaf,
            value: value.map(UnitInterval::clamped),
            known: !folded.unknown.contains(leaf),
            weight,
            configured_weight,
            contribution: value.map_or(0.0, |value| weight * value),
            evidence: Some(evidence(leaf)),
        })
        .collect()
}
