//! Attention of one token to the slots it sees; see [`crate::ops::attention`].

use super::rows::{exp_in_place, maximum};
use super::{Kernel, Simd, dot};
use crate::ops::HeadSpec;
use core::ops::Range;

/// One token: `out = softmax(q K^T / sqrt(dim)) V` for each of its heads.
pub struct Attend<'a> {
    /// How columns divide into heads.
    pub heads: HeadSpec,
    /// The token's queries.
    pub queries: &'a [f32],
    /// The caches, `[slots, kv_width]`.
    pub keys: &'a [f32],
    /// See `keys`.
    pub values: &'a [f32],
    /// The slots it sees.
    pub spans: &'a [Range<usize>],
    /// The token's output, as wide as its queries; holds zeros.
    pub out: &'a mut [f32],
}

impl Kernel for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self) {
        let HeadSpec { heads, kv_heads, dim } = self.heads;
        let share = heads / kv_heads;
        for kv_head in 0..kv_heads {
            let mut head = kv_head * share;
            let end = head + share;
            // Heads that share keys and values are taken together, so that those are read once for all.
            while head < end {
                let column = kv_head * dim;
                head += match end - head {
                    1 => self.heads::<1, S>(head, column),
                    2 => self.heads::<2, S>(head, column),
                    _ => self.heads::<3, S>(head, column),
                };
            }
        }
    }
}

impl Attend<'_> {
    /// `N` query heads from `head`, over the keys and values in columns `column..` of the caches.
    #[inline(always)]
    fn heads<const N: usize, S: Simd>(&mut self, head: usize, column: usize) -> usize {
        let dim = self.heads.dim;
        let width = self.heads.kv_width();
        let scale = 1.0 / (dim as f32).sqrt();
        let seen: usize = self.spans.iter().map(ExactSizeIterator::len).sum();
        // One row of scores for each head.
        let mut scores = vec![0.0f32; N * seen];
        let queries = &self.queries[head * dim..][..N * dim];
        let mut at = 0;
        for span in self.spans {
            let mut slot = span.start;
            while slot < span.end {
                // Two keys at a time share the loads of the queries; at an odd end both are the last.
                let pair = [slot, (slot + 1).min(span.end - 1)];
                let keys = pair.map(|slot| &self.keys[slot * width + column..][..dim]);
                let products = dots::<N, S>(queries, keys);
                for (n, [first, second]) in products.into_iter().enumerate() {
                    scores[n * seen + at + pair[1] - slot] = second * scale;
                    scores[n * seen + at] = first * scale;
                }
                at += 1 + pair[1] - slot;
                slot = pair[1] + 1;
            }
        }
        for scores in scores.chunks_exact_mut(seen) {
            let sum = exp_in_place::<S>(scores, maximum::<S>(scores));
            let norm = 1.0 / sum;
            scores.iter_mut().for_each(|score| *score *= norm);
        }
        let out = &mut self.out[head * dim..][..N * dim];
        let block = 2 * S::LANES;
        let whole = dim - dim % block;
        for start in (0..whole).step_by(block) {
            let mut sums = [[S::splat(0.0); 2]; N];
            let mut at = 0;
            for span in self.spans {
                for slot in span.clone() {
                    let value = &self.values[slot * width + column + start..][..block];
                    // SAFETY: `value` has two vectors.
                    let (v0, v1) =
                        unsafe { (S::load(value.as_ptr()), S::load(value.as_ptr().add(S::LANES))) };
                    for (n, sums) in sums.iter_mut().enumerate() {
                        let weight = S::splat(scores[n * seen + at]);
                        sums[0] = S::mul_add(weight, v0, sums[0]);
                        sums[1] = S::mul_add(weight, v1, sums[1]);
                    }
                    at += 1;
                }
            }
            for (n, sums) in sums.iter().enumerate() {
                let out = &mut out[n * dim + start..][..block];
                // SAFETY: `out` has two vectors.
                unsafe {
                    S::store(out.as_mut_ptr(), sums[0]);
                    S::store(out.as_mut_ptr().add(S::LANES), sums[1]);
                }
            }
        }
        for n in 0..N {
            for i in whole..dim {
                let slots = self.spans.iter().flat_map(Range::clone);
                let weighted = slots.zip(&scores[n * seen..]);
                out[n * dim + i] = weighted
                    .map(|(slot, weight)| weight * self.values[slot * width + column + i])
                    .sum();
            }
        }
        N
    }
}

/// The products of `N` queries, one after the other, with two keys.
#[inline(always)]
fn dots<const N: usize, S: Simd>(queries: &[f32], keys: [&[f32]; 2]) -> [[f32; 2]; N] {
    let dim = keys[0].len();
    assert!(queries.len() == N * dim && keys[1].len() == dim);
    let mut found = [[0.0; 2]; N];
    if !dim.is_multiple_of(S::LANES) {
        for (n, found) in found.iter_mut().enumerate() {
            let query = &queries[n * dim..][..dim];
            *found = [dot::<S>(query, keys[0]), dot::<S>(query, keys[1])];
        }
        return found;
    }
    let mut sums = [[S::splat(0.0); 2]; N];
    for at in (0..dim).step_by(S::LANES) {
        // SAFETY: `at + LANES <= dim`, and there are N queries of `dim` values.
        unsafe {
            let (k0, k1) = (
                S::load(keys[0].as_ptr().add(at)),
                S::load(keys[1].as_ptr().add(at)),
            );
            for (n, sums) in sums.iter_mut().enumerate() {
                let query = S::load(queries.as_ptr().add(n * dim + at));
                sums[0] = S::mul_add(query, k0, sums[0]);
                sums[1] = S::mul_add(query, k1, sums[1]);
            }
        }
    }
    for (found, sums) in found.iter_mut().zip(sums) {
        *found = [S::sum(sums[0]), S::sum(sums[1])];
    }
    found
}
