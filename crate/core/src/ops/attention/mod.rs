//! Grouped-query attention over a prompt tree (arXiv 2305.13245, section 2.2).
//!
//! Each token attends to the slots its plan names, which are its ancestors and itself:
//! `y = softmax(q K^T / sqrt(dim)) V`, a key head serving `heads / kv_heads` query heads. The softmax is computed
//! in one pass with a running maximum (arXiv 1805.02867), so that no score matrix is stored.

mod kernel;

use super::Adapter;
use super::cpu::{self, Attend, Shared};
use super::gpu as device;
use super::plan::View;
use super::rope::rope_store;
use super::{HeadSpec, ModelOps, Ops};
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;
use kernel::AttentionKernel;

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
    adapter: Adapter,
) -> Tensor<2> {
    Tensor::from_dispatch(<Ops as ModelOps>::attention(
        &q.clone().into_dispatch(),
        &keys.clone().into_dispatch(),
        &values.clone().into_dispatch(),
        plan.clone().into_dispatch(),
        heads,
        adapter,
    ))
}

/// [`attention`] of tokens as they were projected: turns queries and keys and fills the caches first, see [`rope_store`]. On a
/// GPU one token is given to one kernel.
///
/// # Shapes
/// qkv `[tokens, q_width + 2 kv_width]`, table from [`super::rope::table`], caches `[slots, kv_width]`, used up; result
/// `[tokens, q_width]` and the caches.
pub fn attend(
    qkv: &Tensor<2>,
    table: &Tensor<2>,
    plan: &Tensor<1, Int>,
    keys: Tensor<2>,
    values: Tensor<2>,
    heads: HeadSpec,
    adapter: Adapter,
) -> (Tensor<2>, Tensor<2>, Tensor<2>) {
    if qkv.dims()[0] > 1 {
        let (q, keys, values) = rope_store(qkv, table, plan, keys, values, heads);
        return (attention(&q, &keys, &values, plan, heads, adapter), keys, values);
    }
    let (y, keys, values) = <Ops as ModelOps>::attend_one(
        &qkv.clone().into_dispatch(),
        &table.clone().into_dispatch(),
        plan.clone().into_dispatch(),
        keys.into_dispatch(),
        values.into_dispatch(),
        heads,
        adapter,
    );
    (
        Tensor::from_dispatch(y),
        Tensor::from_dispatch(keys),
        Tensor::from_dispatch(values),
    )
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
    adapter: Adapter,
) -> CubeTensor {
    let q = device::contiguous(q);
    let (tokens, width) = device::dims(&q);
    let y = device::matrix_like(&q, tokens, width);
    let kernel = AttentionKernel::new(heads, tokens, adapter);
    let groups = kernel.groups(tokens);
    device::launch(kernel, groups, &[&q, keys, values, plan, &y]);
    y
}

/// Of one token as it was projected.
pub(super) fn one_gpu(
    qkv: &CubeTensor,
    table: &CubeTensor,
    plan: &CubeTensor,
    keys: CubeTensor,
    values: CubeTensor,
    heads: HeadSpec,
    adapter: Adapter,
) -> (CubeTensor, CubeTensor, CubeTensor) {
    let qkv = device::contiguous(qkv);
    let y = device::matrix_like(&qkv, 1, heads.q_width());
    let kernel = AttentionKernel::fresh(heads, adapter);
    let groups = kernel.groups(1);
    device::launch(kernel, groups, &[&qkv, &keys, &values, plan, &y, table]);
    (y, keys, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::Compute;
    use crate::ops::Activations;
    use crate::ops::plan::{Place, Span, encode};
    use crate::ops::rope::{Speeds, table};
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
            for adapter in [Adapter::Hardware, Adapter::Software] {
                let what = format!("{:?}, {adapter:?}", compute.info.kind);
                let y = attention(&matrix(&q, width, device), &keys, &cached, &plan, heads, adapter);
                assert_close(&values(y), &expected, 1e-5, &what);
                // Each token alone, as when decoding: several threads share its slots.
                for (token, place) in places.iter().enumerate() {
                    let plan = words(&encode(&[*place], &spans), device);
                    let rows = token * width..(token + 1) * width;
                    let q = matrix(&q[rows.clone()], width, device);
                    let y = attention(&q, &keys, &cached, &plan, heads, adapter);
                    assert_close(
                        &values(y),
                        &expected[rows],
                        1e-5,
                        &format!("{what}, token {token}"),
                    );
                }
            }
            compute.check().unwrap();
        }
    }

    /// One token as it was projected, against the CPU's turning and attention, which are tested by themselves.
    #[test]
    fn a_fresh_token_is_turned_and_put_into_the_cache() {
        let spans = [Span { start: 0, end: 4 }, Span { start: 6, end: 9 }];
        let place = |position, slot, first_span, spans| Place {
            position,
            slot,
            first_span,
            spans,
        };
        // The first of its prompt, one that sees others in two spans, and one that does not see itself.
        let places = [place(0, 0, 0, 1), place(5, 8, 0, 2), place(3, 9, 0, 2)];
        for (query_heads, kv_heads, dim) in [(6, 2, 8), (9, 3, 64), (4, 4, 16), (4, 1, 256)] {
            let heads = HeadSpec {
                heads: query_heads,
                kv_heads,
                dim,
            };
            let kv_width = heads.kv_width();
            let width = heads.q_width() + 2 * kv_width;
            let (keys, cached) = (random(10 * kv_width, 2), random(10 * kv_width, 3));
            for (seed, place) in (5..).zip(&places) {
                let qkv: Vec<f32> = random(width, seed).iter().map(|v| v * 9.0).collect();
                let run = |compute: &Compute, adapter| {
                    let device = &compute.device;
                    let (y, keys, cached) = attend(
                        &matrix(&qkv, width, device),
                        &table(10, dim, Speeds::plain(100.0), device),
                        &words(&encode(&[*place], &spans), device),
                        matrix(&keys, kv_width, device),
                        matrix(&cached, kv_width, device),
                        heads,
                        adapter,
                    );
                    compute.check().unwrap();
                    [y, keys, cached].map(values)
                };
                let [cpu, gpu] = devices();
                let expected = run(&cpu, Adapter::Cpu(Activations::F32))
                    .map(|values| values.into_iter().map(f64::from).collect::<Vec<_>>());
                for adapter in [Adapter::Hardware, Adapter::Software] {
                    let what = format!("{heads:?}, {place:?}, {adapter:?}");
                    let [y, keys, cached] = run(&gpu, adapter);
                    assert_close(&y, &expected[0], 1e-5, &what);
                    assert_close(&keys, &expected[1], 1e-6, &what);
                    assert_close(&cached, &expected[2], 0.0, &what);
                }
            }
        }
    }
}
