//! What the tests of the operations share.

use super::{Matrix, plan};
use crate::device::Compute;
use crate::quant::{Format, PackedLayout, repack, testing::random_blocks, unpack_row};
use crate::random::SplitMix64;
use burn::tensor::{Device, Int, Tensor, TensorData};
use core::future::Future;
use core::pin::pin;
use core::task::{Context, Poll, Waker};

/// Runs a future that never has to wait for another thread's wake-up.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
        std::thread::yield_now();
    }
}

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
    packed: Vec<u32>,
    pub rows: Vec<Vec<f32>>,
}

impl Weights {
    pub fn new(format: Format, rows: usize, cols: usize, seed: u64) -> Self {
        let layout = PackedLayout::new(format, rows, cols).unwrap();
        let packed = repack(format, &random_blocks(format, layout.blocks(), seed)).unwrap();
        let row = |r| {
            let mut out = vec![0.0; cols];
            unpack_row(&layout, &packed, r, &mut out);
            out
        };
        Self {
            layout,
            rows: (0..rows).map(row).collect(),
            packed,
        }
    }

    pub fn format(&self) -> Format {
        self.layout.format
    }

    pub fn upload(&self, device: &Device) -> Matrix {
        Matrix {
            words: words(&self.packed, device),
            spec: self.layout,
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
