//! The same items under two conditions: what changed, item by item.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bootstrap::{Estimate, mean_intervals};
use super::letter_report;
use super::permutation::sign_flip;
use super::score::{ItemFigures, trait_figures};
use super::table::Table;
use super::types::{Observation, Readout, count};
use crate::error::{Error, Result};

/// Mean differences over the items that both conditions have, `b - a`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PairedDifference {
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// How the answers were read.
    pub readout: Readout,
    /// Number of items that both conditions have complete.
    pub items: u32,
    /// Items that only one condition has complete; they are left out.
    pub unpaired: u32,
    /// Difference of scores, -100 to 100.
    pub score: Estimate,
    /// Difference of expected values, -100 to 100.
    pub expected: Estimate,
    /// Difference of d, in nats (continuation: nats per token).
    pub d: Estimate,
    /// Items whose d moves against the mean difference.
    pub against: u32,
    /// Cohen's d of paired values, `dz`: the mean difference of d in units of the standard deviation of the items'
    /// differences; none where these do not differ.
    pub dz: Option<f64>,
    /// Two-sided p-value of the difference of d ([`sign_flip`]).
    pub p: f64,
}

/// The change of one trait from condition `a` to condition `b`, with a paired bootstrap over items.
///
/// # Errors
/// [`Error::RequestInvalid`] where no item is complete in both, or where a condition's letters are locked (its
/// scores are missing, and so is their difference); those of [`Observation::check`] for the rows.
pub fn paired_difference(
    a: &[Observation],
    b: &[Observation],
    trait_name: &str,
    readout: Readout,
    seed: u64,
) -> Result<PairedDifference> {
    let (a, b) = (Table::new(a)?, Table::new(b)?);
    if readout == Readout::Letters {
        for table in [&a, &b] {
            if letter_report::of_table(table)?.is_some_and(|report| report.locked) {
                return Err(Error::RequestInvalid(format!(
                    "{trait_name} has no letter score to compare: one letter is answered whatever is asked"
                )));
            }
        }
    }
    paired(&a, &b, trait_name, readout, seed)?.ok_or_else(|| {
        Error::RequestInvalid(format!(
            "no item of {trait_name} is complete under both conditions"
        ))
    })
}

/// The change of one trait; none where no item is complete in both.
pub(super) fn paired(
    a: &Table<'_>,
    b: &Table<'_>,
    trait_name: &str,
    readout: Readout,
    seed: u64,
) -> Result<Option<PairedDifference>> {
    let (a, _) = trait_figures(a, trait_name, readout)?;
    let (b, _) = trait_figures(b, trait_name, readout)?;
    let before: BTreeMap<&str, &ItemFigures<'_>> = a.iter().map(|f| (f.item, f)).collect();
    let rows: Vec<[f64; 3]> = b
        .iter()
        .filter_map(|after| {
            let (x, y) = (before.get(after.item)?.row(), after.row());
            Some([y[0] - x[0], y[1] - x[1], y[2] - x[2]])
        })
        .collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let [score, expected, d] = mean_intervals(&rows, seed)?;
    let of_d: Vec<f64> = rows.iter().map(|row| row[2]).collect();
    Ok(Some(PairedDifference {
        trait_name: trait_name.into(),
        readout,
        items: count(rows.len()),
        unpaired: count(a.len() + b.len() - 2 * rows.len()),
        score,
        expected,
        d,
        against: count(of_d.iter().filter(|own| *own * d.value < 0.0).count()),
        dz: standardised(&of_d),
        p: sign_flip(&of_d, seed),
    }))
}

/// The mean in units of the standard deviation (of a sample, `n - 1`).
pub(crate) fn standardised(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    // Differences that are equal but for rounding have no spread to measure by.
    let spread = (squares / (n - 1.0)).sqrt();
    (n > 1.0 && spread > 1e-9 * mean.abs()).then(|| mean / spread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::types::Asked;
    use crate::measure::{OptionReading, continuation_observation};

    fn row(item: &str, logprobs: [f64; 4]) -> Observation {
        let asked = Asked {
            item,
            trait_name: "Openness",
            paraphrased: false,
        };
        let readings = logprobs.map(|logprob| OptionReading {
            logprob,
            tokens: 10,
            neutral_logprob: None,
        });
        continuation_observation(asked, readings).unwrap()
    }

    /// Worked example 8 of docs/protocol.md.
    #[test]
    fn worked_example() {
        let a = [
            row("a", [-20.0, -20.0, -19.0, -21.0]),
            row("b", [-20.0, -20.0, -22.0, -22.0]),
            row("c", [-20.0, -24.0, -21.0, -21.0]),
            row("only-a", [-20.0; 4]),
        ];
        let b = [
            row("c", [-21.0, -25.0, -21.0, -21.0]),
            row("b", [-18.0, -18.0, -22.0, -22.0]),
            row("a", [-16.0, -18.0, -19.0, -21.0]),
        ];
        let change = paired_difference(&a, &b, "Openness", Readout::Continuation, 1).unwrap();
        assert_eq!((change.items, change.unpaired, change.against), (3, 1, 1));
        assert!((change.d.value - 0.4 / 3.0).abs() < 1e-12, "{change:?}");
        // a: lost to won; b: won both times; c: high1 -2.0 against -2.1, then a tie that falls to the high side.
        assert!((change.score.value - 100.0 / 3.0).abs() < 1e-12, "{change:?}");
        // Differences of d .3, .2 and -.1: standard deviation .2082, and of the eight sign patterns four reach .4.
        assert!((change.dz.unwrap() - 0.640_513).abs() < 1e-5, "{change:?}");
        assert_eq!(change.p, 0.5);
    }

    #[test]
    fn no_common_item_is_an_error() {
        let error = paired_difference(
            &[row("a", [-1.0; 4])],
            &[row("b", [-1.0; 4])],
            "Openness",
            Readout::Continuation,
            1,
        );
        assert_eq!(error.unwrap_err().code(), "request.invalid");
    }

    #[test]
    fn no_change_has_no_interval() {
        let a = [row("a", [-1.0; 4]), row("b", [-2.0, -1.0, -1.0, -1.0])];
        let change = paired_difference(&a, &a, "Openness", Readout::Continuation, 1).unwrap();
        assert_eq!(
            change.d,
            Estimate {
                value: 0.0,
                low: None,
                high: None
            }
        );
        assert_eq!(change.against, 0);
    }
}
