//! A liking for a label as such, and scores without it.
//!
//! Source: Zheng et al., "Large Language Models Are Not Robust Multiple Choice Selectors", arXiv 2309.03882, section 4 (PriDe):
//! the probability of a label is taken for that of the label itself times that of what stands behind it.

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use super::logprob::{argmax, log_sum_exp, softmax};
use super::table::Table;
use super::types::{Observation, count};
use crate::error::Result;

/// The liking for each label under one template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LetterPrior {
    /// Name of the template.
    pub template: String,
    /// Pairs of rows that it is estimated from.
    pub pairs: u32,
    /// Share of each label A to D (or 1 to 4) if nothing stood behind them; .25 each without a liking.
    pub prior: [f64; 4],
}

/// Letter figures of a trait with the liking for labels taken out of each row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CorrectedScore {
    /// Name of the trait.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// Number of items.
    pub items: u32,
    /// As the score of the letters, 0 to 100.
    pub score: f64,
    /// As their expected value, 0 to 100.
    pub expected: f64,
}

/// The likings under each template, from all items as written that have both rows, and the scores without them.
///
/// A label's logarithm is the mean over the rows of that of its renormalised probability. Since a high and a low option take turns
/// behind A and B, and behind C and D, what the items say cancels out between the two of a pair; between the pairs it does
/// as far as the two high options, and the two low ones, are alike on average. Over all 24 orders everything cancels out.
pub(super) fn of_table(table: &Table<'_>) -> Result<(Vec<LetterPrior>, Vec<CorrectedScore>)> {
    let mut sums: std::collections::BTreeMap<&str, (u32, [f64; 4])> = Default::default();
    for (_, rows) in table.items(None) {
        for (template, found) in rows.pairs(false) {
            let (pairs, sum) = sums.entry(template).or_default();
            *pairs += count(found.len());
            for row in found.into_iter().flatten() {
                let logs = labels(row)?;
                let norm = log_sum_exp(&logs);
                sum.iter_mut().zip(logs).for_each(|(sum, log)| *sum += log - norm);
            }
        }
    }
    let priors: Vec<LetterPrior> = sums
        .into_iter()
        .map(|(template, (pairs, sum))| LetterPrior {
            template: template.into(),
            pairs,
            prior: softmax(sum.map(|sum| sum / f64::from(2 * pairs))),
        })
        .collect();
    let mut scores = Vec::new();
    for trait_name in &table.traits {
        let (mut items, mut score, mut expected) = (0, 0.0, 0.0);
        for (_, rows) in table.items(Some(trait_name)) {
            let (mut templates, mut won, mut weight) = (0.0, 0.0, 0.0);
            for (template, pairs) in rows.pairs(false) {
                let Some(found) = priors.iter().find(|found| found.template == template) else {
                    continue;
                };
                let mut mean = [0.0; 4];
                let rows = 2.0 * pairs.len() as f64;
                for row in pairs.into_iter().flatten() {
                    let corrected = without(row, &found.prior)?;
                    mean.iter_mut()
                        .zip(corrected)
                        .for_each(|(sum, p)| *sum += p / rows);
                }
                templates += 1.0;
                won += f64::from(u8::from(argmax(mean) < 2));
                weight += mean[0] + mean[1];
            }
            if templates > 0.0 {
                items += 1;
                score += 100.0 * won / templates;
                expected += 100.0 * weight / templates;
            }
        }
        if items > 0 {
            scores.push(CorrectedScore {
                trait_name: (*trait_name).into(),
                items: count(items),
                score: score / items as f64,
                expected: expected / items as f64,
            });
        }
    }
    Ok((priors, scores))
}

/// Log-probabilities of the labels in the order in which they are shown.
fn labels(row: &Observation) -> Result<[f64; 4]> {
    let logprobs = row.logprobs()?;
    Ok(row
        .layout
        .unwrap_or(Layout::FORWARD)
        .order()
        .map(|key| logprobs[key]))
}

/// The renormalised probability of each option with the labels' likings divided out.
fn without(row: &Observation, prior: &[f64; 4]) -> Result<[f64; 4]> {
    let order = row.layout.unwrap_or(Layout::FORWARD).order();
    let mut logs = row.logprobs()?;
    for (key, prior) in order.into_iter().zip(prior) {
        logs[key] -= prior.ln();
    }
    Ok(softmax(logs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::letters_observation;
    use crate::measure::types::Asked;

    /// The rows of an item whose options weigh `options` (by key) for one who weighs the labels by `prior`.
    fn pair(item: &str, options: [f64; 4], prior: [f64; 4]) -> Vec<Observation> {
        let asked = Asked {
            item,
            trait_name: "Openness",
            paraphrased: false,
        };
        [Layout::FORWARD, Layout::REVERSED]
            .map(|layout| {
                let order = layout.order();
                let weights = [0, 1, 2, 3].map(|label| options[order[label]] * prior[label]);
                let sum: f64 = weights.iter().sum();
                letters_observation(asked, "T1", layout, weights.map(|w| (0.8 * w / sum).ln())).unwrap()
            })
            .to_vec()
    }

    /// Worked example 22 of docs/protocol.md.
    #[test]
    fn worked_example() {
        let prior = [0.4, 0.3, 0.2, 0.1];
        let mut rows = pair("e1", [0.4, 0.4, 0.1, 0.1], prior);
        rows.extend(pair("e2", [0.1, 0.1, 0.4, 0.4], prior));
        let (priors, scores) = of_table(&Table::new(&rows).unwrap()).unwrap();
        assert_eq!((&*priors[0].template, priors[0].pairs), ("T1", 2));
        for (found, planted) in priors[0].prior.iter().zip(prior) {
            assert!((found - planted).abs() < 1e-12, "{priors:?}");
        }
        // Without the liking e1 has .8 on the high options in both orders, and e2 .2.
        assert_eq!((scores[0].items, scores[0].score), (2, 50.0));
        assert!((scores[0].expected - 50.0).abs() < 1e-9);
        let (_, alone) = of_table(&Table::new(&rows[..2]).unwrap()).unwrap();
        assert!((alone[0].expected - 80.0).abs() < 1e-9, "{alone:?}");
        assert_eq!(
            of_table(&Table::new(&rows[..1]).unwrap()).unwrap(),
            (vec![], vec![])
        );
    }
}
