//! The CPU kernels of [`super::linear`] with activations of 8 bits, for quants of 4 and 5 bits. Larger ones would have
//! to be summed in 32 bits, which is no quicker than f32.
//!
//! Each 32 activations of a token share a scale, the largest size over 127, and are rounded to whole multiples of it.
//! With these the product is computed without further loss but for the sums, which are f32. Products of bytes are
//! summed in 16 bits as long as they fit.

mod few;
mod many;
mod round;
#[cfg(test)]
mod tests;

use super::gemm::{TILE, Tiles};
use crate::ops::cpu::blocks::{Blocks, Row, STEP};
use crate::ops::cpu::{Shared, Simd, dispatch, for_parts};
use crate::quant::{Format, PackedLayout};
use few::Few;
use many::Many;
use round::Round;

/// Groups of four bytes in a step.
const GROUPS: usize = STEP / 4;
/// Rows multiplied together where there are few tokens, from as many places of the matrix, see
/// [`gemm`](super::gemm).
const ROWS: usize = 4;
/// What parts of the rows are multiples of.
const PART: usize = 16;

/// Whether a format has kernels here.
pub fn suits(format: Format) -> bool {
    use Format::{Q4_0, Q4_1, Q4K, Q5_0, Q5_1, Q5K};
    matches!(format, Q4_0 | Q4_1 | Q4K | Q5_0 | Q5_1 | Q5K)
}

/// `x W^T`, added to `y`, which has `tokens` x `rows` values.
pub fn multiply(x: &[f32], words: &[u32], y: &mut [f32], tokens: usize, layout: &PackedLayout) {
    assert!(x.len() == tokens * layout.cols && y.len() == tokens * layout.rows);
    let out = Shared::new(y);
    if tokens < TILE {
        let x = dispatch(Round::<1>(x));
        for_parts(layout.rows, PART, |rows| {
            dispatch(Few {
                x: &x,
                words,
                layout,
                rows,
                out,
            });
        });
    } else {
        let tiles = dispatch(Tiles { x, tokens, layout });
        let x = dispatch(Round::<TILE>(&tiles));
        for_parts(layout.rows, PART, |rows| {
            dispatch(Many {
                x: &x,
                words,
                layout,
                tokens,
                rows,
                out,
            });
        });
    }
}

/// Sums of pairs of products that fit into 16 bits together, as a divisor of [`GROUPS`]: activations are at most 127,
/// quants of 4 bits 15, of 5 bits 31.
const fn together<B: Blocks>() -> usize {
    if B::BITS <= 4 { 8 } else { 4 }
}

/// A step of weights `scale * quant + minimum`, its quants as bytes of 0 and more.
struct Quants<S: Simd> {
    bytes: [S::B; 2],
    scale: f32,
    minimum: f32,
}

/// # Safety
/// The row must have more than `index` steps.
#[inline(always)]
unsafe fn quants<B: Blocks, S: Simd>(row: Row, index: usize) -> Quants<S> {
    // SAFETY: as the caller says.
    let step = unsafe { B::step::<S>(row, index) };
    let [scale, _] = step.scales;
    let less = S::splat_byte(B::OFFSET.wrapping_neg());
    Quants {
        bytes: step.quants.map(|bytes| S::sub_bytes(bytes, less)),
        scale,
        minimum: step.minimum - scale * f32::from(B::OFFSET),
    }
}
