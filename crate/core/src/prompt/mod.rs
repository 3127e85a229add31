//! What is put to the model: question templates, and trees that let prompts share what they have in common.

mod prefix;
pub mod templates;
mod tree;

pub use prefix::PrefixCache;
pub use tree::{NodeId, PromptTree, TokenBatch};
