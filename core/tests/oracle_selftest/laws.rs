//! What holds for every valid row and configuration, and that the strategies reach all of it.

use num_rational::BigRational;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::oracle::config::{Config, Objectives, Policy};
use super::oracle::generate::{self, Case, Catalog};
use super::oracle::leaves::PATHS;
use super::oracle::rank::{Rows, events_for_each_sponsor, sponsors_for_each_event};
use super::oracle::rational::{exact, same_ranking_up_to_ties, ulps_from};
use super::oracle::{Given, Outcome, Scored, fit, score_with};
use super::same;

fn outcome(case: &Case) -> Outcome {
    let custom = |_: &str, _: &str| case.custom;
    let Case { sponsor, event, insights, config, .. } = case;
    score_with(sponsor, event, insights.as_deref(), config, Given::Custom(&custom))
}

/// The similarity where it is known.
fn similarity(scored: &Scored) -> Option<f64> {
    let unknown = scored.unknown.iter().any(|path| path == PATHS[6]);
    scored.objectives_similarity.filter(|_| !unknown)
}

/// Each rounding moves a value by at most half a unit in the last place, and every term is
/// positive, so the roundings on the way to a sum add up: three for a quotient of sums beyond 2⁵³,
/// or four for a blend of quotients, then a product and four sums. Renormalized weights add four
/// sums and a quotient. Half a unit may count as a whole one across a power of two.
fn bound(config: &Config) -> f64 {
    match config.policy {
        Policy::Neutral => 10.0,
        Policy::Renormalize => 15.0,
    }
}

fn assert_in_range(scored: &Scored) {
    let values = [
        scored.budget_fit,
        scored.categories,
        scored.geo,
        scored.geo_fit,
        scored.engagement_quality,
        scored.objectives_similarity,
        scored.factors[1].value,
        Some(scored.score),
        Some(scored.coverage),
    ];
    for value in values.into_iter().flatten() {
        assert!((0.0..=1.0).contains(&value) && value.is_sign_positive(), "{value}");
    }
    assert!(scored.lower <= scored.score && scored.score <= scored.upper);
    assert!(0.0 <= scored.lower && scored.upper <= 1.0);
}

fn assert_adds_up(scored: &Scored) {
    let mut sum = 0.0;
    for factor in &scored.factors {
        sum += factor.contribution;
        if let ([first, second], Some(value)) = (&factor.children[..], factor.value) {
            same((first.contribution + second.contribution).min(1.0), value);
        }
    }
    same(sum.clamp(0.0, 1.0), scored.score);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn scores_are_in_range_and_add_up(case in generate::case()) {
        if let Outcome::Score(scored) = outcome(&case) {
            assert_in_range(&scored);
            assert_adds_up(&scored);
            if scored.unknown.is_empty() {
                same(scored.coverage, 1.0);
                // Weights that miss 1 are put right by `renormalize`, but not in the bounds.
                let slack = match Config::read(&case.config).policy {
                    Policy::Neutral => 0.0,
                    Policy::Renormalize => 1.1e-9,
                };
                prop_assert!(scored.upper - scored.lower <= slack);
            }
        }
    }

    #[test]
    fn scores_are_a_few_places_from_exact(case in generate::case()) {
        let Case { sponsor, event, insights, config, .. } = &case;
        if let Outcome::Score(scored) = outcome(&case) {
            let exact = exact(sponsor, event, insights.as_deref(), config, similarity(&scored));
            let bound = bound(&Config::read(config));
            let score = exact.score.expect("what has a score has an exact one");
            prop_assert!(ulps_from(scored.score, &score) <= bound);
            prop_assert!(ulps_from(scored.coverage, &exact.coverage) <= 16.0);
            prop_assert!(ulps_from(scored.lower, &exact.lower) <= bound);
            prop_assert!(ulps_from(scored.upper, &exact.upper) <= bound);
        }
    }

    #[test]
    fn another_dimension_is_unknown(case in generate::case_with_another_dimension()) {
        if let Objectives::Embedding { .. } = Config::read(&case.config).objectives {
            prop_assert!(unknown(&outcome(&case)).contains(&PATHS[6].to_owned()));
        }
    }
}

fn unknown(outcome: &Outcome) -> &[String] {
    match outcome {
        Outcome::Score(scored) => &scored.unknown,
        Outcome::Insufficient { missing, .. } => missing,
    }
}

/// The exact score of a pair that has one, by the ids of an event and a sponsor in `catalog`.
fn exact_score(catalog: &Catalog, given: Given, event: &str, sponsor: &str) -> BigRational {
    let find = |rows: &[String], id: &str| rows.iter().find(|row| row.contains(id)).cloned();
    let insights = find(&catalog.insights, event);
    let event = find(&catalog.events, event).expect("a ranked event");
    let sponsor = find(&catalog.sponsors, sponsor).expect("a ranked sponsor");
    let (insights, config) = (insights.as_deref(), catalog.config.as_str());
    let Outcome::Score(scored) = score_with(&sponsor, &event, insights, config, given) else {
        panic!("a ranked pair has a score")
    };
    let exact = exact(&sponsor, &event, insights, config, similarity(&scored));
    exact.score.expect("what has a score has an exact one")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn both_sides_rank_the_same_scores(catalog in generate::catalog(5), k in 0_usize..7) {
        let Catalog { sponsors, events, insights, config, corpus } = &catalog;
        let corpus: Vec<&str> = corpus.iter().map(String::as_str).collect();
        let idf = fit(&corpus);
        let rows = Rows { sponsors, events, insights, config, given: Given::Idf(&idf) };
        let for_events = sponsors_for_each_event(rows, usize::MAX);
        let for_sponsors = events_for_each_sponsor(rows, usize::MAX);
        prop_assert_eq!((for_events.len(), for_sponsors.len()), (events.len(), sponsors.len()));

        let mut pairs = Vec::new();
        for list in &for_events {
            prop_assert_eq!(list.ranked.len() + list.insufficient, sponsors.len());
            pairs.extend(list.ranked.iter().map(|r| (&list.anchor, &r.id, r.score.to_bits())));
            let exact_scores: Vec<BigRational> = list
                .ranked
                .iter()
                .map(|ranked| exact_score(&catalog, rows.given, &list.anchor, &ranked.id))
                .collect();
            prop_assert_eq!(same_ranking_up_to_ties(&list.ranked, &exact_scores, 30), Ok(()));
        }
        let mut turned = Vec::new();
        for list in &for_sponsors {
            prop_assert_eq!(list.ranked.len() + list.insufficient, events.len());
            turned.extend(list.ranked.iter().map(|r| (&r.id, &list.anchor, r.score.to_bits())));
        }
        pairs.sort_unstable();
        turned.sort_unstable();
        prop_assert_eq!(pairs, turned);

        for (top, all) in sponsors_for_each_event(rows, k).iter().zip(&for_events) {
            prop_assert_eq!(&top.ranked[..], &all.ranked[..k.min(all.ranked.len())]);
            prop_assert_eq!(top.insufficient, all.insufficient);
        }
    }
}

/// What a case has to show, in words to be counted.
fn traits(case: &Case) -> Vec<String> {
    let config = Config::read(&case.config);
    let outcome = outcome(case);
    let unknown = unknown(&outcome);
    let kind = format!("{:?}", config.objectives);
    let kind = kind.split(' ').next().expect("a word");
    let mut traits: Vec<String> = PATHS
        .iter()
        .map(|path| format!("{kind}: {path} unknown: {}", unknown.contains(&(*path).to_owned())))
        .collect();
    match &outcome {
        Outcome::Score(scored) => {
            traits.push(format!(
                "a score: {:?} {:?} {:?} {:?}",
                config.policy, config.geo_reading, config.overlap_reading, config.budget_reading
            ));
            let in_part = scored.categories.is_some_and(|share| 0.0 < share && share < 1.0);
            traits.push(format!("categories match in part: {in_part}"));
            traits.push(format!("all is known: {}", scored.unknown.is_empty()));
        }
        Outcome::Insufficient { .. } => traits.push(format!("no score: {:?}", config.policy)),
    }
    traits
}

/// Strategies that miss a reading, a policy or a pattern would compare nothing there.
#[test]
fn the_strategies_reach_every_leaf_known_and_unknown() {
    let mut runner = TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..4000 {
        let case = generate::case().new_tree(&mut runner).expect("nothing is filtered").current();
        for seen_once in traits(&case) {
            *seen.entry(seen_once).or_insert(0) += 1;
        }
    }
    // 4 similarities times 7 leaves, known and unknown, but `none` is never known; 16 combinations
    // of policy and readings; 2 policies without a score; categories and coverage in part or not.
    assert_eq!(seen.len(), 4 * 2 * 7 - 1 + 16 + 2 + 2 + 2, "{seen:#?}");
    assert!(seen.values().all(|&times| times >= 20), "{seen:#?}");
}
