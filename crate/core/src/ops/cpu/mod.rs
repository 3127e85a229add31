//! What the CPU kernels are made of: vectors, unpacking, parallel parts.

mod attend;
#[cfg(target_arch = "x86_64")]
mod avx2;
pub mod blocks;
mod exp;
mod panel;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub mod portable;
pub mod rows;
mod simd;
mod tensor;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;

pub use attend::Attend;
pub use exp::exp;
pub use panel::{Arrange, unpack_four};
pub use simd::{Kernel, Simd, dispatch};
pub use tensor::{cols, contiguous, f32s, matrix, u32s, vector};

use crate::quant::PackedLayout;
use blocks::{Row, unpack_row};
use core::ops::Range;

/// The instructions the CPU kernels use on this machine, in words.
pub fn instructions() -> &'static str {
    dispatch(Name)
}

struct Name;

impl Kernel for Name {
    type Output = &'static str;

    #[inline(always)]
    fn run<S: Simd>(self) -> &'static str {
        S::NAME
    }
}

/// Calls `work` with parts of `0..count` whose lengths are multiples of `step` (but for the last), on all cores where
/// there are threads.
pub fn for_parts(count: usize, step: usize, work: impl Fn(Range<usize>) + Sync + Send) {
    #[cfg(not(target_family = "wasm"))]
    {
        use rayon::prelude::*;
        /// For threads to share evenly.
        const PARTS: usize = 32;
        let length = count.div_ceil(PARTS).next_multiple_of(step);
        (0..count.div_ceil(length))
            .into_par_iter()
            .for_each(|part| work(part * length..((part + 1) * length).min(count)));
    }
    #[cfg(target_family = "wasm")]
    {
        let _ = step;
        work(0..count);
    }
}

/// A matrix that several parts write at once, each its own places.
#[derive(Clone, Copy)]
pub struct Shared {
    start: *mut f32,
    len: usize,
}

// SAFETY: whoever writes through it vouches that no other part touches the same places.
unsafe impl Send for Shared {}
// SAFETY: as above.
unsafe impl Sync for Shared {}

impl Shared {
    /// Over all of `values`, which must outlive it.
    pub fn new(values: &mut [f32]) -> Self {
        Self {
            start: values.as_mut_ptr(),
            len: values.len(),
        }
    }

    /// The run of `len` values from `at`.
    ///
    /// # Safety
    /// The values must still be there, and nobody else may hold a part of the run.
    ///
    /// # Panics
    /// Where the run leaves the values.
    #[inline(always)]
    #[allow(clippy::mut_from_ref, reason = "the caller vouches that runs do not overlap")]
    pub unsafe fn run(&self, at: usize, len: usize) -> &mut [f32] {
        assert!(at <= self.len && len <= self.len - at, "a run outside the values");
        // SAFETY: within the values by the check above; the rest is the caller's word.
        unsafe { core::slice::from_raw_parts_mut(self.start.add(at), len) }
    }
}

/// `sum_i a[i] b[i]`.
///
/// # Panics
/// Where the lengths differ.
#[inline(always)]
pub fn dot<S: Simd>(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len(), "vectors of different lengths");
    // Four vectors of sums, so that additions do not wait for each other.
    let mut sums = [S::splat(0.0); 4];
    let step = 4 * S::LANES;
    let whole = a.len() - a.len() % step;
    for start in (0..whole).step_by(step) {
        for (part, sum) in sums.iter_mut().enumerate() {
            let at = start + part * S::LANES;
            // SAFETY: `start + step <= whole`, within both.
            let (a, b) = unsafe { (S::load(a.as_ptr().add(at)), S::load(b.as_ptr().add(at))) };
            *sum = S::mul_add(a, b, *sum);
        }
    }
    let rest: f32 = a[whole..].iter().zip(&b[whole..]).map(|(a, b)| a * b).sum();
    S::sum(S::add(S::add(sums[0], sums[1]), S::add(sums[2], sums[3]))) + rest
}

/// [`dot`] in f64 over blocks summed in f32, for vectors whose rounding counts.
#[inline(always)]
pub fn long_dot<S: Simd>(a: &[f32], b: &[f32]) -> f64 {
    let blocks = a.chunks(64).zip(b.chunks(64));
    blocks.map(|(a, b)| f64::from(dot::<S>(a, b))).sum()
}

/// Some rows of a packed matrix, unpacked, one after the other.
///
/// # Panics
/// Where there is no such row.
pub fn unpack_rows(layout: &PackedLayout, words: &[u32], ids: &[u32]) -> Vec<f32> {
    dispatch(Rows { layout, words, ids })
}

struct Rows<'a> {
    layout: &'a PackedLayout,
    words: &'a [u32],
    ids: &'a [u32],
}

impl Kernel for Rows<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<S: Simd>(self) -> Vec<f32> {
        let mut out = vec![0.0; self.ids.len() * self.layout.cols];
        for (id, out) in self.ids.iter().zip(out.chunks_exact_mut(self.layout.cols)) {
            unpack_row::<S>(self.layout, Row::new(self.layout, self.words, *id as usize), out);
        }
        out
    }
}
