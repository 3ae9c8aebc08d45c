//! The rules to beat: what they count, and what they do not.

use sponsorfit::{Event, EventId, PastSponsorship, SponsorId, SponsorshipOutcome};
use sponsorfit_learn::evaluation::{Known, Tally};

fn event(number: u8, country: Option<&str>) -> Event {
    let mut event = Event::new(EventId::from_bytes([number; 16]));
    event.country = country.map(str::to_owned);
    event
}

fn past(sponsor: u8, event: u8) -> PastSponsorship {
    let (sponsor, event) = (SponsorId::from_bytes([sponsor; 16]), EventId::from_bytes([event; 16]));
    PastSponsorship::new(sponsor, event, "2024-05-15".parse().unwrap())
}

#[test]
fn events_are_counted_once_and_only_if_sponsored() {
    let mut rejected = past(2, 2);
    rejected.outcome = SponsorshipOutcome::Rejected;
    let known = Known {
        events: vec![event(1, Some("FR")), event(2, Some("fr ")), event(3, None)],
        sponsorships: vec![past(1, 1), past(1, 1), past(1, 2), past(2, 3), rejected, past(3, 9), past(9, 1)],
    };
    let candidates = [1, 2, 3].map(|number| SponsorId::from_bytes([number; 16]));
    let tally = Tally::new(&known, &candidates);
    assert_eq!(tally.popularity(), [2.0, 1.0, 1.0]);
    // A country is a label: its case and spaces do not matter.
    assert_eq!(tally.country(&event(4, Some("FR"))), [2.0 + 2.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]);
    for elsewhere in [Some("JP"), None] {
        assert_eq!(tally.country(&event(4, elsewhere)), [2.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]);
    }
}

/// However often somebody sponsored elsewhere, once here is more.
#[test]
fn here_comes_before_anywhere() {
    let abroad = (2..=200).map(|number| event(number, Some("US")));
    let known = Known {
        events: abroad.chain([event(1, Some("FR"))]).collect(),
        sponsorships: (2..=200).map(|number| past(1, number)).chain([past(2, 1)]).collect(),
    };
    let tally = Tally::new(&known, &[1, 2].map(|number| SponsorId::from_bytes([number; 16])));
    let scores = tally.country(&event(250, Some("FR")));
    assert!(scores[1] > scores[0], "{scores:?}");
}
