//! What the rows of an effect study say.

use serde::{Deserialize, Serialize};

use super::request::{Arm, ArmKind, EffectCondition, EffectRequest};
use crate::measure::effect::{adjust, chance_effect, dose_curves, effects, mean_change, placement};
use crate::measure::{
    DoseCurve, DoseRows, Observation, PairedDifference, Placement, Readout, holm, paired_difference,
};
use crate::steer::gram;
use crate::{Error, Result};

/// What the rows of an effect study say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EffectSummary {
    /// Of each direction of a trait, in the order of the request.
    pub directions: Vec<DirectionEffects>,
    /// Of the directions of chance.
    pub chance: Vec<ChanceEffects>,
    /// The cosine of each direction of a trait with each.
    pub cosines: Vec<Vec<f64>>,
    /// Of each system prompt, alone and with steering.
    pub personas: Vec<PersonaEffects>,
}

/// What a direction of a trait does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DirectionEffects {
    /// Name of the direction's trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// Layer.
    pub layer: usize,
    /// Largest dose that was given both ways, at which `effects` are measured.
    pub widest: Option<f32>,
    /// Scores of every trait of the test along the doses.
    pub curves: Vec<DoseCurve>,
    /// The change of every trait of the test from the negative to the positive widest dose: a row of the specificity matrix.
    pub effects: Vec<PlacedEffect>,
}

/// An effect and its place among those of chance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PlacedEffect {
    /// The effect.
    pub change: PairedDifference,
    /// Its p-value after Holm's adjustment over all directions and traits of this read-out.
    pub p_adjusted: f64,
    /// Its place among Gaussian directions.
    pub gaussian: Option<Placement>,
    /// Its place among those of shuffled labels.
    pub shuffled: Option<Placement>,
}

/// What directions of chance do to a trait of the test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ChanceEffects {
    /// What they are.
    pub kind: ArmKind,
    /// The direction they are held against: its trait.
    pub direction: String,
    /// And its layer.
    pub layer: usize,
    /// The trait of the test.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// How the answers were read.
    pub readout: Readout,
    /// The dose, against the unsteered model; without one, the effect from the negative to the positive widest dose.
    pub dose: Option<f32>,
    /// Change of the mean d of each direction that has it.
    pub changes: Vec<f64>,
}

/// What a system prompt does, alone and with steering, against the test's own system prompt and no steering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PersonaEffects {
    /// What it is called.
    pub persona: String,
    /// The direction, by its place among those of traits; none is the prompt alone.
    pub direction: Option<usize>,
    /// The dose; 0 is the prompt alone.
    pub dose: f32,
    /// Changes of every trait of the test.
    pub changes: Vec<PairedDifference>,
}

impl EffectRequest {
    /// What the rows of the conditions say, in the order of [`Self::conditions`]. Of a study that was stopped, the last
    /// conditions may be missing, and rows of each.
    ///
    /// # Errors
    /// [`Error::RequestInvalid`] for more conditions than there are, as [`Self::check`], and those of
    /// [`Observation::check`].
    pub fn summarise(&self, rows: &[Vec<Observation>]) -> Result<EffectSummary> {
        self.check()?;
        let conditions = self.conditions();
        if rows.len() > conditions.len() {
            return Err(Error::RequestInvalid(format!(
                "there are rows of {} conditions, and the study has {}",
                rows.len(),
                conditions.len()
            )));
        }
        let mut all = rows.to_vec();
        all.resize(conditions.len(), Vec::new());
        let study = Study {
            request: self,
            conditions: &conditions,
            rows: &all,
        };
        let traits: Vec<(usize, &Arm)> = self.of_kind(ArmKind::Trait).collect();
        let chance = study.chance()?;
        let mut directions = traits
            .iter()
            .map(|(i, arm)| study.direction(*i, arm, &chance))
            .collect::<Result<Vec<_>>>()?;
        adjust_together(&mut directions);
        let vectors: Vec<&[f32]> = traits.iter().map(|(_, arm)| &arm.vector[..]).collect();
        Ok(EffectSummary {
            directions,
            chance,
            cosines: gram(&vectors),
            personas: study.personas(),
        })
    }

    fn of_kind(&self, kind: ArmKind) -> impl Iterator<Item = (usize, &Arm)> {
        self.arms
            .iter()
            .enumerate()
            .filter(move |(_, arm)| arm.kind == kind)
    }
}

impl EffectSummary {
    /// The layer at which the direction of this trait moves the items of the trait of the same name most, towards their high
    /// side; nothing where there is no such effect.
    ///
    /// Among many layers one is strongest by chance too: what is chosen on some items has to be reported on others
    /// ([`crate::items::ItemBank::halves`]).
    pub fn strongest_layer(&self, trait_name: &str, readout: Readout) -> Option<usize> {
        let own = |effect: &&PlacedEffect| {
            effect.change.readout == readout && effect.change.trait_name.eq_ignore_ascii_case(trait_name)
        };
        self.directions
            .iter()
            .filter(|direction| direction.trait_name == trait_name)
            .filter_map(|direction| Some((direction.layer, direction.effects.iter().find(own)?)))
            .max_by(|(_, a), (_, b)| a.change.d.value.total_cmp(&b.change.d.value))
            .map(|(layer, _)| layer)
    }
}

struct Study<'a> {
    request: &'a EffectRequest,
    conditions: &'a [EffectCondition],
    rows: &'a [Vec<Observation>],
}

impl Study<'_> {
    fn seed(&self) -> u64 {
        self.request.test.seed
    }

    /// The rows of an arm along its doses, the unsteered ones among them.
    fn doses(&self, arm: usize) -> Vec<DoseRows> {
        let own = |condition: &EffectCondition| {
            condition.persona.is_none() && condition.arm.is_none_or(|other| other == arm)
        };
        let rows = self.conditions.iter().zip(self.rows);
        rows.filter(|(condition, _)| own(condition))
            .map(|(condition, observations)| DoseRows {
                dose: condition.dose,
                observations: observations.clone(),
            })
            .collect()
    }

    fn direction(&self, i: usize, arm: &Arm, chance: &[ChanceEffects]) -> Result<DirectionEffects> {
        let doses = self.doses(i);
        let placed = |change: PairedDifference| {
            let among = |kind| {
                let same = |other: &&ChanceEffects| {
                    (other.kind, other.dose, other.layer) == (kind, None, arm.layer)
                        && other.direction == arm.trait_name
                        && other.trait_name == change.trait_name
                        && other.readout == change.readout
                };
                placement(change.d.value, &chance.iter().find(same)?.changes)
            };
            PlacedEffect {
                p_adjusted: change.p,
                gaussian: among(ArmKind::Gaussian),
                shuffled: among(ArmKind::Shuffled),
                change,
            }
        };
        let effects = effects(&doses, self.seed())?;
        Ok(DirectionEffects {
            trait_name: arm.trait_name.clone(),
            layer: arm.layer,
            widest: arm.widest(),
            curves: dose_curves(&doses, self.seed())?,
            effects: effects.into_iter().map(placed).collect(),
        })
    }

    /// What the directions of chance do. Those whose widest dose is another than that of the direction they are held
    /// against have no effect to compare.
    fn chance(&self) -> Result<Vec<ChanceEffects>> {
        let mut found: Vec<ChanceEffects> = Vec::new();
        for (_, of_trait) in self.request.of_kind(ArmKind::Trait) {
            for kind in [ArmKind::Gaussian, ArmKind::Shuffled] {
                let against = self
                    .request
                    .of_kind(kind)
                    .filter(|(_, arm)| arm.same_place(of_trait));
                for (i, arm) in against {
                    self.add_chance(&mut found, i, arm, of_trait)?;
                }
            }
        }
        Ok(found)
    }

    fn add_chance(&self, found: &mut Vec<ChanceEffects>, i: usize, arm: &Arm, of_trait: &Arm) -> Result<()> {
        let doses = self.doses(i);
        let unsteered = &self.rows[0];
        for trait_name in self.request.test.items.traits() {
            for readout in &self.request.test.readouts {
                let mut add = |dose: Option<f32>, change: Option<f64>| {
                    let Some(change) = change else { return };
                    let same = |other: &&mut ChanceEffects| {
                        (other.kind, other.dose, other.layer) == (arm.kind, dose, arm.layer)
                            && other.direction == arm.trait_name
                            && other.trait_name == trait_name
                            && other.readout == *readout
                    };
                    match found.iter_mut().find(same) {
                        Some(known) => known.changes.push(change),
                        None => found.push(ChanceEffects {
                            kind: arm.kind,
                            direction: arm.trait_name.clone(),
                            layer: arm.layer,
                            trait_name: trait_name.into(),
                            readout: *readout,
                            dose,
                            changes: vec![change],
                        }),
                    }
                };
                for rows in doses.iter().filter(|rows| rows.dose != 0.0) {
                    let change = mean_change(unsteered, &rows.observations, trait_name, *readout)?;
                    add(Some(rows.dose), change);
                }
                if arm.widest() == of_trait.widest() {
                    add(None, chance_effect(&doses, trait_name, *readout)?);
                }
            }
        }
        Ok(())
    }

    fn personas(&self) -> Vec<PersonaEffects> {
        let traits: Vec<usize> = self.request.of_kind(ArmKind::Trait).map(|(i, _)| i).collect();
        let test = &self.request.test;
        let changes = |rows: &[Observation]| {
            let of_trait = |trait_name: &str| {
                let of_readout = |readout: &Readout| {
                    paired_difference(&self.rows[0], rows, trait_name, *readout, self.seed()).ok()
                };
                test.readouts.iter().filter_map(of_readout).collect::<Vec<_>>()
            };
            test.items.traits().into_iter().flat_map(of_trait).collect()
        };
        let rows = self.conditions.iter().zip(self.rows);
        rows.filter_map(|(condition, rows)| {
            Some(PersonaEffects {
                persona: self.request.personas[condition.persona?].name.clone(),
                direction: condition
                    .arm
                    .and_then(|arm| traits.iter().position(|own| *own == arm)),
                dose: condition.dose,
                changes: changes(rows),
            })
        })
        .collect()
    }
}

/// Holm's adjustment over all directions: of the changes on their curves, and of their effects.
fn adjust_together(directions: &mut [DirectionEffects]) {
    adjust(
        &mut directions
            .iter_mut()
            .flat_map(|one| &mut one.curves)
            .collect::<Vec<_>>(),
    );
    for readout in [Readout::Letters, Readout::Continuation] {
        let mut family: Vec<&mut PlacedEffect> = directions
            .iter_mut()
            .flat_map(|one| &mut one.effects)
            .filter(|effect| effect.change.readout == readout)
            .collect();
        let p: Vec<f64> = family.iter().map(|effect| effect.change.p).collect();
        for (effect, adjusted) in family.iter_mut().zip(holm(&p)) {
            effect.p_adjusted = adjusted;
        }
    }
}
