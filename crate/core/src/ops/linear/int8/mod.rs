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

use super::gemm::{FEW_TOKENS, Tiles};
use super::part::Window;
use crate::ops::cpu::blocks::{self, Blocks, Row, STEP};
use crate::ops::cpu::{Simd, dispatch};
use crate::quant::Format;
use few::Few;
use many::Many;
use round::Round;

/// Tokens that are multiplied with a panel together.
const TILE: usize = 4;
/// Groups of four bytes in a step.
const GROUPS: usize = STEP / 4;

/// The products with a window's rows, added to `y`, which has as many values a token.
///
/// # Panics
/// For a format that has no kernels here, see [`suits`].
pub fn multiply(x: &[f32], window: &Window<'_>, y: &mut [f32], tokens: usize) {
    let layout = window.layout;
    assert!(x.len() == tokens * layout.cols && y.len() == tokens * window.rows.len());
    if tokens < FEW_TOKENS {
        let x = dispatch(Round::<1> { x, layout });
        window.for_each_part(y, |part| dispatch(Few { x: &x, tokens, part }));
    } else {
        let tiles = dispatch(Tiles::<TILE> { x, tokens, layout });
        let x = dispatch(Round::<TILE> { x: &tiles, layout });
        window.for_each_part(y, |part| dispatch(Many { x: &x, tokens, part }));
    }
}

/// A format with quants of few bits.
trait Small: Blocks {
    /// What makes its quants 0 and more.
    const OFFSET: u8;
    /// Sums of pairs of products that fit into 16 bits together, as a divisor of [`GROUPS`]: activations are at most
    /// 127, quants of 4 bits 15, of 5 bits 31.
    const TOGETHER: usize;
}

/// Work with one of these formats.
trait Work {
    fn of<B: Small, S: Simd>(self);
}

macro_rules! small {
    ($($name:ident: less $offset:literal, $together:literal together;)*) => {
        $(impl Small for blocks::$name {
            const OFFSET: u8 = $offset;
            const TOGETHER: usize = $together;
        })*

        /// Whether a format has kernels here.
        pub fn suits(format: Format) -> bool {
            matches!(format, $(Format::$name)|*)
        }

        #[inline(always)]
        fn with<S: Simd>(format: Format, work: impl Work) {
            match format {
                $(Format::$name => work.of::<blocks::$name, S>(),)*
                other => panic!("{other} has no kernels for activations of 8 bits"),
            }
        }
    };
}

small! {
    Q4_0: less 8, 8 together;
    Q4_1: less 0, 8 together;
    Q4K: less 0, 8 together;
    Q5_0: less 16, 4 together;
    Q5_1: less 0, 4 together;
    Q5K: less 0, 4 together;
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
unsafe fn quants<B: Small, S: Simd>(row: Row, index: usize) -> Quants<S> {
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
