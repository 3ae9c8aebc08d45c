//! Changes: the core's, on rows in memory, against edits of the rows' JSON scored by the oracle.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use sponsorfit::{Change, Side};

use super::oracle::generate::{self, Case, labels, numbers};
use super::oracle::{Given, Outcome, score_with};
use super::support::cases;
use super::support::edit::Rows;
use super::support::numbers::{of_answer, of_oracle, of_score_alone};
use super::support::pair::{Pair, row, scorer};

fn change() -> impl Strategy<Value = Value> {
    let of_label = prop::sample::select(
        &[
            "add_category",
            "remove_category",
            "add_region",
            "remove_region",
            "add_keyword",
            "add_event_category",
            "remove_event_category",
            "add_event_region",
            "remove_event_region",
            "add_event_keyword",
        ][..],
    );
    let of_count = prop::sample::select(&["set_budget", "set_min_price"][..]);
    let of_share = prop::sample::select(&["set_engagement_score", "set_ticket_conversion_rate"][..]);
    let maybe = |number: BoxedStrategy<String>| {
        prop::option::weighted(0.9, number).prop_map(|number| number.map_or(Value::Null, |text| row(&text)))
    };
    prop_oneof![
        6 => (of_label, labels::label()).prop_map(|(name, label)| json!({name: label})),
        2 => (of_count, maybe(numbers::count().boxed())).prop_map(|(name, count)| json!({name: count})),
        2 => (of_share, maybe(numbers::share().boxed())).prop_map(|(name, share)| json!({name: share})),
        2 => (labels::label(), numbers::count()).prop_map(|(region, count)| {
            json!({"set_visitors": {"region": region, "count": row::<Value>(&count)}})
        }),
    ]
}

fn edited(case: &Case, changes: &[Value]) -> Outcome {
    let Case { sponsor, event, insights, config, .. } = case;
    let mut rows = Rows::read(sponsor, event, insights.as_deref());
    for change in changes {
        rows.change(change);
    }
    let custom = |_: &str, _: &str| case.custom;
    let insights = rows.insights_text();
    let given = Given::Custom(&custom);
    score_with(&rows.sponsor_text(), &rows.event_text(), insights.as_deref(), config, given)
}

/// The numbers of a score, as JSON has them.
fn numbers_of(score: &sponsorfit::MatchScore) -> Vec<(String, String)> {
    of_answer(&serde_json::to_value(score).expect("a score is written"))
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn changes_are_edits_of_the_rows(case in generate::case(), changes in vec(change(), 0..6)) {
        let scorer = scorer(&case.config, case.custom);
        let pair = Pair::of(&case);
        let typed: Vec<Change> = row(&Value::from(changes.clone()).to_string());
        let what = scorer.what_if(&pair.sponsor, &pair.event, &pair.insights, &typed);
        let (before, after) = (edited(&case, &[]), edited(&case, &changes));
        match (what, &after) {
            (Ok(what), Outcome::Score(_)) => {
                let expected = of_oracle(&after, &case.config);
                prop_assert_eq!(numbers_of(&what.after), of_score_alone(&expected));
                let before = matches!(before, Outcome::Score(_)).then(|| of_score_alone(&of_oracle(&before, &case.config)));
                prop_assert_eq!(what.before.as_ref().map(numbers_of), before);
                prop_assert_eq!(what.changes, typed);
            }
            (Err(refusal), Outcome::Insufficient { missing, coverage }) => {
                let unknown: Vec<&str> = refusal.missing.iter().map(sponsorfit::Leaf::path).collect();
                prop_assert_eq!(&unknown, missing);
                prop_assert_eq!(refusal.coverage.get().to_bits(), coverage.to_bits());
            }
            (what, after) => panic!("{what:?}, but {after:?}"),
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]

    /// Each improvement's score is what the oracle gives to the edited rows.
    #[test]
    fn improvements_are_what_the_oracle_scores(case in generate::case(), sponsor_side in any::<bool>()) {
        let scorer = scorer(&case.config, case.custom);
        let pair = Pair::of(&case);
        let side = if sponsor_side { Side::Sponsor } else { Side::Event };
        for way in scorer.improve(&pair.sponsor, &pair.event, &pair.insights, side, 8) {
            let changes = serde_json::to_value(&way.changes).expect("changes are written");
            let after = edited(&case, changes.as_array().expect("a list"));
            let Outcome::Score(scored) = &after else { panic!("no score after {}", way.text) };
            prop_assert_eq!(numbers_of(&way.after), of_score_alone(&of_oracle(&after, &case.config)));
            let Outcome::Score(before) = edited(&case, &[]) else { panic!("improved from no score") };
            prop_assert_eq!(way.gain.to_bits(), (scored.score - before.score).to_bits());
            prop_assert!(way.gain > 0.0);
        }
    }
}
