//! Edit of the residual stream along one direction.
//!
//! Every [`Edit`] of a row `h` along a unit direction `r` is `h + d r`, where with the projection `p = h . r`
//! `d = clamp(gain * p + shift, low - p, high - p)`. A gain of 0 adds `shift`, whatever `p` and its rounding, one of -1
//! puts `shift` in the place of `p`. What is orthogonal to `r` stays, and a row whose `d` is 0 keeps its bits.

use super::cpu::{self, Kernel, Shared, Simd, dispatch, long_dot};
use super::gpu::{self as device, Wgsl, groups_for};
use super::sliced::Sliced;
use super::{Adapter, ModelOps, Ops};
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;

/// What becomes of a row `h` with the projection `p = h . r` on a direction `r` of length 1. All numbers are in units
/// of the residual stream.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Edit {
    /// Activation addition, `h + alpha r` (arXiv 2312.06681, arXiv 2507.21509).
    Add(f32),
    /// Directional ablation, `h - p r` (arXiv 2406.11717).
    Ablate,
    /// `h + (min(max(p, low), high) - p) r`: the projection is kept within bounds. With an infinite one it is a cap or
    /// a floor.
    Clamp {
        /// Smallest projection.
        low: f32,
        /// Largest projection.
        high: f32,
    },
    /// Induction, `h - p r + target r`; its source has a multiple of a trait's mean projection as the target (arXiv
    /// 2412.10427).
    Induce(f32),
}

impl Edit {
    /// `[gain, shift, low, high]` of the formula, finite because WGSL knows no infinities.
    fn settings(self) -> [f32; 4] {
        let (gain, shift, low, high) = match self {
            Self::Add(alpha) => (0.0, alpha, f32::MIN, f32::MAX),
            Self::Ablate => (-1.0, 0.0, f32::MIN, f32::MAX),
            Self::Clamp { low, high } => (0.0, 0.0, low.max(f32::MIN), high.min(f32::MAX)),
            Self::Induce(target) => (-1.0, target, f32::MIN, f32::MAX),
        };
        [gain, shift, low, high]
    }
}

/// Words before those of the rows.
const HEAD_WORDS: usize = 6;

/// Writes down what is done to which rows: the number of rows, then as bits of floats gain, shift, low, high and the
/// threshold of the cosine, then a word a row, 0 where the row stays as it is.
///
/// The threshold counts only where [`edit`] is given a condition.
pub fn encode(edit: Edit, threshold: f32, rows: &[bool]) -> Vec<u32> {
    let mut words = Vec::with_capacity(HEAD_WORDS + rows.len());
    words.push(rows.len() as u32);
    words.extend(edit.settings().map(f32::to_bits));
    words.push(threshold.to_bits());
    words.extend(rows.iter().map(|row| u32::from(*row)));
    words
}

/// Edits the rows that `plan` names. With a second vector `c`, only those of them with `h . c > threshold |h|`: the
/// cosine of `h` and `c` lies above the threshold, which that of a row of zeros never does.
///
/// # Shapes
/// x `[tokens, width]`, vectors `[1 or 2, width]` of length 1 each, plan from [`encode`]; result `[tokens, width]`.
pub fn edit(x: &Tensor<2>, vectors: &Tensor<2>, plan: &Tensor<1, Int>, adapter: Adapter) -> Tensor<2> {
    Tensor::from_dispatch(<Ops as ModelOps>::edit(
        &x.clone().into_dispatch(),
        &vectors.clone().into_dispatch(),
        plan.clone().into_dispatch(),
        adapter,
    ))
}

pub(super) fn cpu(x: &FlexTensor, vectors: &FlexTensor, plan: &FlexTensor) -> FlexTensor {
    let (x, vectors, plan) = (
        cpu::contiguous(x),
        cpu::contiguous(vectors),
        cpu::contiguous(plan),
    );
    let width = cpu::cols(&x);
    let (head, rows) = cpu::u32s(&plan).split_at(HEAD_WORDS);
    let (direction, condition) = cpu::f32s(&vectors).split_at(width);
    let settings = [1, 2, 3, 4, 5].map(|i| f64::from(f32::from_bits(head[i])));
    let mut y = cpu::f32s(&x).to_vec();
    let out = Shared::new(&mut y);
    cpu::for_parts(rows.len(), 1, |part| {
        for row in part.filter(|row| rows[*row] != 0) {
            dispatch(Row {
                // SAFETY: parts have rows of their own.
                h: unsafe { out.run(row * width, width) },
                direction,
                condition,
                settings,
            });
        }
    });
    cpu::matrix(y, rows.len(), width)
}

/// One row on the CPU.
struct Row<'a> {
    h: &'a mut [f32],
    direction: &'a [f32],
    /// Empty where there is none.
    condition: &'a [f32],
    settings: [f64; 5],
}

impl Kernel for Row<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        let [gain, shift, low, high, threshold] = self.settings;
        if !self.condition.is_empty() {
            let norm = long_dot::<S>(self.h, self.h).sqrt();
            let passes = long_dot::<S>(self.h, self.condition) > threshold * norm;
            if !passes {
                return;
            }
        }
        let p = long_dot::<S>(self.h, self.direction);
        let delta = (gain * p + shift).max(low - p).min(high - p) as f32;
        if delta != 0.0 {
            for (value, direction) in self.h.iter_mut().zip(self.direction) {
                *value += delta * direction;
            }
        }
    }
}

pub(super) fn gpu(x: &CubeTensor, vectors: &CubeTensor, plan: &CubeTensor, adapter: Adapter) -> CubeTensor {
    let (x, vectors) = (device::contiguous(x), device::contiguous(vectors));
    let (tokens, width) = device::dims(&x);
    let y = device::matrix_like(&x, tokens, width);
    let kernel = EditKernel {
        width,
        conditional: device::dims(&vectors).0 == 2,
        threads: Sliced::new(adapter),
    };
    let groups = groups_for(tokens.div_ceil(kernel.threads.rows as usize));
    device::launch(kernel, groups, &[&x, &vectors, plan, &y]);
    y
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct EditKernel {
    width: usize,
    conditional: bool,
    threads: Sliced,
}

impl Wgsl for EditKernel {
    fn workgroup(&self) -> u32 {
        self.threads.count()
    }

    fn wgsl(&self) -> String {
        // The projection; with a condition also the product with its direction, and the square.
        let (kind, terms, projection, passes) = if self.conditional {
            (
                "vec3<f32>",
                "vec3<f32>(v * vectors[i], v * vectors[WIDTH + i], v * v)",
                "sum.x",
                "sum.y > bitcast<f32>(plan[5]) * sqrt(sum.z)",
            )
        } else {
            ("f32", "v * vectors[i]", "sum", "true")
        };
        format!(
            "@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> vectors: array<f32>;
@group(0) @binding(2) var<storage, read_write> plan: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
const WIDTH = {width}u;
{declarations}
@compute @workgroup_size({threads})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) thread: u32,
) {{
    let row = min((group.y * groups.x + group.x) * ROWS + thread / SLICES, plan[0] - 1u);
    let base = row * WIDTH;
    {sum}
    let p = {projection};
    let wanted = bitcast<f32>(plan[1]) * p + bitcast<f32>(plan[2]);
    let bounded = min(max(wanted, bitcast<f32>(plan[3]) - p), bitcast<f32>(plan[4]) - p);
    let passes = plan[{HEAD_WORDS}u + row] != 0u && {passes};
    let delta = select(0.0, bounded, passes);
    for (var i = slice; i < WIDTH; i += SLICES) {{
        let v = x[base + i];
        y[base + i] = select(v + delta * vectors[i], v, delta == 0.0);
    }}
}}",
            width = self.width,
            declarations = self.threads.declarations(kind),
            threads = self.threads.count(),
            sum = self.threads.sum(kind, terms),
        )
    }
}

#[cfg(test)]
mod tests;
