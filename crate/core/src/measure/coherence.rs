//! Whether a text has fallen apart: it repeats itself.

use std::collections::HashSet;
use std::hash::Hash;

/// The share of runs of `n` tokens that stand in the text before; 0 for a text of fewer than `n`.
///
/// It is 1 less distinct-n, the share of different runs (Li et al., arXiv 1510.03055, section 4).
pub fn repeated<T: Hash + Eq>(tokens: &[T], n: usize) -> f64 {
    let runs = tokens.windows(n.max(1));
    let count = runs.len();
    if count == 0 {
        return 0.0;
    }
    let different: HashSet<_> = runs.collect();
    1.0 - different.len() as f64 / count as f64
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn runs_that_stand_in_the_text_before_are_counted() {
        assert_eq!(repeated(&[1, 2, 3, 4], 2), 0.0);
        // ab bc ca ab bc: two of five.
        assert_eq!(repeated(b"abcabc", 2), 0.4);
        assert_eq!(repeated(&[7; 10], 3), 0.875);
        assert_eq!(repeated::<u32>(&[], 3), 0.0);
        assert_eq!(repeated(&[1, 1], 3), 0.0);
    }
}
