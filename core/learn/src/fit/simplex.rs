//! The least of a quadratic over weights that are 0 or more and keep their sum.
#![allow(clippy::indexing_slicing, reason = "every index is a factor's number, below FACTORS")]

use super::{FACTORS, Factors};

/// Which weights may move; the others stay, and so does the sum.
pub(super) type Face = [bool; FACTORS];

/// Returns the weights w that make gradient·(w − from) + ½ (w − from)ᵀ curvature (w − from)
/// least, where `free` weights are 0 or more, the others stay, and the sum stays.
///
/// Five weights have only 31 sets of which some are above 0. On each the least is one
/// system of linear equations (Lagrange), and the best one that is 0 or more is the answer:
/// exact, and without a step size. `curvature` must be positive definite.
pub(super) fn least_quadratic(
    from: &Factors,
    gradient: &Factors,
    curvature: &[Factors; FACTORS],
    free: Face,
) -> Factors {
    let value = |weights: &Factors| {
        let moved: Factors = std::array::from_fn(|i| weights[i] - from[i]);
        let bend = |i: usize| (0..FACTORS).map(|j| curvature[i][j] * moved[j]).sum::<f64>();
        (0..FACTORS).map(|i| moved[i] * (gradient[i] + bend(i) / 2.0)).sum::<f64>()
    };
    let mut best = (*from, 0.0);
    for set in 1..1_u32 << FACTORS {
        let inside: Face = std::array::from_fn(|i| set >> i & 1 == 1);
        if (0..FACTORS).any(|i| inside[i] && !free[i]) {
            continue;
        }
        let Some(weights) = least_on(from, gradient, curvature, free, inside) else { continue };
        let value = value(&weights);
        if value < best.1 {
            best = (weights, value);
        }
    }
    best.0
}

/// The least where `inside` weights move, the other free ones are 0; `None` if one falls below 0.
fn least_on(
    from: &Factors,
    gradient: &Factors,
    curvature: &[Factors; FACTORS],
    free: Face,
    inside: Face,
) -> Option<Factors> {
    const SIZE: usize = FACTORS + 1;
    // Rows 0..5: the slope of an inside weight equals the multiplier, or the weight is
    // where it must be. Row 5: the moves sum to 0.
    let mut system = [[0.0; SIZE + 1]; SIZE];
    for i in 0..FACTORS {
        if inside[i] {
            system[i][..FACTORS].copy_from_slice(&curvature[i]);
            system[i][FACTORS] = 1.0;
            system[i][SIZE] = -gradient[i];
        } else {
            system[i][i] = 1.0;
            system[i][SIZE] = if free[i] { -from[i] } else { 0.0 };
        }
        system[FACTORS][i] = 1.0;
    }
    let moves = solve(system)?;
    let weights = std::array::from_fn(|i| match (inside[i], free[i]) {
        (true, _) => from[i] + moves[i],
        (false, true) => 0.0,
        (false, false) => from[i],
    });
    weights.iter().all(|&weight| weight >= 0.0).then_some(weights)
}

/// Gaussian elimination with partial pivoting; the last column is the right side.
fn solve<const N: usize, const M: usize>(mut rows: [[f64; M]; N]) -> Option<[f64; N]> {
    for column in 0..N {
        let pivot = (column..N).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        let top = rows[column];
        if top[column] == 0.0 {
            return None;
        }
        for row in &mut rows[column + 1..] {
            let factor = row[column] / top[column];
            for (value, above) in row.iter_mut().zip(&top) {
                *value -= factor * above;
            }
        }
    }
    let mut solution = [0.0; N];
    for row in (0..N).rev() {
        let known: f64 = (row + 1..N).map(|i| rows[row][i] * solution[i]).sum();
        solution[row] = (rows[row][N] - known) / rows[row][row];
    }
    Some(solution)
}
