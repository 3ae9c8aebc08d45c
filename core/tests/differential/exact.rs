//! How far rounding moves the core's numbers, and what that does to an order.

use num_rational::BigRational;
use proptest::prelude::*;
use sponsorfit::{Leaf, MatchScore, Scorer, UnitInterval};

use super::oracle::config::{Config, Policy};
use super::oracle::generate::{self, Case, Catalog};
use super::oracle::rank::{Ranked, Rows, events_for_each_sponsor, order, sponsors_for_each_event};
use super::oracle::rational::{exact, same_ranking_up_to_ties, ulps_from};
use super::oracle::{Given, rank};
use super::support::cases;
use super::support::pair::{Pair, row, scorer};

/// The similarity where it is known.
fn similarity(score: &MatchScore) -> Option<f64> {
    let known = !score.unknown.contains(Leaf::ObjectivesSimilarity);
    score.overlap_metrics.objectives_similarity.filter(|_| known).map(UnitInterval::get)
}

proptest! {
    #![proptest_config(cases(400))]

    /// The bounds are those that the oracle's own test derives from the number of roundings.
    #[test]
    fn numbers_are_a_few_places_from_exact(case in generate::case()) {
        let Case { sponsor, event, insights, config, .. } = &case;
        let Ok(why) = Pair::of(&case).explain(&scorer(config, case.custom)) else { return Ok(()) };
        let exact = exact(sponsor, event, insights.as_deref(), config, similarity(&why.score));
        let most = match Config::read(config).policy {
            Policy::Neutral => 10.0,
            Policy::Renormalize => 15.0,
        };
        let score = exact.score.expect("what has a score has an exact one");
        prop_assert!(ulps_from(why.score.score.get(), &score) <= most);
        prop_assert!(ulps_from(why.score.lower.get(), &exact.lower) <= most);
        prop_assert!(ulps_from(why.score.upper.get(), &exact.upper) <= most);
        prop_assert!(ulps_from(why.score.coverage.get(), &exact.coverage) <= 16.0);
    }
}

/// A pair of a catalog's rows, by its texts.
struct Candidate<'a> {
    sponsor: &'a str,
    event: &'a str,
    insights: Option<&'a str>,
}

/// Ranks candidates by the core's scores and returns the exact ones in the same order.
fn ranked(
    scorer: &Scorer,
    candidates: &[(String, Candidate)],
    config: &str,
) -> (Vec<Ranked>, Vec<BigRational>) {
    let mut list = Vec::new();
    let mut exact_by_id = std::collections::BTreeMap::new();
    for (id, candidate) in candidates {
        let Candidate { sponsor, event, insights } = *candidate;
        let pair = Pair::read(sponsor, event, insights);
        let Ok(score) = scorer.score(&pair.sponsor, &pair.event, &pair.insights) else { continue };
        let exact = exact(sponsor, event, insights, config, similarity(&score));
        exact_by_id.insert(id.clone(), exact.score.expect("what has a score has an exact one"));
        list.push(Ranked { id: id.clone(), score: score.score.get() });
    }
    order(&mut list);
    let exact = list.iter().map(|ranked| exact_by_id[&ranked.id].clone()).collect();
    (list, exact)
}

proptest! {
    #![proptest_config(cases(60))]

    /// Both sides, by scoring every pair with the core and sorting.
    #[test]
    fn rankings_are_the_oracles_and_exact_but_for_ties(catalog in generate::catalog(5)) {
        let Catalog { sponsors, events, insights, config, .. } = &catalog;
        let scorer = scorer(config, None);
        let rows = Rows { sponsors, events, insights, config, given: Given::Nothing };
        let of_event = |event: &str| {
            let id = row::<sponsorfit::Event>(event).event_id;
            insights.iter().map(String::as_str).find(|r| row::<sponsorfit::AudienceInsights>(r).event_id == id)
        };
        let sponsor_id = |text: &str| row::<sponsorfit::SponsorProfile>(text).sponsor_id.to_string();
        let event_id = |text: &str| row::<sponsorfit::Event>(text).event_id.to_string();

        let assert_same = |lists: &[rank::List], anchor: String, candidates: &[(String, Candidate)]| {
            let (list, exact) = ranked(&scorer, candidates, config);
            let expected = lists.iter().find(|list| list.anchor == anchor).expect("a list for each anchor");
            assert_eq!(&list, &expected.ranked);
            assert_eq!(candidates.len() - list.len(), expected.insufficient);
            assert_eq!(same_ranking_up_to_ties(&list, &exact, 30), Ok(()));
        };
        let for_events = sponsors_for_each_event(rows, usize::MAX);
        for event in events {
            let candidate = |sponsor| Candidate { sponsor, event, insights: of_event(event) };
            let all: Vec<_> = sponsors.iter().map(|text| (sponsor_id(text), candidate(text))).collect();
            assert_same(&for_events, event_id(event), &all);
        }
        let for_sponsors = events_for_each_sponsor(rows, usize::MAX);
        for sponsor in sponsors {
            let candidate = |event| Candidate { sponsor, event, insights: of_event(event) };
            let all: Vec<_> = events.iter().map(|text| (event_id(text), candidate(text))).collect();
            assert_same(&for_sponsors, sponsor_id(sponsor), &all);
        }
    }
}
