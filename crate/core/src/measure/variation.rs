//! How far scores vary with the form of asking: many settings of one test, looked at together.
//!
//! Source: Huang et al., arXiv 2305.19926: principal components of the scores, settings that lie apart, the mean under each
//! level of a factor against the rest, and the spread of the scores against that of people.

use serde::{Deserialize, Serialize};

use super::correlation::correlation;
use super::f_distribution::{f_cumulative, t_two_sided};
use super::matrix::{covariance, eigen, means};
use super::rank::benjamini_hochberg;
use crate::error::{Error, Result};

/// A setting's place in the plane of the first two principal components.
pub type Point = [f64; 2];

/// The scores of many settings in the plane in which they differ most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Components {
    /// Share of the variance along each of the two directions, 0 to 1.
    pub explained: [f64; 2],
    /// What each trait weighs in each direction, vectors of length 1 with their largest part positive.
    pub weights: [Vec<f64>; 2],
    /// Each setting's place, around the mean.
    pub points: Vec<Point>,
}

/// The first two principal components of `rows` (a row a setting, a column a trait), not standardised; none with fewer
/// than two settings or traits, or where nothing differs.
///
/// Source: Pearson, "On lines and planes of closest fit to systems of points in space", Philosophical Magazine 2, 1901.
pub fn components(rows: &[Vec<f64>]) -> Option<Components> {
    let covariances = covariance(rows)?;
    let total: f64 = (0..covariances.len()).map(|i| covariances[i][i]).sum();
    if covariances.len() < 2 || total <= 0.0 {
        return None;
    }
    let mut pairs = eigen(&covariances).into_iter();
    let ((one, first), (two, second)) = (pairs.next()?, pairs.next()?);
    let centre = means(rows);
    let along = |row: &[f64], weights: &[f64]| -> f64 {
        (row.iter().zip(&centre).zip(weights))
            .map(|((x, mean), w)| (x - mean) * w)
            .sum()
    };
    Some(Components {
        explained: [one, two].map(|value| value.max(0.0) / total),
        points: rows
            .iter()
            .map(|row| [along(row, &first), along(row, &second)])
            .collect(),
        weights: [first, second],
    })
}

/// The cluster of each point, from 0; none for points that lie apart.
///
/// A point with at least `least` points (itself among them) no farther than `reach` is of a core; cores within reach of
/// each other are one cluster, and what a core reaches is of its cluster. Clusters are counted in the order of their first
/// core. Source: Ester et al., "A density-based algorithm for discovering clusters", KDD 1996 (DBSCAN).
pub fn clusters(points: &[Point], reach: f64, least: usize) -> Vec<Option<usize>> {
    let near = |i: usize| -> Vec<usize> {
        let within = |j: &usize| (points[i][0] - points[*j][0]).hypot(points[i][1] - points[*j][1]) <= reach;
        (0..points.len()).filter(within).collect()
    };
    let mut of = vec![None; points.len()];
    let mut next = 0;
    for start in 0..points.len() {
        if of[start].is_some() || near(start).len() < least {
            continue;
        }
        let mut open = vec![start];
        of[start] = Some(next);
        while let Some(point) = open.pop() {
            let around = near(point);
            if around.len() < least {
                continue;
            }
            for other in around {
                if of[other].is_none() {
                    of[other] = Some(next);
                    open.push(other);
                }
            }
        }
        next += 1;
    }
    of
}

/// The mean under one level of a factor against the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LevelEffect {
    /// Name of the factor, such as "template".
    pub factor: String,
    /// Name of the level, such as "T2".
    pub level: String,
    /// Settings of this level.
    pub settings: usize,
    /// Mean score under this level less the mean under all others.
    pub difference: f64,
    /// Two-sided p-value of Welch's test; none where a side has one setting or neither differs within itself.
    pub p: Option<f64>,
    /// The same, adjusted over all levels that have one ([`benjamini_hochberg`]).
    pub adjusted: Option<f64>,
}

/// The effect of every level of every factor on `scores`; `factors` holds, for each factor, its name and the level of
/// every setting. A factor with a single level has none.
///
/// # Errors
/// [`Error::RequestInvalid`] unless every factor has a level for each score.
pub fn level_effects(scores: &[f64], factors: &[(String, Vec<String>)]) -> Result<Vec<LevelEffect>> {
    let mut effects = Vec::new();
    for (factor, levels) in factors {
        if levels.len() != scores.len() {
            return Err(Error::RequestInvalid(format!(
                "the factor {factor:?} has {} levels for {} scores",
                levels.len(),
                scores.len()
            )));
        }
        let mut seen: Vec<&str> = Vec::new();
        for level in levels {
            if seen.contains(&level.as_str()) {
                continue;
            }
            seen.push(level);
            let side = |of_level: bool| -> Vec<f64> {
                let fit = levels
                    .iter()
                    .zip(scores)
                    .filter(|(other, _)| (*other == level) == of_level);
                fit.map(|(_, score)| *score).collect()
            };
            let (own, rest) = (side(true), side(false));
            if rest.is_empty() {
                continue;
            }
            effects.push(LevelEffect {
                factor: factor.clone(),
                level: level.clone(),
                settings: own.len(),
                difference: mean(&own) - mean(&rest),
                p: welch(&own, &rest),
                adjusted: None,
            });
        }
    }
    let known: Vec<f64> = effects.iter().filter_map(|effect| effect.p).collect();
    let mut adjusted = benjamini_hochberg(&known).into_iter();
    for effect in effects.iter_mut().filter(|effect| effect.p.is_some()) {
        effect.adjusted = adjusted.next();
    }
    Ok(effects)
}

/// A spread against another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Spread {
    /// Standard deviation of the scores.
    pub sd: f64,
    /// Variance of the scores over that of people.
    pub f: f64,
    /// Two-sided p-value of the F-test.
    pub p: f64,
}

/// Whether scores vary more or less than `people` people do whose standard deviation is `sd`; none with fewer than two of
/// either, or where people do not differ.
///
/// Both are taken for draws from normal populations (Fisher, "Statistical Methods for Research Workers", 1925).
pub fn spread(scores: &[f64], sd: f64, people: u32) -> Option<Spread> {
    if scores.len() < 2 || people < 2 || sd.is_nan() || sd <= 0.0 {
        return None;
    }
    let own = variance(scores);
    let f = own / (sd * sd);
    let below = f_cumulative(f, (scores.len() - 1) as f64, f64::from(people - 1));
    Some(Spread {
        sd: own.sqrt(),
        f,
        p: (2.0 * below.min(1.0 - below)).min(1.0),
    })
}

/// How the scores of two rounds of the same test go together, item by item or trait by trait.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Retest {
    /// Pairs.
    pub pairs: usize,
    /// Pearson's r; none where a round's values do not differ.
    pub r: Option<f64>,
    /// Mean absolute difference.
    pub apart: f64,
    /// Share of pairs that are equal.
    pub same: f64,
}

/// Test and retest: two rounds over the same things in the same order; none without a pair.
pub fn retest(first: &[f64], second: &[f64]) -> Option<Retest> {
    let n = first.len();
    (n > 0 && n == second.len()).then(|| {
        let pairs = || first.iter().zip(second);
        Retest {
            pairs: n,
            r: correlation(first, second).map(|found| found.r.value),
            apart: pairs().map(|(a, b)| (a - b).abs()).sum::<f64>() / n as f64,
            same: pairs().filter(|(a, b)| a == b).count() as f64 / n as f64,
        }
    })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (values.len() - 1) as f64
}

/// Welch, "The generalization of Student's problem when several different population variances are involved",
/// Biometrika 34, 1947.
fn welch(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() < 2 || b.len() < 2 {
        return None;
    }
    let part = |values: &[f64]| variance(values) / values.len() as f64;
    let (of_a, of_b) = (part(a), part(b));
    let both = of_a + of_b;
    let df = both * both / (of_a * of_a / (a.len() - 1) as f64 + of_b * of_b / (b.len() - 1) as f64);
    (both > 0.0).then(|| t_two_sided((mean(a) - mean(b)) / both.sqrt(), df))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_of_points_on_a_line() {
        let rows = [[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]].map(|row| row.to_vec());
        let found = components(&rows).unwrap();
        assert!((found.explained[0] - 1.0).abs() < 1e-12 && found.explained[1].abs() < 1e-12);
        // The line has the direction (1, 2) / sqrt 5: steps of sqrt 5.
        assert!((found.points[2][0] - 5f64.sqrt()).abs() < 1e-12, "{found:?}");
        assert!((found.weights[0][1] - 2.0 / 5f64.sqrt()).abs() < 1e-12);
        assert_eq!(components(&[vec![1.0, 2.0], vec![1.0, 2.0]]), None);
        assert_eq!(components(&[vec![1.0], vec![2.0]]), None);
    }

    #[test]
    fn clusters_by_hand() {
        let mut points: Vec<Point> = [0.0, 0.1, 0.2, 5.0, 5.1, 5.2, 9.0].map(|x| [x, 0.0]).to_vec();
        assert_eq!(
            clusters(&points, 0.15, 3),
            [Some(0), Some(0), Some(0), Some(1), Some(1), Some(1), None]
        );
        assert!(clusters(&points, 0.15, 4).iter().all(Option::is_none));
        assert!(
            clusters(&points, 100.0, 1)
                .iter()
                .all(|cluster| *cluster == Some(0))
        );
        points.clear();
        assert!(clusters(&points, 1.0, 1).is_empty());
    }

    #[test]
    fn levels_by_hand() {
        let names = |names: [&str; 4]| names.map(str::to_owned).to_vec();
        let factors = [
            ("template".to_owned(), names(["T1", "T1", "T2", "T2"])),
            ("labels".to_owned(), names(["letters"; 4])),
        ];
        let found = level_effects(&[1.0, 3.0, 6.0, 8.0], &factors).unwrap();
        assert_eq!(found.len(), 2, "a factor of one level has no effect");
        assert_eq!(
            (found[0].difference, found[1].difference, found[0].settings),
            (-5.0, 5.0, 2)
        );
        // t = -5 / sqrt 2 with two degrees of freedom: p = 1 - t / sqrt(t^2 + 2).
        let t = 5.0 / 2f64.sqrt();
        let p = 1.0 - t / (t * t + 2.0).sqrt();
        assert!((found[0].p.unwrap() - p).abs() < 1e-12 && (found[0].adjusted.unwrap() - p).abs() < 1e-12);
        let single = [("x".to_owned(), names(["a", "b", "b", "b"]))];
        assert_eq!(level_effects(&[1.0, 2.0, 3.0, 4.0], &single).unwrap()[0].p, None);
        assert_eq!(
            level_effects(&[1.0], &factors).unwrap_err().code(),
            "request.invalid"
        );
    }

    /// Worked example 19 of docs/protocol.md.
    #[test]
    fn spread_by_hand() {
        // Variance 1 against 4: F = .25 with two and two degrees of freedom, of which .25 / 1.25 = .2 lie below.
        let found = spread(&[1.0, 2.0, 3.0], 2.0, 3).unwrap();
        assert_eq!((found.sd, found.f), (1.0, 0.25));
        assert!((found.p - 0.4).abs() < 1e-12);
        assert_eq!(spread(&[1.0], 2.0, 3), None);
        assert_eq!(spread(&[1.0, 2.0], 0.0, 3), None);
    }

    #[test]
    fn retest_by_hand() {
        let found = retest(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]).unwrap();
        assert!((found.r.unwrap() - 0.5).abs() < 1e-12);
        assert!((found.apart - 2.0 / 3.0).abs() < 1e-12 && (found.same - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(retest(&[1.0], &[1.0]).unwrap().r, None);
        assert_eq!(retest(&[], &[]), None);
    }
}
