//! Everything that can go wrong, each kind with a stable code.
//!
//! The message says what is wrong and what to do about it; it may quote names from a file, so whoever
//! shows it must show it as text. Codes are part of the public interface and never change meaning.

use thiserror::Error as ThisError;

/// Result with this crate's [`Error`].
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// An error of this crate; [`Error::code`] is stable, the message is for people.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub enum Error {
    /// Not a GGUF file, or a big-endian one.
    #[error("not a GGUF model file: {0}")]
    GgufMagic(String),
    /// A GGUF version this reader does not know.
    #[error("GGUF version {0} is not supported: only versions 2 and 3 are")]
    GgufVersion(u32),
    /// The file ends before what its header promises.
    #[error("the model file is cut short: {0}. Download or copy it again")]
    GgufTruncated(String),
    /// A count or length that cannot be true for a file of this size.
    #[error("the model file asks for more than it holds: {0}")]
    GgufLimit(String),
    /// A value that breaks a rule of the format.
    #[error("the model file is damaged: {0}")]
    GgufInvalid(String),
    /// An architecture, tokenizer, chat template or tensor type this program does not run.
    #[error("this model is not supported: {0}")]
    ModelUnsupported(String),
    /// A tensor is missing, surplus, or does not fit the configuration.
    #[error("the model's tensors do not fit together: {0}")]
    ModelTensor(String),
    /// The file differs from what the catalogue says it is.
    #[error("the model file is not the one the catalogue names: {0}")]
    ModelChecksum(String),
    /// The prompt does not fit the model's context or the cache.
    #[error("the text is too long: {0}")]
    PromptLength(String),
    /// A prompt that cannot be built or a token that does not exist.
    #[error("the prompt cannot be used: {0}")]
    PromptInvalid(String),
    /// The chat template of the model failed.
    #[error("the model's chat template failed: {0}")]
    TemplateFailed(String),
    /// The model does not fit the device.
    #[error("the model does not fit this device: {0}")]
    DeviceMemory(String),
    /// No usable GPU.
    #[error("no usable GPU: {0}")]
    DeviceUnavailable(String),
    /// The GPU was lost or its results are invalid.
    #[error("the GPU was lost: {0}")]
    DeviceLost(String),
    /// The device computes wrong numbers.
    #[error("the device failed its self-test: {0}")]
    DeviceSelfTest(String),
    /// A direction that points nowhere or holds values that are not numbers.
    #[error("the direction cannot be used: {0}. Extract or load it again")]
    DirectionInvalid(String),
    /// A direction of another width than the model's.
    #[error("the direction is not one of this model: {0}. Use one that was made with this model")]
    DirectionWidth(String),
    /// A layer that the model does not have.
    #[error("the model has no such layer: {0}. Choose one of these")]
    DirectionLayer(String),
    /// A strength, bound or threshold of an edit that makes no sense, or one beyond what numbers hold.
    #[error("the strength of the edit cannot be used: {0}. Choose another")]
    DirectionAlpha(String),
    /// A file of directions that cannot be read.
    #[error("the file of directions cannot be used: {0}")]
    DirectionFile(String),
    /// Directions of another model than the one that is loaded.
    #[error(
        "the directions are not of this model: {0}. Use those that were made with it, or extract them again"
    )]
    DirectionModel(String),
    /// A trait, or a list of texts, from which no direction can be made.
    #[error("no direction can be made of this: {0}")]
    ContrastInvalid(String),
    /// A data set that cannot be used; says which text.
    #[error("the texts cannot be used: {0}")]
    TextsInvalid(String),
    /// An item file that cannot be used; says which row and field.
    #[error("the item file cannot be used: {0}")]
    ItemsInvalid(String),
    /// A study file that cannot be used.
    #[error("the study cannot be carried out: {0}")]
    StudyInvalid(String),
    /// A request whose settings make no sense.
    #[error("the request cannot be carried out: {0}")]
    RequestInvalid(String),
    /// Stopped by the user; what was finished is kept.
    #[error("stopped on request")]
    Cancelled,
    /// Reading the source failed.
    #[error("reading failed: {0}")]
    Io(String),
    /// Writing a result failed.
    #[error("writing failed: {0}. Choose a place where files can be written")]
    Write(String),
}

impl Error {
    /// The stable code of this kind of error, such as `gguf.truncated`.
    pub fn code(&self) -> &'static str {
        match self {
            Error::GgufMagic(_) => "gguf.magic",
            Error::GgufVersion(_) => "gguf.version",
            Error::GgufTruncated(_) => "gguf.truncated",
            Error::GgufLimit(_) => "gguf.limit",
            Error::GgufInvalid(_) => "gguf.invalid",
            Error::ModelUnsupported(_) => "model.unsupported",
            Error::ModelTensor(_) => "model.tensor",
            Error::ModelChecksum(_) => "model.checksum",
            Error::PromptLength(_) => "prompt.length",
            Error::PromptInvalid(_) => "prompt.invalid",
            Error::TemplateFailed(_) => "template.failed",
            Error::DeviceMemory(_) => "device.memory",
            Error::DeviceUnavailable(_) => "device.unavailable",
            Error::DeviceLost(_) => "device.lost",
            Error::DeviceSelfTest(_) => "device.selftest",
            Error::DirectionInvalid(_) => "direction.invalid",
            Error::DirectionWidth(_) => "direction.width",
            Error::DirectionLayer(_) => "direction.layer",
            Error::DirectionAlpha(_) => "direction.alpha",
            Error::DirectionFile(_) => "direction.file",
            Error::DirectionModel(_) => "direction.model",
            Error::ContrastInvalid(_) => "contrast.invalid",
            Error::TextsInvalid(_) => "texts.invalid",
            Error::ItemsInvalid(_) => "items.invalid",
            Error::StudyInvalid(_) => "study.invalid",
            Error::RequestInvalid(_) => "request.invalid",
            Error::Cancelled => "run.cancelled",
            Error::Io(_) => "io.read",
            Error::Write(_) => "io.write",
        }
    }
}
