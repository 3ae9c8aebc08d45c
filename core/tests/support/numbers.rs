//! Every number of a score by its path, from the core, from its JSON and from the oracle.
//!
//! Numbers stand as decimal and bits, so that two lists are equal only where all bits are, and a
//! failing assertion shows which one is not.

use serde_json::Value;
use sponsorfit::{Explanation, FactorRow, InsufficientData, LeafRow, UnitInterval};

use crate::oracle::config::Config;
use crate::oracle::leaves::PATHS;
use crate::oracle::score::Factor;
use crate::oracle::{Outcome, Scored};

pub(crate) type Numbers = Vec<(String, String)>;

pub(crate) const FACTORS: [&str; 5] =
    ["budget_fit", "audience_overlap", "geo_fit", "engagement_quality", "objectives_similarity"];

pub(crate) fn bits(value: f64) -> String {
    format!("{:016x}", value.to_bits())
}

#[derive(Default)]
struct List(Numbers);

impl List {
    fn number(&mut self, path: impl Into<String>, value: impl Into<Option<f64>>) {
        let text = match value.into() {
            Some(value) => format!("{value:?} {}", bits(value)),
            None => "null".to_owned(),
        };
        self.0.push((path.into(), text));
    }

    fn text(&mut self, path: &str, text: String) {
        self.0.push((path.to_owned(), text));
    }
}

/// What the oracle says of a pair under a configuration.
pub(crate) fn of_oracle(outcome: &Outcome, config: &str) -> Numbers {
    let mut list = List::default();
    match outcome {
        Outcome::Insufficient { missing, coverage } => {
            list.text("missing", missing.join(" "));
            list.number("coverage", *coverage);
        }
        Outcome::Score(scored) => {
            list.text("unknown", scored.unknown.join(" "));
            of_scored(&mut list, scored);
            let config = Config::read(config);
            for (at, factor) in scored.factors.iter().enumerate() {
                of_factor(&mut list, at, factor, &config, &scored.unknown);
            }
        }
    }
    list.0
}

fn of_scored(list: &mut List, scored: &Scored) {
    list.number("score", scored.score);
    list.number("coverage", scored.coverage);
    list.number("lower", scored.lower);
    list.number("upper", scored.upper);
    list.number("budget_fit", scored.budget_fit);
    list.number("categories", scored.categories);
    list.number("geo", scored.geo);
    list.number("geo_fit", scored.geo_fit);
    list.number("engagement_quality", scored.engagement_quality);
    list.number("objectives_similarity", scored.objectives_similarity);
}

fn of_factor(list: &mut List, at: usize, factor: &Factor, config: &Config, unknown: &[String]) {
    let name = FACTORS[at];
    let known = |path: &str| !unknown.iter().any(|other| other == path);
    let leaves: Vec<&str> =
        PATHS.iter().copied().filter(|path| path.split('.').next() == Some(name)).collect();
    list.text(&format!("{name} known"), leaves.iter().any(|leaf| known(leaf)).to_string());
    list.number(format!("{name} value"), factor.value);
    list.number(format!("{name} weight"), factor.weight);
    list.number(format!("{name} configured weight"), config.weights[at]);
    list.number(format!("{name} contribution"), factor.contribution);
    let blend = if at == 1 { config.audience_blend } else { config.engagement_blend };
    for ((child, leaf), share) in factor.children.iter().zip(leaves).zip(blend) {
        list.text(&format!("{leaf} known"), known(leaf).to_string());
        list.number(format!("{leaf} value"), child.value);
        list.number(format!("{leaf} weight"), child.weight);
        list.number(format!("{leaf} configured weight"), share);
        list.number(format!("{leaf} contribution"), child.contribution);
    }
}

/// What the core says.
pub(crate) fn of_core(explained: &Result<Explanation, InsufficientData>) -> Numbers {
    let mut list = List::default();
    match explained {
        Err(refusal) => {
            let missing: Vec<&str> = refusal.missing.iter().map(sponsorfit::Leaf::path).collect();
            list.text("missing", missing.join(" "));
            list.number("coverage", refusal.coverage.get());
        }
        Ok(why) => {
            let score = &why.score;
            let metrics = &score.overlap_metrics;
            let value = |value: Option<UnitInterval>| value.map(UnitInterval::get);
            let unknown: Vec<&str> = score.unknown.iter().map(sponsorfit::Leaf::path).collect();
            list.text("unknown", unknown.join(" "));
            list.number("score", score.score.get());
            list.number("coverage", score.coverage.get());
            list.number("lower", score.lower.get());
            list.number("upper", score.upper.get());
            list.number("budget_fit", value(metrics.budget_fit));
            list.number("categories", value(metrics.audience_overlap.categories));
            list.number("geo", value(metrics.audience_overlap.geo));
            list.number("geo_fit", value(metrics.geo_fit));
            list.number("engagement_quality", value(metrics.engagement_quality));
            list.number("objectives_similarity", value(metrics.objectives_similarity));
            why.factors.iter().for_each(|row| of_row(&mut list, row));
        }
    }
    list.0
}

fn of_row(list: &mut List, row: &FactorRow) {
    let name = row.factor.name();
    list.text(&format!("{name} known"), row.known.to_string());
    list.number(format!("{name} value"), row.value.map(UnitInterval::get));
    list.number(format!("{name} weight"), row.weight);
    list.number(format!("{name} configured weight"), row.configured_weight);
    list.number(format!("{name} contribution"), row.contribution);
    for LeafRow { leaf, value, known, weight, configured_weight, contribution, .. } in &row.children {
        let leaf = leaf.path();
        list.text(&format!("{leaf} known"), known.to_string());
        list.number(format!("{leaf} value"), value.map(UnitInterval::get));
        list.number(format!("{leaf} weight"), *weight);
        list.number(format!("{leaf} configured weight"), *configured_weight);
        list.number(format!("{leaf} contribution"), *contribution);
    }
}

/// What an answer of `wire` says: a score's row, and the factors' rows where it has them.
pub(crate) fn of_answer(answer: &Value) -> Numbers {
    let mut list = List::default();
    list.text("unknown", words(&answer["unknown"]).join(" "));
    for name in ["score", "coverage", "lower", "upper"] {
        list.number(name, answer[name].as_f64());
    }
    let metrics = &answer["overlap_metrics"];
    list.number("budget_fit", metrics["budget_fit"].as_f64());
    list.number("categories", metrics["audience_overlap"]["categories"].as_f64());
    list.number("geo", metrics["audience_overlap"]["geo"].as_f64());
    for name in ["geo_fit", "engagement_quality", "objectives_similarity"] {
        list.number(name, metrics[name].as_f64());
    }
    for row in answer["factors"].as_array().into_iter().flatten() {
        of_answer_row(&mut list, &row["factor"], row);
        for child in row["children"].as_array().into_iter().flatten() {
            of_answer_row(&mut list, &child["leaf"], child);
        }
    }
    list.0
}

fn of_answer_row(list: &mut List, name: &Value, row: &Value) {
    let name = name.as_str().expect("a row has a name");
    list.text(&format!("{name} known"), row["known"].to_string());
    list.number(format!("{name} value"), row["value"].as_f64());
    list.number(format!("{name} weight"), row["weight"].as_f64());
    list.number(format!("{name} configured weight"), row["configured_weight"].as_f64());
    list.number(format!("{name} contribution"), row["contribution"].as_f64());
}

fn words(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What is about the score alone: all but the factors' rows.
pub(crate) fn of_score_alone(numbers: &Numbers) -> Numbers {
    numbers.iter().take(11).cloned().collect()
}
