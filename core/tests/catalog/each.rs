//! All anchors: the order of the calls, and that threads change nothing.

use proptest::prelude::*;
use sponsorfit::{Filter, MatchScore};

use crate::world::world;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_anchor_in_the_order_of_reading(world in world(20, 30), k in 0..6_usize) {
        let catalog = world.catalog();
        let mut seen = Vec::new();
        catalog.events_for_each_sponsor(k, &Filter::new(), |sponsor, ranking| {
            assert_eq!(ranking, catalog.events_for(&sponsor.sponsor_id).top(k).unwrap());
            seen.push(sponsor.sponsor_id);
            Ok::<(), ()>(())
        }).unwrap();
        prop_assert_eq!(seen, world.sponsors.iter().map(|row| row.sponsor_id).collect::<Vec<_>>());

        let mut seen = Vec::new();
        catalog.sponsors_for_each_event(k, &Filter::new(), |event, insights, ranking| {
            assert_eq!(insights, world.insights_of(event));
            assert_eq!(ranking, catalog.sponsors_for(&event.event_id).top(k).unwrap());
            seen.push(event.event_id);
            Ok::<(), ()>(())
        }).unwrap();
        prop_assert_eq!(seen, world.events.iter().map(|row| row.event_id).collect::<Vec<_>>());
    }

    #[test]
    fn the_number_of_threads_changes_nothing(world in world(30, 30), k in 0..6_usize) {
        let catalog = world.catalog();
        let lists = |catalog: &sponsorfit::Catalog| -> Vec<MatchScore> {
            let mut all = Vec::new();
            catalog.events_for_each_sponsor(k, &Filter::new(), |_, ranking| {
                all.extend(ranking);
                Ok::<(), ()>(())
            }).unwrap();
            all
        };
        let alone = lists(&catalog.clone().sequential());
        prop_assert_eq!(&lists(&catalog), &alone);
        #[cfg(feature = "parallel")]
        for threads in 1..=4 {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            prop_assert_eq!(&pool.install(|| lists(&catalog)), &alone);
        }
    }
}

#[test]
fn the_first_error_of_the_visitor_ends_the_work() {
    let sponsors = (0..9).map(|number| sponsorfit::SponsorProfile::new(crate::world::sponsor_id(number)));
    let catalog =
        sponsorfit::Catalog::builder(crate::world::scorer("{}")).sponsors(sponsors).build().unwrap();
    let mut calls = 0;
    let ended = catalog.events_for_each_sponsor(3, &Filter::new(), |_, _| {
        calls += 1;
        if calls == 4 { Err("enough") } else { Ok(()) }
    });
    assert_eq!((ended, calls), (Err("enough"), 4));
}
