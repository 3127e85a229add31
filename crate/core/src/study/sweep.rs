//! The same test under many conditions: an edited stream each, with what they share computed once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ask::ask;
use super::check::check_subjects;
use super::pack::Packer;
use super::question::Answer;
use super::request::ScoreRequest;
use super::subjects::{Facts, subjects};
use crate::engine::Engine;
use crate::host::Host;
use crate::measure::Observation;
use crate::steer::{Steering, SteeringPlan};
use crate::{Error, Result};

/// Conditions of one sweep at most: a row of every question is kept for each.
const MOST_CONDITIONS: usize = 4096;

/// A test, and the conditions under which it is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SweepRequest {
    /// The test. Its own edits act under every condition, before those of the condition; it has no gate.
    pub test: ScoreRequest,
    /// The edits of each condition; none at all is a condition too.
    pub conditions: Vec<Vec<Steering>>,
}

/// News of a sweep.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum SweepEvent {
    /// A finished row.
    Observation {
        /// Under which condition, by its place in the request.
        condition: usize,
        /// The row.
        observation: Observation,
    },
    /// After every forward.
    Progress {
        /// Questions answered, those of all conditions together.
        done: usize,
        /// Of so many.
        total: usize,
    },
}

/// What came of a sweep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SweepResult {
    /// The rows of each condition, in the order of the items.
    pub observations: Vec<Vec<Observation>>,
    /// Whether it was stopped before its end; some conditions then lack the last items.
    pub cancelled: bool,
}

/// Gives the test under every condition; `on_event` hears each finished row.
///
/// Conditions with the same lowest layer share everything below it. Each is answered as if it were the only one.
///
/// # Errors
/// [`Error::RequestInvalid`] for a request that makes no sense; what [`super::score`] and [`SteeringPlan::new`] refuse, all before
/// anything is computed; and what the model gives: rows already heard of are valid.
pub async fn sweep(
    engine: &mut Engine,
    request: &SweepRequest,
    host: &dyn Host,
    on_event: &mut dyn FnMut(SweepEvent),
) -> Result<SweepResult> {
    let SweepRequest { test, conditions } = request;
    request.check()?;
    engine.is_chat(test.prompt_mode)?;
    let info = engine.info();
    let plans: Vec<SteeringPlan> = conditions
        .iter()
        .map(|own| SteeringPlan::new(&[&test.steering[..], own].concat(), &info))
        .collect::<Result<_>>()?;
    engine.compute_with(test.activations);
    let facts = Facts::none();
    let subjects = subjects(test, &facts);
    check_subjects(engine, test, &subjects, host).await?;
    let groups = by_lowest_layer(&plans);
    let total = subjects.len() * plans.len();
    let mut done = 0;
    let mut result = SweepResult {
        observations: vec![Vec::with_capacity(subjects.len()); plans.len()],
        cancelled: false,
    };
    let mut packer = Packer::new(test, &subjects, &plans);
    while let Some((tree, questions)) = packer.next(engine)? {
        for group in &groups {
            host.pause().await;
            if host.cancelled() {
                result.cancelled = true;
                return Ok(result);
            }
            let of_group: Vec<_> = group.iter().map(|i| plans[*i].clone()).collect();
            let answers = ask(engine, &tree, &questions, &of_group).await?;
            for (condition, answers) in group.iter().zip(answers) {
                for ((question, _), log_probs) in questions.iter().zip(answers) {
                    let Answer::Observation(observation) = question.answer(&log_probs)? else {
                        continue;
                    };
                    result.observations[*condition].push(observation.clone());
                    on_event(SweepEvent::Observation {
                        condition: *condition,
                        observation,
                    });
                    done += 1;
                }
            }
            on_event(SweepEvent::Progress { done, total });
            host.progress("questions", done as u64, total as u64);
        }
    }
    Ok(result)
}

impl SweepRequest {
    /// Refuses a sweep without conditions, with too many, with a gate, or with a test that makes no sense.
    ///
    /// # Errors
    /// [`Error::RequestInvalid`], and what [`ScoreRequest::check`] gives.
    pub fn check(&self) -> Result<()> {
        if self.conditions.is_empty() || self.conditions.len() > MOST_CONDITIONS {
            return Err(Error::RequestInvalid(format!(
                "there are {} conditions, and a sweep has 1 to {MOST_CONDITIONS}",
                self.conditions.len()
            )));
        }
        if self.test.gate_questions > 0 {
            return Err(Error::RequestInvalid(
                "a sweep asks no factual questions; give the test with them first".into(),
            ));
        }
        if self.test.inventory.is_some() {
            return Err(Error::RequestInvalid(
                "doses are given with items of four responses, not with statements".into(),
            ));
        }
        self.test.check()
    }
}

/// Conditions that are worth a forward together: those whose lowest edit is at the same layer. Conditions without an
/// edit go with the highest of them, where they cost least.
fn by_lowest_layer(plans: &[SteeringPlan]) -> Vec<Vec<usize>> {
    let highest = plans.iter().filter_map(SteeringPlan::lowest_layer).max();
    let mut groups: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (i, plan) in plans.iter().enumerate() {
        groups.entry(plan.lowest_layer().or(highest)).or_default().push(i);
    }
    groups.into_values().collect()
}
