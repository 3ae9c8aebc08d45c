//! Bootstrap intervals: SciPy's, and whether they hold what they should.

use serde::Deserialize;
use sponsorfit_learn::SplitMix64;
use sponsorfit_learn::evaluation::{Bootstrap, Estimate};

use super::pairs;

const VECTORS: &str = include_str!("vectors.ndjson");

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Provenance(serde_json::Value),
    Interval { values: Vec<f64>, confidence: f64, mean: f64, ends: (f64, f64) },
    SignFlip { differences: Vec<f64>, p_value: f64 },
}

#[test]
fn every_number_is_scipys() {
    let mut kinds = [0; 3];
    for line in VECTORS.lines() {
        match serde_json::from_str(line).unwrap() {
            Line::Provenance(of) => {
                assert!(of["packages"]["scipy"].is_string());
                kinds[0] += 1;
            }
            Line::Interval { values, confidence, mean, ends } => {
                let found = Bootstrap::new(200_000, confidence, 5).unwrap().mean(&values).unwrap();
                assert!((found.mean - mean).abs() < 1e-14, "{found:?}");
                // Both draw at random: ends of 200 000 draws differ by some thousandths of the width.
                let near = (ends.1 - ends.0) * 0.01;
                assert!((found.lower - ends.0).abs() < near, "{found:?}, not {ends:?}");
                assert!((found.upper - ends.1).abs() < near, "{found:?}, not {ends:?}");
                kinds[1] += 1;
            }
            Line::SignFlip { differences, p_value } => {
                pairs::check_p_value(&differences, p_value);
                kinds[2] += 1;
            }
        }
    }
    assert_eq!(kinds, [1, 10, 6]);
}

/// Of intervals that are made of skewed samples of 32, nearly as many hold the true mean as
/// they promise: what is missing is known of small skewed samples, and bounded here.
#[test]
fn intervals_hold_the_true_mean_as_often_as_promised() {
    let mut random = SplitMix64::new(41);
    let bootstrap = Bootstrap::new(600, 0.9, 8).unwrap();
    let trials = 1_500_u32;
    let mut held = 0_u32;
    for _ in 0..trials {
        // The square of a unit: mean 1/3, most values near 0, as NDCG has them.
        let sample: Vec<f64> = (0..32).map(|_| random.unit()).map(|unit| unit * unit).collect();
        let found = bootstrap.mean(&sample).unwrap();
        held += u32::from(found.lower <= 1.0 / 3.0 && 1.0 / 3.0 <= found.upper);
    }
    let share = f64::from(held) / f64::from(trials);
    assert!((0.865..0.92).contains(&share), "{share}");
}

#[test]
fn equal_values_leave_no_doubt() {
    for values in [&[0.1][..], &[0.1; 7], &[0.0; 3]] {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let certain = Estimate { mean, lower: mean, upper: mean };
        assert_eq!(Bootstrap::default().mean(values), Some(certain));
    }
}

#[test]
fn the_seed_decides_and_nothing_else() {
    let values: Vec<f64> = (0..32).map(|n| f64::from(n * n % 17) / 17.0).collect();
    let found = |seed| Bootstrap::new(1_000, 0.95, seed).unwrap().mean(&values).unwrap();
    assert_eq!(found(1), found(1));
    assert_ne!(found(1), found(2));
    let wide = Bootstrap::new(1_000, 0.99, 1).unwrap().mean(&values).unwrap();
    assert!(wide.lower < found(1).lower && found(1).upper < wide.upper);
}

#[test]
fn settings_out_of_range_are_refused() {
    for (resamples, confidence, message) in [
        (99, 0.95, "resamples: 99 is not 100 or more"),
        (100, 0.4, "confidence: 0.4 is not in 0.5..=0.999"),
        (100, f64::NAN, "confidence: NaN is not in 0.5..=0.999"),
    ] {
        assert_eq!(Bootstrap::new(resamples, confidence, 0).unwrap_err().to_string(), message);
    }
    assert!(Bootstrap::new(100, 0.5, 0).is_ok() && Bootstrap::new(100, 0.999, 0).is_ok());
}
