//! Bootstrap intervals over items: bias-corrected and accelerated, the same draws for every figure.
//!
//! Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 14.3. Held against
//! `scipy.stats.bootstrap(method="BCa")` on the same draws (`tests/reference/measure/`).

use serde::{Deserialize, Serialize};

use super::normal::{Z95, cumulative, quantile};
use crate::error::{Error, Result};
use crate::random::SplitMix64;

/// Number of times the items are drawn anew.
pub const RESAMPLES: usize = 2000;

/// Means closer than this part of the values' spread are the same mean in another order of summing.
const SAME: f64 = 1e-10;

/// A mean over items with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Estimate {
    /// The mean.
    pub value: f64,
    /// Lower end of the interval; none where the items do not differ, for then they tell nothing of it.
    pub low: Option<f64>,
    /// Upper end of the interval; none where the items do not differ.
    pub high: Option<f64>,
}

/// Means of `K` figures over items, with intervals from one set of draws.
///
/// `rows` holds one row per item; a draw takes whole rows, so the figures stay paired. The draws follow from
/// `seed` and the number of rows alone: sort the rows first if their order must not matter.
///
/// # Errors
/// [`Error::RequestInvalid`] for no rows or a figure that is not finite.
pub fn mean_intervals<const K: usize>(rows: &[[f64; K]], seed: u64) -> Result<[Estimate; K]> {
    if rows.is_empty() {
        return Err(Error::RequestInvalid(
            "an interval needs at least one item".into(),
        ));
    }
    if let Some(i) = rows.iter().position(|row| row.iter().any(|x| !x.is_finite())) {
        return Err(Error::RequestInvalid(format!(
            "an interval needs finite numbers; row {} has none",
            i + 1
        )));
    }
    let means = resampled_means(rows, seed);
    let mut estimates = [Estimate {
        value: 0.0,
        low: None,
        high: None,
    }; K];
    for (k, (estimate, mut distribution)) in estimates.iter_mut().zip(means).enumerate() {
        let values: Vec<f64> = rows.iter().map(|row| row[k]).collect();
        *estimate = bca(&values, &mut distribution);
    }
    Ok(estimates)
}

/// The mean of each figure in each draw.
fn resampled_means<const K: usize>(rows: &[[f64; K]], seed: u64) -> [Vec<f64>; K] {
    let mut rng = SplitMix64::new(seed);
    let mut means: [Vec<f64>; K] = std::array::from_fn(|_| Vec::with_capacity(RESAMPLES));
    for _ in 0..RESAMPLES {
        let mut sums = [0.0; K];
        for _ in 0..rows.len() {
            let row = &rows[rng.below(rows.len())];
            for (sum, x) in sums.iter_mut().zip(row) {
                *sum += x;
            }
        }
        for (list, sum) in means.iter_mut().zip(sums) {
            list.push(sum / rows.len() as f64);
        }
    }
    means
}

/// The interval of one figure from its values and its means over the draws (which it sorts).
fn bca(values: &[f64], distribution: &mut [f64]) -> Estimate {
    let value = values.iter().sum::<f64>() / values.len() as f64;
    let (min, max) = values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
            (a.min(*x), b.max(*x))
        });
    if min == max {
        return Estimate {
            value: min,
            low: None,
            high: None,
        };
    }
    distribution.sort_by(f64::total_cmp);
    let same = SAME * (max - min);
    let below = distribution.partition_point(|m| *m < value - same);
    let not_above = distribution.partition_point(|m| *m <= value + same);
    // Half of the ties count as below: with few items a large share of the draws gives the mean itself.
    let bias = quantile((below + not_above) as f64 / (2 * distribution.len()) as f64);
    let (squares, cubes) = values.iter().fold((0.0, 0.0), |(s, c), x| {
        let u = x - value;
        (s + u * u, c + u * u * u)
    });
    let acceleration = cubes / (6.0 * squares * squares.sqrt());
    let level = |z: f64| {
        let shifted = bias + z;
        let stretch = 1.0 - acceleration * shifted;
        let corrected = cumulative(bias + shifted / stretch);
        // Outside the correction's reach the plain percentile stands.
        if stretch > 0.0 && corrected.is_finite() {
            corrected
        } else {
            cumulative(z)
        }
    };
    Estimate {
        value,
        low: Some(percentile(distribution, level(-Z95))),
        high: Some(percentile(distribution, level(Z95))),
    }
}

/// Value below which the share `p` of a sorted list lies, linear between neighbours.
fn percentile(sorted: &[f64], p: f64) -> f64 {
    let place = p * (sorted.len() - 1) as f64;
    let i = (place.floor() as usize).min(sorted.len() - 1);
    let next = (i + 1).min(sorted.len() - 1);
    sorted[i] + (place - i as f64) * (sorted[next] - sorted[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked example 5 of docs/protocol.md.
    #[test]
    fn worked_example() {
        let mut draws = [25.0, 50.0, 50.0, 75.0, 75.0, 75.0, 100.0, 100.0];
        let e = bca(&[100.0, 100.0, 100.0, 0.0], &mut draws);
        assert_eq!((e.value, e.high), (75.0, Some(100.0)));
        assert!((e.low.unwrap() - 28.763009).abs() < 1e-6, "{e:?}");
    }

    #[test]
    fn same_seed_same_interval_and_another_seed_another() {
        let rows: Vec<[f64; 1]> = (0..30).map(|i| [f64::from(i * i % 17)]).collect();
        let a = mean_intervals(&rows, 7).unwrap();
        assert_eq!(a, mean_intervals(&rows, 7).unwrap());
        assert_ne!(a, mean_intervals(&rows, 8).unwrap());
    }

    #[test]
    fn figures_share_their_draws() {
        let rows: Vec<[f64; 2]> = (0..20)
            .map(|i| [f64::from(i % 7), 3.0 + 2.0 * f64::from(i % 7)])
            .collect();
        let [a, b] = mean_intervals(&rows, 1).unwrap();
        assert!((b.low.unwrap() - (3.0 + 2.0 * a.low.unwrap())).abs() < 1e-9);
        assert!((b.high.unwrap() - (3.0 + 2.0 * a.high.unwrap())).abs() < 1e-9);
    }

    #[test]
    fn items_that_agree_give_no_interval() {
        let [a] = mean_intervals(&[[0.1], [0.1], [0.1]], 1).unwrap();
        assert_eq!(
            a,
            Estimate {
                value: 0.1,
                low: None,
                high: None
            }
        );
        assert_eq!(mean_intervals(&[[4.0]], 1).unwrap()[0].low, None);
    }

    #[test]
    fn an_extreme_outlier_still_gives_an_ordered_interval() {
        let mut rows = vec![[0.0]; 40];
        rows[3] = [1e9];
        let [e] = mean_intervals(&rows, 3).unwrap();
        assert!(e.low.unwrap() <= e.value && e.value <= e.high.unwrap());
    }

    #[test]
    fn nothing_and_nonsense_are_refused() {
        assert_eq!(mean_intervals::<1>(&[], 1).unwrap_err().code(), "request.invalid");
        let error = mean_intervals(&[[1.0], [f64::NAN]], 1).unwrap_err().to_string();
        assert!(error.contains("row 2"), "{error}");
    }
}
