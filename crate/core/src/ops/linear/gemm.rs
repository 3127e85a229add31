//! The CPU kernel of [`super::linear`]: weights are unpacked a few rows at a time into f32 panels that stay in
//! the cache, and multiplied by every token while they are there.

use crate::ops::flex::for_chunks;
use crate::quant::{PackedLayout, unpack_row};

/// Tokens below which a row is unpacked once and multiplied token by token (decoding).
const FEW_TOKENS: usize = 4;
/// Tokens a micro-kernel holds in registers.
const TILE_TOKENS: usize = 4;

/// `x W^T (+ residual)` as `tokens` x `rows` values.
pub fn multiply(x: &[f32], words: &[u32], residual: Option<&[f32]>, tokens: usize, layout: &PackedLayout) -> Vec<f32> {
    #[cfg(target_arch = "x86_64")]
    {
        if std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma") {
            return drive::<Avx2, 16>(x, words, residual, tokens, layout);
        }
    }
    drive::<Portable, 8>(x, words, residual, tokens, layout)
}

/// One instruction set: the same kernels, compiled for it.
trait Isa: Sync {
    /// Dot products of `row` with each token.
    fn dots(x: &[f32], row: &[f32], out: &mut [f32]);
    /// Unpacks a row.
    fn unpack(layout: &PackedLayout, words: &[u32], row: usize, out: &mut [f32]);
    /// `acc[m][n] = sum_k x[m][k] panel[k][n]` for up to [`TILE_TOKENS`] tokens.
    fn tile<const N: usize>(x: [&[f32]; TILE_TOKENS], panel: &[[f32; N]], acc: &mut [[f32; N]; TILE_TOKENS]);
}

struct Portable;

impl Isa for Portable {
    fn dots(x: &[f32], row: &[f32], out: &mut [f32]) {
        dots::<4, false>(x, row, out);
    }
    fn unpack(layout: &PackedLayout, words: &[u32], row: usize, out: &mut [f32]) {
        unpack_row(layout, words, row, out);
    }
    fn tile<const N: usize>(x: [&[f32]; TILE_TOKENS], panel: &[[f32; N]], acc: &mut [[f32; N]; TILE_TOKENS]) {
        tile::<N, false>(x, panel, acc);
    }
}

#[cfg(target_arch = "x86_64")]
struct Avx2;

#[cfg(target_arch = "x86_64")]
impl Isa for Avx2 {
    fn dots(x: &[f32], row: &[f32], out: &mut [f32]) {
        #[target_feature(enable = "avx2,fma,f16c")]
        fn inner(x: &[f32], row: &[f32], out: &mut [f32]) {
            dots::<8, true>(x, row, out);
        }
        // SAFETY: `multiply` chose this implementation after detecting the features.
        unsafe { inner(x, row, out) }
    }
    fn unpack(layout: &PackedLayout, words: &[u32], row: usize, out: &mut [f32]) {
        #[target_feature(enable = "avx2,fma,f16c")]
        fn inner(layout: &PackedLayout, words: &[u32], row: usize, out: &mut [f32]) {
            unpack_row(layout, words, row, out);
        }
        // SAFETY: as above.
        unsafe { inner(layout, words, row, out) }
    }
    fn tile<const N: usize>(x: [&[f32]; TILE_TOKENS], panel: &[[f32; N]], acc: &mut [[f32; N]; TILE_TOKENS]) {
        #[target_feature(enable = "avx2,fma,f16c")]
        fn inner<const N: usize>(x: [&[f32]; TILE_TOKENS], panel: &[[f32; N]], acc: &mut [[f32; N]; TILE_TOKENS]) {
            tile::<N, true>(x, panel, acc);
        }
        // SAFETY: as above.
        unsafe { inner(x, panel, acc) }
    }
}

/// `a * b + c`; fused only where that is one instruction, because elsewhere it is a library call.
#[inline(always)]
fn multiply_add<const FUSED: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FUSED { a.mul_add(b, c) } else { a * b + c }
}

#[inline(always)]
fn dots<const LANES: usize, const FUSED: bool>(x: &[f32], row: &[f32], out: &mut [f32]) {
    for (token, out) in x.chunks_exact(row.len()).zip(out) {
        let mut sums = [[0.0f32; LANES]; 4];
        let (mut xs, mut ws) = (token.chunks_exact(4 * LANES), row.chunks_exact(4 * LANES));
        for (a, b) in (&mut xs).zip(&mut ws) {
            for part in 0..4 {
                for lane in 0..LANES {
                    let i = part * LANES + lane;
                    sums[part][lane] = multiply_add::<FUSED>(a[i], b[i], sums[part][lane]);
                }
            }
        }
        let mut sum: f32 = xs.remainder().iter().zip(ws.remainder()).map(|(a, b)| a * b).sum();
        for lane in 0..LANES {
            sum += (sums[0][lane] + sums[1][lane]) + (sums[2][lane] + sums[3][lane]);
        }
        *out = sum;
    }
}

#[inline(always)]
fn tile<const N: usize, const FUSED: bool>(
    x: [&[f32]; TILE_TOKENS],
    panel: &[[f32; N]],
    acc: &mut [[f32; N]; TILE_TOKENS],
) {
    let depth = panel.len();
    let [x0, x1, x2, x3] = x.map(|row| &row[..depth]);
    let [mut a0, mut a1, mut a2, mut a3] = [[0.0f32; N]; TILE_TOKENS];
    for k in 0..depth {
        let w = &panel[k];
        for n in 0..N {
            a0[n] = multiply_add::<FUSED>(x0[k], w[n], a0[n]);
            a1[n] = multiply_add::<FUSED>(x1[k], w[n], a1[n]);
            a2[n] = multiply_add::<FUSED>(x2[k], w[n], a2[n]);
            a3[n] = multiply_add::<FUSED>(x3[k], w[n], a3[n]);
        }
    }
    *acc = [a0, a1, a2, a3];
}

fn drive<I: Isa, const N: usize>(
    x: &[f32],
    words: &[u32],
    residual: Option<&[f32]>,
    tokens: usize,
    layout: &PackedLayout,
) -> Vec<f32> {
    let (rows, depth) = (layout.rows, layout.cols);
    // Computed transposed, [rows][tokens], so that each part of the rows is one run of memory.
    let mut transposed = vec![0.0f32; rows * tokens];
    let part_rows = rows.div_ceil(64).next_multiple_of(N);
    for_chunks(&mut transposed, part_rows * tokens, |part, chunk| {
        let first = part * part_rows;
        if tokens < FEW_TOKENS {
            let mut row = vec![0.0f32; depth];
            for (i, out) in chunk.chunks_exact_mut(tokens).enumerate() {
                I::unpack(layout, words, first + i, &mut row);
                I::dots(x, &row, out);
            }
        } else {
            let mut row = vec![0.0f32; depth];
            let mut panel = vec![[0.0f32; N]; depth];
            for (block, out) in chunk.chunks_mut(N * tokens).enumerate() {
                let width = out.len() / tokens;
                for n in 0..width {
                    I::unpack(layout, words, first + block * N + n, &mut row);
                    for (slot, value) in panel.iter_mut().zip(&row) {
                        slot[n] = *value;
                    }
                }
                multiply_panel::<I, N>(x, &panel, tokens, width, out);
            }
        }
    });
    untranspose(&transposed, residual, rows, tokens)
}

/// All tokens times one panel of `width` rows, into `out[n][token]`.
fn multiply_panel<I: Isa, const N: usize>(x: &[f32], panel: &[[f32; N]], tokens: usize, width: usize, out: &mut [f32]) {
    let depth = panel.len();
    let mut acc = [[0.0f32; N]; TILE_TOKENS];
    for first in (0..tokens).step_by(TILE_TOKENS) {
        let row = |i: usize| {
            let token = (first + i).min(tokens - 1);
            &x[token * depth..(token + 1) * depth]
        };
        I::tile([row(0), row(1), row(2), row(3)], panel, &mut acc);
        for (i, sums) in acc.iter().enumerate().take(tokens - first) {
            for n in 0..width {
                out[n * tokens + first + i] = sums[n];
            }
        }
    }
}

fn untranspose(transposed: &[f32], residual: Option<&[f32]>, rows: usize, tokens: usize) -> Vec<f32> {
    let mut y = match residual {
        Some(residual) => residual.to_vec(),
        None => vec![0.0; rows * tokens],
    };
    for (n, column) in transposed.chunks_exact(tokens).enumerate() {
        for (t, value) in column.iter().enumerate() {
            y[t * rows + n] += value;
        }
    }
    y
}
