//! Activations rounded to 8 bits.

use super::GROUPS;
use crate::ops::cpu::blocks::STEP;
use crate::ops::cpu::{Kernel, Simd};
use crate::quant::PackedLayout;

/// The largest rounded activation.
const LARGEST: f32 = 127.0;

/// Tiles of `N` tokens.
pub(super) struct Rounded<const N: usize> {
    /// Steps of a token.
    pub(super) steps: usize,
    /// Four neighbours of a token in a word: `[tiles][cols / 4]`.
    pub(super) groups: Vec<[u32; N]>,
    /// `[tiles][steps]`.
    pub(super) scales: Vec<[f32; N]>,
    /// Sums of the rounded activations of a step: `[tiles][steps]`.
    pub(super) sums: Vec<[f32; N]>,
}

/// Rounds activations laid out as `[tiles][depth][N]`.
pub(super) struct Round<'a, const N: usize> {
    pub(super) x: &'a [f32],
    pub(super) layout: &'a PackedLayout,
}

impl<const N: usize> Kernel for Round<'_, N> {
    type Output = Rounded<N>;

    #[inline(always)]
    fn run<S: Simd>(self) -> Rounded<N> {
        let x = self.x.as_chunks::<N>().0;
        let mut groups = vec![[0u32; N]; x.len() / 4];
        let steps = x.len() / STEP;
        let (mut scales, mut sums) = (vec![[0.0; N]; steps], vec![[0.0; N]; steps]);
        let places = groups.as_chunks_mut::<GROUPS>().0.iter_mut();
        for (step, (x, groups)) in x.as_chunks::<STEP>().0.iter().zip(places).enumerate() {
            let (scale, inverse) = scale_of(x);
            scales[step] = scale;
            let mut sum = [0.0f32; N];
            for (group, x) in groups.iter_mut().zip(x.as_chunks::<4>().0) {
                for (place, x) in x.iter().enumerate() {
                    for i in 0..N {
                        // Around 1.5 * 2^23 floats are whole numbers, and their lowest bits those of the number.
                        const SHIFT: f32 = 12_582_912.0;
                        let shifted = x[i] * inverse[i] + SHIFT;
                        sum[i] += shifted - SHIFT;
                        group[i] |= (shifted.to_bits() & 255) << (8 * place);
                    }
                }
            }
            sums[step] = core::array::from_fn(|i| sum[i] * scale[i]);
        }
        Rounded {
            steps: self.layout.cols / STEP,
            groups,
            scales,
            sums,
        }
    }
}

/// What the rounded activations of a step are multiples of, and what activations are multiplied by to get them.
#[inline(always)]
fn scale_of<const N: usize>(x: &[[f32; N]; STEP]) -> ([f32; N], [f32; N]) {
    let (mut largest, mut total) = ([0.0f32; N], [0.0f32; N]);
    for x in x {
        for i in 0..N {
            let size = x[i].abs();
            largest[i] = if size > largest[i] { size } else { largest[i] };
            total[i] += size;
        }
    }
    let (mut scale, mut inverse) = ([0.0; N], [0.0; N]);
    for i in 0..N {
        // What is no number must not be rounded to one.
        scale[i] = if total[i].is_finite() {
            largest[i] / LARGEST
        } else {
            f32::NAN
        };
        inverse[i] = if largest[i] > 0.0 {
            LARGEST / largest[i]
        } else {
            0.0
        };
    }
    (scale, inverse)
}
