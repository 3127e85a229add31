//! Weights of a few rows side by side, `[cols][rows]`, as products of many tokens take them, and activations to match.
//!
//! The columns of a step stand in the order, and up to the factors, in which an instruction set takes the quants of a
//! format apart soonest ([`Simd::lane_nibbles`], [`Simd::lane_bytes`]). Factors are powers of two, so that products
//! with activations arranged alike are those of the weights themselves.

use super::blocks::{Blocks, Row, STEP, unpack_row, with_blocks};
use super::{Kernel, Simd};
use crate::quant::{Format, PackedLayout};

/// Activations in the order and with the factors that belong to a format.
pub struct Arrange<'a> {
    /// The format of the weights.
    pub format: Format,
    /// The activations of some tokens, one after the other.
    pub x: &'a [f32],
}

impl Kernel for Arrange<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<S: Simd>(self) -> Vec<f32> {
        let mut out = self.x.to_vec();
        match self.format {
            Format::F32 | Format::F16 | Format::BF16 => {}
            Format::Q4_0 | Format::Q4_1 => arrange(self.x, &mut out, &S::NIBBLE_PLACES),
            _ => arrange(self.x, &mut out, &S::BYTE_PLACES),
        }
        out
    }
}

#[inline(always)]
fn arrange<const N: usize>(x: &[f32], out: &mut [f32], places: &[(usize, f32); N]) {
    for (x, out) in x.as_chunks::<N>().0.iter().zip(out.as_chunks_mut::<N>().0) {
        for (out, (place, factor)) in out.iter_mut().zip(places) {
            *out = x[*place] * factor;
        }
    }
}

/// Unpacks four rows into the columns `first..first + 4` of a panel of `width` rows.
///
/// # Panics
/// Where the panel has other sizes.
#[inline(always)]
pub fn unpack_four<S: Simd>(
    layout: &PackedLayout,
    rows: [Row; 4],
    panel: &mut [f32],
    first: usize,
    width: usize,
) {
    assert!(panel.len() == layout.cols * width && first + 4 <= width);
    with_blocks!(
        layout.format,
        four_of_blocks::<S>(rows, panel, first, width),
        four_of_floats::<S>(layout, rows, panel, first, width)
    );
}

#[inline(always)]
fn four_of_blocks<B: Blocks, S: Simd>(rows: [Row; 4], panel: &mut [f32], first: usize, width: usize) {
    for (index, panel) in panel.chunks_exact_mut(STEP * width).enumerate() {
        let [a, b, c, d] = rows;
        // SAFETY: a row has one step for each 32 of its columns.
        let (a, b, c, d): (Taken<S>, Taken<S>, Taken<S>, Taken<S>) = unsafe {
            (
                Taken::apart::<B>(a, index),
                Taken::apart::<B>(b, index),
                Taken::apart::<B>(c, index),
                Taken::apart::<B>(d, index),
            )
        };
        // Written out, since what is indexed in a loop as long as this one is put into memory and fetched again.
        macro_rules! each {
            ($($half:literal, $i:literal;)*) => {$(
                if $i < 16 / S::LANES {
                    let vectors = [
                        a.weights::<$half, $i>(),
                        b.weights::<$half, $i>(),
                        c.weights::<$half, $i>(),
                        d.weights::<$half, $i>(),
                    ];
                    let at = (16 * $half + S::LANES * $i) * width + first;
                    // SAFETY: `LANES` lines of four from there are within the step's lines, by what was asserted.
                    unsafe { S::store_transposed(vectors, panel.as_mut_ptr().add(at), width) };
                }
            )*};
        }
        each! { 0, 0; 0, 1; 0, 2; 0, 3; 1, 0; 1, 1; 1, 2; 1, 3; }
    }
}

/// A step of a row, taken apart.
struct Taken<S: Simd> {
    quants: [S::Wide; 2],
    scales: [f32; 2],
    minimum: Option<f32>,
    /// Whether the quants are in the order of nibbles.
    nibbles: bool,
}

impl<S: Simd> Taken<S> {
    /// # Safety
    /// The row must have more than `index` steps.
    #[inline(always)]
    unsafe fn apart<B: Blocks>(row: Row, index: usize) -> Self {
        // SAFETY: as the caller says.
        unsafe {
            if let Some((bytes, scale, minimum)) = B::nibbles::<S>(row, index) {
                return Self {
                    quants: S::lane_nibbles(bytes),
                    scales: [scale; 2],
                    minimum: Some(minimum),
                    nibbles: true,
                };
            }
            let step = B::step::<S>(row, index);
            let [first, second] = step.quants;
            Self {
                quants: [S::lane_bytes(first), S::lane_bytes(second)],
                scales: step.scales,
                minimum: B::HAS_MINIMUM.then_some(step.minimum),
                nibbles: false,
            }
        }
    }

    /// Vector `I` of a half; all of its lanes have one factor.
    #[inline(always)]
    fn weights<const HALF: usize, const I: usize>(&self) -> S::F {
        let (quants, scale) = (self.quants[HALF].as_ref()[I], S::splat(self.scales[HALF]));
        let (_, factor) = match self.nibbles {
            true => S::NIBBLE_PLACES[16 * HALF + S::LANES * I],
            false => S::BYTE_PLACES[S::LANES * I],
        };
        match self.minimum {
            Some(minimum) => S::mul_add(quants, scale, S::splat(minimum / factor)),
            None => S::mul(quants, scale),
        }
    }
}

#[inline(always)]
fn four_of_floats<S: Simd>(
    layout: &PackedLayout,
    rows: [Row; 4],
    panel: &mut [f32],
    first: usize,
    width: usize,
) {
    let mut unpacked = vec![0.0; 4 * layout.cols];
    for (row, out) in rows.into_iter().zip(unpacked.chunks_exact_mut(layout.cols)) {
        unpack_row::<S>(layout, row, out);
    }
    let four = [0, 1, 2, 3].map(|i| unpacked[i * layout.cols..].as_ptr());
    // SAFETY: each row has `cols` values, the panel `width` for each of them, and `first + 4 <= width`.
    unsafe { S::transpose4(four, layout.cols, panel.as_mut_ptr().add(first), width) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::cpu::dispatch;
    use crate::ops::cpu::portable::Portable;
    use crate::ops::testing::{Weights, random};

    /// Panels and activations as they are laid out: `[cols][4]` at column 1 of panels of six, `[cols]`.
    struct Both<'a>(&'a PackedLayout, &'a [u32], &'a [f32]);

    impl Kernel for Both<'_> {
        type Output = (Vec<f32>, Vec<f32>);

        #[inline(always)]
        fn run<S: Simd>(self) -> Self::Output {
            let Self(layout, words, x) = self;
            let mut panel = vec![f32::NAN; 6 * layout.cols];
            let rows = [0, 1, 2, 3].map(|row| Row::new(layout, words, row));
            unpack_four::<S>(layout, rows, &mut panel, 1, 6);
            let format = layout.format;
            (panel, Arrange { format, x }.run::<S>())
        }
    }

    #[test]
    fn products_of_what_is_arranged_are_those_of_the_weights_and_nothing_else_is_written() {
        for format in Format::ALL {
            let cols = 3 * format.block_len().max(20);
            let weights = Weights::new(format, 4, cols, 9);
            let (layout, words) = weights.packed();
            let x = random(cols, 4);
            let all = [
                dispatch(Both(&layout, &words, &x)),
                Both(&layout, &words, &x).run::<Portable>(),
            ];
            for (panel, arranged) in all {
                let (lines, _) = panel.as_chunks::<6>();
                assert!(
                    lines.iter().all(|line| [0, 5].iter().all(|i| line[*i].is_nan())),
                    "{format}"
                );
                // Each product of its own: the terms of a step are the same numbers in some order.
                for (row, weights) in weights.rows.iter().enumerate() {
                    let sorted = |mut terms: Vec<f64>| {
                        terms.sort_by(f64::total_cmp);
                        terms
                    };
                    let terms = lines
                        .iter()
                        .zip(&arranged)
                        .map(|(line, x)| f64::from(line[1 + row]) * f64::from(*x));
                    let expected = weights.iter().zip(&x).map(|(w, x)| f64::from(*w) * f64::from(*x));
                    for (term, expected) in sorted(terms.collect()).iter().zip(sorted(expected.collect())) {
                        assert!(
                            (term - expected).abs() <= 3e-7 * weights_size(weights),
                            "{format}: {term} for {expected}"
                        );
                    }
                }
            }
        }
    }

    fn weights_size(row: &[f32]) -> f64 {
        row.iter()
            .fold(1.0, |most, weight| f64::from(weight.abs()).max(most))
    }
}
