//! The head of the decoder, only for the rows asked for.

use super::decoder::{Model, Output, Read};
use super::readback::{Index, Readback};
use crate::Result;
use crate::device::DeviceKind;
use crate::ops::plan;
use crate::ops::rms_norm::rms_norm;
use burn::tensor::activation::log_softmax;
use burn::tensor::{Int, Tensor};

/// Logits held at once, 3 MB of them.
const HEAD_LOGITS: usize = 16 * 49_152;
/// Logits whose log-probabilities are computed at once on a GPU: its kernels keep at most a quarter as many values, 6 MB.
const TARGET_LOGITS: usize = 128 * 49_152;

/// Rows of logits held at once.
pub(super) fn head_rows(vocabulary: usize) -> usize {
    (HEAD_LOGITS / vocabulary).clamp(1, 16)
}

/// Rows whose log-probabilities are computed at once where the kernels keep something of each tile of the vocabulary:
/// enough to fill them.
pub(super) fn target_rows(vocabulary: usize) -> usize {
    (TARGET_LOGITS / vocabulary).clamp(1, 128)
}

/// Where what the head gave is among the values read back.
#[derive(Default)]
pub(super) struct HeadFound {
    /// Logits of as many rows as are held at once.
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
        let vocabulary = self.config.vocabulary;
        for rows in read.logits.chunks(head_rows(vocabulary)) {
            found.logits.push(readback.add(self.logits(stream, rows)).await?);
        }
        let mut rows: Vec<usize> = read.targets.iter().map(|(row, _)| *row).collect();
        rows.sort_unstable();
        rows.dedup();
        let at_once = match (self.config.softcap, self.compute.info.kind) {
            (Some(_), _) => head_rows(vocabulary),
            (None, DeviceKind::Gpu) => target_rows(vocabulary),
            // Nothing is kept there.
            (None, DeviceKind::Cpu) => 128,
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
        if self.config.softcap.is_some() {
            let device = &self.compute.device;
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
        let (picked, count) = self.picked(stream, rows);
        let adapter = self.compute.adapter();
        let normed = rms_norm(&picked, &self.output_norm, &count, adapter);
        self.output.log_probs(&normed, pairs, &count, adapter)
    }

    pub(super) fn logits(&self, stream: &Tensor<2>, rows: &[usize]) -> Tensor<2> {
        let (picked, count) = self.picked(stream, rows);
        let adapter = self.compute.adapter();
        let logits = self.output.logits(&picked, &self.output_norm, &count, adapter);
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
