//! `qwen2`: Qwen2 (arXiv 2407.10671, section 2.2.1) and Qwen2.5: queries, keys and values have biases.

use super::Architecture;
use crate::model::pairs::Pairs;
use crate::ops::Gate;

/// Rows stand as in the model they were converted from.
pub const QWEN2: Architecture = Architecture {
    name: "qwen2",
    pairs: Pairs::Halves,
    qkv_bias: true,
    head_norm: false,
    rope_factors: false,
    gate: Gate::Silu,
    post_norms: false,
    scaled_embedding: false,
    windows: None,
    share_scaled_layers: None,
};
