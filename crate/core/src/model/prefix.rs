//! Prefix caching: what the prompts of a forward begin with is not computed again where the last one began alike.

use super::decoder::Model;
use crate::ops::Activations;

/// What is known of the first slots of the KV cache.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Prefix {
    /// Their tokens, from the start of a prompt, in a stream that nothing edited.
    pub(super) tokens: Vec<u32>,
    /// What the activations were.
    pub(super) activations: Activations,
}

impl Model {
    /// How many tokens of a prompt the cache holds from the last forward, computed as they would be now: a batch may
    /// leave them out, see [`crate::prompt::PromptTree::batch_after`].
    pub fn kept(&self, prompt: &[u32]) -> usize {
        if self.prefix.activations != self.compute.activations {
            return 0;
        }
        let pairs = self.prefix.tokens.iter().zip(prompt);
        pairs.take_while(|(a, b)| a == b).count()
    }
}
