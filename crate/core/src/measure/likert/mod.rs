//! Statements rated on a scale: one row per read-out, what rows come to, and whether such ratings mean anything.
//!
//! Reading order: this file (a row), `score` (rows to domains and facets), `agreement` (a liking for agreeing), `gate`
//! (true and false statements), `summary` (all of it).

mod agreement;
mod gate;
mod score;
mod summary;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use super::logprob::{agree, checked, log_sum_exp};
use super::types::{OptionScore, REFUSAL_MASS, Readout};
use crate::error::{Error, Result};
use crate::items::Keyed;
use crate::items::likert::{LikertItem, POINTS};

pub use agreement::Agreement;
pub use gate::{FALSE_ENDING, TRUE_ENDING};
pub use score::ScaleScore;
pub(super) use score::{keyed_values, rows_of_items, within_keys};
pub(super) use summary::letters_locked;
pub use summary::{LikertSummary, summarise_ratings};

/// How far a stored figure may lie from the one its own answers give before the row is refused.
const TOLERANCE: f64 = 1e-6;

/// One forward pass (letters) or the scored answers of a scale (continuation) for one statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Rating {
    /// Identifier of the item.
    pub item: String,
    /// What it is an item of.
    pub domain: String,
    /// The part of the domain, if it has one.
    pub facet: Option<String>,
    /// Whether agreeing speaks for the domain.
    pub keyed: Keyed,
    /// How the answer was read.
    pub readout: Readout,
    /// Name of the template, such as "T1"; none for continuation.
    pub template: Option<String>,
    /// Order of the answers: forward begins with the one that agrees most. None for continuation.
    pub layout: Option<Layout>,
    /// The answers from the one that agrees least upwards; their keys are their points, "1" and so on.
    pub options: Vec<OptionScore>,
    /// Letters: sum of the labels' probabilities over the whole vocabulary, 0 to 1.
    pub option_mass: Option<f64>,
    /// Points of the mean answer, 1 to the number of answers; not turned round for reversed items. For continuation each
    /// answer weighs by how much likelier it is than without the statement.
    pub value: f64,
    /// Points of the answer with the greatest weight; the lower of equals.
    pub choice: u8,
    /// Continuation: the mean answer by the answers' own probabilities.
    pub plain: Option<f64>,
    /// Letters: the option mass is below [`REFUSAL_MASS`]. Always false for continuation.
    pub refused: bool,
}

/// Weights that add up to 1 from logarithms.
fn weights(logs: &[f64]) -> Vec<f64> {
    let norm = log_sum_exp(logs);
    logs.iter().map(|log| (log - norm).exp()).collect()
}

/// Points of the mean answer.
fn mean_points(weights: &[f64]) -> f64 {
    weights
        .iter()
        .zip(1..)
        .map(|(weight, points)| weight * f64::from(points))
        .sum()
}

/// Points of the answer with the greatest weight; the lower of equals.
fn best(weights: &[f64]) -> u8 {
    let mut best = 0;
    for (i, weight) in weights.iter().enumerate() {
        if *weight > weights[best] {
            best = i;
        }
    }
    best as u8 + 1
}

impl Rating {
    /// A row of the letter read-out. `labels` are the log-probabilities of the labels in the order in which they are shown.
    ///
    /// # Errors
    /// [`Error::DeviceSelfTest`] for a log-probability that no model can give.
    pub fn of_letters(item: &LikertItem, template: &str, layout: Layout, labels: &[f64]) -> Result<Self> {
        let mut logs = Vec::with_capacity(labels.len());
        for (place, label) in labels.iter().enumerate() {
            logs.push(checked(*label, &|| {
                format!("label {} of statement {:?} ({template})", place + 1, item.id)
            })?);
        }
        if layout == Layout::FORWARD {
            logs.reverse();
        }
        let mass = checked(log_sum_exp(&logs), &|| {
            format!("the sum of the labels of statement {:?} ({template})", item.id)
        })?
        .exp();
        let row = Self {
            template: Some(template.into()),
            layout: Some(layout),
            option_mass: Some(mass),
            refused: mass < REFUSAL_MASS,
            ..Self::empty(item, Readout::Letters)
        };
        Ok(row.with(logs.into_iter().map(|logprob| (logprob, 1, None)).collect()))
    }

    /// A row of the continuation read-out: of each answer, from the one that agrees least, the summed log-probability, the
    /// number of its tokens, and the same sum without the statement.
    ///
    /// # Errors
    /// [`Error::DeviceSelfTest`] for a log-probability that no model can give.
    pub fn of_continuation(item: &LikertItem, answers: &[(f64, u32, f64)]) -> Result<Self> {
        let mut options = Vec::with_capacity(answers.len());
        for (place, (logprob, tokens, without)) in answers.iter().enumerate() {
            let name = || format!("answer {} of statement {:?}", place + 1, item.id);
            let without = checked(*without, &|| format!("{} without the statement", name()))?;
            options.push((checked(*logprob, &name)?, *tokens, Some(without)));
        }
        Ok(Self::empty(item, Readout::Continuation).with(options))
    }

    fn empty(item: &LikertItem, readout: Readout) -> Self {
        Self {
            item: item.id.clone(),
            domain: item.domain.clone(),
            facet: item.facet.clone(),
            keyed: item.keyed,
            readout,
            template: None,
            layout: None,
            options: Vec::new(),
            option_mass: None,
            value: 0.0,
            choice: 0,
            plain: None,
            refused: false,
        }
    }

    /// The row with these answers, and what follows from them.
    fn with(mut self, options: Vec<(f64, u32, Option<f64>)>) -> Self {
        let own: Vec<f64> = options.iter().map(|(logprob, ..)| *logprob).collect();
        let gains: Option<Vec<f64>> = options
            .iter()
            .map(|(logprob, _, without)| Some(logprob - (*without)?))
            .collect();
        let weights = weights(gains.as_ref().unwrap_or(&own));
        self.value = mean_points(&weights);
        self.choice = best(&weights);
        self.plain = gains.map(|_| mean_points(&self::weights(&own)));
        self.options = (1..)
            .zip(options)
            .map(
                |(points, (logprob, tokens, neutral_logprob)): (usize, _)| OptionScore {
                    key: points.to_string(),
                    logprob,
                    tokens,
                    neutral_logprob,
                },
            )
            .collect();
        self
    }

    /// The share of each answer, from the one that agrees least.
    fn shares(&self) -> Vec<f64> {
        let log = |option: &OptionScore| option.logprob - option.neutral_logprob.unwrap_or(0.0);
        weights(&self.options.iter().map(log).collect::<Vec<f64>>())
    }

    /// Number of answers of the scale.
    pub fn points(&self) -> usize {
        self.options.len()
    }

    /// Makes the row again from its answers and refuses it where a stored figure differs; rows may come from a file.
    ///
    /// # Errors
    /// [`Error::RequestInvalid`] for a row that contradicts itself, and whatever making it again gives.
    pub fn check(&self) -> Result<()> {
        let keys = (1..).map(|points: usize| points.to_string());
        if !POINTS.contains(&self.options.len())
            || self
                .options
                .iter()
                .zip(keys)
                .any(|(option, key)| option.key != key)
        {
            return Err(self.invalid("must have answers named 1, 2 and so on"));
        }
        let item = LikertItem {
            id: self.item.clone(),
            text: String::new(),
            domain: self.domain.clone(),
            facet: self.facet.clone(),
            keyed: self.keyed,
        };
        let again = match (self.readout, &self.template, self.layout) {
            (Readout::Letters, Some(_), Some(layout)) if !layout.is_of_scale() => {
                return Err(self.invalid(&format!(
                    "has the order {layout}, and a scale is shown forward or reversed"
                )));
            }
            (Readout::Letters, Some(template), Some(layout)) => {
                let mut labels: Vec<f64> = self.options.iter().map(|option| option.logprob).collect();
                if layout == Layout::FORWARD {
                    labels.reverse();
                }
                Self::of_letters(&item, template, layout, &labels)?
            }
            (Readout::Continuation, None, None) => {
                let answer =
                    |option: &OptionScore| Some((option.logprob, option.tokens, option.neutral_logprob?));
                let answers: Option<Vec<_>> = self.options.iter().map(answer).collect();
                let answers = answers
                    .ok_or_else(|| self.invalid("has an answer that was not scored without the statement"))?;
                Self::of_continuation(&item, &answers)?
            }
            (Readout::Letters, ..) => {
                return Err(self.invalid("is of letters and needs a template and a layout"));
            }
            (Readout::Continuation, ..) => {
                return Err(self.invalid("is a continuation and has no template and no layout"));
            }
        };
        let figures = [
            ("value", Some(self.value), Some(again.value)),
            ("plain", self.plain, again.plain),
            ("option_mass", self.option_mass, again.option_mass),
        ];
        for (name, stored, made) in figures {
            if !agree(stored, made, TOLERANCE) {
                return Err(self.invalid(&format!("has {name} {stored:?} where its answers give {made:?}")));
            }
        }
        if (self.refused, self.choice) != (again.refused, again.choice) {
            return Err(self.invalid("has a refusal or choice that its answers contradict"));
        }
        Ok(())
    }

    /// `value`, turned round for a statement whose agreement speaks against its domain.
    pub(super) fn keyed_value(&self) -> f64 {
        turned(self.value, self.keyed, self.points())
    }

    fn invalid(&self, what: &str) -> Error {
        Error::RequestInvalid(format!(
            "the rating of statement {:?} ({}) {what}",
            self.item, self.domain
        ))
    }
}

/// The points of an answer, turned round for an item whose agreement speaks against its domain.
pub(super) fn turned(value: f64, keyed: Keyed, points: usize) -> f64 {
    match keyed {
        Keyed::Plus => value,
        Keyed::Minus => points as f64 + 1.0 - value,
    }
}
