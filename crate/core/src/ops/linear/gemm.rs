//! The CPU kernels of [`super::linear`] with activations as they are.
//!
//! Many tokens: weights are unpacked a few rows at a time into an f32 panel that stays in the cache, and all tokens
//! are multiplied with it while it is there. Panel and activations are laid out so that the inner loop reads both
//! from front to back. Few tokens (decoding): each row is multiplied while it is unpacked, and never stored.

use super::part::{Dots, Part, ROWS, Window, add_dots};
use crate::ops::cpu::blocks::{Blocks, Row, STEP, unpack_row, with_blocks};
use crate::ops::cpu::{Arrange, Kernel, Simd, dispatch, unpack_four};
use crate::quant::{Format, PackedLayout};

/// Tokens below which rows are not unpacked into panels.
pub(super) const FEW_TOKENS: usize = 4;
/// Tokens and vectors of rows whose sums the inner loop holds in registers. Browsers compute an address of its own for each load
/// of a single number but the first, of which a taller tile has more, and spill the sums of a larger one.
#[cfg(target_family = "wasm")]
const SHAPE: (usize, usize) = (3, 3);
#[cfg(not(target_family = "wasm"))]
const SHAPE: (usize, usize) = (4, 2);
/// Room for the rows of a panel of any shape, with vectors of up to 16 floats.
const WIDEST: usize = 48;

/// Adds the products with a window's rows to `y`, which has as many values a token.
pub fn multiply(x: &[f32], window: &Window<'_>, y: &mut [f32], tokens: usize) {
    let layout = window.layout;
    assert!(x.len() == tokens * layout.cols && y.len() == tokens * window.rows.len());
    if tokens < FEW_TOKENS {
        let x = &Steps::new(x, layout);
        window.for_each_part(y, |part| dispatch(Few { x, tokens, part }));
    } else {
        multiply_many::<{ SHAPE.0 }, { SHAPE.1 }>(x, window, y, tokens);
    }
}

/// [`multiply`] for many tokens, in tiles of `T` tokens and `V` vectors of rows.
fn multiply_many<const T: usize, const V: usize>(
    x: &[f32],
    window: &Window<'_>,
    y: &mut [f32],
    tokens: usize,
) {
    let layout = window.layout;
    let format = layout.format;
    let x = &dispatch(Arrange { format, x });
    let tiles = &dispatch(Tiles::<T> { x, tokens, layout });
    window.for_each_part(y, |part| dispatch(Many::<T, V> { tiles, tokens, part }));
}

/// The activations of `N` tokens, at most four, side by side: `[tiles][cols][N]`. Surplus tokens of the last tile repeat the last
/// one.
pub(super) struct Tiles<'a, const N: usize> {
    pub(super) x: &'a [f32],
    pub(super) tokens: usize,
    pub(super) layout: &'a PackedLayout,
}

impl<const N: usize> Kernel for Tiles<'_, N> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<S: Simd>(self) -> Vec<f32> {
        const { assert!(0 < N && N <= 4) };
        let depth = self.layout.cols;
        let len = self.tokens.next_multiple_of(N) * depth;
        // Four tokens are laid out at a time. What there is more than N lies where the next ones go, and after the last tile.
        let mut tiles = vec![0.0; len + 4 - N];
        for start in (0..len).step_by(N * depth) {
            let mut rows = [self.x.as_ptr(); 4];
            for (i, row) in rows.iter_mut().enumerate() {
                let token = (start / depth + i).min(self.tokens - 1);
                *row = self.x[token * depth..(token + 1) * depth].as_ptr();
            }
            let out = &mut tiles[start..start + N * depth + 4 - N];
            // SAFETY: each row has `depth` values, and `out` has N for each of them and as many as the last four need.
            unsafe { S::transpose4(rows, depth, out.as_mut_ptr(), N) };
        }
        tiles.truncate(len);
        tiles
    }
}

/// Some rows of the product, all tokens.
struct Many<'a, const T: usize, const V: usize> {
    tiles: &'a [f32],
    tokens: usize,
    part: Part<'a>,
}

impl<const T: usize, const V: usize> Kernel for Many<'_, T, V> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        let Part { layout, ref rows, .. } = self.part;
        let depth = layout.cols;
        let width = V * S::LANES;
        // `[depth][width]`
        let mut panel = vec![0.0f32; width * depth];
        for start in rows.clone().step_by(width) {
            let columns = width.min(rows.end - start);
            for first in (0..columns).step_by(4) {
                // What there is no row for is not looked at.
                let four = [0, 1, 2, 3].map(|i| self.part.row((start + first + i).min(rows.end - 1)));
                unpack_four::<S>(layout, four, &mut panel, first, width);
            }
            for (tile, x) in self.tiles.chunks_exact(T * depth).enumerate() {
                let mut sums = [[0.0; WIDEST]; T];
                product::<S, T, V>(x, &panel, &mut sums);
                let first = tile * T;
                for (i, sums) in sums.iter().enumerate().take(T.min(self.tokens - first)) {
                    // SAFETY: rows of the part, held nowhere else.
                    let out = unsafe { self.part.results(first + i, start, columns) };
                    if columns == width {
                        add_to::<S, V>(out, sums);
                    } else {
                        out.iter_mut().zip(sums).for_each(|(out, sum)| *out += sum);
                    }
                }
            }
        }
    }
}

/// `out[i] += sums[i]` for a panel's vectors.
#[inline(always)]
fn add_to<S: Simd, const V: usize>(out: &mut [f32], sums: &[f32; WIDEST]) {
    const { assert!(V * S::LANES <= WIDEST) };
    assert!(out.len() == V * S::LANES);
    for at in (0..V).map(|v| v * S::LANES) {
        // SAFETY: both have as many vectors.
        unsafe {
            let place = out.as_mut_ptr().add(at);
            S::store(place, S::add(S::load(place), S::load(sums.as_ptr().add(at))));
        }
    }
}

/// `sums[m][n] = sum_k x[k][m] panel[k][n]` for a tile of tokens and a panel.
#[inline(always)]
fn product<S: Simd, const T: usize, const V: usize>(x: &[f32], panel: &[f32], sums: &mut [[f32; WIDEST]; T]) {
    const { assert!(V * S::LANES <= WIDEST) };
    let width = V * S::LANES;
    let depth = x.len() / T;
    assert!(panel.len() == depth * width);
    let mut acc = [[S::splat(0.0); V]; T];
    let (mut x, mut panel) = (x.as_ptr(), panel.as_ptr());
    for _ in 0..depth {
        // SAFETY: both pointers move `depth` times, over T and `width` values each.
        unsafe {
            let mut weights = [S::splat(0.0); V];
            for (v, weights) in weights.iter_mut().enumerate() {
                *weights = S::load(panel.add(v * S::LANES));
            }
            for (m, acc) in acc.iter_mut().enumerate() {
                let x = S::splat(*x.add(m));
                for (acc, weights) in acc.iter_mut().zip(weights) {
                    *acc = S::mul_add(x, weights, *acc);
                }
            }
            x = x.add(T);
            panel = panel.add(width);
        }
    }
    for (sums, acc) in sums.iter_mut().zip(acc) {
        for (v, acc) in acc.into_iter().enumerate() {
            // SAFETY: V vectors are no longer than WIDEST.
            unsafe { S::store(sums.as_mut_ptr().add(v * S::LANES), acc) };
        }
    }
}

/// The activations of a few tokens, and what belongs to each step.
struct Steps {
    x: Vec<f32>,
    /// Steps of a token.
    steps: usize,
    /// Sum of each step of 32 activations.
    sums: Vec<f32>,
}

impl Steps {
    fn new(x: &[f32], layout: &PackedLayout) -> Self {
        let format = layout.format;
        Self {
            x: dispatch(Arrange { format, x }),
            steps: layout.cols / STEP,
            sums: x.chunks(STEP).map(|step| step.iter().sum()).collect(),
        }
    }
}

/// Some rows of the product, a few tokens one after the other.
struct Few<'a> {
    x: &'a Steps,
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

impl<B: Blocks> Dots<B> for Steps {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::cpu::portable::Portable;
    use crate::ops::testing::{Products, Weights, random};

    /// [`multiply_many`] with vectors as short as the browser's.
    fn portable<const T: usize, const V: usize>(
        x: &[f32],
        window: &Window<'_>,
        y: &mut [f32],
        tokens: usize,
    ) {
        let layout = window.layout;
        let format = layout.format;
        let x = &Arrange { format, x }.run::<Portable>();
        let tiles = &Tiles::<T> { x, tokens, layout }.run::<Portable>();
        window.for_each_part(y, |part| Many::<T, V> { tiles, tokens, part }.run::<Portable>());
    }

    /// Tiles of every shape in use, whatever this machine takes, with rows and tokens on either side of a tile.
    #[test]
    fn tiles_of_every_shape_give_the_plain_product() {
        for (rows, cols, tokens) in [(1, 32, 4), (12, 64, 6), (49, 96, 7), (97, 32, 9)] {
            let weights = Weights::new(Format::Q4_1, rows, cols, rows as u64);
            let x = random(tokens * cols, 5);
            let exact: Vec<f64> = x.iter().map(|x| f64::from(*x)).collect();
            let products = Products::new(&exact, &weights.rows);
            let (layout, words) = weights.packed();
            let window = Window {
                words: &words,
                layout: &layout,
                rows: 0..rows,
            };
            let check = |multiply: fn(&[f32], &Window<'_>, &mut [f32], usize), what: &str| {
                let mut y = vec![0.0; tokens * rows];
                multiply(&x, &window, &mut y, tokens);
                products.assert_close(&y, &format!("{what}, {rows} x {cols}, {tokens} tokens"));
            };
            check(multiply_many::<3, 3>, "3 x 3");
            check(multiply_many::<4, 2>, "4 x 2");
            check(portable::<3, 3>, "3 x 3, portable");
            check(portable::<4, 2>, "4 x 2, portable");
        }
    }
}
