//! The same study of two models, or of one under two conditions, side by side.

use serde::{Deserialize, Serialize};

use super::StudyResult;
use super::summary::{Scale, scales};
use crate::measure::bootstrap::mean_intervals;
use crate::measure::difference::standardised;
use crate::measure::{Estimate, Readout, holm, sign_flip};
use crate::{Error, Result};

/// What changed in a scale, setting by setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ScaleChange {
    /// Whether it is a domain of statements.
    pub statement: bool,
    /// Trait or domain.
    pub scale: String,
    /// How the answers were read.
    pub readout: Readout,
    /// Settings that both have complete.
    pub settings: u32,
    /// The second result less the first: the mean over these settings of the difference of the scores, with its 95% interval from a
    /// bootstrap over settings. In the unit of [`super::ItemValue::value`].
    pub difference: Estimate,
    /// Settings that move against the mean difference.
    pub against: u32,
    /// Cohen's dz; none where the settings' differences do not differ.
    pub dz: Option<f64>,
    /// Two-sided p-value ([`sign_flip`]).
    pub p: f64,
    /// The same, adjusted over all scales of the read-out ([`holm`]).
    pub adjusted: f64,
}

impl StudyResult {
    /// What changed from this result to another of the same study and items: of another model, arithmetic or device. Scales that are not
    /// complete under a common setting are left out.
    ///
    /// # Errors
    /// [`Error::StudyInvalid`] for a result of another study or of other items.
    pub fn compare(&self, after: &Self, seed: u64) -> Result<Vec<ScaleChange>> {
        let other = if !self.study.is_of(&after.study) {
            Some("another study")
        } else if self.items != after.items {
            Some("other items")
        } else {
            None
        };
        if let Some(what) = other {
            return Err(Error::StudyInvalid(format!(
                "the two results are of {what}, and cannot be compared"
            )));
        }
        let (first, second) = (scales(&self.answers), scales(&after.answers));
        let mut changes = Vec::new();
        for readout in [Readout::Letters, Readout::Continuation] {
            let from = changes.len();
            for one in first.iter().filter(|scale| scale.readout == readout) {
                if let Some(other) = second.iter().find(|other| one.is_of(other)) {
                    changes.extend(change(one, other, seed)?);
                }
            }
            let p: Vec<f64> = changes[from..].iter().map(|row: &ScaleChange| row.p).collect();
            for (row, adjusted) in changes[from..].iter_mut().zip(holm(&p)) {
                row.adjusted = adjusted;
            }
        }
        Ok(changes)
    }
}

fn change(before: &Scale<'_>, after: &Scale<'_>, seed: u64) -> Result<Option<ScaleChange>> {
    let differences: Vec<f64> = (before.rows.keys())
        .filter_map(|place| Some(after.score(*place)? - before.score(*place)?))
        .collect();
    if differences.is_empty() {
        return Ok(None);
    }
    let rows: Vec<[f64; 1]> = differences.iter().map(|own| [*own]).collect();
    let [difference] = mean_intervals(&rows, seed)?;
    let p = sign_flip(&differences, seed);
    let against = differences.iter().filter(|own| *own * difference.value < 0.0);
    Ok(Some(ScaleChange {
        statement: before.statement,
        scale: before.name.into(),
        readout: before.readout,
        settings: differences.len() as u32,
        difference,
        against: against.count() as u32,
        dz: standardised(&differences),
        p,
        adjusted: p,
    }))
}

#[cfg(test)]
mod tests {
    use crate::study::plan::tests::{answers, ladder, result_of};

    #[test]
    fn what_was_changed_is_found_setting_by_setting() {
        let study = ladder();
        let own = answers(&study);
        let mut other = own.clone();
        for setting in &mut other {
            // Statements of Openness rise by .5, and by .1 more in every second setting.
            let rise = 0.5 + if setting.setting % 2 == 0 { 0.1 } else { 0.0 };
            for value in &mut setting.values {
                if value.statement && value.scale == "Openness" {
                    value.value += rise;
                }
            }
        }
        // A setting that only one has does not count.
        other.pop();
        let n = other.len();
        let (before, after) = (result_of(&study, own), result_of(&study, other));
        let found = before.compare(&after, 1).unwrap();
        assert_eq!(found.len(), before.summary.scales.len());
        for row in &found {
            assert_eq!(row.settings as usize, n);
            if row.statement && row.scale == "Openness" {
                let risen = (0..n).filter(|place| place % 2 == 0).count() as f64;
                assert!((row.difference.value - 0.5 - 0.1 * risen / n as f64).abs() < 1e-9);
                assert!(row.against == 0 && row.p < 0.01 && row.adjusted >= row.p);
            } else {
                assert_eq!((row.difference.value, row.p, row.dz), (0.0, 1.0, None));
            }
        }
        let back = after.compare(&before, 1).unwrap();
        assert!((back[0].difference.value + found[0].difference.value).abs() < 1e-12);
    }

    #[test]
    fn other_studies_and_items_are_refused() {
        let study = ladder();
        let one = result_of(&study, answers(&study));
        let mut other = one.clone();
        other.items = "another bank".into();
        assert_eq!(one.compare(&other, 1).unwrap_err().code(), "study.invalid");
        let mut other = one.clone();
        other.study.name = "another".into();
        assert_eq!(one.compare(&other, 1).unwrap_err().code(), "study.invalid");
        // Another draw of the settings and another model are the point of it.
        let mut other = one.clone();
        other.study.settings = Some(5);
        other.model_sha256 = Some("b".repeat(64));
        assert!(one.compare(&other, 1).is_ok());
    }
}
