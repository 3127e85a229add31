//! Arithmetic on natural log-probabilities that neither overflows nor lets a wrong number through.

use crate::error::{Error, Result};

/// How far above 0 a log-probability may lie through rounding in f32.
const ROUNDING: f64 = 1e-3;

/// Log-probability as it may enter a score: finite and not above 0.
///
/// # Errors
/// [`Error::DeviceSelfTest`], which names `what`, for NaN, an infinity or a probability above 1: no model
/// gives these, so the device computed wrongly.
pub fn checked(logprob: f64, what: &dyn Fn() -> String) -> Result<f64> {
    if !logprob.is_finite() || logprob > ROUNDING {
        return Err(Error::DeviceSelfTest(format!(
            "{} has the log-probability {logprob}, which cannot be; run it again, on the CPU if it stays",
            what()
        )));
    }
    Ok(logprob.min(0.0))
}

/// `ln(sum(exp(x)))` without overflow or underflow; negative infinity for an empty list.
pub fn log_sum_exp(x: &[f64]) -> f64 {
    let max = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if max == f64::NEG_INFINITY {
        return max;
    }
    max + x.iter().map(|v| (v - max).exp()).sum::<f64>().ln()
}

/// `exp(x_i) / sum(exp(x))` over four values.
pub fn softmax(x: [f64; 4]) -> [f64; 4] {
    let norm = log_sum_exp(&x);
    x.map(|v| (v - norm).exp())
}

/// Mean of the two high options minus mean of the two low ones, in the order of [`super::KEYS`].
pub fn high_minus_low(x: [f64; 4]) -> f64 {
    (x[0] + x[1]) / 2.0 - (x[2] + x[3]) / 2.0
}

/// What rounding alone may set two equal values apart by.
const TIE: f64 = 1e-12;

/// Position of the largest of four values; the first of those that are equal but for rounding.
pub fn argmax(x: [f64; 4]) -> usize {
    let most = x.into_iter().fold(f64::NEG_INFINITY, f64::max);
    x.iter().position(|v| *v >= most - TIE).unwrap_or(0)
}

/// Whether two optional figures are both absent or differ by no more than `tolerance`; NaN agrees with
/// nothing.
pub fn agree(a: Option<f64>, b: Option<f64>, tolerance: f64) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_sum_exp_survives_extremes() {
        assert!((log_sum_exp(&[-1000.0, -1000.0]) - (-1000.0 + 2f64.ln())).abs() < 1e-12);
        assert_eq!(log_sum_exp(&[-1e9, 0.0]), 0.0);
        assert_eq!(log_sum_exp(&[]), f64::NEG_INFINITY);
    }

    #[test]
    fn softmax_of_far_values_sums_to_one() {
        let p = softmax([-900.0, -901.0, -902.0, -2000.0]);
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(p[3], 0.0);
    }

    #[test]
    fn argmax_takes_the_first_of_equals() {
        assert_eq!(argmax([-1.0, -1.0, -1.0, -1.0]), 0);
        assert_eq!(argmax([-2.0, -1.0, -1.0, -3.0]), 1);
    }

    #[test]
    fn impossible_numbers_are_refused() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.01] {
            let error = checked(bad, &|| "option high1 of item x".into()).unwrap_err();
            assert_eq!(error.code(), "device.selftest");
            assert!(error.to_string().contains("option high1 of item x"));
        }
        assert_eq!(checked(1e-6, &String::new).unwrap(), 0.0);
    }

    #[test]
    fn nan_agrees_with_nothing() {
        assert!(!agree(Some(f64::NAN), Some(f64::NAN), 1e-6));
        assert!(!agree(Some(1.0), None, 1e-6));
        assert!(agree(Some(1.0), Some(1.0 + 1e-9), 1e-6) && agree(None, None, 0.0));
    }
}
