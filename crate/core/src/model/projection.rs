//! Several linear layers over the same input, in as few products as their formats allow.

use crate::ops::linear::linear;
use crate::ops::{Adapter, Matrix};
use burn::tensor::{Int, Tensor};

/// Matrices whose outputs stand side by side; neighbours of one format were stacked while loading.
#[derive(Debug, Clone)]
pub(super) struct Projection(pub(super) Vec<Matrix>);

impl Projection {
    /// All outputs of each token, `[tokens, sum of rows]`.
    pub(super) fn forward(&self, x: &Tensor<2>, rows: &Tensor<1, Int>, adapter: Adapter) -> Tensor<2> {
        match &self.0[..] {
            [only] => linear(x, only, rows, adapter),
            parts => {
                let parts = parts.iter().map(|part| linear(x, part, rows, adapter));
                Tensor::cat(parts.collect(), 1)
            }
        }
    }
}
