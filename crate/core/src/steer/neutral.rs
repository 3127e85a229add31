//! What a stream is like in texts that show no trait: the unit of doses, and the zero of a meter.

use serde::{Deserialize, Serialize};

use super::pool::Sample;
use crate::engine::Engine;
use crate::host::Host;
use crate::model::{Direction, Hooks, Probe, Read, Site};
use crate::prompt::PromptTree;
use crate::text::Rendered;
use crate::{Error, Result};

/// Tokens of one forward, about.
const FORWARD_TOKENS: usize = 256;

/// What neutral texts are like along a direction, at the direction's layer. First tokens do not count ([`Sample::whole`]).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Neutral {
    /// Mean length of the stream: a dose of 1 adds as much.
    pub norm: f32,
    /// Mean projection on the direction, in units of the stream.
    pub mean: f32,
    /// Standard deviation of the projection over tokens.
    pub sd: f32,
}

impl Neutral {
    /// How many standard deviations a projection lies above that of neutral text.
    pub fn z(&self, projection: f32) -> f32 {
        (projection - self.mean) / self.sd
    }
}

#[derive(Deserialize)]
struct File {
    texts: Vec<String>,
}

/// The neutral texts, as samples.
///
/// # Errors
/// What the tokenizer gives; [`Error::ContrastInvalid`] if the bundled file is at fault, which a test rules out.
pub fn samples(engine: &Engine) -> Result<Vec<Sample>> {
    let file: File = serde_json::from_slice(include_bytes!("../../../../items/neutral.json"))
        .map_err(|error| Error::ContrastInvalid(error.to_string()))?;
    let tokens = |text: &String| {
        engine
            .tokenizer
            .encode_rendered(&Rendered::raw(text))
            .map(Sample::whole)
    };
    file.texts.iter().map(tokens).collect()
}

/// What neutral texts are like along each of these directions at its layer, all measured in the same forwards.
///
/// # Errors
/// [`Error::DirectionWidth`] and [`Error::DirectionLayer`] for a direction that does not suit the model,
/// [`Error::Cancelled`] on request, and what a forward gives.
pub async fn measure(
    engine: &mut Engine,
    directions: &[(usize, Direction)],
    host: &dyn Host,
) -> Result<Vec<Neutral>> {
    let samples = samples(engine)?;
    let probes = directions.iter().map(|(layer, direction)| Probe {
        site: Site(*layer),
        direction: direction.clone(),
    });
    let hooks = Hooks {
        probes: probes.collect(),
        ..Hooks::default()
    };
    let mut sums = vec![Sums::default(); directions.len()];
    let mut done = 0;
    while done < samples.len() {
        host.pause().await;
        if host.cancelled() {
            return Err(Error::Cancelled);
        }
        let mut tree = PromptTree::new();
        let mut rows = Vec::new();
        while done < samples.len()
            && (tree.is_empty() || tree.len() + samples[done].tokens.len() <= FORWARD_TOKENS)
        {
            let nodes = tree.insert(&samples[done].tokens);
            rows.extend_from_slice(&nodes[samples[done].positions.clone()]);
            done += 1;
        }
        let batch = tree.batch();
        let outputs = engine
            .model
            .forward_each(&batch, &Read::default(), core::slice::from_ref(&hooks))
            .await?;
        for (sums, found) in sums
            .iter_mut()
            .zip(outputs.iter().flat_map(|output| &output.probes))
        {
            for node in &rows {
                let row = batch.row_of_node[*node];
                sums.add(found.values[row], found.lengths[row]);
            }
        }
        host.progress("neutral", done as u64, samples.len() as u64);
    }
    Ok(sums.iter().map(Sums::neutral).collect())
}

#[derive(Clone, Default)]
struct Sums {
    count: f64,
    length: f64,
    projection: f64,
    square: f64,
}

impl Sums {
    fn add(&mut self, projection: f32, length: f32) {
        let projection = f64::from(projection);
        self.count += 1.0;
        self.length += f64::from(length);
        self.projection += projection;
        self.square += projection * projection;
    }

    fn neutral(&self) -> Neutral {
        let mean = self.projection / self.count;
        let variance = (self.square - self.count * mean * mean) / (self.count - 1.0);
        Neutral {
            norm: (self.length / self.count) as f32,
            mean: mean as f32,
            sd: variance.max(0.0).sqrt() as f32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_give_mean_and_deviation() {
        let mut sums = Sums::default();
        for (projection, length) in [(1.0, 3.0), (2.0, 5.0), (6.0, 4.0)] {
            sums.add(projection, length);
        }
        let neutral = sums.neutral();
        assert_eq!((neutral.norm, neutral.mean), (4.0, 3.0));
        assert!((neutral.sd - 7f32.sqrt()).abs() < 1e-6);
        assert!((neutral.z(3.0 + 14f32.sqrt()) - 2f32.sqrt()).abs() < 1e-6);
    }
}
