//! What can be asked for on the command line.

use crate::choices::{ActivationsArgument, Device, ModeArgument, ReadoutArgument};
use crate::direction_arguments::{
    Coherence, Difference, Effect, Extract, Monitor, OptionalSteering, Project, Steer,
};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use traitscope::prompt::templates::LetterTemplate;

/// Runs a quantised language model, gives it personality items and reads the answers.
#[derive(Debug, Parser)]
#[command(name = "traitscope", version)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Logits of the next token after a prompt.
    Logits(Logits),
    /// Residual stream of every layer and position, as safetensors.
    Hidden(Hidden),
    /// Token ids of a text.
    Tokenize(Tokenize),
    /// Writes a text.
    Generate(Generate),
    /// Gives items and reads the answers.
    Score(Score),
    /// Has items answered in words, and counts what names no option.
    Free(Free),
    /// Carries out a study: an instrument under many settings. Answers are kept as they come, and a study can be gone on with.
    Study(Study),
    /// Makes directions of traits.
    Extract(Extract),
    /// Reads where each token of a text stands along directions.
    Project(Project),
    /// Writes a text twice: as the model is, and with its residual stream edited.
    Steer(Steer),
    /// Gives items under doses of directions, and under directions of chance beside them.
    Effect(Effect),
    /// Has questions answered under doses of a direction, and judges whether the answers hold together.
    Coherence(Coherence),
    /// Gives items under several system prompts, and holds a meter before each answer against the answer.
    Monitor(Monitor),
    /// Reads texts of a data set along a direction, beside the model's own answers to their questions.
    Difference(Difference),
}

impl Arguments {
    /// Whether standard output is one JSON object.
    pub fn json(&self) -> bool {
        match &self.command {
            Command::Logits(c) => c.model.json,
            Command::Hidden(c) => c.model.json,
            Command::Tokenize(c) => c.model.json,
            Command::Generate(c) => c.model.json,
            Command::Score(c) => c.model.json,
            Command::Free(c) => c.model.json,
            Command::Study(c) => c.model.json,
            Command::Extract(c) => c.model.json,
            Command::Project(c) => c.model.json,
            Command::Steer(c) => c.text.model.json,
            Command::Effect(c) => c.model.json,
            Command::Coherence(c) => c.model.json,
            Command::Monitor(c) => c.model.json,
            Command::Difference(c) => c.model.json,
        }
    }
}

#[derive(Debug, Args)]
pub struct ModelArguments {
    /// GGUF file of the model.
    #[arg(long)]
    pub model: PathBuf,
    /// Where to run it.
    #[arg(long, value_enum, default_value = "cpu")]
    pub device: Device,
    /// Print one JSON object on standard output and nothing else.
    #[arg(long)]
    pub json: bool,
}

/// One of three ways to give a prompt.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct PromptSource {
    /// Token ids, separated by commas.
    #[arg(long, value_delimiter = ',')]
    pub tokens: Vec<u32>,
    /// Plain text.
    #[arg(long)]
    pub prompt: Option<String>,
    /// A user's turn, put through the model's chat template.
    #[arg(long)]
    pub chat: Option<String>,
}

#[derive(Debug, Args)]
pub struct PromptArguments {
    #[command(flatten)]
    pub source: PromptSource,
    /// System turn, with --chat.
    #[arg(long, conflicts_with_all = ["tokens", "prompt"])]
    pub system: Option<String>,
}

#[derive(Debug, Args)]
pub struct Logits {
    #[command(flatten)]
    pub model: ModelArguments,
    #[command(flatten)]
    pub prompt: PromptArguments,
    /// How many of the largest logits.
    #[arg(long, default_value_t = 20)]
    pub top: usize,
    /// Activations on the CPU.
    #[arg(long, value_enum, default_value = "f32")]
    pub activations: ActivationsArgument,
}

#[derive(Debug, Args)]
pub struct Hidden {
    #[command(flatten)]
    pub model: ModelArguments,
    #[command(flatten)]
    pub prompt: PromptArguments,
    /// File to write: `resid` [layers + 1, tokens, width] and `ids` [tokens].
    #[arg(long)]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Tokenize {
    #[command(flatten)]
    pub model: ModelArguments,
    #[command(flatten)]
    pub prompt: PromptArguments,
}

#[derive(Debug, Args)]
pub struct Generate {
    #[command(flatten)]
    pub model: ModelArguments,
    #[command(flatten)]
    pub prompt: PromptArguments,
    /// Tokens at most.
    #[arg(long, default_value_t = 128)]
    pub max_tokens: usize,
    /// 0 for the most likely token each time.
    #[arg(long, default_value_t = 0.0)]
    pub temperature: f32,
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Activations on the CPU.
    #[arg(long, value_enum, default_value = "f32")]
    pub activations: ActivationsArgument,
}

/// Free answers. Read-outs are not used.
#[derive(Debug, Args)]
pub struct Free {
    #[command(flatten)]
    pub model: ModelArguments,
    #[command(flatten)]
    pub test: TestArguments,
    /// Answers to each question.
    #[arg(long, default_value_t = 1)]
    pub samples: usize,
    /// Tokens of an answer at most.
    #[arg(long, default_value_t = 16)]
    pub max_tokens: usize,
    /// 0 for the most likely token each time.
    #[arg(long, default_value_t = 0.7)]
    pub temperature: f32,
}

/// A study.
#[derive(Debug, Args)]
pub struct Study {
    #[command(flatten)]
    pub model: ModelArguments,
    /// File of the study (JSON); those of the project are in `studies`.
    #[arg(long)]
    pub study: PathBuf,
    /// Items in the place of the bundled bank.
    #[arg(long)]
    pub items: Option<PathBuf>,
    /// Folder with the inventories that the study names, `<id>.json` each.
    #[arg(long)]
    pub inventories: Option<PathBuf>,
    /// Ask so many settings, in the place of what the study says.
    #[arg(long)]
    pub settings: Option<usize>,
    /// File of answers: what it holds is not asked again, and every finished setting is written to it.
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// More files of answers to the same study, whose settings are not asked again.
    #[arg(long)]
    pub with: Vec<PathBuf>,
    /// Activations on the CPU.
    #[arg(long, value_enum, default_value = "f32")]
    pub activations: ActivationsArgument,
}

/// A test: items, and how their answers are read.
#[derive(Debug, Args)]
pub struct TestArguments {
    /// Items: a bank of this project, a TRAIT file (JSON, JSON lines, CSV, parquet), or an inventory of statements (JSON, CSV).
    /// Several banks are joined. The bundled bank without it.
    #[arg(long)]
    pub items: Vec<PathBuf>,
    /// How answers are read.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "continuation")]
    pub readout: Vec<ReadoutArgument>,
    /// Templates of the letter read-out: T1, T2, T3, each also with other labels, such as T1-digits or T2-lower-roman.
    #[arg(long, value_delimiter = ',', default_value = "T1")]
    pub templates: Vec<LetterTemplate>,
    /// Orders of the options in the letter read-out: forward, reversed, others such as H1H2L1L2; "all" for the 24.
    #[arg(long, value_delimiter = ',', default_value = "forward,reversed")]
    pub layouts: Vec<String>,
    /// System prompt.
    #[arg(long)]
    pub system: Option<String>,
    /// Through the chat template or as raw text.
    #[arg(long, value_enum, default_value = "auto")]
    pub mode: ModeArgument,
    /// Score the options after a neutral prompt too.
    #[arg(long)]
    pub gain: bool,
    /// Ask the paraphrases too.
    #[arg(long)]
    pub paraphrases: bool,
    /// Only the first so many items.
    #[arg(long)]
    pub limit: Option<usize>,
    /// Seed of the intervals.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Activations on the CPU.
    #[arg(long, value_enum, default_value = "f32")]
    pub activations: ActivationsArgument,
}

#[derive(Debug, Args)]
pub struct Score {
    #[command(flatten)]
    pub model: ModelArguments,
    #[command(flatten)]
    pub test: TestArguments,
    /// Factual questions of the competence gate to ask first (24 are there). With int8 activations, what rounding changes is
    /// measured on every eighth of them.
    #[arg(long, default_value_t = 0)]
    pub gate: usize,
    #[command(flatten)]
    pub steering: OptionalSteering,
}
