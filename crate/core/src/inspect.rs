//! Looking at one prompt: the logits after its tokens, the residual stream along them, the text that follows.

use crate::engine::Engine;
use crate::host::Host;
use crate::model::{GenerateRequest, Hooks, Read, Step, Stop, top};
use crate::monitor::{Meter, Reading};
use crate::ops::Activations;
use crate::prompt::{Role, TokenBatch};
use crate::steer::{Steering, SteeringPlan};
use crate::text::{Message, Rendered};
use crate::{Error, Result};
use serde::{Deserialize, Serialize};

/// A prompt, in one of three forms.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default)]
pub struct PromptInput {
    /// Token ids.
    pub tokens: Option<Vec<u32>>,
    /// Plain text; control tokens written in it are text.
    pub prompt: Option<String>,
    /// A chat, which goes through the model's template.
    pub messages: Option<Vec<Message>>,
}

/// Which logits of a prompt are wanted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct LogitsRequest {
    /// The prompt.
    #[serde(flatten)]
    pub prompt: PromptInput,
    /// How many of the largest logits, up to the whole vocabulary.
    pub top: usize,
    /// Positions of the prompt after which logits are wanted too.
    #[serde(default)]
    pub rows: Option<Vec<RowRequest>>,
    /// What the CPU multiplies with.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub activations: Activations,
}

/// A position of a prompt whose logits are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RowRequest {
    /// The position, counted from 0.
    pub row: usize,
    /// How many of the largest.
    pub top: usize,
}

/// A token and how the model rates it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TopToken {
    /// Its id.
    pub id: u32,
    /// As the vocabulary writes it.
    pub token: String,
    /// Its logit.
    pub logit: f32,
}

/// The largest logits after a position.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RowLogits {
    /// The position.
    pub row: usize,
    /// Largest first.
    pub top: Vec<TopToken>,
    /// As in [`LogitsResult`].
    pub logsumexp: f64,
}

/// The largest logits after a prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct LogitsResult {
    /// The prompt's tokens.
    pub tokens: Vec<u32>,
    /// Largest first.
    pub top: Vec<TopToken>,
    /// Of all logits: `logit - logsumexp` is the natural logarithm of the probability.
    pub logsumexp: f64,
    /// After the positions asked for, in that order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<Vec<RowLogits>>,
}

/// Which residual stream it is, and in what shape.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct HiddenShape {
    /// The prompt's tokens.
    pub tokens: Vec<u32>,
    /// Blocks of the model.
    pub layers: usize,
    /// Values of a position.
    pub width: usize,
}

/// The residual stream along a prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct Hidden {
    /// Its shape.
    pub shape: HiddenShape,
    /// After the embedding and after each block: `tokens * width` values.
    pub streams: Vec<Vec<f32>>,
}

/// A prompt to be continued, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TextRequest {
    /// The prompt.
    #[serde(flatten)]
    pub prompt: PromptInput,
    /// How to write.
    #[serde(flatten)]
    pub how: GenerateRequest,
    /// What the CPU multiplies with.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub activations: Activations,
    /// Edits of the residual stream.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub steering: Vec<Steering>,
    /// What is read of it, after the edits.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub meters: Vec<Meter>,
}

/// News of a text that is being written.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TextEvent<'a> {
    /// A token; none where the text has ended.
    pub id: Option<u32>,
    /// The text that is complete with it.
    pub text: &'a str,
    /// What each meter reads at the tokens before it: first those of the prompt, then one at a time.
    pub readings: Vec<Reading>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TextResult {
    /// The new text.
    pub text: String,
    /// Its tokens, without the one that ended the turn.
    pub tokens: Vec<u32>,
    /// Why it ended.
    pub stop: Stop,
    /// Tokens of the prompt.
    pub prompt: Vec<u32>,
    /// What each token of prompt and text is called, as text; a character of several tokens stands at its last.
    pub pieces: Vec<String>,
    /// What each meter reads at each token of prompt and text; of a text that was stopped, not at the last.
    pub readings: Vec<Reading>,
}

impl PromptInput {
    /// Of token ids.
    pub fn tokens(ids: impl Into<Vec<u32>>) -> Self {
        Self {
            tokens: Some(ids.into()),
            ..Self::default()
        }
    }

    fn resolve(&self, engine: &Engine) -> Result<Vec<u32>> {
        match (&self.tokens, &self.prompt, &self.messages) {
            (Some(tokens), None, None) => Ok(tokens.clone()),
            (None, Some(text), None) => engine.tokenizer.encode_rendered(&Rendered::raw(text)),
            (None, None, Some(messages)) => engine.chat_tokens(messages),
            _ => Err(Error::RequestInvalid(
                "give one of tokens, prompt and messages".into(),
            )),
        }
    }
}

/// The largest logits after the prompt, and after any of its positions.
///
/// # Errors
/// [`Error::RequestInvalid`] for a prompt in no form or in several, and what a forward gives.
pub async fn logits(engine: &mut Engine, request: &LogitsRequest) -> Result<LogitsResult> {
    let tokens = request.prompt.resolve(engine)?;
    engine.compute_with(request.activations);
    let mut wanted = request.rows.clone().unwrap_or_default();
    wanted.push(RowRequest {
        row: tokens.len().saturating_sub(1),
        top: request.top,
    });
    let read = Read {
        logits: wanted.iter().map(|wanted| wanted.row).collect(),
        ..Read::default()
    };
    let batch = TokenBatch::sequence(&tokens, 0);
    let output = engine.model.forward(&batch, &read).await?;
    let mut rows: Vec<RowLogits> = (wanted.into_iter().zip(&output.logits))
        .map(|(wanted, logits)| {
            let (best, logsumexp) = top(logits, wanted.top);
            let named = best.into_iter().map(|(id, logit)| TopToken {
                id,
                token: engine.tokenizer.token(id).unwrap_or_default(),
                logit,
            });
            RowLogits {
                row: wanted.row,
                top: named.collect(),
                logsumexp,
            }
        })
        .collect();
    let last = rows
        .pop()
        .ok_or_else(|| Error::PromptInvalid("it has no tokens".into()))?;
    Ok(LogitsResult {
        tokens,
        top: last.top,
        logsumexp: last.logsumexp,
        rows: request.rows.is_some().then_some(rows),
    })
}

/// The residual stream at every position of the prompt.
///
/// # Errors
/// As [`logits`].
pub async fn hidden(engine: &mut Engine, prompt: &PromptInput) -> Result<Hidden> {
    let tokens = prompt.resolve(engine)?;
    engine.compute_with(Activations::F32);
    let read = Read {
        hidden: true,
        ..Read::default()
    };
    let batch = TokenBatch::sequence(&tokens, 0);
    let streams = engine.model.forward(&batch, &read).await?.hidden;
    let shape = HiddenShape {
        tokens,
        layers: engine.model.config.layers,
        width: engine.model.config.width,
    };
    Ok(Hidden { shape, streams })
}

/// The log-probability of each token of `continuation` after the prompt and those before it.
///
/// # Errors
/// [`Error::PromptInvalid`] for an empty prompt, after which nothing has a probability; and what a forward gives.
pub async fn log_probs(engine: &mut Engine, prompt: &[u32], continuation: &[u32]) -> Result<Vec<f32>> {
    let first = prompt
        .len()
        .checked_sub(1)
        .ok_or_else(|| Error::PromptInvalid("it has no tokens".into()))?;
    let tokens = [prompt, continuation].concat();
    let read = Read {
        targets: (first..).zip(continuation.iter().copied()).collect(),
        ..Read::default()
    };
    // The last token is only predicted, never read.
    let batch = TokenBatch::sequence(&tokens[..tokens.len() - 1], 0);
    Ok(engine.model.forward(&batch, &read).await?.log_probs)
}

/// Continues the prompt; `on_event` hears each new token.
///
/// # Errors
/// As [`logits`], what [`SteeringPlan::new`] and [`Meter::probe`] give, before anything is computed, and what
/// [`crate::model::Model::generate`] gives.
pub async fn write(
    engine: &mut Engine,
    request: &TextRequest,
    host: &dyn Host,
    on_event: &mut dyn FnMut(TextEvent<'_>),
) -> Result<TextResult> {
    let prompt = request.prompt.resolve(engine)?;
    let info = engine.info();
    let steering = SteeringPlan::new(&request.steering, &info)?;
    let probes: Vec<_> = (request.meters.iter())
        .map(|meter| meter.probe(&info))
        .collect::<Result<_>>()?;
    let hooks = |roles: &[Role]| Hooks {
        probes: probes.clone(),
        ..steering.hooks(roles)
    };
    engine.compute_with(request.activations);
    let Engine { model, tokenizer, .. } = engine;
    let mut stream = tokenizer.stream();
    let mut text = String::new();
    let mut readings = vec![Reading::default(); request.meters.len()];
    let hear = |step: Step<'_>| {
        let now: Vec<_> = (request.meters.iter().zip(step.probes))
            .map(|(meter, found)| meter.read(found))
            .collect();
        for (all, now) in readings.iter_mut().zip(&now) {
            all.extend(now);
        }
        let piece = step.next.map(|id| stream.push(id)).unwrap_or_default();
        text.push_str(&piece);
        on_event(TextEvent {
            id: step.next,
            text: &piece,
            readings: now,
        });
    };
    let result = model
        .generate(
            &prompt,
            request.how,
            |id| tokenizer.is_end(id),
            host,
            &hooks,
            hear,
        )
        .await?;
    text.push_str(&stream.finish());
    let mut pieces = tokenizer.stream();
    let pieces = prompt
        .iter()
        .chain(&result.tokens)
        .map(|id| pieces.push(*id))
        .collect();
    Ok(TextResult {
        text,
        tokens: result.tokens,
        stop: result.stop,
        prompt,
        pieces,
        readings,
    })
}
