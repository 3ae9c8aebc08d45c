//! What weight fitting makes small: how often a rejected sponsor scores above an accepted one.
#![allow(clippy::indexing_slicing, reason = "every index is a factor's number, below FACTORS")]

use super::simplex::{Face, least_quadratic};
use super::{FACTORS, Factors};

/// An accepted and a rejected outcome of the same query.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// Factors of the accepted minus those of the rejected.
    pub(super) difference: Factors,
    /// How much it counts: all pairs of a query together 1.
    pub(super) weight: f64,
}

/// Σ weight · ln(1 + exp(−sharpness · w·difference)) + pull/2 · ‖w − current‖².
///
/// The pairwise logistic loss of `RankNet` (Burges et al., *Learning to Rank using Gradient
/// Descent*, 2005), with a pull towards the weights in use that counts as much as a fixed
/// number of queries, so that it matters less the more there is to learn from. Convex, and
/// strictly so for a pull above 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Objective<'a> {
    pub(super) pairs: &'a [Pair],
    pub(super) sharpness: f64,
    pub(super) pull: f64,
    pub(super) current: Factors,
}

/// Value, gradient and curvature at some weights.
#[derive(Clone, Debug)]
pub(super) struct Slope {
    pub(super) value: f64,
    pub(super) gradient: Factors,
    pub(super) curvature: [Factors; FACTORS],
}

/// The most Newton steps; a handful is usual.
const MOST_STEPS: u32 = 100;
/// The most halvings of a step.
const MOST_HALVINGS: u32 = 40;
/// What a step promises, relative to the value, below which it is the last one. A smaller
/// fall would drown in rounding, and the last step squares the distance that is left.
const LITTLE: f64 = 1e-13;

impl Objective<'_> {
    /// The weights on a face of the simplex that make it least, starting from some of the face.
    ///
    /// Newton's method: each step goes to the least of the quadratic that touches here, and
    /// is halved until the value falls as it should (Armijo).
    pub(super) fn least(&self, face: Face, start: Factors) -> Factors {
        let mut weights = start;
        for _ in 0..MOST_STEPS {
            let slope = self.slope(&weights);
            let target = least_quadratic(&weights, &slope.gradient, &slope.curvature, face);
            let step: Factors = std::array::from_fn(|i| target[i] - weights[i]);
            let descent: f64 = (0..FACTORS).map(|i| step[i] * slope.gradient[i]).sum();
            if -descent <= LITTLE * slope.value {
                return target;
            }
            let at = |part: f64| std::array::from_fn(|i| weights[i] + part * step[i]);
            let falls = |part: &f64| self.value(&at(*part)) <= slope.value + 1e-4 * part * descent;
            weights = if falls(&1.0) {
                target
            } else {
                let mut parts = (1..MOST_HALVINGS).map(|halvings| 1.0 / (1_u64 << halvings) as f64);
                let Some(part) = parts.find(falls) else { return weights };
                at(part)
            };
        }
        weights
    }

    pub(super) fn value(&self, weights: &Factors) -> f64 {
        self.loss(weights) + self.away(weights)
    }

    /// The value without the pull.
    pub(super) fn loss(&self, weights: &Factors) -> f64 {
        let loss =
            |pair: &Pair| Wrong::at(self.sharpness * dot(weights, &pair.difference)).loss * pair.weight;
        self.pairs.iter().map(loss).sum()
    }

    pub(super) fn slope(&self, weights: &Factors) -> Slope {
        let mut gradient = std::array::from_fn(|i| self.pull * (weights[i] - self.current[i]));
        let mut curvature = [[0.0; FACTORS]; FACTORS];
        for (i, row) in curvature.iter_mut().enumerate() {
            row[i] = self.pull;
        }
        let mut value = self.away(weights);
        for pair in self.pairs {
            let margin = self.sharpness * dot(weights, &pair.difference);
            let Wrong { loss, probability } = Wrong::at(margin);
            value += pair.weight * loss;
            let first = -self.sharpness * pair.weight * probability;
            let second = self.sharpness * self.sharpness * pair.weight * probability * (1.0 - probability);
            for (i, row) in curvature.iter_mut().enumerate() {
                gradient[i] += first * pair.difference[i];
                for (entry, difference) in row.iter_mut().zip(&pair.difference) {
                    *entry += second * pair.difference[i] * difference;
                }
            }
        }
        Slope { value, gradient, curvature }
    }

    /// What the pull adds.
    fn away(&self, weights: &Factors) -> f64 {
        let squares = weights.iter().zip(&self.current).map(|(new, old)| (new - old) * (new - old));
        self.pull / 2.0 * squares.sum::<f64>()
    }
}

fn dot(a: &Factors, b: &Factors) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// How far a pair is from the right order.
struct Wrong {
    /// ln(1 + exp(−margin)).
    loss: f64,
    /// 1 / (1 + exp(margin)): how likely it is to be in the wrong order.
    probability: f64,
}

impl Wrong {
    /// Both without overflow, from one exponential.
    fn at(margin: f64) -> Self {
        let small = libm::exp(-margin.abs());
        let share = if margin > 0.0 { small } else { 1.0 };
        Self { loss: (-margin).max(0.0) + libm::log1p(small), probability: share / (1.0 + small) }
    }
}
