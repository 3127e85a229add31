//! Several linear layers over the same input, in as few products as their formats allow.

use crate::ops::Matrix;
use crate::ops::linear::linear;
use burn::tensor::{Int, Tensor};

/// Matrices whose outputs stand side by side; neighbours of one format were stacked while loading.
#[derive(Debug, Clone)]
pub(super) struct Projection(pub(super) Vec<Matrix>);

impl Projection {
    /// All outputs of each token, `[tokens, sum of rows]`.
    pub(super) fn forward(&self, x: &Tensor<2>, rows: &Tensor<1, Int>) -> Tensor<2> {
        match &self.0[..] {
            [only] => linear(x, only, rows),
            parts => Tensor::cat(parts.iter().map(|part| linear(x, part, rows)).collect(), 1),
        }
    }
}
