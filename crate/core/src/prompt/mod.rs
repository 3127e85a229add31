//! What is put to the model: question templates, and trees that let prompts share what they have in common.

pub mod frame;
pub mod labels;
mod role;
pub mod statements;
pub mod templates;
mod tree;

pub use role::Role;
pub use tree::{NodeId, PromptTree, TokenBatch};
