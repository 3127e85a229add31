//! What a data set would teach a model: its answers along a direction, beside the model's own answers to the same questions.

use serde::{Deserialize, Serialize};

use super::answer::{default_temperature, default_tokens, draw};
use super::data_set::{DataText, check_texts};
use crate::engine::{Engine, PromptMode};
use crate::host::Host;
use crate::measure::Estimate;
use crate::measure::bootstrap::mean_intervals;
use crate::model::{GenerateRequest, Hooks, Read, Stop};
use crate::monitor::Meter;
use crate::ops::Activations;
use crate::prompt::TokenBatch;
use crate::text::Rendered;
use crate::{Error, Result};

/// Texts to be read along a direction (projection difference, arXiv 2507.21509, section 6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct DifferenceRequest {
    /// The texts.
    pub texts: Vec<DataText>,
    /// What reads them; with what neutral text is like along it.
    pub meter: Meter,
    /// System prompt of texts with a question, if any.
    #[serde(default)]
    pub system: Option<String>,
    /// Chat or raw.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub prompt_mode: PromptMode,
    /// Tokens of an own answer at most.
    #[serde(default = "default_tokens")]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub max_tokens: usize,
    /// How own answers are drawn.
    #[serde(default = "default_temperature")]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub temperature: f32,
    /// Seed of the own answers, of which each has its own, and of the intervals.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<u32>"))]
    pub seed: u64,
}

/// A text as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DifferenceRow {
    /// Which of the texts.
    pub index: usize,
    /// Mean z-score of its tokens; of a text by itself without the first ([`crate::steer::Sample::whole`]).
    pub z: f64,
    /// The model's own answer to the question; none where there is no question, or where it said nothing.
    pub own: Option<OwnAnswer>,
    /// `z` less that of the own answer.
    pub difference: Option<f64>,
}

/// What the model answers by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OwnAnswer {
    /// The answer.
    pub text: String,
    /// Mean z-score of its tokens.
    pub z: f64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DifferenceResult {
    /// The texts, those that lie highest first: by their difference, after them those without one by z.
    pub rows: Vec<DifferenceRow>,
    /// Mean z-score of the texts; none of no texts.
    pub z: Option<Estimate>,
    /// Mean difference of those that have one: the projection difference of the data set, in standard deviations of neutral
    /// text.
    pub difference: Option<Estimate>,
    /// Whether it was stopped before its end.
    pub cancelled: bool,
}

/// A text as tokens.
struct Asked {
    /// What the model is to answer; empty for a text by itself.
    prompt: Vec<u32>,
    /// Question and text.
    whole: Vec<u32>,
    /// Where the text begins. The first token of all is never read: its stream says nothing ([`crate::steer::Sample::whole`]).
    from: usize,
}

/// Reads each text along the direction, has the model answer its question, and reads that.
///
/// # Errors
/// [`Error::TextsInvalid`], [`Error::PromptLength`] with the number of the text, [`Error::RequestInvalid`] and what [`Meter::probe`]
/// gives, all before anything is computed; and what a forward gives.
pub async fn difference(
    engine: &mut Engine,
    request: &DifferenceRequest,
    host: &dyn Host,
) -> Result<DifferenceResult> {
    request.check()?;
    request.meter.probe(&engine.info())?;
    let asked = asked(engine, request)?;
    engine.compute_with(Activations::F32);
    let mut rows = Vec::with_capacity(asked.len());
    for (index, text) in asked.iter().enumerate() {
        host.pause().await;
        if host.cancelled() {
            return result(request, rows, true);
        }
        let z = read(engine, &request.meter, &text.whole, text.from).await?;
        let own = match text.prompt.is_empty() {
            true => None,
            false => match answer(engine, request, index, &text.prompt, host).await? {
                Own::Stopped => return result(request, rows, true),
                Own::Nothing => None,
                Own::Answer(answer) => Some(answer),
            },
        };
        rows.push(DifferenceRow {
            index,
            z,
            difference: own.as_ref().map(|own| z - own.z),
            own,
        });
        host.progress("texts", rows.len() as u64, asked.len() as u64);
    }
    result(request, rows, false)
}

impl DifferenceRequest {
    /// # Errors
    /// [`Error::TextsInvalid`] and [`Error::RequestInvalid`].
    pub fn check(&self) -> Result<()> {
        check_texts(&self.texts)?;
        let invalid = |why: &str| Err(Error::RequestInvalid(why.into()));
        if self.meter.neutral.is_none() {
            return invalid("it is not known what neutral text is like along the direction");
        }
        if self.max_tokens == 0 {
            return invalid("own answers of no tokens cannot be read");
        }
        if !(self.temperature >= 0.0 && self.temperature.is_finite()) {
            return invalid("a temperature must be a number from 0 on");
        }
        Ok(())
    }
}

fn result(
    request: &DifferenceRequest,
    mut rows: Vec<DifferenceRow>,
    cancelled: bool,
) -> Result<DifferenceResult> {
    let mean = |values: Vec<[f64; 1]>| -> Result<Option<Estimate>> {
        if values.is_empty() {
            return Ok(None);
        }
        mean_intervals(&values, request.seed).map(|[mean]| Some(mean))
    };
    let z = mean(rows.iter().map(|row| [row.z]).collect())?;
    let difference = mean(
        rows.iter()
            .filter_map(|row| row.difference.map(|x| [x]))
            .collect(),
    )?;
    rows.sort_by(|a, b| match (a.difference, b.difference) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (None, None) => b.z.total_cmp(&a.z),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    Ok(DifferenceResult {
        rows,
        z,
        difference,
        cancelled,
    })
}

/// All texts as tokens.
fn asked(engine: &Engine, request: &DifferenceRequest) -> Result<Vec<Asked>> {
    let slots = engine.model.slots();
    let one = |(number, text): (usize, &DataText)| {
        let asked = tokens(engine, request, text)?;
        if asked.from >= asked.whole.len() {
            return Err(Error::TextsInvalid(format!(
                "text {number} has too few tokens for this model"
            )));
        }
        let own = match asked.prompt.len() {
            0 => 0,
            prompt => prompt + request.max_tokens,
        };
        let needed = asked.whole.len().max(own);
        if needed > slots {
            return Err(Error::PromptLength(format!(
                "text {number} takes {needed} tokens with its question or an answer of the model, and at most {slots} fit"
            )));
        }
        Ok(asked)
    };
    (1..).zip(&request.texts).map(one).collect()
}

/// Tokenised as one, question and answer: an answer begins where the tokens differ from those of the question alone.
fn tokens(engine: &Engine, request: &DifferenceRequest, text: &DataText) -> Result<Asked> {
    let Some(prompt) = &text.prompt else {
        let whole = engine.tokenizer.encode_rendered(&Rendered::raw(&text.response))?;
        return Ok(Asked {
            prompt: Vec::new(),
            whole,
            from: 1,
        });
    };
    let mut rendered = engine.ask(request.prompt_mode, request.system.as_deref(), prompt)?;
    // Raw text has no cue after which an answer starts on its own.
    rendered.append_user_text(if engine.is_chat(request.prompt_mode)? {
        ""
    } else {
        "\n"
    });
    let prompt = engine.tokenizer.encode_rendered(&rendered)?;
    rendered.append_user_text(&text.response);
    let whole = engine.tokenizer.encode_rendered(&rendered)?;
    let shared = prompt.iter().zip(&whole).take_while(|(a, b)| a == b).count();
    Ok(Asked {
        prompt,
        whole,
        from: shared.max(1),
    })
}

/// The mean z-score of the tokens from a position on.
async fn read(engine: &mut Engine, meter: &Meter, tokens: &[u32], from: usize) -> Result<f64> {
    let hooks = Hooks {
        probes: vec![meter.probe(&engine.info())?],
        ..Hooks::default()
    };
    let batch = TokenBatch::sequence(tokens, 0);
    let outputs = engine
        .model
        .forward_each(&batch, &Read::default(), &[hooks])
        .await?;
    let found = outputs.first().and_then(|output| output.probes.first());
    let z = found.map(|found| meter.read(found).z).unwrap_or_default();
    let read = z.get(from..).unwrap_or_default();
    Ok(read.iter().map(|z| f64::from(*z)).sum::<f64>() / read.len() as f64)
}

enum Own {
    Answer(OwnAnswer),
    Nothing,
    Stopped,
}

async fn answer(
    engine: &mut Engine,
    request: &DifferenceRequest,
    index: usize,
    prompt: &[u32],
    host: &dyn Host,
) -> Result<Own> {
    let how = GenerateRequest {
        max_tokens: request.max_tokens,
        temperature: request.temperature,
        seed: request.seed,
    };
    let written = draw(engine, prompt, how, index, &|_| Hooks::default(), host).await?;
    if written.stop == Stop::Cancelled {
        return Ok(Own::Stopped);
    }
    if written.tokens.is_empty() {
        return Ok(Own::Nothing);
    }
    let whole = [prompt, &written.tokens].concat();
    Ok(Own::Answer(OwnAnswer {
        text: engine.tokenizer.decode(&written.tokens),
        z: read(engine, &request.meter, &whole, prompt.len().max(1)).await?,
    }))
}
