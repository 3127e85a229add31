//! The kernels against the definition of the rounding.

use super::*;
use crate::ops::cpu::Kernel;
use crate::ops::cpu::portable::Portable;
use crate::ops::testing::{Products, random};
use crate::quant::{PackedLayout, repack, testing::random_blocks, unpack};

/// The rounding by its definition.
fn rounded(x: &[f32]) -> Vec<f64> {
    x.chunks(STEP)
        .flat_map(|step| {
            let scale = step.iter().fold(0.0f32, |a, b| a.max(b.abs())) / 127.0;
            let round = move |x: &f32| (f64::from(*x) / f64::from(scale)).round_ties_even();
            step.iter().map(move |x| {
                if scale == 0.0 {
                    0.0
                } else {
                    round(x) * f64::from(scale)
                }
            })
        })
        .collect()
}

struct Case {
    layout: PackedLayout,
    words: Vec<u32>,
    weights: Vec<Vec<f32>>,
}

impl Case {
    fn new(format: Format, rows: usize, cols: usize) -> Self {
        let layout = PackedLayout::new(format, rows, cols).unwrap();
        Self::of(layout, &random_blocks(format, layout.blocks(), 3))
    }

    fn of(layout: PackedLayout, blocks: &[u8]) -> Self {
        let mut weights = vec![0.0; layout.rows * layout.cols];
        unpack(layout.format, blocks, &mut weights).unwrap();
        let weights = weights.chunks(layout.cols).map(<[f32]>::to_vec).collect();
        let words = repack(layout.format, blocks).unwrap();
        Self {
            layout,
            words,
            weights,
        }
    }

    fn multiply(&self, x: &[f32]) -> Vec<f32> {
        let tokens = x.len() / self.layout.cols;
        let mut y = vec![0.0; tokens * self.layout.rows];
        multiply(x, &self.window(), &mut y, tokens);
        y
    }

    fn window(&self) -> Window<'_> {
        Window {
            words: &self.words,
            layout: &self.layout,
            rows: 0..self.layout.rows,
        }
    }

    /// The kernels without vector instructions.
    fn portable(&self, x: &[f32]) -> Vec<f32> {
        let layout = &self.layout;
        let tokens = x.len() / layout.cols;
        let mut y = vec![0.0; tokens * layout.rows];
        if tokens < FEW_TOKENS {
            let x = &Round::<1> { x, layout }.run::<Portable>();
            self.window().for_each_part(&mut y, |part| {
                Few { x, tokens, part }.run::<Portable>();
            });
        } else {
            let tiles = Tiles::<TILE> { x, tokens, layout }.run::<Portable>();
            let x = &Round::<TILE> { x: &tiles, layout }.run::<Portable>();
            self.window().for_each_part(&mut y, |part| {
                Many { x, tokens, part }.run::<Portable>();
            });
        }
        y
    }

    fn check(&self, x: &[f32]) {
        let products = Products::new(&rounded(x), &self.weights);
        let what = format!("{:?}, {} tokens", self.layout, x.len() / self.layout.cols);
        products.assert_close(&self.multiply(x), &what);
        products.assert_close(&self.portable(x), &format!("{what}, portable"));
    }
}

#[test]
fn the_product_is_that_of_rounded_activations() {
    for format in Format::ALL.into_iter().filter(|format| suits(*format)) {
        for (rows, columns) in [(1, 1), (14, 3), (67, 2)] {
            let case = Case::new(format, rows, columns * format.block_len().max(64));
            for tokens in [1, 3, 4, 9] {
                case.check(&random(tokens * case.layout.cols, 5));
            }
        }
    }
}

#[test]
fn sums_of_the_largest_numbers_fit() {
    for format in Format::ALL.into_iter().filter(|format| suits(*format)) {
        let layout = PackedLayout::new(format, 5, 2 * format.block_len()).unwrap();
        let mut blocks = random_blocks(format, layout.blocks(), 4);
        let floats = match format {
            Format::Q4_0 | Format::Q5_0 => 0..2,
            _ => 0..4,
        };
        for block in blocks.chunks_exact_mut(format.block_bytes()) {
            let bytes = block.iter_mut().enumerate();
            bytes
                .filter(|(at, _)| !floats.contains(at))
                .for_each(|(_, byte)| *byte = 255);
        }
        let case = Case::of(layout, &blocks);
        for x in [1.0, -1.0] {
            case.check(&vec![x; case.layout.cols]);
            case.check(&vec![x; 5 * case.layout.cols]);
        }
    }
}

#[test]
fn zeros_stay_zeros_and_what_is_no_number_shows() {
    let case = Case::new(Format::Q4_1, 8, 64);
    for tokens in [1, 4] {
        let mut x = vec![0.0; tokens * 64];
        assert!(case.multiply(&x).iter().all(|y| *y == 0.0));
        for bad in [f32::NAN, f32::INFINITY] {
            x[tokens * 64 - 1] = bad;
            let y = case.multiply(&x);
            let (before, last) = y.split_at((tokens - 1) * 8);
            assert!(before.iter().all(|y| *y == 0.0));
            assert!(last.iter().all(|y| y.is_nan()), "{last:?}");
        }
    }
}
