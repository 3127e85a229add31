//! Gated feed-forward activation: `y = f(gate) * up` (arXiv 2002.05202, section 2).
//!
//! Both functions are `f(g) = g / (1 + exp(-s(g)))`. silu has `s(g) = g`. gelu in its approximation by a hyperbolic tangent
//! (arXiv 1606.08415, section 2), `g / 2 * (1 + tanh(sqrt(2 / pi) (g + 0.044715 g^3)))`, has twice what stands in the tangent,
//! since `(1 + tanh(z)) / 2 = 1 / (1 + exp(-2 z))`.

use super::cpu::{self, Shared};
use super::gpu::{self as device, Wgsl};
use super::{ModelOps, Ops};
use burn::tensor::{Int, Tensor};
use burn_flex::FlexTensor;
use burn_wgpu::CubeTensor;

/// The function of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    /// The gate times its logistic function: SwiGLU.
    Silu,
    /// The gate times about the normal distribution function of it: GeGLU.
    Gelu,
}

/// `2 sqrt(2 / pi)`.
pub(super) const GELU_SLOPE: f32 = 1.595_769;
/// Of the cube.
pub(super) const GELU_CUBE: f32 = 0.044_715;

/// Joins the two halves of each row of `gate_up`.
///
/// # Shapes
/// gate_up `[tokens, 2 * hidden]` (gate first), rows: one word, the number of tokens; result `[tokens, hidden]`.
pub fn gated(gate_up: &Tensor<2>, gate: Gate, rows: &Tensor<1, Int>) -> Tensor<2> {
    Tensor::from_dispatch(<Ops as ModelOps>::gated(
        &gate_up.clone().into_dispatch(),
        rows.clone().into_dispatch(),
        gate,
    ))
}

pub(super) fn cpu(gate_up: &FlexTensor, gate: Gate) -> FlexTensor {
    let gate_up = cpu::contiguous(gate_up);
    let hidden = cpu::cols(&gate_up) / 2;
    let input = cpu::f32s(&gate_up);
    let rows = input.len() / (2 * hidden);
    let mut y = vec![0.0; rows * hidden];
    let out = Shared::new(&mut y);
    cpu::for_parts(rows, 1, |part| {
        for row in part {
            let halves = input[2 * row * hidden..][..2 * hidden].split_at(hidden);
            // SAFETY: parts have rows of their own.
            cpu::rows::gated(gate, halves, unsafe { out.run(row * hidden, hidden) });
        }
    });
    cpu::matrix(y, rows, hidden)
}

pub(super) fn gpu(gate_up: &CubeTensor, rows: &CubeTensor, gate: Gate) -> CubeTensor {
    let gate_up = device::contiguous(gate_up);
    let (tokens, width) = device::dims(&gate_up);
    let hidden = width / 2;
    let y = device::matrix_like(&gate_up, tokens, hidden);
    let x = hidden.div_ceil(GatedKernel::WORKGROUP as usize) as u32;
    device::launch(
        GatedKernel { hidden, gate },
        (x, tokens as u32),
        &[&gate_up, rows, &y],
    );
    y
}

impl Gate {
    /// The formula in WGSL.
    pub(super) fn function(self) -> String {
        let steepness = match self {
            Self::Silu => "gate".to_owned(),
            Self::Gelu => format!("{GELU_SLOPE:?} * (gate + {GELU_CUBE:?} * gate * gate * gate)"),
        };
        // WGSL leaves an overflowing exp undefined; beyond 80 the quotient is 0 in f32 either way.
        format!(
            "
fn gated(gate: f32, up: f32) -> f32 {{
    return gate / (1.0 + exp(clamp(-({steepness}), -80.0, 80.0))) * up;
}}
"
        )
    }
}

/// One thread an element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct GatedKernel {
    hidden: usize,
    gate: Gate,
}

impl Wgsl for GatedKernel {
    fn wgsl(&self) -> String {
        format!(
            "@group(0) @binding(0) var<storage, read_write> gate_up: array<f32>;
@group(0) @binding(1) var<storage, read_write> n_tokens: array<u32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
const HIDDEN = {hidden}u;
{function}
@compute @workgroup_size({workgroup})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
    if (id.x >= HIDDEN || id.y >= n_tokens[0]) {{ return; }}
    let gate = gate_up[id.y * 2u * HIDDEN + id.x];
    let up = gate_up[id.y * 2u * HIDDEN + HIDDEN + id.x];
    y[id.y * HIDDEN + id.x] = gated(gate, up);
}}",
            hidden = self.hidden,
            function = self.gate.function(),
            workgroup = Self::WORKGROUP,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{assert_close, devices, matrix, values, words};

    /// As the formulas stand in the papers.
    fn formula(gate: Gate, g: f32) -> f64 {
        let g = f64::from(g);
        match gate {
            Gate::Silu => g / (1.0 + (-g).exp()),
            Gate::Gelu => {
                let z = (2.0 / core::f64::consts::PI).sqrt() * (g + 0.044715 * g.powi(3));
                g / 2.0 * (1.0 + z.tanh())
            }
        }
    }

    #[test]
    fn both_devices_give_the_formula_and_survive_large_gates() {
        let gates = [0.0f32, 1.0, -1.0, 30.0, -30.0, 100.0, -100.0, -1000.0];
        let ups = [2.0f32, -3.0, 0.5, 1.5, 1.0, -2.0, 1.0, 5.0];
        for gate in [Gate::Silu, Gate::Gelu] {
            let pairs = gates.iter().zip(ups);
            let expected: Vec<f64> = pairs.map(|(g, u)| formula(gate, *g) * f64::from(u)).collect();
            for compute in devices() {
                // Two tokens with four hidden units each: gates first, then ups.
                let x = [&gates[..4], &ups[..4], &gates[4..], &ups[4..]].concat();
                let x = matrix(&x, 8, &compute.device);
                let y = gated(&x, gate, &words(&[2], &compute.device));
                assert_close(&values(y), &expected, 1e-6, &format!("{gate:?}"));
                compute.check().unwrap();
            }
        }
    }
}
