//! The log of what was shown and what was decided: nothing can be learnt later without it.

use std::collections::BTreeMap;

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use sponsorfit::{
    Count, Error, ErrorKind, EventId, Explanation, Moment, PastSponsorship, SponsorId, SponsorshipOutcome,
    UnitInterval,
};

use super::experiment::Logged;
use super::fit::{Outcome, ScoredOutcome};
use super::metrics::Judged;

/// One pair that was shown in a list, and what was decided about it.
///
/// Written when it is shown, with `outcome` `shown`; written again, or updated, when
/// somebody decides. What is not logged at that moment cannot be reconstructed: neither the
/// factors (profiles change) nor the propensity (so does the ranking).
///
/// # Examples
/// ```
/// use sponsorfit_learn::decision::Decision;
///
/// let row: Decision = serde_json::from_str(
///     r#"{"list_id": "fair-2026/1", "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001",
///         "sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "shown_at": "2026-01-07T09:30:00Z",
///         "position": 1, "score": 0.65, "propensity": 0.5, "policy": "ranker-2025",
///         "outcome": "accepted", "decided_at": "2026-01-09"}"#,
/// )?;
/// assert_eq!(row.logged(1.0).unwrap().reward, 1.0);
/// assert_eq!(row.past().at.to_string(), "2026-01-09");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Decision {
    /// What was shown together: all rows of one list share it.
    pub list_id: String,
    /// The event's UUID.
    pub event_id: EventId,
    /// The sponsor's UUID.
    pub sponsor_id: SponsorId,
    /// When it was shown.
    pub shown_at: Moment,
    /// The place in the list, from 1.
    pub position: Count,
    /// The fingerprint of the configuration that scored it: 64 hexadecimal digits.
    pub config_fingerprint: Option<String>,
    /// The score it was shown with.
    pub score: Option<UnitInterval>,
    /// The values that entered the score.
    #[cfg_attr(feature = "schema", schemars(with = "Option<FactorValues>"))]
    pub factors: FactorValues,
    /// How likely it was to be shown there, above 0 and at most 1; 1 for a ranking without chance.
    pub propensity: Option<f64>,
    /// What ordered the list: the name of a model or a rule.
    pub policy: Option<String>,
    /// The experiment it was part of.
    pub experiment: Option<String>,
    /// The variant that its unit was assigned to.
    pub variant: Option<String>,
    /// What was decided; `shown` while nothing was.
    #[cfg_attr(feature = "schema", schemars(with = "Option<SponsorshipOutcome>"))]
    pub outcome: SponsorshipOutcome,
    /// When it was decided.
    pub decided_at: Option<Moment>,
}

/// What each factor was worth, 0 to 1, `None` where it was left out.
///
/// # Examples
/// ```
/// use sponsorfit_learn::decision::FactorValues;
/// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
///
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let why = Scorer::new(ScoringConfig::default())?.explain(&sponsor, &event, None)?;
/// assert_eq!(FactorValues::from(&why).in_order(), Some([0.5, 0.5, 0.5, 0.0, 0.5]));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct FactorValues {
    /// Whether the sponsor can afford it.
    pub budget_fit: Option<UnitInterval>,
    /// Whether categories and regions overlap.
    pub audience_overlap: Option<UnitInterval>,
    /// Whether the audience is where the sponsor wants to be seen.
    pub geo_fit: Option<UnitInterval>,
    /// Whether the audience took part.
    pub engagement_quality: Option<UnitInterval>,
    /// Whether both want the same.
    pub objectives_similarity: Option<UnitInterval>,
}

impl FactorValues {
    /// Returns the values in formula order, or `None` unless all are known.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit_learn::decision::FactorValues::default().in_order(), None);
    /// ```
    pub fn in_order(&self) -> Option<[f64; 5]> {
        Some([
            self.budget_fit?.get(),
            self.audience_overlap?.get(),
            self.geo_fit?.get(),
            self.engagement_quality?.get(),
            self.objectives_similarity?.get(),
        ])
    }
}

impl From<&Explanation> for FactorValues {
    fn from(why: &Explanation) -> Self {
        let value = |place: usize| why.factors.get(place).and_then(|row| row.value);
        Self {
            budget_fit: value(0),
            audience_overlap: value(1),
            geo_fit: value(2),
            engagement_quality: value(3),
            objectives_similarity: value(4),
        }
    }
}

impl Decision {
    /// Returns a row for something that is being shown at a place of a list.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] when the position is 0.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::decision::{Decision, FactorValues};
    /// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let why = scorer.explain(&sponsor, &event, None)?;
    ///
    /// let shown_at = "2026-01-07T09:30:00Z".parse()?;
    /// let mut row = Decision::shown("list-1", event.event_id, sponsor.sponsor_id, shown_at, 1)?;
    /// row.config_fingerprint = Some(scorer.fingerprint().to_string());
    /// row.score = Some(why.score.score);
    /// row.factors = FactorValues::from(&why);
    /// assert_eq!(Decision::shown("list-1", event.event_id, sponsor.sponsor_id, shown_at, 0).unwrap_err().path(), "position");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn shown(
        list_id: impl Into<String>,
        event_id: EventId,
        sponsor_id: SponsorId,
        shown_at: Moment,
        position: u32,
    ) -> Result<Self, Error> {
        let row = Self {
            list_id: list_id.into(),
            event_id,
            sponsor_id,
            shown_at,
            position: position.into(),
            config_fingerprint: None,
            score: None,
            factors: FactorValues::default(),
            propensity: None,
            policy: None,
            experiment: None,
            variant: None,
            outcome: SponsorshipOutcome::Shown,
            decided_at: None,
        };
        match row.fault() {
            Some((field, message)) => Err(Error::new(ErrorKind::OutOfRange, message).within(field)),
            None => Ok(row),
        }
    }

    /// Returns the row as history: what was decided and when, or that it was shown.
    pub fn past(&self) -> PastSponsorship {
        let at = self.decided_at.unwrap_or(self.shown_at);
        let mut past = PastSponsorship::new(self.sponsor_id, self.event_id, at);
        past.outcome = self.outcome;
        past
    }

    /// Returns what [`off_policy`](super::experiment::off_policy) takes: reward 1 when it was accepted,
    /// else 0; `None` without a propensity.
    ///
    /// `target` is how likely the ranking in question would have been to show it.
    pub fn logged(&self, target: f64) -> Option<Logged> {
        Some(Logged { reward: f64::from(u8::from(self.is_accepted())), propensity: self.propensity?, target })
    }

    /// Returns what [`RankedList`](super::metrics::RankedList) takes: grade 1 when it was accepted,
    /// else 0; `None` without a score.
    pub fn judged(&self) -> Option<Judged<(SponsorId, EventId)>> {
        let id = (self.sponsor_id, self.event_id);
        Some(Judged { id, score: self.score?.get(), grade: u32::from(self.is_accepted()) })
    }

    /// Returns what [`Calibration`](super::fit::Calibration) takes, once something was decided about
    /// a pair with a score.
    pub fn scored(&self) -> Option<ScoredOutcome> {
        let score = self.score?.get();
        self.is_decided().then(|| ScoredOutcome { score, accepted: self.is_accepted() })
    }

    fn is_accepted(&self) -> bool {
        self.outcome == SponsorshipOutcome::Accepted
    }

    fn is_decided(&self) -> bool {
        self.outcome != SponsorshipOutcome::Shown
    }

    /// Returns the field whose value is of the right type and wrong all the same, and what is wrong.
    fn fault(&self) -> Option<(&'static str, String)> {
        if self.position.get() == 0 {
            return Some(("position", format!("0 is not in 1..={}", Count::MAX)));
        }
        if let Some(propensity) = self.propensity
            && !(propensity > 0.0 && propensity <= 1.0)
        {
            return Some(("propensity", format!("{propensity} is not above 0 and at most 1")));
        }
        let is_hash = |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let hash = self.config_fingerprint.as_ref().filter(|text| !is_hash(text))?;
        Some(("config_fingerprint", format!("`{hash}` is not 64 hexadecimal digits")))
    }
}

#[cfg(feature = "rows")]
impl sponsorfit::rows::Row for Decision {
    type Id = EventId;
    const ID_FIELD: &'static str = "event_id";
    const MAY_REPEAT: bool = true;

    fn id(&self) -> EventId {
        self.event_id
    }
}

/// Returns what [`fit_weights`](super::fit::fit_weights) takes: the pairs about which something was
/// decided and whose factors are all known, lists and sponsors numbered in the order of their names.
///
/// # Examples
/// ```
/// use sponsorfit_learn::decision::{Decision, outcomes};
/// use sponsorfit_learn::fit::{WeightFit, fit_weights};
///
/// let log: Vec<Decision> = vec![];
/// let weights = [0.25, 0.35, 0.15, 0.15, 0.10];
/// let error = fit_weights(&outcomes(&log), weights, WeightFit::default()).unwrap_err();
/// assert_eq!(error.code(), "too_few_outcomes");
/// ```
pub fn outcomes(log: &[Decision]) -> Vec<Outcome> {
    let numbered = || log.iter().filter(|row| row.is_decided());
    let lists = numbers(numbered().map(|row| row.list_id.as_str()));
    let sponsors = numbers(numbered().map(|row| row.sponsor_id));
    let outcome = |row: &Decision| {
        Some(Outcome {
            query: *lists.get(row.list_id.as_str())?,
            sponsor: *sponsors.get(&row.sponsor_id)?,
            factors: row.factors.in_order()?,
            accepted: row.is_accepted(),
        })
    };
    numbered().filter_map(outcome).collect()
}

/// Numbers what there is in its order.
fn numbers<T: Ord>(things: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut numbers: BTreeMap<T, usize> = things.map(|thing| (thing, 0)).collect();
    for (place, number) in numbers.values_mut().enumerate() {
        *number = place;
    }
    numbers
}

/// The row as it is written, before its values are checked against each other.
#[derive(Deserialize)]
#[serde(rename = "Decision")]
struct DecisionRow {
    list_id: String,
    event_id: EventId,
    sponsor_id: SponsorId,
    shown_at: Moment,
    position: Count,
    #[serde(default)]
    config_fingerprint: Option<String>,
    #[serde(default)]
    score: Option<UnitInterval>,
    #[serde(default)]
    factors: Option<FactorValues>,
    #[serde(default)]
    propensity: Option<f64>,
    #[serde(default)]
    policy: Option<String>,
    #[serde(default)]
    experiment: Option<String>,
    #[serde(default)]
    variant: Option<String>,
    #[serde(default)]
    outcome: Option<SponsorshipOutcome>,
    #[serde(default)]
    decided_at: Option<Moment>,
}

impl<'de> Deserialize<'de> for Decision {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let row = DecisionRow::deserialize(deserializer)?;
        let row = Self {
            list_id: row.list_id,
            event_id: row.event_id,
            sponsor_id: row.sponsor_id,
            shown_at: row.shown_at,
            position: row.position,
            config_fingerprint: row.config_fingerprint,
            score: row.score,
            factors: row.factors.unwrap_or_default(),
            propensity: row.propensity,
            policy: row.policy,
            experiment: row.experiment,
            variant: row.variant,
            outcome: row.outcome.unwrap_or(SponsorshipOutcome::Shown),
            decided_at: row.decided_at,
        };
        match row.fault() {
            Some((field, message)) => Err(D::Error::custom(format_args!("{field}: {message}"))),
            None => Ok(row),
        }
    }
}
