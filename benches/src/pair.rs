//! One pair of rows as they come from a database.

use sponsorfit::{AudienceInsights, Event, SponsorProfile};

/// A sponsor's row, with every column that a real one has.
pub const SPONSOR: &str = r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "industry": "beverages",
  "company_size": "51-200", "annual_budget_cents": 5000000,
  "brand_objectives": {"keywords": ["vinyl", "zero waste"], "goals": ["reach students"]},
  "target_audience": {"age_buckets": ["18-24", "25-34"], "interests": ["concerts"]},
  "preferred_categories": ["music", "food", "art"], "regions": ["US", "CA", "MX"], "reputation_score": 0.9}"#;

/// An event's row.
pub const EVENT: &str = r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "title": "Harbour Sounds",
  "categories": ["Music", "nightlife"], "regions": ["US", "Austin"], "country": "US", "city": "Austin",
  "series": "harbour-sounds", "start_at": "2026-07-04T18:00:00Z", "min_price_cents": 250000,
  "objectives": {"keywords": ["vinyl"], "goals": ["local scene"]}}"#;

/// The insights of that event.
pub const INSIGHTS: &str = r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "attendee_count": 1200,
  "avg_dwell_time_ms": 8300.5, "geo_distribution": {"US": 800, "CA": 150, "BR": 50},
  "age_segments": {"18-24": 0.4, "25-34": 0.35}, "engagement_score": 0.8, "ticket_conversion_rate": 0.1,
  "social_mentions": 320, "sentiment_score": 0.35}"#;

/// Reads the three rows.
///
/// # Panics
/// Never: the rows are right, as the test below shows.
///
/// # Examples
/// ```
/// let (sponsor, event, insights) = sponsorfit_benches::pair::pair();
/// assert_eq!(event.event_id, insights.event_id);
/// assert_eq!(sponsor.regions.len(), 3);
/// ```
pub fn pair() -> (SponsorProfile, Event, AudienceInsights) {
    let rows = (serde_json::from_str(SPONSOR), serde_json::from_str(EVENT), serde_json::from_str(INSIGHTS));
    (rows.0.expect("a sponsor"), rows.1.expect("an event"), rows.2.expect("insights"))
}
