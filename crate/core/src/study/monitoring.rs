//! Whether a meter on the last token of the prompt tells what the answer will be.

use serde::{Deserialize, Serialize};

use super::check::check_subjects;
use super::effect::Persona;
use super::question::{Question, Subject};
use super::request::ScoreRequest;
use super::subjects::{Facts, subjects};
use super::sweep::{SweepRequest, sweep};
use crate::engine::Engine;
use crate::host::{Host, LocalFuture};
use crate::measure::correlation::{Correlation, correlation};
use crate::measure::{Observation, Readout};
use crate::model::{Hooks, Read};
use crate::monitor::Meter;
use crate::prompt::PromptTree;
use crate::{Error, Result};

/// A test given under several system prompts, with a meter before every answer (after arXiv 2507.21509, section 3.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct MonitoringRequest {
    /// The test: items that are asked by continuation alone, unsteered.
    pub test: ScoreRequest,
    /// The meter; with what neutral text is like along it.
    pub meter: Meter,
    /// System prompts beside that of the test.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub personas: Vec<Persona>,
}

/// An answer, and what the meter read before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MonitoringRow {
    /// Which system prompt, by its place in the request; that of the test without it.
    pub persona: Option<usize>,
    /// Id of the item.
    pub item: String,
    /// Name of its trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// z-score of the projection at the last token of the prompt.
    pub z: f64,
    /// How much likelier the high answers are, in nats a token.
    pub d: f64,
}

/// What the meter tells of the answers to the items of a trait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MonitoringSummary {
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// Over all system prompts and items: what differs between prompts counts too.
    pub pooled: Option<Correlation>,
    /// Under each system prompt alone, that of the test first: only items differ.
    pub within: Vec<Option<Correlation>>,
    /// Means of z and of d under each system prompt; none where it has no answers.
    pub means: Vec<Option<[f64; 2]>>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MonitoringResult {
    /// One row an item and system prompt.
    pub rows: Vec<MonitoringRow>,
    /// By trait of the test.
    pub traits: Vec<MonitoringSummary>,
    /// Whether it was stopped before its end.
    pub cancelled: bool,
}

/// Items that are asked and read together, so that a stop loses no more than these.
const AT_ONCE: usize = 4;

/// Reads the meter before every answer, and the answer.
///
/// # Errors
/// [`Error::RequestInvalid`] for a test that is not of continuations alone, is steered, or a meter without neutral text; what
/// [`Meter::probe`] and [`sweep`] give.
pub async fn monitoring(
    engine: &mut Engine,
    request: &MonitoringRequest,
    host: &dyn Host,
) -> Result<MonitoringResult> {
    request.check()?;
    request.meter.probe(&engine.info())?;
    for persona in request.conditions() {
        let test = request.test_under(persona);
        check_subjects(engine, &test, &subjects(&test, &Facts::none()), host).await?;
    }
    let total = (request.conditions().count() * request.test.items.items.len()) as u64;
    let mut rows = Vec::new();
    for persona in request.conditions() {
        let test = request.test_under(persona);
        for items in test.items.items.chunks(AT_ONCE) {
            let mut few = test.clone();
            few.items.items = items.to_vec();
            rows.extend(ask(engine, request, few, persona, host).await?);
            if host.cancelled() {
                return Ok(result(request, rows, true));
            }
            host.progress("answers", rows.len() as u64, total);
        }
    }
    Ok(result(request, rows, false))
}

fn result(request: &MonitoringRequest, rows: Vec<MonitoringRow>, cancelled: bool) -> MonitoringResult {
    MonitoringResult {
        traits: summarise_monitoring(request, &rows),
        rows,
        cancelled,
    }
}

/// What rows say, by trait of the test; they may be those of several runs.
pub fn summarise_monitoring(request: &MonitoringRequest, rows: &[MonitoringRow]) -> Vec<MonitoringSummary> {
    let traits = request.test.items.traits().into_iter();
    traits
        .map(|name| summary(name, rows, request.personas.len()))
        .collect()
}

/// Some items under one system prompt: their answers, and the meter before them.
async fn ask(
    engine: &mut Engine,
    request: &MonitoringRequest,
    test: ScoreRequest,
    persona: Option<usize>,
    host: &dyn Host,
) -> Result<Vec<MonitoringRow>> {
    let asked = SweepRequest {
        test,
        conditions: vec![Vec::new()],
    };
    // The progress of a few items is none of the whole.
    let silent = Silent(host);
    let result = sweep(engine, &asked, &silent, &mut |_| ()).await?;
    let answers = result.observations.into_iter().next().unwrap_or_default();
    read(engine, request, &asked.test, persona, &answers, host).await
}

/// A host that is asked whether to stop, and hears nothing.
struct Silent<'a>(&'a dyn Host);

impl Host for Silent<'_> {
    fn progress(&self, _: &str, _: u64, _: u64) {}

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }

    fn pause(&self) -> LocalFuture<'_> {
        self.0.pause()
    }
}

impl MonitoringRequest {
    /// The system prompts: that of the test, then the others.
    fn conditions(&self) -> impl Iterator<Item = Option<usize>> {
        [None].into_iter().chain((0..self.personas.len()).map(Some))
    }

    fn test_under(&self, persona: Option<usize>) -> ScoreRequest {
        let mut test = self.test.clone();
        if let Some(persona) = persona {
            test.system = Some(self.personas[persona].system.clone());
        }
        test
    }

    /// # Errors
    /// [`Error::RequestInvalid`], and what [`ScoreRequest::check`] gives.
    pub fn check(&self) -> Result<()> {
        let invalid = |why: &str| Err(Error::RequestInvalid(why.into()));
        if self.test.inventory.is_some()
            || self.test.readouts != [Readout::Continuation]
            || self.test.paraphrases
        {
            return invalid("a meter is held against continuations of the items as they are written");
        }
        if !self.test.steering.is_empty() {
            return invalid("a model that is steered is not monitored: the push would be read");
        }
        if self.meter.neutral.is_none() {
            return invalid("it is not known what neutral text is like along the direction");
        }
        self.test.check()
    }
}

/// The rows of the items that have an answer.
async fn read(
    engine: &mut Engine,
    request: &MonitoringRequest,
    test: &ScoreRequest,
    persona: Option<usize>,
    answers: &[Observation],
    host: &dyn Host,
) -> Result<Vec<MonitoringRow>> {
    let probe = request.meter.probe(&engine.info())?;
    let facts = Facts::none();
    let subjects = subjects(test, &facts);
    let mut rows = Vec::with_capacity(answers.len());
    for (subject, answer) in subjects.iter().zip(answers) {
        host.pause().await;
        if host.cancelled() {
            break;
        }
        let question = Question::new(engine, test, *subject)?;
        let Subject::Item { item, .. } = subject else {
            continue;
        };
        let prompt = prompt_of(&question);
        let mut tree = PromptTree::new();
        tree.insert(&prompt);
        let hooks = Hooks {
            probes: vec![probe.clone()],
            ..Hooks::default()
        };
        let outputs = engine
            .model
            .forward_each(&tree.batch(), &Read::default(), &[hooks])
            .await?;
        let found = outputs.first().and_then(|output| output.probes.first());
        let reading = found.map(|found| request.meter.read(found)).unwrap_or_default();
        if let Some(z) = reading.z.last() {
            rows.push(MonitoringRow {
                persona,
                item: item.id.clone(),
                trait_name: item.trait_name.clone(),
                z: f64::from(*z),
                d: answer.d,
            });
        }
    }
    Ok(rows)
}

/// The tokens up to where the first answer begins.
fn prompt_of(question: &Question<'_>) -> Vec<u32> {
    let first = question.paths.first();
    first.map_or_else(Vec::new, |path| {
        let at = path.targets.iter().map(|(at, _)| at + 1).min();
        path.tokens[..at.unwrap_or(path.tokens.len())].to_vec()
    })
}

fn summary(trait_name: &str, rows: &[MonitoringRow], personas: usize) -> MonitoringSummary {
    let of = |wanted: Option<Option<usize>>| -> (Vec<f64>, Vec<f64>) {
        let own = rows.iter().filter(|row| {
            row.trait_name == trait_name && wanted.is_none_or(|persona| row.persona == persona)
        });
        own.map(|row| (row.z, row.d)).unzip()
    };
    let conditions: Vec<Option<usize>> = [None].into_iter().chain((0..personas).map(Some)).collect();
    let together = |(z, d): (Vec<f64>, Vec<f64>)| correlation(&z, &d);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    MonitoringSummary {
        trait_name: trait_name.into(),
        pooled: together(of(None)),
        within: conditions
            .iter()
            .map(|persona| together(of(Some(*persona))))
            .collect(),
        means: conditions
            .iter()
            .map(|persona| {
                let (z, d) = of(Some(*persona));
                (!z.is_empty()).then(|| [mean(&z), mean(&d)])
            })
            .collect(),
    }
}
