//! Eligibility, which comes before points.

mod check;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use verdict::{Eligibility, NearMiss, Outcome, Rule, RuleVerdict};

use crate::error::{Error, ErrorKind};
use crate::model::{EventId, Label, LabelSet, Moment, SponsorId};
use crate::read;

/// Which pairs may be ranked at all. Every rule is off unless it is set.
///
/// # Examples
/// ```
/// use sponsorfit::Rules;
///
/// let rules = Rules::from_json(r#"{"price_ceiling": true, "date_window": {"from": "2026-01-01"}}"#)?;
/// assert!(rules.price_ceiling && !rules.region_required);
/// let error = Rules::from_json(r#"{"price_cieling": true}"#).unwrap_err();
/// assert_eq!(error.to_string(), "price_cieling: unknown field, did you mean `price_ceiling`");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// No event in a category that the sponsor excludes.
    pub excluded_categories: bool,
    /// Pairs that are blocked by name.
    pub blocked_pairs: BTreeSet<(SponsorId, EventId)>,
    /// No second sponsor of the same kind at an event.
    pub exclusivity: Option<Exclusivity>,
    /// At least one of the sponsor's regions is the event's or a visitor's.
    pub region_required: bool,
    /// The cheapest package costs no more than the yearly budget.
    pub price_ceiling: bool,
    /// The event begins within a window.
    pub date_window: Option<DateWindow>,
    /// What happens to a pair whose facts do not tell whether a rule holds.
    pub on_unknown: OnUnknown,
}

/// Which sponsors an event is closed to, because one of their kind is there already.
///
/// # Examples
/// ```
/// use sponsorfit::Rules;
///
/// let rules = Rules::from_json(
///     r#"{"exclusivity": {"by": "industry", "taken": [
///         {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "industry": "Beverages"}]}}"#,
/// )?;
/// let exclusivity = rules.exclusivity.unwrap();
/// let event = "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001".parse()?;
/// assert!(exclusivity.taken_at(event).unwrap().contains(&"beverages".into()));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "ExclusivityFields", into = "ExclusivityFields")]
pub struct Exclusivity {
    taken: BTreeMap<EventId, LabelSet>,
}

impl Exclusivity {
    /// Closes an event to further sponsors of an industry.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{EventId, Exclusivity};
    ///
    /// let mut exclusivity = Exclusivity::default();
    /// exclusivity.take(EventId::from_bytes([2; 16]), "Beverages".into());
    /// ```
    pub fn take(&mut self, event_id: EventId, industry: Label) {
        self.taken.entry(event_id).or_default().insert(industry);
    }

    /// Returns the industries that an event is closed to.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{EventId, Exclusivity};
    ///
    /// assert_eq!(Exclusivity::default().taken_at(EventId::from_bytes([2; 16])), None);
    /// ```
    pub fn taken_at(&self, event_id: EventId) -> Option<&LabelSet> {
        self.taken.get(&event_id)
    }
}

/// Which sponsors an event is closed to, because one of their kind is there already.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename = "Exclusivity")]
struct ExclusivityFields {
    /// What sponsors of one kind have in common.
    by: ExclusiveBy,
    /// The kinds that events are closed to.
    taken: Vec<Taken>,
}

/// What sponsors of one kind have in common.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum ExclusiveBy {
    /// The industry.
    Industry,
}

/// An industry that an event is closed to.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Taken {
    /// The event.
    event_id: EventId,
    /// The industry that is there already.
    industry: Label,
}

impl From<ExclusivityFields> for Exclusivity {
    fn from(fields: ExclusivityFields) -> Self {
        let mut exclusivity = Self::default();
        for Taken { event_id, industry } in fields.taken {
            exclusivity.take(event_id, industry);
        }
        exclusivity
    }
}

impl From<Exclusivity> for ExclusivityFields {
    fn from(exclusivity: Exclusivity) -> Self {
        let taken = exclusivity.taken.iter().flat_map(|(event_id, industries)| {
            industries.iter().map(|industry| Taken { event_id: *event_id, industry: industry.clone() })
        });
        Self { by: ExclusiveBy::Industry, taken: taken.collect() }
    }
}

/// When an event must begin. Both ends are included; a date as `until` includes its whole day.
///
/// # Examples
/// ```
/// use sponsorfit::DateWindow;
///
/// let window = DateWindow { from: None, until: Some("2026-12-31".parse()?) };
/// assert!(window.contains("2026-12-31T20:00:00Z".parse()?));
/// assert!(!window.contains("2027-01-01".parse()?));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DateWindow {
    /// The first moment; `None` is open.
    pub from: Option<Moment>,
    /// The last moment; `None` is open.
    pub until: Option<Moment>,
}

impl DateWindow {
    /// Returns whether something that begins then is within the window.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::DateWindow;
    ///
    /// assert!(DateWindow::default().contains("2026-07-04".parse()?));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn contains(&self, start_at: Moment) -> bool {
        let begins = start_at.first_micros();
        self.from.is_none_or(|from| from.first_micros() <= begins)
            && self.until.is_none_or(|until| begins <= until.last_micros())
    }
}

/// What happens to a pair whose facts do not tell whether a rule holds.
///
/// # Examples
/// ```
/// assert_eq!(serde_json::to_string(&sponsorfit::OnUnknown::Drop)?, "\"drop\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnUnknown {
    /// It is ranked, with the reason shown.
    #[default]
    Keep,
    /// It is not ranked.
    Drop,
}

impl OnUnknown {
    /// Returns whether an outcome keeps a pair from being ranked.
    fn is_against(self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Pass => false,
            Outcome::Fail => true,
            Outcome::Unknown => self == Self::Drop,
        }
    }
}

impl Rules {
    /// Reads rules from JSON; `{}` allows every pair.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownField`] with the nearest name, a window that ends
    /// before it begins, and the errors of reading any value.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::Rules;
    ///
    /// assert_eq!(Rules::from_json("{}")?, Rules::default());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let rules: Self = read::strict_from_json(text)?;
        rules.validate()?;
        Ok(rules)
    }

    /// Checks what the types alone do not hold: that the window is not empty.
    ///
    /// [`Rules::from_json`] does this for you.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidValue`] when the window ends before it begins.
    ///
    /// # Examples
    /// ```
    /// assert!(sponsorfit::Rules::default().validate().is_ok());
    /// ```
    pub fn validate(&self) -> Result<(), Error> {
        let Some(DateWindow { from: Some(from), until: Some(until) }) = self.date_window else {
            return Ok(());
        };
        if until.last_micros() < from.first_micros() {
            let message = format!("{until} is before the window begins, at {from}");
            return Err(Error::new(ErrorKind::InvalidValue, message).within("until").within("date_window"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_reads_and_writes() {
        let text = r#"{"excluded_categories":true,"blocked_pairs":[["01010101-0101-0101-0101-010101010101","02020202-0202-0202-0202-020202020202"]],"exclusivity":{"by":"industry","taken":[{"event_id":"02020202-0202-0202-0202-020202020202","industry":"Beverages"}]},"region_required":true,"price_ceiling":true,"date_window":{"from":"2026-01-01","until":"2026-12-31T00:00:00Z"},"on_unknown":"drop"}"#;
        let rules = Rules::from_json(text).unwrap();
        assert_eq!(serde_json::to_string(&rules).unwrap(), text);
    }

    #[test]
    fn refusals_say_where() {
        for (text, expected) in [
            (r#"{"on_unknown": "maybe"}"#, "on_unknown: `maybe` is not `keep` or `drop`"),
            (r#"{"blocked_pairs": [["7", "8"]]}"#, "blocked_pairs[0][0]: `7` is not a UUID"),
            (r#"{"exclusivity": {"by": "size", "taken": []}}"#, "exclusivity.by: `size` is not `industry`"),
            (r#"{"exclusivity": {"by": "industry"}}"#, "exclusivity.taken: required, but missing"),
            (
                r#"{"date_window": {"from": "2026-02-01", "until": "2026-01-31"}}"#,
                "date_window.until: 2026-01-31 is before the window begins, at 2026-02-01",
            ),
            (
                r#"{"date_window": {"to": "2026-02-01"}}"#,
                "date_window.to: unknown field, expected `from` or `until`",
            ),
        ] {
            assert_eq!(Rules::from_json(text).unwrap_err().to_string(), expected);
        }
    }
}
