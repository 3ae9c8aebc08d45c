//! Engagement quality: `0.7·engagement_score + 0.3·ticket_conversion_rate` under the default blend.
//!
//! Both are measured rates from 0 to 1, each unknown on its own.

use super::LeafValue;
use crate::model::{AudienceInsights, UnitInterval};

/// Returns the engagement score and the ticket conversion rate.
///
/// # Examples
/// ```
/// use sponsorfit::factors::{LeafValue, engagement};
///
/// assert_eq!(engagement::engagement(None), (LeafValue::Missing, LeafValue::Missing));
/// ```
pub fn engagement(insights: Option<&AudienceInsights>) -> (LeafValue, LeafValue) {
    let rate =
        |value: Option<UnitInterval>| value.map_or(LeafValue::Missing, |value| LeafValue::Known(value.get()));
    match insights {
        Some(insights) => (rate(insights.engagement_score), rate(insights.ticket_conversion_rate)),
        None => (LeafValue::Missing, LeafValue::Missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventId;

    #[test]
    fn each_rate_is_unknown_on_its_own() {
        let mut insights = AudienceInsights::new(EventId::from_bytes([2; 16]));
        insights.engagement_score = Some(UnitInterval::HALF);
        assert_eq!(engagement(Some(&insights)), (LeafValue::Known(0.5), LeafValue::Missing));
        assert_eq!(engagement(None), (LeafValue::Missing, LeafValue::Missing));
    }
}
