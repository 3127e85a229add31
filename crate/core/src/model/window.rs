//! Blocks that see only the last tokens before each (a sliding window, arXiv 2004.05150, section 3.1).
//!
//! What a token sees is in the plan of a forward, so these blocks have a plan of their own ([`crate::ops::plan::windowed`]), and
//! with it a rotary table of their own.

use super::architecture::Architecture;
use crate::gguf::{Array, Metadata, Value};
use crate::{Error, Result};

/// Which blocks see how much.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// Tokens that such a block sees, each token itself among them.
    pub tokens: usize,
    /// Base of the rotary frequencies of such a block.
    pub rope_theta: f64,
    /// Whether each block is such a one.
    pub blocks: Vec<bool>,
}

impl Window {
    /// Reads it, for an architecture that has windows.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`] without the window's size, [`Error::ModelTensor`] for numbers that make no sense.
    pub(super) fn from_metadata(
        meta: &Metadata,
        architecture: &Architecture,
        layers: usize,
    ) -> Result<Option<Self>> {
        let Some(defaults) = &architecture.windows else {
            return Ok(None);
        };
        let key = architecture.key("attention.sliding_window");
        let tokens = match meta.u32(&key)? {
            0 => return Err(Error::ModelTensor(format!("{key} is 0"))),
            tokens => tokens as usize,
        };
        let key = architecture.key("rope.freq_base_swa");
        let rope_theta = f64::from(meta.opt_f32(&key)?.unwrap_or(defaults.rope_theta));
        if !(rope_theta > 1.0 && rope_theta.is_finite()) {
            return Err(Error::ModelTensor(format!(
                "{key} is {rope_theta}, no sensible rotary base"
            )));
        }
        let key = architecture.key("attention.sliding_window_pattern");
        let blocks = match meta.get(&key) {
            Some(Value::Array(Array::Bool(blocks))) if blocks.len() == layers => blocks.clone(),
            Some(Value::Array(Array::Bool(blocks))) => {
                return Err(Error::ModelTensor(format!(
                    "{key} is about {} blocks, and there are {layers}",
                    blocks.len()
                )));
            }
            _ => match meta.opt_u32(&key)?.unwrap_or(defaults.period) {
                0 => return Err(Error::ModelTensor(format!("{key} is 0"))),
                period => (1..=layers).map(|n| !n.is_multiple_of(period as usize)).collect(),
            },
        };
        Ok(Some(Self {
            tokens,
            rope_theta,
            blocks,
        }))
    }
}
