//! The rows that go through the whole of the last block: those that something is read from. Of the others that block
//! is asked for keys and values only.

use super::block::Kept;
use super::decoder::Read;
use super::hooks::{Hooks, Site};
use super::stage::Chunk;
use crate::ops::plan;
use burn::tensor::{Device, Int, Tensor};

/// Rows of a batch, in order; at least one of each chunk.
pub(super) struct KeptRows(Vec<usize>);

impl KeptRows {
    /// Of a batch that is computed in `chunks`; `None` where every row is needed.
    pub(super) fn new(read: &Read, conditions: &[Hooks], chunks: &[Chunk], layers: usize) -> Option<Self> {
        let end = Site(layers);
        let touched = conditions.iter().any(|hooks| {
            hooks.probes.iter().any(|probe| probe.site == end)
                || hooks.interventions.iter().any(|edit| edit.site == end)
        });
        if read.hidden || touched {
            return None;
        }
        let targets = read.targets.iter().map(|(row, _)| row);
        let mut rows: Vec<usize> = read.logits.iter().chain(targets).copied().collect();
        let unread = chunks.iter().map(|chunk| &chunk.rows);
        let unread: Vec<usize> = unread
            .filter(|chunk| !rows.iter().any(|row| chunk.contains(row)))
            .map(|chunk| chunk.end - 1)
            .collect();
        rows.extend(unread);
        rows.sort_unstable();
        rows.dedup();
        let all = chunks.last().map_or(0, |chunk| chunk.rows.end);
        (rows.len() < all).then_some(Self(rows))
    }

    /// Those of a chunk, where they are not all of it.
    pub(super) fn of(&self, chunk: &Chunk, device: &Device) -> Option<Kept> {
        let inside = self.0.iter().filter(|row| chunk.rows.contains(row));
        let rows: Vec<i32> = inside.map(|row| (row - chunk.rows.start) as i32).collect();
        (rows.len() < chunk.rows.len()).then(|| Kept {
            count: plan::upload(vec![rows.len() as u32], device),
            rows: Tensor::<1, Int>::from_data(&rows[..], device),
        })
    }

    /// What is read, by the places of its rows among these.
    pub(super) fn read(&self, read: &Read) -> Read {
        let place = |row: usize| self.0.partition_point(|other| *other < row);
        Read {
            logits: read.logits.iter().map(|row| place(*row)).collect(),
            targets: read
                .targets
                .iter()
                .map(|(row, token)| (place(*row), *token))
                .collect(),
            hidden: read.hidden,
        }
    }
}
