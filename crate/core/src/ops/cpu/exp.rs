//! The exponential function over vectors.

use super::simd::Simd;

/// `exp(x)`, within 2 units in the last place; below -87 it stays at `exp(-87)`, above 88 at `exp(88)`.
///
/// `x = n ln 2 + r` with whole `n`, `2^n` by its bits, `exp(r)` by the polynomial of the Cephes library's `expf`
/// (S. Moshier, 1989), `ln 2` in two parts so that `r` keeps its last bits. NaN stays NaN.
#[inline(always)]
pub fn exp<S: Simd>(x: S::F) -> S::F {
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    // Adding it rounds to a whole number, which then stands in the lowest bits.
    const SHIFT: f32 = 12_582_912.0;
    let x = S::min(S::splat(88.0), S::max(S::splat(-87.0), x));
    let shifted = S::mul_add(x, S::splat(core::f32::consts::LOG2_E), S::splat(SHIFT));
    let n = S::sub(shifted, S::splat(SHIFT));
    let r = S::mul_add(n, S::splat(-LN2_HIGH), x);
    let r = S::mul_add(n, S::splat(-LN2_LOW), r);
    let mut p = S::splat(1.987_569_1e-4);
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5e-1] {
        p = S::mul_add(p, r, S::splat(coefficient));
    }
    let value = S::add(S::mul_add(S::mul(r, r), p, r), S::splat(1.0));
    S::mul(value, S::pow2_of_shifted(shifted))
}
