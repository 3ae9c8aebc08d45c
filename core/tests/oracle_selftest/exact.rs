//! The rational score, the distance to it, and lists.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::oracle::Given;
use super::oracle::rank::{Ranked, Rows, events_for_each_sponsor, order, sponsors_for_each_event};
use super::oracle::rational::{exact, same_ranking_up_to_ties, ulps_from};
use super::{Pair, event, pair, row, same, sponsor};

fn ratio(part: i64, whole: i64) -> BigRational {
    BigRational::new(BigInt::from(part), BigInt::from(whole))
}

/// Weights and blends that doubles hold exactly, so that the sums can be done on paper.
const DYADIC: &str = r#"{"weights": {"budget_fit": 0.25, "audience_overlap": 0.25, "geo_fit": 0.25,
    "engagement_quality": 0.125, "objectives_similarity": 0.125}, "audience_blend":
    {"categories": 0.5, "geo": 0.5}, "engagement_blend": {"engagement_score": 0.5,
    "ticket_conversion_rate": 0.5}, "missing": {"policy": "POLICY"}}"#;

#[test]
fn the_first_case_in_fractions() {
    let Pair { sponsor, event, insights } = pair();
    let insights = insights.replace("0.8", "0.75").replace("0.1", "0.25");
    let of = |policy: &str, similarity| {
        let config = DYADIC.replace("POLICY", policy);
        exact(&sponsor, &event, Some(&insights), &config, similarity)
    };
    // 50/51, (1/3 + 2/3) / 2, 2/3, (3/4 + 1/4) / 2, and a similarity of 1/2 or 1.
    let known = ratio(50, 204) + ratio(1, 8) + ratio(1, 6) + ratio(1, 16);
    let neutral = of("neutral", None);
    assert_eq!(neutral.score, Some(&known + ratio(1, 16)));
    assert_eq!(neutral.coverage, ratio(7, 8));
    assert_eq!(neutral.lower, known);
    assert_eq!(neutral.upper, &known + ratio(1, 8));
    let renormalized = of("renormalize", None);
    assert_eq!(renormalized.score, Some(&known * ratio(8, 7)));
    assert_eq!(renormalized.upper, neutral.upper);
    let told = of("renormalize", Some(1.0));
    assert_eq!(told.score, Some(&known + ratio(1, 8)));
    assert_eq!(told.coverage, ratio(1, 1));
}

#[test]
fn an_only_child_and_nothing_in_fractions() {
    let config = DYADIC.replace("POLICY", "renormalize");
    let art = sponsor(r#""preferred_categories": ["art", "food", "music"]"#);
    let of = |sponsor: &str| exact(sponsor, &event(r#""categories": ["art"]"#), None, &config, None);
    assert_eq!(of(&art).score, Some(ratio(1, 3)));
    assert_eq!(of(&art).coverage, ratio(1, 8));
    assert_eq!(of(&sponsor("")).score, None);
}

#[test]
fn the_distance_is_counted_in_places() {
    let third = ratio(1, 3);
    // The double below 1/3 is 1/3 - 2^-54/3, and doubles there are 2^-54 apart.
    same(ulps_from(1.0 / 3.0, &third), 0.3333333333333333);
    same(ulps_from((1.0_f64 / 3.0).next_up(), &third), 0.6666666666666666);
    same(ulps_from(0.5, &ratio(1, 2)), 0.0);
    same(ulps_from(0.5_f64.next_up(), &ratio(1, 2)), 1.0);
    // Below a power of two they are half as far apart.
    same(ulps_from(1.0_f64.next_down(), &ratio(1, 1)), 0.5);
    same(ulps_from(3.0_f64.next_up().next_up(), &ratio(3, 1)), 2.0);
    same(ulps_from(f64::from_bits(3), &ratio(0, 1)), 3.0);
}

fn ranked(list: &[(&str, f64)]) -> Vec<Ranked> {
    list.iter().map(|(id, score)| Ranked { id: (*id).to_owned(), score: *score }).collect()
}

#[test]
fn rounding_may_swap_only_what_is_tied() {
    let tied = ranked(&[("a", 0.5), ("b", 0.5), ("c", 0.5)]);
    let same = |scores: &[BigRational], ulps| same_ranking_up_to_ties(&tied, scores, ulps).is_ok();
    // Places above 1/2, where one is 2^-53.
    let above = |places: i64| ratio(1, 2) + ratio(places, 1 << 53);
    assert!(same(&[above(0), above(0), ratio(1, 4)], 0));
    assert!(same(&[above(0), above(2), ratio(1, 4)], 2));
    assert!(!same(&[above(0), above(2), ratio(1, 4)], 1));
    // Neighbours may be tied where their neighbours are not.
    assert!(same(&[above(0), above(2), above(4)], 4));
    assert!(!same(&[above(0), above(2), above(4)], 2));
    let error = same_ranking_up_to_ties(&tied, &[ratio(1, 2), ratio(1, 4), ratio(1, 3)], 2);
    assert_eq!(error, Err("b stands before c, whose exact score is higher".to_owned()));
}

#[test]
fn ties_stand_in_the_order_of_their_ids() {
    let mut list = ranked(&[("c", 0.5), ("b", 0.75), ("d", 0.25), ("a", 0.5)]);
    order(&mut list);
    assert_eq!(list, ranked(&[("b", 0.75), ("a", 0.5), ("c", 0.5), ("d", 0.25)]));
}

fn id(digit: char) -> String {
    format!("00000000-0000-4000-8000-00000000000{digit}")
}

fn by_id(name: &str, digit: char, fields: &str) -> String {
    row(&format!("\"{name}\": \"{}\"", id(digit)), fields)
}

#[test]
fn lists_for_each_side() {
    let sponsors = [
        by_id("sponsor_id", 'C', "\"annual_budget_cents\": 100000"),
        by_id("sponsor_id", '1', ""),
        by_id("sponsor_id", '2', "\"annual_budget_cents\": 300000"),
        by_id("sponsor_id", '3', "\"annual_budget_cents\": 100000"),
    ];
    let events = [by_id("id", 'f', ""), by_id("event_id", 'e', "")];
    // The second event's audience converts, whoever sponsors it; no event has the other's id.
    let insights = [
        by_id("event_id", '9', "\"ticket_conversion_rate\": 0"),
        by_id("event_id", 'E', "\"ticket_conversion_rate\": 1"),
    ];
    let rows = Rows {
        sponsors: &sponsors,
        events: &events,
        insights: &insights,
        config: r#"{"missing": {"policy": "renormalize"}}"#,
        given: Given::Nothing,
    };

    let by_event = sponsors_for_each_event(rows, 3);
    assert_eq!(by_event.len(), 2);
    assert_eq!((by_event[0].anchor.clone(), by_event[0].insufficient), (id('e'), 0));
    // 0.625·budget + 0.375·1 of the two that are known; of the first sponsor nothing is.
    let (first, second, third) = (id('1'), id('2'), id('3'));
    assert_eq!(by_event[0].ranked, ranked(&[(&first, 1.0), (&second, 0.84375), (&third, 0.6875)]));
    assert_eq!((by_event[1].anchor.clone(), by_event[1].insufficient), (id('f'), 1));
    let last = id('c');
    assert_eq!(by_event[1].ranked, ranked(&[(&second, 0.75), (&third, 0.5), (&last, 0.5)]));

    let by_sponsor = events_for_each_sponsor(rows, 1);
    let anchors: Vec<String> = by_sponsor.iter().map(|list| list.anchor.clone()).collect();
    assert_eq!(anchors, ['1', '2', '3', 'c'].map(id));
    let (e, f) = (id('e'), id('f'));
    assert_eq!(by_sponsor[0].ranked, ranked(&[(&e, 1.0)]));
    assert_eq!(by_sponsor[0].insufficient, 1);
    assert_eq!(by_sponsor[1].ranked, ranked(&[(&e, 0.84375)]));
    let both = events_for_each_sponsor(rows, 9);
    assert_eq!(both[3].ranked, ranked(&[(&e, 0.6875), (&f, 0.5)]));
}
