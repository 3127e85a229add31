//! `qwen3`: the dense models of Qwen3 (arXiv 2505.09388, section 2): in place of the biases of Qwen2, queries and keys are
//! normed head by head. Their heads are wider than their share of the stream; the file says how wide.

use super::Architecture;
use crate::model::pairs::Pairs;
use crate::ops::Gate;

/// Rows stand as in the model they were converted from.
pub const QWEN3: Architecture = Architecture {
    name: "qwen3",
    pairs: Pairs::Halves,
    qkv_bias: false,
    head_norm: true,
    rope_factors: false,
    gate: Gate::Silu,
    post_norms: false,
    scaled_embedding: false,
    windows: None,
    share_scaled_layers: None,
};
