//! Every number of `vectors.ndjson`.

use serde::Deserialize;
use sponsorfit_learn::experiment::{
    Experiment, Interval, Logged, confidence_sequence, cuped, difference, off_policy, sample_ratio,
};

const VECTORS: &str = include_str!("vectors.ndjson");

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Provenance(serde_json::Value),
    Bucket(Bucket),
    SampleRatio(SampleRatio),
    Sequence(Sequence),
    Difference(Difference),
    Cuped(Cuped),
    OffPolicy(OffPolicy),
}

#[derive(Deserialize)]
struct Bucket {
    namespace: String,
    experiment: String,
    salt: String,
    unit: String,
    exposure: u16,
    variant: u16,
    seed: String,
}

#[derive(Deserialize)]
struct SampleRatio {
    observed: Vec<u64>,
    shares: Vec<u16>,
    statistic: f64,
    p_value: f64,
}

#[derive(Deserialize)]
struct Ends {
    estimate: f64,
    lower: f64,
    upper: f64,
}

#[derive(Deserialize)]
struct Sequence {
    values: Vec<f64>,
    alpha: f64,
    horizon: u64,
    #[serde(flatten)]
    ends: Ends,
}

#[derive(Deserialize)]
struct Difference {
    treated: Vec<f64>,
    control: Vec<f64>,
    alpha: f64,
    horizon: u64,
    #[serde(flatten)]
    ends: Ends,
}

#[derive(Deserialize)]
struct Cuped {
    outcomes: Vec<f64>,
    before: Vec<f64>,
    theta: f64,
    adjusted: Vec<f64>,
    variance_left: f64,
}

#[derive(Deserialize)]
struct OffPolicy {
    log: Vec<(f64, f64, f64)>,
    alpha: f64,
    #[serde(flatten)]
    ends: Ends,
    effective_sample_size: f64,
}

/// Equal to 1e-12 of the larger of the number and 1.
fn near(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-12 * theirs.abs().max(1.0), "{ours}, not {theirs}");
}

fn same(ours: Interval, theirs: &Ends) {
    near(ours.estimate, theirs.estimate);
    near(ours.lower, theirs.lower);
    near(ours.upper, theirs.upper);
}

fn check(line: &Line) -> &'static str {
    match line {
        Line::Provenance(of) => {
            assert!(of["packages"]["scipy"].is_string());
            "provenance"
        }
        Line::Bucket(case) => {
            let all = [("only", 10_000)];
            let experiment =
                Experiment::new(&case.namespace, &case.experiment, &case.salt, 10_000, &all).unwrap();
            assert_eq!(experiment.exposure_bucket(&case.unit), case.exposure, "{:?}", case.unit);
            assert_eq!(experiment.variant_bucket(&case.unit), case.variant, "{:?}", case.unit);
            assert_eq!(experiment.seed(&case.unit).to_string(), case.seed, "{:?}", case.unit);
            "bucket"
        }
        Line::SampleRatio(case) => {
            let ours = sample_ratio(&case.observed, &case.shares).unwrap();
            near(ours.statistic, case.statistic);
            assert!((ours.p_value / case.p_value - 1.0).abs() < 1e-12, "{ours:?}, not {}", case.p_value);
            "sample ratio"
        }
        Line::Sequence(case) => {
            same(confidence_sequence(&case.values, case.alpha, case.horizon).unwrap(), &case.ends);
            "sequence"
        }
        Line::Difference(case) => {
            same(difference(&case.treated, &case.control, case.alpha, case.horizon).unwrap(), &case.ends);
            "difference"
        }
        Line::Cuped(case) => {
            let ours = cuped(&case.outcomes, &case.before).unwrap();
            near(ours.theta, case.theta);
            near(ours.variance_left, case.variance_left);
            assert_eq!(ours.adjusted.len(), case.adjusted.len());
            ours.adjusted.iter().zip(&case.adjusted).for_each(|(ours, theirs)| near(*ours, *theirs));
            "cuped"
        }
        Line::OffPolicy(case) => {
            let row = |&(reward, propensity, target)| Logged { reward, propensity, target };
            let log: Vec<Logged> = case.log.iter().map(row).collect();
            let ours = off_policy(&log, case.alpha).unwrap();
            same(ours.reward, &case.ends);
            near(ours.effective_sample_size, case.effective_sample_size);
            "off policy"
        }
    }
}

#[test]
fn every_number_of_the_vectors_is_met() {
    let mut met = std::collections::BTreeMap::new();
    for line in VECTORS.lines() {
        *met.entry(check(&serde_json::from_str(line).unwrap())).or_insert(0) += 1;
    }
    let met: Vec<_> = met.into_iter().collect();
    let all = [
        ("bucket", 78),
        ("cuped", 1),
        ("difference", 2),
        ("off policy", 2),
        ("provenance", 1),
        ("sample ratio", 10),
        ("sequence", 3),
    ];
    assert_eq!(met, all);
}
