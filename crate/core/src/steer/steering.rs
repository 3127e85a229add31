//! Edits of the residual stream as they are asked for, in units of its length.

use serde::{Deserialize, Serialize};

use crate::engine::ModelInfo;
use crate::model::{Condition, Direction, Edit, Hooks, Intervention, Rows, Side, Site};
use crate::prompt::Role;
use crate::{Error, Result};

/// Largest dose, in units of the stream's length. Texts fall apart from about 0.4 on.
pub const LARGEST_DOSE: f32 = 10.0;

/// One edit along a direction at a layer. Several act in their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct Steering {
    /// Layer: 0 is the output of the embedding, `l` that of block `l`.
    pub layer: usize,
    /// The direction; its length does not matter.
    pub vector: Vec<f32>,
    /// Mean length of the stream in neutral text at this layer ([`super::Neutral`]), the unit of the numbers below.
    pub norm: f32,
    /// What becomes of the projection.
    pub edit: SteeringEdit,
    /// Which tokens.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub positions: Positions,
    /// Which of these, if it depends on the stream itself.
    #[serde(default)]
    pub condition: Option<SteeringCondition>,
}

/// What becomes of the projection; numbers in units of [`Steering::norm`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum SteeringEdit {
    /// The dose is added: `h + dose norm r`.
    Add {
        /// Negative ones go the other way.
        dose: f32,
    },
    /// Nothing is left of it: `h - (h . r) r`.
    Ablate,
    /// It is kept within bounds.
    Clamp {
        /// The smallest, if any.
        #[serde(default)]
        low: Option<f32>,
        /// The largest, if any.
        #[serde(default)]
        high: Option<f32>,
    },
    /// It is replaced: `h - (h . r) r + target norm r`.
    Induce {
        /// By this.
        target: f32,
    },
}

/// Which tokens are edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Positions {
    /// Every token.
    #[default]
    All,
    /// Those of the prompt.
    Prompt,
    /// Those from which the response is predicted: the last of the prompt, and the response's own.
    Response,
    /// The last of the prompt alone.
    Last,
}

/// Edits a token only where the cosine of its stream with a direction lies above or below a threshold (after CAST,
/// arXiv 2409.05907; [`Condition`] says where it differs).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SteeringCondition {
    /// The direction; its length does not matter.
    pub vector: Vec<f32>,
    /// The threshold of the cosine.
    pub threshold: f32,
    /// Whether tokens above it are edited, or those below.
    pub above: bool,
}

impl Positions {
    /// Whether tokens of this role are edited.
    pub fn include(self, role: Role) -> bool {
        match self {
            Positions::All => true,
            Positions::Prompt => role != Role::Response,
            Positions::Response => role != Role::Prompt,
            Positions::Last => role == Role::Last,
        }
    }
}

/// Edits that have been held against a model, ready for any batch of tokens.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SteeringPlan {
    edits: Vec<(Intervention, Positions)>,
}

impl SteeringPlan {
    /// Checks edits against a model.
    ///
    /// # Errors
    /// [`Error::DirectionInvalid`], [`Error::DirectionWidth`], [`Error::DirectionLayer`], and [`Error::DirectionAlpha`] for
    /// a number beyond [`LARGEST_DOSE`], a unit that is no length, or bounds between which nothing lies.
    pub fn new(steering: &[Steering], model: &ModelInfo) -> Result<Self> {
        let edits = steering
            .iter()
            .map(|one| one.intervention(model))
            .collect::<Result<_>>()?;
        Ok(Self { edits })
    }

    /// Whether nothing is edited.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The lowest layer with an edit, below which nothing changes.
    pub fn lowest_layer(&self) -> Option<usize> {
        self.edits.iter().map(|(edit, _)| edit.site.0).min()
    }

    /// Whether it matters which part a token plays.
    pub fn tells_roles_apart(&self) -> bool {
        self.edits
            .iter()
            .any(|(_, positions)| *positions != Positions::All)
    }

    /// The edits of a batch whose rows have these roles.
    pub fn hooks(&self, roles: &[Role]) -> Hooks {
        let of = |(intervention, positions): &(Intervention, Positions)| {
            let rows = match positions {
                Positions::All => Rows::All,
                _ => Rows::Only(
                    (0..roles.len())
                        .filter(|row| positions.include(roles[*row]))
                        .collect(),
                ),
            };
            // What edits no row would only keep the layers above from being shared.
            (rows != Rows::Only(Vec::new())).then(|| Intervention {
                rows,
                ..intervention.clone()
            })
        };
        Hooks {
            interventions: self.edits.iter().filter_map(of).collect(),
            probes: Vec::new(),
        }
    }
}

impl Steering {
    fn intervention(&self, model: &ModelInfo) -> Result<(Intervention, Positions)> {
        if self.layer > model.layers {
            return Err(Error::DirectionLayer(format!(
                "layer {} is asked for, and this model has 0 (the embedding) to {}",
                self.layer, model.layers
            )));
        }
        let direction = direction(&self.vector, model)?;
        if !(self.norm > 0.0 && self.norm.is_finite()) {
            return Err(Error::DirectionAlpha(format!(
                "its unit, the length of the stream, is said to be {}",
                self.norm
            )));
        }
        let mut intervention =
            Intervention::new(Site(self.layer), direction, self.edit.in_units_of(self.norm)?);
        if let Some(condition) = &self.condition {
            intervention.condition = Some(Condition {
                direction: self::direction(&condition.vector, model)?,
                threshold: condition.threshold,
                side: if condition.above { Side::Above } else { Side::Below },
            });
        }
        Ok((intervention, self.positions))
    }
}

fn direction(vector: &[f32], model: &ModelInfo) -> Result<Direction> {
    if vector.len() != model.width {
        return Err(Error::DirectionWidth(format!(
            "it has {} values, and the residual stream of this model has {}",
            vector.len(),
            model.width
        )));
    }
    Direction::new(vector)
}

impl SteeringEdit {
    fn in_units_of(self, norm: f32) -> Result<Edit> {
        let scaled = |dose: f32| {
            // The comparison also refuses NaN.
            if dose.abs() <= LARGEST_DOSE {
                Ok(dose * norm)
            } else {
                Err(Error::DirectionAlpha(format!(
                    "{dose} is no number between -{LARGEST_DOSE} and {LARGEST_DOSE}"
                )))
            }
        };
        Ok(match self {
            SteeringEdit::Add { dose } => Edit::Add(scaled(dose)?),
            SteeringEdit::Ablate => Edit::Ablate,
            SteeringEdit::Clamp { low, high } => {
                if low.zip(high).is_some_and(|(low, high)| low > high) {
                    return Err(Error::DirectionAlpha(format!(
                        "the lower bound {} is above the upper one, {}",
                        low.unwrap_or_default(),
                        high.unwrap_or_default()
                    )));
                }
                Edit::Clamp {
                    low: low.map_or(Ok(f32::NEG_INFINITY), scaled)?,
                    high: high.map_or(Ok(f32::INFINITY), scaled)?,
                }
            }
            SteeringEdit::Induce { target } => Edit::Induce(scaled(target)?),
        })
    }
}
