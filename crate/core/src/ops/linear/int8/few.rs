//! The product of rounded activations for a few tokens: each row is multiplied while it is unpacked.

use super::round::Rounded;
use super::{GROUPS, ROWS, quants};
use crate::ops::cpu::blocks::{Blocks, Row, STEP, with_blocks};
use crate::ops::cpu::{Kernel, Shared, Simd};
use crate::quant::{Format, PackedLayout};
use core::ops::Range;

/// Some rows of the product, a few tokens one after the other.
pub(super) struct Few<'a> {
    pub(super) x: &'a Rounded<1>,
    pub(super) words: &'a [u32],
    pub(super) layout: &'a PackedLayout,
    pub(super) rows: Range<usize>,
    pub(super) out: Shared,
}

impl Kernel for Few<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        with_blocks!(self.layout.format, few::<S>(&self), {});
    }
}

#[inline(always)]
fn few<B: Blocks, S: Simd>(work: &Few<'_>) {
    let all = work.layout.rows;
    let steps = work.layout.cols / STEP;
    let quarter = work.rows.len().div_ceil(ROWS);
    for (token, x) in work.x.groups.chunks_exact(steps * GROUPS).enumerate() {
        let steps = token * steps..(token + 1) * steps;
        let (scales, sums) = (&work.x.scales[steps.clone()], &work.x.sums[steps]);
        for first in work.rows.start..work.rows.start + quarter {
            let number = |r: usize| (first + r * quarter).min(work.rows.end - 1);
            let mut rows = [Row::new(work.layout, work.words, first); ROWS];
            for (r, row) in rows.iter_mut().enumerate().skip(1) {
                *row = Row::new(work.layout, work.words, number(r));
            }
            for (r, dot) in dot::<B, S>(x, scales, sums, rows).into_iter().enumerate() {
                if first + r * quarter < work.rows.end {
                    // SAFETY: parts have rows of their own, and so columns of the result of their own.
                    unsafe { work.out.run(token * all + number(r), 1)[0] += dot };
                }
            }
        }
    }
}

/// `sum_k x[k] w[k]` for several rows.
#[inline(always)]
fn dot<B: Blocks, S: Simd>(
    x: &[[u32; 1]],
    scales: &[[f32; 1]],
    sums: &[[f32; 1]],
    rows: [Row; ROWS],
) -> [f32; ROWS] {
    let mut totals = [S::splat(0.0); ROWS];
    let mut minima = [0.0f32; ROWS];
    let steps = scales.iter().zip(sums).zip(x.as_chunks::<GROUPS>().0);
    for (step, (([scale], [sum]), x)) in steps.enumerate() {
        for r in 0..ROWS {
            // SAFETY: a row has one step for each 32 of its columns.
            let quants = unsafe { quants::<B, S>(rows[r], step) };
            let mut pairs = S::splat_group(0);
            for (i, w) in S::join(quants.bytes).as_ref().iter().enumerate() {
                // SAFETY: the vectors make up the 8 groups of the step. They are two at most, whose sums fit together.
                let x = unsafe { S::groups(x.as_ptr().add(i * S::LANES).cast()) };
                pairs = S::add_pairs(pairs, S::pairs(x, *w));
            }
            let scale = S::splat(quants.scale * scale);
            totals[r] = S::mul_add(S::group_sums(pairs), scale, totals[r]);
            if B::HAS_MINIMUM || B::OFFSET > 0 {
                minima[r] += quants.minimum * sum;
            }
        }
    }
    core::array::from_fn(|r| S::sum(totals[r]) + minima[r])
}
