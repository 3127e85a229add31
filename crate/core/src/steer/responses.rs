//! The model's own answers under the instructions of a trait, and which of them show it.
//!
//! The paper has a large remote model judge them (arXiv 2507.21509, section 2.2). Here nothing leaves the device: an answer
//! shows its side if the model finds it likelier under the instruction it was given than under the opposite one, and if it
//! does not repeat itself.

use serde::{Deserialize, Serialize};

use super::extract::ExtractRequest;
use super::pool::Sample;
use super::prompts::{Instructed, Prompts, Sets, asked};
use crate::engine::Engine;
use crate::host::Host;
use crate::inspect::log_probs;
use crate::measure::repeated;
use crate::model::{GenerateRequest, Hooks, Stop};
use crate::{Error, Result};

/// Fewest tokens of a response that is kept.
const LEAST_TOKENS: usize = 8;
/// Runs of so many tokens are looked for again in a response.
const RUN: usize = 3;
/// Largest share of its runs that a response may have had before.
const MOST_REPEATED: f64 = 0.25;

/// A side of a trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// High in it.
    High,
    /// Low in it.
    Low,
}

/// What a model answered, and what the filter says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Response {
    /// Which question under which pair of instructions: pairs in their order, with all questions each.
    pub index: usize,
    /// Which of the two instructions.
    pub side: Level,
    /// The answer.
    pub text: String,
    /// Its tokens.
    pub tokens: Vec<u32>,
    /// Mean log-probability of its tokens under its own instruction, less that under the other one.
    pub contrast: f64,
    /// Share of its runs of three tokens that stand in it before.
    pub repeated: f64,
    /// Whether it counts.
    pub kept: bool,
}

/// Draws what the request does not have yet.
pub async fn draw(
    engine: &mut Engine,
    request: &ExtractRequest,
    host: &dyn Host,
    on_response: &mut dyn FnMut(&Response),
) -> Result<Vec<Response>> {
    let asked = asked(&request.artefact)?;
    check_room(engine, request, &asked)?;
    let total = 2 * asked.len();
    let mut responses = Vec::with_capacity(total);
    for (index, instructed) in asked.iter().enumerate() {
        for side in [Level::High, Level::Low] {
            let known = |drawn: &&Response| drawn.index == index && drawn.side == side;
            let response = match request.responses.iter().find(known) {
                Some(drawn) => drawn.clone(),
                None => {
                    let drawn = draw_one(engine, request, *instructed, index, side, host).await?;
                    on_response(&drawn);
                    drawn
                }
            };
            responses.push(response);
            host.progress("responses", responses.len() as u64, total as u64);
        }
    }
    Ok(responses)
}

/// Prompts of either side.
fn both(engine: &Engine, request: &ExtractRequest, asked: Instructed<'_>) -> Result<(Vec<u32>, Vec<u32>)> {
    let prompts = Prompts {
        engine,
        mode: request.prompt_mode,
        artefact: &request.artefact,
    };
    Ok((
        prompts.prompt(Some(asked.high), asked.question)?,
        prompts.prompt(Some(asked.low), asked.question)?,
    ))
}

fn check_room(engine: &Engine, request: &ExtractRequest, asked: &[Instructed<'_>]) -> Result<()> {
    if request.max_tokens < LEAST_TOKENS {
        return Err(Error::RequestInvalid(format!(
            "responses of at most {} tokens are too short: shorter ones than {LEAST_TOKENS} are not kept",
            request.max_tokens
        )));
    }
    let slots = engine.model.slots();
    for instructed in asked {
        let (high, low) = both(engine, request, *instructed)?;
        let needed = high.len().max(low.len()) + request.max_tokens;
        if needed > slots {
            return Err(Error::PromptLength(format!(
                "the question {:?} with an answer may take {needed} tokens, and at most {slots} fit",
                instructed.question
            )));
        }
    }
    Ok(())
}

async fn draw_one(
    engine: &mut Engine,
    request: &ExtractRequest,
    asked: Instructed<'_>,
    index: usize,
    side: Level,
    host: &dyn Host,
) -> Result<Response> {
    let (high, low) = both(engine, request, asked)?;
    let (own, other) = match side {
        Level::High => (high, low),
        Level::Low => (low, high),
    };
    let how = GenerateRequest {
        max_tokens: request.max_tokens,
        temperature: request.temperature,
        // Each has its own, so that it does not matter which of them an earlier run has drawn.
        seed: request
            .seed
            .wrapping_add(2 * index as u64 + u64::from(side == Level::Low)),
    };
    let Engine { model, tokenizer, .. } = &mut *engine;
    let written = model
        .generate(
            &own,
            how,
            |id| tokenizer.is_end(id),
            host,
            &|_| Hooks::default(),
            |_| (),
        )
        .await?;
    if written.stop == Stop::Cancelled {
        return Err(Error::Cancelled);
    }
    let tokens = written.tokens;
    let text = tokenizer.decode(&tokens);
    let (mut contrast, repeated) = (0.0, repeated(&tokens, RUN));
    if !tokens.is_empty() {
        let mean = |values: Vec<f32>| values.iter().map(|v| f64::from(*v)).sum::<f64>() / values.len() as f64;
        let of_own = mean(log_probs(engine, &own, &tokens).await?);
        contrast = of_own - mean(log_probs(engine, &other, &tokens).await?);
    }
    Ok(Response {
        index,
        side,
        text,
        kept: tokens.len() >= LEAST_TOKENS && contrast > 0.0 && repeated <= MOST_REPEATED,
        tokens,
        contrast,
        repeated,
    })
}

/// The responses that are kept, each after its prompt, to be averaged over its own tokens.
pub fn sets(engine: &Engine, request: &ExtractRequest, responses: &[Response]) -> Result<Sets> {
    let asked = asked(&request.artefact)?;
    let mut sets = Sets {
        high: Vec::new(),
        low: Vec::new(),
    };
    for response in responses.iter().filter(|response| response.kept) {
        let (high, low) = both(engine, request, asked[response.index])?;
        let (prompt, set) = match response.side {
            Level::High => (high, &mut sets.high),
            Level::Low => (low, &mut sets.low),
        };
        let positions = prompt.len()..prompt.len() + response.tokens.len();
        let tokens = [&prompt[..], &response.tokens].concat();
        set.push(Sample { tokens, positions });
    }
    Ok(sets)
}
