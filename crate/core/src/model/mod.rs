//! The decoder, written once over the operations of [`crate::ops`]; the device of its tensors decides what runs.

mod architecture;
mod block;
mod config;
mod decoder;
mod generate;
mod head;
mod hooks;
#[cfg(test)]
mod hostile_tests;
mod kept;
mod load;
mod loader;
mod memory;
mod pairs;
mod prefix;
mod projection;
mod readback;
mod stage;
mod table;
mod tensors;
mod window;

pub use crate::ops::edit::Edit;
pub use architecture::Architecture;
pub use config::Config;
pub use decoder::{Model, Output, Read};
pub use generate::{GenerateRequest, GenerateResult, Step, Stop};
pub use head::top;
pub use hooks::{Condition, Direction, Hooks, Intervention, Probe, Projections, Rows, Side, Site};
pub use load::{LoadOptions, load};
pub use window::Window;
