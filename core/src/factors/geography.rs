//! Geography: where the sponsor wants to be seen, and where the event reaches.
//!
//! `geo = |R ∩ G| / |R|` with the sponsor's regions `R` and
//! `G = event regions ∪ {g : geo_distribution[g] > 0}`; under the reading
//! `reachable` the divisor is `min(|R|, |G|)`. `geo_fit = geo`, or under the
//! reading `audience_share` the share of visitors from the sponsor's regions,
//! `Σ_{r∈R} n_r / Σ n`. Range 0 to 1; unknown when `R` or `G` is empty, the
//! share when `R` is empty or no visitor is counted.

use super::{LeafValue, overlap};
use crate::config::OverlapReading;
use crate::model::{AudienceInsights, Event, Label, LabelSet, SponsorProfile};
use crate::sort;

/// Returns whether the event takes place in a region or somebody came from there.
///
/// # Examples
/// ```
/// use sponsorfit::factors::geography;
/// use sponsorfit::{Event, EventId, Label};
///
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// event.regions = ["US"].into_iter().collect();
/// assert!(geography::reaches(&event, None, &Label::new("us")));
/// ```
pub fn reaches(event: &Event, insights: Option<&AudienceInsights>, region: &Label) -> bool {
    event.regions.contains(region)
        || insights.is_some_and(|insights| insights.geo_distribution.count(region) > 0)
}

/// Returns the regions of the event and of its visitors, in key order.
pub(crate) fn reached<'a>(event: &'a Event, insights: Option<&'a AudienceInsights>) -> Vec<&'a Label> {
    let visitors = insights.into_iter().flat_map(|insights| insights.geo_distribution.reached());
    let mut regions: Vec<&Label> = event.regions.iter().chain(visitors).collect();
    sort::stable(&mut regions, Ord::cmp);
    regions.dedup();
    regions
}

/// Returns the overlap of regions.
pub(crate) fn geo(
    sponsor: &SponsorProfile,
    event: &Event,
    insights: Option<&AudienceInsights>,
    reading: OverlapReading,
) -> LeafValue {
    let wanted = &sponsor.regions;
    let matched = wanted.iter().filter(|region| reaches(event, insights, region)).count();
    let offered = match (reading, insights) {
        (_, None) => event.regions.len(),
        // Only whether it is empty matters here, and a match already tells.
        (OverlapReading::Preferred, Some(_)) if matched > 0 || !event.regions.is_empty() => 1,
        (_, Some(insights)) => insights.geo_distribution.union_size(&event.regions),
    };
    overlap(matched, wanted.len(), offered, reading)
}

/// Returns the share of visitors who came from the wanted regions.
///
/// # Examples
/// ```
/// use sponsorfit::factors::{LeafValue, geography};
/// use sponsorfit::{AudienceInsights, Count, EventId, Label};
///
/// let mut insights = AudienceInsights::new(EventId::from_bytes([2; 16]));
/// insights.geo_distribution =
///     [("US", 3_u32), ("CA", 1)].map(|(region, count)| (Label::new(region), Count::from(count))).into_iter().collect();
/// let wanted = ["CA"].into_iter().collect();
/// assert_eq!(geography::audience_share(&wanted, Some(&insights)), LeafValue::Known(0.25));
/// ```
#[allow(clippy::cast_precision_loss, reason = "exact sums are rounded once: definition, §2.2")]
pub fn audience_share(wanted: &LabelSet, insights: Option<&AudienceInsights>) -> LeafValue {
    if wanted.is_empty() {
        return LeafValue::NoPreference;
    }
    match insights.map(|insights| &insights.geo_distribution) {
        Some(visitors) if visitors.total() > 0 => {
            let reached: u128 = wanted.iter().map(|region| visitors.count(region)).sum();
            LeafValue::Known(share(reached as f64, visitors.total() as f64))
        }
        _ => LeafValue::EventSilent,
    }
}

/// Returns the share that was reached of visitors counted exactly and rounded once.
pub(crate) fn share(reached: f64, total: f64) -> f64 {
    reached / total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventId, SponsorId};

    fn rows(wanted: &[&str], held_in: &[&str], visitors: &str) -> (SponsorProfile, Event, AudienceInsights) {
        let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
        sponsor.regions = wanted.iter().copied().collect();
        let mut event = Event::new(EventId::from_bytes([2; 16]));
        event.regions = held_in.iter().copied().collect();
        let mut insights = AudienceInsights::new(event.event_id);
        insights.geo_distribution = serde_json::from_str(visitors).unwrap();
        (sponsor, event, insights)
    }

    #[test]
    fn regions_come_from_the_event_and_from_its_visitors() {
        use OverlapReading::{Preferred, Reachable};
        let (sponsor, event, insights) =
            rows(&["US", "CA", "MX"], &["US"], r#"{"US": 800, "CA": 150, "MX": 0}"#);
        assert_eq!(geo(&sponsor, &event, Some(&insights), Preferred), LeafValue::Known(2.0 / 3.0));
        assert_eq!(geo(&sponsor, &event, Some(&insights), Reachable), LeafValue::Known(1.0));
        assert_eq!(geo(&sponsor, &event, None, Preferred), LeafValue::Known(1.0 / 3.0));
    }

    #[test]
    fn a_silent_event_is_not_one_that_misses() {
        use OverlapReading::{Preferred, Reachable};
        let (sponsor, event, insights) = rows(&["US"], &[], r#"{"FR": 0}"#);
        for reading in [Preferred, Reachable] {
            assert_eq!(geo(&sponsor, &event, Some(&insights), reading), LeafValue::EventSilent);
            assert_eq!(geo(&sponsor, &event, None, reading), LeafValue::EventSilent);
        }
        let (sponsor, event, insights) = rows(&["US"], &[], r#"{"FR": 1}"#);
        assert_eq!(geo(&sponsor, &event, Some(&insights), Preferred), LeafValue::Known(0.0));
        let (sponsor, event, insights) = rows(&[], &[], "{}");
        assert_eq!(geo(&sponsor, &event, Some(&insights), Preferred), LeafValue::NoPreference);
    }

    #[test]
    fn the_share_counts_visitors() {
        let (sponsor, _, insights) = rows(&["US", "CA"], &[], r#"{"US": 800, "CA": 150, "BR": 50}"#);
        assert_eq!(audience_share(&sponsor.regions, Some(&insights)), LeafValue::Known(0.95));
        assert_eq!(audience_share(&sponsor.regions, None), LeafValue::EventSilent);
        assert_eq!(audience_share(&LabelSet::default(), Some(&insights)), LeafValue::NoPreference);
        let (sponsor, _, silent) = rows(&["US"], &["US"], r#"{"US": 0}"#);
        assert_eq!(audience_share(&sponsor.regions, Some(&silent)), LeafValue::EventSilent);
    }
}
