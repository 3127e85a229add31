//! What to run, what is heard while it runs, and what comes of it.

use crate::engine::PromptMode;
use crate::items::{ItemBank, LikertInventory};
use crate::measure::likert::Rating;
use crate::measure::{GateAnswer, GateResult, Layout, Observation, Readout, RoundingLoss, Summary};
use crate::ops::Activations;
use crate::prompt::frame::{FRAME_LIMIT, Frame};
use crate::prompt::templates::LetterTemplate;
use crate::steer::Steering;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};

/// A test of a model with a set of items. The same request, model and device give the same result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ScoreRequest {
    /// The items.
    pub items: ItemBank,
    /// Statements to be rated, after the items. With them the factual questions are asked as pairs of a true and a false statement too.
    #[serde(default)]
    pub inventory: Option<LikertInventory>,
    /// How answers are read.
    pub readouts: Vec<Readout>,
    /// Templates of the letter read-out.
    #[serde(default = "default_templates")]
    pub templates: Vec<LetterTemplate>,
    /// Orders of the options in the letter read-out.
    #[serde(default = "default_layouts")]
    pub layouts: Vec<Layout>,
    /// A wording in the place of the templates'; their marks and labels stay. Factual questions keep the templates' wording.
    #[serde(default)]
    pub frame: Option<Frame>,
    /// What stands for `{instruction}` in the frame.
    #[serde(default)]
    pub instruction: Option<String>,
    /// System prompt, if any.
    #[serde(default)]
    pub system: Option<String>,
    /// Chat or raw.
    #[serde(default)]
    pub prompt_mode: PromptMode,
    /// Factual questions of the competence gate in each read-out; 0 for none.
    #[serde(default)]
    pub gate_questions: usize,
    /// Which of them this request asks, from the first on and before the second, where several requests share the
    /// gate; all without it.
    #[serde(default)]
    pub gate_range: Option<(usize, usize)>,
    /// Whether options are also scored after a neutral prompt (continuation).
    #[serde(default)]
    pub gain: bool,
    /// Whether the paraphrases are asked too, where an item has them.
    #[serde(default)]
    pub paraphrases: bool,
    /// What the CPU multiplies with. A GPU takes activations as they are.
    #[serde(default)]
    pub activations: Activations,
    /// Edits of the residual stream while it is asked.
    #[serde(default)]
    pub steering: Vec<Steering>,
    /// Seed of the intervals.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "number"))]
    pub seed: u64,
}

pub(super) fn default_templates() -> Vec<LetterTemplate> {
    vec![LetterTemplate::T1]
}

fn default_layouts() -> Vec<Layout> {
    vec![Layout::FORWARD, Layout::REVERSED]
}

impl ScoreRequest {
    /// Checks that the request asks for something, and nothing twice.
    ///
    /// # Errors
    /// [`Error::RequestInvalid`], and what [`ItemBank::check`] gives.
    pub fn check(&self) -> Result<()> {
        let invalid = |why: &str| Err(Error::RequestInvalid(why.into()));
        if self.readouts.is_empty() {
            return invalid("choose at least one read-out");
        }
        let letters = self.readouts.contains(&Readout::Letters);
        if letters && (self.templates.is_empty() || self.layouts.is_empty()) {
            return invalid("the letter read-out needs a template and a layout");
        }
        if twice(&self.readouts) || twice(&self.templates) || twice(&self.layouts) {
            return invalid("a read-out, template or layout stands twice");
        }
        if self.items.items.is_empty() && self.inventory.is_none() && self.gate_questions == 0 {
            return invalid("there are no items");
        }
        if let Some(inventory) = &self.inventory {
            inventory.check()?;
            if letters && !self.layouts.iter().all(|layout| layout.is_of_scale()) {
                return invalid("a scale is shown forward or reversed, in no other order");
            }
        }
        match &self.frame {
            Some(frame) => {
                frame.check()?;
                if self.readouts.contains(&Readout::Continuation) && frame.open.is_none() {
                    return invalid("the continuation read-out needs the frame's \"open\" question");
                }
                if self.instruction().chars().count() > FRAME_LIMIT {
                    return invalid("the instruction is too long");
                }
            }
            None if self.instruction.is_some() => {
                return invalid("an instruction needs a frame to stand in");
            }
            None => {}
        }
        if self
            .gate_range
            .is_some_and(|(from, to)| from >= to || to > self.gate_questions)
        {
            return invalid("the part of the gate is no part of it");
        }
        self.items.check()
    }

    /// What stands for `{instruction}` in the frame.
    pub fn instruction(&self) -> &str {
        self.instruction.as_deref().unwrap_or_default()
    }
}

/// Whether a value stands more than once.
pub(super) fn twice<T: PartialEq>(values: &[T]) -> bool {
    values
        .iter()
        .enumerate()
        .any(|(i, value)| values[..i].contains(value))
}

/// News of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ScoreEvent {
    /// What will be done.
    Plan {
        /// Questions to be put to the model; those that are asked both rounded and exactly count twice.
        questions: usize,
        /// Items they belong to.
        items: usize,
    },
    /// A finished row.
    Observation {
        /// The row.
        observation: Observation,
    },
    /// A statement rated.
    Rating {
        /// The row.
        rating: Rating,
    },
    /// The gate of one read-out is finished.
    Gate {
        /// Its result.
        result: GateResult,
    },
    /// After every forward.
    Progress {
        /// Questions answered.
        done: usize,
        /// Of so many.
        total: usize,
        /// Items all of whose questions are answered.
        items_done: usize,
        /// "gate" or "items".
        phase: String,
    },
}

/// All that came of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ScoreResult {
    /// One row a question about an item, in the order of the items.
    pub observations: Vec<Observation>,
    /// One row a question of the gate.
    pub gate_answers: Vec<GateAnswer>,
    /// One row a question about a statement of the inventory, in the order of its items.
    #[serde(default)]
    pub ratings: Vec<Rating>,
    /// One row a question about a true or a false statement of the gate.
    #[serde(default)]
    pub facts: Vec<Rating>,
    /// Scores, intervals, the gate.
    pub summary: Summary,
    /// Whether the run was stopped before its end.
    pub cancelled: bool,
    /// What was multiplied with.
    pub activations: Activations,
    /// What rounding changed, where activations were rounded and the gate was asked.
    pub rounding: Option<RoundingLoss>,
    /// Version of this program.
    pub program: String,
}
