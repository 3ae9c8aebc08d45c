//! What an event's audience did: the rows of `event_audience_insights`.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::geo_distribution::GeoDistribution;
use super::id::EventId;
use super::label::Label;
use super::unit::{Count, NonNegative, SignedUnitInterval, UnitInterval};

/// Measured behaviour of an event's audience. `None` and empty maps are unknown.
///
/// Every field's type carries its range, so insights that exist are valid.
///
/// # Examples
/// ```
/// use sponsorfit::{AudienceInsights, EventId, UnitInterval};
///
/// let mut insights = AudienceInsights::new(EventId::from_bytes([2; 16]));
/// insights.engagement_score = Some(UnitInterval::new(0.8).unwrap());
/// assert_eq!(insights.ticket_conversion_rate, None);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AudienceInsights {
    /// The event's UUID.
    pub event_id: EventId,
    /// How many people came.
    #[serde(default)]
    pub attendee_count: Option<Count>,
    /// How long people stayed with the event's posts on average, in milliseconds.
    #[serde(default)]
    pub avg_dwell_time_ms: Option<NonNegative>,
    /// Visitors by region.
    #[serde(default)]
    pub geo_distribution: GeoDistribution,
    /// Shares of the audience by age bucket, each 0 to 1.
    #[serde(default)]
    pub age_segments: AgeSegments,
    /// How engaged the audience was, 0 to 1.
    #[serde(default)]
    pub engagement_score: Option<UnitInterval>,
    /// Visitors who bought a ticket ÷ visitors, 0 to 1.
    #[serde(default)]
    pub ticket_conversion_rate: Option<UnitInterval>,
    /// How often the event was mentioned in social media.
    #[serde(default)]
    pub social_mentions: Option<Count>,
    /// The mean sentiment of the mentions, −1 to 1.
    #[serde(default)]
    pub sentiment_score: Option<SignedUnitInterval>,
}

impl AudienceInsights {
    /// Returns insights that know nothing yet.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{AudienceInsights, EventId};
    ///
    /// let insights = AudienceInsights::new(EventId::from_bytes([2; 16]));
    /// assert_eq!(insights.geo_distribution.total(), 0);
    /// ```
    pub fn new(event_id: EventId) -> Self {
        Self {
            event_id,
            attendee_count: None,
            avg_dwell_time_ms: None,
            geo_distribution: GeoDistribution::default(),
            age_segments: AgeSegments::default(),
            engagement_score: None,
            ticket_conversion_rate: None,
            social_mentions: None,
            sentiment_score: None,
        }
    }
}

/// Shares of an audience by age bucket, in the byte order of the buckets' keys.
///
/// # Examples
/// ```
/// use sponsorfit::AgeSegments;
///
/// let ages: AgeSegments = serde_json::from_str(r#"{"18-24": 0.2, "25-34": 0.5}"#)?;
/// assert_eq!(ages.share(&"25-34".into()).unwrap().get(), 0.5);
/// assert_eq!(ages.share(&"65+".into()), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AgeSegments(Vec<(Label, UnitInterval)>);

impl AgeSegments {
    /// Returns the share of a bucket, where it is known.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::AgeSegments::default().share(&"18-24".into()), None);
    /// ```
    pub fn share(&self, bucket: &Label) -> Option<UnitInterval> {
        self.0.iter().find(|(own, _)| own == bucket).map(|(_, share)| *share)
    }

    /// Returns the buckets in key order, with their shares.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::AgeSegments::default().iter().count(), 0);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&Label, UnitInterval)> {
        self.0.iter().map(|(bucket, share)| (bucket, *share))
    }
}

impl fmt::Debug for AgeSegments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for AgeSegments {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Null is empty. A bucket written twice is refused: its share would be a guess.
impl<'de> Deserialize<'de> for AgeSegments {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SegmentsVisitor;

        impl<'de> Visitor<'de> for SegmentsVisitor {
            type Value = AgeSegments;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of shares by age bucket")
            }

            fn visit_none<E: serde::de::Error>(self) -> Result<AgeSegments, E> {
                Ok(AgeSegments::default())
            }

            fn visit_unit<E: serde::de::Error>(self) -> Result<AgeSegments, E> {
                Ok(AgeSegments::default())
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<AgeSegments, D::Error> {
                deserializer.deserialize_map(self)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AgeSegments, A::Error> {
                let mut segments: Vec<(Label, UnitInterval)> = Vec::new();
                while let Some((bucket, share)) = map.next_entry::<Label, UnitInterval>()? {
                    match segments.binary_search_by(|(own, _)| own.cmp(&bucket)) {
                        _ if bucket.key().is_empty() => {}
                        Ok(_) => {
                            let unexpected = Unexpected::Str(bucket.spelling());
                            return Err(serde::de::Error::invalid_value(
                                unexpected,
                                &"a bucket of its own: it repeats an earlier one",
                            ));
                        }
                        Err(at) => segments.insert(at, (bucket, share)),
                    }
                }
                Ok(AgeSegments(segments))
            }
        }

        deserializer.deserialize_option(SegmentsVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_shares_by_bucket() {
        let ages: AgeSegments = serde_json::from_str(r#"{"25-34": 0.5, "18-24": 0.2, " ": 0.1}"#).unwrap();
        assert_eq!(serde_json::to_string(&ages).unwrap(), r#"{"18-24":0.2,"25-34":0.5}"#);
        assert_eq!(format!("{ages:?}"), r#"{"18-24": UnitInterval(0.2), "25-34": UnitInterval(0.5)}"#);
        assert_eq!(serde_json::from_str::<AgeSegments>("null").unwrap(), AgeSegments::default());
        for json in [r#"{"a": 0.1, "A": 0.2}"#, r#"{"a": 1.1}"#, r#"{"a": "0.1"}"#, "[]"] {
            assert!(serde_json::from_str::<AgeSegments>(json).is_err(), "{json}");
        }
    }
}
