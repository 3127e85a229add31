//! What an argument may be one of.

use clap::ValueEnum;
use traitscope::device::DeviceChoice;
use traitscope::engine::PromptMode;
use traitscope::measure::Readout;
use traitscope::ops::Activations;
use traitscope::steer::{Method, Positions};

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
