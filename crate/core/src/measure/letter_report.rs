//! Which letters a model answers, and whether it answers one letter whatever is asked.

use serde::{Deserialize, Serialize};

use super::logprob::{argmax, softmax};
use super::table::Table;
use super::types::{Observation, REFUSAL_MASS, count};
use crate::error::Result;

/// Rows below which nothing is said of locking: a handful can agree by chance.
const LEAST_ROWS: u64 = 8;

/// The letters of all rows of a run, paraphrases included, or of the answers to the gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LetterReport {
    /// How often each label A to D was the most probable; ties fall to the earlier letter.
    pub histogram: [u64; 4],
    /// Mean probability of each label, renormalised over the four.
    pub mean_probability: [f64; 4],
    /// One letter has more than 95% of at least eight rows: the letter scores are missing.
    pub locked: bool,
    /// Mean sum of the four label probabilities over the whole vocabulary, 0 to 1.
    pub option_mass: f64,
    /// Rows with too little option mass.
    pub refusals: u32,
}

/// The report of a run, or none if it has no letter rows.
///
/// # Errors
/// Those of [`Observation::check`], and [`crate::error::Error::RequestInvalid`] for a row that stands twice.
pub fn letter_report(observations: &[Observation]) -> Result<Option<LetterReport>> {
    of_table(&Table::new(observations)?)
}

pub(super) fn of_table(table: &Table<'_>) -> Result<Option<LetterReport>> {
    let mut labels = Vec::new();
    for o in table.items(None).flat_map(|(_, rows)| rows.letter_rows()) {
        if let Some(layout) = o.layout {
            let logprobs = o.logprobs()?;
            labels.push(layout.order().map(|key| logprobs[key]));
        }
    }
    Ok(of_labels(&labels))
}

/// The report of rows of log-probabilities of the labels A to D; none without a row.
pub(super) fn of_labels(rows: &[[f64; 4]]) -> Option<LetterReport> {
    let (mut histogram, mut sums, mut mass, mut refusals) = ([0u64; 4], [0.0; 4], 0.0, 0);
    for logprobs in rows {
        let p = softmax(*logprobs);
        histogram[argmax(p)] += 1;
        for (sum, p) in sums.iter_mut().zip(p) {
            *sum += p;
        }
        let option_mass: f64 = logprobs.iter().map(|logprob| logprob.exp()).sum();
        mass += option_mass;
        refusals += usize::from(option_mass < REFUSAL_MASS);
    }
    let most = histogram.iter().copied().fold(0, u64::max);
    (!rows.is_empty()).then(|| LetterReport {
        histogram,
        mean_probability: sums.map(|sum| sum / rows.len() as f64),
        locked: rows.len() as u64 >= LEAST_ROWS && 100 * most > 95 * rows.len() as u64,
        option_mass: mass / rows.len() as f64,
        refusals: count(refusals),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Layout;
    use crate::measure::types::Asked;

    /// `n` rows in which label `letter(i)` has .4 and the others .1 each.
    fn rows(n: usize, letter: impl Fn(usize) -> usize) -> Vec<Observation> {
        (0..n)
            .map(|i| {
                let item = format!("i{:03}", i / 2);
                let layout = if i % 2 == 0 {
                    Layout::FORWARD
                } else {
                    Layout::REVERSED
                };
                let mut p = [0.1f64; 4];
                p[letter(i)] = 0.4;
                let asked = Asked {
                    item: &item,
                    trait_name: "Openness",
                    paraphrased: false,
                };
                super::super::letters_observation(asked, "T1", layout, p.map(f64::ln)).unwrap()
            })
            .collect()
    }

    /// Worked example 7 of docs/protocol.md.
    #[test]
    fn worked_example() {
        let report = letter_report(&rows(40, |i| if i < 38 { 0 } else { 1 }))
            .unwrap()
            .unwrap();
        assert_eq!(report.histogram, [38, 2, 0, 0]);
        assert!(!report.locked, "95% is not more than 95%");
        let want = [0.55, 0.164_285_714, 0.142_857_143, 0.142_857_143];
        assert!(
            report
                .mean_probability
                .iter()
                .zip(want)
                .all(|(a, b)| (a - b).abs() < 1e-8),
            "{report:?}"
        );
        assert!((report.option_mass - 0.7).abs() < 1e-12);
        assert!(
            letter_report(&rows(40, |i| usize::from(i == 39)))
                .unwrap()
                .unwrap()
                .locked
        );
    }

    #[test]
    fn too_few_rows_lock_nothing() {
        assert!(!letter_report(&rows(7, |_| 2)).unwrap().unwrap().locked);
        assert!(letter_report(&rows(8, |_| 2)).unwrap().unwrap().locked);
        assert_eq!(letter_report(&[]).unwrap(), None);
    }
}
