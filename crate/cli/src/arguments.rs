//! What can be asked for on the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use traitscope::device::DeviceChoice;
use traitscope::engine::PromptMode;
use traitscope::measure::{Layout, Readout};
use traitscope::ops::Activations;
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
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Device {
    Auto,
    Gpu,
    Cpu,
}

impl From<Device> for DeviceChoice {
    fn from(device: Device) -> Self {
        match device {
            Device::Auto => Self::Auto,
            Device::Gpu => Self::Gpu,
            Device::Cpu => Self::Cpu,
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

/// What the CPU multiplies packed weights with.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ActivationsArgument {
    /// As they are.
    F32,
    /// Rounded to 8 bits: quicker, and slightly other numbers.
    Int8,
}

impl From<ActivationsArgument> for Activations {
    fn from(activations: ActivationsArgument) -> Self {
        match activations {
            ActivationsArgument::F32 => Self::F32,
            ActivationsArgument::Int8 => Self::Int8,
        }
    }
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

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ReadoutArgument {
    Letters,
    Continuation,
}

impl From<ReadoutArgument> for Readout {
    fn from(readout: ReadoutArgument) -> Self {
        match readout {
            ReadoutArgument::Letters => Self::Letters,
            ReadoutArgument::Continuation => Self::Continuation,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LayoutArgument {
    Forward,
    Reversed,
}

impl From<LayoutArgument> for Layout {
    fn from(layout: LayoutArgument) -> Self {
        match layout {
            LayoutArgument::Forward => Self::Forward,
            LayoutArgument::Reversed => Self::Reversed,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum TemplateArgument {
    #[value(name = "T1", alias = "t1")]
    T1,
    #[value(name = "T2", alias = "t2")]
    T2,
    #[value(name = "T3", alias = "t3")]
    T3,
}

impl From<TemplateArgument> for LetterTemplate {
    fn from(template: TemplateArgument) -> Self {
        match template {
            TemplateArgument::T1 => Self::T1,
            TemplateArgument::T2 => Self::T2,
            TemplateArgument::T3 => Self::T3,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ModeArgument {
    Auto,
    Chat,
    Raw,
}

impl From<ModeArgument> for PromptMode {
    fn from(mode: ModeArgument) -> Self {
        match mode {
            ModeArgument::Auto => Self::Auto,
            ModeArgument::Chat => Self::Chat,
            ModeArgument::Raw => Self::Raw,
        }
    }
}

#[derive(Debug, Args)]
pub struct Score {
    #[command(flatten)]
    pub model: ModelArguments,
    /// Items: a bank of this project or a TRAIT file; the bundled bank without it.
    #[arg(long)]
    pub items: Option<PathBuf>,
    /// How answers are read.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "continuation")]
    pub readout: Vec<ReadoutArgument>,
    /// Templates of the letter read-out.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "T1")]
    pub templates: Vec<TemplateArgument>,
    /// Orders of the options in the letter read-out.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "forward,reversed")]
    pub layouts: Vec<LayoutArgument>,
    /// System prompt.
    #[arg(long)]
    pub system: Option<String>,
    /// Through the chat template or as raw text.
    #[arg(long, value_enum, default_value = "auto")]
    pub mode: ModeArgument,
    /// Factual questions of the competence gate to ask first (24 are there).
    #[arg(long, default_value_t = 0)]
    pub gate: usize,
    /// Score the options after a neutral prompt too.
    #[arg(long)]
    pub gain: bool,
    /// Ask the paraphrases too.
    #[arg(long)]
    pub paraphrases: bool,
    /// Only the first so many items of the file.
    #[arg(long)]
    pub limit: Option<usize>,
    /// Seed of the intervals.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Activations on the CPU; with int8, what rounding changes is measured on every eighth question of the gate.
    #[arg(long, value_enum, default_value = "f32")]
    pub activations: ActivationsArgument,
}
