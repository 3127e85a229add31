//! Answers that a study has the model write.

use crate::Result;
use crate::engine::Engine;
use crate::host::Host;
use crate::model::{GenerateRequest, GenerateResult, Hooks};
use crate::prompt::Role;

/// Tokens of an answer at most, where a request does not say.
pub(super) fn default_tokens() -> usize {
    48
}

/// How answers are drawn, where a request does not say. Small models that take the likeliest token each time repeat
/// themselves.
pub(super) fn default_temperature() -> f32 {
    0.7
}

/// Answer number `index`; each has a seed of its own.
pub(super) async fn draw(
    engine: &mut Engine,
    prompt: &[u32],
    how: GenerateRequest,
    index: usize,
    hooks: &dyn Fn(&[Role]) -> Hooks,
    host: &dyn Host,
) -> Result<GenerateResult> {
    let Engine { model, tokenizer, .. } = engine;
    let how = GenerateRequest {
        seed: how.seed.wrapping_add(index as u64),
        ..how
    };
    model
        .generate(prompt, how, |id| tokenizer.is_end(id), host, hooks, |_| ())
        .await
}
