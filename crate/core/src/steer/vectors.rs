//! Directions of a trait at the layers of a model.

use serde::{Deserialize, Serialize};

use super::neutral::{self, Neutral};
use crate::engine::{Engine, ModelInfo};
use crate::host::Host;
use crate::model::Direction;
use crate::{Error, Result};

/// Vectors of a trait, each for the residual stream at one layer of one model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TraitVectors {
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// How they were made: the name of a [`super::Method`], or "file".
    pub method: String,
    /// Architecture of the model, as its file names it; empty where that is not known.
    pub architecture: String,
    /// Hash of the model's file, if known.
    pub model_sha256: Option<String>,
    /// One a layer, lowest first; at least one.
    pub layers: Vec<LayerVector>,
}

/// A vector at a layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LayerVector {
    /// 0 is the output of the embedding, `l` that of block `l`.
    pub layer: usize,
    /// As many values as the residual stream is wide. Of a direction made of two kinds of texts, its length is the
    /// distance between their mean streams.
    pub vector: Vec<f32>,
    /// What neutral texts are like along it, if that was measured.
    pub neutral: Option<Neutral>,
}

impl TraitVectors {
    /// Refuses vectors that are not of this model: of another file or architecture, at layers that it does not have, of
    /// another width; and vectors that point nowhere.
    ///
    /// A hash is compared where both are known: other weights have other directions, however alike the shapes.
    ///
    /// # Errors
    /// [`Error::DirectionModel`], [`Error::DirectionLayer`], [`Error::DirectionWidth`], [`Error::DirectionInvalid`].
    pub fn check(&self, model: &ModelInfo) -> Result<()> {
        if !self.architecture.is_empty() && self.architecture != model.architecture {
            return Err(Error::DirectionModel(format!(
                "they are for a model of the kind {:?}, and this one is {:?}",
                self.architecture, model.architecture
            )));
        }
        if let (Some(wanted), Some(is)) = (&self.model_sha256, &model.sha256)
            && wanted != is
        {
            return Err(Error::DirectionModel(format!(
                "they were made with the file of sha256 {wanted}, and this one has {is}"
            )));
        }
        if self.layers.is_empty() {
            return Err(Error::DirectionInvalid("it has no vector at any layer".into()));
        }
        for (i, LayerVector { layer, vector, .. }) in self.layers.iter().enumerate() {
            if self.layers[..i].iter().any(|before| before.layer >= *layer) {
                return Err(Error::DirectionInvalid(format!("layer {layer} is out of order")));
            }
            if *layer > model.layers {
                return Err(Error::DirectionLayer(format!(
                    "there is a vector for layer {layer}, and this model has 0 (the embedding) to {}",
                    model.layers
                )));
            }
            if vector.len() != model.width {
                return Err(Error::DirectionWidth(format!(
                    "at layer {layer} it has {} values, and the residual stream of this model has {}",
                    vector.len(),
                    model.width
                )));
            }
            Direction::new(vector)?;
        }
        Ok(())
    }

    /// The vector at a layer.
    ///
    /// # Errors
    /// [`Error::DirectionLayer`] where there is none.
    pub fn at(&self, layer: usize) -> Result<&LayerVector> {
        self.layers.iter().find(|at| at.layer == layer).ok_or_else(|| {
            let known: Vec<_> = self.layers.iter().map(|at| at.layer.to_string()).collect();
            Error::DirectionLayer(format!(
                "{} has no vector for layer {layer}, only for {}",
                self.trait_name,
                known.join(", ")
            ))
        })
    }

    /// Measures what neutral texts are like along every vector that lacks it.
    ///
    /// # Errors
    /// What [`Self::check`] and [`neutral::measure`] give.
    pub async fn calibrate(&mut self, engine: &mut Engine, host: &dyn Host) -> Result<()> {
        self.check(&engine.info())?;
        let mut lacking: Vec<_> = self.layers.iter_mut().filter(|at| at.neutral.is_none()).collect();
        if lacking.is_empty() {
            return Ok(());
        }
        let directions: Vec<_> = lacking
            .iter()
            .map(|at| Ok((at.layer, Direction::new(&at.vector)?)))
            .collect::<Result<_>>()?;
        let found = neutral::measure(engine, &directions, host).await?;
        for (at, neutral) in lacking.iter_mut().zip(found) {
            at.neutral = Some(neutral);
        }
        Ok(())
    }
}

/// The length of a vector.
pub fn length(vector: &[f32]) -> f64 {
    dot(vector, vector).sqrt()
}

/// The product of two vectors.
pub fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

/// The cosine between two vectors; 0 where one of them is all zeros.
pub fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let lengths = length(a) * length(b);
    if lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}
