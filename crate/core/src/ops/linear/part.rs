//! The part of a product that one thread computes, and how rows are taken where there are few tokens.

use crate::ops::cpu::blocks::{Blocks, Row};
use crate::ops::cpu::{Shared, Simd, for_parts};
use crate::quant::PackedLayout;
use core::ops::Range;

/// Rows multiplied together where there are few tokens. They are taken from as many places of the matrix, because the
/// weights come from memory then, and processors fetch several streams ahead at once but none of them fast enough.
pub const ROWS: usize = 4;
/// What parts of the rows are multiples of: the rows of a panel with the longest vectors, and a whole number of panels
/// with any.
pub const PART: usize = 16;

/// Rows of a packed matrix, one after the other.
#[derive(Clone)]
pub struct Window<'a> {
    pub words: &'a [u32],
    pub layout: &'a PackedLayout,
    pub rows: Range<usize>,
}

/// Some rows of the product with a window.
pub struct Part<'a> {
    window: &'a Window<'a>,
    pub layout: &'a PackedLayout,
    pub rows: Range<usize>,
    out: Shared,
}

impl Window<'_> {
    /// Calls `work` with the parts of `y`, the product.
    pub fn for_each_part(&self, y: &mut [f32], work: impl Fn(Part<'_>) + Sync + Send) {
        let out = Shared::new(y);
        let start = self.rows.start;
        for_parts(self.rows.len(), PART, |rows| {
            work(Part {
                window: self,
                layout: self.layout,
                rows: start + rows.start..start + rows.end,
                out,
            });
        });
    }
}

impl Part<'_> {
    /// Where a row starts.
    #[inline(always)]
    pub fn row(&self, number: usize) -> Row {
        Row::new(self.layout, self.window.words, number)
    }

    /// The results of a token for rows from `first`.
    ///
    /// # Safety
    /// The rows must be of this part, and nobody may hold results of them.
    #[inline(always)]
    #[allow(clippy::mut_from_ref, reason = "the caller vouches that runs do not overlap")]
    pub unsafe fn results(&self, token: usize, first: usize, count: usize) -> &mut [f32] {
        // SAFETY: parts have rows of their own, and so columns of the result of their own; the rest is the caller's
        // word.
        let Range { start, end } = self.window.rows;
        unsafe { self.out.run(token * (end - start) + first - start, count) }
    }
}

/// A few tokens that can be multiplied with rows of one format.
pub trait Dots<B: Blocks> {
    /// `sum_k x[k] w[k]` of a token and each row.
    fn dots<S: Simd>(&self, token: usize, rows: [Row; ROWS]) -> [f32; ROWS];
}

/// Adds the products of a part's rows with one token after the other.
#[inline(always)]
pub fn add_dots<B: Blocks, S: Simd>(part: &Part<'_>, tokens: usize, x: &impl Dots<B>) {
    let quarter = part.rows.len().div_ceil(ROWS);
    for token in 0..tokens {
        for first in part.rows.start..part.rows.start + quarter {
            let number = |r: usize| (first + r * quarter).min(part.rows.end - 1);
            let mut rows = [part.row(first); ROWS];
            for (r, row) in rows.iter_mut().enumerate().skip(1) {
                *row = part.row(number(r));
            }
            for (r, dot) in x.dots::<S>(token, rows).into_iter().enumerate() {
                if first + r * quarter < part.rows.end {
                    // SAFETY: a row of the part, held nowhere else.
                    unsafe { part.results(token, number(r), 1)[0] += dot };
                }
            }
        }
    }
}
