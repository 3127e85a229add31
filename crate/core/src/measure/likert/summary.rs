//! All figures of an inventory at once.

use serde::{Deserialize, Serialize};

use super::super::gate::{GateResult, passing};
use super::super::readout_agreement::{self, ReadoutAgreement};
use super::super::types::Readout;
use super::agreement::{Agreement, agreement};
use super::gate::gate;
use super::score::{Ratings, ScaleScore, scale_score};
use super::{Layout, Rating};
use crate::error::Result;
use crate::items::Norm;

/// Rows below which nothing is said of locking: a handful can agree by chance.
const LEAST_ROWS: u64 = 8;

/// The figures of an inventory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LikertSummary {
    /// Of each read-out the domains, then the facets, in the order of their first rows; none for letters that are locked.
    pub scores: Vec<ScaleScore>,
    /// How far the model agrees with everything.
    pub agreement: Vec<Agreement>,
    /// Whether the two ways of reading say the same: all statements first, then each domain; empty where one has none.
    pub readouts: Vec<ReadoutAgreement>,
    /// How often each label was the most probable, from the first; none for a run without letters.
    pub labels: Option<Vec<u64>>,
    /// One label has more than 95% of at least eight letter rows: the letter scores are missing.
    pub locked: bool,
    /// Whether true statements are rated above false ones, in each read-out.
    pub gate: Vec<GateResult>,
    /// The read-out whose scores may be shown: it passes the gate and has scores; letters before continuation.
    pub offered: Option<Readout>,
}

/// Sums up the ratings of an inventory and of the gate's statements, whatever their order; none without a rating.
///
/// # Errors
/// [`crate::Error::RequestInvalid`] for a row that contradicts itself or stands twice, [`crate::Error::DeviceSelfTest`] for a
/// number that no model can give.
pub fn summarise_ratings(
    ratings: &[Rating],
    facts: &[Rating],
    asked: usize,
    norms: &[Norm],
    seed: u64,
) -> Result<Option<LikertSummary>> {
    if ratings.is_empty() && facts.is_empty() {
        return Ok(None);
    }
    let table = Ratings::new(ratings)?;
    let labels = labels(&table);
    let locked = is_locked(&labels);
    let (mut scores, mut agreements, mut gates) = (Vec::new(), Vec::new(), Vec::new());
    for readout in [Readout::Letters, Readout::Continuation] {
        gates.extend(gate(readout, facts, asked)?);
        if locked && readout == Readout::Letters {
            continue;
        }
        for scale in table.scales(readout) {
            scores.extend(scale_score(&table, readout, scale, norms, seed)?);
        }
        agreements.extend(agreement(&table, readout, seed)?);
    }
    let shown: Vec<GateResult> = gates
        .iter()
        .filter(|gate| scores.iter().any(|score| score.readout == gate.readout))
        .cloned()
        .collect();
    Ok(Some(LikertSummary {
        offered: passing(&shown),
        scores,
        agreement: agreements,
        readouts: match locked {
            true => Vec::new(),
            false => readout_agreement::of_ratings(ratings)?,
        },
        labels: (!labels.is_empty()).then_some(labels),
        locked,
        gate: gates,
    }))
}

/// Whether one label has more than 95% of at least eight letter rows.
///
/// # Errors
/// Those of [`Ratings::new`].
pub(in crate::measure) fn letters_locked(ratings: &[Rating]) -> Result<bool> {
    Ok(is_locked(&labels(&Ratings::new(ratings)?)))
}

fn is_locked(labels: &[u64]) -> bool {
    let rows: u64 = labels.iter().sum();
    rows >= LEAST_ROWS && labels.iter().any(|own| 100 * own > 95 * rows)
}

/// How often each label, from the first, was the most probable; empty without a letter row.
fn labels(table: &Ratings<'_>) -> Vec<u64> {
    let mut counts = Vec::new();
    for row in table.rows(Readout::Letters) {
        counts.resize(row.points(), 0);
        let place = match row.layout {
            Some(Layout::FORWARD) => row.points() - usize::from(row.choice),
            _ => usize::from(row.choice) - 1,
        };
        counts[place] += 1;
    }
    counts
}
