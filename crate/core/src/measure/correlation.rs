//! Product-moment correlation with its interval.

use serde::{Deserialize, Serialize};

use super::bootstrap::Estimate;
use super::normal::Z95;
use super::rank::spearman;

/// How two lists go together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Correlation {
    /// Pairs.
    pub pairs: usize,
    /// Pearson's r with its 95% interval (Fisher's z; none with fewer than four pairs, or where r is 1 or -1).
    pub r: Estimate,
    /// Spearman's rank correlation.
    pub rho: f64,
}

/// The correlation of two lists; `None` where it is not defined: fewer than two pairs, or a list whose values are all the same.
pub fn correlation(a: &[f64], b: &[f64]) -> Option<Correlation> {
    let rho = spearman(a, b)?;
    let n = a.len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / n;
    let (of_a, of_b) = (mean(a), mean(b));
    let products = |x: &[f64], mx: f64, y: &[f64], my: f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum()
    };
    let squares = products(a, of_a, a, of_a) * products(b, of_b, b, of_b);
    let r = (products(a, of_a, b, of_b) / squares.sqrt()).clamp(-1.0, 1.0);
    // R. A. Fisher, "On the probable error of a coefficient of correlation", Metron 1, 1921.
    let bounded = a.len() > 3 && r.abs() < 1.0;
    let bound = |side: f64| bounded.then(|| (r.atanh() + side * Z95 / (n - 3.0).sqrt()).tanh());
    (squares > 0.0).then(|| Correlation {
        pairs: a.len(),
        r: Estimate {
            value: r,
            low: bound(-1.0),
            high: bound(1.0),
        },
        rho,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked example 14 of docs/protocol.md.
    #[test]
    fn by_hand() {
        // Deviations -2 -1 0 1 2 and -1 -2 0 2 1: products 2 2 0 2 2, squares 10 and 10.
        let found = correlation(&[1.0, 2.0, 3.0, 4.0, 5.0], &[2.0, 1.0, 3.0, 5.0, 4.0]).unwrap();
        assert!((found.r.value - 0.8).abs() < 1e-12 && (found.rho - 0.8).abs() < 1e-12);
        // atanh .8 = 1.0986, give or take 1.96 / sqrt 2.
        let [low, high] = [found.r.low.unwrap(), found.r.high.unwrap()];
        assert!(
            (low + 0.2797).abs() < 1e-4 && (high - 0.9862).abs() < 1e-4,
            "{low} {high}"
        );
        let line = correlation(&[1.0, 2.0, 4.0, 8.0], &[-1.0, -2.0, -4.0, -8.0]).unwrap();
        assert_eq!((line.r.value, line.r.low, line.rho), (-1.0, None, -1.0));
        assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(correlation(&[1.0], &[2.0]), None);
    }
}
