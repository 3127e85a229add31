//! Tensors on their way from a file to a device.

use super::config::Config;
use super::pairs::Pairs;
use super::projection::Projection;
use super::table::Table;
use crate::device::Compute;
use crate::gguf::{Gguf, ReadAt, TensorInfo};
use crate::host::Host;
use crate::ops::rms_norm::Norm;
use crate::ops::{Matrix, plan};
use crate::quant::{PackedLayout, concat_rows, first_not_finite, repack_blocks, unpack};
use crate::{Error, Result};
use burn::tensor::{Tensor, TensorData};
use core::ops::Range;

/// Bytes of a matrix that are read from the file at once: a whole one beside its packed words would be in memory twice.
const READ_BYTES: u64 = 1 << 24;

/// Reads, checks and uploads the tensors of a file.
pub(super) struct Loader<'a> {
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

impl<'a> Loader<'a> {
    pub(super) fn new(
        source: &'a dyn ReadAt,
        gguf: &'a Gguf,
        compute: &'a Compute,
        host: &'a dyn Host,
        config: &Config,
    ) -> Self {
        Self {
            source,
            gguf,
            compute,
            host,
            done: 0,
            total: gguf.tensors.iter().map(|tensor| tensor.bytes).sum(),
            epsilon: config.epsilon,
            pairs: config.architecture.pairs,
            dim: config.heads.dim,
        }
    }

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

    /// The packed words of some rows of a tensor, and their layout.
    async fn packed_rows(&mut self, name: &str, rows: Range<u64>) -> Result<(Vec<u32>, PackedLayout)> {
        let info = self.info(name)?.clone();
        let (count, cols) = ((rows.end - rows.start) as usize, info.shape[0] as usize);
        let layout = PackedLayout::new(info.format, count, cols)?;
        let mut words = vec![0; layout.words()];
        let planes = layout.planes_mut(&mut words);
        let (mut main, mut halves) = (planes.main, planes.halves);
        // Whole heads, whose columns may have to change their places.
        let heads = (READ_BYTES / info.row_bytes().max(1) / self.dim as u64).max(1);
        let at_once = heads * self.dim as u64;
        let mut start = rows.start;
        while start < rows.end {
            let end = rows.end.min(start + at_once);
            let mut file = self.gguf.read_tensor_rows(self.source, &info, start..end)?;
            if let Some(block) = first_not_finite(info.format, &file) {
                let before = start as usize * layout.blocks_per_row();
                return Err(Error::GgufInvalid(format!(
                    "block {} of {name} has weights that are no finite numbers",
                    before + block
                )));
            }
            if is_turned(name) {
                self.pairs.arrange(&mut file, self.dim, info.row_bytes() as usize);
            }
            let blocks = (end - start) as usize * layout.blocks_per_row();
            let (own_main, rest) = main.split_at_mut(blocks * info.format.words_per_block());
            main = rest;
            let (own_halves, rest) = halves.split_at_mut(blocks.min(halves.len()));
            halves = rest;
            repack_blocks(info.format, &file, own_main, own_halves)?;
            self.step(file.len() as u64).await?;
            start = end;
        }
        Ok((words, layout))
    }

    /// The tensor's packed words and their layout.
    async fn packed(&mut self, name: &str) -> Result<(Vec<u32>, PackedLayout)> {
        let rows = self.info(name)?.shape[1];
        self.packed_rows(name, 0..rows).await
    }

    fn upload(&self, words: Vec<u32>, spec: PackedLayout) -> Matrix {
        let device = &self.compute.device;
        let words = device.memory_persistent_allocations(words, |words| plan::upload(words, device));
        Matrix { words, spec }
    }

    pub(super) async fn matrix(&mut self, name: &str) -> Result<Matrix> {
        let (words, layout) = self.packed(name).await?;
        Ok(self.upload(words, layout))
    }

    /// A matrix with a row a token, in as many parts as the device's buffers ask for.
    pub(super) async fn table(&mut self, name: &str) -> Result<Table> {
        let info = self.info(name)?;
        let (rows, row_bytes) = (info.shape[1], info.row_bytes());
        let each = Table::rows_each(row_bytes, self.compute.max_binding);
        let mut parts = Vec::new();
        let mut start = 0;
        while start < rows {
            let end = rows.min(start.saturating_add(each));
            let (words, layout) = self.packed_rows(name, start..end).await?;
            parts.push(self.upload(words, layout));
            start = end;
        }
        Ok(Table(Projection(parts)))
    }

    pub(super) async fn projection(&mut self, names: &[String]) -> Result<Projection> {
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

    pub(super) async fn floats(&mut self, name: &str) -> Result<Vec<f32>> {
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
    pub(super) async fn bias(&mut self, names: &[String]) -> Result<Tensor<1>> {
        let mut values = Vec::new();
        for name in names {
            values.extend(self.floats(name).await?);
        }
        Ok(self.vector(values))
    }

    pub(super) async fn norm(&mut self, name: &str) -> Result<Norm> {
        let values = self.floats(name).await?;
        Ok(Norm {
            weight: self.vector(values),
            epsilon: self.epsilon,
        })
    }

    /// The norm of query heads, with what queries are multiplied by in its weights, and that of key heads.
    pub(super) async fn head_norm(
        &mut self,
        [queries, keys]: &[String; 2],
        query_factor: f32,
    ) -> Result<Norm> {
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
        let config = Config::from_gguf(&gguf).unwrap();
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
                    let mut loader = Loader::new(&source, &gguf, &compute, &Quiet, &config);
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
