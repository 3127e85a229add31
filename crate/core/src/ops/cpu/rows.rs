//! Element-wise kernels over rows of f32 values, and sums over them.

use super::{Kernel, Simd, dispatch, exp};
use crate::ops::gated::{GELU_CUBE, GELU_SLOPE, Gate};
use core::marker::PhantomData;

/// Floats of the longest vector there is.
const LONGEST: usize = 16;

/// `out = f(gate) * up` of the two halves, see [`crate::ops::gated`].
///
/// # Panics
/// Where the lengths differ.
pub fn gated(function: Gate, (gate, up): (&[f32], &[f32]), out: &mut [f32]) {
    match function {
        Gate::Silu => Gated::<Logistic>::run_over(gate, up, out),
        Gate::Gelu => Gated::<Normal>::run_over(gate, up, out),
    }
}

/// `log sum exp` of the values, in f64 so that those of parts can be joined.
pub fn log_sum_exp(values: &[f32]) -> f64 {
    dispatch(LogSumExp(values))
}

/// Sum of the squares, in f64 over blocks summed in f32.
pub fn sum_of_squares(values: &[f32]) -> f64 {
    dispatch(Squares(values))
}

/// Values `at..` of a row; past the end `padding`.
#[inline(always)]
fn vector<S: Simd>(values: &[f32], at: usize, padding: f32) -> S::F {
    let rest = &values[at..];
    if rest.len() >= S::LANES {
        // SAFETY: there are LANES values.
        return unsafe { S::load(rest.as_ptr()) };
    }
    let mut padded = [padding; LONGEST];
    padded[..rest.len()].copy_from_slice(rest);
    // SAFETY: LANES is at most 16.
    unsafe { S::load(padded.as_ptr()) }
}

#[inline(always)]
fn put<S: Simd>(values: &mut [f32], at: usize, value: S::F) {
    let rest = &mut values[at..];
    if rest.len() >= S::LANES {
        // SAFETY: there are LANES values.
        return unsafe { S::store(rest.as_mut_ptr(), value) };
    }
    let mut padded = [0.0; LONGEST];
    // SAFETY: LANES is at most 16.
    unsafe { S::store(padded.as_mut_ptr(), value) };
    rest.copy_from_slice(&padded[..rest.len()]);
}

/// What stands in the exponential of a gate's function.
trait Steepness {
    fn of<S: Simd>(gate: S::F) -> S::F;
}

/// Of silu.
struct Logistic;

impl Steepness for Logistic {
    #[inline(always)]
    fn of<S: Simd>(gate: S::F) -> S::F {
        gate
    }
}

/// Of gelu.
struct Normal;

impl Steepness for Normal {
    #[inline(always)]
    fn of<S: Simd>(gate: S::F) -> S::F {
        let cube = S::mul(S::mul(gate, gate), S::mul(gate, S::splat(GELU_CUBE)));
        S::mul(S::splat(GELU_SLOPE), S::add(gate, cube))
    }
}

struct Gated<'a, T> {
    gate: &'a [f32],
    up: &'a [f32],
    out: &'a mut [f32],
    steepness: PhantomData<T>,
}

impl<'a, T: Steepness> Gated<'a, T> {
    fn run_over(gate: &'a [f32], up: &'a [f32], out: &'a mut [f32]) {
        dispatch(Self {
            gate,
            up,
            out,
            steepness: PhantomData,
        });
    }
}

impl<T: Steepness> Kernel for Gated<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        assert!(self.gate.len() == self.out.len() && self.up.len() == self.out.len());
        for at in (0..self.out.len()).step_by(S::LANES) {
            let (gate, up) = (vector::<S>(self.gate, at, 0.0), vector::<S>(self.up, at, 0.0));
            let decay = exp::<S>(S::sub(S::splat(0.0), T::of::<S>(gate)));
            let weighted = S::div(gate, S::add(S::splat(1.0), decay));
            put::<S>(self.out, at, S::mul(weighted, up));
        }
    }
}

struct LogSumExp<'a>(&'a [f32]);

impl Kernel for LogSumExp<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<S: Simd>(self) -> f64 {
        let maximum = maximum::<S>(self.0);
        let shift = S::splat(maximum);
        let mut sum = 0.0f64;
        // Blocks are summed in f32, their sums in f64.
        for block in self.0.chunks(1024) {
            let mut lanes = S::splat(0.0);
            for at in (0..block.len()).step_by(S::LANES) {
                let values = vector::<S>(block, at, f32::NEG_INFINITY);
                lanes = S::add(lanes, exp::<S>(S::sub(values, shift)));
            }
            // What pads the last vector counts as exp(-87), far below the last place of the sum, which is at least 1.
            sum += f64::from(S::sum(lanes));
        }
        f64::from(maximum) + sum.ln()
    }
}

/// The largest value. One that is NaN may or may not count; whatever is computed from the values is NaN then anyway.
#[inline(always)]
pub fn maximum<S: Simd>(values: &[f32]) -> f32 {
    let mut lanes = S::splat(f32::NEG_INFINITY);
    for at in (0..values.len()).step_by(S::LANES) {
        lanes = S::max(lanes, vector::<S>(values, at, f32::NEG_INFINITY));
    }
    let mut all = [f32::NEG_INFINITY; LONGEST];
    put::<S>(&mut all, 0, lanes);
    all.into_iter().fold(f32::NEG_INFINITY, f32::max)
}

/// `values = exp(values - shift)`; returns their sum.
#[inline(always)]
pub fn exp_in_place<S: Simd>(values: &mut [f32], shift: f32) -> f32 {
    let mut sum = S::splat(0.0);
    let whole = values.len() - values.len() % S::LANES;
    for at in (0..whole).step_by(S::LANES) {
        let value = exp::<S>(S::sub(vector::<S>(values, at, 0.0), S::splat(shift)));
        put::<S>(values, at, value);
        sum = S::add(sum, value);
    }
    let mut rest = 0.0;
    if whole < values.len() {
        let value = exp::<S>(S::sub(
            vector::<S>(values, whole, f32::NEG_INFINITY),
            S::splat(shift),
        ));
        put::<S>(values, whole, value);
        rest = values[whole..].iter().sum();
    }
    S::sum(sum) + rest
}

struct Squares<'a>(&'a [f32]);

impl Kernel for Squares<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<S: Simd>(self) -> f64 {
        let mut sum = 0.0;
        for block in self.0.chunks(64) {
            let mut lanes = S::splat(0.0);
            for at in (0..block.len()).step_by(S::LANES) {
                let values = vector::<S>(block, at, 0.0);
                lanes = S::mul_add(values, values, lanes);
            }
            sum += f64::from(S::sum(lanes));
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::cpu::portable::Portable;

    struct Exp<'a>(&'a mut [f32]);

    impl Kernel for Exp<'_> {
        type Output = f32;

        #[inline(always)]
        fn run<S: Simd>(self) -> f32 {
            exp_in_place::<S>(self.0, 0.0)
        }
    }

    #[test]
    fn the_exponential_is_right_to_the_last_places() {
        let x: Vec<f32> = (-8600..=8700).map(|i| i as f32 * 0.01003).collect();
        let (mut found, mut plain) = (x.clone(), x.clone());
        dispatch(Exp(&mut found));
        Exp(&mut plain).run::<Portable>();
        for ((x, found), plain) in x.iter().zip(&found).zip(&plain) {
            let exact = f64::from(*x).exp();
            for value in [found, plain] {
                let error = (f64::from(*value) / exact - 1.0).abs();
                assert!(error < 2.5e-7, "exp({x}) is {value}: relative error {error:e}");
            }
        }
    }

    #[test]
    fn the_exponential_keeps_to_its_ends_and_shows_what_is_no_number() {
        let mut values = [f32::NEG_INFINITY, -1e9, 1e9, f32::INFINITY, f32::NAN, 0.0];
        dispatch(Exp(&mut values));
        assert!(values[0] < 2e-38 && values[1] < 2e-38 && values[0] >= 0.0);
        assert!(values[2] > 1e38 && values[3] > 1e38);
        assert!(values[4].is_nan());
        assert_eq!(values[5], 1.0);
    }

    #[test]
    fn sums_of_any_length_are_those_of_the_formula() {
        for count in [1, 3, 4, 5, 8, 63, 64, 1000, 1025, 5000] {
            let values: Vec<f32> = (0..count).map(|i| ((i * 37) % 101) as f32 * 0.3 - 9.0).collect();
            let exact = values.iter().map(|v| f64::from(*v).exp()).sum::<f64>().ln();
            assert!((log_sum_exp(&values) - exact).abs() < 1e-5, "{count}");
            let squares: f64 = values.iter().map(|v| f64::from(*v).powi(2)).sum();
            assert!((sum_of_squares(&values) / squares - 1.0).abs() < 1e-6, "{count}");
        }
        assert!(log_sum_exp(&[0.0, f32::NAN, 0.0, 1.0, 2.0]).is_nan());
    }
}
