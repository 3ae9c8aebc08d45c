//! Scores to the last bit, contributions to 1e-12, on files made by the real LightGBM.

use serde::Deserialize;
use sponsorfit_learn::gbm::{BoostedTrees, Objective};

/// A model's text and what LightGBM said with it.
struct Recorded {
    name: &'static str,
    text: &'static str,
    answers: &'static str,
}

macro_rules! recorded {
    ($($name:literal),*) => {
        [$(Recorded {
            name: $name,
            text: include_str!(concat!("models/", $name, ".txt")),
            answers: include_str!(concat!("models/", $name, ".ndjson")),
        }),*]
    };
}

const MODELS: [Recorded; 10] = recorded![
    "grid_numerical",
    "grid_categorical",
    "lambdarank",
    "rank_xendcg",
    "binary",
    "regression",
    "regression_sqrt",
    "deep",
    "constant",
    "old_format"
];

#[derive(Deserialize)]
struct Provenance {
    provenance: serde_json::Map<String, serde_json::Value>,
}

/// f64s as their 16 hexadecimal digits.
#[derive(Deserialize)]
struct Answer {
    row: Vec<String>,
    raw: String,
    contributions: Vec<String>,
    output: f64,
}

fn from_bits(hex: &str) -> f64 {
    f64::from_bits(u64::from_str_radix(hex, 16).unwrap())
}

fn numbers(hex: &[String]) -> Vec<f64> {
    hex.iter().map(|hex| from_bits(hex)).collect()
}

impl Recorded {
    fn model(&self) -> BoostedTrees {
        BoostedTrees::parse(self.text).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    fn provenance(&self) -> serde_json::Map<String, serde_json::Value> {
        let first: Provenance = serde_json::from_str(self.answers.lines().next().unwrap()).unwrap();
        first.provenance
    }

    fn answers(&self) -> Vec<Answer> {
        let answers: Vec<Answer> =
            self.answers.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(answers.len() > 3, "{}", self.name);
        answers
    }
}

#[test]
fn raw_scores_are_equal_to_the_last_bit() {
    for recorded in MODELS {
        let model = recorded.model();
        let answers = recorded.answers();
        let rows: Vec<Vec<f64>> = answers.iter().map(|answer| numbers(&answer.row)).collect();
        let together = model.scores(&rows).unwrap();
        for ((answer, row), together) in answers.iter().zip(&rows).zip(together) {
            let ours = model.score(row).unwrap();
            let theirs = from_bits(&answer.raw);
            assert_eq!(ours.to_bits(), theirs.to_bits(), "{} {row:?}: {ours}, not {theirs}", recorded.name);
            assert_eq!(together.to_bits(), ours.to_bits(), "{} {row:?}", recorded.name);
        }
    }
}

#[test]
fn contributions_are_equal_to_twelve_digits() {
    for recorded in MODELS {
        let model = recorded.model();
        for answer in recorded.answers() {
            let row = numbers(&answer.row);
            let ours = model.contributions(&row).unwrap();
            let ours = ours.features.iter().chain([&ours.expected]);
            let theirs = numbers(&answer.contributions);
            // The stumps of the grids have leaves up to 2^47: there the last digits count.
            let scale = theirs.iter().fold(1.0, |scale: f64, value| scale.max(value.abs()));
            assert_eq!(theirs.len(), row.len() + 1);
            for (ours, theirs) in ours.zip(theirs) {
                assert!(
                    (ours - theirs).abs() <= 1e-12 * scale,
                    "{} {row:?}: {ours}, not {theirs}",
                    recorded.name
                );
            }
        }
    }
}

#[test]
fn outputs_follow_the_objective() {
    for recorded in MODELS {
        let model = recorded.model();
        for answer in recorded.answers() {
            let ours = model.objective().output(from_bits(&answer.raw));
            let near = (ours - answer.output).abs() <= 1e-12 * answer.output.abs().max(1.0);
            assert!(near, "{}: {ours}, not {}", recorded.name, answer.output);
        }
    }
}

#[test]
fn the_files_cover_what_the_reader_supports() {
    let mut objectives: Vec<String> =
        MODELS.iter().map(|recorded| format!("{:?}", recorded.model().objective())).collect();
    objectives.sort();
    objectives.dedup();
    assert_eq!(
        objectives,
        [
            "Binary { sigmoid: 0.7 }",
            "Lambdarank",
            "RankXendcg",
            "Regression { sqrt: false }",
            "Regression { sqrt: true }"
        ]
    );
    let decision_types = |of: &Recorded| -> Vec<u64> {
        serde_json::from_value(of.provenance()["decision_types"].clone()).unwrap()
    };
    let [numerical, categorical, ..] = MODELS.each_ref();
    let mut all = [decision_types(numerical), decision_types(categorical)].concat();
    all.sort_unstable();
    assert_eq!(all, (0..12).collect::<Vec<_>>());
    let versions: Vec<bool> = MODELS.iter().map(|model| model.text.contains("version=v4")).collect();
    assert!(versions.contains(&true) && versions.contains(&false));
    for recorded in MODELS {
        assert_eq!(recorded.provenance()["lightgbm"], "4.7.0", "{}", recorded.name);
        assert!(recorded.text.len() < 60_000 && recorded.answers.len() < 60_000, "{}", recorded.name);
    }
}

#[test]
fn names_and_sizes_are_the_texts() {
    let model = MODELS[2].model();
    assert_eq!(model.objective(), Objective::Lambdarank);
    assert_eq!(model.feature_names(), ["dense_a", "dense_b", "mit_lücken", "sparse", "category"]);
    assert_eq!(model.tree_count(), 12);
}
