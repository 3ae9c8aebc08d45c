//! Paired comparisons: SciPy's tests, the slow definition, and what chance gives.
#![allow(clippy::float_cmp, reason = "what is compared is exact, or made by the same steps")]

use sponsorfit_learn::SplitMix64;
use sponsorfit_learn::evaluation::{Bootstrap, Comparison};

fn compare(differences: &[f64], bootstrap: &Bootstrap) -> Comparison {
    let pairs: Vec<(f64, f64)> = differences.iter().map(|&difference| (difference, 0.0)).collect();
    Comparison::of(&pairs, bootstrap).unwrap()
}

fn quick() -> Bootstrap {
    Bootstrap::new(200, 0.95, 3).unwrap()
}

/// Compares a p-value with another tool's.
pub(super) fn check_p_value(differences: &[f64], p_value: f64) {
    let ours = compare(differences, &quick()).p_value;
    assert!((ours - p_value).abs() < 1e-12, "{ours}, not {p_value}, for {differences:?}");
}

/// The definition: every way to flip signs, one after the other.
fn by_counting(differences: &[f64]) -> f64 {
    let seen = differences.iter().sum::<f64>().abs();
    let ways = 1_u32 << differences.len();
    let flipped = |way: u32| -> f64 {
        let signed =
            differences.iter().zip(0..).map(|(value, at)| if way >> at & 1 == 1 { -value } else { *value });
        signed.sum()
    };
    let reaching = (0..ways).filter(|&way| flipped(way).abs() >= seen - 1e-9).count();
    reaching as f64 / f64::from(ways)
}

#[test]
fn p_values_are_those_of_counting_every_flip() {
    let mut random = SplitMix64::new(9);
    for queries in 1..=13 {
        for _ in 0..8 {
            // Tenths: many sums are equal, and some differences are 0.
            let differences: Vec<f64> =
                (0..queries).map(|_| (random.below(11) as f64 - 4.0) / 10.0).collect();
            check_p_value(&differences, by_counting(&differences));
        }
    }
}

#[test]
fn drawn_flips_are_near_the_exact_ones() {
    let mut random = SplitMix64::new(12);
    let differences: Vec<f64> = (0..36).map(|_| random.unit() - 0.46).collect();
    let exact = compare(&differences, &quick()).p_value;
    assert!((0.01..0.5).contains(&exact), "{exact}");
    // One more difference, too small to matter, and flips are drawn.
    let more = [differences, vec![1e-9]].concat();
    let drawn = compare(&more, &Bootstrap::new(100_000, 0.95, 3).unwrap()).p_value;
    assert!(drawn != exact && (drawn - exact).abs() < 0.01, "{drawn}, {exact}");
    // What was seen counts, so that nothing is ever impossible.
    let all_better = compare(&[1.0; 40], &Bootstrap::new(1_000, 0.95, 3).unwrap());
    assert_eq!(all_better.p_value, 1.0 / 1_001.0);
}

#[test]
fn who_is_better_changes_signs_and_nothing_else() {
    let mut random = SplitMix64::new(4);
    let pairs: Vec<(f64, f64)> = (0..32).map(|_| (random.unit(), random.unit())).collect();
    let turned: Vec<(f64, f64)> = pairs.iter().map(|&(first, second)| (second, first)).collect();
    let (one, other) =
        (Comparison::of(&pairs, &quick()).unwrap(), Comparison::of(&turned, &quick()).unwrap());
    assert_eq!((one.wins, one.losses, one.p_value), (other.losses, other.wins, other.p_value));
    assert_eq!(one.share_better + other.share_better, 1.0);
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a}, {b}");
    near(one.difference.mean, -other.difference.mean);
    near(one.difference.lower, -other.difference.upper);
    near(one.difference.upper, -other.difference.lower);
}

#[test]
fn a_ranker_is_not_better_than_itself() {
    let same = Comparison::of(&[(0.4, 0.4), (0.9, 0.9)], &quick()).unwrap();
    assert_eq!((same.wins, same.ties, same.losses), (0, 2, 0));
    assert_eq!((same.share_better, same.p_value, same.difference.upper), (0.5, 1.0, 0.0));
}

/// Without any difference a test at 5 % cries wolf in one of twenty trials, no more.
#[test]
fn chance_is_called_a_difference_as_rarely_as_promised() {
    let mut random = SplitMix64::new(77);
    let trials = 1_000;
    let wrong = (0..trials).filter(|_| {
        let differences: Vec<f64> = (0..16).map(|_| random.unit() - 0.5).collect();
        compare(&differences, &Bootstrap::new(100, 0.95, 3).unwrap()).p_value <= 0.05
    });
    let wrong = wrong.count();
    // Five standard deviations of a count with probability 1/20.
    assert!(wrong.abs_diff(50) < 35, "{wrong}");
}
