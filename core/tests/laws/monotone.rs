//! What more of something does: "between inputs with the same knowns".

use proptest::prelude::*;
use serde_json::{Value, json};
use sponsorfit::{Count, Event, Scorer, SponsorProfile, UnitInterval};

use super::oracle::generate::{self, Case};
use super::oracle::labels::key;
use super::support::cases;
use super::support::edit::Rows;
use super::support::pair::{Pair, scorer};

const MOST: u64 = (1 << 53) - 1;
const EXACT: f64 = 9_007_199_254_740_992.0;

fn budget() -> impl Strategy<Value = u64> {
    prop_oneof![
        2 => 0..=MOST,
        1 => 0_u64..200_000,
        2 => (0_u64..100_000).prop_map(|below| MOST - below),
        2 => (0_u32..53, -3_i64..=3).prop_map(|(power, near)| (1_u64 << power).saturating_add_signed(near).min(MOST)),
    ]
}

fn half() -> impl Strategy<Value = f64> {
    prop_oneof![
        2 => (1_u32..=u32::MAX).prop_map(f64::from),
        2 => (0.0..60.0_f64, 0.5..=1.0_f64).prop_map(|(power, part)| part * libm::exp2(power)),
        1 => (-300.0..300.0_f64).prop_map(libm::exp10),
        1 => (0.0..8.0_f64).prop_map(|near| EXACT - near),
    ]
}

/// `budget_fit` under a half budget, by the configuration or by the event's price.
fn budget_fit(half: f64, by_price: bool, budget: u64) -> f64 {
    let id = "00000000-0000-4000-8000-000000000001";
    let mut sponsor = SponsorProfile::new(id.parse().expect("an id"));
    sponsor.annual_budget_cents = Some(Count::new(budget).expect("a count"));
    let mut event = Event::new(id.parse().expect("an id"));
    let mut config = json!({"half_budget_cents": half});
    if by_price {
        config = json!({"budget_reading": "price", "half_budget_cents": 7});
        event.min_price_cents = serde_json::from_value(json!(half)).ok();
    }
    let score = scorer(&config.to_string(), None).score(&sponsor, &event, None).expect("a score");
    score.overlap_metrics.budget_fit.expect("a known budget").get()
}

proptest! {
    #![proptest_config(cases(4000))]

    /// "More budget never lowers budget_fit … (never at all while B + H ≤ 2⁵³ and H is an integer)."
    ///
    /// Beyond, by two places at most: each sum is rounded by at most half a place, which moves its
    /// quotient by at most one of its own, one up and the other down.
    #[test]
    fn more_budget(half in half(), budgets in [budget(), budget()], by_price in any::<bool>(), next in any::<bool>()) {
        let [less, more] = budgets;
        let more = if next { less.saturating_add(1).min(MOST) } else { more };
        let (less, more) = (less.min(more), less.max(more));
        let by_price = by_price && half.fract() == 0.0 && half < EXACT;
        let (before, after) = (budget_fit(half, by_price, less), budget_fit(half, by_price, more));
        let ulp = before.next_up() - before;
        prop_assert!(after >= before - 2.0 * ulp, "{before:?} fell to {after:?}");
        #[expect(clippy::cast_precision_loss, reason = "the sum is compared with 2^53 as it is rounded")]
        if half.fract() == 0.0 && more as f64 + half <= EXACT {
            prop_assert!(after >= before, "{before:?} fell to {after:?}");
        }
    }
}

/// Both places are lost by these, so the bound is no wider than need be.
#[test]
fn more_budget_may_lose_two_places_beyond_exact_sums() {
    let (half, budget) = (138_574_401.0, 9_007_199_254_740_956);
    let [before, after] = [budget, budget + 2].map(|budget| budget_fit(half, false, budget));
    assert_eq!(before.to_bits() - after.to_bits(), 2);
}

/// The scores of two pairs that have one both, or neither.
fn scores(scorer: &Scorer, case: &Case, rows: [&Rows; 2]) -> Option<[UnitInterval; 2]> {
    let found = rows.map(|rows| {
        let pair = Pair::read(&rows.sponsor_text(), &rows.event_text(), rows.insights_text().as_deref());
        scorer.score(&pair.sponsor, &pair.event, &pair.insights)
    });
    match found {
        [Ok(before), Ok(after)] => {
            assert_eq!(before.unknown, after.unknown, "not the same knowns: {case:?}");
            Some([before.score, after.score])
        }
        [Err(_), Err(_)] => None,
        found => panic!("only one has a score: {found:?}"),
    }
}

/// A list's labels whose key is not empty, the first spelling of each.
fn labels(list: &Value) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for label in list.as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !key(label).is_empty() && found.iter().all(|other| key(other) != key(label)) {
            found.push(label.to_owned());
        }
    }
    found
}

fn has(labels: &[String], label: &str) -> bool {
    labels.iter().any(|other| key(other) == key(label))
}

/// Replaces one label of `offered` that nobody wants by one that is wanted and not there.
fn one_more_match(wanted: &[String], offered: &[String], also_there: &[String]) -> Option<Value> {
    let missed = wanted.iter().find(|label| !has(offered, label) && !has(also_there, label))?;
    let in_vain = offered.iter().position(|label| !has(wanted, label) && !has(also_there, label))?;
    let mut offered = offered.to_vec();
    offered[in_vain].clone_from(missed);
    Some(Value::from(offered))
}

/// The regions that somebody came from.
fn visited(insights: &Value) -> Vec<String> {
    let visitors = |count: &Value| match count {
        Value::String(digits) => digits.bytes().any(|digit| digit != b'0'),
        number => number.as_f64() != Some(0.0),
    };
    let regions = insights["geo_distribution"].as_object().into_iter().flatten();
    regions.filter(|(_, count)| visitors(count)).map(|(region, _)| region.clone()).collect()
}

proptest! {
    #![proptest_config(cases(1200))]

    #[test]
    fn more_engagement_never_lowers_the_score(
        case in generate::case(),
        shares in [0.0..=1.0_f64, 0.0..=1.0],
        conversion in any::<bool>(),
    ) {
        let field = if conversion { "ticket_conversion_rate" } else { "engagement_score" };
        let insights = case.insights.clone().unwrap_or_else(|| {
            format!(r#"{{"event_id": "{}"}}"#, Pair::of(&case).event.event_id)
        });
        let with = |share: f64| {
            let mut rows = Rows::read(&case.sponsor, &case.event, Some(&insights));
            rows.insights[field] = share.into();
            rows
        };
        let [less, more] = [with(shares[0].min(shares[1])), with(shares[0].max(shares[1]))];
        if let Some([before, after]) = scores(&scorer(&case.config, case.custom), &case, [&less, &more]) {
            prop_assert!(after >= before);
        }
    }

    #[test]
    fn one_more_matched_label_never_lowers_the_score(case in generate::case()) {
        let scorer = scorer(&case.config, case.custom);
        let rows = Rows::read(&case.sponsor, &case.event, case.insights.as_deref());
        let visited = visited(&rows.insights);
        for (side, field, also_there) in
            [("preferred_categories", "categories", &[][..]), ("regions", "regions", &visited)]
        {
            let (wanted, offered) = (labels(&rows.sponsor[side]), labels(&rows.event[field]));
            let Some(better) = one_more_match(&wanted, &offered, also_there) else { continue };
            let mut after = rows.clone();
            after.event[field] = better;
            if let Some([before, after]) = scores(&scorer, &case, [&rows, &after]) {
                prop_assert!(after >= before);
            }
        }
    }

    /// The same for visitors, whose total stays: all that came from a region in vain come from a
    /// wanted one.
    #[test]
    fn visitors_from_a_wanted_region_never_lower_the_score(case in generate::case()) {
        let scorer = scorer(&case.config, case.custom);
        let rows = Rows::read(&case.sponsor, &case.event, case.insights.as_deref());
        let (wanted, held_in) = (labels(&rows.sponsor["regions"]), labels(&rows.event["regions"]));
        let visited = visited(&rows.insights);
        let missed = wanted.iter().find(|region| !has(&held_in, region) && !has(&visited, region));
        let in_vain = |region: &&String| {
            let twins = visited.iter().filter(|other| key(other) == key(region)).count();
            twins == 1 && !key(region).is_empty() && !has(&wanted, region) && !has(&held_in, region)
        };
        let (Some(missed), Some(in_vain)) = (missed, visited.iter().find(in_vain)) else { return Ok(()) };
        let mut after = rows.clone();
        let visitors = after.insights["geo_distribution"].as_object_mut().expect("visitors");
        visitors.retain(|region, _| key(region) != key(missed));
        let count = visitors.remove(in_vain).expect("a count");
        visitors.insert(missed.clone(), count);
        if let Some([before, after]) = scores(&scorer, &case, [&rows, &after]) {
            prop_assert!(after >= before);
        }
    }
}
