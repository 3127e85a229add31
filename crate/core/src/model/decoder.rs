//! The forward of a whole model over a batch of tokens.

use super::block::{Block, Cache, Context};
use super::config::Config;
use super::head::HEAD_ROWS;
use super::readback::Readback;
use crate::device::Compute;
use crate::ops::embed::embed;
use crate::ops::{Matrix, plan};
use crate::prompt::TokenBatch;
use crate::{Error, Result};
use burn::tensor::Tensor;
use core::mem::take;

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
        let output = self.run(batch, read).await;
        // Why the device failed says more than that it could not be read from.
        self.compute.check()?;
        output?.checked()
    }

    async fn run(&mut self, batch: &TokenBatch, read: &Read) -> Result<Output> {
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
        // Half of what the head holds at once may wait, because reading it together takes a copy.
        let mut readback = Readback::new(HEAD_ROWS / 2 * self.config.vocabulary);
        let head = self.run_head(&stream, read, &mut readback).await?;
        let mut kept = Vec::new();
        for parts in hidden.into_iter().filter(|parts| !parts.is_empty()) {
            kept.push(readback.add(Tensor::cat(parts, 0)).await?);
        }
        let mut values = readback.finish().await?;
        let mut output = Output::default();
        head.fill(&mut values, self.config.vocabulary, read, &mut output);
        output
            .hidden
            .extend(kept.into_iter().map(|at| take(&mut values[at])));
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
}

impl Output {
    /// Refuses values that are not finite.
    fn checked(self) -> Result<Self> {
        let many = self.logits.iter().chain(&self.hidden);
        if many
            .flatten()
            .chain(&self.log_probs)
            .any(|value| !value.is_finite())
        {
            return Err(Error::DeviceSelfTest(
                "a forward gave values that are not numbers".into(),
            ));
        }
        Ok(self)
    }
}
