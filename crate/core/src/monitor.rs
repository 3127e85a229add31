//! Meters: where each token's residual stream stands along directions.
//!
//! A meter shows three readings of a token: the projection `h . r`, the cosine `h . r / |h|`, and the z-score, how many
//! standard deviations the projection lies above that of neutral text ([`Neutral`]). The first token of a text has a
//! stream of its own kind ([`crate::steer::Sample::whole`]), and its readings say nothing of a trait.

use serde::{Deserialize, Serialize};

use crate::engine::ModelInfo;
use crate::model::{Direction, Probe, Projections, Site};
use crate::steer::Neutral;
use crate::{Error, Result};

/// A direction to be read at a layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct Meter {
    /// Layer: 0 is the output of the embedding, `l` that of block `l`.
    pub layer: usize,
    /// The direction; its length does not matter.
    pub vector: Vec<f32>,
    /// What neutral text is like along it, for z-scores.
    #[serde(default)]
    pub neutral: Option<Neutral>,
}

/// Readings of one meter, a value a token.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Reading {
    /// Projections, in units of the residual stream.
    pub projections: Vec<f32>,
    /// Cosines.
    pub cosines: Vec<f32>,
    /// z-scores; empty where it is not known what neutral text is like.
    pub z: Vec<f32>,
}

impl Meter {
    /// The probe of this meter.
    ///
    /// # Errors
    /// [`Error::DirectionInvalid`], [`Error::DirectionWidth`], [`Error::DirectionLayer`]; the first also for a neutral text
    /// without spread.
    pub fn probe(&self, model: &ModelInfo) -> Result<Probe> {
        if self.layer > model.layers {
            return Err(Error::DirectionLayer(format!(
                "layer {} is asked for, and this model has 0 (the embedding) to {}",
                self.layer, model.layers
            )));
        }
        if self.vector.len() != model.width {
            return Err(Error::DirectionWidth(format!(
                "it has {} values, and the residual stream of this model has {}",
                self.vector.len(),
                model.width
            )));
        }
        if let Some(Neutral { mean, sd, .. }) = self.neutral
            && !(sd > 0.0 && sd.is_finite() && mean.is_finite())
        {
            return Err(Error::DirectionInvalid(format!(
                "neutral text is said to have a mean of {mean} and a deviation of {sd} along it"
            )));
        }
        Ok(Probe {
            site: Site(self.layer),
            direction: Direction::new(&self.vector)?,
        })
    }

    /// What was found, read by this meter.
    pub fn read(&self, found: &Projections) -> Reading {
        let z = |neutral: Neutral| found.values.iter().map(|value| neutral.z(*value)).collect();
        Reading {
            projections: found.values.clone(),
            cosines: found.cosines().collect(),
            z: self.neutral.map(z).unwrap_or_default(),
        }
    }
}

impl Reading {
    /// Adds the readings of later tokens.
    pub fn extend(&mut self, later: &Reading) {
        self.projections.extend(&later.projections);
        self.cosines.extend(&later.cosines);
        self.z.extend(&later.z);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meter_reads_projection_cosine_and_z() {
        let mut meter = Meter {
            layer: 1,
            vector: vec![1.0],
            neutral: Some(Neutral {
                norm: 9.0,
                mean: 1.0,
                sd: 2.0,
            }),
        };
        let found = Projections {
            values: vec![-3.0, 2.0],
            lengths: vec![6.0, 4.0],
        };
        let mut reading = meter.read(&found);
        assert_eq!(reading.cosines, [-0.5, 0.5]);
        assert_eq!(reading.z, [-2.0, 0.5]);
        meter.neutral = None;
        reading.extend(&meter.read(&found));
        assert_eq!((reading.projections.len(), reading.z.len()), (4, 2));
    }
}
