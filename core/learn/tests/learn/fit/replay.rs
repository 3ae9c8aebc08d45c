//! Every number of `vectors.ndjson`.

use serde::Deserialize;
use sponsorfit::{Error, ErrorKind};
use sponsorfit_learn::fit::{
    Calibration, Case, Logistic, Outcome, ReliabilityRow, ScoredOutcome, WeightFit, fit_weights, reliability,
};

const VECTORS: &str = include_str!("vectors.ndjson");
const CURRENT: [f64; 5] = [0.25, 0.35, 0.15, 0.15, 0.10];

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Provenance(serde_json::Value),
    Calibration {
        outcomes: Vec<(f64, bool)>,
        asked: Vec<f64>,
        told: Vec<f64>,
    },
    Reliability {
        told: Vec<(f64, bool)>,
        rows: Vec<(usize, f64, f64, f64, f64)>,
        brier: f64,
        calibration_error: f64,
    },
    Weights {
        outcomes: Vec<(usize, usize, [f64; 5], bool)>,
        sharpness: f64,
        pull: f64,
        fitted: [f64; 5],
    },
    Weighted {
        outcomes: Vec<(f64, bool, f64)>,
        asked: Vec<f64>,
        told: Vec<f64>,
    },
    Logistic {
        cases: Vec<(Vec<Option<f64>>, bool, f64)>,
        pull: f64,
        intercept: f64,
        slopes: Vec<f64>,
        log_odds: Vec<f64>,
    },
}

fn near(ours: f64, theirs: f64, tolerance: f64) {
    assert!((ours - theirs).abs() <= tolerance, "{ours}, not {theirs}");
}

fn scored(outcomes: &[(f64, bool)]) -> Vec<ScoredOutcome> {
    outcomes.iter().map(|&(score, accepted)| ScoredOutcome { score, accepted }).collect()
}

/// A row with NaN for what is unknown.
fn numbers(row: &[Option<f64>]) -> Vec<f64> {
    row.iter().map(|number| number.unwrap_or(f64::NAN)).collect()
}

fn check(line: Line) -> &'static str {
    match line {
        Line::Provenance(of) => {
            assert!(of["packages"]["scikit-learn"].is_string());
            "provenance"
        }
        Line::Calibration { outcomes, asked, told } => {
            let line = Calibration::fit(&scored(&outcomes)).unwrap();
            for (score, told) in asked.into_iter().zip(told) {
                near(line.probability(score), told, 1e-12);
            }
            "calibration"
        }
        Line::Reliability { told, rows, brier, calibration_error } => {
            let ours = reliability(&told, rows.len()).unwrap();
            for (ours, (outcomes, told, came_true, lower, upper)) in ours.rows.iter().zip(rows) {
                assert_eq!(ours.outcomes, outcomes);
                let ReliabilityRow { told: our_told, came_true: ours_true, lower: low, upper: high, .. } =
                    *ours;
                for (ours, theirs) in [(our_told, told), (ours_true, came_true), (low, lower), (high, upper)]
                {
                    near(ours, theirs, 1e-12);
                }
            }
            near(ours.brier, brier, 1e-12);
            near(ours.calibration_error, calibration_error, 1e-12);
            "reliability"
        }
        Line::Weights { outcomes, sharpness, pull, fitted } => {
            let outcome = |(query, sponsor, factors, accepted)| Outcome { query, sponsor, factors, accepted };
            let outcomes: Vec<Outcome> = outcomes.into_iter().map(outcome).collect();
            let how = WeightFit { sharpness, pull, resamples: 20, ..WeightFit::default() };
            let ours = fit_weights(&outcomes, CURRENT, how).unwrap();
            for (ours, theirs) in ours.factors.iter().zip(fitted) {
                // As far as SciPy's solver goes.
                near(ours.fitted, theirs, 1e-6);
            }
            "weights"
        }
        Line::Weighted { outcomes, asked, told } => {
            let outcome = |&(score, accepted, weight)| (ScoredOutcome { score, accepted }, weight);
            let line = Calibration::fit_weighted(&outcomes.iter().map(outcome).collect::<Vec<_>>()).unwrap();
            for (score, told) in asked.into_iter().zip(told) {
                near(line.probability(score), told, 1e-12);
            }
            "weighted"
        }
        Line::Logistic { cases, pull, intercept, slopes, log_odds } => {
            let rows: Vec<Vec<f64>> = cases.iter().map(|(row, ..)| numbers(row)).collect();
            let case = |(row, (_, accepted, weight))| Case { numbers: row, accepted, weight };
            let line =
                Logistic::fit(&rows.iter().map(Vec::as_slice).zip(cases).map(case).collect::<Vec<_>>(), pull);
            let line = line.unwrap();
            // As far as scikit-learn's solver goes.
            near(line.intercept(), intercept, 1e-7);
            for (ours, theirs) in line.slopes().zip(slopes) {
                near(ours, theirs, 1e-7 * (1.0 + theirs.abs()));
            }
            for (row, theirs) in rows.iter().zip(log_odds) {
                near(line.log_odds(row).unwrap(), theirs, 1e-7);
            }
            "logistic"
        }
    }
}

#[test]
fn every_number_of_the_vectors_is_met() {
    let mut met = std::collections::BTreeMap::new();
    for line in VECTORS.lines() {
        *met.entry(check(serde_json::from_str(line).unwrap())).or_insert(0) += 1;
    }
    let met: Vec<_> = met.into_iter().collect();
    let expected = [
        ("calibration", 3),
        ("logistic", 3),
        ("provenance", 1),
        ("reliability", 2),
        ("weighted", 1),
        ("weights", 3),
    ];
    assert_eq!(met, expected);
}

#[test]
fn a_calibration_never_falls_and_stays_a_probability() {
    for line in VECTORS.lines() {
        if let Line::Calibration { outcomes, .. } = serde_json::from_str(line).unwrap() {
            let line = Calibration::fit(&scored(&outcomes)).unwrap();
            let told: Vec<f64> = (-10..=110).map(|i| line.probability(f64::from(i) / 100.0)).collect();
            assert!(told.is_sorted() && told[0] >= 0.0 && told[120] <= 1.0);
            assert!(line.probability(f64::NAN).is_nan());
        }
    }
}

#[test]
fn what_cannot_be_calibrated_is_refused() {
    let outcomes = |accepted: usize, all: usize| {
        let outcome = |i: usize| ScoredOutcome { score: i as f64, accepted: i < accepted };
        (0..all).map(outcome).collect::<Vec<_>>()
    };
    let refused = |accepted, all| Calibration::fit(&outcomes(accepted, all)).unwrap_err().to_string();
    assert_eq!(refused(29, 1_000), "accepted outcomes: 29 are too few, at least 30 are needed");
    assert_eq!(refused(990, 1_000), "rejected outcomes: 10 are too few, at least 30 are needed");
    assert_eq!(refused(100, 199), "outcomes: 199 are too few, at least 200 are needed");
    assert!(Calibration::fit(&outcomes(30, 200)).is_ok());
    let mut broken = outcomes(100, 300);
    broken[7].score = f64::INFINITY;
    let error = Calibration::fit(&broken).unwrap_err();
    assert_eq!(error.to_string(), "[7]: inf is not a finite score");
}

#[test]
fn a_table_of_what_was_not_told_is_refused() {
    let told = [(0.5, true), (1.5, false)];
    let error = reliability(&told, 1).unwrap_err();
    assert_eq!(error.to_string(), "[1]: 1.5 is not a probability in 0..=1");
    assert_eq!(
        reliability(&told[..1], 2),
        Err(Error::new(ErrorKind::TooFewOutcomes, "outcomes: 1 are too few, at least 2 are needed"))
    );
    assert_eq!(reliability(&told, 0).unwrap_err().to_string(), "rows: 0 are too few, at least 1 are needed");
}
