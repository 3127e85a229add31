//! What the commands print as JSON.

use serde::Serialize;
use traitscope::engine::ModelInfo;
use traitscope::measure::{GateResult, LetterReport, Observation, Readout, Score};

/// One of the largest logits.
#[derive(Serialize)]
pub struct TopToken {
    pub id: u32,
    pub token: String,
    pub logit: f32,
}

/// Of `logits`.
#[derive(Serialize)]
pub struct Logits {
    pub top: Vec<TopToken>,
    pub tokens: Vec<u32>,
    /// Log of the sum of exponentials of all logits: `logit - logsumexp` is a log-probability.
    pub logsumexp: f64,
    pub model: ModelInfo,
}

/// Of `hidden`.
#[derive(Serialize)]
pub struct Hidden {
    pub tokens: Vec<u32>,
    /// Layers + 1, tokens, width.
    pub shape: [usize; 3],
    pub out: String,
}

/// Of `tokenize`.
#[derive(Serialize)]
pub struct Tokens {
    pub tokens: Vec<u32>,
    pub pieces: Vec<String>,
}

/// Of `generate`.
#[derive(Serialize)]
pub struct Generated {
    pub text: String,
    pub tokens: Vec<u32>,
    pub stop: traitscope::model::Stop,
    pub prompt_tokens: usize,
}

/// Of `score`.
#[derive(Serialize)]
pub struct Scored {
    pub observations: Vec<Observation>,
    pub scores: Vec<Score>,
    pub gate: Vec<GateResult>,
    pub letters: Option<LetterReport>,
    pub offered: Option<Readout>,
    pub items: String,
    pub items_version: String,
    pub seed: u64,
    pub program: String,
    pub model: ModelInfo,
}
