//! A loaded model with its tokenizer, chat template and the file it came from.

use crate::device::{Compute, DeviceChoice, DeviceInfo, DeviceKind};
use crate::gguf::{Gguf, ReadAt};
use crate::host::Host;
use crate::model::{self, Config, LoadOptions, Model};
use crate::ops::Activations;
use crate::selftest::Golden;
use crate::text::{ChatTemplate, Message, Rendered, Tokenizer};
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How to open a model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct OpenOptions {
    /// Where to run it.
    pub device: DeviceChoice,
    /// Name for reports; the file's own name where this is empty.
    pub name: String,
    /// Hash of the file, if known.
    pub sha256: Option<String>,
    /// Numbers this very file must give (from the catalogue).
    pub golden: Option<Golden>,
}

/// Facts about a loaded model, for the page and for reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ModelInfo {
    /// Name.
    pub name: String,
    /// Hash of the file, if known.
    pub sha256: Option<String>,
    /// Architecture, as the file names it.
    pub architecture: String,
    /// The block format most weights are stored in.
    pub quantisation: String,
    /// Weights.
    #[cfg_attr(test, ts(type = "number"))]
    pub parameters: u64,
    /// Size of the file.
    #[cfg_attr(test, ts(type = "number"))]
    pub bytes: u64,
    /// Blocks.
    pub layers: usize,
    /// Width of the residual stream.
    pub width: usize,
    /// Query heads.
    pub heads: usize,
    /// Key and value heads.
    pub kv_heads: usize,
    /// Tokens it knows.
    pub vocabulary: usize,
    /// Longest context it was made for.
    pub context: usize,
    /// Licence, as the file names it.
    pub licence: Option<String>,
    /// Whether the file holds a chat template; a base model has none.
    pub has_chat_template: bool,
    /// Where it runs.
    pub device: DeviceInfo,
}

/// How a prompt is wrapped before the model sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum PromptMode {
    /// The chat template where there is one, else raw.
    #[default]
    Auto,
    /// The model's chat template.
    Chat,
    /// Plain text, for base models.
    Raw,
}

/// A model ready to answer.
pub struct Engine {
    /// The decoder.
    pub model: Model,
    /// Text to tokens.
    pub tokenizer: Tokenizer,
    /// What the file says a chat looks like.
    pub template: Option<ChatTemplate>,
    /// Numbers this file must give, if it is in the catalogue.
    pub golden: Option<Golden>,
    facts: ModelInfo,
    source: Rc<dyn ReadAt>,
    gguf: Gguf,
}

impl Engine {
    /// Reads the header, chooses the device and loads the weights.
    ///
    /// With [`DeviceChoice::Auto`] a GPU that turns out too small or is lost while loading gives way to the CPU,
    /// and [`ModelInfo::device`] says so.
    ///
    /// # Errors
    /// Whatever is wrong with the file or the device; [`Error::Cancelled`] on request.
    pub async fn open(source: Rc<dyn ReadAt>, options: OpenOptions, host: &dyn Host) -> Result<Self> {
        let gguf = Gguf::read(&*source)?;
        // What the header alone shows to be wrong is said before a device is asked for and gigabytes are read.
        let vocabulary = Config::from_gguf(&gguf)?.vocabulary;
        let tokenizer = Tokenizer::from_gguf(&gguf.metadata)?;
        if tokenizer.vocab_size() != vocabulary {
            return Err(Error::ModelTensor(format!(
                "the tokenizer has {} tokens, the embedding {vocabulary}",
                tokenizer.vocab_size()
            )));
        }
        let template = ChatTemplate::from_gguf(&gguf.metadata)?;
        let compute = Compute::choose(options.device).await?;
        let on_gpu = compute.max_binding.is_some();
        let model = match model::load(&*source, &gguf, &compute, LoadOptions::default(), host).await {
            Err(error @ (Error::DeviceMemory(_) | Error::DeviceLost(_)))
                if on_gpu && options.device == DeviceChoice::Auto =>
            {
                let cpu = Compute::cpu().instead_of_gpu(&error);
                model::load(&*source, &gguf, &cpu, LoadOptions::default(), host).await?
            }
            loaded => loaded?,
        };
        let facts = facts(&gguf, &model, &options, source.len(), template.is_some())?;
        Ok(Self {
            model,
            tokenizer,
            template,
            golden: options.golden,
            facts,
            source,
            gguf,
        })
    }

    /// Facts about the model and where it runs now.
    pub fn info(&self) -> ModelInfo {
        ModelInfo {
            device: self.model.compute.info.clone(),
            ..self.facts.clone()
        }
    }

    /// Computes with these activations from now on. A GPU takes them as they are whatever is asked for; what is used
    /// is returned.
    pub fn compute_with(&mut self, activations: Activations) -> Activations {
        let compute = &mut self.model.compute;
        compute.activations = match compute.info.kind {
            DeviceKind::Cpu => activations,
            DeviceKind::Gpu => Activations::F32,
        };
        compute.activations
    }

    /// A second model from the same file, on the CPU.
    ///
    /// # Errors
    /// As loading.
    pub async fn cpu_twin(&self, host: &dyn Host) -> Result<Model> {
        model::load(
            &*self.source,
            &self.gguf,
            &Compute::cpu(),
            LoadOptions::default(),
            host,
        )
        .await
    }

    /// Whether prompts go through the chat template.
    ///
    /// # Errors
    /// [`Error::RequestInvalid`] where a chat is asked of a model without a template.
    pub fn is_chat(&self, mode: PromptMode) -> Result<bool> {
        match (mode, &self.template) {
            (PromptMode::Chat, None) => Err(Error::RequestInvalid(
                "this model has no chat template; use the raw mode".into(),
            )),
            (PromptMode::Raw, _) | (PromptMode::Auto, None) => Ok(false),
            (PromptMode::Chat | PromptMode::Auto, Some(_)) => Ok(true),
        }
    }

    /// A user's turn up to the point where the model answers.
    ///
    /// In raw mode the system text, if any, stands before the user's, and the prompt ends with it.
    ///
    /// # Errors
    /// What the template gives.
    pub fn ask(&self, mode: PromptMode, system: Option<&str>, user: &str) -> Result<Rendered> {
        let system = system.filter(|text| !text.is_empty());
        match &self.template {
            Some(template) if self.is_chat(mode)? => {
                let mut messages: Vec<Message> = system
                    .map(|text| Message::new("system", text))
                    .into_iter()
                    .collect();
                messages.push(Message::new("user", user));
                template.render(&messages, true)
            }
            _ => {
                self.is_chat(mode)?;
                Ok(Rendered::raw(system.map_or(user.to_string(), |system| {
                    format!("{system}\n\n{user}")
                })))
            }
        }
    }

    /// Tokens of a chat up to the point where the model answers.
    ///
    /// # Errors
    /// [`Error::RequestInvalid`] for a model without a chat template, and what the template gives.
    pub fn chat_tokens(&self, messages: &[Message]) -> Result<Vec<u32>> {
        self.is_chat(PromptMode::Chat)?;
        match &self.template {
            Some(template) => self.tokenizer.encode_rendered(&template.render(messages, true)?),
            None => Ok(Vec::new()),
        }
    }
}

fn facts(
    gguf: &Gguf,
    model: &Model,
    options: &OpenOptions,
    bytes: u64,
    has_chat_template: bool,
) -> Result<ModelInfo> {
    let meta = &gguf.metadata;
    let text = |key: &str| meta.opt_str(key).map(|value| value.map(str::to_string));
    let mut formats: BTreeMap<&str, u64> = BTreeMap::new();
    for tensor in &gguf.tensors {
        *formats.entry(tensor.format.name()).or_default() += tensor.shape.iter().product::<u64>();
    }
    let name = if options.name.is_empty() {
        text("general.name")?.unwrap_or_default()
    } else {
        options.name.clone()
    };
    let config = &model.config;
    Ok(ModelInfo {
        name,
        sha256: options.sha256.clone(),
        architecture: meta.str("general.architecture")?.to_string(),
        quantisation: formats
            .iter()
            .max_by_key(|(_, weights)| **weights)
            .map_or("", |(format, _)| format)
            .to_string(),
        parameters: formats.values().sum(),
        bytes,
        layers: config.layers,
        width: config.width,
        heads: config.heads.heads,
        kv_heads: config.heads.kv_heads,
        vocabulary: config.vocabulary,
        context: config.context,
        licence: text("general.license")?,
        has_chat_template,
        device: model.compute.info.clone(),
    })
}
