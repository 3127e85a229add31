//! `gemma3`: the text decoder of Gemma 3 (arXiv 2503.19786, section 2).
//!
//! What attention and the feed-forward layer give is normed before it is added, too, and query and key heads are normed.
//! Of six blocks five see only the last tokens (their window) and turn by a base of their own. The file's norms hold the factor
//! itself, which is 1 + the parameter of the model as it was published: llama.cpp's converter adds the 1.

use super::{Architecture, Windows};
use crate::model::pairs::Pairs;
use crate::ops::Gate;

/// What the file does not say is what llama.cpp takes for it, too.
pub const GEMMA3: Architecture = Architecture {
    name: "gemma3",
    pairs: Pairs::Halves,
    qkv_bias: false,
    head_norm: true,
    rope_factors: false,
    gate: Gate::Gelu,
    post_norms: true,
    scaled_embedding: true,
    windows: Some(Windows {
        period: 6,
        rope_theta: 10_000.0,
    }),
    // The model of 27 billion weights, whose heads are narrower than their share.
    share_scaled_layers: Some(62),
};
