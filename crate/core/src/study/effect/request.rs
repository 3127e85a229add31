//! Directions and their doses, as conditions of sweeps.

use serde::{Deserialize, Serialize};

use crate::measure::effect::widest;
use crate::steer::{Positions, Steering, SteeringEdit};
use crate::study::request::ScoreRequest;
use crate::study::sweep::SweepRequest;
use crate::{Error, Result};

/// A test, given unsteered and under every dose of every direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct EffectRequest {
    /// The test.
    pub test: ScoreRequest,
    /// The directions: those of traits, and those of chance beside them.
    pub arms: Vec<Arm>,
    /// Which tokens are edited.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub positions: Positions,
    /// System prompts that ask for a trait in words, to hold steering against; each is given unsteered and under the widest
    /// doses of the directions of traits.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub personas: Vec<Persona>,
}

/// A direction with its doses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Arm {
    /// What it is.
    pub kind: ArmKind,
    /// Name of the trait; of a direction of chance that of the trait it is to be held against.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// Layer: 0 is the output of the embedding, `l` that of block `l`.
    pub layer: usize,
    /// The direction; its length does not matter.
    pub vector: Vec<f32>,
    /// Mean length of the stream in neutral text at this layer, the unit of doses.
    pub norm: f32,
    /// The doses, in any order; 0, the unsteered model, is given anyway.
    pub doses: Vec<f32>,
}

/// What a direction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum ArmKind {
    /// That of a trait.
    Trait,
    /// Drawn from the normal distribution ([`crate::steer::chance::gaussian`]).
    Gaussian,
    /// Made of a trait's texts with their sides drawn anew ([`crate::steer::chance::shuffled`]).
    Shuffled,
}

/// A system prompt that asks for a trait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Persona {
    /// What it is called in results.
    pub name: String,
    /// The system prompt.
    pub system: String,
}

/// One condition of the study.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EffectCondition {
    /// Which system prompt, by its place in [`EffectRequest::personas`]; that of the test without it.
    pub persona: Option<usize>,
    /// Which direction, by its place in [`EffectRequest::arms`]; none is unsteered.
    pub arm: Option<usize>,
    /// The dose.
    pub dose: f32,
}

impl EffectRequest {
    /// All conditions, in the order in which [`Self::sweeps`] gives them.
    pub fn conditions(&self) -> Vec<EffectCondition> {
        let mut all = self.of_persona(None, |arm| arm.given().collect());
        for persona in 0..self.personas.len() {
            all.extend(self.of_persona(Some(persona), Arm::widest_pair));
        }
        all
    }

    fn of_persona(&self, persona: Option<usize>, doses: impl Fn(&Arm) -> Vec<f32>) -> Vec<EffectCondition> {
        let unsteered = EffectCondition {
            persona,
            arm: None,
            dose: 0.0,
        };
        let steered = self.arms.iter().enumerate().flat_map(|(i, arm)| {
            doses(arm).into_iter().map(move |dose| EffectCondition {
                persona,
                arm: Some(i),
                dose,
            })
        });
        [unsteered].into_iter().chain(steered).collect()
    }

    /// The sweeps that give every condition: one for the test's own system prompt, and one for each persona.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn sweeps(&self) -> Result<Vec<SweepRequest>> {
        self.check()?;
        let conditions = self.conditions();
        let personas = [None].into_iter().chain((0..self.personas.len()).map(Some));
        let of_persona = |persona: Option<usize>| {
            let mut test = self.test.clone();
            if let Some(persona) = persona {
                test.system = Some(self.personas[persona].system.clone());
            }
            let own = conditions.iter().filter(|condition| condition.persona == persona);
            SweepRequest {
                test,
                conditions: own.map(|condition| self.steering(*condition)).collect(),
            }
        };
        Ok(personas.map(of_persona).collect())
    }

    /// The edits of a condition.
    fn steering(&self, condition: EffectCondition) -> Vec<Steering> {
        let edit = |i: usize| {
            let arm = &self.arms[i];
            Steering {
                layer: arm.layer,
                vector: arm.vector.clone(),
                norm: arm.norm,
                edit: SteeringEdit::Add { dose: condition.dose },
                positions: self.positions,
                condition: None,
            }
        };
        condition.arm.map(edit).into_iter().collect()
    }

    /// Refuses a study without a direction of a trait or without doses, a dose that stands twice, and a direction of chance
    /// that is held against nothing.
    ///
    /// # Errors
    /// [`Error::RequestInvalid`], and what [`ScoreRequest::check`] gives.
    pub fn check(&self) -> Result<()> {
        let invalid = |why: String| Err(Error::RequestInvalid(why));
        let traits = || self.arms.iter().filter(|arm| arm.kind == ArmKind::Trait);
        if traits().next().is_none() {
            return invalid("there is no direction of a trait to study".into());
        }
        for arm in &self.arms {
            let place = format!("{}@{}", arm.trait_name, arm.layer);
            if arm.given().next().is_none() {
                return invalid(format!("{place} has no dose"));
            }
            let twice = |i: usize, dose: &f32| arm.doses[..i].contains(dose);
            if arm.doses.iter().enumerate().any(|(i, dose)| twice(i, dose)) {
                return invalid(format!("{place} has a dose twice"));
            }
            if !traits().any(|other| other.trait_name == arm.trait_name && other.layer == arm.layer) {
                return invalid(format!(
                    "a direction of chance is to be held against {place}, which is not studied"
                ));
            }
        }
        if traits()
            .enumerate()
            .any(|(i, arm)| traits().take(i).any(|other| other.same_place(arm)))
        {
            return invalid("a direction stands twice: the same trait at the same layer".into());
        }
        self.test.check()
    }
}

impl Arm {
    /// The doses but for 0.
    pub(crate) fn given(&self) -> impl Iterator<Item = f32> {
        self.doses.iter().copied().filter(|dose| *dose != 0.0)
    }

    /// Its largest dose that is given both ways, if any.
    pub(super) fn widest(&self) -> Option<f32> {
        widest(self.doses.iter().copied())
    }

    /// Of a direction of a trait: the widest dose both ways; if it is given one way only, the one farthest from 0.
    fn widest_pair(&self) -> Vec<f32> {
        if self.kind != ArmKind::Trait {
            return Vec::new();
        }
        match self.widest() {
            Some(dose) => vec![-dose, dose],
            None => self
                .given()
                .max_by(|a, b| a.abs().total_cmp(&b.abs()))
                .into_iter()
                .collect(),
        }
    }

    pub(super) fn same_place(&self, other: &Arm) -> bool {
        self.trait_name == other.trait_name && self.layer == other.layer
    }
}
