//! Log-probabilities of tokens, without a buffer of logits: `log p(id) = logit[id] - log(sum exp(logits))`.
//!
//! Of each tile of the vocabulary the product keeps, for each row of activations, the largest logit and a sum of
//! exponentials. On the GPU the logits asked for are computed once more, one thread each; on the CPU they are taken from their
//! tile.

use super::part::{PART, Window};
use super::{MatrixSpec, Product, Store, count, multiply};
use crate::ops::gpu::{self as device, Wgsl};
use crate::ops::wgsl::{FUNCTIONS, group_len, group_vec4, load_group};
use crate::ops::{Adapter, Matrix, ModelOps, Ops, cpu};
use crate::quant::PackedLayout;
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;
use core::fmt::Write;

/// Logits of a tile on the CPU: 512 KiB stay in its cache.
const TILE: usize = 1 << 17;

/// What [`log_probs`] gives.
#[derive(Debug, Clone)]
pub struct LogProbs {
    /// The natural-log probability of each token asked for.
    pub values: Tensor<1>,
    /// Of each row of activations the log of the sum of all exponentials.
    pub totals: Tensor<1>,
}

/// Log-probabilities, and what they are measured from.
///
/// # Shapes
/// x `[tokens, cols]`, weight `[vocabulary, cols]`, pairs: their number, then `row of x, id` for each; rows: one word,
/// the number of tokens; values `[pairs]`, totals `[tokens]`.
pub fn log_probs(
    x: &Tensor<2>,
    weight: &Matrix,
    pairs: &Tensor<1, Int>,
    rows: &Tensor<1, Int>,
    adapter: Adapter,
) -> LogProbs {
    count(x, weight);
    let (values, totals) = <Ops as ModelOps>::log_probs(
        &x.clone().into_dispatch(),
        weight.words.clone().into_dispatch(),
        pairs.clone().into_dispatch(),
        rows.clone().into_dispatch(),
        weight.spec,
        adapter,
    );
    LogProbs {
        values: Tensor::from_dispatch(values),
        totals: Tensor::from_dispatch(totals),
    }
}

pub(in crate::ops) fn cpu(
    x: &FlexTensor,
    words: &FlexTensor,
    pairs: &FlexTensor,
    spec: MatrixSpec,
    adapter: Adapter,
) -> (FlexTensor, FlexTensor) {
    let (x, words, pairs) = (cpu::contiguous(x), cpu::contiguous(words), cpu::contiguous(pairs));
    let (x, words) = (cpu::f32s(&x), cpu::u32s(&words));
    let (pairs, _) = cpu::u32s(&pairs)[1..].as_chunks::<2>();
    let tokens = x.len() / spec.cols;
    let mut totals = vec![f64::NEG_INFINITY; tokens];
    let mut picked = vec![0.0; pairs.len()];
    let width = (TILE / tokens.max(1)).next_multiple_of(PART);
    let mut logits = Vec::new();
    for start in (0..spec.rows).step_by(width) {
        let rows = start..(start + width).min(spec.rows);
        let window = Window {
            words,
            layout: &spec,
            rows: rows.clone(),
        };
        logits.clear();
        logits.resize(tokens * rows.len(), 0.0);
        multiply(x, &window, &mut logits, tokens, adapter);
        for (total, logits) in totals.iter_mut().zip(logits.chunks_exact(rows.len())) {
            *total = joined(*total, cpu::rows::log_sum_exp(logits));
        }
        for (picked, pair) in picked.iter_mut().zip(pairs) {
            let [row, id] = pair.map(|word| word as usize);
            if rows.contains(&id) {
                *picked = logits[row * rows.len() + id - start];
            }
        }
    }
    let log_probs = picked.iter().zip(pairs);
    let log_probs = log_probs.map(|(logit, [row, _])| (f64::from(*logit) - totals[*row as usize]) as f32);
    let values = cpu::vector(log_probs.collect());
    let totals = totals.iter().map(|total| *total as f32);
    (values, cpu::vector(totals.collect()))
}

/// `log(exp(a) + exp(b))`; NaN if either is.
fn joined(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    high + (low - high).exp().ln_1p()
}

pub(in crate::ops) fn gpu(
    x: &CubeTensor,
    words: &CubeTensor,
    pairs: &CubeTensor,
    rows: &CubeTensor,
    spec: MatrixSpec,
    adapter: Adapter,
) -> (CubeTensor, CubeTensor) {
    let x = device::contiguous(x);
    let parts = super::gpu(
        &x,
        words,
        None,
        rows,
        Product::new(spec, Store::LogSumExp),
        adapter,
    );
    let (tokens, width) = device::dims(&parts);
    let totals = device::empty(&x.client, &x.device, [tokens]);
    let join = JoinKernel { parts: width / 2 };
    device::launch(join, (tokens as u32, 1), &[&parts, &totals]);
    let count = (pairs.meta.shape()[0] - 1) / 2;
    let y = device::empty(&x.client, &x.device, [count]);
    let kernel = PickKernel { layout: spec };
    let groups = device::groups_for(count.div_ceil(PickKernel::WORKGROUP as usize));
    device::launch(kernel, groups, &[&x, words, pairs, &totals, &y]);
    (y, totals)
}

/// One workgroup a token joins what the threads of the product left; each of its threads takes some, thread 0 the rest.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct JoinKernel {
    parts: usize,
}

impl Wgsl for JoinKernel {
    fn wgsl(&self) -> String {
        format!(
            "@group(0) @binding(0) var<storage, read_write> parts: array<vec2<f32>>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
const PARTS = {parts}u;
const THREADS = {workgroup}u;
var<workgroup> joined: array<vec2<f32>, {workgroup}>;
fn join(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {{
    let top = max(a.x, b.x);
    return vec2<f32>(top, a.y * exp(a.x - top) + b.y * exp(b.x - top));
}}
@compute @workgroup_size({workgroup})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {{
    var own = vec2<f32>(-3.0e38, 0.0);
    for (var i = thread; i < PARTS; i += THREADS) {{ own = join(own, parts[group.x * PARTS + i]); }}
    joined[thread] = own;
    workgroupBarrier();
    if (thread == 0u) {{
        for (var i = 1u; i < THREADS; i++) {{ own = join(own, joined[i]); }}
        y[group.x] = own.x + log(own.y);
    }}
}}",
            parts = self.parts,
            workgroup = Self::WORKGROUP,
        )
    }
}

/// One thread a pair.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct PickKernel {
    layout: PackedLayout,
}

impl Wgsl for PickKernel {
    fn wgsl(&self) -> String {
        let layout = &self.layout;
        let group = group_len(layout.format);
        let mut body = load_group(layout, "id", "g", "");
        for i in 0..group / 4 {
            let _ = writeln!(
                body,
                "sum += dot(x[row * {}u + g * {}u + {i}u], {});",
                layout.cols / 4,
                group / 4,
                group_vec4(layout.format, i, "")
            );
        }
        format!(
            "@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> w: array<u32>;
@group(0) @binding(2) var<storage, read_write> pairs: array<u32>;
@group(0) @binding(3) var<storage, read_write> totals: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
{FUNCTIONS}
@compute @workgroup_size({workgroup})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) thread: u32,
) {{
    let pair = (group.y * groups.x + group.x) * {workgroup}u + thread;
    if (pair >= pairs[0]) {{ return; }}
    let row = pairs[pair * 2u + 1u];
    let id = pairs[pair * 2u + 2u];
    var sum = 0.0;
    for (var g = 0u; g < {groups}u; g++) {{
        {body}
    }}
    y[pair] = sum - totals[row];
}}",
            workgroup = Self::WORKGROUP,
            groups = layout.cols / group,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{Products, Weights, assert_close, devices, matrix, random, values, words};
    use crate::quant::Format;

    /// Vocabularies on either side of every tile, tokens on either side of where threads take more rows.
    #[test]
    fn both_devices_and_adapters_give_the_formula() {
        let shapes = [
            (Format::Q8_0, 67, 1),
            (Format::Q8_0, 3001, 33),
            (Format::Q4_1, 130, 5),
            (Format::F16, 3, 2),
        ];
        for compute in devices() {
            for (format, vocabulary, tokens) in shapes {
                let cols = 2 * format.block_len().max(64);
                let weights = Weights::new(format, vocabulary, cols, 7);
                // Logits of hundreds, which no exponential of an f32 holds.
                let x = random(tokens * cols, 5);
                let x: Vec<f32> = x.iter().map(|x| x * 40.0 / weights.largest()).collect();
                let exact: Vec<f64> = x.iter().map(|x| f64::from(*x)).collect();
                let logits = Products::new(&exact, &weights.rows).values;
                let (mut pairs, mut expected, mut totals) = (vec![], vec![], vec![]);
                for (row, logits) in logits.chunks(vocabulary).enumerate() {
                    let top = logits.iter().copied().fold(f64::MIN, f64::max);
                    let total = top + logits.iter().map(|l| (l - top).exp()).sum::<f64>().ln();
                    totals.push(total);
                    for id in [vocabulary - 1, row % vocabulary, 0] {
                        pairs.extend([row as u32, id as u32]);
                        expected.push(logits[id] - total);
                    }
                }
                pairs.insert(0, expected.len() as u32);
                let device = &compute.device;
                let (weight, pairs) = (weights.upload(device), words(&pairs, device));
                let (x, count) = (matrix(&x, cols, device), words(&[tokens as u32], device));
                for adapter in [Adapter::Hardware, Adapter::Software] {
                    let found = log_probs(&x, &weight, &pairs, &count, adapter);
                    let what = format!(
                        "{format} {vocabulary}, {tokens}, {:?} {adapter:?}",
                        compute.info.kind
                    );
                    assert_close(&values(found.values), &expected, 2e-5, &what);
                    assert_close(&values(found.totals), &totals, 2e-5, &what);
                }
            }
            compute.check().unwrap();
        }
    }

    #[test]
    fn what_is_no_number_shows() {
        for compute in devices() {
            let device = &compute.device;
            let weights = Weights::new(Format::Q8_0, 40, 64, 7);
            let mut x = random(2 * 64, 5);
            x[70] = f32::NAN;
            let (x, count) = (matrix(&x, 64, device), words(&[2], device));
            let pairs = words(&[2, 0, 3, 1, 3], device);
            let weight = weights.upload(device);
            let found = values(log_probs(&x, &weight, &pairs, &count, compute.adapter()).values);
            assert!(found[0].is_finite() && found[1].is_nan(), "{found:?}");
        }
    }
}
