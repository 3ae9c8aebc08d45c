//! Who sponsored what: the rows of `sponsorships`.

use std::fmt;

use serde::de::Deserializer;
use serde::{Deserialize, Serialize};

use super::id::{EventId, SponsorId};
use super::moment::Moment;
use super::unit::Count;

/// What became of a sponsor that was proposed to an event, or of an event proposed to a sponsor.
///
/// # Examples
/// ```
/// use sponsorfit::SponsorshipOutcome;
///
/// assert_eq!(SponsorshipOutcome::Rejected.name(), "rejected");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SponsorshipOutcome {
    /// Both agreed, and the sponsorship took place.
    #[default]
    Accepted,
    /// One of the two said no.
    Rejected,
    /// It was proposed, and nobody answered.
    Shown,
}

impl SponsorshipOutcome {
    /// Returns the name that stands in rows.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::SponsorshipOutcome::default().name(), "accepted");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Shown => "shown",
        }
    }
}

impl fmt::Display for SponsorshipOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A sponsor and an event that were once brought together, when, and what came of it.
///
/// The same sponsor may stand beside the same event several times: at two tiers, or first
/// shown and later accepted. A row may call `at` `start_at` and `tier_level` `level`, as
/// lists of past sponsorships do; a row without an outcome is about one that took place.
///
/// # Examples
/// ```
/// use sponsorfit::{PastSponsorship, SponsorshipOutcome};
///
/// let row: PastSponsorship = serde_json::from_str(
///     r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "start_at": "2024-05-15", "level": "2",
///         "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#,
/// )?;
/// assert_eq!(row.at.to_string(), "2024-05-15");
/// assert_eq!(row.tier_level.unwrap().get(), 2);
/// assert_eq!(row.outcome, SponsorshipOutcome::Accepted);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PastSponsorship {
    /// The sponsor's UUID.
    pub sponsor_id: SponsorId,
    /// The event's UUID.
    pub event_id: EventId,
    /// When it was known: mostly the day the event began. Nothing earlier may learn from it.
    pub at: Moment,
    /// The package's rank among those of the event: 1 is the most prominent.
    pub tier_level: Option<Count>,
    /// What came of it.
    pub outcome: SponsorshipOutcome,
}

impl PastSponsorship {
    /// Returns a sponsorship that took place, at a tier that is not known.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{EventId, PastSponsorship, SponsorId};
    ///
    /// let at = "2024-05-15".parse()?;
    /// let past = PastSponsorship::new(SponsorId::from_bytes([1; 16]), EventId::from_bytes([2; 16]), at);
    /// assert_eq!(past.tier_level, None);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn new(sponsor_id: SponsorId, event_id: EventId, at: Moment) -> Self {
        Self { sponsor_id, event_id, at, tier_level: None, outcome: SponsorshipOutcome::Accepted }
    }
}

/// The row as it is written, before two names of one column become one.
#[derive(Deserialize)]
#[serde(rename = "PastSponsorship")]
struct SponsorshipRow {
    sponsor_id: SponsorId,
    event_id: EventId,
    #[serde(default)]
    at: Option<Moment>,
    #[serde(default)]
    start_at: Option<Moment>,
    #[serde(default)]
    tier_level: Option<Count>,
    #[serde(default)]
    level: Option<Count>,
    #[serde(default)]
    outcome: Option<SponsorshipOutcome>,
}

impl<'de> Deserialize<'de> for PastSponsorship {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let row = SponsorshipRow::deserialize(deserializer)?;
        Ok(Self {
            sponsor_id: row.sponsor_id,
            event_id: row.event_id,
            at: row.at.or(row.start_at).ok_or_else(|| serde::de::Error::missing_field("at"))?,
            tier_level: row.tier_level.or(row.level),
            outcome: row.outcome.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: &str = r#""sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001""#;

    fn read(fields: &str) -> Result<PastSponsorship, serde_json::Error> {
        serde_json::from_str(&format!("{{{IDS}, {fields}}}"))
    }

    #[test]
    fn both_names_of_a_column_are_read() {
        let expected = read(r#""at": "2024-05-15", "tier_level": 2, "outcome": "accepted""#).unwrap();
        for fields in [
            r#""start_at": "2024-05-15", "level": "2""#,
            r#""at": "2024-05-15", "start_at": "2023-01-01", "tier_level": 2.0, "level": 7"#,
            r#""at": null, "start_at": "2024-05-15", "tier_level": null, "level": 2, "outcome": null"#,
        ] {
            assert_eq!(read(fields).unwrap(), expected, "{fields}");
        }
        assert_eq!(expected.tier_level, Some(Count::from(2)));
    }

    #[test]
    fn a_sponsorship_needs_its_day() {
        assert!(read(r#""level": 2"#).unwrap_err().to_string().contains("missing field `at`"));
        assert!(read(r#""at": "soon""#).is_err());
        assert!(read(r#""at": "2024-05-15", "outcome": "maybe""#).is_err());
    }

    #[test]
    fn what_is_written_reads_back() {
        for outcome in [SponsorshipOutcome::Accepted, SponsorshipOutcome::Rejected, SponsorshipOutcome::Shown]
        {
            let row = PastSponsorship { outcome, ..read(r#""at": "2024-05-15T10:00:00Z""#).unwrap() };
            let json = serde_json::to_string(&row).unwrap();
            assert!(json.contains(&format!(r#""outcome":"{outcome}""#)), "{json}");
            assert_eq!(serde_json::from_str::<PastSponsorship>(&json).unwrap(), row);
        }
    }
}
