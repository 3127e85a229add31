//! The head of the decoder, only for the rows asked for.

use super::decoder::{Model, Output, Read};
use super::readback::{Index, Readback};
use crate::Result;
use crate::ops::linear::{log_prob::log_probs, normed_linear};
use crate::ops::plan;
use crate::ops::rms_norm::rms_norm;
use burn::tensor::activation::log_softmax;
use burn::tensor::{Int, Tensor};

/// Rows of logits held at once: bounds the buffer, 16 x 49152 floats are 3.1 MB.
pub(super) const HEAD_ROWS: usize = 16;
/// Rows whose log-probabilities are computed at once: enough to fill the kernels, and few enough that what these keep of
/// each tile of the vocabulary, at most a quarter of a row of logits, stays small.
pub(super) const TARGET_ROWS: usize = 128;

/// Where what the head gave is among the values read back.
#[derive(Default)]
pub(super) struct HeadFound {
    /// Logits of [`HEAD_ROWS`] rows each.
    logits: Vec<Index>,
    targets: Vec<TargetsFound>,
}

/// The targets of some rows.
struct TargetsFound {
    /// Their log-probabilities.
    values: Index,
    /// Each one's place in [`Read::targets`].
    order: Vec<usize>,
}

impl Model {
    /// Queues the head of a batch whose stream is `[rows, width]`.
    pub(super) async fn run_head(
        &self,
        stream: &Tensor<2>,
        read: &Read,
        readback: &mut Readback,
    ) -> Result<HeadFound> {
        let mut found = HeadFound::default();
        for rows in read.logits.chunks(HEAD_ROWS) {
            found.logits.push(readback.add(self.logits(stream, rows)).await?);
        }
        let mut rows: Vec<usize> = read.targets.iter().map(|(row, _)| *row).collect();
        rows.sort_unstable();
        rows.dedup();
        let at_once = match self.config.softcap {
            Some(_) => HEAD_ROWS,
            None => TARGET_ROWS,
        };
        for rows in rows.chunks(at_once) {
            let mut pairs = Vec::new();
            let mut order = Vec::new();
            for (target, (row, token)) in read.targets.iter().enumerate() {
                if let Ok(at) = rows.binary_search(row) {
                    pairs.push([at as u32, *token]);
                    order.push(target);
                }
            }
            let values = self.log_probs(stream, rows, &pairs);
            found.targets.push(TargetsFound {
                values: readback.add(values).await?,
                order,
            });
        }
        Ok(found)
    }

    /// Queues the head's kernels, whose results nobody reads.
    pub(super) fn warm_up_head(&self, stream: &Tensor<2>) {
        let rows = 0..stream.dims()[0];
        self.log_probs(stream, &rows.collect::<Vec<_>>(), &[[0, 0]]);
        self.logits(stream, &[0]);
    }

    /// Of each pair of one of `rows`, by its place among them, and a token.
    fn log_probs(&self, stream: &Tensor<2>, rows: &[usize], pairs: &[[u32; 2]]) -> Tensor<1> {
        let device = &self.compute.device;
        if self.config.softcap.is_some() {
            // The kernel keeps no logits that could be capped. No model that asks for this is common enough for one that does.
            let vocabulary = self.config.vocabulary as u32;
            let places: Vec<i32> = (pairs.iter())
                .map(|[row, token]| (row * vocabulary + token) as i32)
                .collect();
            let places = Tensor::<1, Int>::from_data(&places[..], device);
            return log_softmax(self.logits(stream, rows), 1)
                .flatten::<1>(0, 1)
                .select(0, places);
        }
        let mut words = vec![pairs.len() as u32];
        words.extend(pairs.as_flattened());
        let (picked, count) = self.picked(stream, rows);
        let normed = rms_norm(&picked, &self.output_norm, &count, self.compute.adapter());
        let pairs = plan::upload(words, device);
        log_probs(&normed, &self.output, &pairs, &count, self.compute.adapter())
    }

    pub(super) fn logits(&self, stream: &Tensor<2>, rows: &[usize]) -> Tensor<2> {
        let (picked, count) = self.picked(stream, rows);
        let adapter = self.compute.adapter();
        let logits = normed_linear(&picked, &self.output_norm, &self.output, &count, adapter);
        match self.config.softcap {
            // Beyond 10 a hyperbolic tangent is 1 in f32; some GPUs overflow at much more.
            Some(cap) => (logits / cap).clamp(-10.0, 10.0).tanh() * cap,
            None => logits,
        }
    }

    /// Some rows of the stream, and their number as a word on the device.
    fn picked(&self, stream: &Tensor<2>, rows: &[usize]) -> (Tensor<2>, Tensor<1, Int>) {
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
        (picked, count)
    }
}

impl HeadFound {
    /// Moves the values into `output`.
    pub(super) fn fill(self, values: &mut [Vec<f32>], vocabulary: usize, read: &Read, output: &mut Output) {
        for part in self.logits {
            let part = core::mem::take(&mut values[part]);
            output.logits.extend(part.chunks(vocabulary).map(<[f32]>::to_vec));
        }
        output.log_probs = vec![0.0; read.targets.len()];
        for part in self.targets {
            for (target, value) in part.order.into_iter().zip(&values[part.values]) {
                output.log_probs[target] = *value;
            }
        }
    }
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
