//! From a GGUF to a model on a device, one tensor at a time.

use super::block::{Block, Cache};
use super::config::Config;
use super::decoder::Model;
use super::memory::Need;
use super::pairs::Pairs;
use super::prefix::Prefix;
use super::projection::Projection;
use super::tensors;
use crate::device::{Compute, DeviceKind};
use crate::gguf::{Gguf, ReadAt, TensorInfo};
use crate::host::Host;
use crate::ops::rms_norm::Norm;
use crate::ops::{Matrix, plan, rope};
use crate::quant::{PackedLayout, concat_rows, first_not_finite, repack, unpack};
use crate::{Error, Result};
use burn::tensor::{Tensor, TensorData};

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
/// [`Error::ModelTensor`], [`Error::DeviceMemory`], what reading gives, or [`Error::Cancelled`].
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
    Need::of(gguf, &config, &options).check(compute)?;
    let total: u64 = gguf.tensors.iter().map(|tensor| tensor.bytes).sum();
    let mut loader = Loader {
        source,
        gguf,
        compute,
        host,
        done: 0,
        total,
        epsilon: config.epsilon,
        pairs: config.architecture.pairs,
        dim: config.heads.dim,
    };
    let embedding = loader.matrix("token_embd.weight").await?;
    let output = match gguf.tensor("output.weight") {
        Some(_) => loader.matrix("output.weight").await?,
        None => embedding.clone(),
    };
    let output_norm = loader.norm("output_norm.weight").await?;
    let factors = match gguf.tensor("rope_freqs.weight") {
        Some(_) => Some(loader.floats("rope_freqs.weight").await?),
        None => None,
    };
    let table = |theta, factors| rope::table(slots, config.heads.dim, theta, factors, &compute.device);
    let turns = table(config.rope_theta, factors.as_deref());
    let window_turns = (config.window.as_ref()).map(|window| table(window.rope_theta, None));
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

struct Loader<'a> {
    source: &'a dyn ReadAt,
    gguf: &'a Gguf,
    compute: &'a Compute,
    host: &'a dyn Host,
    done: u64,
    total: u64,
    /// Of the norms.
    epsilon: f32,
    /// How the file has the columns of heads of this width.
    pairs: Pairs,
    dim: usize,
}

/// Whether the tensor makes queries or keys, which the rotary embedding turns.
fn is_turned(name: &str) -> bool {
    [".attn_q.", ".attn_q_norm.", ".attn_k.", ".attn_k_norm."]
        .iter()
        .any(|part| name.contains(part))
}

impl Loader<'_> {
    fn info(&self, name: &str) -> Result<&TensorInfo> {
        self.gguf
            .tensor(name)
            .ok_or_else(|| Error::ModelTensor(format!("{name} is missing")))
    }

    async fn step(&mut self, bytes: u64) -> Result<()> {
        self.done += bytes;
        self.host.progress("weights", self.done, self.total);
        self.host.pause().await;
        self.compute.check()?;
        if self.host.cancelled() {
            Err(Error::Cancelled)
        } else {
            Ok(())
        }
    }

    /// The tensor's packed words and their layout.
    async fn packed(&mut self, name: &str) -> Result<(Vec<u32>, PackedLayout)> {
        let info = self.info(name)?;
        let layout = PackedLayout::new(info.format, info.shape[1] as usize, info.shape[0] as usize)?;
        let bytes = info.bytes;
        let mut file = self.gguf.read_tensor(self.source, info)?;
        if let Some(block) = first_not_finite(info.format, &file) {
            return Err(Error::GgufInvalid(format!(
                "block {block} of {} has weights that are no finite numbers",
                info.name
            )));
        }
        if is_turned(name) {
            self.pairs
                .arrange(&mut file, self.dim, bytes as usize / layout.rows);
        }
        let words = repack(layout.format, &file)?;
        self.step(bytes).await?;
        Ok((words, layout))
    }

    fn upload(&self, words: Vec<u32>, spec: PackedLayout) -> Matrix {
        let device = &self.compute.device;
        let words = device.memory_persistent_allocations(words, |words| plan::upload(words, device));
        Matrix { words, spec }
    }

    async fn matrix(&mut self, name: &str) -> Result<Matrix> {
        let (words, layout) = self.packed(name).await?;
        Ok(self.upload(words, layout))
    }

    async fn projection(&mut self, names: &[String]) -> Result<Projection> {
        let mut parts = Vec::new();
        for name in names {
            parts.push(self.packed(name).await?);
        }
        let mut matrices = Vec::new();
        for run in parts.chunk_by(|a, b| a.1.format == b.1.format) {
            let stack: Vec<(&[u32], PackedLayout)> =
                run.iter().map(|(words, layout)| (&words[..], *layout)).collect();
            let bytes = 4 * stack.iter().map(|(words, _)| words.len() as u64).sum::<u64>();
            if self.compute.max_binding.is_some_and(|limit| bytes > limit) {
                // Together they are more than one buffer may hold; alone they are not (see `Need::check`).
                matrices.extend(
                    stack
                        .into_iter()
                        .map(|(words, layout)| self.upload(words.to_vec(), layout)),
                );
            } else {
                let (words, layout) = concat_rows(&stack)?;
                matrices.push(self.upload(words, layout));
            }
        }
        Ok(Projection(matrices))
    }

    async fn floats(&mut self, name: &str) -> Result<Vec<f32>> {
        let info = self.info(name)?;
        let file = self.gguf.read_tensor(self.source, info)?;
        let mut values = vec![0.0; info.shape.iter().product::<u64>() as usize];
        unpack(info.format, &file, &mut values)?;
        if let Some(at) = values.iter().position(|value| !value.is_finite()) {
            return Err(Error::GgufInvalid(format!(
                "{name} has {} at {at}, which is no finite number",
                values[at]
            )));
        }
        if is_turned(name) {
            self.pairs.arrange(&mut values, self.dim, 1);
        }
        self.step(file.len() as u64).await?;
        Ok(values)
    }

    fn vector(&self, values: Vec<f32>) -> Tensor<1> {
        let device = &self.compute.device;
        let length = values.len();
        let data = TensorData::new(values, [length]);
        device.memory_persistent_allocations(data, |data| Tensor::from_data(data, device))
    }

    /// Several biases, one after the other.
    async fn bias(&mut self, names: &[String]) -> Result<Tensor<1>> {
        let mut values = Vec::new();
        for name in names {
            values.extend(self.floats(name).await?);
        }
        Ok(self.vector(values))
    }

    async fn norm(&mut self, name: &str) -> Result<Norm> {
        let values = self.floats(name).await?;
        Ok(Norm {
            weight: self.vector(values),
            epsilon: self.epsilon,
        })
    }

    /// The norm of query heads, with what queries are multiplied by in its weights, and that of key heads.
    async fn head_norm(&mut self, [queries, keys]: &[String; 2], query_factor: f32) -> Result<Norm> {
        let mut values = self.floats(queries).await?;
        values.iter_mut().for_each(|value| *value *= query_factor);
        values.extend(self.floats(keys).await?);
        Ok(Norm {
            weight: self.vector(values),
            epsilon: self.epsilon,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gguf::MemorySource;
    use crate::host::{Quiet, block_on};

    const TINY: &[u8] = include_bytes!("../../../../tests/reference/tiny/tiny.gguf");

    #[test]
    fn projections_that_no_buffer_could_hold_stacked_give_the_same_apart() {
        let source = MemorySource(TINY);
        let gguf = Gguf::read(&source).unwrap();
        let names = |parts: &[&str]| -> Vec<String> {
            let name = |part: &&str| format!("blk.0.{part}.weight");
            parts.iter().map(name).collect()
        };
        // Stacked, the first two of each are more than 40 000 bytes; alone, none is.
        let cases = [
            (names(&["attn_q", "attn_k", "attn_v"]), 2, 3),
            (names(&["ffn_gate", "ffn_up"]), 1, 2),
        ];
        for compute in [Compute::cpu(), block_on(Compute::gpu()).unwrap()] {
            let device = &compute.device;
            // One token is normed where it is multiplied, if the matrices are one.
            for ((names, stacked, apart), tokens) in cases.iter().flat_map(|case| [(case, 1), (case, 5)]) {
                let x: Vec<f32> = (0..tokens * 256).map(|i| (i as f32 * 0.37).sin()).collect();
                let x = Tensor::from_data(TensorData::new(x, [tokens, 256]), device);
                let rows = plan::upload(vec![tokens as u32], device);
                let with = |limit: Option<u64>| {
                    let mut compute = compute.clone();
                    compute.max_binding = limit;
                    let mut loader = Loader {
                        source: &source,
                        gguf: &gguf,
                        compute: &compute,
                        host: &Quiet,
                        done: 0,
                        total: 0,
                        epsilon: 1e-5,
                        pairs: Pairs::Neighbours,
                        dim: 64,
                    };
                    let norm = block_on(loader.norm("blk.0.attn_norm.weight")).unwrap();
                    let projection = block_on(loader.projection(names)).unwrap();
                    let result = projection.forward(&x, &norm, &rows, compute.adapter());
                    let values = block_on(result.into_data_async()).unwrap();
                    (projection.0.len(), values.try_into_vec::<f32>().unwrap())
                };
                let (one, together) = with(None);
                let (many, single) = with(Some(40_000));
                assert_eq!((one, many), (*stacked, *apart));
                assert!(together.iter().any(|value| value.abs() > 0.1));
                for (a, b) in together.iter().zip(&single) {
                    assert!((a - b).abs() < 1e-5, "{a} and {b}");
                }
                assert_eq!(together.len(), single.len());
            }
        }
    }
}
