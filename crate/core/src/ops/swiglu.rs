//! Gated feed-forward activation: `y = silu(gate) * up`, silu(g) = g / (1 + exp(-g)) (arXiv 2002.05202, section 2).

use super::cpu::{self, Shared};
use super::gpu::{self as device, Wgsl};
use super::{ModelOps, Ops};
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;

/// Joins the two halves of each row of `gate_up`.
///
/// # Shapes
/// gate_up `[tokens, 2 * hidden]` (gate first), rows: one word, the number of tokens; result `[tokens, hidden]`.
pub fn swiglu(gate_up: &Tensor<2>, rows: &Tensor<1, Int>) -> Tensor<2> {
    Tensor::from_dispatch(<Ops as ModelOps>::swiglu(
        &gate_up.clone().into_dispatch(),
        rows.clone().into_dispatch(),
    ))
}

pub(super) fn cpu(gate_up: &FlexTensor) -> FlexTensor {
    let gate_up = cpu::contiguous(gate_up);
    let hidden = cpu::cols(&gate_up) / 2;
    let input = cpu::f32s(&gate_up);
    let rows = input.len() / (2 * hidden);
    let mut y = vec![0.0; rows * hidden];
    let out = Shared::new(&mut y);
    cpu::for_parts(rows, 1, |part| {
        for row in part {
            let (gate, up) = input[2 * row * hidden..][..2 * hidden].split_at(hidden);
            // SAFETY: parts have rows of their own.
            cpu::rows::gate(gate, up, unsafe { out.run(row * hidden, hidden) });
        }
    });
    cpu::matrix(y, rows, hidden)
}

pub(super) fn gpu(gate_up: &CubeTensor, rows: &CubeTensor) -> CubeTensor {
    let gate_up = device::contiguous(gate_up);
    let (tokens, width) = device::dims(&gate_up);
    let hidden = width / 2;
    let y = device::matrix_like(&gate_up, tokens, hidden);
    let x = hidden.div_ceil(SwigluKernel::WORKGROUP as usize) as u32;
    device::launch(SwigluKernel { hidden }, (x, tokens as u32), &[&gate_up, rows, &y]);
    y
}

/// The formula in WGSL.
pub(super) const FUNCTION: &str = "
fn swiglu(gate: f32, up: f32) -> f32 {
    // WGSL leaves an overflowing exp undefined; beyond 80 the quotient is 0 in f32 either way.
    return gate / (1.0 + exp(min(-gate, 80.0))) * up;
}
";

/// One thread an element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct SwigluKernel {
    hidden: usize,
}

impl Wgsl for SwigluKernel {
    fn wgsl(&self) -> String {
        format!(
            "@group(0) @binding(0) var<storage, read_write> gate_up: array<f32>;
@group(0) @binding(1) var<storage, read_write> n_tokens: array<u32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
const HIDDEN = {hidden}u;
{FUNCTION}
@compute @workgroup_size({workgroup})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
    if (id.x >= HIDDEN || id.y >= n_tokens[0]) {{ return; }}
    let gate = gate_up[id.y * 2u * HIDDEN + id.x];
    let up = gate_up[id.y * 2u * HIDDEN + HIDDEN + id.x];
    y[id.y * HIDDEN + id.x] = swiglu(gate, up);
}}",
            hidden = self.hidden,
            workgroup = Self::WORKGROUP,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{assert_close, devices, matrix, values, words};

    #[test]
    fn both_devices_give_the_formula_and_survive_large_gates() {
        let gates = [0.0f32, 1.0, -1.0, 30.0, -30.0, 100.0, -100.0, -1000.0];
        let ups = [2.0f32, -3.0, 0.5, 1.5, 1.0, -2.0, 1.0, 5.0];
        let expected: Vec<f64> = gates
            .iter()
            .zip(ups)
            .map(|(g, u)| f64::from(*g) / (1.0 + (-f64::from(*g)).exp()) * f64::from(u))
            .collect();
        for compute in devices() {
            // Two tokens with four hidden units each: gates first, then ups.
            let x = [&gates[..4], &ups[..4], &gates[4..], &ups[4..]].concat();
            let y = swiglu(&matrix(&x, 8, &compute.device), &words(&[2], &compute.device));
            assert_close(&values(y), &expected, 1e-6, "swiglu");
            compute.check().unwrap();
        }
    }
}
