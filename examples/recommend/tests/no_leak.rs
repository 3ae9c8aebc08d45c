//! Nothing from the cut on moves a score.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sponsorfit::rows::{Row, read};
use sponsorfit::{AudienceInsights, Event, EventId, Moment, PastSponsorship, SponsorId, UnitInterval};
use sponsorfit_learn::evaluation::{Backtest, Contender, Outcomes, TemporalSplit};
use sponsorfit_learn::features::Feature;

const CUT: &str = "2025-01-01";

/// Bits of the scores of every contender and of every feature for every candidate, by event and
/// name.
type Scores = BTreeMap<(EventId, String), Vec<(SponsorId, u64)>>;

fn outcomes() -> Outcomes {
    let insights: Vec<AudienceInsights> = rows("event_audience_insights.ndjson");
    Outcomes::new(rows("events.ndjson"), insights, rows("sponsorships.csv"))
}

fn rows<T: Row>(file: &str) -> Vec<T> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/outcomes");
    let read = read::<T>(&fs::read(folder.join(file)).unwrap());
    assert!(read.rejects.is_empty());
    read.into_rows().collect()
}

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

fn is_coming(event: &Event) -> bool {
    event.start_at.unwrap() >= moment(CUT)
}

/// Of all events that are still to come, with or without sponsors.
fn scores(outcomes: &Outcomes) -> Scores {
    let backtest = Backtest::new(outcomes, TemporalSplit::new(moment(CUT), None).unwrap()).unwrap();
    let by_sponsor = |values: Vec<f64>| {
        let ids = backtest.candidates().iter().map(|profile| profile.sponsor_id);
        ids.zip(values.into_iter().map(f64::to_bits)).collect()
    };
    let mut scores = Scores::new();
    for (at, event) in outcomes.events.iter().enumerate().filter(|(_, event)| is_coming(event)) {
        for contender in Contender::standing().unwrap() {
            if let Some(given) = contender.scores(&backtest, at).unwrap() {
                scores.insert((event.event_id, contender.name), by_sponsor(given));
            }
        }
        let rows = backtest.features(at);
        for &feature in Feature::ALL {
            let values = rows.iter().map(|row| row[feature as usize]).collect();
            scores.insert((event.event_id, format!("feature {feature:?}")), by_sponsor(values));
        }
    }
    scores
}

/// Asserts that events which are in both have the same scores, to the bit.
fn assert_unmoved(before: &Scores, after: &Scores) {
    let mut compared = 0;
    for (key, scores) in before {
        let Some(now) = after.get(key) else { continue };
        assert_eq!(scores, now, "{key:?}");
        compared += 1;
    }
    assert!(compared > 0);
}

/// Who sponsors an event at a date: sponsors that are known and one that is not.
fn planted(outcomes: &Outcomes, event: EventId, at: &str) -> Vec<PastSponsorship> {
    let known = outcomes.sponsorships.iter().map(|row| row.sponsor_id).step_by(7);
    let everyone = known.chain([SponsorId::from_bytes([0xee; 16])]);
    everyone.map(|sponsor| PastSponsorship::new(sponsor, event, moment(at))).collect()
}

fn named<'a>(scores: &'a Scores, wanted: &str) -> Vec<&'a Vec<(SponsorId, u64)>> {
    scores.iter().filter(|((_, name), _)| name == wanted).map(|(_, scores)| scores).collect()
}

#[test]
fn a_planted_past_moves_scores() {
    let before = scores(&outcomes());
    let mut changed = outcomes();
    let past = changed.events.iter().find(|event| !is_coming(event)).unwrap().event_id;
    let rows = planted(&changed, past, "2024-12-31");
    changed.sponsorships.extend(rows);
    let after = scores(&changed);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (key, scores) in before.iter().filter(|((_, name), _)| !name.starts_with("feature")) {
        assert_ne!(scores, &after[key], "{key:?}");
    }
    assert_ne!(named(&before, "feature Events"), named(&after, "feature Events"));
}

#[test]
fn a_planted_future_sponsorship_moves_none() {
    let before = scores(&outcomes());
    let coming: Vec<EventId> =
        outcomes().events.iter().filter(|event| is_coming(event)).map(|event| event.event_id).collect();
    let past = outcomes().events.iter().find(|event| !is_coming(event)).unwrap().event_id;
    // On the very day, later, agreed beforehand, and news about an event of the past.
    for (event, at) in coming
        .iter()
        .flat_map(|&event| ["2025-01-01", "2026-06-01", "2024-06-01"].map(|at| (event, at)))
        .chain([(past, CUT)])
    {
        let mut changed = outcomes();
        let rows = planted(&changed, event, at);
        changed.sponsorships.extend(rows);
        assert_unmoved(&before, &scores(&changed));
    }
}

#[test]
fn future_sponsorships_that_never_happened_move_none() {
    let before = scores(&outcomes());
    let mut changed = outcomes();
    changed.sponsorships.retain(|row| row.at < moment(CUT));
    assert!(changed.sponsorships.len() < outcomes().sponsorships.len());
    assert_unmoved(&before, &scores(&changed));
}

#[test]
fn another_future_moves_none() {
    let before = scores(&outcomes());
    let asked = outcomes().events.iter().filter(|event| is_coming(event)).count();
    for kept in 0..asked {
        let mut changed = outcomes();
        let mut twins = Vec::new();
        for (place, event) in changed.events.iter_mut().filter(|event| is_coming(event)).enumerate() {
            // One event stays as it is; the others become something else, and get company.
            if place != kept {
                event.categories = ["another", "future"].into_iter().collect();
                event.country = Some("XA".to_owned());
                event.regions = ["XA"].into_iter().collect();
                event.start_at = Some(moment("2031-01-01"));
            }
            let mut twin = event.clone();
            twin.event_id = EventId::from_bytes([u8::try_from(place).unwrap(); 16]);
            twins.push(twin);
        }
        changed.events.extend(twins);
        let after = scores(&changed);
        let kept = outcomes().events.iter().filter(|event| is_coming(event)).nth(kept).unwrap().event_id;
        let of_kept: Scores = before.clone().into_iter().filter(|((event, _), _)| *event == kept).collect();
        assert_unmoved(&of_kept, &after);
    }
}

/// How an audience behaved is known when the event is over.
#[test]
fn what_is_measured_at_an_event_moves_none_of_its_scores() {
    let before = scores(&outcomes());
    let mut changed = outcomes();
    for insights in changed.insights.values_mut() {
        insights.engagement_score = UnitInterval::new(1.0).ok();
        insights.ticket_conversion_rate = UnitInterval::new(1.0).ok();
        insights.attendee_count = Some(90_000_u32.into());
    }
    assert_unmoved(&before, &scores(&changed));
}
