//! Mean streams of texts, at every layer.

use super::vectors::dot;
use crate::engine::Engine;
use crate::host::Host;
use crate::model::Read;
use crate::prompt::{NodeId, PromptTree};
use crate::random::SplitMix64;
use crate::{Error, Result};
use core::ops::Range;

/// Tokens of one forward, about. The streams of all layers come back from it: 18 MB for SmolLM2.
const FORWARD_TOKENS: usize = 256;

/// A text, and the part of it that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Its tokens.
    pub tokens: Vec<u32>,
    /// Positions over which the stream is averaged.
    pub positions: Range<usize>,
}

impl Sample {
    /// All of a text but its first token.
    ///
    /// Decoders rest what attention they have to spare on the first position, whose stream becomes a hundred times as long
    /// as any other (arXiv 2309.17453, arXiv 2402.17762; SmolLM2: 22,000 beside 200 at layer 20). In a mean it would
    /// drown the text.
    pub fn whole(tokens: Vec<u32>) -> Self {
        let positions = 1..tokens.len();
        Self { tokens, positions }
    }

    /// Its last token alone.
    pub fn last(tokens: Vec<u32>) -> Self {
        let positions = tokens.len().saturating_sub(1)..tokens.len();
        Self { tokens, positions }
    }
}

/// The mean stream of a sample: `layers + 1` times `width` values.
pub type Streams = Vec<f32>;

/// Mean streams of two kinds of texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pooled {
    /// Values of a stream.
    pub width: usize,
    /// Of texts that show the trait.
    pub high: Vec<Streams>,
    /// Of texts that show its opposite.
    pub low: Vec<Streams>,
}

impl Pooled {
    /// The mean of the high side less that of the low side, at a layer.
    pub fn difference(&self, layer: usize) -> Vec<f32> {
        let (high, low): (Vec<_>, Vec<_>) = (self.high.iter().collect(), self.low.iter().collect());
        self.difference_of(layer, &high, &low)
    }

    /// The same of the same texts with their sides drawn anew, each side keeping its number: what texts differ in by
    /// chance, the harder of two nulls.
    pub fn shuffled(&self, layer: usize, random: &mut SplitMix64) -> Vec<f32> {
        let mut all: Vec<_> = self.high.iter().chain(&self.low).collect();
        // Fisher and Yates.
        for last in (1..all.len()).rev() {
            all.swap(last, random.below(last + 1));
        }
        let (high, low) = all.split_at(self.high.len());
        self.difference_of(layer, high, low)
    }

    /// How well texts are told apart by a direction that was not made of them: the probability that of two, one of either
    /// side, the high one has the larger projection (the area under the ROC curve; ties count half).
    ///
    /// Texts at odd places are judged by the direction of those at even places and the other way round; the mean of
    /// the two. `None` with fewer than two texts a side.
    pub fn separation(&self, layer: usize) -> Option<f64> {
        if self.high.len() < 2 || self.low.len() < 2 {
            return None;
        }
        let half = |rest| (every_other(&self.high, rest), every_other(&self.low, rest));
        let judged = |made_of: (Vec<&Streams>, Vec<&Streams>), others: (Vec<&Streams>, Vec<&Streams>)| {
            let direction = self.difference_of(layer, &made_of.0, &made_of.1);
            let project = |side: &[&Streams]| -> Vec<f64> {
                side.iter()
                    .map(|stream| dot(self.at(stream, layer), &direction))
                    .collect()
            };
            auc(&project(&others.0), &project(&others.1))
        };
        Some((judged(half(0), half(1)) + judged(half(1), half(0))) / 2.0)
    }

    fn difference_of(&self, layer: usize, high: &[&Streams], low: &[&Streams]) -> Vec<f32> {
        let (high, low) = (self.mean(layer, high), self.mean(layer, low));
        high.iter()
            .zip(low)
            .map(|(high, low)| (high - low) as f32)
            .collect()
    }

    fn mean(&self, layer: usize, streams: &[&Streams]) -> Vec<f64> {
        let mut mean = vec![0.0; self.width];
        for stream in streams {
            for (sum, value) in mean.iter_mut().zip(self.at(stream, layer)) {
                *sum += f64::from(*value) / streams.len() as f64;
            }
        }
        mean
    }

    fn at<'s>(&self, streams: &'s Streams, layer: usize) -> &'s [f32] {
        &streams[layer * self.width..(layer + 1) * self.width]
    }
}

fn every_other(side: &[Streams], from: usize) -> Vec<&Streams> {
    side.iter().skip(from).step_by(2).collect()
}

/// The share of pairs in which the high one is larger; of ties a half.
fn auc(high: &[f64], low: &[f64]) -> f64 {
    let mut won = 0.0;
    for h in high {
        for l in low {
            won += if h > l {
                1.0
            } else if h == l {
                0.5
            } else {
                0.0
            };
        }
    }
    won / (high.len() * low.len()) as f64
}

/// The mean stream of each sample, as a forward of its own would give it.
///
/// # Errors
/// [`Error::PromptInvalid`] for a sample without positions, [`Error::PromptLength`] for one that does not fit the model,
/// before anything is computed; [`Error::Cancelled`] on request, and what a forward gives.
pub async fn pool(engine: &mut Engine, samples: &[Sample], host: &dyn Host) -> Result<Vec<Streams>> {
    check(engine, samples)?;
    let total = samples.len() as u64;
    let mut pooled = Vec::with_capacity(samples.len());
    while pooled.len() < samples.len() {
        host.pause().await;
        if host.cancelled() {
            return Err(Error::Cancelled);
        }
        let (tree, nodes) = next_tree(&samples[pooled.len()..]);
        let batch = tree.batch();
        let read = Read {
            hidden: true,
            ..Read::default()
        };
        let hidden = engine.model.forward(&batch, &read).await?.hidden;
        let width = engine.model.config.width;
        for (nodes, sample) in nodes.iter().zip(&samples[pooled.len()..]) {
            let rows: Vec<_> = nodes[sample.positions.clone()]
                .iter()
                .map(|node| batch.row_of_node[*node])
                .collect();
            let mean = hidden.iter().flat_map(|layer| mean_rows(layer, &rows, width));
            pooled.push(mean.collect());
        }
        host.progress("texts", pooled.len() as u64, total);
    }
    Ok(pooled)
}

fn check(engine: &Engine, samples: &[Sample]) -> Result<()> {
    let slots = engine.model.slots();
    for sample in samples {
        if sample.tokens.len() > slots {
            return Err(Error::PromptLength(format!(
                "a text of {} tokens, and at most {slots} fit",
                sample.tokens.len()
            )));
        }
        if sample.positions.is_empty() || sample.positions.end > sample.tokens.len() {
            return Err(Error::PromptInvalid(format!(
                "a text of {} tokens is too short: nothing is left of it to look at",
                sample.tokens.len()
            )));
        }
    }
    Ok(())
}

/// As many samples as go into one forward, at least one, and the nodes of each.
fn next_tree(samples: &[Sample]) -> (PromptTree, Vec<Vec<NodeId>>) {
    let mut tree = PromptTree::new();
    let mut nodes = Vec::new();
    for sample in samples {
        let mut with_it = tree.clone();
        let own = with_it.insert(&sample.tokens);
        if !tree.is_empty() && with_it.len() > FORWARD_TOKENS {
            break;
        }
        tree = with_it;
        nodes.push(own);
    }
    (tree, nodes)
}

fn mean_rows(layer: &[f32], rows: &[usize], width: usize) -> Vec<f32> {
    let mut mean = vec![0.0; width];
    for row in rows {
        for (sum, value) in mean.iter_mut().zip(&layer[row * width..(row + 1) * width]) {
            *sum += f64::from(*value) / rows.len() as f64;
        }
    }
    mean.into_iter().map(|value| value as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One layer of two values.
    fn pooled(high: &[[f32; 2]], low: &[[f32; 2]]) -> Pooled {
        let streams = |side: &[[f32; 2]]| side.iter().map(|values| values.to_vec()).collect();
        Pooled {
            width: 2,
            high: streams(high),
            low: streams(low),
        }
    }

    #[test]
    fn the_difference_is_that_of_the_means() {
        let pooled = pooled(&[[1.0, 2.0], [3.0, 2.0]], &[[0.0, 5.0], [0.0, 0.0], [3.0, 1.0]]);
        assert_eq!(pooled.difference(0), [1.0, 0.0]);
    }

    #[test]
    fn separation_judges_texts_by_a_direction_of_others() {
        // Even places differ in the first value; odd places do so too, but for one tie of two pairs.
        let apart = pooled(&[[2.0, 0.0], [1.0, 0.0]], &[[0.0, 0.0], [1.0, 0.0]]);
        // Made of even places: 1 against 1, a tie. Made of odd places: a direction of zeros, a tie too.
        assert_eq!(apart.separation(0), Some(0.5));
        let told = pooled(&[[2.0, 9.0], [3.0, 0.0]], &[[0.0, 9.0], [1.0, 0.0]]);
        assert_eq!(told.separation(0), Some(1.0));
        let wrong = pooled(&[[2.0, 0.0], [0.0, 0.0]], &[[0.0, 0.0], [2.0, 0.0]]);
        assert_eq!(wrong.separation(0), Some(0.0));
        assert_eq!(pooled(&[[1.0, 0.0]], &[[0.0, 0.0]]).separation(0), None);
    }

    #[test]
    fn shuffled_sides_keep_their_texts_and_numbers() {
        let pooled = pooled(&[[1.0, 0.0], [2.0, 0.0], [4.0, 0.0]], &[[8.0, 0.0], [16.0, 0.0]]);
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..200 {
            // With sums a of three and 31 - a of two.
            let value = pooled.shuffled(0, &mut SplitMix64::new(seed))[0];
            let sum = (value + 15.5) / (1.0 / 3.0 + 0.5);
            assert!(
                (sum - sum.round()).abs() < 1e-4 && (sum.round() as u32).count_ones() == 3,
                "{sum}"
            );
            seen.insert(sum.round() as u32);
        }
        // All ten ways of choosing three of five.
        assert_eq!(seen.len(), 10);
    }
}
