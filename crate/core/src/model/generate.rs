//! Writing text token by token.

use super::decoder::{Model, Read};
use super::hooks::{Hooks, Projections};
use crate::host::Host;
use crate::prompt::{Role, TokenBatch};
use crate::random::SplitMix64;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};

/// How to write.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GenerateRequest {
    /// Tokens at most.
    pub max_tokens: usize,
    /// 0 takes the most likely token each time; above, samples from `softmax(logits / temperature)`.
    pub temperature: f32,
    /// Seed of the sampling.
    pub seed: u64,
}

/// Why writing stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Stop {
    /// The model ended its turn.
    End,
    /// The limit of tokens or of the cache.
    Length,
    /// On request.
    Cancelled,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenerateResult {
    /// The new tokens, without the one that ended the turn.
    pub tokens: Vec<u32>,
    /// Why it ended.
    pub stop: Stop,
}

/// What a forward of a text that is being written brings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step<'a> {
    /// What the probes found at the tokens that were read: first those of the prompt, then one at a time.
    pub probes: &'a [Projections],
    /// The token that follows them; none after the last.
    pub next: Option<u32>,
}

impl Model {
    /// Continues `prompt`; `on_step` hears each new token, and what was measured at those before it.
    ///
    /// `hooks` says what is edited and measured in a forward whose tokens have these roles: first those of the prompt,
    /// then one of the response at a time.
    ///
    /// # Errors
    /// What [`Model::forward_each`] gives, and [`Error::RequestInvalid`] for a temperature below 0.
    pub async fn generate(
        &mut self,
        prompt: &[u32],
        request: GenerateRequest,
        is_end: impl Fn(u32) -> bool,
        host: &dyn Host,
        hooks: &dyn Fn(&[Role]) -> Hooks,
        mut on_step: impl FnMut(Step<'_>),
    ) -> Result<GenerateResult> {
        if !(request.temperature >= 0.0 && request.temperature.is_finite()) {
            return Err(Error::RequestInvalid(format!(
                "a temperature of {} makes no sense",
                request.temperature
            )));
        }
        let mut random = SplitMix64::new(request.seed);
        let mut tokens = Vec::new();
        let mut batch = TokenBatch::sequence(prompt, 0);
        let mut past = 0;
        let stop = loop {
            let rows = batch.tokens.len();
            let wanted = tokens.len() < request.max_tokens;
            let read = Read {
                logits: if wanted {
                    vec![rows.saturating_sub(1)]
                } else {
                    Vec::new()
                },
                ..Read::default()
            };
            let hooks = hooks(&Role::of(prompt.len(), past, rows));
            if !wanted && hooks.probes.is_empty() {
                break Stop::Length;
            }
            let mut outputs = self.forward_each(&batch, &read, &[hooks]).await?;
            let output = outputs.pop().unwrap_or_default();
            past += rows;
            let next = output
                .logits
                .first()
                .map(|logits| choose(logits, request.temperature, &mut random))
                .filter(|next| !is_end(*next));
            on_step(Step {
                probes: &output.probes,
                next,
            });
            let Some(next) = next else {
                break if wanted { Stop::End } else { Stop::Length };
            };
            tokens.push(next);
            host.pause().await;
            if host.cancelled() {
                break Stop::Cancelled;
            }
            if past >= self.slots() {
                break Stop::Length;
            }
            batch = TokenBatch::sequence(&[next], past);
        };
        Ok(GenerateResult { tokens, stop })
    }
}

/// The next token: the first of the largest logits, or a sample.
fn choose(logits: &[f32], temperature: f32, random: &mut SplitMix64) -> u32 {
    let mut best = 0;
    for (id, value) in logits.iter().enumerate() {
        if *value > logits[best] {
            best = id;
        }
    }
    if temperature == 0.0 {
        return best as u32;
    }
    let weights = logits
        .iter()
        .map(|value| f64::from((value - logits[best]) / temperature).exp());
    let mut left = random.uniform() * weights.clone().sum::<f64>();
    for (id, weight) in weights.enumerate() {
        left -= weight;
        if left < 0.0 {
            return id as u32;
        }
    }
    best as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greedy_takes_the_first_of_equals_and_sampling_follows_the_probabilities() {
        let logits = [0.0, 2.0, 2.0, -1.0];
        assert_eq!(choose(&logits, 0.0, &mut SplitMix64::new(1)), 1);
        let mut counts = [0usize; 4];
        let mut random = SplitMix64::new(7);
        for _ in 0..20_000 {
            counts[choose(&logits, 2.0, &mut random) as usize] += 1;
        }
        let weights: Vec<f64> = logits.iter().map(|l| f64::from(l / 2.0).exp()).collect();
        let total: f64 = weights.iter().sum();
        for (count, weight) in counts.iter().zip(weights) {
            assert!(
                (*count as f64 / 20_000.0 - weight / total).abs() < 0.015,
                "{counts:?}"
            );
        }
    }
}
