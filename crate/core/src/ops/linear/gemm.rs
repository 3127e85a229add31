//! The CPU kernels of [`super::linear`] with activations as they are.
//!
//! Many tokens: weights are unpacked a few rows at a time into an f32 panel that stays in the cache, and all tokens
//! are multiplied with it while it is there. Panel and activations are laid out so that the inner loop reads both
//! from front to back. Few tokens (decoding): each row is multiplied while it is unpacked, and never stored.

use super::part::{Dots, PART, Part, ROWS, Window, add_dots};
use crate::ops::cpu::blocks::{Blocks, Row, STEP, unpack_row, with_blocks};
use crate::ops::cpu::{Kernel, Simd, dispatch};
use crate::quant::{Format, PackedLayout};

/// Tokens below which rows are not unpacked into panels.
pub(super) const FEW_TOKENS: usize = 4;
/// Tokens the inner loop holds in registers; with more, browsers spill them.
pub(super) const TILE: usize = 4;

/// Adds the products with a window's rows to `y`, which has as many values a token.
pub fn multiply(x: &[f32], window: &Window<'_>, y: &mut [f32], tokens: usize) {
    let layout = window.layout;
    assert!(x.len() == tokens * layout.cols && y.len() == tokens * window.rows.len());
    if tokens < FEW_TOKENS {
        let x = dispatch(Steps { x, layout });
        window.for_each_part(y, |part| dispatch(Few { x: &x, tokens, part }));
    } else {
        let tiles = dispatch(Tiles { x, tokens, layout });
        window.for_each_part(y, |part| {
            dispatch(Many {
                tiles: &tiles,
                tokens,
                part,
            });
        });
    }
}

/// The activations of [`TILE`] tokens side by side: `[tiles][cols][TILE]`. Surplus tokens of the last tile repeat the
/// last one.
pub(super) struct Tiles<'a> {
    pub(super) x: &'a [f32],
    pub(super) tokens: usize,
    pub(super) layout: &'a PackedLayout,
}

impl Kernel for Tiles<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<S: Simd>(self) -> Vec<f32> {
        let depth = self.layout.cols;
        let mut tiles = vec![0.0; self.tokens.next_multiple_of(TILE) * depth];
        for (tile, out) in tiles.chunks_exact_mut(TILE * depth).enumerate() {
            let mut rows = [self.x.as_ptr(); TILE];
            for (i, row) in rows.iter_mut().enumerate() {
                let token = (tile * TILE + i).min(self.tokens - 1);
                *row = self.x[token * depth..(token + 1) * depth].as_ptr();
            }
            // SAFETY: each row has `depth` values, and `out` has four times as many.
            unsafe { S::transpose4(rows, depth, out.as_mut_ptr(), TILE) };
        }
        tiles
    }
}

/// Some rows of the product, all tokens.
struct Many<'a> {
    tiles: &'a [f32],
    tokens: usize,
    part: Part<'a>,
}

impl Kernel for Many<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        let Part { layout, ref rows, .. } = self.part;
        let depth = layout.cols;
        let width = 2 * S::LANES;
        let mut unpacked = vec![0.0f32; width * depth];
        // `[depth][width]`
        let mut panel = vec![0.0f32; width * depth];
        for start in rows.clone().step_by(width) {
            let columns = width.min(rows.end - start);
            for (i, out) in unpacked.chunks_exact_mut(depth).enumerate().take(columns) {
                unpack_row::<S>(layout, self.part.row(start + i), out);
            }
            for first in (0..width).step_by(4) {
                let mut four = [unpacked.as_ptr(); 4];
                for (i, row) in four.iter_mut().enumerate() {
                    *row = unpacked[(first + i) * depth..].as_ptr();
                }
                // SAFETY: each row has `depth` values; `panel` has `width` for each of them, and `first + 4 <= width`.
                unsafe { S::transpose4(four, depth, panel.as_mut_ptr().add(first), width) };
            }
            for (tile, x) in self.tiles.chunks_exact(TILE * depth).enumerate() {
                let mut sums = [0.0; TILE * PART];
                product::<S>(x, &panel, &mut sums);
                let first = tile * TILE;
                for (i, sums) in sums
                    .chunks_exact(width)
                    .enumerate()
                    .take(TILE.min(self.tokens - first))
                {
                    // SAFETY: rows of the part, held nowhere else.
                    let out = unsafe { self.part.results(first + i, start, columns) };
                    if columns == width {
                        add_to::<S>(out, sums);
                    } else {
                        out.iter_mut().zip(sums).for_each(|(out, sum)| *out += sum);
                    }
                }
            }
        }
    }
}

/// `out[i] += sums[i]` for two vectors.
#[inline(always)]
fn add_to<S: Simd>(out: &mut [f32], sums: &[f32]) {
    assert!(out.len() == 2 * S::LANES && sums.len() == 2 * S::LANES);
    for at in [0, S::LANES] {
        // SAFETY: both have two vectors.
        unsafe {
            let place = out.as_mut_ptr().add(at);
            S::store(place, S::add(S::load(place), S::load(sums.as_ptr().add(at))));
        }
    }
}

/// `sums[m][n] = sum_k x[k][m] panel[k][n]` for a tile of tokens and two vectors of rows.
#[inline(always)]
fn product<S: Simd>(x: &[f32], panel: &[f32], sums: &mut [f32; TILE * PART]) {
    let width = 2 * S::LANES;
    let depth = x.len() / TILE;
    assert!(panel.len() == depth * width && TILE * width <= sums.len());
    let mut acc = [[S::splat(0.0); 2]; TILE];
    let (mut x, mut panel) = (x.as_ptr(), panel.as_ptr());
    for _ in 0..depth {
        // SAFETY: both pointers move `depth` times, over `TILE` and `width` values each.
        unsafe {
            let (w0, w1) = (S::load(panel), S::load(panel.add(S::LANES)));
            for (m, acc) in acc.iter_mut().enumerate() {
                let x = S::splat(*x.add(m));
                acc[0] = S::mul_add(x, w0, acc[0]);
                acc[1] = S::mul_add(x, w1, acc[1]);
            }
            x = x.add(TILE);
            panel = panel.add(width);
        }
    }
    for (m, acc) in acc.iter().enumerate() {
        for (n, acc) in acc.iter().enumerate() {
            // SAFETY: `TILE * width` values fit into `sums`.
            unsafe { S::store(sums.as_mut_ptr().add(m * width + n * S::LANES), *acc) };
        }
    }
}

/// Activations in the order in which a format's quants are taken apart.
struct Steps<'a> {
    x: &'a [f32],
    layout: &'a PackedLayout,
}

struct Arranged {
    x: Vec<f32>,
    /// Steps of a token.
    steps: usize,
    /// Sum of each step of 32 activations.
    sums: Vec<f32>,
}

impl Kernel for Steps<'_> {
    type Output = Arranged;

    #[inline(always)]
    fn run<S: Simd>(self) -> Arranged {
        let mut x = self.x.to_vec();
        match self.layout.format {
            Format::F32 | Format::F16 | Format::BF16 => {}
            Format::Q4_0 | Format::Q4_1 => arrange(self.x, &mut x, &S::NIBBLE_PLACES),
            _ => arrange(self.x, &mut x, &S::BYTE_PLACES),
        }
        let sums = self.x.chunks(STEP).map(|step| step.iter().sum()).collect();
        Arranged {
            x,
            steps: self.layout.cols / STEP,
            sums,
        }
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

/// Some rows of the product, a few tokens one after the other.
struct Few<'a> {
    x: &'a Arranged,
    tokens: usize,
    part: Part<'a>,
}

impl Kernel for Few<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        with_blocks!(
            self.part.layout.format,
            add_dots::<S>(&self.part, self.tokens, self.x),
            few_floats::<S>(&self)
        );
    }
}

impl<B: Blocks> Dots<B> for Arranged {
    #[inline(always)]
    fn dots<S: Simd>(&self, token: usize, rows: [Row; ROWS]) -> [f32; ROWS] {
        let steps = self.steps;
        let x = &self.x[token * steps * STEP..][..steps * STEP];
        dot_steps::<B, S>(x, &self.sums[token * steps..][..steps], rows)
    }
}

/// `sum_k x[k] w[k]` for several rows: scales and minima are applied to the sums of a step, not to each weight.
#[inline(always)]
fn dot_steps<B: Blocks, S: Simd>(x: &[f32], sums: &[f32], rows: [Row; ROWS]) -> [f32; ROWS] {
    let mut totals = [S::splat(0.0); ROWS];
    let mut minima = [0.0f32; ROWS];
    for (index, (x, sum)) in x.as_chunks::<STEP>().0.iter().zip(sums).enumerate() {
        for r in 0..ROWS {
            // SAFETY: a row has one step for each 32 of its columns.
            if let Some((bytes, scale, minimum)) = unsafe { B::nibbles::<S>(rows[r], index) } {
                let [first, second] = S::lane_nibbles(bytes);
                let dot = dot16::<S>(&x[16..], second, Some(dot16::<S>(&x[..16], first, None)));
                totals[r] = S::mul_add(dot, S::splat(scale), totals[r]);
                minima[r] += minimum * sum;
                continue;
            }
            // SAFETY: as above.
            let step = unsafe { B::step::<S>(rows[r], index) };
            let first = dot16::<S>(&x[..16], S::lane_bytes(step.quants[0]), None);
            if B::TWO_SCALES {
                let second = dot16::<S>(&x[16..], S::lane_bytes(step.quants[1]), None);
                totals[r] = S::mul_add(first, S::splat(step.scales[0]), totals[r]);
                totals[r] = S::mul_add(second, S::splat(step.scales[1]), totals[r]);
            } else {
                let both = dot16::<S>(&x[16..], S::lane_bytes(step.quants[1]), Some(first));
                totals[r] = S::mul_add(both, S::splat(step.scales[0]), totals[r]);
            }
            if B::HAS_MINIMUM {
                minima[r] += step.minimum * sum;
            }
        }
    }
    core::array::from_fn(|r| S::sum(totals[r]) + minima[r])
}

/// Products of 16 activations and quants, summed lane by lane onto `before`.
#[inline(always)]
fn dot16<S: Simd>(x: &[f32], quants: S::Wide, before: Option<S::F>) -> S::F {
    assert!(x.len() == 16);
    let mut sum = before;
    for (i, quants) in quants.as_ref().iter().enumerate() {
        // SAFETY: 16 / LANES vectors of LANES floats.
        let x = unsafe { S::load(x.as_ptr().add(i * S::LANES)) };
        sum = Some(match sum {
            Some(sum) => S::mul_add(x, *quants, sum),
            None => S::mul(x, *quants),
        });
    }
    sum.unwrap_or(S::splat(0.0))
}

/// Formats of plain floats: a row is unpacked and then multiplied.
#[inline(always)]
fn few_floats<S: Simd>(work: &Few<'_>) {
    let Part { layout, ref rows, .. } = work.part;
    let mut row = vec![0.0f32; layout.cols];
    for number in rows.clone() {
        unpack_row::<S>(layout, work.part.row(number), &mut row);
        for (token, x) in work.x.x.chunks_exact(layout.cols).enumerate() {
            // SAFETY: a row of the part, held nowhere else.
            unsafe { work.part.results(token, number, 1)[0] += crate::ops::cpu::dot::<S>(x, &row) };
        }
    }
}
