//! Several directions at once: how alike they are, and their parts that are not.

use super::vectors::{cosine, dot, length};
use crate::{Error, Result};

/// Part of its length that a vector must have beside those before it, to point anywhere of its own.
const LEAST_OWN_PART: f64 = 1e-3;

/// The cosine of each vector with each: the Gram matrix of the directions.
pub fn gram(vectors: &[&[f32]]) -> Vec<Vec<f64>> {
    let row = |a: &&[f32]| vectors.iter().map(|b| cosine(a, b)).collect();
    vectors.iter().map(row).collect()
}

/// Takes out of each vector what it shares with those before it (Gram and Schmidt): doses of traits then do not add up
/// along what the traits have in common. The first stays as it is.
///
/// # Errors
/// [`Error::DirectionInvalid`] for a vector of which hardly anything is left.
pub fn orthogonal(vectors: &[&[f32]]) -> Result<Vec<Vec<f32>>> {
    let mut done: Vec<Vec<f32>> = Vec::with_capacity(vectors.len());
    for (i, vector) in vectors.iter().enumerate() {
        let mut own: Vec<f32> = vector.to_vec();
        // Twice, because of rounding.
        for _ in 0..2 {
            for before in &done {
                let part = dot(&own, before) / dot(before, before);
                for (value, b) in own.iter_mut().zip(before) {
                    *value = (f64::from(*value) - part * f64::from(*b)) as f32;
                }
            }
        }
        if length(&own) <= LEAST_OWN_PART * length(vector) {
            return Err(Error::DirectionInvalid(format!(
                "direction {} has nothing that those before it have not",
                i + 1
            )));
        }
        done.push(own);
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orthogonal_directions_share_nothing_and_span_the_same() {
        let (a, b, c) = ([3.0, 0.0, 0.0, 0.0], [1.0, 2.0, 0.0, 0.0], [5.0, 1.0, 0.0, -2.0]);
        let gram = gram(&[&a, &b, &c]);
        assert!((gram[0][1] - 1.0 / 5f64.sqrt()).abs() < 1e-12 && (gram[2][2] - 1.0).abs() < 1e-12);
        assert_eq!(gram[1][2], gram[2][1]);
        let parts = orthogonal(&[&a, &b, &c]).unwrap();
        assert_eq!(
            parts,
            [
                vec![3.0, 0.0, 0.0, 0.0],
                vec![0.0, 2.0, 0.0, 0.0],
                vec![0.0, 0.0, 0.0, -2.0]
            ]
        );
        let error = orthogonal(&[&a, &b, &[-4.0, 1.0, 0.0, 0.0]]).unwrap_err();
        assert_eq!(error.code(), "direction.invalid");
    }
}
