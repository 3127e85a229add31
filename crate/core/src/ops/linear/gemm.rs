//! The CPU kernel of [`super::linear`]: weights are unpacked a few rows at a time into f32 panels that stay in
//! the cache, and multiplied by every token while they are there.

use crate::ops::flex::for_chunks;
use crate::quant::{PackedLayout, unpack_row};

/// Tokens below which a row is unpacked once and multiplied token by token (decoding).
const FEW_TOKENS: usize = 4;
/// Tasks a product is cut into, for threads to share.
const PARTS: usize = 32;
/// Tokens a micro-kernel holds in registers; with more, the compiler spills them.
const TILE_TOKENS: usize = 4;

/// `x W^T (+ residual)` as `tokens` x `rows` values.
pub fn multiply(
    x: &[f32],
    words: &[u32],
    residual: Option<&[f32]>,
    tokens: usize,
    layout: &PackedLayout,
) -> Vec<f32> {
    #[cfg(target_arch = "x86_64")]
    {
        if std::is_x86_feature_detected!("avx2")
            && std::is_x86_feature_detected!("fma")
            && std::is_x86_feature_detected!("f16c")
        {
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
        fn inner<const N: usize>(
            x: [&[f32]; TILE_TOKENS],
            panel: &[[f32; N]],
            acc: &mut [[f32; N]; TILE_TOKENS],
        ) {
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
        // Four vectors of sums, so that additions do not wait for each other.
        let mut sums = [[0.0f32; LANES]; 4];
        let (mut xs, mut ws) = (token.chunks_exact(4 * LANES), row.chunks_exact(4 * LANES));
        for (a, b) in (&mut xs).zip(&mut ws) {
            for (part, sums) in sums.iter_mut().enumerate() {
                let (a, b) = (&a[part * LANES..][..LANES], &b[part * LANES..][..LANES]);
                for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
                    *sum = multiply_add::<FUSED>(*a, *b, *sum);
                }
            }
        }
        let rest: f32 = xs
            .remainder()
            .iter()
            .zip(ws.remainder())
            .map(|(a, b)| a * b)
            .sum();
        *out = rest + sums.as_flattened().iter().sum::<f32>();
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
    // The rows are cut into parts, one a task; a part's result is `[tokens][rows of the part]`, so that parts are
    // runs of memory that threads can fill on their own.
    let part_rows = rows.div_ceil(PARTS).next_multiple_of(N);
    let mut parts = vec![0.0f32; rows * tokens];
    for_chunks(&mut parts, part_rows * tokens, |part, out| {
        let first = part * part_rows;
        let width = out.len() / tokens;
        if tokens < FEW_TOKENS {
            let mut row = vec![0.0f32; depth];
            let mut dots = vec![0.0f32; tokens];
            for n in 0..width {
                I::unpack(layout, words, first + n, &mut row);
                I::dots(x, &row, &mut dots);
                dots.iter()
                    .enumerate()
                    .for_each(|(token, dot)| out[token * width + n] = *dot);
            }
        } else {
            let mut unpacked = vec![0.0f32; N * depth];
            let mut panel = vec![[0.0f32; N]; depth];
            for start in (0..width).step_by(N) {
                for (n, row) in unpacked.chunks_exact_mut(depth).enumerate().take(width - start) {
                    I::unpack(layout, words, first + start + n, row);
                }
                interleave(&unpacked, &mut panel);
                multiply_panel::<I, N>(x, &panel, tokens, start, out);
            }
        }
    });
    join(&parts, part_rows, residual, rows, tokens)
}

/// `panel[k][n] = rows[n][k]`, a few columns at a time so that the lines written stay in the first cache.
fn interleave<const N: usize>(rows: &[f32], panel: &mut [[f32; N]]) {
    const COLUMNS: usize = 8;
    let depth = panel.len();
    for (block, panel) in panel.chunks_mut(COLUMNS).enumerate() {
        for (n, row) in rows.chunks_exact(depth).enumerate() {
            for (slot, value) in panel.iter_mut().zip(&row[block * COLUMNS..]) {
                slot[n] = *value;
            }
        }
    }
}

/// All tokens times one panel, into columns `start..` of `out[token]`.
fn multiply_panel<I: Isa, const N: usize>(
    x: &[f32],
    panel: &[[f32; N]],
    tokens: usize,
    start: usize,
    out: &mut [f32],
) {
    let depth = panel.len();
    let width = out.len() / tokens;
    let columns = N.min(width - start);
    let mut acc = [[0.0f32; N]; TILE_TOKENS];
    for first in (0..tokens).step_by(TILE_TOKENS) {
        let row = |i: usize| {
            let token = (first + i).min(tokens - 1);
            &x[token * depth..(token + 1) * depth]
        };
        I::tile([row(0), row(1), row(2), row(3)], panel, &mut acc);
        for (token, sums) in (first..tokens).zip(&acc) {
            out[token * width + start..][..columns].copy_from_slice(&sums[..columns]);
        }
    }
}

/// Lays the parts side by side, `[tokens][rows]`, and adds the residual.
fn join(parts: &[f32], part_rows: usize, residual: Option<&[f32]>, rows: usize, tokens: usize) -> Vec<f32> {
    let mut y = vec![0.0; rows * tokens];
    for (part, values) in parts.chunks(part_rows * tokens).enumerate() {
        let width = values.len() / tokens;
        for (token, run) in values.chunks_exact(width).enumerate() {
            let at = token * rows + part * part_rows;
            match residual {
                None => y[at..at + width].copy_from_slice(run),
                Some(residual) => {
                    let sums = run.iter().zip(&residual[at..at + width]);
                    y[at..at + width]
                        .iter_mut()
                        .zip(sums)
                        .for_each(|(y, (a, b))| *y = a + b);
                }
            }
        }
    }
    y
}
