//! Fitted weights: right where outcomes say so, untouched where they do not.

use sponsorfit_learn::SplitMix64;
use sponsorfit_learn::fit::{FittedWeights, Outcome, WeightFit, fit_weights};

const CURRENT: [f64; 5] = [0.25, 0.35, 0.15, 0.15, 0.10];

fn dot(a: &[f64; 5], b: &[f64; 5]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Proposals whose chance to be accepted follows a formula with the weights `truth`.
fn outcomes(seed: u64, queries: usize, sponsors: usize, truth: &[f64; 5]) -> Vec<Outcome> {
    let random = &mut SplitMix64::new(seed);
    let mut found = vec![];
    for query in 0..queries {
        for _ in 0..8 {
            let factors = std::array::from_fn(|_| random.unit());
            let likely = 1.0 / (1.0 + libm::exp(-10.0 * (dot(truth, &factors) - 0.5)));
            let (sponsor, accepted) = (random.index(sponsors), random.unit() < likely);
            found.push(Outcome { query, sponsor, factors, accepted });
        }
    }
    found
}

fn fit(outcomes: &[Outcome]) -> FittedWeights {
    fit_weights(outcomes, CURRENT, WeightFit::default()).unwrap()
}

#[test]
fn weights_are_found_again() {
    let truth = [0.10, 0.10, 0.50, 0.10, 0.20];
    let found = fit(&outcomes(1, 1_500, 200, &truth));
    for (factor, truth) in found.factors.iter().zip(truth) {
        assert!((factor.fitted - truth).abs() < 0.03, "{factor:?} {truth}");
        assert!(factor.lower <= factor.fitted && factor.fitted <= factor.upper, "{factor:?}");
        assert!(factor.upper - factor.lower < 0.1, "{factor:?}");
    }
    assert!(found.factors[2].moves && found.factors[0].moves && found.factors[1].moves);
    assert!(found.loss_after < found.loss_before && found.loss_before < 0.693);
    assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
}

/// When the weights in use are the true ones, each is left alone in about 19 of 20 fits.
#[test]
fn weights_that_are_right_are_left_alone() {
    let (mut alone, fits) = (0, 40);
    for seed in 0..fits {
        let found = fit(&outcomes(100 + seed, 150, 60, &CURRENT));
        alone += found.factors.iter().filter(|factor| !factor.moves).count();
        for (factor, weight) in found.factors.iter().zip(found.weights) {
            let kept = weight.to_bits() == factor.current.to_bits();
            assert!(kept || factor.moves, "{found:?}");
        }
    }
    let share = alone as f64 / (5 * fits) as f64;
    assert!(share > 0.92, "{share}");
}

#[test]
fn what_moves_moves_within_the_sum_the_others_leave() {
    // Budget and geography trade places; the rest is as it was.
    let truth = [0.05, 0.35, 0.35, 0.15, 0.10];
    let found = fit(&outcomes(7, 800, 150, &truth));
    let moves: Vec<bool> = found.factors.iter().map(|factor| factor.moves).collect();
    assert_eq!(moves, [true, false, true, false, false], "{found:?}");
    assert_eq!(found.weights[1].to_bits(), CURRENT[1].to_bits());
    assert_eq!(found.weights[3..].map_bits(), CURRENT[3..].map_bits());
    assert!((found.weights[0] + found.weights[2] - 0.40).abs() < 1e-12);
    assert!((found.weights[2] - 0.35).abs() < 0.04, "{found:?}");
}

trait Bits {
    fn map_bits(&self) -> Vec<u64>;
}

impl Bits for [f64] {
    fn map_bits(&self) -> Vec<u64> {
        self.iter().map(|value| value.to_bits()).collect()
    }
}

/// What fitting makes small, written down once more.
fn objective(seen: &[Outcome], current: [f64; 5], how: WeightFit, weights: &[f64; 5]) -> f64 {
    let mut loss = 0.0;
    for query in 0..=seen.iter().map(|outcome| outcome.query).max().unwrap() {
        let of = |accepted| seen.iter().filter(move |o| o.query == query && o.accepted == accepted);
        let pairs = (of(true).count() * of(false).count()) as f64;
        for (above, below) in of(true).flat_map(|above| of(false).map(move |below| (above, below))) {
            let margin = how.sharpness * (dot(weights, &above.factors) - dot(weights, &below.factors));
            loss += (libm::log1p(libm::exp(-margin.abs())) + (-margin).max(0.0)) / pairs;
        }
    }
    let away: f64 = weights.iter().zip(current).map(|(new, old)| (new - old) * (new - old)).sum();
    loss + how.pull / 2.0 * away
}

/// The conditions of Karush, Kuhn and Tucker: no shift of weight between two factors helps.
fn assert_least(seen: &[Outcome], current: [f64; 5], how: WeightFit) -> [f64; 5] {
    let factors = fit_weights(seen, current, how).unwrap().factors;
    let fitted = factors.map(|factor| factor.fitted);
    let least = objective(seen, current, how, &fitted);
    for (from, to) in (0..5).flat_map(|i| (0..5).map(move |j| (i, j))) {
        let mut shifted = fitted;
        let shift = 1e-5_f64.min(shifted[from]);
        shifted[from] -= shift;
        shifted[to] += shift;
        let value = objective(seen, current, how, &shifted);
        assert!(value >= least * (1.0 - 1e-12), "{from} → {to}: {value} < {least} at {fitted:?}");
    }
    fitted
}

#[test]
fn no_shift_between_two_weights_helps() {
    let seen = outcomes(3, 100, 50, &[0.0, 0.0, 0.9, 0.1, 0.0]);
    for (sharpness, pull) in [(10.0, 10.0), (1_000.0, 0.01)] {
        let how = WeightFit { sharpness, pull, resamples: 20, ..WeightFit::default() };
        let fitted = assert_least(&seen, CURRENT, how);
        assert!(fitted.contains(&0.0), "a corner is wanted: {fitted:?}");
    }
}

/// A valley with steep and straight sides: there a whole Newton step jumps to the other side.
#[test]
fn a_step_that_is_too_long_is_halved() {
    // Half of the queries want the first weight above 0.3, the others the second.
    let outcome = |i: usize| {
        let (accepted, query) = (i.is_multiple_of(2), i / 2);
        let (a, b) = if accepted { (0.7, 0.0) } else { (0.0, 0.3) };
        let [a, b] = if query % 2 == 0 { [a, b] } else { [b, a] };
        Outcome { query, sponsor: i % 53, factors: [a, b, 0.5, 0.5, 0.5], accepted }
    };
    let seen: Vec<Outcome> = (0..160).map(outcome).collect();
    let how = WeightFit { sharpness: 1_000.0, pull: 0.01, resamples: 20, ..WeightFit::default() };
    let fitted = assert_least(&seen, [0.95, 0.05, 0.0, 0.0, 0.0], how);
    assert!(fitted[0] > 0.3 && fitted[0] < 0.7, "{fitted:?}");
}

/// The interval is about as wide as the estimates of fresh outcomes are apart, also where
/// each query is a sponsor's own.
#[test]
fn intervals_are_as_wide_as_the_spread_of_fresh_estimates() {
    let truth = [0.2, 0.2, 0.3, 0.2, 0.1];
    let fresh = |seed: u64, resamples: usize| {
        let mut seen = outcomes(1_000 + seed, 150, 1, &truth);
        for outcome in &mut seen {
            outcome.sponsor = outcome.query;
        }
        fit_weights(&seen, CURRENT, WeightFit { resamples, ..WeightFit::default() }).unwrap().factors
    };
    let fits = 80;
    let estimates: Vec<f64> = (0..fits).map(|seed| fresh(seed, 20)[2].fitted).collect();
    let mean = estimates.iter().sum::<f64>() / fits as f64;
    let variance = estimates.iter().map(|e| (e - mean) * (e - mean)).sum::<f64>() / (fits - 1) as f64;
    let widths = (0..10).map(|seed| fresh(seed, 200)[2]).map(|factor| factor.upper - factor.lower);
    let ratio = widths.sum::<f64>() / 10.0 / (2.0 * 1.96 * variance.sqrt());
    assert!((0.8..1.25).contains(&ratio), "{ratio}");
}

#[test]
fn the_same_input_gives_the_same_bits_and_rows_may_come_in_any_order() {
    let seen = outcomes(5, 60, 40, &CURRENT);
    assert_eq!(fit(&seen), fit(&seen));
    let mut renamed = seen.clone();
    for outcome in &mut renamed {
        outcome.query = outcome.query * 1_000 + 17;
        outcome.sponsor = outcome.sponsor * 3 + 1;
    }
    assert_eq!(fit(&seen), fit(&renamed));
}

/// A sponsor that decides often is still one sponsor: intervals must not shrink with its rows.
#[test]
fn intervals_know_how_few_sponsors_there_are() {
    let truth = [0.1, 0.1, 0.5, 0.1, 0.2];
    let width = |sponsors: usize| {
        let mut seen = outcomes(11, 400, sponsors, &truth);
        // Every sponsor has a taste of its own for the first factor.
        let random = &mut SplitMix64::new(13);
        let tastes: Vec<f64> = (0..sponsors).map(|_| random.unit()).collect();
        for outcome in &mut seen {
            let likes = dot(&truth, &outcome.factors)
                + 3.0 * (tastes[outcome.sponsor] - 0.5) * (outcome.factors[0] - 0.5);
            outcome.accepted = random.unit() < 1.0 / (1.0 + libm::exp(-10.0 * (likes - 0.5)));
        }
        let factor = fit(&seen).factors[0];
        factor.upper - factor.lower
    };
    assert!(width(30) > 1.5 * width(3_000), "{} {}", width(30), width(3_000));
}

#[test]
fn what_cannot_be_fitted_is_refused() {
    let seen = outcomes(2, 60, 40, &CURRENT);
    let refused =
        |outcomes: &[Outcome], current, how| fit_weights(outcomes, current, how).unwrap_err().to_string();
    let how = WeightFit::default();
    assert_eq!(
        refused(&seen[..80], CURRENT, how),
        "queries with an accepted and a rejected outcome: 10 are too few, at least 30 are needed"
    );
    let few: Vec<Outcome> = seen.iter().map(|o| Outcome { sponsor: o.sponsor % 20, ..*o }).collect();
    assert_eq!(
        refused(&few, CURRENT, how),
        "sponsors in such queries: 20 are too few, at least 30 are needed"
    );
    let mut broken = seen.clone();
    broken[4].factors[2] = f64::NAN;
    assert_eq!(refused(&broken, CURRENT, how), "[4].factors[2]: NaN is not in 0..=1");
    assert_eq!(
        refused(&seen, [0.5, 0.5, 0.5, 0.0, 0.0], how),
        "weights: sum to 1.5; they must be 0 or more and sum to 1"
    );
    let setting = |how| refused(&seen, CURRENT, how);
    assert_eq!(setting(WeightFit { pull: 0.0, ..how }), "pull: 0 is not a number above 0");
    assert_eq!(setting(WeightFit { sharpness: f64::NAN, ..how }), "sharpness: NaN is not a number above 0");
    assert_eq!(setting(WeightFit { alpha: 1.0, ..how }), "alpha: 1 is not between 0 and 1");
    assert_eq!(setting(WeightFit { resamples: 19, ..how }), "resamples: 19 is not 20 or more");
}
