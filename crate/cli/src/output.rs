//! What the commands print.

use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use traitscope::engine::ModelInfo;
use traitscope::inspect::{LogitsResult, TextResult};
use traitscope::measure::likert::{LikertSummary, Rating};
use traitscope::measure::{Estimate, GateResult, LetterReport, Observation, Readout, RoundingLoss, Score};
use traitscope::monitor::Reading;
use traitscope::ops::Activations;
use traitscope::steer::Neutral;
use traitscope::study::{CoherenceResult, DataText, DifferenceResult, EffectSummary, MonitoringResult};
use traitscope::{Error, Result};

/// Writes to standard output. A reader that went away, such as `head`, has all it wants: the program ends.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        let broken = error.kind() == ErrorKind::BrokenPipe;
        if !broken {
            let error = Error::Write(format!("standard output: {error}"));
            complain(&format!("{}: {error}", error.code()));
        }
        std::process::exit(i32::from(!broken));
    }
}

/// Writes a line to standard error, where somebody reads it.
pub fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A figure with its interval, where there is one.
pub fn shown(Estimate { value, low, high }: Estimate) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{value:+.2} [{low:+.2}, {high:+.2}]"),
        _ => format!("{value:+.2}"),
    }
}

/// What a read-out is called.
pub fn readout(readout: Readout) -> &'static str {
    match readout {
        Readout::Letters => "letters",
        Readout::Continuation => "continuation",
    }
}

/// Writes a value as one line of JSON.
pub fn print<T: Serialize>(value: &T) -> Result<()> {
    let text = serde_json::to_string(value).map_err(|error| Error::Write(error.to_string()))?;
    say(&text);
    say("\n");
    Ok(())
}

/// Writes what went wrong as one line of JSON. Where nobody reads it, the exit status still tells.
pub fn fault(code: &str, message: &str) {
    let fault = serde_json::json!({"error": {"code": code, "message": message}});
    let _ = writeln!(std::io::stdout(), "{fault}");
}

/// Of `logits`.
#[derive(Serialize)]
pub struct Logits {
    #[serde(flatten)]
    pub result: LogitsResult,
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

/// Of `score`.
#[derive(Serialize)]
pub struct Scored {
    pub observations: Vec<Observation>,
    pub ratings: Vec<Rating>,
    pub facts: Vec<Rating>,
    pub likert: Option<LikertSummary>,
    pub scores: Vec<Score>,
    pub gate: Vec<GateResult>,
    pub letters: Option<LetterReport>,
    pub offered: Option<Readout>,
    pub items: String,
    pub items_version: String,
    pub seed: u64,
    /// The edits, as they were given.
    pub steering: Vec<String>,
    pub activations: Activations,
    pub rounding: Option<RoundingLoss>,
    pub program: String,
    pub model: ModelInfo,
}

/// Of `extract`, a trait.
#[derive(Serialize)]
pub struct Extracted {
    #[serde(rename = "trait")]
    pub trait_name: String,
    pub method: String,
    /// Texts compared, of the high and of the low side.
    pub texts: [usize; 2],
    /// Responses drawn; those that are kept are the texts.
    pub responses: usize,
    pub layers: Vec<ExtractedLayer>,
}

/// A direction at a layer.
#[derive(Serialize)]
pub struct ExtractedLayer {
    pub layer: usize,
    /// Distance between the mean streams of the two sides.
    pub length: f64,
    /// How well texts that it was not made of are told apart.
    pub separation: Option<f64>,
    #[serde(flatten)]
    pub neutral: Option<Neutral>,
}

/// Of `project`.
#[derive(Serialize)]
pub struct Projected {
    pub tokens: Vec<u32>,
    pub pieces: Vec<String>,
    /// By direction, as it was asked for.
    pub readings: BTreeMap<String, Reading>,
}

/// Of `steer`.
#[derive(Serialize)]
pub struct SteeredText {
    pub steering: Vec<String>,
    pub unsteered: TextResult,
    pub steered: TextResult,
}

/// Of `effect`.
#[derive(Serialize)]
pub struct Effects {
    /// Layers that were chosen, on items that are not among those of the study.
    pub chosen: Vec<ChosenLayer>,
    pub doses: Vec<f32>,
    /// Items of the study.
    pub items: usize,
    pub bank: String,
    pub bank_version: String,
    pub seed: u64,
    #[serde(flatten)]
    pub summary: EffectSummary,
    pub program: String,
    pub model: ModelInfo,
}

/// A layer that was chosen for a trait.
#[derive(Serialize)]
pub struct ChosenLayer {
    #[serde(rename = "trait")]
    pub trait_name: String,
    pub layer: usize,
    /// Items it was chosen on.
    pub items: usize,
    /// Every layer that was tried, with the effect on the trait of the same name there.
    pub effects: Vec<(usize, Option<f64>)>,
}

/// Of `coherence`.
#[derive(Serialize)]
pub struct Coherent {
    pub direction: String,
    #[serde(flatten)]
    pub result: CoherenceResult,
    pub program: String,
    pub model: ModelInfo,
}

/// Of `monitor`.
#[derive(Serialize)]
pub struct Monitored {
    pub at: String,
    /// Names of the system prompts, that of the test first.
    pub conditions: Vec<String>,
    #[serde(flatten)]
    pub result: MonitoringResult,
    pub program: String,
    pub model: ModelInfo,
}

/// Of `difference`.
#[derive(Serialize)]
pub struct Compared {
    pub at: String,
    pub texts: Vec<DataText>,
    #[serde(flatten)]
    pub result: DifferenceResult,
    pub program: String,
    pub model: ModelInfo,
}
