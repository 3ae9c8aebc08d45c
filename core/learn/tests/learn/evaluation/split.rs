//! What is known and what is asked, at the very edges.

use sponsorfit::{Event, EventId, Moment, PastSponsorship, SponsorId, SponsorshipOutcome};
use sponsorfit_learn::evaluation::{Known, TemporalSplit};

const CUT: &str = "2025-01-01";

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

fn sponsor(number: u8) -> SponsorId {
    SponsorId::from_bytes([number; 16])
}

fn event(number: u8, start_at: &str) -> Event {
    let mut event = Event::new(EventId::from_bytes([number; 16]));
    event.start_at = start_at.parse().ok();
    event
}

fn past(number: u8, event: u8, at: &str) -> PastSponsorship {
    PastSponsorship::new(sponsor(number), EventId::from_bytes([event; 16]), moment(at))
}

fn split(until: Option<&str>) -> TemporalSplit {
    TemporalSplit::new(moment(CUT), until.map(moment)).unwrap()
}

fn numbers(known: &Known) -> (Vec<u8>, Vec<u8>) {
    let events = known.events.iter().map(|event| event.event_id.as_bytes()[0]);
    let sponsors = known.sponsorships.iter().map(|row| row.sponsor_id.as_bytes()[0]);
    (events.collect(), sponsors.collect())
}

/// A date and its midnight begin together, whatever the types think of their order.
#[test]
fn the_cut_itself_is_asked_and_not_known() {
    let events = [
        event(1, "2024-12-31T23:59:59.999999Z"),
        event(2, "2025-01-01"),
        event(3, "2025-01-01T00:00:00Z"),
        event(4, "2025-01-01T00:30:00+01:00"),
        event(5, "2024-12-31"),
    ];
    let rows: Vec<PastSponsorship> = events
        .iter()
        .map(|event| {
            past(
                event.event_id.as_bytes()[0],
                event.event_id.as_bytes()[0],
                &event.start_at.unwrap().to_string(),
            )
        })
        .collect();
    for cut in ["2025-01-01", "2025-01-01T00:00:00Z", "2024-12-31T19:00:00-05:00"] {
        let split = TemporalSplit::new(moment(cut), None).unwrap();
        assert_eq!(numbers(&split.known(&events, &rows)), (vec![1, 4, 5], vec![1, 4, 5]), "{cut}");
        let everyone: Vec<SponsorId> = (1..=5).map(sponsor).collect();
        let asked = split.queries(&events, &rows, &everyone);
        let positions: Vec<usize> = asked.queries.iter().map(|query| query.event).collect();
        assert_eq!(positions, [1, 2], "{cut}");
    }
}

#[test]
fn the_end_is_not_asked() {
    let events = [event(1, "2025-06-30"), event(2, "2025-07-01"), event(3, "2025-07-01T00:00:00Z")];
    let rows = [past(1, 1, "2025-06-30"), past(1, 2, "2025-07-01"), past(1, 3, "2025-07-01")];
    let asked = |until| split(until).queries(&events, &rows, &[sponsor(1)]).events;
    assert_eq!((asked(Some("2025-07-01")), asked(Some("2025-07-02")), asked(None)), (1, 3, 3));
    for until in ["2025-01-01", "2025-01-01T00:00:00Z", "2024-01-01"] {
        assert!(TemporalSplit::new(moment(CUT), Some(moment(until))).is_err(), "{until}");
    }
}

/// Who agreed last year to sponsor an event of this year is an answer, not a fact to know.
#[test]
fn what_was_agreed_before_the_cut_about_a_later_event_is_not_known() {
    let events = [event(1, "2024-05-01"), event(2, "2025-05-01")];
    let rows = [past(1, 1, "2024-05-01"), past(2, 2, "2024-11-01"), past(3, 9, "2024-11-01")];
    // An event that is not in the list may be of the past.
    assert_eq!(numbers(&split(None).known(&events, &rows)), (vec![1], vec![1, 3]));
    let asked = split(None).queries(&events, &rows, &[sponsor(1), sponsor(2)]);
    assert_eq!(asked.queries[0].positives, [1]);
}

#[test]
fn only_who_sponsored_is_relevant() {
    let events = [event(1, "2025-05-01"), event(2, "2025-04-01"), event(3, "2025-04-01")];
    let mut rows = vec![past(1, 1, "2025-05-01"), past(1, 1, "2025-05-01"), past(9, 1, "2025-05-01")];
    rows.extend([past(2, 1, "2025-05-01"), past(2, 3, "2025-05-01"), past(9, 2, "2025-04-01")]);
    for outcome in [SponsorshipOutcome::Rejected, SponsorshipOutcome::Shown] {
        let mut row = past(3, 1, "2025-05-01");
        row.outcome = outcome;
        rows.push(row);
    }
    let candidates = [sponsor(1), sponsor(2), sponsor(3)];
    let asked = split(None).queries(&events, &rows, &candidates);
    let found: Vec<(usize, &[usize])> =
        asked.queries.iter().map(|query| (query.event, query.positives.as_slice())).collect();
    // By day, then id; event 2 has a newcomer alone, and so no query.
    assert_eq!(found, [(2, &[1][..]), (0, &[0, 1][..])]);
    assert_eq!((asked.events, asked.newcomers, asked.undated), (3, 2, 0));
}

#[test]
fn events_without_a_date_are_neither_known_nor_asked() {
    let events = [event(1, ""), event(2, "2025-05-01")];
    let rows = [past(1, 1, "2024-05-01"), past(1, 2, "2025-05-01")];
    // Its sponsor was there all the same: that is a row with a date of its own.
    assert_eq!(numbers(&split(None).known(&events, &rows)), (vec![], vec![1]));
    let asked = split(None).queries(&events, &rows, &[sponsor(1)]);
    assert_eq!((asked.queries.len(), asked.events, asked.undated), (1, 1, 1));
}
