//! Ladders: levels that ask for a trait in steps, and what each step comes to.
//!
//! Source: Serapio-García et al., arXiv 2307.00184, whose personas shape a trait in nine levels.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::StudyFile;
use super::summary::Scale;
use crate::measure::{Readout, spearman};

/// A scale along the steps of a ladder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Ladder {
    /// The trait that the steps aim at.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// Whether the scale is a domain of statements.
    pub statement: bool,
    /// The scale: of that trait, or of another, which should not move.
    pub scale: String,
    /// How the answers were read.
    pub readout: Readout,
    /// Spearman's rank correlation of step and score; none where it is not defined.
    pub rho: Option<f64>,
    /// Median at the last step less that at the first.
    pub range: f64,
    /// The steps from the lowest.
    pub steps: Vec<LadderStep>,
}

/// A step of a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LadderStep {
    /// Its place.
    pub rank: u32,
    /// Settings at this step.
    pub settings: usize,
    /// Median of their scores.
    pub median: f64,
}

impl StudyFile {
    /// Every ladder, with every scale.
    pub(super) fn ladders(&self, scales: &[Scale<'_>]) -> Vec<Ladder> {
        let mut aims: Vec<&str> = Vec::new();
        for level in self.factors.iter().flat_map(|factor| &factor.levels) {
            aims.extend(level.trait_name.as_deref().filter(|aim| !aims.contains(aim)));
        }
        let mut ladders = Vec::new();
        for aim in aims {
            for scale in scales {
                let mut points: Vec<(u32, f64)> = Vec::new();
                for place in scale.rows.keys() {
                    let setting = self.setting(*place);
                    let step = (self.levels(&setting))
                        .find(|level| level.trait_name.as_deref() == Some(aim))
                        .and_then(|level| level.rank);
                    points.extend(step.zip(scale.score(*place)));
                }
                ladders.extend(ladder(aim, scale, &points));
            }
        }
        ladders
    }
}

fn ladder(aim: &str, scale: &Scale<'_>, points: &[(u32, f64)]) -> Option<Ladder> {
    let mut of_rank: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for (rank, score) in points {
        of_rank.entry(*rank).or_default().push(*score);
    }
    let steps: Vec<LadderStep> = (of_rank.into_iter())
        .map(|(rank, scores)| LadderStep {
            rank,
            settings: scores.len(),
            median: median(scores),
        })
        .collect();
    let [first, .., last] = &steps[..] else {
        return None;
    };
    let (ranks, scores): (Vec<f64>, Vec<f64>) = points
        .iter()
        .map(|(rank, score)| (f64::from(*rank), *score))
        .unzip();
    Some(Ladder {
        trait_name: aim.into(),
        statement: scale.statement,
        scale: scale.name.into(),
        readout: scale.readout,
        rho: spearman(&ranks, &scores),
        range: last.median - first.median,
        steps,
    })
}

/// The middle value, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}
