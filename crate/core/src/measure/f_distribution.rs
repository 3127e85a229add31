//! The distributions of F and of Student's t, from the incomplete beta function.

/// Probability that a variable of the F distribution with `a` and `b` degrees of freedom lies below `x`.
pub(super) fn f_cumulative(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    incomplete_beta(a * x / (a * x + b), a / 2.0, b / 2.0)
}

/// The point below which a variable of the F distribution lies with probability `p`, between 0 and 1.
pub(super) fn f_quantile(p: f64, a: f64, b: f64) -> f64 {
    // F = b q / (a (1 - q)) where q has the beta distribution, which lives between 0 and 1 and so can be halved.
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if incomplete_beta(middle, a / 2.0, b / 2.0) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    b * low / (a * (1.0 - low))
}

/// Two-sided p-value of a `t` with `df` degrees of freedom.
pub(super) fn t_two_sided(t: f64, df: f64) -> f64 {
    incomplete_beta(df / (df + t * t), df / 2.0, 0.5)
}

/// The regularised incomplete beta function, by its continued fraction.
///
/// Press et al., "Numerical Recipes", 3rd edition, section 6.4 (the fraction evaluated after Lentz).
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    // The fraction converges quickly below this point, and the function is symmetric.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front = (a * x.ln() + b * (-x).ln_1p() + ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b)).exp() / a;
    let away = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let (mut c, mut fraction) = (1.0, d);
    for m in 1..1000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut step = 1.0;
        for term in [even, odd] {
            d = 1.0 / away(1.0 + term * d);
            c = away(1.0 + term / c);
            step = d * c;
            fraction *= step;
        }
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * fraction
}

/// Logarithm of the gamma function for positive arguments: Stirling's series, after moving the argument up to where eight
/// terms of it are exact to the last digits.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x, 1.0);
    while x < 12.0 {
        product *= x;
        x += 1.0;
    }
    // Bernoulli numbers over 2k (2k - 1).
    const SERIES: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    let square = 1.0 / (x * x);
    let tail = SERIES.iter().rev().fold(0.0, |sum, term| sum * square + term) / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + tail - f64::ln(product)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_of_whole_and_half_numbers() {
        assert!(ln_gamma(1.0).abs() < 1e-14 && ln_gamma(2.0).abs() < 1e-14);
        assert!((ln_gamma(7.0) - 720f64.ln()).abs() < 1e-13);
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-14);
    }

    #[test]
    fn closed_forms() {
        // With two and two degrees of freedom the distribution is x / (1 + x).
        for x in [0.1, 1.0, 7.5] {
            assert!((f_cumulative(x, 2.0, 2.0) - x / (1.0 + x)).abs() < 1e-14, "{x}");
        }
        // Student's t with one degree of freedom is Cauchy's.
        for t in [0.2, 1.0, 12.0] {
            let cauchy = 1.0 - 2.0 / std::f64::consts::PI * f64::atan(t);
            assert!((t_two_sided(t, 1.0) - cauchy).abs() < 1e-14, "{t}");
        }
        assert_eq!(f_cumulative(-1.0, 3.0, 4.0), 0.0);
        for p in [0.025, 0.5, 0.975] {
            assert!((f_cumulative(f_quantile(p, 19.0, 171.0), 19.0, 171.0) - p).abs() < 1e-13);
        }
    }
}
