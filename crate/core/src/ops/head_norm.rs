//! Norm of every query head and key head, before they are turned (arXiv 2302.05442, section 2, with root mean squares in the
//! place of layer norm): `y = x / sqrt(mean(x^2) + epsilon) * weight` over the columns of a head. Values stay as they are.

use super::gpu::{self as device, Wgsl};
use super::rms_norm::{self, Norm};
use super::{HeadSpec, ModelOps, Ops, cpu};
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;

/// Norms the heads of each token.
///
/// # Shapes
/// qkv `[tokens, q_width + 2 kv_width]`, weights of the norm `[2 dim]`: of queries, then of keys; rows: one word, the number of
/// tokens; result as qkv.
pub fn head_norm(qkv: &Tensor<2>, norm: &Norm, rows: &Tensor<1, Int>, heads: HeadSpec) -> Tensor<2> {
    Tensor::from_dispatch(<Ops as ModelOps>::head_norm(
        &qkv.clone().into_dispatch(),
        &norm.weight.clone().into_dispatch(),
        rows.clone().into_dispatch(),
        norm.epsilon,
        heads,
    ))
}

pub(super) fn cpu(qkv: &FlexTensor, weight: &FlexTensor, epsilon: f32, heads: HeadSpec) -> FlexTensor {
    let (qkv, weight) = (cpu::contiguous(qkv), cpu::contiguous(weight));
    let (of_queries, of_keys) = cpu::f32s(&weight).split_at(heads.dim);
    let mut y = cpu::f32s(&qkv).to_vec();
    let width = heads.q_width() + 2 * heads.kv_width();
    for token in y.chunks_exact_mut(width) {
        let (queries, others) = token.split_at_mut(heads.q_width());
        rms_norm::in_place(queries, of_queries, epsilon);
        rms_norm::in_place(&mut others[..heads.kv_width()], of_keys, epsilon);
    }
    let rows = y.len() / width;
    cpu::matrix(y, rows, width)
}

pub(super) fn gpu(
    qkv: &CubeTensor,
    weight: &CubeTensor,
    rows: &CubeTensor,
    epsilon: f32,
    heads: HeadSpec,
) -> CubeTensor {
    let qkv = device::contiguous(qkv);
    let (tokens, width) = device::dims(&qkv);
    let y = device::matrix_like(&qkv, tokens, width);
    let kernel = HeadNormKernel {
        heads,
        epsilon: epsilon.to_bits(),
    };
    let units = tokens * (width / heads.dim);
    let groups = device::groups_for(units.div_ceil(HeadNormKernel::WORKGROUP as usize));
    device::launch(kernel, groups, &[&qkv, weight, rows, &y]);
    y
}

/// One thread a head, which is short: no thread waits for another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct HeadNormKernel {
    heads: HeadSpec,
    epsilon: u32,
}

impl Wgsl for HeadNormKernel {
    const WORKGROUP: u32 = 32;

    fn wgsl(&self) -> String {
        let HeadSpec { heads, kv_heads, dim } = self.heads;
        format!(
            "@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> weight: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> n_tokens: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<vec4<f32>>;
const D4 = {d4}u;
@compute @workgroup_size({workgroup})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) thread: u32,
) {{
    let unit = (group.y * groups.x + group.x) * {workgroup}u + thread;
    if (unit >= n_tokens[0] * {all}u) {{ return; }}
    let head = unit % {all}u;
    let base = unit * D4;
    if (head >= {normed}u) {{
        for (var i = 0u; i < D4; i++) {{ y[base + i] = x[base + i]; }}
        return;
    }}
    var sum = 0.0;
    for (var i = 0u; i < D4; i++) {{ sum += dot(x[base + i], x[base + i]); }}
    let scale = 1.0 / sqrt(sum / {dim}.0 + bitcast<f32>({epsilon}u));
    let first = select(D4, 0u, head < {heads}u);
    for (var i = 0u; i < D4; i++) {{ y[base + i] = x[base + i] * scale * weight[first + i]; }}
}}",
            d4 = dim / 4,
            all = heads + 2 * kv_heads,
            normed = heads + kv_heads,
            workgroup = Self::WORKGROUP,
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
    fn both_devices_norm_queries_and_keys_and_leave_values() {
        for (query_heads, kv_heads, dim, tokens) in [(4, 2, 8, 3), (3, 1, 20, 1), (16, 8, 128, 5)] {
            let heads = HeadSpec {
                heads: query_heads,
                kv_heads,
                dim,
            };
            let all = query_heads + 2 * kv_heads;
            let (x, weight) = (random(tokens * all * dim, 1), random(2 * dim, 2));
            // Large enough to count beside the mean of the squares.
            let epsilon = 0.1f32;
            let mut expected = Vec::new();
            for (i, head) in x.chunks(dim).enumerate() {
                let weights = match i % all {
                    head if head < query_heads => Some(&weight[..dim]),
                    head if head < query_heads + kv_heads => Some(&weight[dim..]),
                    _ => None,
                };
                let mean = head.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / dim as f64;
                let scale = 1.0 / (mean + f64::from(epsilon)).sqrt();
                expected.extend(head.iter().enumerate().map(|(i, v)| {
                    let factor = weights.map_or(1.0, |weights| scale * f64::from(weights[i]));
                    f64::from(*v) * factor
                }));
            }
            for compute in devices() {
                let device = &compute.device;
                let norm = Norm {
                    weight: Tensor::from_data(TensorData::new(weight.clone(), [2 * dim]), device),
                    epsilon,
                };
                let rows = words(&[tokens as u32], device);
                let y = head_norm(&matrix(&x, all * dim, device), &norm, &rows, heads);
                assert_eq!(y.dims(), [tokens, all * dim]);
                assert_close(&values(y), &expected, 1e-6, &format!("{heads:?}"));
                compute.check().unwrap();
            }
        }
    }
}
