//! What a caller is told: a code, a path into the input, a sentence, and nothing said twice.

use sponsorfit::Error;
use sponsorfit_learn::experiment::Experiment;
use sponsorfit_learn::fit::{Case, Logistic, Outcome, WeightFit, fit_weights};

fn told<T: std::fmt::Debug>(result: Result<T, Error>) -> (&'static str, String) {
    let error = result.unwrap_err();
    (error.code(), error.to_string())
}

#[test]
fn an_experiment_names_what_is_wrong_with_its_definition() {
    let new = |exposure, variants: &[(&str, u16)]| told(Experiment::new("ns", "x", "", exposure, variants));
    let text = "variants: basis points sum to 9000, not 10000".to_owned();
    assert_eq!(new(10_000, &[("a", 5_000), ("b", 4_000)]), ("weights_sum", text));
    let text = "variants: `a` is there twice".to_owned();
    assert_eq!(new(10_000, &[("a", 5_000), ("a", 5_000)]), ("duplicate_id", text));
    let text = "exposure_basis_points: 10001 is not in 0..=10000 basis points".to_owned();
    assert_eq!(new(10_001, &[("a", 10_000)]), ("out_of_range", text));
}

#[test]
fn a_fit_names_the_setting() {
    let cases = [Case { numbers: &[0.0], accepted: true, weight: 1.0 }];
    let text = "pull: 0 is not a number above 0".to_owned();
    assert_eq!(told(Logistic::fit(&cases, 0.0)), ("out_of_range", text));
}

#[test]
fn a_fit_names_the_factor_and_the_weights() {
    let current = [0.25, 0.35, 0.15, 0.15, 0.10];
    let mut outcomes = vec![Outcome { query: 0, sponsor: 0, factors: [0.5; 5], accepted: true }; 400];
    outcomes.iter_mut().step_by(2).for_each(|outcome| outcome.accepted = false);
    let text = "weights: sum to 2.5; they must be 0 or more and sum to 1".to_owned();
    assert_eq!(told(fit_weights(&outcomes, [0.5; 5], WeightFit::default())), ("weights_sum", text));
    outcomes[3].factors[1] = 2.0;
    let text = "[3].factors[1]: 2 is not in 0..=1".to_owned();
    assert_eq!(told(fit_weights(&outcomes, current, WeightFit::default())), ("out_of_range", text));
}
