//! From the texts of a trait to its directions.

use serde::{Deserialize, Serialize};

use super::artefact::TraitArtefact;
use super::pool::{Pooled, Sample, pool};
use super::prompts::{Prompts, Sets};
use super::responses::{self, Response};
use super::vectors::{LayerVector, TraitVectors, length};
use crate::engine::{Engine, PromptMode};
use crate::host::Host;
use crate::ops::Activations;
use crate::{Error, Result};

/// Which streams are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Mean over first-person statements of either side; the strongest where a model is too small to follow instructions.
    #[default]
    Statements,
    /// Mean over the model's own answers under either instruction, those that show it (arXiv 2507.21509, section 2.2).
    Responses,
    /// Last token of the prompt under either instruction (the same, appendix on prompt positions).
    LastPrompt,
    /// Mean over the prompt under either instruction.
    PromptMean,
    /// The letter of the high statement less that of the low one, as answers to which of the two fits (CAA,
    /// arXiv 2312.06681, section 3).
    Letters,
    /// Last token of the prompt with the high instruction less without any (arXiv 2412.10427).
    Neutral,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Statements,
        Self::Responses,
        Self::LastPrompt,
        Self::PromptMean,
        Self::Letters,
        Self::Neutral,
    ];

    /// The one of this name, if any.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }

    /// Its name in requests and files.
    pub fn name(self) -> &'static str {
        match self {
            Method::Statements => "statements",
            Method::Responses => "responses",
            Method::LastPrompt => "last-prompt",
            Method::PromptMean => "prompt-mean",
            Method::Letters => "letters",
            Method::Neutral => "neutral",
        }
    }
}

/// Of what, and how, directions are made. The same request and model give the same directions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct ExtractRequest {
    /// The trait.
    pub artefact: TraitArtefact,
    /// Which streams are compared.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub method: Method,
    /// Chat or raw, where there are questions.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub prompt_mode: PromptMode,
    /// Tokens of a response at most.
    #[serde(default = "default_max_tokens")]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub max_tokens: usize,
    /// How responses are drawn; 0 takes the likeliest token each time.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub temperature: f32,
    /// Seed of the responses.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<u32>"))]
    pub seed: u64,
    /// Responses that an earlier run of the same request has already drawn.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub responses: Vec<Response>,
}

fn default_max_tokens() -> usize {
    64
}

impl ExtractRequest {
    /// A request with nothing out of the ordinary.
    pub fn new(artefact: TraitArtefact, method: Method) -> Self {
        Self {
            artefact,
            method,
            prompt_mode: PromptMode::Auto,
            max_tokens: default_max_tokens(),
            temperature: 0.0,
            seed: 0,
            responses: Vec::new(),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Extraction {
    /// The directions at every layer, with what neutral text is like along them.
    pub vectors: TraitVectors,
    /// For each layer how well it tells apart texts that it was not made of ([`Pooled::separation`]); nothing with fewer
    /// than two texts a side.
    pub separation: Vec<Option<f64>>,
    /// Texts of the high side that were compared.
    pub high: usize,
    /// Texts of the low side.
    pub low: usize,
    /// Responses with what the filter says of each; nothing for other methods.
    pub responses: Vec<Response>,
}

/// Makes the directions of a trait.
///
/// `on_response` hears every response as it is drawn, so that a run that ends early can be gone on with.
///
/// # Errors
/// [`Error::ContrastInvalid`] for a trait that lacks what the method needs, or no responses that show it;
/// [`Error::PromptLength`] for a text that does not fit, before anything is computed; [`Error::Cancelled`] on request, and
/// what a forward gives.
pub async fn extract(
    engine: &mut Engine,
    request: &ExtractRequest,
    host: &dyn Host,
    on_response: &mut dyn FnMut(&Response),
) -> Result<Extraction> {
    let (pooled, responses) = streams(engine, request, host, on_response).await?;
    let info = engine.info();
    let layers = 0..=info.layers;
    let vector = |layer| LayerVector {
        layer,
        vector: pooled.difference(layer),
        neutral: None,
    };
    // Where both sides end alike, the embedding's outputs do not differ: no direction, and nothing to steer.
    let pointing = |at: &LayerVector| length(&at.vector) > 0.0;
    let mut vectors = TraitVectors {
        trait_name: request.artefact.name.clone(),
        method: request.method.name().into(),
        architecture: info.architecture,
        model_sha256: info.sha256,
        layers: layers.clone().map(vector).filter(pointing).collect(),
    };
    vectors.calibrate(engine, host).await?;
    Ok(Extraction {
        vectors,
        separation: layers.map(|layer| pooled.separation(layer)).collect(),
        high: pooled.high.len(),
        low: pooled.low.len(),
        responses,
    })
}

/// The mean streams from which directions are made, for whoever wants more of them than their difference; with the
/// responses, if that is the method.
///
/// # Errors
/// As [`extract`].
pub async fn streams(
    engine: &mut Engine,
    request: &ExtractRequest,
    host: &dyn Host,
    on_response: &mut dyn FnMut(&Response),
) -> Result<(Pooled, Vec<Response>)> {
    request.artefact.check()?;
    engine.compute_with(Activations::F32);
    let prompts = Prompts {
        engine,
        mode: request.prompt_mode,
        artefact: &request.artefact,
    };
    let mut responses = Vec::new();
    let sets = match request.method {
        Method::Statements => prompts.statements()?,
        Method::LastPrompt => prompts.instructed(Sample::last)?,
        Method::PromptMean => prompts.instructed(Sample::whole)?,
        Method::Letters => prompts.letters()?,
        Method::Neutral => prompts.against_none()?,
        Method::Responses => {
            responses = responses::draw(engine, request, host, on_response).await?;
            responses::sets(engine, request, &responses)?
        }
    };
    let Sets { high, low } = sets;
    if high.is_empty() || low.is_empty() {
        return Err(Error::ContrastInvalid(
            "no text is left on one of the sides; choose another method or more questions".into(),
        ));
    }
    let count = high.len();
    let mut pooled = pool(engine, &[high, low].concat(), host).await?;
    let low = pooled.split_off(count);
    let width = engine.model.config.width;
    Ok((
        Pooled {
            width,
            high: pooled,
            low,
        },
        responses,
    ))
}
