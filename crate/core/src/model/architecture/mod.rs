//! The architectures that are run, by the name in `general.architecture`.
//!
//! All are made of the blocks of [`super::block`]. A file here says in what the decoders of its architecture differ, and
//! where that stands.

mod gemma3;
mod llama;
mod qwen2;
mod qwen3;

use super::pairs::Pairs;
use crate::ops::Gate;
use crate::{Error, Result};

/// What the decoders of an architecture are made of, beside what all have: norm, grouped-query attention with a rotary
/// embedding, norm, gated feed-forward layer.
#[derive(Debug, PartialEq)]
pub struct Architecture {
    /// `general.architecture`, with which the keys of its settings begin too.
    pub name: &'static str,
    /// Where the columns of a head lie that are turned together.
    pub(super) pairs: Pairs,
    /// Whether queries, keys and values have biases.
    pub(super) qkv_bias: bool,
    /// Whether each head's queries and keys are normed before they are turned.
    pub(super) head_norm: bool,
    /// Whether the file may bring a factor for each rotary frequency.
    pub(super) rope_factors: bool,
    /// Of the feed-forward layer.
    pub(super) gate: Gate,
    /// Whether what attention and the feed-forward layer give is normed before it is added to the stream.
    pub(super) post_norms: bool,
    /// Whether the embedding is multiplied by the square root of its width.
    pub(super) scaled_embedding: bool,
    /// Blocks that see only the last tokens.
    pub(super) windows: Option<Windows>,
    /// With so many blocks, scores are scaled by a head's share of the width, `1 / sqrt(width / heads)`, instead of by the head's
    /// own width.
    pub(super) share_scaled_layers: Option<usize>,
}

/// What an architecture with windows has where the file does not say.
#[derive(Debug, PartialEq)]
pub(super) struct Windows {
    /// The last of so many blocks sees everything.
    pub(super) period: u32,
    /// Base of the rotary frequencies of the others.
    pub(super) rope_theta: f32,
}

const ALL: [&Architecture; 4] = [&llama::LLAMA, &qwen2::QWEN2, &qwen3::QWEN3, &gemma3::GEMMA3];

impl Architecture {
    /// The architecture of a name.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`] with those there are.
    pub(super) fn by_name(name: &str) -> Result<&'static Self> {
        let found = ALL.into_iter().find(|known| known.name == name);
        found.ok_or_else(|| {
            let known: Vec<String> = ALL.iter().map(|known| format!("{:?}", known.name)).collect();
            Error::ModelUnsupported(format!(
                "its architecture is {name:?}, and implemented are {}",
                known.join(", ")
            ))
        })
    }

    /// The key of one of its settings.
    pub(super) fn key(&self, setting: &str) -> String {
        format!("{}.{setting}", self.name)
    }
}
