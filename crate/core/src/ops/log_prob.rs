//! Log-probabilities without reading the logits back: `log p(id) = logit[id] - log(sum exp(logits))`.

use super::gpu::{self as device, Wgsl};
use super::{ModelOps, Ops, cpu};
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;

/// `log sum exp` of each row.
///
/// # Shapes
/// logits `[rows, vocabulary]`; result `[rows]`.
pub fn log_sum_exp(logits: &Tensor<2>) -> Tensor<1> {
    Tensor::from_dispatch(<Ops as ModelOps>::log_sum_exp(&logits.clone().into_dispatch()))
}

/// Single logits.
///
/// # Shapes
/// logits `[rows, vocabulary]`, pairs: their number, then `row, id` for each; result `[pairs]`.
pub fn pick(logits: &Tensor<2>, pairs: &Tensor<1, Int>) -> Tensor<1> {
    Tensor::from_dispatch(<Ops as ModelOps>::pick(
        &logits.clone().into_dispatch(),
        pairs.clone().into_dispatch(),
    ))
}

pub(super) fn cpu_log_sum_exp(logits: &FlexTensor) -> FlexTensor {
    let logits = cpu::contiguous(logits);
    let rows = cpu::f32s(&logits).chunks_exact(cpu::cols(&logits));
    cpu::vector(rows.map(cpu::rows::log_sum_exp).collect())
}

pub(super) fn cpu_pick(logits: &FlexTensor, pairs: &FlexTensor) -> FlexTensor {
    let (logits, pairs) = (cpu::contiguous(logits), cpu::contiguous(pairs));
    let width = cpu::cols(&logits);
    let values = cpu::f32s(&logits);
    let picked = cpu::u32s(&pairs)[1..]
        .chunks_exact(2)
        .map(|pair| values[pair[0] as usize * width + pair[1] as usize]);
    cpu::vector(picked.collect())
}

pub(super) fn gpu_log_sum_exp(logits: &CubeTensor) -> CubeTensor {
    let logits = device::contiguous(logits);
    let (rows, width) = device::dims(&logits);
    let y = device::empty(&logits.client, &logits.device, [rows]);
    device::launch(LogSumExpKernel { width }, (rows as u32, 1), &[&logits, &y]);
    y
}

pub(super) fn gpu_pick(logits: &CubeTensor, pairs: &CubeTensor) -> CubeTensor {
    let logits = device::contiguous(logits);
    let (_, width) = device::dims(&logits);
    let count = (pairs.meta.shape()[0] - 1) / 2;
    let y = device::empty(&logits.client, &logits.device, [count]);
    let x = count.div_ceil(PickKernel::WORKGROUP as usize) as u32;
    device::launch(PickKernel { width }, (x, 1), &[&logits, pairs, &y]);
    y
}

/// One workgroup a row; each thread keeps a running maximum and sum, thread 0 joins them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct LogSumExpKernel {
    width: usize,
}

impl Wgsl for LogSumExpKernel {
    fn wgsl(&self) -> String {
        format!(
            "@group(0) @binding(0) var<storage, read_write> logits: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
const WIDTH = {width}u;
const THREADS = {workgroup}u;
var<workgroup> maxima: array<f32, {workgroup}>;
var<workgroup> sums: array<f32, {workgroup}>;
@compute @workgroup_size({workgroup})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {{
    let base = group.x * WIDTH;
    var maximum = -3.0e38;
    for (var i = thread; i < WIDTH; i += THREADS) {{ maximum = max(maximum, logits[base + i]); }}
    var sum = 0.0;
    for (var i = thread; i < WIDTH; i += THREADS) {{ sum += exp(logits[base + i] - maximum); }}
    maxima[thread] = maximum;
    sums[thread] = sum;
    workgroupBarrier();
    if (thread == 0u) {{
        var top = maxima[0];
        for (var i = 1u; i < THREADS; i++) {{ top = max(top, maxima[i]); }}
        var total = 0.0;
        for (var i = 0u; i < THREADS; i++) {{ total += sums[i] * exp(maxima[i] - top); }}
        y[group.x] = top + log(total);
    }}
}}",
            width = self.width,
            workgroup = Self::WORKGROUP,
        )
    }
}

/// One thread a pair.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct PickKernel {
    width: usize,
}

impl Wgsl for PickKernel {
    fn wgsl(&self) -> String {
        format!(
            "@group(0) @binding(0) var<storage, read_write> logits: array<f32>;
@group(0) @binding(1) var<storage, read_write> pairs: array<u32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@compute @workgroup_size({workgroup})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
    if (id.x >= pairs[0]) {{ return; }}
    y[id.x] = logits[pairs[id.x * 2u + 1u] * {width}u + pairs[id.x * 2u + 2u]];
}}",
            width = self.width,
            workgroup = Self::WORKGROUP,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{assert_close, devices, matrix, random, values, words};

    #[test]
    fn both_devices_give_the_formula() {
        for compute in devices() {
            for (rows, width) in [(1, 3), (2, 64), (3, 1000)] {
                let logits: Vec<f32> = random(rows * width, 9).iter().map(|v| v * 60.0 + 900.0).collect();
                let expected: Vec<f64> = logits
                    .chunks(width)
                    .map(|row| {
                        row.iter()
                            .map(|v| (f64::from(*v) - 900.0).exp())
                            .sum::<f64>()
                            .ln()
                            + 900.0
                    })
                    .collect();
                let tensor = matrix(&logits, width, &compute.device);
                assert_close(&values(log_sum_exp(&tensor)), &expected, 1e-6, "log sum exp");
                let last = (rows - 1) as u32;
                let pairs = words(&[3, last, 0, 0, width as u32 - 1, last, 1], &compute.device);
                let base = last as usize * width;
                assert_eq!(
                    values(pick(&tensor, &pairs)),
                    [logits[base], logits[width - 1], logits[base + 1]]
                );
            }
            compute.check().unwrap();
        }
    }
}
