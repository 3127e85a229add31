//! The product of rounded activations for many tokens: all of them with a few unpacked rows at a time.

use super::round::Rounded;
use super::{GROUPS, Small, TILE, Work, quants, with};
use crate::ops::cpu::blocks::STEP;
use crate::ops::cpu::{Kernel, Simd};
use crate::ops::linear::part::Part;

/// Some rows of the product, all tokens.
pub(super) struct Many<'a> {
    pub(super) x: &'a Rounded<TILE>,
    pub(super) tokens: usize,
    pub(super) part: Part<'a>,
}

impl Kernel for Many<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        with::<S>(self.part.layout.format, self);
    }
}

impl Work for Many<'_> {
    #[inline(always)]
    fn of<B: Small, S: Simd>(self) {
        many::<B, S>(&self);
    }
}

#[inline(always)]
fn many<B: Small, S: Simd>(work: &Many<'_>) {
    let Part { layout, ref rows, .. } = work.part;
    let width = 2 * S::LANES;
    let steps = layout.cols / STEP;
    let groups = steps * GROUPS;
    let mut bytes = vec![0u32; width * groups];
    let mut panel = Panel {
        groups: vec![0u32; width * groups],
        scales: vec![0.0; width * steps],
        minima: vec![0.0; width * steps],
    };
    for start in rows.clone().step_by(width) {
        let columns = width.min(rows.end - start);
        for (column, bytes) in bytes.chunks_exact_mut(groups).enumerate().take(columns) {
            let row = work.part.row(start + column);
            for (step, bytes) in bytes.as_chunks_mut::<GROUPS>().0.iter_mut().enumerate() {
                // SAFETY: a row has one step for each 32 of its columns; 32 bytes are stored.
                unsafe {
                    let quants = quants::<B, S>(row, step);
                    let bytes = bytes.as_mut_ptr();
                    S::store_bytes(bytes.cast(), quants.bytes[0]);
                    S::store_bytes(bytes.add(GROUPS / 2).cast(), quants.bytes[1]);
                    panel.scales[step * width + column] = quants.scale;
                    panel.minima[step * width + column] = quants.minimum;
                }
            }
        }
        for first in (0..width).step_by(4) {
            let mut four = [bytes.as_ptr().cast::<f32>(); 4];
            for (i, row) in four.iter_mut().enumerate() {
                *row = bytes[(first + i) * groups..].as_ptr().cast();
            }
            // SAFETY: each row has `groups` words; `panel` has `width` for each of them, and `first + 4 <= width`.
            unsafe {
                let to = panel.groups.as_mut_ptr().cast::<f32>().add(first);
                S::transpose4(four, groups, to, width);
            }
        }
        for (tile, x) in work.x.groups.chunks_exact(groups).enumerate() {
            let mut totals = [[S::splat(0.0); 2]; TILE];
            for step in 0..steps {
                let (scale, sum) = (
                    work.x.scales[tile * steps + step],
                    work.x.sums[tile * steps + step],
                );
                // SAFETY: `panel` was made for `steps`, and the tile has as many.
                unsafe { panel.multiply::<B, S>(x, scale, sum, step, &mut totals) };
            }
            let first = tile * TILE;
            for (i, totals) in totals.iter().enumerate().take(TILE.min(work.tokens - first)) {
                let mut values = [0.0; 32];
                for (v, total) in totals.iter().enumerate() {
                    // SAFETY: two vectors of at most 16 floats.
                    unsafe { S::store(values.as_mut_ptr().add(v * S::LANES), *total) };
                }
                // SAFETY: rows of the part, held nowhere else.
                let out = unsafe { work.part.results(first + i, start, columns) };
                out.iter_mut().zip(values).for_each(|(out, value)| *out += value);
            }
        }
    }
}

/// Two vectors of rows side by side.
struct Panel {
    /// `[cols / 4][rows]`
    groups: Vec<u32>,
    /// `[steps][rows]`
    scales: Vec<f32>,
    /// `[steps][rows]`
    minima: Vec<f32>,
}

impl Panel {
    /// Adds the products of one step with a tile.
    ///
    /// # Safety
    /// The panel and `x` must have the step.
    #[inline(always)]
    unsafe fn multiply<B: Small, S: Simd>(
        &self,
        x: &[[u32; TILE]],
        scale: [f32; TILE],
        sum: [f32; TILE],
        step: usize,
        totals: &mut [[S::F; 2]; TILE],
    ) {
        let width = 2 * S::LANES;
        // SAFETY: as the caller says.
        unsafe {
            let mut groups = self.groups.as_ptr().add(step * GROUPS * width);
            let mut x = x.as_ptr().add(step * GROUPS);
            let vectors = |from: &[f32]| {
                let from = from.as_ptr().add(step * width);
                [S::load(from), S::load(from.add(S::LANES))]
            };
            for _ in 0..GROUPS / B::TOGETHER {
                let mut pairs = [[S::splat_group(0); 2]; TILE];
                for group in 0..B::TOGETHER {
                    let w = [S::groups(groups), S::groups(groups.add(S::LANES))];
                    for (pairs, x) in pairs.iter_mut().zip(*x) {
                        let x = S::splat_group(x);
                        for (pairs, w) in pairs.iter_mut().zip(w) {
                            let both = S::pairs(x, w);
                            *pairs = if group == 0 {
                                both
                            } else {
                                S::add_pairs(*pairs, both)
                            };
                        }
                    }
                    groups = groups.add(width);
                    x = x.add(1);
                }
                let w = vectors(&self.scales);
                for ((totals, pairs), scale) in totals.iter_mut().zip(pairs).zip(scale) {
                    for ((total, pairs), w) in totals.iter_mut().zip(pairs).zip(w) {
                        let scale = S::mul(w, S::splat(scale));
                        *total = S::mul_add(S::group_sums(pairs), scale, *total);
                    }
                }
            }
            if B::HAS_MINIMUM || B::OFFSET > 0 {
                let minimum = vectors(&self.minima);
                for (totals, sum) in totals.iter_mut().zip(sum) {
                    for (total, minimum) in totals.iter_mut().zip(minimum) {
                        *total = S::mul_add(minimum, S::splat(sum), *total);
                    }
                }
            }
        }
    }
}
