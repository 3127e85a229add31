//! The hyperparameters of a decoder, read from a GGUF's metadata and checked against each other.

use super::architecture::Architecture;
use super::window::Window;
use crate::gguf::{Gguf, Metadata};
use crate::ops::HeadSpec;
use crate::{Error, Result};

/// Hyperparameters of a decoder.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// What its blocks are made of.
    pub architecture: &'static Architecture,
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
    /// What positions are divided by, so that more of them go round as far; windows have theirs undivided.
    pub rope_stretch: f64,
    /// Blocks that see only the last tokens, if there are any.
    pub window: Option<Window>,
    /// What queries are multiplied by, beside `1 / sqrt(dim)`.
    pub query_factor: f32,
    /// Logits stay between this and its opposite: `cap * tanh(logit / cap)`.
    pub softcap: Option<f32>,
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
        let architecture = Architecture::by_name(meta.str("general.architecture")?)?;
        let settings = Settings { meta, architecture };
        settings.check_kind()?;
        let size = |key, most| settings.size(key, most);
        let epsilon = meta.f32(&architecture.key("attention.layer_norm_rms_epsilon"))?;
        let rope_theta = meta.opt_f32(&architecture.key("rope.freq_base"))?;
        let rope_theta = f64::from(rope_theta.unwrap_or(10_000.0));
        if !(epsilon > 0.0 && epsilon < 1.0 && rope_theta > 1.0 && rope_theta.is_finite()) {
            return Err(Error::ModelTensor(format!(
                "norm epsilon {epsilon} or rotary base {rope_theta} is no sensible value"
            )));
        }
        let width = size("embedding_length", MAX_WIDTH)?;
        let layers = size("block_count", MAX_LAYERS)? as usize;
        let heads = settings.heads(width)?;
        Ok(Self {
            architecture,
            layers,
            width: width as usize,
            hidden: size("feed_forward_length", MAX_HIDDEN)? as usize,
            heads,
            vocabulary: settings.vocabulary(gguf)?,
            // Long contexts need no bound: the cache holds what `LoadOptions` says and no more.
            context: size("context_length", u32::MAX)? as usize,
            epsilon,
            rope_theta,
            rope_stretch: settings.rope_stretch()?,
            window: Window::from_metadata(meta, architecture, layers)?,
            query_factor: settings.query_factor(layers, width as usize, heads)?,
            softcap: settings.softcap()?,
        })
    }
}

/// The settings of an architecture, by keys that begin with its name.
struct Settings<'a> {
    meta: &'a Metadata,
    architecture: &'static Architecture,
}

impl Settings<'_> {
    fn key(&self, setting: &str) -> String {
        self.architecture.key(setting)
    }

    /// What positions are divided by.
    ///
    /// As in llama.cpp a factor without a type divides too, under its old name as well, and 0 is none.
    fn rope_stretch(&self) -> Result<f64> {
        match self.meta.opt_str(&self.key("rope.scaling.type"))? {
            Some("none") => return Ok(1.0),
            None | Some("linear") => {}
            Some(kind) => {
                return Err(Error::ModelUnsupported(format!(
                    "its rotary scaling {kind:?} is not implemented"
                )));
            }
        }
        for key in ["rope.scaling.factor", "rope.scale_linear"].map(|key| self.key(key)) {
            let Some(factor) = self.meta.opt_f32(&key)?.filter(|factor| *factor != 0.0) else {
                continue;
            };
            if !(factor > 0.0 && factor.is_finite()) {
                return Err(Error::ModelTensor(format!(
                    "{key} is {factor}, no sensible value"
                )));
            }
            return Ok(factor.into());
        }
        Ok(1.0)
    }

    /// Every token attends to those before it, and every block has one feed-forward layer.
    fn check_kind(&self) -> Result<()> {
        let causal = self.key("attention.causal");
        if self.meta.opt_bool(&causal)? == Some(false) {
            return Err(Error::ModelUnsupported(format!(
                "its tokens attend to later ones ({causal} is false), and it cannot write text"
            )));
        }
        let experts = self.key("expert_count");
        match self.meta.opt_u32(&experts)? {
            None | Some(0) => Ok(()),
            Some(count) => Err(Error::ModelUnsupported(format!(
                "it is a mixture of {count} experts ({experts}), which is not implemented"
            ))),
        }
    }

    /// The value of a key that must be from 1 to `most`.
    fn size(&self, setting: &str, most: u32) -> Result<u32> {
        let key = self.key(setting);
        match self.meta.u32(&key)? {
            value if (1..=most).contains(&value) => Ok(value),
            value => Err(Error::ModelTensor(format!(
                "{key} is {value}, and sensible is 1 to {most}"
            ))),
        }
    }

    /// How the queries, keys and values of a model of this width divide into heads.
    fn heads(&self, width: u32) -> Result<HeadSpec> {
        let optional = |setting: &str| self.meta.opt_u32(&self.key(setting));
        let heads = self.size("attention.head_count", MAX_HEADS)?;
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

    /// What queries are multiplied by, beside the inverse root of a head's width that the kernels apply.
    fn query_factor(&self, layers: usize, width: usize, heads: HeadSpec) -> Result<f32> {
        let share = self.architecture.share_scaled_layers == Some(layers);
        let dim = heads.dim as f64;
        let usual = if share {
            width as f64 / heads.heads as f64
        } else {
            dim
        };
        let key = self.key("attention.scale");
        // As in llama.cpp a scale of 0 is none.
        let scale = match self.meta.opt_f32(&key)?.filter(|scale| *scale != 0.0) {
            Some(scale) => f64::from(scale),
            None => usual.sqrt().recip(),
        };
        if !(scale > 0.0 && scale.is_finite()) {
            return Err(Error::ModelTensor(format!("{key} is {scale}, no sensible value")));
        }
        let factor = (scale * dim.sqrt()) as f32;
        if !self.architecture.head_norm && (factor - 1.0).abs() > 1e-6 {
            return Err(Error::ModelUnsupported(format!(
                "its scores are scaled by {scale} ({key}), which is not implemented for this architecture"
            )));
        }
        Ok(factor)
    }

    /// Where logits are kept to, if they are; scores never are.
    fn softcap(&self) -> Result<Option<f32>> {
        let of = |key: &str| Ok::<_, Error>(self.meta.opt_f32(key)?.filter(|cap| *cap != 0.0));
        let scores = self.key("attn_logit_softcapping");
        if of(&scores)?.is_some() {
            return Err(Error::ModelUnsupported(format!(
                "its scores have a cap ({scores}), which is not implemented"
            )));
        }
        let key = self.key("final_logit_softcapping");
        match of(&key)? {
            Some(cap) if !(cap > 0.0 && cap.is_finite()) => {
                Err(Error::ModelTensor(format!("{key} is {cap}, no sensible value")))
            }
            cap => Ok(cap),
        }
    }

    /// Rows of the embedding, which must be those that the metadata tell, if they do.
    fn vocabulary(&self, gguf: &Gguf) -> Result<usize> {
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
        let key = self.key("vocab_size");
        match self.meta.opt_u32(&key)? {
            Some(told) if u64::from(told) != rows => Err(Error::ModelTensor(format!(
                "{key} is {told}, and token_embd.weight has a row for each of {rows} tokens"
            ))),
            _ => Ok(rows as usize),
        }
    }
}
