//! Hooks on a device: what is done with the residual stream, and kept of it, while some blocks run.

use super::block::Kept;
use super::hooks::{Condition, Direction, Hooks, Intervention, Probe, Projections, Rows, Side, Site};
use super::readback::{Index, Readback};
use crate::Result;
use crate::ops::edit::{edit, encode};
use crate::ops::project::project;
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
    /// The same for blocks that see only a window, where that leaves something out.
    pub(super) window_plan: Option<Tensor<1, Int>>,
    /// One word: the number of its tokens.
    pub(super) count: Tensor<1, Int>,
    /// The tokens that go through the whole of the last block, where they are not all.
    pub(super) kept: Option<Kept>,
}

/// An intervention on the device.
struct Placed<'a> {
    intervention: &'a Intervention,
    /// The direction, and that of the condition if there is one.
    vectors: Tensor<2>,
    threshold: f32,
}

/// The probes of one site.
struct Group<'a> {
    directions: Vec<&'a Direction>,
    /// The same, `[directions, width]`.
    matrix: Tensor<2>,
    /// What [`project`] gave for each chunk.
    found: Vec<Tensor<2>>,
}

/// What happens at the sites that some blocks pass.
pub(super) struct Stage<'a> {
    device: Device,
    adapter: Adapter,
    edits: Vec<Placed<'a>>,
    probes: BTreeMap<Site, Group<'a>>,
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
            probes: BTreeMap::new(),
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

    /// Adds probes, which have been checked; the same one twice is measured once.
    pub(super) fn probe(&mut self, probes: impl Iterator<Item = &'a Probe>) {
        let mut sites: BTreeMap<Site, Vec<&'a Direction>> = BTreeMap::new();
        for probe in probes {
            let directions = sites.entry(probe.site).or_default();
            if !directions.contains(&&probe.direction) {
                directions.push(&probe.direction);
            }
        }
        self.probes.extend(sites.into_iter().map(|(site, directions)| {
            let vectors = directions.iter().map(|direction| direction.values());
            let matrix = upload(&vectors.collect::<Vec<_>>(), &self.device);
            let group = Group {
                directions,
                matrix,
                found: Vec::new(),
            };
            (site, group)
        }));
    }

    /// Edits, then measures, then keeps the stream of a chunk.
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
        if let Some(group) = self.probes.get_mut(&site) {
            group.found.push(project(&x, &group.matrix, self.adapter));
        }
        if let Some(hidden) = &mut self.hidden {
            hidden.entry(site).or_default().push(x.clone());
        }
        x
    }

    /// Hands over what was found.
    pub(super) async fn read(self, readback: &mut Readback) -> Result<Found<'a>> {
        let mut found = Found::default();
        for (site, group) in self.probes {
            let mut parts = Vec::with_capacity(group.found.len());
            for part in group.found {
                parts.push(readback.add(part).await?);
            }
            found.probes.insert(site, (group.directions, parts));
        }
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
pub(super) struct Found<'a> {
    /// The directions of each site, and what they found chunk by chunk.
    probes: BTreeMap<Site, (Vec<&'a Direction>, Vec<Index>)>,
    /// The stream at each site.
    pub(super) hidden: BTreeMap<Site, Index>,
}

impl Found<'_> {
    /// What the probe found, if this stage passed its site.
    pub(super) fn projections(&self, probe: &Probe, values: &[Vec<f32>]) -> Option<Projections> {
        let (directions, parts) = self.probes.get(&probe.site)?;
        let at = directions.iter().position(|other| **other == probe.direction)?;
        // The lengths are the last column.
        let column = |at: usize| {
            let parts = parts.iter().map(|part| values[*part].iter());
            parts
                .flat_map(|part| part.skip(at).step_by(directions.len() + 1))
                .copied()
                .collect()
        };
        Some(Projections {
            values: column(at),
            lengths: column(directions.len()),
        })
    }
}
