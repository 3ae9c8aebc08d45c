//! What the rules say of a pair: names, outcomes and reasons.

use std::fmt;

use serde::Serialize;

use super::OnUnknown;
use crate::model::{EventId, SponsorId, UnitInterval};

/// One of the rules, in the order they are asked.
///
/// # Examples
/// ```
/// assert_eq!(sponsorfit::Rule::PriceCeiling.to_string(), "price_ceiling");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// No event in a category that the sponsor excludes.
    ExcludedCategories,
    /// The pair is not blocked by name.
    BlockedPairs,
    /// No second sponsor of the same kind at an event.
    Exclusivity,
    /// At least one region in common.
    RegionRequired,
    /// The cheapest package costs no more than the budget.
    PriceCeiling,
    /// The event begins within the window.
    DateWindow,
}

impl Rule {
    /// Returns the name used in the rules' JSON.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Rule::DateWindow.name(), "date_window");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExcludedCategories => "excluded_categories",
            Self::BlockedPairs => "blocked_pairs",
            Self::Exclusivity => "exclusivity",
            Self::RegionRequired => "region_required",
            Self::PriceCeiling => "price_ceiling",
            Self::DateWindow => "date_window",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a rule says of a pair.
///
/// # Examples
/// ```
/// assert_eq!(serde_json::to_string(&sponsorfit::Outcome::Pass)?, "\"pass\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The rule holds.
    Pass,
    /// The rule does not hold.
    Fail,
    /// The facts do not tell.
    Unknown,
}

/// One rule's answer about a pair.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Outcome, Rules, SponsorId, SponsorProfile};
///
/// let rules = Rules { price_ceiling: true, ..Rules::default() };
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let verdict = &rules.check(&sponsor, &event, None).verdicts[0];
/// assert_eq!((verdict.outcome, verdict.reason.as_str()), (Outcome::Unknown, "the sponsor's budget is unknown"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RuleVerdict {
    /// The rule.
    pub rule: Rule,
    /// What it says.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
}

/// What all rules that are set say of a pair.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Rules, SponsorId, SponsorProfile};
///
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let eligibility = Rules::default().check(&sponsor, &event, None);
/// assert!(eligibility.is_eligible() && eligibility.verdicts.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Eligibility {
    /// The answers, in the order of the rules.
    pub verdicts: Vec<RuleVerdict>,
    pub(super) on_unknown: OnUnknown,
}

impl Eligibility {
    /// Returns whether the pair may be ranked.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, OnUnknown, Rules, SponsorId, SponsorProfile};
    ///
    /// let rules = Rules { region_required: true, on_unknown: OnUnknown::Drop, ..Rules::default() };
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// assert!(!rules.check(&sponsor, &event, None).is_eligible());
    /// ```
    pub fn is_eligible(&self) -> bool {
        self.against().next().is_none()
    }

    /// Returns the answers that keep the pair from being ranked.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, Rule, Rules, SponsorId, SponsorProfile};
    ///
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let blocked_pairs = [(sponsor.sponsor_id, event.event_id)].into();
    /// let rules = Rules { blocked_pairs, ..Rules::default() };
    /// let eligibility = rules.check(&sponsor, &event, None);
    /// assert_eq!(eligibility.against().next().unwrap().rule, Rule::BlockedPairs);
    /// ```
    pub fn against(&self) -> impl Iterator<Item = &RuleVerdict> {
        self.verdicts.iter().filter(|verdict| self.on_unknown.is_against(verdict.outcome))
    }
}

/// A pair that would be ranked but for one rule.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Rule, Rules, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let blocked_pairs = [(sponsor.sponsor_id, event.event_id)].into();
/// let rules = Rules { blocked_pairs, ..Rules::default() };
/// let near = rules.near_miss(&scorer, &sponsor, &event, None).unwrap();
/// assert_eq!((near.rule, near.score_if_allowed.unwrap().get()), (Rule::BlockedPairs, 0.425));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NearMiss {
    /// The event of the pair.
    pub event_id: EventId,
    /// The sponsor of the pair.
    pub sponsor_id: SponsorId,
    /// The one rule that is against it.
    pub rule: Rule,
    /// Why it is.
    pub reason: String,
    /// The score the pair would be ranked by; `None` when too little is known.
    pub score_if_allowed: Option<UnitInterval>,
}
