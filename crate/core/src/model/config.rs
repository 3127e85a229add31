//! The hyperparameters of a decoder, read from a GGUF's metadata and checked against each other.

use crate::gguf::{Gguf, Metadata};
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
///
/// In WebAssembly a size has 32 bits. Within these bounds neither heads times their width nor the bytes of any size for
/// all tokens of a part of a forward leave them; the elements of a matrix are `PackedLayout::new`'s to check.
const MAX_LAYERS: u32 = 1 << 10;
const MAX_WIDTH: u32 = 1 << 16;
const MAX_HIDDEN: u32 = 1 << 18;
const MAX_HEADS: u32 = 1 << 10;
const MAX_HEAD_WIDTH: u32 = 1 << 10;
const MAX_VOCABULARY: u64 = 1 << 22;

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
        check_scaling(meta)?;
        check_kind(meta)?;
        let size = |key, most| size(meta, key, most);
        let epsilon = meta.f32("llama.attention.layer_norm_rms_epsilon")?;
        let rope_theta = f64::from(meta.opt_f32("llama.rope.freq_base")?.unwrap_or(10_000.0));
        if !(epsilon > 0.0 && epsilon < 1.0 && rope_theta > 1.0 && rope_theta.is_finite()) {
            return Err(Error::ModelTensor(format!(
                "norm epsilon {epsilon} or rotary base {rope_theta} is no sensible value"
            )));
        }
        let width = size("embedding_length", MAX_WIDTH)?;
        Ok(Self {
            layers: size("block_count", MAX_LAYERS)? as usize,
            width: width as usize,
            hidden: size("feed_forward_length", MAX_HIDDEN)? as usize,
            heads: heads(meta, width)?,
            vocabulary: vocabulary(gguf, meta.opt_u32("llama.vocab_size")?)?,
            // Long contexts need no bound: the cache holds what `LoadOptions` says and no more.
            context: size("context_length", u32::MAX)? as usize,
            epsilon,
            rope_theta,
        })
    }
}

/// Positions are not scaled.
///
/// As in llama.cpp a factor without a type scales too, under its old name as well, and 0 and 1 do not.
fn check_scaling(meta: &Metadata) -> Result<()> {
    match meta.opt_str("llama.rope.scaling.type")? {
        Some("none") => return Ok(()),
        Some(kind) => {
            return Err(Error::ModelUnsupported(format!(
                "its rotary scaling {kind:?} is not implemented"
            )));
        }
        None => {}
    }
    for key in ["llama.rope.scaling.factor", "llama.rope.scale_linear"] {
        if let Some(factor) = meta.opt_f32(key)?.filter(|factor| ![0.0, 1.0].contains(factor)) {
            return Err(Error::ModelUnsupported(format!(
                "its rotary scaling is not implemented: {key} is {factor}"
            )));
        }
    }
    Ok(())
}

/// Every token attends to those before it, and every block has one feed-forward layer.
fn check_kind(meta: &Metadata) -> Result<()> {
    if meta.opt_bool("llama.attention.causal")? == Some(false) {
        return Err(Error::ModelUnsupported(
            "its tokens attend to later ones (llama.attention.causal is false), and it cannot write text"
                .into(),
        ));
    }
    match meta.opt_u32("llama.expert_count")? {
        None | Some(0) => Ok(()),
        Some(count) => Err(Error::ModelUnsupported(format!(
            "it is a mixture of {count} experts (llama.expert_count), which is not implemented"
        ))),
    }
}

/// The value of a key that must be from 1 to `most`.
fn size(meta: &Metadata, key: &str, most: u32) -> Result<u32> {
    match meta.u32(&format!("llama.{key}"))? {
        value if (1..=most).contains(&value) => Ok(value),
        value => Err(Error::ModelTensor(format!(
            "llama.{key} is {value}, and sensible is 1 to {most}"
        ))),
    }
}

/// How the queries, keys and values of a model of this width divide into heads.
fn heads(meta: &Metadata, width: u32) -> Result<HeadSpec> {
    let optional = |key: &str| meta.opt_u32(&format!("llama.{key}"));
    let heads = size(meta, "attention.head_count", MAX_HEADS)?;
    let kv_heads = optional("attention.head_count_kv")?.unwrap_or(heads);
    // Nothing but 0 is a multiple of 0.
    if !heads.is_multiple_of(kv_heads) {
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
    if dim == 0 || !dim.is_multiple_of(4) || dim > MAX_HEAD_WIDTH || heads * dim > MAX_WIDTH {
        return Err(Error::ModelTensor(format!(
            "{heads} heads of width {dim} are no sensible sizes"
        )));
    }
    Ok(HeadSpec {
        heads: heads as usize,
        kv_heads: kv_heads as usize,
        dim: dim as usize,
    })
}

/// Rows of the embedding, which must be those that the metadata tell, if they do.
fn vocabulary(gguf: &Gguf, told: Option<u32>) -> Result<usize> {
    let embedding = gguf
        .tensor("token_embd.weight")
        .ok_or_else(|| Error::ModelTensor("token_embd.weight is missing".into()))?;
    let rows = match embedding.shape[..] {
        [_, rows] if rows <= MAX_VOCABULARY => rows,
        _ => {
            return Err(Error::ModelTensor(format!(
                "token_embd.weight has shape {:?}, not a row for each of at most {MAX_VOCABULARY} tokens",
                embedding.shape
            )));
        }
    };
    match told {
        Some(told) if u64::from(told) != rows => Err(Error::ModelTensor(format!(
            "llama.vocab_size is {told}, and token_embd.weight has a row for each of {rows} tokens"
        ))),
        _ => Ok(rows as usize),
    }
}
