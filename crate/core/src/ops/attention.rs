//! Grouped-query attention over a prompt tree (arXiv 2305.13245, section 2.2).
//!
//! Each token attends to the slots its plan names, which are its ancestors and itself:
//! `y = softmax(q K^T / sqrt(dim)) V`, a key head serving `heads / kv_heads` query heads. The softmax is computed
//! in one pass with a running maximum (arXiv 1805.02867), so that no score matrix is stored.

use super::Adapter;
use super::cpu::{self, Attend, Shared};
use super::gpu::{self as device, Wgsl, groups_for};
use super::plan::View;
use super::{HeadSpec, ModelOps, Ops};
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;
use core::fmt::Write;

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

/// Most vectors of queries that a thread keeps; there are as many sums again.
const MOST_VECTORS: usize = 64;

/// A thread computes some heads of a token that share their keys and values, some slots at a time. Several threads
/// (`slices`) share the slots of each and join their sums at the end where there would be too few of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct AttentionKernel {
    heads: HeadSpec,
    /// Query heads a thread.
    together: usize,
    /// Slots a step, for which sums are loaded, scaled and stored once.
    step: usize,
    slices: usize,
    workgroup: u32,
}

impl AttentionKernel {
    fn new(heads: HeadSpec, tokens: usize, adapter: Adapter) -> Self {
        let share = heads.heads / heads.kv_heads;
        let most = MOST_VECTORS / (heads.dim / 4);
        // Where a GPU is computed in software, loads cost most: as many heads as possible use each.
        let widest = (1..=share).rev().find(|n| share.is_multiple_of(*n) && *n <= most);
        let (together, step, slices, workgroup) = match (adapter, tokens) {
            (Adapter::Software | Adapter::Cpu(_), 1) => (widest.unwrap_or(1), 4, 4, 4),
            (Adapter::Software | Adapter::Cpu(_), _) => (widest.unwrap_or(1), 8, 1, 4),
            (Adapter::Hardware, 1) => (1, 4, 16, 32),
            (Adapter::Hardware, _) => (1, 4, 8, 32),
        };
        Self {
            heads,
            together,
            step,
            slices,
            workgroup,
        }
    }

    fn groups(&self, tokens: usize) -> (u32, u32) {
        let units = tokens * self.heads.heads / self.together;
        groups_for(units.div_ceil(self.workgroup as usize / self.slices))
    }

    /// `line` for every head of a thread, with `@` for its number, and for every slot of a step, with `#`.
    fn each(&self, line: &str) -> String {
        let slots = if line.contains('#') { self.step } else { 1 };
        let mut code = String::new();
        for head in 0..self.together {
            for slot in 0..slots {
                let line = line
                    .replace('@', &head.to_string())
                    .replace('#', &slot.to_string());
                let _ = writeln!(code, "{line}");
            }
        }
        code
    }

    /// The code of a step: slots from `slot` on that are before `end`.
    fn step(&self) -> String {
        let slots = 0..self.step;
        let of_slots = |line: &str| -> String {
            slots
                .clone()
                .map(|slot| line.replace('#', &slot.to_string()) + "\n")
                .collect()
        };
        let list = |item: &str, glue: &str| -> String {
            let items: Vec<String> = slots
                .clone()
                .map(|slot| item.replace('#', &slot.to_string()))
                .collect();
            items.join(glue)
        };
        // A slot behind the end reads the first one's keys and gets no weight.
        let places = of_slots("let base# = (slot + select(0u, #u, slot + #u < end)) * KV4 + column;");
        let keys = of_slots("let key# = keys[base# + i];");
        let values = of_slots("let value# = values[base# + i];");
        let dots = self.each("var dot@_# = 0.0;");
        let add_dots = self.each("dot@_# += dot(queries[i * TOGETHER + @u], key#);");
        let scores = self.each("let score@_# = select(LEAST, dot@_#, slot + #u < end);");
        let top = list("score@_#", ", ");
        let top = top
            .split(", ")
            .fold("maximum@".to_owned(), |top, score| format!("max({top}, {score})"));
        let next = self.each(&format!(
            "let next@ = {top}; let keep@ = exp(maximum@ - next@); maximum@ = next@;"
        ));
        let weights = self.each("let weight@_# = exp(score@_# - next@);");
        let totals = self.each(&format!(
            "total@ = total@ * keep@ + {};",
            list("weight@_#", " + ")
        ));
        let sums = self.each(&format!(
            "sums[i * TOGETHER + @u] = sums[i * TOGETHER + @u] * keep@ + {};",
            list("value# * weight@_#", " + ")
        ));
        format!(
            "{places}{dots}
for (var i = 0u; i < D4; i++) {{ {keys}{add_dots} }}
{scores}{next}{weights}{totals}
for (var i = 0u; i < D4; i++) {{ {values}{sums} }}"
        )
    }

    /// What sums of several threads need: declarations, and the code that stores the result.
    fn finish(&self) -> (String, String) {
        let Self { together, slices, .. } = *self;
        if slices == 1 {
            let store = self.each("y[at + @u * D4 + i] = sums[i * TOGETHER + @u] / total@;");
            let code = format!("for (var i = 0u; i < D4 && token < tokens; i++) {{ {store} }}");
            return (String::new(), code);
        }
        let vectors = together * self.heads.dim / 4;
        let threads = self.workgroup as usize;
        let declarations = format!(
            "const VECTORS = {vectors}u;
var<workgroup> maxima: array<f32, {scalars}>;
var<workgroup> totals: array<f32, {scalars}>;
var<workgroup> parts: array<vec4<f32>, {parts}>;",
            scalars = together * threads,
            parts = vectors * threads,
        );
        let scalars =
            self.each("maxima[@u * THREADS + thread] = maximum@; totals[@u * THREADS + thread] = total@;");
        // A slice without slots has a total of 0 and a weight of exp(LEAST - top), which is 0.
        let code = format!(
            "{scalars}
for (var i = 0u; i < VECTORS; i++) {{ parts[thread * VECTORS + i] = sums[i]; }}
workgroupBarrier();
let first = thread - slice;
for (var i = slice; i < VECTORS && token < tokens; i += {slices}u) {{
    let head_of = i % TOGETHER;
    let row = head_of * THREADS + first;
    var top = maxima[row];
    for (var s = 1u; s < {slices}u; s++) {{ top = max(top, maxima[row + s]); }}
    var total = 0.0;
    var sum = vec4<f32>(0.0);
    for (var s = 0u; s < {slices}u; s++) {{
        let keep = exp(maxima[row + s] - top);
        total += totals[row + s] * keep;
        sum += parts[(first + s) * VECTORS + i] * keep;
    }}
    y[at + head_of * D4 + i / TOGETHER] = sum / total;
}}"
        );
        (declarations, code)
    }
}

impl Wgsl for AttentionKernel {
    fn workgroup(&self) -> u32 {
        self.workgroup
    }

    fn wgsl(&self) -> String {
        let HeadSpec { heads, kv_heads, dim } = self.heads;
        let Self {
            together,
            slices,
            workgroup,
            ..
        } = *self;
        let load = self.each(&format!(
            "queries[i * TOGETHER + @u] = q[at + @u * D4 + i] * {:?}; sums[i * TOGETHER + @u] = vec4<f32>(0.0);",
            1.0 / (dim as f32).sqrt()
        ));
        let (declarations, finish) = self.finish();
        format!(
            "@group(0) @binding(0) var<storage, read_write> q: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> keys: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> values: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> plan: array<u32>;
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;
const D4 = {d4}u;
const KV4 = {kv4}u;
const TOGETHER = {together}u;
const THREADS = {workgroup}u;
const LEAST = -3.0e38;
{declarations}
@compute @workgroup_size({workgroup})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) thread: u32,
) {{
    let tokens = plan[0];
    let slice = thread % {slices}u;
    let unit = (group.y * groups.x + group.x) * {units}u + thread / {slices}u;
    let token = unit / {sets}u;
    let head = unit % {sets}u * TOGETHER;
    let place = 1u + min(token, tokens - 1u) * 4u;
    let slot_end = plan[place + 1u] + 1u;
    let spans = 1u + tokens * 4u + plan[place + 2u] * 2u;
    let count = select(0u, plan[place + 3u], token < tokens);
    let column = head / {share}u * D4;
    let at = (min(token, tokens - 1u) * {heads}u + head) * D4;
    var queries: array<vec4<f32>, {vectors}>;
    var sums: array<vec4<f32>, {vectors}>;
    for (var i = 0u; i < D4; i++) {{ {load} }}
    {scalars}
    for (var s = 0u; s < count; s++) {{
        let end = min(plan[spans + s * 2u + 1u], slot_end);
        for (var slot = plan[spans + s * 2u] + slice * {step}u; slot < end; slot += {stride}u) {{
            {code}
        }}
    }}
    {finish}
}}",
            d4 = dim / 4,
            kv4 = kv_heads * dim / 4,
            share = heads / kv_heads,
            sets = heads / together,
            units = workgroup as usize / slices,
            vectors = together * dim / 4,
            scalars = self.each("var maximum@ = LEAST; var total@ = 0.0;"),
            step = self.step,
            stride = self.step * slices,
            code = self.step(),
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
}
