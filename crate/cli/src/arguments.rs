//! What can be asked for on the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::fmt::{Display, Formatter};
use std::path::PathBuf;
use std::str::FromStr;
use traitscope::device::DeviceChoice;
use traitscope::engine::PromptMode;
use traitscope::measure::{Layout, Readout};
use traitscope::ops::Activations;
use traitscope::prompt::templates::LetterTemplate;
use traitscope::steer::{Method, Positions, SteeringEdit};

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
    /// Makes directions of traits.
    Extract(Extract),
    /// Reads where each token of a text stands along directions.
    Project(Project),
    /// Writes a text twice: as the model is, and with its residual stream edited.
    Steer(Steer),
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
            Command::Extract(c) => c.model.json,
            Command::Project(c) => c.model.json,
            Command::Steer(c) => c.text.model.json,
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
    #[command(flatten)]
    pub steering: OptionalSteering,
    /// Activations on the CPU; with int8, what rounding changes is measured on every eighth question of the gate.
    #[arg(long, value_enum, default_value = "f32")]
    pub activations: ActivationsArgument,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum MethodArgument {
    Statements,
    Responses,
    LastPrompt,
    PromptMean,
    Letters,
    Neutral,
}

impl From<MethodArgument> for Method {
    fn from(method: MethodArgument) -> Self {
        match method {
            MethodArgument::Statements => Self::Statements,
            MethodArgument::Responses => Self::Responses,
            MethodArgument::LastPrompt => Self::LastPrompt,
            MethodArgument::PromptMean => Self::PromptMean,
            MethodArgument::Letters => Self::Letters,
            MethodArgument::Neutral => Self::Neutral,
        }
    }
}

#[derive(Debug, Args)]
pub struct Extract {
    #[command(flatten)]
    pub model: ModelArguments,
    /// File of a trait (JSON, see items/README.md); may be given several times.
    #[arg(long = "trait", value_name = "FILE", required = true)]
    pub traits: Vec<PathBuf>,
    /// Which streams are compared.
    #[arg(long, value_enum, default_value = "statements")]
    pub method: MethodArgument,
    /// File to write: a GGUF control vector of one trait where the name ends in .gguf, else safetensors.
    #[arg(long)]
    pub out: PathBuf,
    /// Write 32 bits a value into safetensors, in the place of 16.
    #[arg(long)]
    pub f32: bool,
    /// Tokens of a response at most.
    #[arg(long, default_value_t = 64)]
    pub max_tokens: usize,
    /// How responses are drawn; 0 for the most likely token each time.
    #[arg(long, default_value_t = 0.0)]
    pub temperature: f32,
    /// Seed of the responses.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub struct Project {
    #[command(flatten)]
    pub model: ModelArguments,
    #[command(flatten)]
    pub prompt: PromptArguments,
    /// File of directions.
    #[arg(long)]
    pub vectors: PathBuf,
    /// Which direction: TRAIT@LAYER; may be given several times.
    #[arg(long = "at", value_name = "TRAIT@LAYER", required = true)]
    pub at: Vec<Place>,
}

#[derive(Debug, Args)]
pub struct Steer {
    #[command(flatten)]
    pub text: Generate,
    #[command(flatten)]
    pub steering: Steered,
}

/// Edits that have to be given.
#[derive(Debug, Args)]
pub struct Steered {
    /// File of directions.
    #[arg(long)]
    pub vectors: PathBuf,
    /// Which direction, and how much of it in units of the stream's length: TRAIT@LAYER=DOSE, such as
    /// agreeableness@22=-0.2, or TRAIT@LAYER=ablate; may be given several times.
    #[arg(long = "steer", value_name = "TRAIT@LAYER=DOSE", required = true)]
    pub steer: Vec<Dose>,
    /// Which tokens.
    #[arg(long, value_enum, default_value = "all")]
    pub positions: PositionsArgument,
}

/// Edits that may be given.
#[derive(Debug, Args)]
pub struct OptionalSteering {
    /// File of directions, with --steer.
    #[arg(long, requires = "steer")]
    pub vectors: Option<PathBuf>,
    /// An edit while the items are asked: TRAIT@LAYER=DOSE or TRAIT@LAYER=ablate; may be given several times.
    #[arg(long = "steer", value_name = "TRAIT@LAYER=DOSE", requires = "vectors")]
    pub steer: Vec<Dose>,
    /// Which tokens are edited.
    #[arg(long, value_enum, default_value = "all")]
    pub positions: PositionsArgument,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PositionsArgument {
    All,
    Prompt,
    Response,
    Last,
}

impl From<PositionsArgument> for Positions {
    fn from(positions: PositionsArgument) -> Self {
        match positions {
            PositionsArgument::All => Self::All,
            PositionsArgument::Prompt => Self::Prompt,
            PositionsArgument::Response => Self::Response,
            PositionsArgument::Last => Self::Last,
        }
    }
}

/// A direction: a trait at a layer.
#[derive(Debug, Clone)]
pub struct Place {
    pub trait_name: String,
    pub layer: usize,
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || "wanted is TRAIT@LAYER, such as agreeableness@22".to_owned();
        let (name, layer) = text.rsplit_once('@').ok_or_else(wanted)?;
        let layer = layer.parse().map_err(|_| wanted())?;
        Ok(Self {
            trait_name: name.to_owned(),
            layer,
        })
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.trait_name, self.layer)
    }
}

/// A direction and what is done along it.
#[derive(Debug, Clone)]
pub struct Dose {
    pub place: Place,
    pub edit: SteeringEdit,
}

impl Display for Dose {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self.edit {
            SteeringEdit::Add { dose } => write!(f, "{}={dose}", self.place),
            _ => write!(f, "{}=ablate", self.place),
        }
    }
}

impl FromStr for Dose {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || "wanted is TRAIT@LAYER=DOSE, such as agreeableness@22=-0.2".to_owned();
        let (place, dose) = text.rsplit_once('=').ok_or_else(wanted)?;
        let edit = match dose {
            "ablate" => SteeringEdit::Ablate,
            _ => SteeringEdit::Add {
                dose: dose.parse().map_err(|_| wanted())?,
            },
        };
        Ok(Self {
            place: place.parse()?,
            edit,
        })
    }
}
