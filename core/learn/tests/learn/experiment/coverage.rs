//! Do the intervals hold the truth as often as they say? By simulation with fixed seeds.

use sponsorfit_learn::SplitMix64;
use sponsorfit_learn::experiment::{
    Logged, confidence_sequence, cuped, difference, off_policy, sample_ratio,
};

fn yes(random: &mut SplitMix64, probability: f64) -> f64 {
    f64::from(random.unit() < probability)
}

/// Roughly normal, mean 0, variance 1.
fn noise(random: &mut SplitMix64) -> f64 {
    (0..12).map(|_| random.unit()).sum::<f64>() - 6.0
}

fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0))
}

/// Looking twenty times: the sequence is wrong at some look in at most 5 % of the
/// experiments, and the classical interval in several times as many.
#[test]
fn a_difference_may_be_looked_at_again_and_again() {
    let (random, experiments) = (&mut SplitMix64::new(20_260_117), 400);
    let (mut sequence_wrong, mut classical_wrong) = (0, 0);
    for _ in 0..experiments {
        let (mut treated, mut control) = (vec![], vec![]);
        let (mut sequence, mut classical) = (false, false);
        for _look in 0..20 {
            for _ in 0..200 {
                if random.coin() {
                    treated.push(yes(random, 0.13));
                } else {
                    control.push(yes(random, 0.10));
                }
            }
            if treated.len().min(control.len()) < 100 {
                continue;
            }
            sequence |= !difference(&treated, &control, 0.05, 2_000).unwrap().contains(0.03);
            let ((mean_1, variance_1), (mean_0, variance_0)) =
                (mean_and_variance(&treated), mean_and_variance(&control));
            let error = (variance_1 / treated.len() as f64 + variance_0 / control.len() as f64).sqrt();
            classical |= (mean_1 - mean_0 - 0.03).abs() > 1.959_964 * error;
        }
        sequence_wrong += usize::from(sequence);
        classical_wrong += usize::from(classical);
    }
    assert!(sequence_wrong <= experiments / 20, "{sequence_wrong} of {experiments}");
    assert!(classical_wrong > experiments / 6, "{classical_wrong} of {experiments}");
}

/// Every single look from 100 values on, on a skewed outcome.
#[test]
fn a_mean_may_be_looked_at_after_every_value() {
    let (random, experiments) = (&mut SplitMix64::new(20_260_118), 200);
    let mut wrong = 0;
    for _ in 0..experiments {
        let values: Vec<f64> = (0..600).map(|_| yes(random, 0.2)).collect();
        let looks = (100..=600).filter_map(|n| confidence_sequence(&values[..n], 0.1, 300).ok());
        wrong += usize::from(looks.into_iter().any(|interval| !interval.contains(0.2)));
    }
    // At most 10 %, and not so wide that nothing could ever be wrong.
    assert!((1..=experiments / 10).contains(&wrong), "{wrong} of {experiments}");
}

#[test]
fn a_covariate_narrows_the_interval_and_keeps_its_promise() {
    let (random, experiments) = (&mut SplitMix64::new(20_260_119), 300);
    let (mut wrong, mut narrower) = (0, 0.0);
    for _ in 0..experiments {
        let (mut outcomes, mut before, mut treated) = (vec![], vec![], vec![]);
        for _ in 0..600 {
            let known = noise(random);
            before.push(known);
            treated.push(random.coin());
            let effect = if treated.last() == Some(&true) { 0.3 } else { 0.0 };
            outcomes.push(0.8 * known + 0.6 * noise(random) + effect);
        }
        let arms = |values: &[f64]| {
            let of = |arm| {
                let mine = values.iter().zip(&treated).filter(|(_, treated)| **treated == arm);
                mine.map(|(value, _)| *value).collect::<Vec<f64>>()
            };
            difference(&of(true), &of(false), 0.05, 600).unwrap()
        };
        let adjusted = cuped(&outcomes, &before).unwrap();
        let (plain, narrow) = (arms(&outcomes), arms(&adjusted.adjusted));
        wrong += usize::from(!narrow.contains(0.3));
        narrower += (narrow.upper - narrow.lower) / (plain.upper - plain.lower) / f64::from(experiments);
    }
    assert!(wrong <= 15, "{wrong} of {experiments}");
    // What is left is √(1 − 0.8²) = 0.6 of the spread.
    assert!((narrower - 0.6).abs() < 0.02, "{narrower}");
}

/// The log shows what the old ranking liked; the new one likes what is accepted more.
#[test]
fn the_reward_of_another_ranking_is_in_its_interval() {
    let (random, experiments) = (&mut SplitMix64::new(20_260_120), 1_000);
    let shown: [(f64, f64, f64); 3] = [(0.6, 0.2, 0.05), (0.3, 0.3, 0.20), (0.1, 0.5, 0.40)];
    let truth: f64 = shown.iter().map(|(_, target, accepted)| target * accepted).sum();
    let (mut wrong, mut logged_reward) = (0, 0.0);
    for _ in 0..experiments {
        let draw = |random: &mut SplitMix64| {
            let (mut left, at) = (random.unit(), &shown);
            let pick = at.iter().position(|(propensity, ..)| {
                left -= propensity;
                left < 0.0
            });
            let (propensity, target, accepted) = at[pick.unwrap_or(2)];
            Logged { reward: yes(random, accepted), propensity, target }
        };
        let log: Vec<Logged> = (0..600).map(|_| draw(random)).collect();
        logged_reward += log.iter().map(|row| row.reward).sum::<f64>() / 600.0 / f64::from(experiments);
        let estimate = off_policy(&log, 0.05).unwrap();
        wrong += i32::from(!estimate.reward.contains(truth));
        assert!(estimate.effective_sample_size > 150.0 && estimate.effective_sample_size < 400.0);
    }
    // 5 % of 1000 is 50, three standard deviations of it 21.
    assert!((29..=71).contains(&wrong), "{wrong} of {experiments}");
    assert!(truth > 2.0 * logged_reward, "{truth} {logged_reward}");
}

#[test]
fn sample_ratios_are_wrong_as_often_as_they_say() {
    let (random, experiments) = (&mut SplitMix64::new(20_260_121), 2_000);
    let mut alarms = 0;
    for _ in 0..experiments {
        let mut counts = [0_u64; 3];
        for _ in 0..500 {
            let draw = random.below(10);
            counts[if draw < 5 {
                0
            } else if draw < 8 {
                1
            } else {
                2
            }] += 1;
        }
        alarms += usize::from(sample_ratio(&counts, &[5_000, 3_000, 2_000]).unwrap().p_value < 0.05);
    }
    // 5 % of 2000 is 100, three standard deviations of it 29.
    assert!(alarms.abs_diff(100) < 30, "{alarms}");
}
