//! A liking for agreeing, whatever is said.

use serde::{Deserialize, Serialize};

use super::super::bootstrap::{Estimate, mean_intervals};
use super::super::types::{Readout, count};
use super::score::{ItemFigures, Ratings};
use crate::error::Result;
use crate::items::Keyed;

/// How an inventory's statements are rated before the reversed ones are turned round.
///
/// Whoever means what they say agrees with the one kind as far as they disagree with the other, so that the two means lie around
/// the middle of the scale. Whoever agrees with everything is above it with both: a high score on a domain of more plus than
/// minus items is then no trait (Cronbach, "Response sets and test validity", Educational and Psychological Measurement 6,
/// 1946).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Agreement {
    /// How the answers were read.
    pub readout: Readout,
    /// Statements whose agreement speaks for their domain.
    pub plus_items: u32,
    /// Mean points of these.
    pub plus: Estimate,
    /// Statements whose agreement speaks against it.
    pub minus_items: u32,
    /// Mean points of these, not turned round.
    pub minus: Estimate,
    /// Mean over the domains that have both kinds of the mean of their two means, less the middle of the scale: above 0, the model
    /// likes to agree. None where no domain has both.
    pub bias: Option<f64>,
    /// Domains that have both kinds.
    pub domains: u32,
    /// Of these, the ones whose reversed statements say the same as the others: turned round, the mean of the one kind lies on the same
    /// side of the middle of the scale as that of the other.
    pub consistent: u32,
}

/// The agreement in one read-out; none without items of both kinds.
///
/// # Errors
/// What the bootstrap gives.
pub(super) fn agreement(table: &Ratings<'_>, readout: Readout, seed: u64) -> Result<Option<Agreement>> {
    let mut sides: [Vec<(&str, f64)>; 2] = [Vec::new(), Vec::new()];
    let (mut biases, mut consistent) = (Vec::new(), 0);
    for scale in table
        .scales(readout)
        .into_iter()
        .filter(|(_, facet)| facet.is_none())
    {
        let (figures, _) = table.figures(readout, scale);
        let values = |keyed: Keyed| -> Vec<(&str, f64)> {
            let own = figures.iter().filter(|f: &&ItemFigures<'_>| f.keyed == keyed);
            own.map(|f| (f.item, f.value)).collect()
        };
        let [plus, minus] = [values(Keyed::Plus), values(Keyed::Minus)];
        let mean = |of: &[(&str, f64)]| of.iter().map(|(_, value)| value).sum::<f64>() / of.len() as f64;
        if let (Some(first), false, false) = (figures.first(), plus.is_empty(), minus.is_empty()) {
            let middle = (first.points + 1) as f64 / 2.0;
            biases.push(f64::midpoint(mean(&plus), mean(&minus)) - middle);
            consistent += usize::from((mean(&plus) - middle) * (middle - mean(&minus)) > 0.0);
        }
        sides[0].extend(plus);
        sides[1].extend(minus);
    }
    // In the order of their names, so that the draws are the same in whatever order the rows come.
    let [plus, minus] = sides.map(|mut side| {
        side.sort_by_key(|(item, _)| *item);
        side.into_iter()
            .map(|(_, value)| [value])
            .collect::<Vec<[f64; 1]>>()
    });
    if plus.is_empty() || minus.is_empty() {
        return Ok(None);
    }
    let ([of_plus], [of_minus]) = (mean_intervals(&plus, seed)?, mean_intervals(&minus, seed)?);
    Ok(Some(Agreement {
        readout,
        plus_items: count(plus.len()),
        plus: of_plus,
        minus_items: count(minus.len()),
        minus: of_minus,
        bias: (!biases.is_empty()).then(|| biases.iter().sum::<f64>() / biases.len() as f64),
        domains: count(biases.len()),
        consistent: count(consistent),
    }))
}
