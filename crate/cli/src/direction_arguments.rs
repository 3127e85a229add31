//! What can be asked for about directions.

use crate::arguments::{Generate, ModelArguments, PromptArguments, TestArguments};
use crate::choices::{MethodArgument, ModeArgument, PositionsArgument};
use clap::Args;
use std::fmt::{Display, Formatter};
use std::path::PathBuf;
use std::str::FromStr;
use traitscope::steer::SteeringEdit;

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
    /// Take out of each direction what it shares with those before it.
    #[arg(long)]
    pub orthogonal: bool,
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
    /// Take out of each direction what it shares with those before it.
    #[arg(long, requires = "steer")]
    pub orthogonal: bool,
    /// Which tokens are edited.
    #[arg(long, value_enum, default_value = "all")]
    pub positions: PositionsArgument,
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

#[derive(Debug, Args)]
pub struct Effect {
    #[command(flatten)]
    pub model: ModelArguments,
    #[command(flatten)]
    pub test: TestArguments,
    /// File of directions.
    #[arg(long)]
    pub vectors: PathBuf,
    /// A direction: TRAIT@LAYER, or TRAIT@LAYER,LAYER: the layer is then chosen on every other item, by the effect on the trait of
    /// the same name, and everything is reported on the rest. May be given several times.
    #[arg(long = "direction", value_name = "TRAIT@LAYERS", required = true)]
    pub directions: Vec<Layers>,
    /// Doses, in units of the mean length of the stream.
    #[arg(
        long,
        value_delimiter = ',',
        allow_hyphen_values = true,
        default_value = "-0.4,-0.3,-0.2,-0.1,0.1,0.2,0.3,0.4"
    )]
    pub doses: Vec<f32>,
    /// Directions of chance of each kind beside each direction.
    #[arg(long, default_value_t = 20)]
    pub chance: usize,
    /// Doses of the directions of chance; the largest of the others, both ways, without it.
    #[arg(long, value_delimiter = ',', allow_hyphen_values = true)]
    pub chance_doses: Vec<f32>,
    /// File of a trait, to draw the sides of its statements anew: the harder kind of chance. May be given several times.
    #[arg(long = "trait", value_name = "FILE")]
    pub traits: Vec<PathBuf>,
    /// Ask for the traits in words too: the first pair of instructions of each --trait as system prompts.
    #[arg(long, requires = "traits", conflicts_with = "system")]
    pub personas: bool,
    /// Which tokens are edited.
    #[arg(long, value_enum, default_value = "all")]
    pub positions: PositionsArgument,
    /// File to write every row to, a line of JSON each.
    #[arg(long)]
    pub rows: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Coherence {
    #[command(flatten)]
    pub model: ModelArguments,
    /// File of directions.
    #[arg(long)]
    pub vectors: PathBuf,
    /// The direction: TRAIT@LAYER.
    #[arg(long, value_name = "TRAIT@LAYER")]
    pub direction: Place,
    /// Doses, in units of the mean length of the stream.
    #[arg(
        long,
        value_delimiter = ',',
        allow_hyphen_values = true,
        default_value = "-0.4,-0.3,-0.2,-0.1,0.1,0.2,0.3,0.4"
    )]
    pub doses: Vec<f32>,
    /// A question; may be given several times.
    #[arg(long = "ask", value_name = "TEXT")]
    pub questions: Vec<String>,
    /// File of a trait, whose questions for evaluation are asked.
    #[arg(long = "trait", value_name = "FILE", required_unless_present = "questions")]
    pub artefact: Option<PathBuf>,
    /// System prompt.
    #[arg(long)]
    pub system: Option<String>,
    /// Through the chat template or as raw text.
    #[arg(long, value_enum, default_value = "auto")]
    pub mode: ModeArgument,
    /// Tokens of an answer at most.
    #[arg(long, default_value_t = 48)]
    pub max_tokens: usize,
    /// How answers are drawn; 0 for the most likely token each time, which makes small models repeat themselves.
    #[arg(long, default_value_t = 0.7)]
    pub temperature: f32,
    /// Seed of the answers, the same under every dose.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Which tokens are edited.
    #[arg(long, value_enum, default_value = "all")]
    pub positions: PositionsArgument,
}

#[derive(Debug, Args)]
pub struct Monitor {
    #[command(flatten)]
    pub model: ModelArguments,
    #[command(flatten)]
    pub test: TestArguments,
    /// File of directions.
    #[arg(long)]
    pub vectors: PathBuf,
    /// Where the meter stands: TRAIT@LAYER.
    #[arg(long, value_name = "TRAIT@LAYER")]
    pub at: Place,
    /// File of a trait, whose instructions are the system prompts; may be given several times.
    #[arg(long = "trait", value_name = "FILE", conflicts_with = "system")]
    pub traits: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Difference {
    #[command(flatten)]
    pub model: ModelArguments,
    /// File of directions.
    #[arg(long)]
    pub vectors: PathBuf,
    /// Where the meter stands: TRAIT@LAYER.
    #[arg(long, value_name = "TRAIT@LAYER")]
    pub at: Place,
    /// File of the texts: JSON, lines of JSON, or plain lines, with a tab between question and answer.
    #[arg(long)]
    pub texts: PathBuf,
    /// System prompt of texts with a question.
    #[arg(long)]
    pub system: Option<String>,
    /// Through the chat template or as raw text.
    #[arg(long, value_enum, default_value = "auto")]
    pub mode: ModeArgument,
    /// Tokens of an answer of the model at most.
    #[arg(long, default_value_t = 48)]
    pub max_tokens: usize,
    /// How answers of the model are drawn; 0 for the most likely token each time.
    #[arg(long, default_value_t = 0.7)]
    pub temperature: f32,
    /// Seed of the answers.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
}

/// A trait at one layer or several.
#[derive(Debug, Clone)]
pub struct Layers {
    pub trait_name: String,
    pub layers: Vec<usize>,
}

impl FromStr for Layers {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || "wanted is TRAIT@LAYER or TRAIT@LAYER,LAYER, such as agreeableness@20,22".to_owned();
        let (name, layers) = text.rsplit_once('@').ok_or_else(wanted)?;
        let layers = layers
            .split(',')
            .map(str::parse)
            .collect::<Result<Vec<usize>, _>>();
        Ok(Self {
            trait_name: name.to_owned(),
            layers: layers.map_err(|_| wanted())?,
        })
    }
}
