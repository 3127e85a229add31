//! Small symmetric matrices: the covariances that reliability and principal components are made of.

/// The product-moment covariances (divisor `n - 1`) of the columns of `rows`; `None` with fewer than two rows, no
/// column, rows of different lengths, or a value that is not finite.
pub(super) fn covariance(rows: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let columns = rows.first()?.len();
    let fit = |row: &Vec<f64>| row.len() == columns && row.iter().all(|x| x.is_finite());
    if rows.len() < 2 || columns == 0 || !rows.iter().all(fit) {
        return None;
    }
    let means = means(rows);
    let product = |i: usize, j: usize| -> f64 {
        rows.iter()
            .map(|row| (row[i] - means[i]) * (row[j] - means[j]))
            .sum()
    };
    let divisor = (rows.len() - 1) as f64;
    Some(
        (0..columns)
            .map(|i| (0..columns).map(|j| product(i, j) / divisor).collect())
            .collect(),
    )
}

/// The mean of each column.
pub(super) fn means(rows: &[Vec<f64>]) -> Vec<f64> {
    let columns = rows.first().map_or(0, Vec::len);
    let sum = |j: usize| rows.iter().map(|row| row[j]).sum::<f64>();
    (0..columns).map(|j| sum(j) / rows.len() as f64).collect()
}

/// The diagonal of the inverse of a positive definite matrix; `None` where it is singular to working precision.
///
/// Gauss and Jordan with the largest remaining diagonal as pivot; a pivot below `1e-10` of its own variance is taken
/// for 0, since the column then repeats the others but for rounding.
pub(super) fn inverse_diagonal(matrix: &[Vec<f64>]) -> Option<Vec<f64>> {
    let n = matrix.len();
    let mut a = matrix.to_vec();
    let mut done = vec![false; n];
    for _ in 0..n {
        let (p, share) = (0..n)
            .filter(|i| !done[*i])
            .map(|i| (i, a[i][i] / matrix[i][i]))
            .max_by(|x, y| x.1.total_cmp(&y.1))?;
        if share.is_nan() || share < 1e-10 {
            return None;
        }
        done[p] = true;
        // The sweep operator: after all columns are swept the matrix is its own negative inverse.
        let pivot = a[p][p];
        let row = a[p].clone();
        for i in (0..n).filter(|i| *i != p) {
            for j in (0..n).filter(|j| *j != p) {
                a[i][j] -= row[i] * row[j] / pivot;
            }
        }
        for i in (0..n).filter(|i| *i != p) {
            // Swept columns carry the opposite sign to those that are not.
            a[i][p] = row[i] / pivot;
            a[p][i] = a[i][p];
        }
        a[p][p] = -1.0 / pivot;
    }
    Some((0..n).map(|i| -a[i][i]).collect())
}

/// Eigenvalues, largest first, and their vectors of length 1, each with its largest part positive.
///
/// Jacobi's rotations (Golub and Van Loan, "Matrix Computations", section 8.5): exact enough for any symmetric matrix
/// and quick for the few columns that there are here.
pub(super) fn eigen(matrix: &[Vec<f64>]) -> Vec<(f64, Vec<f64>)> {
    let n = matrix.len();
    let mut a = matrix.to_vec();
    let mut vectors: Vec<Vec<f64>> = (0..n)
        .map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect())
        .collect();
    let size: f64 = a.iter().flatten().map(|x| x * x).sum();
    for _ in 0..64 {
        let off: f64 = (0..n)
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .map(|(i, j)| a[i][j] * a[i][j])
            .sum();
        if off <= 1e-30 * size {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut vectors, p, q);
            }
        }
    }
    let mut pairs: Vec<(f64, Vec<f64>)> = vectors
        .into_iter()
        .enumerate()
        .map(|(i, v)| (a[i][i], v))
        .collect();
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0));
    for (_, vector) in &mut pairs {
        let largest = vector
            .iter()
            .copied()
            .fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
        if largest < 0.0 {
            vector.iter_mut().for_each(|x| *x = -*x);
        }
    }
    pairs
}

/// One rotation that makes the entry at `p`, `q` zero; row `i` of `vectors` is the vector of the diagonal entry `i`.
fn rotate(a: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    if a[p][q] == 0.0 {
        return;
    }
    let tau = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let t = tau.signum() / (tau.abs() + (1.0 + tau * tau).sqrt());
    let c = 1.0 / (1.0 + t * t).sqrt();
    let s = t * c;
    for row in a.iter_mut() {
        (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
    }
    for k in 0..a.len() {
        (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]);
        (vectors[p][k], vectors[q][k]) = (
            c * vectors[p][k] - s * vectors[q][k],
            s * vectors[p][k] + c * vectors[q][k],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covariances_by_hand() {
        let rows = [vec![1.0, 2.0], vec![2.0, 4.0], vec![3.0, 9.0]];
        // Deviations -1 0 1 and -3 -1 4.
        assert_eq!(covariance(&rows).unwrap(), [[1.0, 3.5], [3.5, 13.0]]);
        assert_eq!(means(&rows), [2.0, 5.0]);
        assert_eq!(covariance(&rows[..1]), None);
        assert_eq!(covariance(&[vec![1.0], vec![1.0, 2.0]]), None);
        assert_eq!(covariance(&[vec![1.0], vec![f64::NAN]]), None);
    }

    #[test]
    fn an_inverse_by_hand() {
        // Determinant 4 * 3 - 1 * 1 = 11: the inverse has 3/11 and 4/11 on its diagonal.
        let inverse = inverse_diagonal(&[vec![4.0, 1.0], vec![1.0, 3.0]]).unwrap();
        assert!((inverse[0] - 3.0 / 11.0).abs() < 1e-15 && (inverse[1] - 4.0 / 11.0).abs() < 1e-15);
        assert_eq!(inverse_diagonal(&[vec![1.0, 2.0], vec![2.0, 4.0]]), None);
        assert_eq!(inverse_diagonal(&[vec![0.0]]), None);
        let three = [vec![2.0, 0.5, 0.3], vec![0.5, 1.5, 0.2], vec![0.3, 0.2, 1.0]];
        let inverse = inverse_diagonal(&three).unwrap();
        // By cofactors: determinant 2 (1.5 - .04) - .5 (.5 - .06) + .3 (.1 - .45).
        let determinant = 2.0 * 1.46 - 0.5 * 0.44 + 0.3 * -0.35;
        for (is, cofactor) in inverse.iter().zip([1.46, 2.0 - 0.09, 3.0 - 0.25]) {
            assert!((is - cofactor / determinant).abs() < 1e-14, "{inverse:?}");
        }
    }

    #[test]
    fn eigenvalues_by_hand() {
        let pairs = eigen(&[vec![2.0, 1.0], vec![1.0, 2.0]]);
        assert!((pairs[0].0 - 3.0).abs() < 1e-14 && (pairs[1].0 - 1.0).abs() < 1e-14);
        let half = 0.5f64.sqrt();
        assert!(pairs[0].1.iter().all(|x| (x - half).abs() < 1e-14), "{pairs:?}");
        let flat = eigen(&[vec![0.0, 0.0], vec![0.0, 0.0]]);
        assert_eq!((flat[0].0, flat[1].0), (0.0, 0.0));
    }
}
