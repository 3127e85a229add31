//! The hyperparameters of a decoder, read from a GGUF's metadata and checked against each other.

use crate::gguf::Gguf;
use crate::ops::HeadSpec;
use crate::{Error, Result};

/// Hyperparameters of a `llama`-architecture decoder.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Blocks.
    pub layers: usize,
    /// Width of the residual stream.
    pub width: usize,
    /// Width of the feed-forward layer.
    pub hidden: usize,
    /// Heads of the attention.
    pub heads: HeadSpec,
    /// Tokens the model knows.
    pub vocabulary: usize,
    /// Longest context the model was made for, in tokens.
    pub context: usize,
    /// Epsilon of the norms.
    pub epsilon: f32,
    /// Base of the rotary frequencies.
    pub rope_theta: f64,
}

/// Bounds no model that runs in a browser comes near; a file beyond them is damaged or hostile.
const MAX_LAYERS: usize = 1024;
const MAX_WIDTH: usize = 1 << 17;

impl Config {
    /// Reads and checks the configuration.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`] for another architecture or a setting that is not implemented,
    /// [`Error::ModelTensor`] for numbers that do not fit together.
    pub fn from_gguf(gguf: &Gguf) -> Result<Self> {
        let meta = &gguf.metadata;
        let architecture = meta.str("general.architecture")?;
        if architecture != "llama" {
            return Err(Error::ModelUnsupported(format!(
                "its architecture is {architecture:?}, and only \"llama\" is implemented"
            )));
        }
        let size = |key: &str| meta.u32(&format!("llama.{key}")).map(|value| value as usize);
        let optional = |key: &str| {
            meta.opt_u32(&format!("llama.{key}"))
                .map(|v| v.map(|value| value as usize))
        };
        let (layers, width, hidden) = (
            size("block_count")?,
            size("embedding_length")?,
            size("feed_forward_length")?,
        );
        let heads = size("attention.head_count")?;
        let kv_heads = optional("attention.head_count_kv")?.unwrap_or(heads);
        if heads == 0 || kv_heads == 0 || !heads.is_multiple_of(kv_heads) {
            return Err(Error::ModelTensor(format!(
                "{heads} query heads do not divide over {kv_heads} key heads"
            )));
        }
        let dim = optional("attention.key_length")?.unwrap_or(width / heads);
        let value_dim = optional("attention.value_length")?.unwrap_or(dim);
        let rope_dim = optional("rope.dimension_count")?.unwrap_or(dim);
        if value_dim != dim || rope_dim != dim {
            return Err(Error::ModelUnsupported(format!(
                "its key, value and rotary widths differ ({dim}, {value_dim}, {rope_dim})"
            )));
        }
        if let Some(kind) = meta.opt_str("llama.rope.scaling.type")?
            && kind != "none"
        {
            return Err(Error::ModelUnsupported(format!(
                "its rotary scaling {kind:?} is not implemented"
            )));
        }
        if layers == 0
            || layers > MAX_LAYERS
            || width == 0
            || width > MAX_WIDTH
            || hidden == 0
            || hidden > 8 * MAX_WIDTH
        {
            return Err(Error::ModelTensor(format!(
                "{layers} layers of width {width} with {hidden} hidden units are no sensible sizes"
            )));
        }
        if dim == 0 || !dim.is_multiple_of(4) || heads * dim > MAX_WIDTH {
            return Err(Error::ModelTensor(format!(
                "{heads} heads of width {dim} are no sensible sizes"
            )));
        }
        let embedding = gguf
            .tensor("token_embd.weight")
            .ok_or_else(|| Error::ModelTensor("token_embd.weight is missing".into()))?;
        let vocabulary = embedding.shape.get(1).copied().unwrap_or(0) as usize;
        let epsilon = meta.f32("llama.attention.layer_norm_rms_epsilon")?;
        let rope_theta = f64::from(meta.opt_f32("llama.rope.freq_base")?.unwrap_or(10_000.0));
        if !(epsilon > 0.0 && epsilon < 1.0 && rope_theta > 1.0 && rope_theta.is_finite()) {
            return Err(Error::ModelTensor(format!(
                "norm epsilon {epsilon} or rotary base {rope_theta} is no sensible value"
            )));
        }
        Ok(Self {
            layers,
            width,
            hidden,
            heads: HeadSpec { heads, kv_heads, dim },
            vocabulary,
            context: size("context_length")?,
            epsilon,
            rope_theta,
        })
    }
}
