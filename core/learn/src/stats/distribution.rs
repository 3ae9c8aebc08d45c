//! The two distributions that tests and intervals need, through `libm`.

/// The standard normal quantile: x with P(X ≤ x) = `probability`, for 0 < p < 1.
///
/// By bisection of the error function, to the last bits: a rational approximation would be
/// quicker and is not needed.
pub(super) fn normal_quantile(probability: f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if normal_tail(-middle) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// P(X ≥ `x`) of the standard normal distribution.
pub(super) fn normal_tail(x: f64) -> f64 {
    0.5 * libm::erfc(x * std::f64::consts::FRAC_1_SQRT_2)
}

/// P(X ≥ `statistic`) of the χ² distribution, for `degrees` ≥ 1.
///
/// With y = statistic / 2 it is Q(degrees / 2, y), and Q(a + 1, y) = Q(a, y) + yᵃe⁻ʸ / Γ(a + 1)
/// (DLMF 8.8.6) from Q(½, y) = erfc(√y) or Q(1, y) = e⁻ʸ: a short sum of positive terms.
pub(super) fn chi_square_tail(statistic: f64, degrees: u32) -> f64 {
    let y = statistic / 2.0;
    let (mut tail, mut term, mut a) = if degrees.is_multiple_of(2) {
        (libm::exp(-y), y * libm::exp(-y), 1.0)
    } else {
        (libm::erfc(y.sqrt()), 2.0 * (y / std::f64::consts::PI).sqrt() * libm::exp(-y), 0.5)
    };
    while a < f64::from(degrees) / 2.0 {
        tail += term;
        a += 1.0;
        term *= y / a;
    }
    tail.min(1.0)
}
