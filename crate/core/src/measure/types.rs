//! One row per read-out: what the model was asked and what it made of the four options.

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use super::{continuation, letters, logprob};
use crate::error::{Error, Result};

/// Keys of the four options in the order in which every row holds them.
pub const KEYS: [&str; 4] = ["high1", "high2", "low1", "low2"];

/// Below this sum of the four label probabilities a letter answer counts as a refusal
/// (TRAIT's rule; `docs/protocol.md`, "Refusals").
pub const REFUSAL_MASS: f64 = 0.25;

/// How far a stored figure may lie from the one its own options give before the row is refused.
const TOLERANCE: f64 = 1e-6;

/// The way in which an answer is read from the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Readout {
    /// Probability of the labels A to D after a multiple-choice prompt.
    Letters,
    /// Probability of each option's own words as the answer to the situation.
    Continuation,
}

/// The log-probability of one option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OptionScore {
    /// One of [`KEYS`].
    pub key: String,
    /// Natural logarithm of the option's probability over the whole vocabulary: of its label (letters),
    /// or summed over its tokens (continuation).
    pub logprob: f64,
    /// Number of tokens in that sum; 1 for letters.
    pub tokens: u32,
    /// The same sum after the neutral prompt, where that was asked (continuation only).
    #[serde(default)]
    pub neutral_logprob: Option<f64>,
}

/// Which item a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Identifier of the item, unique within its trait.
    pub item: &'a str,
    /// Name of the trait.
    pub trait_name: &'a str,
    /// Whether the paraphrased situation and query were used.
    pub paraphrased: bool,
}

/// One forward pass (letters) or four scored options (continuation) of one item.
///
/// Made by [`super::letters_observation`] and [`super::continuation_observation`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Observation {
    /// Identifier of the item.
    pub item: String,
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// How the answer was read.
    pub readout: Readout,
    /// Name of the template, such as "T1"; none for continuation.
    pub template: Option<String>,
    /// Order of the options; none for continuation.
    pub layout: Option<Layout>,
    /// The four options in the order of [`KEYS`].
    pub options: Vec<OptionScore>,
    /// Letters: sum of the four label probabilities over the whole vocabulary, 0 to 1.
    pub option_mass: Option<f64>,
    /// Share of the probability of the four options that lies on the two high ones, 0 to 1.
    pub p_high: f64,
    /// Mean log-probability of the high options minus that of the low ones, in nats; per token for
    /// continuation.
    pub d: f64,
    /// Letters: the option mass is below [`REFUSAL_MASS`]. Always false for continuation.
    pub refused: bool,
    /// Whether the best option is a high one (continuation: best per token); ties fall to the high side.
    pub win: Option<bool>,
    /// Continuation with neutral prompt: `p_high` of the gains over the neutral prompt.
    pub p_high_gain: Option<f64>,
    /// Continuation with neutral prompt: `d` of the gains, in nats per token.
    pub d_gain: Option<f64>,
    /// Whether the paraphrased situation and query were used.
    #[serde(default)]
    pub paraphrased: bool,
}

impl Observation {
    /// Who was asked, for messages and for making the row again.
    pub fn asked(&self) -> Asked<'_> {
        Asked {
            item: &self.item,
            trait_name: &self.trait_name,
            paraphrased: self.paraphrased,
        }
    }

    /// The four log-probabilities in the order of [`KEYS`].
    ///
    /// # Errors
    /// [`Error::RequestInvalid`] unless the row holds exactly the four keys in that order.
    pub fn logprobs(&self) -> Result<[f64; 4]> {
        let o = self.options.as_slice();
        let [a, b, c, d] = o else {
            return Err(self.invalid(&format!("has {} options instead of 4", o.len())));
        };
        if o.iter().zip(KEYS).any(|(option, key)| option.key != key) {
            return Err(self.invalid("must name its options high1, high2, low1, low2, in this order"));
        }
        Ok([a.logprob, b.logprob, c.logprob, d.logprob])
    }

    /// Makes the row again from its options and refuses it where a stored figure differs.
    ///
    /// Rows may come from a file; a figure that its own options contradict must not enter a score.
    ///
    /// # Errors
    /// [`Error::RequestInvalid`] for a row that contradicts itself, and whatever making it again gives.
    pub fn check(&self) -> Result<()> {
        let logprobs = self.logprobs()?;
        let again = match (self.readout, &self.template, self.layout) {
            (Readout::Letters, Some(template), Some(layout)) => letters::letters_observation(
                self.asked(),
                template,
                layout,
                layout.order().map(|key| logprobs[key]),
            )?,
            (Readout::Continuation, None, None) => {
                let mut readings = [continuation::OptionReading {
                    logprob: 0.0,
                    tokens: 0,
                    neutral_logprob: None,
                }; 4];
                for (reading, option) in readings.iter_mut().zip(&self.options) {
                    *reading = continuation::OptionReading {
                        logprob: option.logprob,
                        tokens: option.tokens,
                        neutral_logprob: option.neutral_logprob,
                    };
                }
                continuation::continuation_observation(self.asked(), readings)?
            }
            (Readout::Letters, ..) => {
                return Err(self.invalid("is of letters and needs a template and a layout"));
            }
            (Readout::Continuation, ..) => {
                return Err(self.invalid("is a continuation and has no template and no layout"));
            }
        };
        let figures = [
            ("p_high", Some(self.p_high), Some(again.p_high)),
            ("d", Some(self.d), Some(again.d)),
            ("option_mass", self.option_mass, again.option_mass),
            ("p_high_gain", self.p_high_gain, again.p_high_gain),
            ("d_gain", self.d_gain, again.d_gain),
        ];
        for (name, stored, made) in figures {
            if !logprob::agree(stored, made, TOLERANCE) {
                return Err(self.invalid(&format!("has {name} {stored:?} where its options give {made:?}")));
            }
        }
        if (self.refused, self.win) != (again.refused, again.win) {
            return Err(self.invalid("has a refused or win that its options contradict"));
        }
        Ok(())
    }

    /// An error that names this row.
    pub(super) fn invalid(&self, what: &str) -> Error {
        Error::RequestInvalid(format!(
            "the observation of item {:?} ({}) {what}",
            self.item, self.trait_name
        ))
    }
}

/// A length as a count; lists here are far below the limit.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
