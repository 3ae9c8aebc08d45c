//! The leaves folded to a score.

use super::config::{Config, Policy};
use super::leaves::{Leaf, PATHS};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Score(Box<Scored>),
    /// "`InsufficientData {missing, coverage}`"; missing are the paths of all unknown leaves.
    Insufficient {
        missing: Vec<String>,
        coverage: f64,
    },
}

/// "the value that entered the score: under `neutral` the neutral value, under `renormalize` null
/// for what was left out"
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scored {
    pub(crate) score: f64,
    pub(crate) budget_fit: Option<f64>,
    pub(crate) categories: Option<f64>,
    pub(crate) geo: Option<f64>,
    pub(crate) geo_fit: Option<f64>,
    pub(crate) engagement_quality: Option<f64>,
    pub(crate) objectives_similarity: Option<f64>,
    pub(crate) coverage: f64,
    pub(crate) lower: f64,
    pub(crate) upper: f64,
    /// In formula order.
    pub(crate) unknown: Vec<String>,
    /// In formula order: budget, audience, geography, engagement, objectives.
    pub(crate) factors: [Factor; 5],
}

/// A row of the explanation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Factor {
    pub(crate) value: Option<f64>,
    /// "the effective one, `w/K` under `renormalize`, 0 for what is left out"
    pub(crate) weight: f64,
    /// "contribution = weight·value"
    pub(crate) contribution: f64,
    /// Two where the factor is a blend, else none.
    pub(crate) children: Vec<Child>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Child {
    pub(crate) value: Option<f64>,
    pub(crate) weight: f64,
    pub(crate) contribution: f64,
}

/// What takes the place of an unknown leaf.
#[derive(Clone, Copy)]
enum Instead {
    Neutral,
    Nothing,
    Value(f64),
}

pub(crate) fn score(leaves: &[Leaf; 7], config: &Config) -> Outcome {
    let mut unknown = Vec::new();
    for (leaf, path) in leaves.iter().zip(PATHS) {
        if leaf.known.is_none() {
            unknown.push(path.to_owned());
        }
    }
    let coverage = coverage(leaves, config);
    // "`min_coverage` (default 0): below it, no score."
    if coverage < config.min_coverage {
        return Outcome::Insufficient { missing: unknown, coverage };
    }

    let instead = match config.policy {
        Policy::Neutral => Instead::Neutral,
        Policy::Renormalize => Instead::Nothing,
    };
    let entered = entered(leaves, instead);
    let values = values(entered, config);
    let Some(weights) = effective_weights(values, config) else {
        return Outcome::Insufficient { missing: unknown, coverage };
    };
    let score = fold(values, weights);
    Outcome::Score(Box::new(Scored {
        score,
        budget_fit: entered[0],
        categories: entered[1],
        geo: entered[2],
        geo_fit: entered[3],
        engagement_quality: values[3],
        objectives_similarity: entered[6],
        coverage,
        lower: bound(leaves, config, 0.0).min(score),
        upper: bound(leaves, config, 1.0).max(score),
        unknown,
        factors: factors(entered, values, weights, config),
    }))
}

/// "fold of the known leaf weights ÷ fold of all leaf weights (budget .25, categories .35·.6, geo
/// .35·.4, geo_fit .15, engagement .15·.7, conversion .15·.3, objectives .10)"
fn coverage(leaves: &[Leaf; 7], config: &Config) -> f64 {
    let [budget, audience, geography, engagement, objectives] = config.weights;
    let weights = [
        budget,
        audience * config.audience_blend[0],
        audience * config.audience_blend[1],
        geography,
        engagement * config.engagement_blend[0],
        engagement * config.engagement_blend[1],
        objectives,
    ];
    let mut known = 0.0;
    let mut all = 0.0;
    for index in 0..7 {
        if leaves[index].known.is_some() {
            known += weights[index];
        }
        all += weights[index];
    }
    known / all
}

/// The value of each leaf as it enters the formula.
fn entered(leaves: &[Leaf; 7], instead: Instead) -> [Option<f64>; 7] {
    let mut entered = [None; 7];
    for index in 0..7 {
        entered[index] = match (&leaves[index].known, instead) {
            (Some(quantity), _) => Some(quantity.value()),
            (None, Instead::Neutral) => Some(leaves[index].neutral),
            (None, Instead::Nothing) => None,
            (None, Instead::Value(value)) => Some(value),
        };
    }
    entered
}

/// The five factors from the seven leaves.
fn values(entered: [Option<f64>; 7], config: &Config) -> [Option<f64>; 5] {
    let [budget, categories, geo, geo_fit, engagement, conversion, objectives] = entered;
    [
        budget,
        // "audience_overlap = 0.6·categories + 0.4·geo"
        blend(config.audience_blend, categories, geo),
        geo_fit,
        // "engagement_quality = 0.7·engagement_score + 0.3·ticket_conversion_rate"
        blend(config.engagement_blend, engagement, conversion),
        objectives,
    ]
}

/// "A blend with one known child is that child's value; a blend with none is unknown". Weights may
/// sum to a little more than 1, the value may not.
fn blend(weights: [f64; 2], first: Option<f64>, second: Option<f64>) -> Option<f64> {
    match (first, second) {
        (Some(first), Some(second)) => Some((weights[0] * first + weights[1] * second).min(1.0)),
        (Some(only), None) | (None, Some(only)) => Some(only),
        (None, None) => None,
    }
}

/// "a known factor's weight becomes w/K, K the fold of the known factors' weights in formula
/// order". None when K is 0: "Nothing known: no score."
fn effective_weights(values: [Option<f64>; 5], config: &Config) -> Option<[f64; 5]> {
    if config.policy == Policy::Neutral {
        return Some(config.weights);
    }
    let mut k = 0.0;
    for index in 0..5 {
        if values[index].is_some() {
            k += config.weights[index];
        }
    }
    if k == 0.0 {
        return None;
    }
    let mut weights = [0.0; 5];
    for index in 0..5 {
        if values[index].is_some() {
            weights[index] = config.weights[index] / k;
        }
    }
    Some(weights)
}

/// "score = 0.25·budget_fit + 0.35·audience_overlap + 0.15·geo_fit + 0.15·engagement_quality +
/// 0.10·objectives_similarity", "left to right as written, products before sums", "that fold
/// clamped to [0, 1]".
fn fold(values: [Option<f64>; 5], weights: [f64; 5]) -> f64 {
    let mut sum = 0.0;
    for index in 0..5 {
        if let Some(value) = values[index] {
            let product = weights[index] * value;
            sum += product;
        }
    }
    sum.clamp(0.0, 1.0)
}

/// "the fold with every unknown at 0 / at 1, clamped"
fn bound(leaves: &[Leaf; 7], config: &Config, unknown: f64) -> f64 {
    fold(values(entered(leaves, Instead::Value(unknown)), config), config.weights)
}

/// "one row per factor in formula order", "child rows where the factor is a blend".
fn factors(
    entered: [Option<f64>; 7],
    values: [Option<f64>; 5],
    weights: [f64; 5],
    config: &Config,
) -> [Factor; 5] {
    let [_, categories, geo, _, engagement, conversion, _] = entered;
    let children = [
        Vec::new(),
        children(config.audience_blend, categories, geo),
        Vec::new(),
        children(config.engagement_blend, engagement, conversion),
        Vec::new(),
    ];
    let mut index = 0;
    children.map(|children| {
        let (value, weight) = (values[index], weights[index]);
        index += 1;
        Factor { value, weight, contribution: contribution(weight, value), children }
    })
}

/// "the children fold to their parent's value exactly": an only child has the weight 1.
fn children(weights: [f64; 2], first: Option<f64>, second: Option<f64>) -> Vec<Child> {
    let weights = match (first, second) {
        (Some(_), Some(_)) => weights,
        (Some(_), None) => [1.0, 0.0],
        (None, Some(_)) => [0.0, 1.0],
        (None, None) => [0.0, 0.0],
    };
    let child = |weight, value| Child { value, weight, contribution: contribution(weight, value) };
    vec![child(weights[0], first), child(weights[1], second)]
}

fn contribution(weight: f64, value: Option<f64>) -> f64 {
    weight * value.unwrap_or(0.0)
}
