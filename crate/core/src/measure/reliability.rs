//! Do the items of a trait measure one thing? Coefficients of internal consistency.
//!
//! A row is a *respondent*: a model asked under one setting (template, persona, wording, dose), as in Serapio-García et
//! al., arXiv 2307.00184. A column is an item, keyed so that more is more of the trait. With rows of one model alone the
//! coefficients speak of its settings, not of people.

use serde::{Deserialize, Serialize};

use super::correlation::correlation;
use super::f_distribution::f_quantile;
use super::matrix::{covariance, eigen, inverse_diagonal};
use super::types::count;

/// The coefficients of one scale. Each is none where it is not defined: fewer than two respondents or items, sums that do
/// not differ, or (for lambda-6) items that follow from the others exactly, as with no more respondents than items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Reliability {
    /// Rows.
    pub respondents: u32,
    /// Columns.
    pub items: u32,
    /// Cronbach's alpha.
    pub alpha: Option<f64>,
    /// Lower end of its 95% interval (Feldt's, which takes items and respondents for draws from normal populations).
    pub alpha_low: Option<f64>,
    /// Upper end.
    pub alpha_high: Option<f64>,
    /// Guttman's lambda-6.
    pub lambda6: Option<f64>,
    /// McDonald's omega of a single factor.
    pub omega: Option<f64>,
    /// Correlation of the sums over every other item, stepped up to full length after Spearman and Brown.
    pub split_half: Option<f64>,
}

/// All coefficients of `rows`: respondents times items.
pub fn reliability(rows: &[Vec<f64>]) -> Reliability {
    let covariances = covariance(rows).filter(|c| c.len() > 1);
    let of = |coefficient: &dyn Fn(&[Vec<f64>]) -> Option<f64>| covariances.as_deref().and_then(coefficient);
    let alpha = of(&cronbach_alpha);
    let (n, k) = (rows.len() as f64, rows.first().map_or(0, Vec::len) as f64);
    // Feldt, "The approximate sampling distribution of Kuder-Richardson reliability coefficient twenty", Psychometrika
    // 30, 1965: (1 - true alpha) / (1 - alpha) has the F distribution.
    let bound =
        |p: f64| alpha.map(|alpha| 1.0 - (1.0 - alpha) * f_quantile(p, n - 1.0, (n - 1.0) * (k - 1.0)));
    Reliability {
        respondents: count(rows.len()),
        items: count(k as usize),
        alpha,
        alpha_low: bound(0.975),
        alpha_high: bound(0.025),
        lambda6: of(&guttman_lambda6),
        omega: of(&mcdonald_omega),
        split_half: covariances.is_some().then(|| split_half(rows)).flatten(),
    }
}

/// Variance of the sum of all items; none where the sums do not differ.
fn of_sum(covariances: &[Vec<f64>]) -> Option<f64> {
    let total: f64 = covariances.iter().flatten().sum();
    let trace: f64 = (0..covariances.len()).map(|i| covariances[i][i]).sum();
    (total > 1e-12 * trace).then_some(total)
}

/// `k / (k - 1) (1 - sum of item variances / variance of sums)`: Cronbach, "Coefficient alpha and the internal structure
/// of tests", Psychometrika 16, 1951.
fn cronbach_alpha(covariances: &[Vec<f64>]) -> Option<f64> {
    let k = covariances.len() as f64;
    let trace: f64 = (0..covariances.len()).map(|i| covariances[i][i]).sum();
    Some(k / (k - 1.0) * (1.0 - trace / of_sum(covariances)?))
}

/// `1 - sum of e_j / variance of sums`, with `e_j` what is left of an item's variance after regression on the others,
/// which is 1 over the diagonal of the inverse: Guttman, "A basis for analyzing test-retest reliability", Psychometrika
/// 10, 1945.
fn guttman_lambda6(covariances: &[Vec<f64>]) -> Option<f64> {
    let left: f64 = inverse_diagonal(covariances)?.iter().map(|x| 1.0 / x).sum();
    Some(1.0 - left / of_sum(covariances)?)
}

/// `(sum l)^2 / ((sum l)^2 + sum u)` with loadings `l` of one factor and what each item has of its own, `u`: McDonald,
/// "Test Theory: A Unified Treatment", 1999, chapter 6.
///
/// The loadings are those of least squares over the covariances of different items, with no `u` below 0. One loading at
/// a time has its best value in closed form; going round until nothing moves gives the minimum.
fn mcdonald_omega(covariances: &[Vec<f64>]) -> Option<f64> {
    of_sum(covariances)?;
    let k = covariances.len();
    let (largest, vector) = eigen(covariances).into_iter().next()?;
    let mut loadings: Vec<f64> = vector.iter().map(|v| v * largest.max(0.0).sqrt()).collect();
    for _ in 0..10_000 {
        let mut moved: f64 = 0.0;
        for i in 0..k {
            let others = || (0..k).filter(|j| *j != i);
            let squares: f64 = others().map(|j| loadings[j] * loadings[j]).sum();
            let products: f64 = others().map(|j| covariances[i][j] * loadings[j]).sum();
            let most = covariances[i][i].sqrt();
            let best = if squares > 0.0 {
                (products / squares).clamp(-most, most)
            } else {
                0.0
            };
            moved = moved.max((best - loadings[i]).abs() / most.max(f64::MIN_POSITIVE));
            loadings[i] = best;
        }
        if moved < 1e-12 {
            break;
        }
    }
    let common = loadings.iter().sum::<f64>().powi(2);
    let own: f64 = (0..k)
        .map(|i| (covariances[i][i] - loadings[i] * loadings[i]).max(0.0))
        .sum();
    (common + own > 0.0).then(|| common / (common + own))
}

/// `2 r / (1 + r)` with `r` the correlation of the sums over the items at even and at odd places: Spearman and Brown,
/// British Journal of Psychology 3, 1910.
fn split_half(rows: &[Vec<f64>]) -> Option<f64> {
    let sums = |from: usize| -> Vec<f64> {
        rows.iter()
            .map(|row| row.iter().skip(from).step_by(2).sum())
            .collect()
    };
    let r = correlation(&sums(0), &sums(1))?.r.value;
    (r > -1.0).then(|| 2.0 * r / (1.0 + r))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked example 16 of docs/protocol.md.
    #[test]
    fn worked_example() {
        let rows = [
            vec![1.0, 2.0, 2.0],
            vec![2.0, 2.0, 4.0],
            vec![3.0, 5.0, 3.0],
            vec![4.0, 5.0, 5.0],
        ];
        // Variances 5/3, 3, 5/3; covariances 2, 4/3 and 1.
        let found = reliability(&rows);
        assert_eq!((found.respondents, found.items), (4, 3));
        // Sum of variances 19/3, of all 15: 3/2 (1 - 19/45).
        assert!((found.alpha.unwrap() - 13.0 / 15.0).abs() < 1e-12);
        // Sums of items 1 and 3: 3 6 6 9, of item 2: 2 2 5 5. Products 9, squares 18 and 9: r = .7071.
        let r = 9.0 / 162f64.sqrt();
        assert!((found.split_half.unwrap() - 2.0 * r / (1.0 + r)).abs() < 1e-12);
        // Three items fix one factor: loadings sqrt(2 * 4/3 / 1), sqrt(2 * 1 / (4/3)), sqrt(4/3 * 1 / 2) and no u below 0:
        // the first has 8/3 of a variance of 5/3 and is held at it.
        assert!(
            found.omega.unwrap() > 0.8 && found.omega.unwrap() < 1.0,
            "{found:?}"
        );
        assert!(
            found.alpha_low.unwrap() < found.alpha.unwrap()
                && found.alpha.unwrap() < found.alpha_high.unwrap()
        );
    }

    #[test]
    fn one_factor_is_found_again() {
        // Covariances of loadings 1, 2, 3 with 1, 1 and 2 of their own.
        let loadings = [1.0, 2.0, 3.0];
        let own = [1.0, 1.0, 2.0];
        let covariances: Vec<Vec<f64>> = (0..3)
            .map(|i| {
                (0..3)
                    .map(|j| loadings[i] * loadings[j] + if i == j { own[i] } else { 0.0 })
                    .collect()
            })
            .collect();
        assert!((mcdonald_omega(&covariances).unwrap() - 36.0 / 40.0).abs() < 1e-9);
    }

    #[test]
    fn items_that_agree_exactly_and_items_that_do_not_differ() {
        let same: Vec<Vec<f64>> = (0..5).map(|i| vec![f64::from(i); 3]).collect();
        let found = reliability(&same);
        assert!((found.alpha.unwrap() - 1.0).abs() < 1e-12 && (found.omega.unwrap() - 1.0).abs() < 1e-9);
        assert_eq!((found.lambda6, found.split_half), (None, Some(1.0)));
        let flat = reliability(&[vec![2.0, 3.0], vec![2.0, 3.0], vec![2.0, 3.0]]);
        assert_eq!(
            (flat.alpha, flat.lambda6, flat.omega, flat.split_half),
            (None, None, None, None)
        );
        for rows in [&[][..], &[vec![1.0, 2.0]], &[vec![1.0], vec![2.0]]] {
            let none = reliability(rows);
            assert_eq!(
                (
                    none.alpha,
                    none.alpha_low,
                    none.lambda6,
                    none.omega,
                    none.split_half
                ),
                (None, None, None, None, None)
            );
        }
    }

    #[test]
    fn a_unit_of_another_size_changes_nothing() {
        let mut rng = crate::random::SplitMix64::new(3);
        let mut next = || rng.below(1000) as f64 / 100.0;
        let rows: Vec<Vec<f64>> = (0..12)
            .map(|_| {
                let common = next();
                (0..4).map(|_| common + next()).collect()
            })
            .collect();
        let scaled: Vec<Vec<f64>> = rows
            .iter()
            .map(|row| row.iter().map(|x| 3.0 * x - 40.0).collect())
            .collect();
        let (a, b) = (reliability(&rows), reliability(&scaled));
        for (a, b) in [
            (a.alpha, b.alpha),
            (a.lambda6, b.lambda6),
            (a.omega, b.omega),
            (a.split_half, b.split_half),
        ] {
            assert!((a.unwrap() - b.unwrap()).abs() < 1e-9, "{a:?} {b:?}");
        }
    }
}
