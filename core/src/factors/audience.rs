//! Audience overlap: `0.6·categories + 0.4·geo` under the default blend.
//!
//! `categories = |P ∩ C| / |P|` with the sponsor's preferred categories `P` and
//! the event's categories `C`; under the reading `reachable` the divisor is
//! `min(|P|, |C|)`. Range 0 to 1; unknown when either set is empty. The other
//! part, `geo`, is in [`super::geography`].

use super::{LeafValue, overlap};
use crate::config::OverlapReading;
use crate::model::{Event, SponsorProfile};

/// Returns the overlap of categories.
///
/// # Examples
/// ```
/// use sponsorfit::factors::{LeafValue, audience};
/// use sponsorfit::{Event, EventId, OverlapReading, SponsorId, SponsorProfile};
///
/// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// sponsor.preferred_categories = ["music", "art"].into_iter().collect();
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// event.categories = ["Music"].into_iter().collect();
/// assert_eq!(audience::categories(&sponsor, &event, OverlapReading::Preferred), LeafValue::Known(0.5));
/// ```
pub fn categories(sponsor: &SponsorProfile, event: &Event, reading: OverlapReading) -> LeafValue {
    let (wanted, offered) = (&sponsor.preferred_categories, &event.categories);
    overlap(wanted.matches(offered), wanted.len(), offered.len(), reading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventId, SponsorId};

    fn overlap_of(wanted: &[&str], offered: &[&str], reading: OverlapReading) -> LeafValue {
        let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
        sponsor.preferred_categories = wanted.iter().copied().collect();
        let mut event = Event::new(EventId::from_bytes([2; 16]));
        event.categories = offered.iter().copied().collect();
        categories(&sponsor, &event, reading)
    }

    #[test]
    fn overlap_is_a_share_of_what_is_wanted_or_reachable() {
        use OverlapReading::{Preferred, Reachable};
        assert_eq!(overlap_of(&["a", "b", "c"], &["A"], Preferred), LeafValue::Known(1.0 / 3.0));
        assert_eq!(overlap_of(&["a", "b", "c"], &["A"], Reachable), LeafValue::Known(1.0));
        assert_eq!(overlap_of(&["a"], &["a", "b"], Reachable), LeafValue::Known(1.0));
        assert_eq!(overlap_of(&["a"], &["b"], Preferred), LeafValue::Known(0.0));
        assert_eq!(overlap_of(&[], &["b"], Preferred), LeafValue::NoPreference);
        assert_eq!(overlap_of(&[], &[], Preferred), LeafValue::NoPreference);
        assert_eq!(overlap_of(&["a"], &[], Reachable), LeafValue::EventSilent);
    }
}
