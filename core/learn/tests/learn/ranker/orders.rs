//! Who is considered, and in which order they come.

use std::collections::BTreeSet;

use sponsorfit::{EventId, Filter, SponsorId};
use sponsorfit_learn::features::Feature;
use sponsorfit_learn::ranker::{Ranker, RefinedMatch};

use super::{Scene, scene, stumps};
use crate::history::world::sponsor_id;

const MODEL: [(&str, f64, f64, f64); 3] =
    [("country_recency", 0.2, -0.2, 0.5), ("events", 3.0, 0.0, 0.25), ("series_years_since", 2.0, 0.0, 0.1)];

/// The refinement of a pair, reckoned from the stumps.
fn by_hand(scene: &Scene, sponsor: &SponsorId, event: &EventId) -> f64 {
    let (row, insights) = scene.catalog.event(event).unwrap();
    let profile = scene.catalog.sponsor(sponsor).unwrap();
    let values = scene.features.row(&scene.features.sponsor(profile), &scene.features.event(row, insights));
    MODEL.iter().fold(0.0, |sum, (name, threshold, below, above)| {
        let value = values[Feature::from_name(name).unwrap() as usize];
        sum + if value > *threshold { *above } else { *below }
    })
}

fn ids(matches: &[RefinedMatch]) -> Vec<SponsorId> {
    matches.iter().map(|found| found.score.sponsor_id).collect()
}

#[test]
fn everybody_is_considered_and_stands_where_the_model_says() {
    let scene = scene(3, &MODEL);
    let mut orders = BTreeSet::new();
    for event in &scene.world.events {
        let event = &event.event_id;
        let refined =
            scene.ranker.top_sponsors(&scene.catalog, &scene.features, event, 40, &Filter::new()).unwrap();
        let mut expected: Vec<(f64, f64, SponsorId)> = scene
            .catalog
            .sponsors()
            .map(|sponsor| {
                let score = scene.catalog.score(&sponsor.sponsor_id, event).unwrap().score.get();
                (by_hand(&scene, &sponsor.sponsor_id, event), score, sponsor.sponsor_id)
            })
            .collect();
        expected.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        assert_eq!(ids(&refined.matches), expected.iter().map(|(.., id)| *id).collect::<Vec<_>>());
        for (found, (refinement, score, _)) in refined.matches.iter().zip(&expected) {
            assert!((found.refinement - refinement).abs() < 1e-15);
            assert_eq!(found.score.score.get().to_bits(), score.to_bits());
        }
        assert_eq!((refined.considered, refined.is_complete), (40, true));
        let few =
            scene.ranker.top_sponsors(&scene.catalog, &scene.features, event, 5, &Filter::new()).unwrap();
        assert_eq!((few.matches.as_slice(), few.considered), (&refined.matches[..5], 40));
        orders.insert(ids(&refined.matches));
    }
    assert!(orders.len() > 5, "the order hardly depends on the event");
}

#[test]
fn beyond_the_limit_the_best_and_the_acquainted_are_considered() {
    let mut scene = scene(3, &MODEL);
    scene.ranker = scene.ranker.with_limit(4);
    let mut added = 0;
    for event in &scene.world.events {
        let id = &event.event_id;
        let best = scene.catalog.sponsors_for(id).top(4).unwrap();
        let best: BTreeSet<SponsorId> = best.iter().map(|found| found.sponsor_id).collect();
        let facts = scene.features.event(event, None);
        let is_acquainted = |sponsor: &SponsorId| {
            let profile = scene.catalog.sponsor(sponsor).unwrap();
            let row = scene.features.row(&scene.features.sponsor(profile), &facts);
            let met = [Feature::SeriesRecency, Feature::CountryRecency, Feature::CityRecency];
            met.iter().any(|feature| row[*feature as usize] > 0.0)
        };
        let all: Vec<SponsorId> = scene.catalog.sponsors().map(|sponsor| sponsor.sponsor_id).collect();
        let expected: BTreeSet<SponsorId> =
            all.into_iter().filter(|id| best.contains(id) || is_acquainted(id)).collect();
        let refined =
            scene.ranker.top_sponsors(&scene.catalog, &scene.features, id, 40, &Filter::new()).unwrap();
        assert_eq!(ids(&refined.matches).into_iter().collect::<BTreeSet<_>>(), expected);
        assert_eq!((refined.considered, refined.is_complete), (expected.len(), false));
        added += expected.len() - 4;
    }
    assert!(added > 40, "{added}");
}

#[test]
fn the_filter_holds_for_the_acquainted_too() {
    let mut scene = scene(3, &MODEL);
    scene.ranker = scene.ranker.with_limit(2);
    let allowed: BTreeSet<SponsorId> = (0..20).map(sponsor_id).collect();
    let filter = Filter::new().only_sponsors(allowed.iter().copied()).without_sponsors([sponsor_id(7)]);
    let mut seen = BTreeSet::new();
    for event in &scene.world.events {
        let refined =
            scene.ranker.top_sponsors(&scene.catalog, &scene.features, &event.event_id, 40, &filter).unwrap();
        seen.extend(ids(&refined.matches));
    }
    assert!(seen.is_subset(&allowed) && !seen.contains(&sponsor_id(7)) && seen.len() > 10, "{seen:?}");
}

#[test]
fn events_are_ordered_for_a_sponsor() {
    let scene = scene(3, &MODEL);
    let sponsor = sponsor_id(2);
    let refined =
        scene.ranker.top_events(&scene.catalog, &scene.features, &sponsor, 24, &Filter::new()).unwrap();
    assert_eq!((refined.matches.len(), refined.is_complete), (24, true));
    for found in &refined.matches {
        let expected = by_hand(&scene, &sponsor, &found.score.event_id);
        assert!((found.refinement - expected).abs() < 1e-15);
    }
    assert!(refined.matches.is_sorted_by(|a, b| a.refinement >= b.refinement));
    assert!(refined.matches[0].refinement > refined.matches[23].refinement);
}

#[test]
fn strangers_and_models_of_something_else_are_refused() {
    let scene = scene(3, &MODEL);
    let nobody = EventId::from_bytes([0xee; 16]);
    let error = scene.ranker.top_sponsors(&scene.catalog, &scene.features, &nobody, 5, &Filter::new());
    assert_eq!(error.unwrap_err().code(), "unknown_id");

    let refusal = |names: [&str; 2]| {
        let text = stumps(&names.map(|name| (name, 0.0, 0.0, 1.0)));
        Ranker::from_text(&text).unwrap_err()
    };
    let unknown = refusal(["events", "Column_1"]);
    assert_eq!((unknown.code(), unknown.path()), ("unknown_feature", "feature_names[1]"));
    assert_eq!(refusal(["events", "event"]).message(), "`event` is no feature, did you mean `events`");
    assert_eq!(refusal(["events", "events"]).code(), "duplicate_field");
}
