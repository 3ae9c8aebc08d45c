//! "Every factor with a weight above 0 can move the score."

use proptest::prelude::*;
use serde_json::{Value, json};
use sponsorfit::{Explanation, Factor};

use super::oracle::generate;
use super::support::cases;
use super::support::edit::Rows;
use super::support::pair::{Pair, scorer};

const ID: &str = "00000000-0000-4000-8000-000000000001";

/// A pair of which all is known and nothing speaks for it.
fn nothing_fits(dimension: usize) -> Rows {
    Rows {
        sponsor: json!({
            "sponsor_id": ID, "annual_budget_cents": 0, "preferred_categories": ["a"], "regions": ["b"],
            "brand_objectives": {"keywords": ["c"]}, "objectives_embedding": vec![1.0; dimension],
        }),
        event: json!({
            "event_id": ID, "categories": ["other"], "regions": ["other"],
            "objectives": {"keywords": ["other"]}, "objectives_embedding": vec![-1.0; dimension],
        }),
        insights: json!({
            "event_id": ID, "geo_distribution": {"other": 1}, "engagement_score": 0, "ticket_conversion_rate": 0,
        }),
    }
}

/// Makes one factor as good as can be, and with the regions the other that reads them.
fn fit(rows: &mut Rows, factor: Factor) {
    let reach = |rows: &mut Rows| {
        rows.event["regions"] = json!(["b"]);
        rows.insights["geo_distribution"] = json!({"b": 1});
    };
    match factor {
        Factor::BudgetFit => rows.sponsor["annual_budget_cents"] = json!((1_u64 << 53) - 1),
        Factor::AudienceOverlap => {
            rows.event["categories"] = json!(["a"]);
            reach(rows);
        }
        Factor::GeoFit => reach(rows),
        Factor::EngagementQuality => {
            rows.insights["engagement_score"] = json!(1);
            rows.insights["ticket_conversion_rate"] = json!(1);
        }
        Factor::ObjectivesSimilarity => {
            rows.event["objectives"] = json!({"keywords": ["c"]});
            rows.event["objectives_embedding"] = rows.sponsor["objectives_embedding"].clone();
        }
    }
}

fn explain(rows: &Rows, config: &Value, similarity: f64) -> Explanation {
    let pair = Pair::read(&rows.sponsor_text(), &rows.event_text(), rows.insights_text().as_deref());
    pair.explain(&scorer(&config.to_string(), Some(similarity))).expect("all is known")
}

fn objectives(dimension: usize) -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({"kind": "keywords"}),
        json!({"kind": "embedding", "dimension": dimension}),
        json!({"kind": "custom", "id": "crm"}),
    ])
}

fn config() -> impl Strategy<Value = (usize, Value)> {
    generate::config::dimension().prop_flat_map(|dimension| {
        (generate::config::config(dimension), objectives(dimension)).prop_map(move |(config, objectives)| {
            let mut config: Value = serde_json::from_str(&config).expect("a configuration is JSON");
            // Without a similarity there is nothing that could move the fifth factor.
            config["objectives"] = objectives;
            (dimension, config)
        })
    })
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_factor_with_weight_moves_the_score_from_nothing((dimension, config) in config()) {
        let nothing = nothing_fits(dimension);
        let before = explain(&nothing, &config, 0.0);
        prop_assert_eq!(before.score.score.get().to_bits(), 0);
        for factor in Factor::ALL {
            let mut rows = nothing.clone();
            fit(&mut rows, factor);
            let after = explain(&rows, &config, f64::from(u8::from(factor == Factor::ObjectivesSimilarity)));
            let row = &after.factors[factor as usize];
            prop_assert_eq!(row.contribution > 0.0, row.configured_weight > 0.0, "{}", factor);
            if row.configured_weight > 0.0 {
                prop_assert!(after.score.score > before.score.score, "{factor} moves nothing");
            }
        }
    }
}
