//! Rotary position embedding (arXiv 2104.09864, section 3.2) of queries and keys, and the write of keys and values
//! to the cache.
//!
//! GGUF files of the `llama` architecture store the rows of the query and key projections permuted, so that the
//! rotated pairs are neighbours: `(x[2i], x[2i+1])` turns by `position * theta^(-2i/d)`.

use super::gpu::{self as device, Wgsl};
use super::{ModelOps, Ops, cpu, plan};
use burn::tensor::{Device, Int, Tensor, TensorData};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;

/// How the columns of the query, key and value projections divide into heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HeadSpec {
    /// Query heads.
    pub heads: usize,
    /// Key and value heads; divides `heads`.
    pub kv_heads: usize,
    /// Width of a head; even, and a multiple of 4.
    pub dim: usize,
}

impl HeadSpec {
    /// Width of all queries of a token.
    pub fn q_width(&self) -> usize {
        self.heads * self.dim
    }

    /// Width of all keys (or values) of a token.
    pub fn kv_width(&self) -> usize {
        self.kv_heads * self.dim
    }
}

/// How fast the pairs of a head turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speeds<'a> {
    /// The base.
    pub theta: f64,
    /// What every angle is divided by, as if positions stood closer (position interpolation, arXiv 2306.15595, section 2.3).
    pub stretch: f64,
    /// What those of each pair are divided by, too.
    pub factors: Option<&'a [f32]>,
}

impl Speeds<'_> {
    /// As the base has it.
    pub fn plain(theta: f64) -> Self {
        Self {
            theta,
            stretch: 1.0,
            factors: None,
        }
    }
}

/// Cosine and sine of every position and pair, computed in f64: `[positions, dim]` as (cos, sin) pairs.
pub fn table(positions: usize, dim: usize, speeds: Speeds<'_>, device: &Device) -> Tensor<2> {
    let Speeds {
        theta,
        stretch,
        factors,
    } = speeds;
    let mut values = Vec::with_capacity(positions * dim);
    for position in 0..positions {
        for pair in 0..dim / 2 {
            let factor = factors.map_or(1.0, |f| f64::from(f[pair]));
            let speed = theta.powf(-2.0 * pair as f64 / dim as f64) / (stretch * factor);
            let angle = position as f64 * speed;
            values.extend([angle.cos() as f32, angle.sin() as f32]);
        }
    }
    Tensor::from_data(TensorData::new(values, [positions, dim]), device)
}

/// Rotates queries and keys, writes keys and values to their slots of the caches.
///
/// Returns the rotated queries `[tokens, q_width]` and the caches, which are changed in place: the tensors given
/// are used up.
///
/// # Shapes
/// qkv `[tokens, q_width + 2 kv_width]`, table from [`table`], caches `[slots, kv_width]`.
pub fn rope_store(
    qkv: &Tensor<2>,
    table: &Tensor<2>,
    plan: &Tensor<1, Int>,
    keys: Tensor<2>,
    values: Tensor<2>,
    heads: HeadSpec,
) -> (Tensor<2>, Tensor<2>, Tensor<2>) {
    let (q, keys, values) = <Ops as ModelOps>::rope_store(
        &qkv.clone().into_dispatch(),
        &table.clone().into_dispatch(),
        plan.clone().into_dispatch(),
        keys.into_dispatch(),
        values.into_dispatch(),
        heads,
    );
    (
        Tensor::from_dispatch(q),
        Tensor::from_dispatch(keys),
        Tensor::from_dispatch(values),
    )
}

pub(super) fn cpu(
    qkv: &FlexTensor,
    table: &FlexTensor,
    plan: &FlexTensor,
    mut keys: FlexTensor,
    mut values: FlexTensor,
    heads: HeadSpec,
) -> (FlexTensor, FlexTensor, FlexTensor) {
    let (qkv, table, plan) = (
        cpu::contiguous(qkv),
        cpu::contiguous(table),
        cpu::contiguous(plan),
    );
    let plan = plan::View::new(cpu::u32s(&plan));
    let table = cpu::f32s(&table);
    let (q_width, kv_width, dim) = (heads.q_width(), heads.kv_width(), heads.dim);
    let tokens = plan.tokens();
    let mut q = Vec::with_capacity(tokens * q_width);
    let (key_cache, value_cache) = (keys.storage_mut::<f32>(), values.storage_mut::<f32>());
    for (token, row) in cpu::f32s(&qkv)
        .chunks_exact(q_width + 2 * kv_width)
        .enumerate()
        .take(tokens)
    {
        let turns = &table[plan.position(token) * dim..][..dim];
        let slot = plan.slot(token) * kv_width;
        let start = q.len();
        q.extend_from_slice(&row[..q_width]);
        rotate(&mut q[start..], turns);
        let key = &mut key_cache[slot..slot + kv_width];
        key.copy_from_slice(&row[q_width..q_width + kv_width]);
        rotate(key, turns);
        value_cache[slot..slot + kv_width].copy_from_slice(&row[q_width + kv_width..]);
    }
    (cpu::matrix(q, tokens, q_width), keys, values)
}

fn rotate(heads: &mut [f32], turns: &[f32]) {
    for head in heads.chunks_exact_mut(turns.len()) {
        for (pair, turn) in head.chunks_exact_mut(2).zip(turns.chunks_exact(2)) {
            let (a, b) = (pair[0], pair[1]);
            pair[0] = a * turn[0] - b * turn[1];
            pair[1] = a * turn[1] + b * turn[0];
        }
    }
}

pub(super) fn gpu(
    qkv: &CubeTensor,
    table: &CubeTensor,
    plan: &CubeTensor,
    keys: CubeTensor,
    values: CubeTensor,
    heads: HeadSpec,
) -> (CubeTensor, CubeTensor, CubeTensor) {
    let qkv = device::contiguous(qkv);
    let (tokens, width) = device::dims(&qkv);
    let q = device::matrix_like(&qkv, tokens, heads.q_width());
    let x = (width / 2).div_ceil(RopeKernel::WORKGROUP as usize) as u32;
    device::launch(
        RopeKernel { heads },
        (x, tokens as u32),
        &[&qkv, table, plan, &q, &keys, &values],
    );
    (q, keys, values)
}

/// One thread a pair of columns of query, key or value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct RopeKernel {
    heads: HeadSpec,
}

impl Wgsl for RopeKernel {
    fn wgsl(&self) -> String {
        let heads = &self.heads;
        format!(
            "@group(0) @binding(0) var<storage, read_write> qkv: array<vec2<f32>>;
@group(0) @binding(1) var<storage, read_write> turns: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> plan: array<u32>;
@group(0) @binding(3) var<storage, read_write> q: array<vec2<f32>>;
@group(0) @binding(4) var<storage, read_write> keys: array<vec2<f32>>;
@group(0) @binding(5) var<storage, read_write> values: array<vec2<f32>>;
const Q = {q}u;
const KV = {kv}u;
const HALF = {half}u;
@compute @workgroup_size({workgroup})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
    if (id.x >= Q + 2u * KV || id.y >= plan[0]) {{ return; }}
    let position = plan[1u + id.y * 4u];
    let slot = plan[2u + id.y * 4u];
    let pair = qkv[id.y * (Q + 2u * KV) + id.x];
    if (id.x >= Q + KV) {{
        values[slot * KV + id.x - Q - KV] = pair;
        return;
    }}
    let turn = turns[position * HALF + id.x % HALF];
    let turned = vec2<f32>(pair.x * turn.x - pair.y * turn.y, pair.x * turn.y + pair.y * turn.x);
    if (id.x < Q) {{ q[id.y * Q + id.x] = turned; }} else {{ keys[slot * KV + id.x - Q] = turned; }}
}}",
            q = heads.q_width() / 2,
            kv = heads.kv_width() / 2,
            half = heads.dim / 2,
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
    fn stretched_positions_turn_as_far_as_nearer_ones() {
        let device = &devices()[0].device;
        let factors = [1.0, 1.5, 2.0, 4.0];
        let of = |stretch| Speeds {
            theta: 100.0,
            stretch,
            factors: Some(&factors),
        };
        let (plain, stretched) = (
            values(table(5, 8, of(1.0), device)),
            values(table(13, 8, of(3.0), device)),
        );
        for (position, row) in plain.chunks(8).enumerate() {
            let expected: Vec<f64> = row.iter().map(|value| f64::from(*value)).collect();
            assert_close(&stretched[3 * position * 8..][..8], &expected, 1e-6, "position");
        }
        assert!((stretched[8] - (1.0f32 / 3.0).cos()).abs() < 1e-6);
    }

    #[test]
    fn both_devices_turn_pairs_and_fill_the_named_slots() {
        let heads = HeadSpec {
            heads: 4,
            kv_heads: 2,
            dim: 8,
        };
        let width = heads.q_width() + 2 * heads.kv_width();
        let place = |position, slot| Place {
            position,
            slot,
            first_span: 0,
            spans: 1,
        };
        let places = [place(5, 2), place(0, 0), place(9, 3)];
        let qkv = random(places.len() * width, 4);
        let turned = |row: &[f32], position: u32| -> Vec<f64> {
            row.chunks(2)
                .enumerate()
                .flat_map(|(i, pair)| {
                    let angle = f64::from(position) * 100.0f64.powf(-2.0 * (i % 4) as f64 / 8.0);
                    let (a, b) = (f64::from(pair[0]), f64::from(pair[1]));
                    [
                        a * angle.cos() - b * angle.sin(),
                        a * angle.sin() + b * angle.cos(),
                    ]
                })
                .collect()
        };
        let mut q = Vec::new();
        let mut keys = vec![7.0; 5 * heads.kv_width()];
        let mut cached = keys.clone();
        for (row, place) in qkv.chunks(width).zip(&places) {
            let (query, rest) = row.split_at(heads.q_width());
            let (key, value) = rest.split_at(heads.kv_width());
            q.extend(turned(query, place.position));
            let slot = place.slot as usize * heads.kv_width();
            keys[slot..slot + heads.kv_width()].copy_from_slice(&turned(key, place.position));
            cached[slot..slot + heads.kv_width()]
                .copy_from_slice(&value.iter().map(|v| f64::from(*v)).collect::<Vec<_>>());
        }
        for compute in devices() {
            let device = &compute.device;
            let empty = || matrix(&[7.0; 5 * 16], heads.kv_width(), device);
            let plan = words(&encode(&places, &[Span { start: 0, end: 1 }]), device);
            let turns = table(10, 8, Speeds::plain(100.0), device);
            let found = rope_store(
                &matrix(&qkv, width, device),
                &turns,
                &plan,
                empty(),
                empty(),
                heads,
            );
            assert_close(&values(found.0), &q, 1e-6, "queries");
            assert_close(&values(found.1), &keys, 1e-6, "keys");
            assert_close(&values(found.2), &cached, 0.0, "values");
            compute.check().unwrap();
        }
    }
}
