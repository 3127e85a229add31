//! What the tests of the operations share.

use super::{Matrix, plan};
use crate::device::Compute;
use crate::quant::{Format, PackedLayout, repack, testing::random_blocks, unpack};
use crate::random::SplitMix64;
use burn::tensor::{Device, Int, Tensor, TensorData};
use core::ops::Range;

pub use crate::host::block_on as wait;

/// Both kinds of device. A machine without a Vulkan driver fails here: it never skips.
pub fn devices() -> [Compute; 2] {
    [
        Compute::cpu(),
        wait(Compute::gpu()).expect("a Vulkan driver (Debian: mesa-vulkan-drivers)"),
    ]
}

/// Uniform values in -1..1.
pub fn random(count: usize, seed: u64) -> Vec<f32> {
    let mut random = SplitMix64::new(seed);
    (0..count).map(|_| random.uniform() as f32 * 2.0 - 1.0).collect()
}

pub fn matrix(values: &[f32], cols: usize, device: &Device) -> Tensor<2> {
    Tensor::from_data(
        TensorData::new(values.to_vec(), [values.len() / cols, cols]),
        device,
    )
}

pub fn words(values: &[u32], device: &Device) -> Tensor<1, Int> {
    plan::upload(values.to_vec(), device)
}

/// A random packed matrix and its values unpacked.
pub struct Weights {
    layout: PackedLayout,
    /// As in a file.
    blocks: Vec<u8>,
    pub rows: Vec<Vec<f32>>,
}

impl Weights {
    pub fn new(format: Format, rows: usize, cols: usize, seed: u64) -> Self {
        let layout = PackedLayout::new(format, rows, cols).unwrap();
        let blocks = random_blocks(format, layout.blocks(), seed);
        let mut unpacked = vec![0.0; rows * cols];
        unpack(format, &blocks, &mut unpacked).unwrap();
        Self {
            layout,
            blocks,
            rows: unpacked.chunks_exact(cols).map(<[f32]>::to_vec).collect(),
        }
    }

    /// Some of the rows.
    pub fn part(&self, rows: Range<usize>) -> Self {
        let row_bytes = self.blocks.len() / self.rows.len();
        let PackedLayout { format, cols, .. } = self.layout;
        Self {
            layout: PackedLayout::new(format, rows.len(), cols).unwrap(),
            blocks: self.blocks[rows.start * row_bytes..rows.end * row_bytes].to_vec(),
            rows: self.rows[rows].to_vec(),
        }
    }

    /// The largest weight.
    pub fn largest(&self) -> f32 {
        self.rows
            .iter()
            .flatten()
            .fold(0.0, |most, weight| weight.abs().max(most))
    }

    pub fn format(&self) -> Format {
        self.layout.format
    }

    /// The layout, and the words of the packed matrix.
    pub fn packed(&self) -> (PackedLayout, Vec<u32>) {
        (self.layout, repack(self.layout.format, &self.blocks).unwrap())
    }

    pub fn upload(&self, device: &Device) -> Matrix {
        let (spec, packed) = self.packed();
        Matrix {
            words: words(&packed, device),
            spec,
        }
    }
}

pub fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    wait(tensor.into_data_async()).unwrap().try_into_vec().unwrap()
}

/// Each value within `tolerance`, relative to the larger of 1 and the expected value.
pub fn assert_close(found: &[f32], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (i, (f, e)) in found.iter().zip(expected).enumerate() {
        let error = (f64::from(*f) - e).abs();
        assert!(
            error <= tolerance * e.abs().max(1.0),
            "{what}: value {i} is {f}, expected {e}"
        );
    }
}

/// The exact products of activations and weights, `[tokens][rows]`.
pub struct Products {
    pub values: Vec<f64>,
    /// The largest each could be with the sizes of its activations and of its row, which bounds its rounding.
    pub sizes: Vec<f64>,
}

impl Products {
    pub fn new(x: &[f64], rows: &[Vec<f32>]) -> Self {
        let (mut values, mut sizes) = (Vec::new(), Vec::new());
        for token in x.chunks(rows[0].len()) {
            let size: f64 = token.iter().map(|x| x.abs()).sum();
            for row in rows {
                let terms = token.iter().zip(row);
                values.push(terms.map(|(x, w)| x * f64::from(*w)).sum());
                let largest = row.iter().fold(0.0f64, |a, w| a.max(f64::from(w.abs())));
                sizes.push(size * largest);
            }
        }
        Self { values, sizes }
    }

    /// Rounding of f32 only.
    pub fn assert_close(&self, found: &[f32], what: &str) {
        assert_eq!(found.len(), self.values.len(), "{what}");
        let exact = self.values.iter().zip(&self.sizes);
        for (i, (found, (value, size))) in found.iter().zip(exact).enumerate() {
            assert!(
                (f64::from(*found) - value).abs() <= 2e-6 * size,
                "{what}: product {i} is {found}, expected {value} of at most {size}"
            );
        }
    }
}
