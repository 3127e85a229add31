//! The normal distribution and Wilson's interval for a share.

/// 97.5% point of the standard normal distribution.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Probability that a standard normal variable lies below `x`.
///
/// The series of Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11(4),
/// 2004; absolute error below 1e-15. Values beyond 9 standard deviations give 0 or 1.
pub fn cumulative(x: f64) -> f64 {
    if x.abs() > 9.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut sum, mut term, mut k) = (x, x, 1.0);
    loop {
        k += 2.0;
        term *= x * x / k;
        let next = sum + term;
        if next == sum || !next.is_finite() {
            break;
        }
        sum = next;
    }
    let density = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    (0.5 + sum * density).clamp(0.0, 1.0)
}

/// The point below which a standard normal variable lies with probability `p`; infinite for 0 and 1.
///
/// Found by halving an interval: it is needed once an interval, and so has no table of coefficients.
pub fn quantile(p: f64) -> f64 {
    if p.is_nan() {
        return p;
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (-9.0, 9.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if cumulative(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// Wilson's 95% interval for a share `rate` (0 to 1) seen among `n` independent trials; 0 to 1 for none.
///
/// Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
pub fn wilson(rate: f64, n: usize) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let n = n as f64;
    let z2 = Z95 * Z95;
    let centre = (rate + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 / (1.0 + z2 / n) * (rate * (1.0 - rate) / n + z2 / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        for (x, p) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_543),
            (-1.959_963_984_540_054, 0.025),
            (3.0, 0.998_650_101_968_37),
        ] {
            assert!((cumulative(x) - p).abs() < 1e-14, "{x}");
        }
        assert_eq!((cumulative(40.0), cumulative(-40.0)), (1.0, 0.0));
    }

    #[test]
    fn quantile_undoes_cumulative() {
        for x in [-3.2, -1.0, 0.0, 0.3, 2.5] {
            assert!((quantile(cumulative(x)) - x).abs() < 1e-12, "{x}");
        }
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        assert!(quantile(f64::NAN).is_nan());
    }

    /// Worked example 6 of docs/protocol.md.
    #[test]
    fn wilson_worked_example() {
        let (low, high) = wilson(21.0 / 24.0, 24);
        assert!(
            (low - 0.689_961).abs() < 1e-5 && (high - 0.956_557).abs() < 1e-5,
            "{low} {high}"
        );
        let (low, high) = wilson(1.0, 10);
        assert!((low - 0.722_467).abs() < 1e-5 && (high - 1.0).abs() < 1e-12);
        assert_eq!(wilson(0.0, 0), (0.0, 1.0));
    }
}
