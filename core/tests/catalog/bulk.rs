//! All pairs at once, one pair by its identifiers, and catalogs that were saved.

use proptest::prelude::*;
use sponsorfit::{Catalog, Columns, Leaf, MatchScore, Scorer, ScoringConfig};

use crate::world::{World, event_id, scorer, sponsor_id, world};

/// What a column should hold of a pair.
fn leaf_of(pair: &MatchScore, leaf: Leaf) -> Option<f64> {
    let metrics = &pair.overlap_metrics;
    let value = match leaf {
        Leaf::BudgetFit => metrics.budget_fit,
        Leaf::Categories => metrics.audience_overlap.categories,
        Leaf::Geo => metrics.audience_overlap.geo,
        Leaf::GeoFit => metrics.geo_fit,
        Leaf::ObjectivesSimilarity => metrics.objectives_similarity,
        Leaf::EngagementScore | Leaf::TicketConversionRate => None,
    };
    value.map(sponsorfit::UnitInterval::get)
}

fn assert_columns(catalog: &Catalog, world: &World) {
    let pairs = world.sponsors.len() * world.events.len();
    let (mut score, mut coverage) = (vec![9.0; pairs], vec![9.0; pairs]);
    let mut leaves: [Vec<f64>; 7] = std::array::from_fn(|_| vec![9.0; pairs]);
    let columns = Columns {
        score: Some(&mut score),
        coverage: Some(&mut coverage),
        leaves: leaves.each_mut().map(|leaf| Some(leaf.as_mut_slice())),
    };
    catalog.score_all(columns).unwrap();
    let bits = |value: f64| value.to_bits();
    let mut at = 0;
    for sponsor in &world.sponsors {
        for event in &world.events {
            let expected = catalog.scorer().score(sponsor, event, world.insights_of(event));
            let by_id = catalog.score(&sponsor.sponsor_id, &event.event_id);
            match expected {
                Ok(pair) => {
                    assert_eq!(bits(score[at]), bits(pair.score.get()));
                    assert_eq!(bits(coverage[at]), bits(pair.coverage.get()));
                    for leaf in Leaf::ALL {
                        let value = leaves[leaf as usize][at];
                        match (leaf, leaf_of(&pair, leaf)) {
                            (Leaf::EngagementScore | Leaf::TicketConversionRate, _) => {
                                let insights = world.insights_of(event);
                                let known = insights.and_then(|row| match leaf {
                                    Leaf::EngagementScore => row.engagement_score,
                                    _ => row.ticket_conversion_rate,
                                });
                                if let Some(known) = known {
                                    assert_eq!(bits(value), bits(known.get()));
                                }
                            }
                            (_, Some(expected)) => assert_eq!(bits(value), bits(expected), "{leaf:?}"),
                            (_, None) => assert!(value.is_nan(), "{leaf:?} {value}"),
                        }
                    }
                    assert_eq!(by_id, Ok(pair));
                }
                Err(refusal) => {
                    assert!(score[at].is_nan());
                    assert_eq!(bits(coverage[at]), bits(refusal.coverage.get()));
                    assert_eq!(by_id, Err(refusal.into()));
                }
            }
            at += 1;
        }
    }
    let mut alone = vec![9.0; pairs];
    catalog.score_all(Columns { score: Some(&mut alone), ..Columns::default() }).unwrap();
    assert_eq!(
        alone.iter().map(|value| bits(*value)).collect::<Vec<_>>(),
        score.iter().map(|value| bits(*value)).collect::<Vec<_>>()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn columns_hold_what_pairs_score(world in world(8, 40)) {
        assert_columns(&world.catalog(), &world);
    }

    #[test]
    fn columns_follow_changes(world in world(4, 30), added in crate::world::event(3)) {
        let mut world = world;
        let mut catalog = world.catalog();
        match world.events.iter_mut().find(|row| row.event_id == added.event_id) {
            Some(row) => *row = added.clone(),
            None => world.events.push(added.clone()),
        }
        world.insights.remove(&added.event_id);
        catalog.upsert_event(added, None).unwrap();
        if !world.events.is_empty() {
            let gone = world.events.remove(0);
            prop_assert!(catalog.remove_event(&gone.event_id));
        }
        assert_columns(&catalog, &world);
    }

    #[test]
    fn what_is_saved_is_loaded(world in world(8, 30)) {
        let saved = world.catalog();
        let Ok(bytes) = saved.to_bytes() else {
            prop_assert!(world.insights.values().any(|row| row.geo_distribution.total() > 1 << 54));
            return Ok(());
        };
        let loaded = Catalog::from_bytes_with(&bytes, world.scorer()).unwrap();
        prop_assert!(saved.sponsors().eq(loaded.sponsors()));
        prop_assert!(saved.events().eq(loaded.events()));
        prop_assert_eq!(loaded.to_bytes().unwrap(), bytes.clone());
        let as_configured = Catalog::from_bytes(&bytes);
        if world.config.contains("custom") {
            prop_assert_eq!(as_configured.unwrap_err().code(), "missing_implementation");
        } else {
            let loaded = as_configured.unwrap();
            prop_assert_eq!(loaded.scorer().config(), saved.scorer().config());
        }
    }

    #[test]
    fn damage_is_noticed(world in world(3, 3), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let Ok(bytes) = world.catalog().to_bytes() else { return Ok(()) };
        let mut damaged = bytes.clone();
        let at = at.index(bytes.len());
        damaged[at] = byte;
        let read = Catalog::from_bytes_with(&damaged, world.scorer());
        prop_assert_eq!(read.map(|_| ()).map_err(|error| error.code()), if damaged == bytes { Ok(()) } else { Err("invalid_catalog") });
        let shortened = &bytes[..cut.index(bytes.len())];
        prop_assert_eq!(Catalog::from_bytes_with(shortened, world.scorer()).unwrap_err().code(), "invalid_catalog");
    }
}

/// Rows that lie, under a checksum that fits.
#[test]
fn a_right_checksum_does_not_make_rows_right() {
    let saved = Catalog::builder(scorer("{}"))
        .sponsors([sponsorfit::SponsorProfile::new(sponsor_id(1))])
        .build()
        .unwrap()
        .to_bytes()
        .unwrap();
    let text = String::from_utf8(saved).unwrap();
    let payload = text.splitn(3, '\n').nth(2).unwrap();
    let refusal = |payload: &str| {
        let hash = sha256(payload.as_bytes());
        Catalog::from_bytes(format!("sponsorfit catalog 1\n{hash}\n{payload}").as_bytes())
            .map(|_| ())
            .unwrap_err()
    };
    assert_eq!(
        refusal(&payload.replace("\"sponsors\":1", "\"sponsors\":2")).to_string(),
        "the saved catalog ends too early"
    );
    assert_eq!(
        refusal(&payload.replace("\"sponsors\":1", "\"sponsors\":0")).to_string(),
        "the saved catalog has more rows than it says"
    );
    let wrong = refusal(&payload.replace("\"annual_budget_cents\":null", "\"annual_budget_cents\":-5"));
    assert_eq!(wrong.code(), "invalid_catalog");
    assert!(wrong.to_string().starts_with("the saved catalog has a wrong row: "), "{wrong}");
    assert_eq!(refusal("").to_string(), "the saved catalog ends too early");
    let of_tomorrow = text.replacen("catalog 1", "catalog 2", 1);
    assert_eq!(
        Catalog::from_bytes(of_tomorrow.as_bytes()).unwrap_err().to_string(),
        "the saved catalog has version `2`, this library reads 1"
    );
}

/// The checksum as another implementation would compute it.
fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    let hex = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap());
    sha2::Sha256::digest(bytes).iter().flat_map(hex).collect()
}

#[test]
fn a_fitted_table_must_be_given_again() {
    let corpus = [sponsorfit::Objectives { keywords: ["vinyl"].into_iter().collect(), ..Default::default() }];
    let scorer = Scorer::new(ScoringConfig::default())
        .unwrap()
        .with_keywords(sponsorfit::KeywordsSimilarity::fit(&corpus));
    let saved = Catalog::builder(scorer.clone()).build().unwrap();
    let bytes = saved.to_bytes().unwrap();
    assert_eq!(Catalog::from_bytes(&bytes).unwrap_err().code(), "missing_implementation");
    assert_eq!(
        Catalog::from_bytes_with(&bytes, scorer.clone()).unwrap().scorer().fingerprint(),
        scorer.fingerprint()
    );
    let other =
        saved.with_config(ScoringConfig { half_budget_cents: 5.0, ..scorer.config().clone() }).unwrap();
    let keywords = sponsorfit::KeywordsSimilarity::fit(&corpus);
    let expected = Scorer::new(other.scorer().config().clone()).unwrap().with_keywords(keywords);
    assert_eq!(other.scorer().fingerprint(), expected.fingerprint());
}

#[test]
fn columns_of_another_length_are_refused() {
    let catalog = Catalog::builder(scorer("{}"))
        .sponsors([sponsorfit::SponsorProfile::new(sponsor_id(1))])
        .events([sponsorfit::Event::new(event_id(1))])
        .build()
        .unwrap();
    let mut two = [0.0; 2];
    let mut columns = Columns::default();
    columns.leaves[Leaf::Geo as usize] = Some(&mut two);
    let error = catalog.score_all(columns).unwrap_err();
    assert_eq!(error.to_string(), "audience_overlap.geo: 2 numbers are not the 1 of all pairs");
    let error = catalog.score_all(Columns { score: Some(&mut two), ..Columns::default() }).unwrap_err();
    assert_eq!(error.path(), "score");
}

#[test]
fn memory_is_counted_by_part() {
    let rows = |count: u16| {
        let events = (0..count).map(|number| {
            let mut event = sponsorfit::Event::new(event_id(number));
            event.categories = ["music", "Food"].into_iter().collect();
            event
        });
        Catalog::builder(scorer("{}")).events(events).build().unwrap().memory()
    };
    let (few, many) = (rows(1_000), rows(10_000));
    for (few, many) in [(few.rows, many.rows), (few.total(), many.total()), (few.bounds, many.bounds)] {
        assert!(few > 0 && many > 8 * few && many < 12 * few, "{few} {many}");
    }
    assert_eq!(few.labels, many.labels);
    assert!(few.bitmaps >= 2 * 1_000 / 8, "{few:?}");
}
