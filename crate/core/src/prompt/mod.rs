//! What is put to the model: question templates, and trees that let prompts share what they have in common.

pub mod templates;
mod tree;

pub use tree::{NodeId, PromptTree, TokenBatch};
