//! Grouped-query attention over a prompt tree (arXiv 2305.13245, section 2.2).
//!
//! Each token attends to the slots its plan names, which are its ancestors and itself:
//! `y = softmax(q K^T / sqrt(dim)) V`, a key head serving `heads / kv_heads` query heads. The softmax is computed
//! in one pass with a running maximum (arXiv 1805.02867), so that no score matrix is stored.

use super::cpu::{self, Attend, Shared};
use super::gpu::{self as device, Wgsl};
use super::plan::View;
use super::{HeadSpec, ModelOps, Ops};
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;

/// Attention of each token to the cached keys and values its plan names.
///
/// # Shapes
/// q `[tokens, q_width]`, caches `[slots, kv_width]`, plan as in [`super::plan`]; result `[tokens, q_width]`.
pub fn attention(
    q: &Tensor<2>,
    keys: &Tensor<2>,
    values: &Tensor<2>,
    plan: &Tensor<1, Int>,
    heads: HeadSpec,
) -> Tensor<2> {
    Tensor::from_dispatch(<Ops as ModelOps>::attention(
        &q.clone().into_dispatch(),
        &keys.clone().into_dispatch(),
        &values.clone().into_dispatch(),
        plan.clone().into_dispatch(),
        heads,
    ))
}

pub(super) fn cpu(
    q: &FlexTensor,
    keys: &FlexTensor,
    values: &FlexTensor,
    plan: &FlexTensor,
    heads: HeadSpec,
) -> FlexTensor {
    let (q, plan) = (cpu::contiguous(q), cpu::contiguous(plan));
    let view = View::new(cpu::u32s(&plan));
    let (q, keys, values) = (cpu::f32s(&q), cpu::f32s(keys), cpu::f32s(values));
    let (tokens, width) = (view.tokens(), heads.q_width());
    let mut y = vec![0.0; tokens * width];
    let out = Shared::new(&mut y);
    cpu::for_parts(tokens, 1, |part| {
        for token in part {
            let spans: Vec<_> = view.spans(token).collect();
            cpu::dispatch(Attend {
                heads,
                queries: &q[token * width..][..width],
                keys,
                values,
                spans: &spans,
                // SAFETY: parts have tokens of their own.
                out: unsafe { out.run(token * width, width) },
            });
        }
    });
    cpu::matrix(y, tokens, width)
}

pub(super) fn gpu(
    q: &CubeTensor,
    keys: &CubeTensor,
    values: &CubeTensor,
    plan: &CubeTensor,
    heads: HeadSpec,
) -> CubeTensor {
    let q = device::contiguous(q);
    let (tokens, width) = device::dims(&q);
    let y = device::matrix_like(&q, tokens, width);
    let x = (tokens * heads.heads).div_ceil(AttentionKernel::WORKGROUP as usize) as u32;
    device::launch(AttentionKernel { heads }, (x, 1), &[&q, keys, values, plan, &y]);
    y
}

/// One thread a token and head, the head's output in registers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct AttentionKernel {
    heads: HeadSpec,
}

impl Wgsl for AttentionKernel {
    const WORKGROUP: u32 = 32;

    fn wgsl(&self) -> String {
        let HeadSpec { heads, kv_heads, dim } = self.heads;
        format!(
            "@group(0) @binding(0) var<storage, read_write> q: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> keys: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> values: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> plan: array<u32>;
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;
const HEADS = {heads}u;
const D4 = {d4}u;
const KV4 = {kv4}u;
@compute @workgroup_size({workgroup})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
    let tokens = plan[0];
    let token = id.x / HEADS;
    if (token >= tokens) {{ return; }}
    let head = id.x % HEADS;
    let slot_end = plan[2u + token * 4u] + 1u;
    let spans = 1u + tokens * 4u + plan[3u + token * 4u] * 2u;
    let count = plan[4u + token * 4u];
    let column = head / {share}u * D4;
    let at = (token * HEADS + head) * D4;
    var query: array<vec4<f32>, {d4}>;
    var sum: array<vec4<f32>, {d4}>;
    for (var i = 0u; i < D4; i++) {{ query[i] = q[at + i] * {scale:?}; sum[i] = vec4<f32>(0.0); }}
    var maximum = -3.0e38;
    var weight_sum = 0.0;
    for (var s = 0u; s < count; s++) {{
        let end = min(plan[spans + s * 2u + 1u], slot_end);
        for (var slot = plan[spans + s * 2u]; slot < end; slot++) {{
            let base = slot * KV4 + column;
            var dots = vec4<f32>(0.0);
            for (var i = 0u; i < D4; i++) {{ dots += query[i] * keys[base + i]; }}
            let score = dots.x + dots.y + dots.z + dots.w;
            let next = max(maximum, score);
            let keep = exp(maximum - next);
            let weight = exp(score - next);
            maximum = next;
            weight_sum = weight_sum * keep + weight;
            for (var i = 0u; i < D4; i++) {{ sum[i] = sum[i] * keep + values[base + i] * weight; }}
        }}
    }}
    for (var i = 0u; i < D4; i++) {{ y[at + i] = sum[i] / weight_sum; }}
}}",
            d4 = dim / 4,
            kv4 = kv_heads * dim / 4,
            share = heads / kv_heads,
            scale = 1.0 / (dim as f32).sqrt(),
            workgroup = Self::WORKGROUP,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::plan::{Place, Span, encode};
    use crate::ops::testing::{assert_close, devices, matrix, random, values, words};

    #[test]
    fn both_devices_attend_to_exactly_the_slots_named() {
        let heads = HeadSpec {
            heads: 6,
            kv_heads: 2,
            dim: 8,
        };
        let (width, kv_width) = (heads.q_width(), heads.kv_width());
        let spans = [
            Span { start: 0, end: 4 },
            Span { start: 6, end: 9 },
            Span { start: 2, end: 3 },
        ];
        let place = |slot, first_span, spans| Place {
            position: 0,
            slot,
            first_span,
            spans,
        };
        let places = [place(0, 0, 1), place(8, 0, 2), place(7, 1, 1), place(9, 0, 3)];
        let seen: [&[usize]; 4] = [&[0], &[0, 1, 2, 3, 6, 7, 8], &[6, 7], &[0, 1, 2, 3, 6, 7, 8, 2]];
        // Large queries, so that a softmax without a running maximum would overflow.
        let q: Vec<f32> = random(places.len() * width, 1).iter().map(|v| v * 90.0).collect();
        let (keys, cached) = (random(10 * kv_width, 2), random(10 * kv_width, 3));
        let mut expected = Vec::new();
        for (token, slots) in seen.iter().enumerate() {
            for head in 0..heads.heads {
                let query = &q[token * width + head * 8..][..8];
                let column = head / 3 * 8;
                let at =
                    |cache: &[f32], slot: usize, i: usize| f64::from(cache[slot * kv_width + column + i]);
                let scores = slots.iter().map(|slot| {
                    (0..8)
                        .map(|i| f64::from(query[i]) * at(&keys, *slot, i))
                        .sum::<f64>()
                        / 8f64.sqrt()
                });
                let weights: Vec<f64> = scores.map(f64::exp).collect();
                let sum: f64 = weights.iter().sum();
                for i in 0..8 {
                    expected.push(
                        slots
                            .iter()
                            .zip(&weights)
                            .map(|(slot, w)| w / sum * at(&cached, *slot, i))
                            .sum(),
                    );
                }
            }
        }
        for compute in devices() {
            let device = &compute.device;
            let plan = words(&encode(&places, &spans), device);
            let (keys, cached) = (matrix(&keys, kv_width, device), matrix(&cached, kv_width, device));
            let y = attention(&matrix(&q, width, device), &keys, &cached, &plan, heads);
            assert_close(&values(y), &expected, 1e-5, &format!("{:?}", compute.info.kind));
            compute.check().unwrap();
        }
    }
}
