//! The decoder, written once over the operations of [`crate::ops`]; the device of its tensors decides what runs.

mod block;
mod config;
mod decoder;
mod generate;
#[cfg(test)]
mod hostile_tests;
mod load;
mod memory;
mod projection;

pub use config::Config;
pub use decoder::{Model, Output, Read, top};
pub use generate::{GenerateRequest, GenerateResult, Stop};
pub use load::{LoadOptions, load};
