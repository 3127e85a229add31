//! From a GGUF to a model on a device, one tensor at a time.

use super::block::{Block, Cache};
use super::config::Config;
use super::decoder::Model;
use super::loader::Loader;
use super::memory::Need;
use super::prefix::Prefix;
use super::tensors;
use crate::Result;
use crate::device::{Compute, DeviceKind};
use crate::gguf::{Gguf, ReadAt};
use crate::host::Host;
use crate::ops::rope::{self, Speeds};
use burn::tensor::Tensor;

/// How much is set aside for a model beside its weights.
#[derive(Debug, Clone, Copy)]
pub struct LoadOptions {
    /// Tokens the KV cache holds: the longest prompt, or the largest prompt tree of one forward.
    pub cache_slots: usize,
    /// Tokens computed in one go; longer forwards are cut into parts of this size.
    pub chunk_tokens: usize,
}

impl Default for LoadOptions {
    fn default() -> Self {
        Self {
            cache_slots: 1024,
            chunk_tokens: 256,
        }
    }
}

impl LoadOptions {
    /// Tokens the cache of this model holds.
    pub(super) fn slots(&self, config: &Config) -> usize {
        self.cache_slots.min(config.context).max(1)
    }

    /// Tokens computed in one go.
    pub(super) fn chunk(&self, config: &Config) -> usize {
        self.chunk_tokens.clamp(1, self.slots(config))
    }
}

/// Loads every tensor of `gguf` onto the device.
///
/// Nothing is allocated on the device before names, shapes and sizes are checked.
///
/// # Errors
/// [`Error::ModelTensor`](crate::Error::ModelTensor), [`Error::DeviceMemory`](crate::Error::DeviceMemory), what reading gives,
/// or [`Error::Cancelled`](crate::Error::Cancelled).
pub async fn load(
    source: &dyn ReadAt,
    gguf: &Gguf,
    compute: &Compute,
    options: LoadOptions,
    host: &dyn Host,
) -> Result<Model> {
    let config = Config::from_gguf(gguf)?;
    let (slots, chunk_tokens) = (options.slots(&config), options.chunk(&config));
    tensors::check(gguf, &config)?;
    Need::of(gguf, &config, &options, compute.max_binding).check(compute)?;
    let mut loader = Loader::new(source, gguf, compute, host, &config);
    let embedding = loader.table("token_embd.weight").await?;
    let output = match gguf.tensor("output.weight") {
        Some(_) => loader.table("output.weight").await?,
        None => embedding.clone(),
    };
    let output_norm = loader.norm("output_norm.weight").await?;
    let factors = match gguf.tensor("rope_freqs.weight") {
        Some(_) => Some(loader.floats("rope_freqs.weight").await?),
        None => None,
    };
    let table = |speeds| rope::table(slots, config.heads.dim, speeds, &compute.device);
    let turns = table(Speeds {
        theta: config.rope_theta,
        stretch: config.rope_stretch,
        factors: factors.as_deref(),
    });
    let window = config.window.as_ref();
    let window_turns = window.map(|window| table(Speeds::plain(window.rope_theta)));
    let mut model = Model {
        config,
        compute: compute.clone(),
        embedding,
        blocks: Vec::new(),
        output_norm,
        output,
        turns,
        window_turns,
        caches: Vec::new(),
        prefix: Prefix::default(),
        slots,
        chunk_tokens,
    };
    for layer in 0..model.config.layers {
        let name = |part: &str| format!("blk.{layer}.{part}.weight");
        let bias = |part: &str| format!("blk.{layer}.attn_{part}.bias");
        let Config {
            architecture,
            query_factor,
            ..
        } = model.config;
        model.blocks.push(Block {
            attention_norm: loader.norm(&name("attn_norm")).await?,
            qkv: loader
                .projection(&[name("attn_q"), name("attn_k"), name("attn_v")])
                .await?,
            qkv_bias: match architecture.qkv_bias {
                true => Some(loader.bias(&["q", "k", "v"].map(bias)).await?),
                false => None,
            },
            head_norm: match architecture.head_norm {
                true => Some(
                    loader
                        .head_norm(&["attn_q_norm", "attn_k_norm"].map(name), query_factor)
                        .await?,
                ),
                false => None,
            },
            attention_out: loader.matrix(&name("attn_output")).await?,
            attention_post_norm: match architecture.post_norms {
                true => Some(loader.norm(&name("post_attention_norm")).await?),
                false => None,
            },
            feed_forward_norm: loader.norm(&name("ffn_norm")).await?,
            gate_up: loader.projection(&[name("ffn_gate"), name("ffn_up")]).await?,
            gate: architecture.gate,
            down: loader.matrix(&name("ffn_down")).await?,
            feed_forward_post_norm: match architecture.post_norms {
                true => Some(loader.norm(&name("post_ffw_norm")).await?),
                false => None,
            },
        });
        let empty = || Tensor::<2>::zeros([slots, model.config.heads.kv_width()], &compute.device);
        model.caches.push(Cache {
            keys: empty(),
            values: empty(),
        });
        if layer == 0 && compute.info.kind == DeviceKind::Gpu {
            model.warm_up();
        }
    }
    compute.check()?;
    Ok(model)
}
