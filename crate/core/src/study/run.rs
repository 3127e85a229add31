//! Runs a request: asks its questions, reads their answers, sums them up.

use super::ask::{ask, place};
use super::check::check_subjects;
use super::pack::Packer;
use super::question::{Answer, Question, Subject};
use super::request::{ScoreEvent, ScoreRequest, ScoreResult};
use super::subjects::{Facts, subjects};
use crate::Result;
use crate::engine::Engine;
use crate::host::Host;
use crate::items::GateItem;
use crate::measure::likert::{Rating, summarise_ratings};
use crate::measure::{
    GateAnswer, Observation, Readout, RoundingLoss, Summary, gate_result, rounding_loss, summarise,
};
use crate::ops::Activations;
use crate::prompt::PromptTree;
use crate::prompt::statements::About;
use crate::steer::SteeringPlan;

/// Puts every question of `request` to the model; `on_event` hears each finished row.
///
/// Every question is answered as if it were the only one: questions share what their prompts have in common, but
/// no token sees another question's. On request it stops between forwards and returns what is done.
///
/// # Errors
/// [`crate::Error::RequestInvalid`] for a request that makes no sense, [`crate::Error::PromptLength`] with the item for
/// one that does not fit, what [`SteeringPlan::new`] gives, all before anything is computed; and what the model gives: rows already heard of are valid.
pub async fn score(
    engine: &mut Engine,
    request: &ScoreRequest,
    host: &dyn Host,
    on_event: &mut dyn FnMut(ScoreEvent),
) -> Result<ScoreResult> {
    request.check()?;
    engine.is_chat(request.prompt_mode)?;
    let conditions = [SteeringPlan::new(&request.steering, &engine.info())?];
    let activations = engine.compute_with(request.activations);
    let facts = Facts::of(request)?;
    let gate = &facts.gate;
    let subjects = subjects(request, &facts);
    let again = match activations {
        Activations::F32 => Vec::new(),
        Activations::Int8 => sample(&subjects, gate),
    };
    on_event(ScoreEvent::Plan {
        questions: subjects.len() + again.len(),
        items: request.items.items.len()
            + request
                .inventory
                .as_ref()
                .map_or(0, |inventory| inventory.items.len()),
    });
    check_subjects(engine, request, &subjects, host).await?;
    let mut run = Run {
        request,
        gate_questions: request.gate_questions.min(gate.len()),
        subjects: &subjects,
        done: 0,
        total: subjects.len() + again.len(),
        observations: Vec::new(),
        gate: Vec::new(),
        ratings: Vec::new(),
        facts: Vec::new(),
        on_event,
    };
    let mut packer = Packer::new(request, &subjects, &conditions);
    let mut cancelled = false;
    while run.done < subjects.len() {
        host.pause().await;
        if host.cancelled() {
            cancelled = true;
            break;
        }
        let Some((tree, questions)) = packer.next(engine)? else {
            break;
        };
        let answers = ask(engine, &tree, &questions, &conditions).await?;
        for ((question, _), log_probs) in questions.iter().zip(answers.into_iter().flatten()) {
            run.take(question.answer(&log_probs)?)?;
        }
        host.progress("questions", run.done as u64, run.total as u64);
    }
    if cancelled || again.is_empty() {
        return run.finish(cancelled, activations, None);
    }
    engine.compute_with(Activations::F32);
    let exact = asked_again(engine, &mut run, &again, &conditions, host).await;
    engine.compute_with(request.activations);
    let rounding = match exact? {
        Some(exact) => rounding_loss(&exact, &run.gate)?,
        None => None,
    };
    run.finish(cancelled, activations, rounding)
}

/// The questions of the gate that are asked with activations as they are too: those about every eighth of its items,
/// by their place in the gate, so that it does not matter which part of it this run asks.
fn sample<'a>(subjects: &[Subject<'a>], gate: &[GateItem]) -> Vec<Subject<'a>> {
    let sampled: Vec<&GateItem> = gate.iter().step_by(8).collect();
    let in_sample = |subject: &&Subject<'_>| match subject {
        Subject::Gate { item, .. } => sampled.iter().any(|sampled| core::ptr::eq(*sampled, *item)),
        Subject::Item { .. } | Subject::Statement { .. } => false,
    };
    subjects.iter().filter(in_sample).copied().collect()
}

/// The answers to these questions of the gate once more; nothing if it is stopped.
async fn asked_again(
    engine: &mut Engine,
    run: &mut Run<'_>,
    subjects: &[Subject<'_>],
    conditions: &[SteeringPlan],
    host: &dyn Host,
) -> Result<Option<Vec<GateAnswer>>> {
    let mut exact = Vec::new();
    for subject in subjects {
        host.pause().await;
        if host.cancelled() {
            return Ok(None);
        }
        let question = Question::new(engine, run.request, *subject)?;
        let mut tree = PromptTree::new();
        let nodes = place(&mut tree, &question, conditions);
        let placed = [(question, nodes)];
        let answers = ask(engine, &tree, &placed, conditions).await?;
        for ((question, _), log_probs) in placed.iter().zip(answers.into_iter().flatten()) {
            if let Answer::Gate(answer) = question.answer(&log_probs)? {
                exact.push(answer);
            }
        }
        run.done += 1;
        run.tell();
        host.progress("questions", run.done as u64, run.total as u64);
    }
    Ok(Some(exact))
}

struct Run<'a> {
    request: &'a ScoreRequest,
    /// Questions of the gate in each read-out: as many as there are, at most.
    gate_questions: usize,
    subjects: &'a [Subject<'a>],
    done: usize,
    /// Subjects, and those of them that are asked in both arithmetics once more.
    total: usize,
    observations: Vec<Observation>,
    gate: Vec<GateAnswer>,
    ratings: Vec<Rating>,
    facts: Vec<Rating>,
    on_event: &'a mut dyn FnMut(ScoreEvent),
}

impl Run<'_> {
    fn take(&mut self, answer: Answer) -> Result<()> {
        self.done += 1;
        match answer {
            Answer::Observation(observation) => {
                self.observations.push(observation.clone());
                (self.on_event)(ScoreEvent::Observation { observation });
            }
            Answer::Rating(rating, About::Oneself) => {
                self.ratings.push(rating.clone());
                (self.on_event)(ScoreEvent::Rating { rating });
            }
            Answer::Rating(fact, About::Fact) => self.facts.push(fact),
            Answer::Gate(answer) => {
                let readout = answer.readout;
                self.gate.push(answer);
                if !self.subjects[self.done..]
                    .iter()
                    .any(|subject| gate_readout(subject) == Some(readout))
                    && let Some(result) = gate_result(readout, &self.gate, self.gate_questions)?
                {
                    (self.on_event)(ScoreEvent::Gate { result });
                }
            }
        }
        self.tell();
        Ok(())
    }

    fn tell(&mut self) {
        let left = self.subjects.get(self.done..).unwrap_or_default();
        let items = &self.request.items.items;
        let statements = self
            .request
            .inventory
            .as_ref()
            .map_or(&[][..], |inventory| &inventory.items);
        let place = |subject: &Subject<'_>| match subject {
            Subject::Item { item, .. } => items.iter().position(|other| core::ptr::eq(other, *item)),
            Subject::Statement { item, .. } => {
                let place = statements.iter().position(|other| core::ptr::eq(other, *item));
                place.map(|place| items.len() + place)
            }
            Subject::Gate { .. } => None,
        };
        let items_done = match left.first() {
            None => items.len() + statements.len(),
            Some(next) => place(next).unwrap_or(0),
        };
        let phase = match self.observations.is_empty() && self.ratings.is_empty() {
            true => "gate",
            false => "items",
        };
        (self.on_event)(ScoreEvent::Progress {
            done: self.done,
            total: self.total,
            items_done,
            phase: phase.into(),
        });
    }

    fn finish(
        self,
        cancelled: bool,
        activations: Activations,
        rounding: Option<RoundingLoss>,
    ) -> Result<ScoreResult> {
        let mut gate = Vec::new();
        for readout in &self.request.readouts {
            gate.extend(gate_result(*readout, &self.gate, self.gate_questions)?);
        }
        let norms = self
            .request
            .inventory
            .as_ref()
            .map_or(&[][..], |inventory| &inventory.norms);
        let (ratings, facts) = (&self.ratings, &self.facts);
        let seed = self.request.seed;
        let summary = Summary {
            likert: summarise_ratings(ratings, facts, self.gate_questions, norms, seed)?,
            ..summarise(&self.observations, &gate, seed)?
        };
        Ok(ScoreResult {
            observations: self.observations,
            gate_answers: self.gate,
            ratings: self.ratings,
            facts: self.facts,
            summary,
            cancelled,
            activations,
            rounding,
            program: concat!("traitscope ", env!("CARGO_PKG_VERSION")).into(),
        })
    }
}

fn gate_readout(subject: &Subject<'_>) -> Option<Readout> {
    match subject {
        Subject::Gate {
            rotation: Some(_), ..
        } => Some(Readout::Letters),
        Subject::Gate { rotation: None, .. } => Some(Readout::Continuation),
        Subject::Item { .. } | Subject::Statement { .. } => None,
    }
}
