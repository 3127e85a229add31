//! What the GPU kernels of a product are told: the matrix, and what becomes of the sums.

use super::MatrixSpec;
use crate::ops::Gate;
use crate::quant::PackedLayout;

/// What becomes of the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::ops) enum Store {
    Plain,
    /// Added to the tensor `residual`.
    Residual,
    /// The first half of the rows is the gate of the second.
    Gated(Gate),
    /// Not stored: of the outputs of a thread, for each token, the largest and the sum of the exponentials of what each
    /// lies below it. `[tokens, threads, 2]`.
    LogSumExp,
}

/// What all kernels of the product have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::ops) struct Product {
    pub(super) layout: PackedLayout,
    pub(super) store: Store,
    /// The bits of the norm's epsilon, where the kernel norms the activations.
    pub(super) norm: Option<u32>,
}

impl Product {
    pub(in crate::ops) fn new(layout: MatrixSpec, store: Store) -> Self {
        Self {
            layout,
            store,
            norm: None,
        }
    }

    /// Rows of the matrix that an output is made of.
    pub(super) fn parts(&self) -> usize {
        if let Store::Gated(_) = self.store { 2 } else { 1 }
    }

    pub(super) fn outputs(&self) -> usize {
        self.layout.rows / self.parts()
    }

    pub(super) fn bindings(&self) -> String {
        let function = match self.store {
            Store::Gated(gate) => gate.function(),
            _ => String::new(),
        };
        let more = match (self.store, self.norm) {
            (Store::Residual, _) => "@group(0) @binding(4) var<storage, read_write> residual: array<f32>;",
            (_, Some(_)) => "@group(0) @binding(4) var<storage, read_write> norm: array<vec4<f32>>;",
            _ => "",
        };
        format!(
            "@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> w: array<u32>;
@group(0) @binding(2) var<storage, read_write> n_tokens: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
{more}
{function}"
        )
    }
}
