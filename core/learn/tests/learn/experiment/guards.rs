//! What a read-out refuses to say.

use sponsorfit::Error;
use sponsorfit_learn::experiment::{
    Experiment, Logged, Observation, Plan, confidence_sequence, cuped, difference, off_policy, sample_ratio,
};

const PLAN: Plan = Plan { alpha: 0.05, horizon: 1_000, sample_ratio_alpha: 0.001 };

fn experiment() -> Experiment {
    Experiment::new("ns", "x", "", 10_000, &[("now", 5_000), ("new", 2_500), ("newer", 2_500)]).unwrap()
}

/// `sizes` units a variant; every third of the first, every second of the others accepts.
fn seen(sizes: [usize; 3]) -> Vec<Observation> {
    let of = |(variant, &size): (usize, &usize)| {
        let every = if variant == 0 { 3 } else { 2 };
        let unit = move |i| Observation { variant, outcome: f64::from(i % every == 0), before: None };
        (0..u32::try_from(size).unwrap()).map(unit).collect::<Vec<_>>()
    };
    sizes.iter().enumerate().flat_map(of).collect()
}

#[test]
fn a_read_out_compares_every_variant_with_the_first() {
    let observations = seen([1_000, 510, 490]);
    let read_out = experiment().read_out(&observations, PLAN).unwrap();
    let names: Vec<&str> = read_out.comparisons.iter().map(|c| c.variant.as_str()).collect();
    assert_eq!(names, ["new", "newer"]);
    let outcomes = |variant| {
        let of = observations.iter().filter(|seen| seen.variant == variant);
        of.map(|seen| seen.outcome).collect::<Vec<_>>()
    };
    // Two comparisons share the error rate.
    let alone = difference(&outcomes(1), &outcomes(0), 0.025, 1_000).unwrap();
    assert_eq!(read_out.comparisons[0].difference, alone);
    assert!(alone.lower > 0.0 && read_out.comparisons[0].variance_left.is_none());
}

#[test]
fn a_covariate_is_used_when_every_unit_has_one() {
    let mut observations = seen([1_000, 510, 490]);
    let plain = experiment().read_out(&observations, PLAN).unwrap();
    for (i, unit) in observations.iter_mut().enumerate() {
        unit.before = Some(unit.outcome + f64::from(u8::from(i % 5 == 0)));
    }
    let adjusted = experiment().read_out(&observations, PLAN).unwrap();
    let width = |of: &sponsorfit_learn::experiment::ReadOut| {
        of.comparisons[0].difference.upper - of.comparisons[0].difference.lower
    };
    assert!(width(&adjusted) < 0.8 * width(&plain));
    assert!(adjusted.comparisons[0].variance_left.unwrap() < 0.6);
    observations[7].before = None;
    assert_eq!(experiment().read_out(&observations, PLAN).unwrap(), plain);
}

#[test]
fn wrong_sizes_block_the_read_out() {
    let error = experiment().read_out(&seen([1_000, 600, 400]), PLAN).unwrap_err();
    assert_eq!(error.code(), "sample_ratio_mismatch");
    assert!(error.to_string().starts_with(
        "sample ratio mismatch: counts [1000, 600, 400] for shares [5000, 2500, 2500] have p = "
    ));
    // The same sizes pass when a mismatch is only called one below 1e-12.
    assert!(
        experiment().read_out(&seen([1_000, 600, 400]), Plan { sample_ratio_alpha: 1e-12, ..PLAN }).is_ok()
    );
}

#[test]
fn a_unit_in_a_variant_without_share_is_a_mismatch() {
    let shares = [("now", 10_000), ("off", 0)];
    let off = Experiment::new("ns", "x", "", 10_000, &shares).unwrap();
    let mut observations = seen([500, 0, 0]);
    assert!(off.read_out(&observations, PLAN).unwrap().comparisons.is_empty());
    observations.push(Observation { variant: 1, outcome: 0.0, before: None });
    assert_eq!(off.read_out(&observations, PLAN).unwrap_err().code(), "sample_ratio_mismatch");
}

#[test]
fn too_little_data_is_said_to_be_too_little() {
    let refused = |error: Error| (error.code(), error.to_string());
    let (code, text) = refused(experiment().read_out(&seen([4, 2, 2]), PLAN).unwrap_err());
    assert_eq!(code, "too_few_outcomes");
    assert_eq!(text, "all variants together, for variant 0: 8 units are too few, at least 10 are needed");
    let (_, text) = refused(experiment().read_out(&seen([190, 95, 95]), PLAN).unwrap_err());
    assert_eq!(text, "treated: 95 units are too few, at least 100 are needed");
    let (code, text) = refused(confidence_sequence(&[0.1; 500], 0.05, 500).unwrap_err());
    assert_eq!(code, "too_few_outcomes");
    assert!(text.starts_with("values: all outcomes are 0.1"), "{text}");
    assert_eq!(refused(cuped(&[], &[]).unwrap_err()).0, "too_few_outcomes");
    assert_eq!(refused(off_policy(&[], 0.05).unwrap_err()).0, "too_few_outcomes");
}

#[test]
fn values_out_of_range_are_named() {
    let text = |error: Error| error.to_string();
    let mut observations = seen([1_000, 510, 490]);
    observations[3].variant = 3;
    assert_eq!(
        text(experiment().read_out(&observations, PLAN).unwrap_err()),
        "[3].variant: 3 is not in 0..3"
    );
    for alpha in [0.0, 1.0, f64::NAN] {
        let plan = Plan { alpha, ..PLAN };
        let error = experiment().read_out(&seen([1_000, 500, 500]), plan).unwrap_err();
        assert_eq!((error.code(), error.path()), ("out_of_range", "alpha"));
    }
    let mut values = vec![0.0; 200];
    values[11] = f64::NAN;
    assert_eq!(text(confidence_sequence(&values, 0.05, 100).unwrap_err()), "[11].values: NaN is not finite");
    assert_eq!(text(cuped(&[1.0, 2.0], &[1.0]).unwrap_err()), "before: 1 values, not 2");
    assert_eq!(text(sample_ratio(&[1], &[5_000, 5_000]).unwrap_err()), "observed: 1 values, not 2");
    let row = Logged { reward: 1.0, propensity: 0.5, target: 0.5 };
    for (broken, message) in [
        (Logged { propensity: 0.0, ..row }, "[1].propensity: 0 is not above 0 and at most 1"),
        (Logged { target: 1.5, ..row }, "[1].target: 1.5 is not in 0..=1"),
        (Logged { reward: f64::INFINITY, ..row }, "[1].reward: inf is not finite"),
    ] {
        assert_eq!(text(off_policy(&[row, broken], 0.05).unwrap_err()), message);
    }
}
