//! How hard a model can be pushed before its texts fall apart.

use serde::{Deserialize, Serialize};

use super::answer::{default_temperature, default_tokens, draw};
use super::effect::Arm;
use crate::engine::{Engine, PromptMode};
use crate::host::Host;
use crate::inspect::log_probs;
use crate::measure::coherence::{Coherence, JudgedText, RUN, judge, repeated};
use crate::model::{GenerateRequest, Stop};
use crate::steer::{Positions, Steering, SteeringEdit, SteeringPlan};
use crate::{Error, Result};

/// Answers to some questions, under the doses of a direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct CoherenceRequest {
    /// The direction and its doses; 0 is given anyway.
    pub arm: Arm,
    /// Which tokens are edited.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub positions: Positions,
    /// What is asked.
    pub prompts: Vec<String>,
    /// System prompt, if any.
    #[serde(default)]
    pub system: Option<String>,
    /// Chat or raw.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub prompt_mode: PromptMode,
    /// Tokens of an answer at most.
    #[serde(default = "default_tokens")]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub max_tokens: usize,
    /// How answers are drawn.
    #[serde(default = "default_temperature")]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub temperature: f32,
    /// Seed of the answers, of which each has its own, the same under every dose, and of the intervals.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<u32>"))]
    pub seed: u64,
}

impl CoherenceRequest {
    /// A request with nothing out of the ordinary.
    pub fn new(arm: Arm, prompts: Vec<String>) -> Self {
        Self {
            arm,
            positions: Positions::All,
            prompts,
            system: None,
            prompt_mode: PromptMode::Auto,
            max_tokens: default_tokens(),
            temperature: default_temperature(),
            seed: 0,
        }
    }
}

/// What was written, and how well it holds together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CoherenceResult {
    /// Each dose, smallest first.
    pub doses: Vec<Coherence>,
    /// The largest doses downwards and upwards up to which all are coherent; 0 where the first is not.
    pub usable: [f32; 2],
    /// The texts of each dose, in the order of `doses`.
    pub texts: Vec<Vec<JudgedText>>,
    /// Whether it was stopped before its end. A dose that was not finished is left out.
    pub cancelled: bool,
}

/// Has the questions answered under every dose, those nearest to none first, and judges the answers; `on_text` hears each
/// with its dose. Stopped by the host it gives what it has.
///
/// # Errors
/// [`Error::RequestInvalid`] for a request that makes no sense; [`Error::PromptLength`] for a question that does not fit, and
/// what [`SteeringPlan::new`] gives, before anything is computed; what a forward gives.
pub async fn coherence(
    engine: &mut Engine,
    request: &CoherenceRequest,
    host: &dyn Host,
    on_text: &mut dyn FnMut(f32, &JudgedText),
) -> Result<CoherenceResult> {
    let prompts = prompts(engine, request)?;
    let mut doses: Vec<f32> = request.arm.given().chain([0.0]).collect();
    doses.sort_by(|a, b| a.abs().total_cmp(&b.abs()).then(a.total_cmp(b)));
    doses.dedup();
    let plans = doses
        .iter()
        .map(|dose| plan(engine, request, *dose))
        .collect::<Result<Vec<_>>>()?;
    engine.compute_with(crate::ops::Activations::F32);
    let total = (doses.len() * prompts.len()) as u64;
    let mut done = 0;
    let mut written: Vec<(f32, Vec<JudgedText>)> = Vec::with_capacity(doses.len());
    let mut cancelled = false;
    'doses: for (dose, plan) in doses.iter().zip(&plans) {
        let mut texts = Vec::with_capacity(prompts.len());
        for (i, tokens) in prompts.iter().enumerate() {
            let Some(text) = write(engine, request, plan, i, tokens, host).await? else {
                cancelled = true;
                break 'doses;
            };
            on_text(*dose, &text);
            texts.push(text);
            done += 1;
            host.progress("texts", done, total);
        }
        written.push((*dose, texts));
    }
    written.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let (doses, usable) = if written.is_empty() {
        (Vec::new(), [0.0; 2])
    } else {
        let texts: Vec<(f32, &[JudgedText])> = written.iter().map(|(dose, of)| (*dose, &of[..])).collect();
        judge(&texts, request.seed)?
    };
    Ok(CoherenceResult {
        doses,
        usable,
        texts: written.into_iter().map(|(_, texts)| texts).collect(),
        cancelled,
    })
}

/// The questions as tokens.
fn prompts(engine: &Engine, request: &CoherenceRequest) -> Result<Vec<Vec<u32>>> {
    let invalid = |why: &str| Err(Error::RequestInvalid(why.into()));
    if request.prompts.is_empty() {
        return invalid("there is nothing to ask");
    }
    if request.max_tokens <= RUN {
        return invalid("answers must be longer, or nothing can be said of repetition");
    }
    if !(request.temperature >= 0.0 && request.temperature.is_finite()) {
        return invalid("a temperature must be a number from 0 on");
    }
    let slots = engine.model.slots();
    let tokens = |prompt: &String| {
        let rendered = engine.ask(request.prompt_mode, request.system.as_deref(), prompt)?;
        let tokens = engine.tokenizer.encode_rendered(&rendered)?;
        match tokens.len() + request.max_tokens {
            needed if needed > slots => Err(Error::PromptLength(format!(
                "the question {prompt:?} with an answer may take {needed} tokens, and at most {slots} fit"
            ))),
            _ => Ok(tokens),
        }
    };
    request.prompts.iter().map(tokens).collect()
}

fn plan(engine: &Engine, request: &CoherenceRequest, dose: f32) -> Result<SteeringPlan> {
    let Arm {
        layer, vector, norm, ..
    } = &request.arm;
    let steering = Steering {
        layer: *layer,
        vector: vector.clone(),
        norm: *norm,
        edit: SteeringEdit::Add { dose },
        positions: request.positions,
        condition: None,
    };
    SteeringPlan::new(&[steering], &engine.info())
}

/// The answer to a question under a dose; nothing where the host stopped it.
async fn write(
    engine: &mut Engine,
    request: &CoherenceRequest,
    plan: &SteeringPlan,
    index: usize,
    prompt: &[u32],
    host: &dyn Host,
) -> Result<Option<JudgedText>> {
    let how = GenerateRequest {
        max_tokens: request.max_tokens,
        temperature: request.temperature,
        seed: request.seed,
    };
    let written = draw(engine, prompt, how, index, &|roles| plan.hooks(roles), host).await?;
    if written.stop == Stop::Cancelled {
        return Ok(None);
    }
    let tokens = written.tokens;
    let text = engine.tokenizer.decode(&tokens);
    let log_prob = match tokens.len() {
        0 => None,
        count => {
            let each = log_probs(engine, prompt, &tokens).await?;
            Some(each.iter().map(|value| f64::from(*value)).sum::<f64>() / count as f64)
        }
    };
    Ok(Some(JudgedText {
        prompt: request.prompts[index].clone(),
        text,
        tokens: tokens.len(),
        log_prob,
        repeated: repeated(&tokens, RUN),
    }))
}
