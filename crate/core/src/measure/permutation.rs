//! Whether paired differences could be chance: the sign-flip test.

use crate::random::SplitMix64;

/// Up to so many differences all sign patterns are gone through; above, they are drawn.
const EXACT: usize = 12;

/// Patterns drawn, and one more for the data itself.
const DRAWS: usize = 9_999;

/// The two-sided p-value of a mean paired difference under the hypothesis that each difference could as well have had the
/// other sign (Fisher's randomisation test, "The Design of Experiments", 1935, section 21).
///
/// It is the share of sign patterns whose mean is at least as far from 0. With up to 12 differences all patterns are gone
/// through; with more, 9,999 are drawn and the data's own pattern counts as one of 10,000, so that it is never 0. 1 for no
/// differences.
pub fn sign_flip(differences: &[f64], seed: u64) -> f64 {
    let scale = differences.iter().fold(0.0_f64, |most, d| most.max(d.abs()));
    if scale == 0.0 {
        return 1.0;
    }
    // Sums that differ by rounding alone are equal.
    let least = differences.iter().sum::<f64>().abs() - 1e-9 * scale;
    let n = differences.len();
    if n <= EXACT {
        let extreme = (0..1_u32 << n).filter(|pattern| {
            let flipped = |i: usize| if pattern >> i & 1 == 1 { -1.0 } else { 1.0 };
            let sum: f64 = differences.iter().enumerate().map(|(i, d)| flipped(i) * d).sum();
            sum.abs() >= least
        });
        return extreme.count() as f64 / f64::from(1_u32 << n);
    }
    let mut random = SplitMix64::new(seed);
    let mut extreme = 1;
    for _ in 0..DRAWS {
        let mut sum = 0.0;
        for part in differences.chunks(64) {
            let mut bits = random.next_u64();
            for d in part {
                sum += if bits & 1 == 1 { -d } else { *d };
                bits >>= 1;
            }
        }
        if sum.abs() >= least {
            extreme += 1;
        }
    }
    f64::from(extreme) / (DRAWS + 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked example 11 of docs/protocol.md.
    #[test]
    fn few_differences_are_counted_out() {
        // Of 16 patterns only +++ + and - - - - reach the sum of 10.
        assert_eq!(sign_flip(&[1.0, 2.0, 3.0, 4.0], 0), 0.125);
        // Sum 4: patterns of sum 10, 8, 6, 4, 4 and their opposites.
        assert_eq!(sign_flip(&[-1.0, -2.0, 3.0, 4.0], 0), 10.0 / 16.0);
        assert_eq!(sign_flip(&[0.0, 0.0], 0), 1.0);
        assert_eq!(sign_flip(&[], 0), 1.0);
    }

    #[test]
    fn many_differences_are_drawn_and_agree_with_counting() {
        let differences: Vec<f64> = (0..13).map(|i| f64::from(i * 7 % 13) - 4.0).collect();
        let least = differences.iter().sum::<f64>().abs();
        let extreme = (0..1_u32 << 13).filter(|pattern| {
            let sum: f64 = (0..13)
                .map(|i| {
                    if pattern >> i & 1 == 1 {
                        -differences[i]
                    } else {
                        differences[i]
                    }
                })
                .sum();
            sum.abs() >= least - 1e-9
        });
        let exact = extreme.count() as f64 / f64::from(1_u32 << 13);
        assert!((sign_flip(&differences, 3) - exact).abs() < 0.015, "{exact}");
        let far = [1.0; 40];
        assert_eq!(sign_flip(&far, 1), 1e-4);
    }
}
