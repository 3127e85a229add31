//! Free answers: the model writes its answer to the multiple-choice question, and what it wrote is read.
//!
//! Source: TRAIT, arXiv 2406.14703, whose refusal rate is that of written answers.

mod parse;

use serde::{Deserialize, Serialize};

use super::answer::draw;
use super::question::{item_question, shown_scale, statement_question};
use super::request::ScoreRequest;
use crate::engine::Engine;
use crate::host::Host;
use crate::items::{Item, LikertItem};
use crate::measure::free_answers::{FreeAnswer, FreeRating, FreeSummary, summarise_free};
use crate::measure::{KEYS, Layout};
use crate::model::{GenerateRequest, Stop};
use crate::prompt::Role;
use crate::prompt::statements::About;
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
    /// Items, statements, templates, orders and prompts; read-outs and the gate are not used.
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
    /// Every answer to an item, in the order of the items.
    pub answers: Vec<FreeAnswer>,
    /// Every rating of a statement, in the order of the statements.
    pub ratings: Vec<FreeRating>,
    /// What they come to.
    pub summary: FreeSummary,
    /// Whether it was stopped before its end; the items that were finished are there.
    pub cancelled: bool,
}

/// What a question is about.
#[derive(Clone, Copy)]
enum Subject<'a> {
    Item(&'a Item),
    Statement(&'a LikertItem),
}

/// One question: an item or a statement in one form.
struct Asked<'a> {
    subject: Subject<'a>,
    template: LetterTemplate,
    layout: Layout,
    /// The options in the order in which they are shown.
    shown: Vec<&'a str>,
    tokens: Vec<u32>,
}

impl Asked<'_> {
    /// What tells it from every other question, whatever else is asked.
    fn name(&self) -> String {
        let (scale, id) = match self.subject {
            Subject::Item(item) => (&item.trait_name, &item.id),
            Subject::Statement(item) => (&item.domain, &item.id),
        };
        format!("{scale}/{id}/{}/{}", self.template, self.layout)
    }
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
    let (mut answers, mut ratings, mut cancelled) = (Vec::new(), Vec::new(), false);
    'all: for question in &asked {
        let mut texts = Vec::with_capacity(request.samples);
        for sample in 0..request.samples {
            let how = GenerateRequest {
                max_tokens: request.max_tokens,
                temperature: request.temperature,
                seed: test.seed,
            };
            let seed = number(&format!("{}/{sample}", question.name()));
            let hooks = |roles: &[Role]| plan.hooks(roles);
            let written = draw(engine, &question.tokens, how, seed, &hooks, host).await?;
            if written.stop == Stop::Cancelled {
                cancelled = true;
                break 'all;
            }
            texts.push(engine.tokenizer.decode(&written.tokens));
            let done = answers.len() + ratings.len() + texts.len();
            host.progress("answers", done as u64, total);
        }
        for (sample, text) in (0..).zip(texts) {
            let Asked {
                subject,
                template,
                layout,
                shown,
                ..
            } = question;
            let place = read(&text, &template.labels(shown.len()), shown);
            match subject {
                Subject::Item(item) => answers.push(FreeAnswer {
                    item: item.id.clone(),
                    trait_name: item.trait_name.clone(),
                    template: template.to_string(),
                    layout: *layout,
                    sample,
                    choice: place.map(|place| KEYS[layout.order()[place]].into()),
                    text,
                }),
                Subject::Statement(item) => ratings.push(FreeRating {
                    item: item.id.clone(),
                    domain: item.domain.clone(),
                    keyed: item.keyed,
                    template: template.to_string(),
                    layout: *layout,
                    sample,
                    of: shown.len() as u32,
                    points: place.map(|place| points(place, shown.len(), *layout)),
                    text,
                }),
            }
        }
    }
    Ok(FreeResult {
        summary: summarise_free(&answers, &ratings, test.seed)?,
        answers,
        ratings,
        cancelled,
    })
}

/// The points of the answer at a place of a scale of `of` answers.
fn points(place: usize, of: usize, layout: Layout) -> u32 {
    let points = match layout == Layout::FORWARD {
        true => of - place,
        false => place + 1,
    };
    points as u32
}

fn check(request: &FreeRequest) -> Result<()> {
    let invalid = |why: &str| Err(Error::RequestInvalid(why.into()));
    let test = &request.test;
    test.check()?;
    if test.items.items.is_empty() && test.inventory.is_none() {
        return invalid("free answers are given to items or statements, and there are none");
    }
    if test.inventory.is_some() && !test.layouts.iter().all(|layout| layout.is_of_scale()) {
        return invalid("a scale is shown forward or reversed, in no other order");
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

/// Every item and every statement in every form, as tokens.
fn questions<'a>(engine: &Engine, request: &'a FreeRequest) -> Result<Vec<Asked<'a>>> {
    let test = &request.test;
    let slots = engine.model.slots();
    let items = test.items.items.iter().map(Subject::Item);
    let statements = test.inventory.iter().flat_map(|inventory| &inventory.items);
    let mut asked = Vec::new();
    for subject in items.chain(statements.map(Subject::Statement)) {
        for template in &test.templates {
            for layout in &test.layouts {
                let (id, text, shown) = match (subject, &test.inventory) {
                    (Subject::Item(item), _) => {
                        let options = item.options();
                        let text = item_question(test, item, false, *template, *layout);
                        (&item.id, text, layout.order().map(|key| options[key]).to_vec())
                    }
                    (Subject::Statement(item), Some(inventory)) => {
                        let text =
                            statement_question(test, inventory, item, About::Oneself, *template, *layout);
                        (&item.id, text, shown_scale(inventory, *layout))
                    }
                    (Subject::Statement(_), None) => continue,
                };
                let rendered = engine.ask(test.prompt_mode, test.system.as_deref(), &text)?;
                let tokens = engine.tokenizer.encode_rendered(&rendered)?;
                let needed = tokens.len() + request.max_tokens;
                if needed > slots {
                    return Err(Error::PromptLength(format!(
                        "a question about item {id:?} with its answer may take {needed} tokens, and at most {slots} fit"
                    )));
                }
                asked.push(Asked {
                    subject,
                    template: *template,
                    layout: *layout,
                    shown,
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
