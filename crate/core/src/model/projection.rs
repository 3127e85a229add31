//! Several linear layers over the same input, in as few products as their formats allow.

use crate::ops::linear::{linear, normed_linear};
use crate::ops::rms_norm::{Norm, rms_norm};
use crate::ops::{Adapter, Matrix};
use burn::tensor::{Int, Tensor};

/// Matrices whose outputs stand side by side; neighbours of one format were stacked while loading.
#[derive(Debug, Clone)]
pub(super) struct Projection(pub(super) Vec<Matrix>);

impl Projection {
    /// All outputs of each normed token, `[tokens, sum of rows]`.
    pub(super) fn forward(
        &self,
        x: &Tensor<2>,
        norm: &Norm,
        rows: &Tensor<1, Int>,
        adapter: Adapter,
    ) -> Tensor<2> {
        match &self.0[..] {
            [only] => normed_linear(x, norm, only, rows, adapter),
            parts => {
                let normed = rms_norm(x, norm, rows, adapter);
                let parts = parts.iter().map(|part| linear(&normed, part, rows, adapter));
                Tensor::cat(parts.collect(), 1)
            }
        }
    }
}
