//! Root-mean-square norm: `y = x / sqrt(mean(x^2) + epsilon) * weight` (arXiv 1910.07467, eq. 4).

use super::gpu::{self as device, Wgsl};
use super::{Adapter, ModelOps, Ops, cpu};
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;

/// What a norm is made of.
#[derive(Debug, Clone)]
pub struct Norm {
    /// `[width]`.
    pub weight: Tensor<1>,
    /// What is added to the mean of the squares.
    pub epsilon: f32,
}

/// Normalises each row of `x`.
///
/// # Shapes
/// x `[tokens, width]`, rows: one word, the number of tokens; result `[tokens, width]`.
pub fn rms_norm(x: &Tensor<2>, norm: &Norm, rows: &Tensor<1, Int>, adapter: Adapter) -> Tensor<2> {
    Tensor::from_dispatch(<Ops as ModelOps>::rms_norm(
        &x.clone().into_dispatch(),
        &norm.weight.clone().into_dispatch(),
        rows.clone().into_dispatch(),
        norm.epsilon,
        adapter,
    ))
}

pub(super) fn cpu(x: &FlexTensor, weight: &FlexTensor, epsilon: f32) -> FlexTensor {
    let (x, weight) = (cpu::contiguous(x), cpu::contiguous(weight));
    let weight = cpu::f32s(&weight);
    let width = weight.len();
    let mut y = cpu::f32s(&x).to_vec();
    in_place(&mut y, weight, epsilon);
    let rows = y.len() / width;
    cpu::matrix(y, rows, width)
}

/// Each run of as many values as there are weights.
pub(super) fn in_place(values: &mut [f32], weight: &[f32], epsilon: f32) {
    for row in values.chunks_exact_mut(weight.len()) {
        let mean = cpu::rows::sum_of_squares(row) / weight.len() as f64;
        let scale = (1.0 / (mean + f64::from(epsilon)).sqrt()) as f32;
        for (value, weight) in row.iter_mut().zip(weight) {
            *value = *value * scale * weight;
        }
    }
}

pub(super) fn gpu(
    x: &CubeTensor,
    weight: &CubeTensor,
    rows: &CubeTensor,
    epsilon: f32,
    adapter: Adapter,
) -> CubeTensor {
    let x = device::contiguous(x);
    let (tokens, width) = device::dims(&x);
    let y = device::matrix_like(&x, tokens, width);
    let kernel = RmsNormKernel {
        width,
        epsilon: epsilon.to_bits(),
        threads: if adapter == Adapter::Hardware { 64 } else { 16 },
    };
    device::launch(kernel, (tokens as u32, 1), &[&x, weight, rows, &y]);
    y
}

/// One workgroup a row: each thread sums part of the squares, then all scale.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct RmsNormKernel {
    width: usize,
    epsilon: u32,
    threads: u32,
}

impl Wgsl for RmsNormKernel {
    fn workgroup(&self) -> u32 {
        self.threads
    }

    fn wgsl(&self) -> String {
        format!(
            "@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> weight: array<f32>;
@group(0) @binding(2) var<storage, read_write> n_tokens: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
const WIDTH = {width}u;
const THREADS = {workgroup}u;
var<workgroup> part: array<f32, {workgroup}>;
@compute @workgroup_size({workgroup})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {{
    let base = min(group.x, n_tokens[0] - 1u) * WIDTH;
    var sum = 0.0;
    for (var i = thread; i < WIDTH; i += THREADS) {{ let v = x[base + i]; sum += v * v; }}
    part[thread] = sum;
    workgroupBarrier();
    var total = 0.0;
    for (var i = 0u; i < THREADS; i++) {{ total += part[i]; }}
    let scale = 1.0 / sqrt(total / f32(WIDTH) + bitcast<f32>({epsilon}u));
    for (var i = thread; i < WIDTH; i += THREADS) {{ y[base + i] = x[base + i] * scale * weight[i]; }}
}}",
            width = self.width,
            workgroup = self.threads,
            epsilon = self.epsilon,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{assert_close, devices, matrix, random, values, words};
    use burn::tensor::TensorData;

    #[test]
    fn both_devices_give_the_formula() {
        for compute in devices() {
            for (tokens, width) in [(1, 4), (3, 20), (5, 576)] {
                let (x, weight) = (random(tokens * width, 1), random(width, 2));
                let mut expected = Vec::new();
                for row in x.chunks(width) {
                    let mean = row.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / width as f64;
                    let scale = 1.0 / (mean + f64::from(1e-5f32)).sqrt();
                    expected.extend(
                        row.iter()
                            .zip(&weight)
                            .map(|(v, w)| f64::from(*v) * scale * f64::from(*w)),
                    );
                }
                let norm = Norm {
                    weight: Tensor::from_data(TensorData::new(weight, [width]), &compute.device),
                    epsilon: 1e-5,
                };
                let x = matrix(&x, width, &compute.device);
                let rows = words(&[tokens as u32], &compute.device);
                for adapter in [Adapter::Hardware, Adapter::Software] {
                    let y = rms_norm(&x, &norm, &rows, adapter);
                    assert_close(&values(y), &expected, 1e-6, &format!("{tokens} x {width}"));
                }
            }
            compute.check().unwrap();
        }
    }
}
