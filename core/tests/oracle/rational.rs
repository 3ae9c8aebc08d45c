//! The formula in exact rationals, and how far a rounded score is from it.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};

use super::config::{Config, Policy};
use super::leaves::{Leaf, Quantity, leaves};
use super::rank::Ranked;
use super::rows::{Event, Insights, Sponsor};

/// What no rounding has touched, from the f64 values of inputs and weights.
pub(crate) struct Exact {
    /// None when the known factors' weights sum to 0. Whether the coverage suffices is left to
    /// whoever asks: the page decides it by the rounded one.
    pub(crate) score: Option<BigRational>,
    pub(crate) coverage: BigRational,
    pub(crate) lower: BigRational,
    pub(crate) upper: BigRational,
}

/// The exact score of a pair; `objectives` is the similarity, whatever the configuration names.
pub(crate) fn exact(
    sponsor: &str,
    event: &str,
    insights: Option<&str>,
    config: &str,
    objectives: Option<f64>,
) -> Exact {
    let config = Config::read(config);
    let insights = insights.map(Insights::read).unwrap_or_default();
    let leaves = leaves(&Sponsor::read(sponsor), &Event::read(event), &insights, &config, objectives);
    let weights = config.weights.map(rational);

    let entered = leaves.each_ref().map(|leaf| match (&leaf.known, config.policy) {
        (Some(known), _) => Some(quantity(known)),
        (None, Policy::Neutral) => Some(rational(leaf.neutral)),
        (None, Policy::Renormalize) => None,
    });
    let values = factors(&entered, &config);
    let k = match config.policy {
        Policy::Neutral => BigRational::one(),
        Policy::Renormalize => (0..5).filter(|&i| values[i].is_some()).map(|i| weights[i].clone()).sum(),
    };
    let score = (!k.is_zero()).then(|| clamp(fold(&values, &weights) / k));
    let lower = bound(&leaves, &config, 0.0);
    let upper = bound(&leaves, &config, 1.0);
    // "and min / max with `score`": weights that miss 1 by 1e-9 are not put right in the bounds.
    Exact {
        coverage: coverage(&leaves, &config),
        lower: score.clone().map_or(lower.clone(), |score| score.min(lower)),
        upper: score.clone().map_or(upper.clone(), |score| score.max(upper)),
        score,
    }
}

fn coverage(leaves: &[Leaf; 7], config: &Config) -> BigRational {
    let weight = |index: usize| rational(config.weights[index]);
    let part = |blend: [f64; 2], index: usize| rational(blend[index]);
    let weights = [
        weight(0),
        weight(1) * part(config.audience_blend, 0),
        weight(1) * part(config.audience_blend, 1),
        weight(2),
        weight(3) * part(config.engagement_blend, 0),
        weight(3) * part(config.engagement_blend, 1),
        weight(4),
    ];
    let all: BigRational = weights.iter().sum();
    let known: BigRational = (0..7).filter(|&i| leaves[i].known.is_some()).map(|i| &weights[i]).sum();
    known / all
}

fn bound(leaves: &[Leaf; 7], config: &Config, unknown: f64) -> BigRational {
    let entered = leaves.each_ref().map(|leaf| Some(leaf.known.as_ref().map_or(rational(unknown), quantity)));
    clamp(fold(&factors(&entered, config), &config.weights.map(rational)))
}

fn factors(entered: &[Option<BigRational>; 7], config: &Config) -> [Option<BigRational>; 5] {
    [
        entered[0].clone(),
        blend(config.audience_blend, entered[1].as_ref(), entered[2].as_ref()),
        entered[3].clone(),
        blend(config.engagement_blend, entered[4].as_ref(), entered[5].as_ref()),
        entered[6].clone(),
    ]
}

fn blend(
    weights: [f64; 2],
    first: Option<&BigRational>,
    second: Option<&BigRational>,
) -> Option<BigRational> {
    match (first, second) {
        (Some(first), Some(second)) => {
            Some(clamp(rational(weights[0]) * first + rational(weights[1]) * second))
        }
        (first, second) => first.or(second).cloned(),
    }
}

fn fold(values: &[Option<BigRational>; 5], weights: &[BigRational; 5]) -> BigRational {
    let mut sum = BigRational::zero();
    for (value, weight) in values.iter().zip(weights) {
        if let Some(value) = value {
            sum += weight * value;
        }
    }
    sum
}

fn quantity(known: &Quantity) -> BigRational {
    match *known {
        Quantity::Saturation { budget, half } => {
            let budget = BigRational::from_integer(budget.into());
            &budget / (&budget + rational(half))
        }
        Quantity::Quotient(part, whole) => BigRational::new(part.into(), whole.into()),
        Quantity::Given(value) => rational(value),
    }
}

fn clamp(value: BigRational) -> BigRational {
    value.clamp(BigRational::zero(), BigRational::one())
}

fn rational(value: f64) -> BigRational {
    BigRational::from_f64(value).expect("every value here is finite")
}

/// How far `score` is from `exact`, in units of the last place of `exact`.
pub(crate) fn ulps_from(score: f64, exact: &BigRational) -> f64 {
    let distance = (rational(score) - exact).abs() / ulp(exact);
    distance.to_f64().expect("a quotient of finite numbers")
}

/// The distance between neighbouring doubles at `exact` ≥ 0: 2⁻⁵² times its power of two.
fn ulp(exact: &BigRational) -> BigRational {
    let two = BigRational::from_integer(2.into());
    let mut power = BigRational::one();
    let mut exponent = 0;
    while power > *exact && exponent > -1022 {
        power /= &two;
        exponent -= 1;
    }
    while &power * &two <= *exact {
        power *= &two;
    }
    power / BigRational::from_integer(BigInt::one() << 52)
}

/// Whether rounding changed the order of a list only between scores that are tied but for `ulps`
/// units in the last place. `exact_scores` stand in the order of `ranked`. The error names the
/// first pair out of order.
pub(crate) fn same_ranking_up_to_ties(
    ranked: &[Ranked],
    exact_scores: &[BigRational],
    ulps: u32,
) -> Result<(), String> {
    assert_eq!(ranked.len(), exact_scores.len(), "one exact score for each ranked one");
    for (before, ahead) in exact_scores.iter().enumerate() {
        for (after, behind) in exact_scores.iter().enumerate().skip(before + 1) {
            let tolerance = ulp(behind) * BigRational::from_integer(ulps.into());
            if behind - ahead > tolerance {
                return Err(format!(
                    "{} stands before {}, whose exact score is higher",
                    ranked[before].id, ranked[after].id
                ));
            }
        }
    }
    Ok(())
}
