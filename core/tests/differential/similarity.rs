//! Similarities that are not in the configuration: a fitted idf table, and one's own.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use sponsorfit::{KeywordsSimilarity, Objectives, Scorer};

use super::oracle::generate::{self, Case};
use super::oracle::{Given, fit, score_with};
use super::support::cases;
use super::support::numbers::{of_core, of_oracle};
use super::support::pair::{Pair, row, scorer};

/// The configuration of a case with another kind of objectives.
fn with_objectives(config: &str, objectives: Value) -> String {
    let mut config: Value = row(config);
    config["objectives"] = objectives;
    config.to_string()
}

fn fitted(config: &str, corpus: &[&str]) -> Scorer {
    let documents: Vec<Objectives> = corpus.iter().map(|document| row(document)).collect();
    scorer(config, None).with_keywords(KeywordsSimilarity::fit(&documents))
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_fitted_table_weighs_words_as_the_oracle_does(
        case in generate::case(),
        corpus in vec(generate::rows::objectives(), 0..6),
    ) {
        let Case { sponsor, event, insights, config, .. } = &case;
        let config = with_objectives(config, json!({"kind": "keywords"}));
        let mut documents: Vec<&str> = corpus.iter().map(String::as_str).collect();
        // The pair's own words, so that a corpus knows them as often as not.
        let own = [sponsor, event].map(|row| {
            let row: Value = serde_json::from_str(row).expect("a row is JSON");
            [&row["brand_objectives"], &row["objectives"]].iter().find(|words| words.is_object()).map(ToString::to_string)
        });
        documents.extend(own.iter().flatten().map(String::as_str));

        let idf = fit(&documents);
        let outcome = score_with(sponsor, event, insights.as_deref(), &config, Given::Idf(&idf));
        let scorer = fitted(&config, &documents);
        prop_assert_eq!(of_core(&Pair::of(&case).explain(&scorer)), of_oracle(&outcome, &config));

        documents.reverse();
        let reversed = fitted(&config, &documents);
        prop_assert_eq!(reversed.fingerprint(), scorer.fingerprint());
    }

    #[test]
    fn a_similarity_of_ones_own_is_taken_as_it_is(case in generate::case(), known in 0.0..=1.0_f64) {
        let Case { sponsor, event, insights, config, .. } = &case;
        let config = with_objectives(config, json!({"kind": "custom", "id": "crm"}));
        for similarity in [case.custom, Some(known), Some(0.0), Some(1.0), None] {
            let custom = |_: &str, _: &str| similarity;
            let outcome = score_with(sponsor, event, insights.as_deref(), &config, Given::Custom(&custom));
            let explained = Pair::of(&case).explain(&scorer(&config, similarity));
            prop_assert_eq!(of_core(&explained), of_oracle(&outcome, &config));
        }
    }
}
