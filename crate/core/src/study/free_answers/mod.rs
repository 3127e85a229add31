//! Free answers: the model writes its answer to the multiple-choice question, and what it wrote is read.
//!
//! Source: TRAIT, arXiv 2406.14703, whose refusal rate is that of written answers.

mod parse;

use serde::{Deserialize, Serialize};

use super::answer::draw;
use super::question::item_question;
use super::request::ScoreRequest;
use crate::engine::Engine;
use crate::host::Host;
use crate::items::Item;
use crate::measure::free_answers::{FreeAnswer, FreeSummary, summarise_free};
use crate::measure::{KEYS, Layout};
use crate::model::{GenerateRequest, Stop};
use crate::prompt::templates::LetterTemplate;
use crate::steer::SteeringPlan;
use crate::{Error, Result};

pub use parse::read;

/// Answers to each question at most.
const MOST_SAMPLES: usize = 20;
/// Tokens of an answer at most.
const MOST_TOKENS: usize = 64;

/// What is asked, and how answers are drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FreeRequest {
    /// Items, templates, orders and prompts; read-outs and the gate are not used. Statements are not asked.
    pub test: ScoreRequest,
    /// Answers to each question, 1 to 20.
    #[serde(default = "one")]
    pub samples: usize,
    /// Tokens of an answer at most, 1 to 64.
    #[serde(default = "tokens")]
    pub max_tokens: usize,
    /// 0 takes the likeliest token each time; the answers to a question are then all the same.
    #[serde(default = "super::answer::default_temperature")]
    pub temperature: f32,
}

fn one() -> usize {
    1
}

/// Room for a label and a few words around it, or for the beginning of an option.
fn tokens() -> usize {
    16
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FreeResult {
    /// Every answer, in the order of the items.
    pub answers: Vec<FreeAnswer>,
    /// What they come to.
    pub summary: FreeSummary,
    /// Whether it was stopped before its end; the items that were finished are there.
    pub cancelled: bool,
}

/// One question: an item in one form.
struct Asked<'a> {
    item: &'a Item,
    template: LetterTemplate,
    layout: Layout,
    tokens: Vec<u32>,
}

/// Has every question answered in words, `samples` times.
///
/// Each answer's seed follows from the request's and from what is asked, so that neither order nor number of items changes it.
///
/// # Errors
/// [`Error::RequestInvalid`] for a request that makes no sense; [`Error::PromptLength`] for a question that does not fit, before
/// anything is computed; what a forward gives.
pub async fn free_answers(engine: &mut Engine, request: &FreeRequest, host: &dyn Host) -> Result<FreeResult> {
    let test = &request.test;
    check(request)?;
    let plan = SteeringPlan::new(&test.steering, &engine.info())?;
    let asked = questions(engine, request)?;
    engine.compute_with(test.activations);
    let total = (asked.len() * request.samples) as u64;
    let (mut answers, mut cancelled) = (Vec::new(), false);
    'all: for question in &asked {
        let Asked {
            item,
            template,
            layout,
            tokens,
        } = question;
        let labels = template.labels(KEYS.len());
        let shown = layout.order().map(|key| item.options()[key]);
        let mut own = Vec::with_capacity(request.samples);
        for sample in 0..request.samples {
            let how = GenerateRequest {
                max_tokens: request.max_tokens,
                temperature: request.temperature,
                seed: test.seed,
            };
            let name = format!("{}/{}/{template}/{layout}/{sample}", item.trait_name, item.id);
            let written = draw(
                engine,
                tokens,
                how,
                number(&name),
                &|roles| plan.hooks(roles),
                host,
            )
            .await?;
            if written.stop == Stop::Cancelled {
                cancelled = true;
                break 'all;
            }
            let text = engine.tokenizer.decode(&written.tokens);
            let choice = read(&text, &labels, &shown);
            own.push(FreeAnswer {
                item: item.id.clone(),
                trait_name: item.trait_name.clone(),
                template: template.to_string(),
                layout: *layout,
                sample: sample as u32,
                choice: choice.map(|place| KEYS[layout.order()[place]].into()),
                text,
            });
            host.progress("answers", (answers.len() + own.len()) as u64, total);
        }
        answers.extend(own);
    }
    Ok(FreeResult {
        summary: summarise_free(&answers, test.seed)?,
        answers,
        cancelled,
    })
}

fn check(request: &FreeRequest) -> Result<()> {
    let invalid = |why: &str| Err(Error::RequestInvalid(why.into()));
    let test = &request.test;
    test.check()?;
    if test.items.items.is_empty() {
        return invalid("free answers are given to items, and there are none");
    }
    if test.templates.is_empty() || test.layouts.is_empty() {
        return invalid("free answers need a template and a layout");
    }
    if !(1..=MOST_SAMPLES).contains(&request.samples) || !(1..=MOST_TOKENS).contains(&request.max_tokens) {
        return invalid("free answers are 1 to 20 a question, of 1 to 64 tokens");
    }
    if !(request.temperature >= 0.0 && request.temperature.is_finite()) {
        return invalid("a temperature must be a number from 0 on");
    }
    Ok(())
}

/// Every item in every form, as tokens.
fn questions<'a>(engine: &Engine, request: &'a FreeRequest) -> Result<Vec<Asked<'a>>> {
    let test = &request.test;
    let slots = engine.model.slots();
    let mut asked = Vec::new();
    for item in &test.items.items {
        for template in &test.templates {
            for layout in &test.layouts {
                let text = item_question(test, item, false, *template, *layout);
                let rendered = engine.ask(test.prompt_mode, test.system.as_deref(), &text)?;
                let tokens = engine.tokenizer.encode_rendered(&rendered)?;
                let needed = tokens.len() + request.max_tokens;
                if needed > slots {
                    return Err(Error::PromptLength(format!(
                        "a question about item {:?} with its answer may take {needed} tokens, and at most {slots} fit",
                        item.id
                    )));
                }
                asked.push(Asked {
                    item,
                    template: *template,
                    layout: *layout,
                    tokens,
                });
            }
        }
    }
    Ok(asked)
}

/// A number that follows from a name: FNV-1a of 32 bits (Fowler, Noll and Vo), the same wherever it is computed.
fn number(name: &str) -> usize {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash as usize
}
