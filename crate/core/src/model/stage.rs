//! Hooks on a device: what is done with the residual stream, and kept of it, while some blocks run.

use super::hooks::{Condition, Hooks, Intervention, Rows, Side, Site};
use super::readback::{Index, Readback};
use crate::Result;
use crate::ops::edit::{edit, encode};
use crate::ops::{Adapter, plan};
use burn::tensor::{Device, Int, Tensor, TensorData};
use core::ops::Range;
use std::collections::BTreeMap;

/// A part of a batch that is computed in one go.
pub(super) struct Chunk {
    /// Rows of the batch.
    pub(super) rows: Range<usize>,
    /// Places of its tokens.
    pub(super) plan: Tensor<1, Int>,
    /// One word: the number of its tokens.
    pub(super) count: Tensor<1, Int>,
}

/// An intervention on the device.
struct Placed<'a> {
    intervention: &'a Intervention,
    /// The direction, and that of the condition if there is one.
    vectors: Tensor<2>,
    threshold: f32,
}

/// What happens at the sites that some blocks pass.
pub(super) struct Stage<'a> {
    device: Device,
    adapter: Adapter,
    edits: Vec<Placed<'a>>,
    /// The stream itself at each site, chunk by chunk, if it is asked for.
    hidden: Option<BTreeMap<Site, Vec<Tensor<2>>>>,
}

impl<'a> Stage<'a> {
    /// Nothing is done; the stream is kept if `hidden`.
    pub(super) fn new(device: &Device, adapter: Adapter, hidden: bool) -> Self {
        Self {
            device: device.clone(),
            adapter,
            edits: Vec::new(),
            hidden: hidden.then(BTreeMap::new),
        }
    }

    /// Adds the interventions, which have been checked.
    pub(super) fn edit(&mut self, hooks: &'a Hooks) {
        let device = &self.device;
        self.edits.extend(hooks.interventions.iter().map(|intervention| {
            let mut vectors = vec![intervention.direction.values()];
            let mut threshold = 0.0;
            let condition: Vec<f32>;
            if let Some(Condition {
                direction,
                threshold: at,
                side,
            }) = &intervention.condition
            {
                // Below a threshold is above its opposite for the opposite direction.
                let sign = match side {
                    Side::Above => 1.0,
                    Side::Below => -1.0,
                };
                condition = direction.values().iter().map(|value| sign * value).collect();
                vectors.push(&condition);
                threshold = sign * at;
            }
            Placed {
                intervention,
                vectors: upload(&vectors, device),
                threshold,
            }
        }));
    }

    /// Edits, then keeps the stream of a chunk.
    ///
    /// # Shapes
    /// x `[rows of the chunk, width]`; result the same.
    pub(super) fn visit(&mut self, site: Site, mut x: Tensor<2>, chunk: &Chunk) -> Tensor<2> {
        let edits = self
            .edits
            .iter()
            .filter(|placed| placed.intervention.site == site);
        for placed in edits {
            let rows = chosen(&placed.intervention.rows, &chunk.rows);
            if rows.contains(&true) {
                let words = encode(placed.intervention.edit, placed.threshold, &rows);
                let plan = plan::upload(words, &self.device);
                x = edit(&x, &placed.vectors, &plan, self.adapter);
            }
        }
        if let Some(hidden) = &mut self.hidden {
            hidden.entry(site).or_default().push(x.clone());
        }
        x
    }

    /// Hands over what was found.
    pub(super) async fn read(self, readback: &mut Readback) -> Result<Found> {
        let mut found = Found::default();
        for (site, parts) in self.hidden.into_iter().flatten() {
            let whole = Tensor::cat(parts, 0);
            found.hidden.insert(site, readback.add(whole).await?);
        }
        Ok(found)
    }
}

/// Vectors of the same length as the rows of a matrix.
fn upload(vectors: &[&[f32]], device: &Device) -> Tensor<2> {
    let shape = [vectors.len(), vectors.first().map_or(0, |vector| vector.len())];
    Tensor::from_data(TensorData::new(vectors.concat(), shape), device)
}

/// Which rows of a chunk are among `rows` of its batch.
fn chosen(rows: &Rows, chunk: &Range<usize>) -> Vec<bool> {
    let mut chosen = vec![matches!(rows, Rows::All); chunk.len()];
    if let Rows::Only(rows) = rows {
        let inside = rows.iter().filter(|row| chunk.contains(row));
        inside.for_each(|row| chosen[row - chunk.start] = true);
    }
    chosen
}

/// Where the findings of a stage are among the values read back.
#[derive(Default)]
pub(super) struct Found {
    /// The stream at each site.
    pub(super) hidden: BTreeMap<Site, Index>,
}
