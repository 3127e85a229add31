//! The forward of a whole model over a batch of tokens.

use super::block::{Block, Cache, Context};
use super::config::Config;
use crate::device::Compute;
use crate::ops::embed::embed;
use crate::ops::linear::linear;
use crate::ops::log_prob::{log_sum_exp, pick};
use crate::ops::rms_norm::rms_norm;
use crate::ops::{Matrix, plan};
use crate::prompt::TokenBatch;
use crate::{Error, Result};
use burn::tensor::{Int, Tensor};

/// Rows of logits held at once: bounds the buffer, 64 x 49152 floats are 12.6 MB.
pub(super) const HEAD_ROWS: usize = 64;

/// A decoder on a device.
pub struct Model {
    /// Its hyperparameters.
    pub config: Config,
    /// Where it runs.
    pub compute: Compute,
    pub(super) embedding: Matrix,
    pub(super) blocks: Vec<Block>,
    pub(super) output_norm: Tensor<1>,
    pub(super) output: Matrix,
    pub(super) turns: Tensor<2>,
    pub(super) caches: Vec<Cache>,
    pub(super) slots: usize,
    pub(super) chunk_tokens: usize,
}

/// What is asked of a forward; rows are indices into the batch.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// Rows whose logits are wanted.
    pub logits: Vec<usize>,
    /// `(row, token)`: the log-probability of `token` after `row`.
    pub targets: Vec<(usize, u32)>,
    /// The residual stream of every row: embedding output, then after each block.
    pub hidden: bool,
}

/// What a forward gives, in the order of [`Read`].
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// Logits of each row asked for, `vocabulary` values each.
    pub logits: Vec<Vec<f32>>,
    /// Natural-log probability of each target.
    pub log_probs: Vec<f32>,
    /// `layers + 1` matrices of `rows * width` values.
    pub hidden: Vec<Vec<f32>>,
}

impl Model {
    /// Tokens the KV cache holds.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// Runs the batch through all blocks and reads what `read` asks for, in as few readbacks as possible.
    ///
    /// # Errors
    /// [`Error::PromptLength`] if the batch does not fit the cache, [`Error::PromptInvalid`] for a token or a row
    /// that does not exist, [`Error::DeviceLost`], [`Error::DeviceSelfTest`] if a value read is not finite.
    pub async fn forward(&mut self, batch: &TokenBatch, read: &Read) -> Result<Output> {
        self.check_batch(batch, read)?;
        let mut streams: Vec<Tensor<2>> = Vec::new();
        let mut hidden: Vec<Vec<Tensor<2>>> = vec![Vec::new(); self.config.layers + 1];
        for first in (0..batch.tokens.len()).step_by(self.chunk_tokens) {
            let last = (first + self.chunk_tokens).min(batch.tokens.len());
            let stream = self.run_chunk(batch, first..last, read.hidden.then_some(&mut hidden))?;
            streams.push(stream);
        }
        let stream = if streams.len() == 1 {
            streams.swap_remove(0)
        } else {
            Tensor::cat(streams, 0)
        };
        let output = self.read_output(stream, hidden, read).await;
        // Why the device failed says more than that it could not be read from.
        self.compute.check()?;
        let output = output?;
        let values = output
            .logits
            .iter()
            .chain(&output.hidden)
            .flatten()
            .chain(&output.log_probs);
        if values.clone().any(|value| !value.is_finite()) {
            return Err(Error::DeviceSelfTest(
                "a forward gave values that are not numbers".into(),
            ));
        }
        Ok(output)
    }

    fn check_batch(&self, batch: &TokenBatch, read: &Read) -> Result<()> {
        if batch.tokens.is_empty() {
            return Err(Error::PromptInvalid("it has no tokens".into()));
        }
        let needed = batch
            .places
            .iter()
            .map(|place| place.slot as usize + 1)
            .max()
            .unwrap_or(0);
        if needed > self.slots {
            return Err(Error::PromptLength(format!(
                "{needed} tokens, and at most {} fit",
                self.slots
            )));
        }
        let rows = read.targets.iter().map(|(row, _)| row);
        if let Some(row) = read
            .logits
            .iter()
            .chain(rows)
            .find(|row| **row >= batch.tokens.len())
        {
            return Err(Error::PromptInvalid(format!(
                "there is no position {row}: it has {} tokens",
                batch.tokens.len()
            )));
        }
        let vocabulary = self.config.vocabulary as u32;
        let targets = read.targets.iter().map(|(_, token)| token);
        if let Some(token) = batch
            .tokens
            .iter()
            .chain(targets)
            .find(|token| **token >= vocabulary)
        {
            return Err(Error::PromptInvalid(format!(
                "there is no token {token}: the model has {vocabulary}"
            )));
        }
        Ok(())
    }

    fn run_chunk(
        &mut self,
        batch: &TokenBatch,
        chunk: core::ops::Range<usize>,
        mut hidden: Option<&mut Vec<Vec<Tensor<2>>>>,
    ) -> Result<Tensor<2>> {
        let device = &self.compute.device;
        let plan = plan::upload(plan::encode(&batch.places[chunk.clone()], &batch.spans), device);
        let rows = plan::upload(vec![chunk.len() as u32], device);
        let ids = plan::upload(batch.tokens[chunk].to_vec(), device);
        let context = Context {
            heads: self.config.heads,
            epsilon: self.config.epsilon,
            adapter: self.compute.adapter(),
            turns: &self.turns,
            plan: &plan,
            rows: &rows,
        };
        let mut x = embed(&self.embedding, &ids);
        let mut caches = Vec::with_capacity(self.blocks.len());
        for (layer, (block, cache)) in self.blocks.iter().zip(self.caches.drain(..)).enumerate() {
            if let Some(hidden) = hidden.as_deref_mut() {
                hidden[layer].push(x.clone());
            }
            let (next, cache) = block.forward(x, cache, &context);
            x = next;
            caches.push(cache);
        }
        self.caches = caches;
        if let Some(hidden) = hidden {
            hidden[self.config.layers].push(x.clone());
        }
        Ok(x)
    }

    async fn read_output(
        &self,
        stream: Tensor<2>,
        hidden: Vec<Vec<Tensor<2>>>,
        read: &Read,
    ) -> Result<Output> {
        let mut output = self.read_head(stream, read).await?;
        if read.hidden {
            for parts in hidden {
                output.hidden.push(floats(Tensor::cat(parts, 0)).await?);
            }
        }
        Ok(output)
    }

    /// The head, only for the rows asked for.
    async fn read_head(&self, stream: Tensor<2>, read: &Read) -> Result<Output> {
        let mut output = Output::default();
        for part in read.logits.chunks(HEAD_ROWS) {
            let values = floats(self.logits(&stream, part)).await?;
            let rows = values.chunks(self.config.vocabulary);
            output.logits.extend(rows.map(<[f32]>::to_vec));
        }
        if read.targets.is_empty() {
            return Ok(output);
        }
        let mut rows: Vec<usize> = read.targets.iter().map(|(row, _)| *row).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut sums = Vec::new();
        let mut picks = Vec::new();
        let mut order = Vec::with_capacity(read.targets.len());
        for part in rows.chunks(HEAD_ROWS) {
            let logits = self.logits(&stream, part);
            sums.push(log_sum_exp(&logits));
            let mut pairs = vec![0];
            for (target, (row, token)) in read.targets.iter().enumerate() {
                if let Ok(at) = part.binary_search(row) {
                    pairs.extend([at as u32, *token]);
                    order.push(target);
                }
            }
            pairs[0] = (pairs.len() as u32 - 1) / 2;
            picks.push(pick(&logits, &plan::upload(pairs, &self.compute.device)));
        }
        sums.extend(picks);
        let values = floats(Tensor::cat(sums, 0)).await?;
        let (sums, picks) = values.split_at(rows.len());
        output.log_probs = vec![0.0; read.targets.len()];
        for (target, value) in order.into_iter().zip(picks) {
            if let Ok(at) = rows.binary_search(&read.targets[target].0) {
                output.log_probs[target] = value - sums[at];
            }
        }
        Ok(output)
    }

    fn logits(&self, stream: &Tensor<2>, rows: &[usize]) -> Tensor<2> {
        let device = &self.compute.device;
        let count = plan::upload(vec![rows.len() as u32], device);
        let picked = if rows.iter().copied().eq(0..stream.dims()[0]) {
            stream.clone()
        } else {
            let indices: Vec<i32> = rows.iter().map(|row| *row as i32).collect();
            stream
                .clone()
                .select(0, Tensor::<1, Int>::from_data(&indices[..], device))
        };
        let normed = rms_norm(&picked, &self.output_norm, &count, self.config.epsilon);
        linear(&normed, &self.output, &count, self.compute.adapter())
    }
}

/// Reads a tensor back.
async fn floats<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>> {
    let data = tensor
        .into_data_async()
        .await
        .map_err(|error| Error::DeviceLost(format!("{error:?}")))?;
    data.try_into_vec::<f32>()
        .map_err(|error| Error::DeviceLost(format!("{error:?}")))
}

/// The largest `count` logits with their ids, largest first, and the log of the sum of all exponentials.
pub fn top(logits: &[f32], count: usize) -> (Vec<(u32, f32)>, f64) {
    let mut order: Vec<u32> = (0..logits.len() as u32).collect();
    order.sort_by(|a, b| logits[*b as usize].total_cmp(&logits[*a as usize]).then(a.cmp(b)));
    order.truncate(count);
    let maximum = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|value| f64::from(value - maximum).exp()).sum();
    (
        order.into_iter().map(|id| (id, logits[id as usize])).collect(),
        f64::from(maximum) + sum.ln(),
    )
}
