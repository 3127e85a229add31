//! A matrix with a row for each token of the vocabulary. The largest tensor of a model may have more bytes than a buffer of
//! its device, so it is in parts, row after row, and nearly always in one.

use super::projection::Projection;
use crate::ops::embed::embed;
use crate::ops::linear::log_prob::log_probs;
use crate::ops::rms_norm::Norm;
use crate::ops::{Adapter, Matrix, plan};
use burn::tensor::{Device, Int, Tensor};
use core::ops::Range;

/// The parts, first rows first: their outputs stand side by side as those of any projection.
#[derive(Debug, Clone)]
pub(super) struct Table(pub(super) Projection);

impl Table {
    /// Rows that a part has where a buffer holds so many bytes, at least one.
    pub(super) fn rows_each(row_bytes: u64, limit: Option<u64>) -> u64 {
        limit.map_or(u64::MAX, |limit| (limit / row_bytes.max(1)).max(1))
    }

    /// The row of each of these tokens.
    ///
    /// # Shapes
    /// Result `[tokens, cols]`.
    pub(super) fn embed(&self, tokens: &[u32], device: &Device) -> Tensor<2> {
        if let [only] = &self.0.0[..] {
            return embed(only, &plan::upload(tokens.to_vec(), device));
        }
        let mut sorted = Sorted::new(tokens.len());
        let mut found = Vec::with_capacity(self.0.0.len());
        for (part, ids) in self.parts() {
            let own = sorted.take(tokens.iter().copied(), &ids);
            if !own.is_empty() {
                let own = own.iter().map(|place| tokens[*place] - ids.start).collect();
                found.push(embed(part, &plan::upload(own, device)));
            }
        }
        Tensor::cat(found, 0).select(0, sorted.order(device))
    }

    /// The product of each normed token with all rows.
    ///
    /// # Shapes
    /// x `[tokens, cols]`, count: one word, the number of tokens; result `[tokens, rows]`.
    pub(super) fn logits(
        &self,
        x: &Tensor<2>,
        norm: &Norm,
        count: &Tensor<1, Int>,
        adapter: Adapter,
    ) -> Tensor<2> {
        self.0.forward(x, norm, count, adapter)
    }

    /// Of each pair of a row of the normed `x` and a token, the natural-log probability of the token.
    ///
    /// # Shapes
    /// As [`Table::logits`]; result `[pairs]`.
    pub(super) fn log_probs(
        &self,
        x: &Tensor<2>,
        pairs: &[[u32; 2]],
        count: &Tensor<1, Int>,
        adapter: Adapter,
    ) -> Tensor<1> {
        let device = &x.device();
        let within = |part: &Matrix, pairs: &[[u32; 2]]| {
            let mut words = vec![pairs.len() as u32];
            words.extend(pairs.as_flattened());
            log_probs(x, part, &plan::upload(words, device), count, adapter)
        };
        if let [only] = &self.0.0[..] {
            return within(only, pairs).values;
        }
        let rows = |pairs: &[[u32; 2]]| {
            let rows: Vec<i32> = pairs.iter().map(|[row, _]| *row as i32).collect();
            Tensor::<1, Int>::from_data(&rows[..], device)
        };
        let mut sorted = Sorted::new(pairs.len());
        let (mut logits, mut totals) = (Vec::new(), Vec::new());
        for (part, ids) in self.parts() {
            let own = sorted.take(pairs.iter().map(|[_, id]| *id), &ids);
            let own: Vec<[u32; 2]> = (own.iter())
                .map(|place| [pairs[*place][0], pairs[*place][1] - ids.start])
                .collect();
            // A part is asked for its total even where no token of it is asked for.
            let asked = if own.is_empty() { &[[0; 2]][..] } else { &own };
            let found = within(part, asked);
            if !own.is_empty() {
                logits.push(found.values + found.totals.clone().select(0, rows(&own)));
            }
            totals.push(found.totals.unsqueeze_dim::<2>(1));
        }
        let totals = Tensor::cat(totals, 1);
        let top = totals.clone().max_dim(1);
        let total = (totals - top.clone()).exp().sum_dim(1).log() + top;
        let logits = Tensor::cat(logits, 0).select(0, sorted.order(device));
        logits - total.flatten::<1>(0, 1).select(0, rows(pairs))
    }

    /// Each part and the tokens whose rows it has.
    fn parts(&self) -> impl Iterator<Item = (&Matrix, Range<u32>)> {
        let mut start = 0;
        self.0.0.iter().map(move |part| {
            let ids = start..start + part.spec.rows as u32;
            start = ids.end;
            (part, ids)
        })
    }
}

/// Things that were sorted by part, and where each went.
struct Sorted {
    /// For each thing its place among the sorted.
    places: Vec<i32>,
    count: i32,
}

impl Sorted {
    fn new(things: usize) -> Self {
        Self {
            places: vec![0; things],
            count: 0,
        }
    }

    /// The places of those of `tokens` that are in the part with these ids, which come next among the sorted.
    fn take(&mut self, tokens: impl Iterator<Item = u32>, ids: &Range<u32>) -> Vec<usize> {
        let inside = tokens.enumerate().filter(|(_, token)| ids.contains(token));
        let own: Vec<usize> = inside.map(|(place, _)| place).collect();
        for place in &own {
            self.places[*place] = self.count;
            self.count += 1;
        }
        own
    }

    /// What brings the sorted back into the order they had.
    fn order(&self, device: &Device) -> Tensor<1, Int> {
        Tensor::from_data(&self.places[..], device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{Weights, assert_close, devices, matrix, random, values, words};
    use crate::quant::Format;
    use burn::tensor::TensorData;

    #[test]
    fn a_part_has_what_a_buffer_holds() {
        assert_eq!(Table::rows_each(680, Some(1 << 27)), 197_379);
        assert_eq!(Table::rows_each(680, Some(679)), 1);
        assert_eq!(Table::rows_each(0, Some(5)), 5);
        assert_eq!(Table::rows_each(680, None), u64::MAX);
    }

    /// Parts of unequal sizes, tokens of all of them in no order, some twice, and a part that nobody asks for.
    #[test]
    fn parts_give_what_the_whole_gives() {
        let (format, cols) = (Format::Q8_0, 128);
        let sizes = [40, 3, 21];
        let tokens: Vec<u32> = vec![63, 0, 42, 39, 40, 0, 43];
        for compute in devices() {
            let device = &compute.device;
            let weights = Weights::new(format, 64, cols, 7);
            let mut start = 0;
            let parts = sizes.map(|rows| {
                let part = weights.part(start..start + rows);
                start += rows;
                part.upload(device)
            });
            let (parts, whole) = (
                Table(Projection(parts.into())),
                Table(Projection(vec![weights.upload(device)])),
            );
            assert_eq!(
                values(parts.embed(&tokens, device)),
                values(whole.embed(&tokens, device))
            );
            assert_eq!(
                values(parts.embed(&[41], device)),
                values(whole.embed(&[41], device))
            );

            for count in [1usize, 5] {
                // Logits of some tens.
                let x: Vec<f32> = random(count * cols, 3)
                    .iter()
                    .map(|x| x * 10.0 / weights.largest())
                    .collect();
                let x = matrix(&x, cols, device);
                let scales = vec![1.0 / weights.largest(); cols];
                let norm = Norm {
                    weight: Tensor::from_data(TensorData::new(scales, [cols]), device),
                    epsilon: 1e-5,
                };
                let rows = words(&[count as u32], device);
                for adapter in [Adapter::Hardware, Adapter::Software] {
                    let both = [&parts, &whole].map(|table| values(table.logits(&x, &norm, &rows, adapter)));
                    let exact: Vec<f64> = both[1].iter().map(|value| f64::from(*value)).collect();
                    assert_close(&both[0], &exact, 2e-5, "logits");
                    // The part of three rows is asked for nothing.
                    let pairs: Vec<[u32; 2]> = [63, 0, 39, 43, 0]
                        .into_iter()
                        .enumerate()
                        .map(|(i, id)| [(i % count) as u32, id])
                        .collect();
                    let both =
                        [&parts, &whole].map(|table| values(table.log_probs(&x, &pairs, &rows, adapter)));
                    let exact: Vec<f64> = both[1].iter().map(|value| f64::from(*value)).collect();
                    assert_close(&both[0], &exact, 2e-5, "log-probabilities");
                }
            }
            compute.check().unwrap();
        }
    }
}
