//! The product of rounded activations for a few tokens: each row is multiplied while it is unpacked.

use super::round::Rounded;
use super::{GROUPS, Small, Work, quants, with};
use crate::ops::cpu::blocks::Row;
use crate::ops::cpu::{Kernel, Simd};
use crate::ops::linear::part::{Dots, Part, ROWS, add_dots};

/// Some rows of the product, a few tokens one after the other.
pub(super) struct Few<'a> {
    pub(super) x: &'a Rounded<1>,
    pub(super) tokens: usize,
    pub(super) part: Part<'a>,
}

impl Kernel for Few<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        with::<S>(self.part.layout.format, self);
    }
}

impl Work for Few<'_> {
    #[inline(always)]
    fn of<B: Small, S: Simd>(self) {
        add_dots::<B, S>(&self.part, self.tokens, self.x);
    }
}

impl<B: Small> Dots<B> for Rounded<1> {
    #[inline(always)]
    fn dots<S: Simd>(&self, token: usize, rows: [Row; ROWS]) -> [f32; ROWS] {
        let steps = token * self.steps..(token + 1) * self.steps;
        let x = &self.groups[steps.start * GROUPS..steps.end * GROUPS];
        dot::<B, S>(x, &self.scales[steps.clone()], &self.sums[steps], rows)
    }
}

/// `sum_k x[k] w[k]` for several rows.
#[inline(always)]
fn dot<B: Small, S: Simd>(
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
