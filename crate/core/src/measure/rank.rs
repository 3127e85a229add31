//! Rank correlation, and the correction for many comparisons.

/// Spearman's rank correlation of two lists (ties get the mean of their ranks); `None` where it is not defined: fewer than
/// two pairs, or a list whose values are all the same.
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() != b.len() || a.len() < 2 {
        return None;
    }
    let (a, b) = (ranks(a), ranks(b));
    let mean = (a.len() + 1) as f64 / 2.0;
    let products =
        |x: &[f64], y: &[f64]| -> f64 { x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum() };
    let squares = products(&a, &a) * products(&b, &b);
    (squares > 0.0).then(|| products(&a, &b) / squares.sqrt())
}

/// The rank of each value, from 1; equal values share the mean of their ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let below_and_equal = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count();
        let equal = values.iter().filter(|other| *other == value).count();
        below as f64 + (equal + 1) as f64 / 2.0
    };
    values.iter().map(below_and_equal).collect()
}

/// Holm's step-down adjustment: a value at most the level rejects with the family-wise error kept (Holm, "A simple
/// sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979).
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![0.0; p.len()];
    let mut largest: f64 = 0.0;
    for (place, i) in order.into_iter().enumerate() {
        largest = largest.max((p.len() - place) as f64 * p[i]).min(1.0);
        adjusted[i] = largest;
    }
    adjusted
}

/// Benjamini and Hochberg's step-up adjustment: rejecting what is at most the level keeps the expected share of false
/// rejections at it ("Controlling the false discovery rate", Journal of the Royal Statistical Society B 57, 1995).
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let mut adjusted = vec![0.0; p.len()];
    let mut smallest: f64 = 1.0;
    for (place, i) in order.into_iter().enumerate() {
        smallest = smallest.min(p.len() as f64 / (p.len() - place) as f64 * p[i]);
        adjusted[i] = smallest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spearman_by_hand() {
        // Ranks 1 2 3 4 and 1 3 2 4: 1 - 6 * 2 / (4 * 15).
        let rho = spearman(&[1.0, 2.0, 3.0, 9.0], &[0.1, 0.3, 0.2, 0.4]).unwrap();
        assert!((rho - 0.8).abs() < 1e-12);
        // Ranks 1.5 1.5 3 and 1 2 3: covariance 1.5 of squares 1.5 and 2.
        let ties = spearman(&[5.0, 5.0, 6.0], &[1.0, 2.0, 3.0]).unwrap();
        assert!((ties - 1.5 / 3.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(spearman(&[1.0, 2.0], &[2.0, 1.0]), Some(-1.0));
        assert_eq!(spearman(&[1.0, 1.0], &[2.0, 1.0]), None);
        assert_eq!(spearman(&[1.0], &[2.0]), None);
    }

    /// Worked example 12 of docs/protocol.md.
    #[test]
    fn holm_by_hand() {
        let adjusted = holm(&[0.01, 0.04, 0.03, 0.005]);
        for (is, wanted) in adjusted.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            assert!((is - wanted).abs() < 1e-12, "{adjusted:?}");
        }
        assert_eq!(holm(&[0.7, 0.9]), [1.0, 1.0]);
        assert!(holm(&[]).is_empty());
    }

    /// Worked example 17 of docs/protocol.md.
    #[test]
    fn benjamini_hochberg_by_hand() {
        let adjusted = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005]);
        for (is, wanted) in adjusted.iter().zip([0.02, 0.04, 0.04, 0.02]) {
            assert!((is - wanted).abs() < 1e-12, "{adjusted:?}");
        }
        assert_eq!(benjamini_hochberg(&[0.7, 0.9]), [0.9, 0.9]);
        assert!(benjamini_hochberg(&[]).is_empty());
    }
}
