//! Do two instruments of the same traits agree, and does each trait stand apart from the others?
//!
//! Source: Serapio-García et al., arXiv 2307.00184, after Campbell and Fiske, "Convergent and discriminant validation by
//! the multitrait-multimethod matrix", Psychological Bulletin 56, 1959.

use serde::{Deserialize, Serialize};

use super::correlation::correlation;
use crate::error::{Error, Result};

/// What two instruments, given under the same settings, say of each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Validity {
    /// The traits that both have, in the order of the first.
    pub traits: Vec<String>,
    /// Pearson's r over the settings: row the first instrument's trait, column the second's; none where a trait's scores
    /// do not differ.
    pub correlations: Vec<Vec<Option<f64>>>,
    /// Mean of the correlations of a trait with itself; none where one of them is missing.
    pub convergent: Option<f64>,
    /// Mean, over the traits, of the correlation of a trait with itself less the mean absolute correlation with the
    /// others; none with one trait, or where a correlation is missing.
    pub discriminant: Option<f64>,
}

/// Correlates two tables of scores: a row a setting (the same in both), a column a trait (named in `traits`).
///
/// # Errors
/// [`Error::RequestInvalid`] for tables that are not both settings times traits.
pub fn validity(traits: &[String], first: &[Vec<f64>], second: &[Vec<f64>]) -> Result<Validity> {
    let k = traits.len();
    if first.len() != second.len() || first.iter().chain(second).any(|row| row.len() != k) {
        return Err(Error::RequestInvalid(
            "two instruments are compared by the same settings and the same traits".into(),
        ));
    }
    let column = |rows: &[Vec<f64>], j: usize| -> Vec<f64> { rows.iter().map(|row| row[j]).collect() };
    let r =
        |i: usize, j: usize| correlation(&column(first, i), &column(second, j)).map(|found| found.r.value);
    let correlations: Vec<Vec<Option<f64>>> = (0..k).map(|i| (0..k).map(|j| r(i, j)).collect()).collect();
    let mean = |values: Vec<Option<f64>>| -> Option<f64> {
        let known: Option<Vec<f64>> = values.into_iter().collect();
        known
            .filter(|v| !v.is_empty())
            .map(|v| v.iter().sum::<f64>() / v.len() as f64)
    };
    // Both the row and the column of a trait hold its correlations with the others.
    let apart = |i: usize| -> Option<f64> {
        let others = (0..k)
            .filter(|j| *j != i)
            .flat_map(|j| [correlations[i][j], correlations[j][i]]);
        Some(correlations[i][i]? - mean(others.map(|r| r.map(f64::abs)).collect())?)
    };
    Ok(Validity {
        convergent: mean((0..k).map(|i| correlations[i][i]).collect()),
        discriminant: mean((0..k).map(apart).collect()),
        traits: traits.to_vec(),
        correlations,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked example 18 of docs/protocol.md.
    #[test]
    fn worked_example() {
        let traits = ["Openness".to_owned(), "Extraversion".to_owned()];
        let first = [[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 3.0]].map(|row| row.to_vec());
        let second = [[1.0, 3.0], [2.0, 1.0], [4.0, 4.0], [3.0, 2.0]].map(|row| row.to_vec());
        let found = validity(&traits, &first, &second).unwrap();
        let wanted = [[0.8, 0.0], [0.8, 0.8]];
        for (row, wanted) in found.correlations.iter().zip(wanted) {
            assert!(
                row.iter()
                    .zip(wanted)
                    .all(|(r, w)| (r.unwrap() - w).abs() < 1e-12),
                "{found:?}"
            );
        }
        assert!((found.convergent.unwrap() - 0.8).abs() < 1e-12);
        assert!((found.discriminant.unwrap() - 0.4).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_defined_is_missing_and_what_does_not_fit_is_refused() {
        let one = ["Openness".to_owned()];
        let column = |values: [f64; 3]| values.map(|v| vec![v]);
        let found = validity(&one, &column([1.0, 2.0, 3.0]), &column([3.0, 2.0, 2.0])).unwrap();
        assert!(found.convergent.unwrap() < 0.0 && found.discriminant.is_none());
        let flat = validity(&one, &column([1.0; 3]), &column([3.0, 2.0, 2.0])).unwrap();
        assert_eq!((flat.convergent, flat.correlations[0][0]), (None, None));
        let error = validity(&one, &column([1.0; 3]), &[vec![1.0]]).unwrap_err();
        assert_eq!(error.code(), "request.invalid");
    }
}
