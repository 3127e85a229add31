//! `llama`: Llama (arXiv 2302.13971, section 2.2) and what is built like it, among them SmolLM2 and TinyLlama.

use super::Architecture;
use crate::model::pairs::Pairs;
use crate::ops::Gate;

/// The file's rows of queries and keys are permuted: llama.cpp's converter puts those side by side that are turned together.
/// Llama 3.1 and later bring factors for long contexts (`rope_freqs.weight`).
pub const LLAMA: Architecture = Architecture {
    name: "llama",
    pairs: Pairs::Neighbours,
    qkv_bias: false,
    head_norm: false,
    rope_factors: true,
    gate: Gate::Silu,
    post_norms: false,
    scaled_embedding: false,
    windows: None,
    share_scaled_layers: None,
};
