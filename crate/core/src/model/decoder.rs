//! The forward of a whole model over a batch of tokens.

use super::block::{Block, Cache, Context};
use super::config::Config;
use super::head::head_rows;
use super::hooks::{Hooks, Projections, Site};
use super::kept::KeptRows;
use super::prefix::Prefix;
use super::readback::Readback;
use super::stage::{Chunk, Stage};
use super::table::Table;
use crate::device::Compute;
use crate::ops::plan;
use crate::ops::rms_norm::Norm;
use crate::prompt::TokenBatch;
use crate::{Error, Result};
use burn::tensor::Tensor;
use core::mem::take;
use core::ops::Range;

/// A decoder on a device.
pub struct Model {
    /// Its hyperparameters.
    pub config: Config,
    /// Where it runs.
    pub compute: Compute,
    pub(super) embedding: Table,
    pub(super) blocks: Vec<Block>,
    pub(super) output_norm: Norm,
    pub(super) output: Table,
    pub(super) turns: Tensor<2>,
    /// The same for blocks that see only a window.
    pub(super) window_turns: Option<Tensor<2>>,
    pub(super) caches: Vec<Cache>,
    pub(super) prefix: Prefix,
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
    /// The residual stream of every row: embedding output, then after each block; edits are in it.
    pub hidden: bool,
}

/// What a forward gives, in the order of [`Read`] and [`Hooks`].
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// Logits of each row asked for, `vocabulary` values each.
    pub logits: Vec<Vec<f32>>,
    /// Natural-log probability of each target.
    pub log_probs: Vec<f32>,
    /// `layers + 1` matrices of `rows * width` values.
    pub hidden: Vec<Vec<f32>>,
    /// What each probe found.
    pub probes: Vec<Projections>,
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
        let mut outputs = self.forward_each(batch, read, &[Hooks::default()]).await?;
        Ok(outputs.pop().unwrap_or_default())
    }

    /// Runs the batch under each of `conditions`; gives for each what a forward of its own would give.
    ///
    /// The blocks below the lowest intervention of all run once. From there on each condition goes on alone from the
    /// shared stream, with a read-out of its own, and all that is small is read back together at the end.
    ///
    /// Each condition writes its keys and values into the same slots. Afterwards the KV cache holds those of the last
    /// condition, so that text can be continued under it. A batch that attends to tokens of earlier forwards finds for
    /// every condition what the last of those left, which is meant for one condition only.
    ///
    /// # Errors
    /// As [`Model::forward`]; [`Error::DirectionWidth`], [`Error::DirectionLayer`], [`Error::DirectionAlpha`] and
    /// [`Error::PromptInvalid`] for hooks that do not suit the model or the batch.
    pub async fn forward_each(
        &mut self,
        batch: &TokenBatch,
        read: &Read,
        conditions: &[Hooks],
    ) -> Result<Vec<Output>> {
        self.check_batch(batch, read)?;
        for hooks in conditions {
            hooks.check(&self.config, batch.tokens.len())?;
        }
        self.prefix = Prefix::default();
        let outputs = self.run_each(batch, read, conditions).await;
        // Why the device failed says more than that it could not be read from.
        self.compute.check()?;
        let outputs = outputs?.into_iter().map(Output::checked).collect::<Result<_>>()?;
        if conditions
            .last()
            .is_some_and(|last| last.interventions.is_empty())
        {
            self.prefix = Prefix {
                tokens: batch.stem.clone(),
                activations: self.compute.activations,
            };
        }
        Ok(outputs)
    }

    async fn run_each(
        &mut self,
        batch: &TokenBatch,
        read: &Read,
        conditions: &[Hooks],
    ) -> Result<Vec<Output>> {
        let layers = self.config.layers;
        let forks = conditions.iter().filter_map(Hooks::fork);
        let fork = forks.min().unwrap_or(Site(layers));

        let mut shared = self.stage(read);
        let probes = conditions.iter().flat_map(|hooks| &hooks.probes);
        shared.probe(probes.filter(|probe| probe.site < fork));
        let mut chunks = self.chunks(batch);
        let kept = KeptRows::new(read, conditions, &chunks, layers);
        if let Some(kept) = &kept {
            for chunk in &mut chunks {
                chunk.kept = kept.of(chunk, &self.compute.device);
            }
        }
        let mut streams = Vec::with_capacity(chunks.len());
        for chunk in &chunks {
            let x = self.embed(&batch.tokens[chunk.rows.clone()]);
            streams.push(self.run_blocks(0..fork.0, x, chunk, &mut shared));
        }

        // Half of what the head holds at once may wait, because reading it together takes a copy.
        let mut readback = Readback::new(head_rows(self.config.vocabulary) * self.config.vocabulary / 2);
        let shared = shared.read(&mut readback).await?;
        let at = kept.as_ref().map_or_else(|| read.clone(), |kept| kept.read(read));
        let mut found = Vec::with_capacity(conditions.len());
        for hooks in conditions {
            let mut own = self.stage(read);
            own.edit(hooks);
            own.probe(hooks.probes.iter().filter(|probe| probe.site >= fork));
            let mut ends = Vec::with_capacity(chunks.len());
            for (chunk, x) in chunks.iter().zip(&streams) {
                let x = self.run_blocks(fork.0..layers, x.clone(), chunk, &mut own);
                ends.push(own.visit(Site(layers), x, chunk));
            }
            let stream = match &ends[..] {
                [only] => only.clone(),
                _ => Tensor::cat(ends, 0),
            };
            let head = self.run_head(&stream, &at, &mut readback).await?;
            found.push((hooks, own.read(&mut readback).await?, head));
        }

        let mut values = readback.finish().await?;
        let mut outputs = Vec::with_capacity(conditions.len());
        for (hooks, own, head) in found {
            let mut output = Output::default();
            head.fill(&mut values, self.config.vocabulary, &at, &mut output);
            let last = outputs.len() + 1 == conditions.len();
            let below = shared.hidden.values().map(|at| match last {
                true => take(&mut values[*at]),
                false => values[*at].clone(),
            });
            output.hidden.extend(below);
            let above = own.hidden.values().map(|at| take(&mut values[*at]));
            output.hidden.extend(above);
            let projections = hooks.probes.iter().filter_map(|probe| {
                let stage = if probe.site < fork { &shared } else { &own };
                stage.projections(probe, &values)
            });
            output.probes.extend(projections);
            outputs.push(output);
        }
        Ok(outputs)
    }

    /// Queues the kernels of a forward with the blocks that are there, for one token and for several, so that the GPU
    /// compiles them while further weights are read. Nothing waits for them.
    pub(super) fn warm_up(&mut self) {
        for tokens in [&[0][..], &[0; 2]] {
            for x in self.queue(tokens) {
                self.warm_up_head(&x);
            }
        }
    }

    /// Queues the forward of one token and gives its logits, which are not waited for. What the KV cache held is lost.
    pub(crate) fn queue_token(&mut self) -> Vec<Tensor<2>> {
        self.prefix = Prefix::default();
        let ends = self.queue(&[0]);
        ends.iter().map(|x| self.logits(x, &[0])).collect()
    }

    /// Queues the blocks that are there for these tokens; gives what each part of them leaves for the head.
    fn queue(&mut self, tokens: &[u32]) -> Vec<Tensor<2>> {
        let batch = TokenBatch::sequence(tokens, 0);
        let mut nothing = self.stage(&Read::default());
        let chunks = self.chunks(&batch);
        let end = |chunk: &Chunk| {
            let x = self.embed(&batch.tokens[chunk.rows.clone()]);
            self.run_blocks(0..self.blocks.len(), x, chunk, &mut nothing)
        };
        chunks.iter().map(end).collect()
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

    fn stage<'a>(&self, read: &Read) -> Stage<'a> {
        Stage::new(&self.compute.device, self.compute.adapter(), read.hidden)
    }

    /// The stream that these tokens begin with.
    fn embed(&self, tokens: &[u32]) -> Tensor<2> {
        let x = self.embedding.embed(tokens, &self.compute.device);
        match self.config.architecture.scaled_embedding {
            true => x * (self.config.width as f32).sqrt(),
            false => x,
        }
    }

    /// The parts in which the batch is computed.
    fn chunks(&self, batch: &TokenBatch) -> Vec<Chunk> {
        let device = &self.compute.device;
        let tokens = batch.tokens.len();
        let starts = (0..tokens).step_by(self.chunk_tokens);
        starts
            .map(|start| {
                let rows = start..(start + self.chunk_tokens).min(tokens);
                let places = &batch.places[rows.clone()];
                let window = self.config.window.as_ref();
                let windowed = window.and_then(|window| plan::windowed(places, &batch.spans, window.tokens));
                Chunk {
                    plan: plan::upload(plan::encode(places, &batch.spans), device),
                    window_plan: windowed
                        .map(|(places, spans)| plan::upload(plan::encode(&places, &spans), device)),
                    count: plan::upload(vec![rows.len() as u32], device),
                    rows,
                    kept: None,
                }
            })
            .collect()
    }

    /// Runs some blocks over a chunk, visiting the site before each. Of the last block the rows come that the chunk
    /// keeps.
    fn run_blocks(
        &mut self,
        layers: Range<usize>,
        mut x: Tensor<2>,
        chunk: &Chunk,
        stage: &mut Stage<'_>,
    ) -> Tensor<2> {
        let of_all = Context {
            heads: self.config.heads,
            adapter: self.compute.adapter(),
            turns: &self.turns,
            plan: &chunk.plan,
            rows: &chunk.count,
        };
        let of_window = Context {
            turns: self.window_turns.as_ref().unwrap_or(&self.turns),
            plan: chunk.window_plan.as_ref().unwrap_or(&chunk.plan),
            ..of_all
        };
        let above = self.caches.split_off(layers.end);
        let caches = self.caches.split_off(layers.start);
        for (layer, cache) in layers.zip(caches) {
            x = stage.visit(Site(layer), x, chunk);
            let window = self.config.window.as_ref();
            let context = match window.is_some_and(|window| window.blocks[layer]) {
                true => &of_window,
                false => &of_all,
            };
            let last = layer + 1 == self.config.layers;
            let kept = chunk.kept.as_ref().filter(|_| last);
            let (next, cache) = self.blocks[layer].forward(x, cache, context, kept);
            x = next;
            self.caches.push(cache);
        }
        self.caches.extend(above);
        x
    }
}

impl Output {
    /// Refuses values that are not finite. No edit that [`Hooks`] lets pass makes any.
    fn checked(self) -> Result<Self> {
        let probes = self
            .probes
            .iter()
            .flat_map(|probe| [&probe.values, &probe.lengths]);
        let many = self.logits.iter().chain(&self.hidden).chain(probes);
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
