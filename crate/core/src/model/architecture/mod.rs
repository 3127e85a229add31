//! The architectures that are run, by the name in `general.architecture`.
//!
//! All are made of the blocks of [`super::block`]. A file here says in what the decoders of its architecture differ, and
//! where that stands.

mod llama;
mod qwen2;
mod qwen3;

use super::pairs::Pairs;
use crate::{Error, Result};

/// What the decoders of an architecture are made of, beside what all have: norm, grouped-query attention with a rotary
/// embedding, norm, gated feed-forward layer.
#[derive(Debug, PartialEq, Eq)]
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
}

const ALL: [&Architecture; 3] = [&llama::LLAMA, &qwen2::QWEN2, &qwen3::QWEN3];

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
