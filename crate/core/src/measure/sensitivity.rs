//! How often the choice between high and low changes when only the form of the question does.
//!
//! Source: TRAIT, arXiv 2406.14703, its reliability measures.

use serde::{Deserialize, Serialize};

use super::letters::pair_layouts;
use super::table::{ItemRows, Table};
use super::types::{Readout, count};
use crate::error::Result;

/// What was changed in the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum SensitivityKind {
    /// The template around the item.
    Template,
    /// The order of the options.
    Order,
    /// The words of situation and query.
    Paraphrase,
}

/// How often a change of form changes the choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Sensitivity {
    /// How the answers were read.
    pub readout: Readout,
    /// What was changed.
    pub kind: SensitivityKind,
    /// Number of comparisons: items (template; paraphrase of continuations), or items times templates.
    pub compared: u32,
    /// How many of them change between high and low.
    pub changed: u32,
    /// `changed / compared`, 0 to 1.
    pub share: f64,
}

/// Every kind that the rows of a run can tell of.
pub(super) fn of_table(table: &Table<'_>) -> Result<Vec<Sensitivity>> {
    let mut kinds = [
        (Readout::Letters, SensitivityKind::Template, Vec::new()),
        (Readout::Letters, SensitivityKind::Order, Vec::new()),
        (Readout::Letters, SensitivityKind::Paraphrase, Vec::new()),
        (Readout::Continuation, SensitivityKind::Paraphrase, Vec::new()),
    ];
    for (_, rows) in table.items(None) {
        let [template, order, paraphrase, continuation] = &mut kinds;
        let plain = choices(rows, false)?;
        if let [(_, first), others @ ..] = plain.as_slice()
            && !others.is_empty()
        {
            template.2.push(others.iter().any(|(_, choice)| choice != first));
        }
        order.2.extend(
            rows.pairs(false)
                .map(|(_, forward, reversed)| forward.win != reversed.win),
        );
        for (name, choice) in choices(rows, true)? {
            if let Some((_, as_written)) = plain.iter().find(|(other, _)| *other == name) {
                paraphrase.2.push(choice != *as_written);
            }
        }
        if let [Some(as_written), Some(paraphrased)] = rows.continuation {
            continuation.2.push(as_written.win != paraphrased.win);
        }
    }
    let told = kinds.into_iter().filter(|(_, _, changes)| !changes.is_empty());
    Ok(told
        .map(|(readout, kind, changes)| {
            let changed = changes.iter().filter(|changed| **changed).count();
            let share = changed as f64 / changes.len() as f64;
            Sensitivity {
                readout,
                kind,
                compared: count(changes.len()),
                changed: count(changed),
                share,
            }
        })
        .collect())
}

/// Template and whether the item's choice under it, over both layouts, is high.
fn choices<'a>(rows: &ItemRows<'a>, paraphrased: bool) -> Result<Vec<(&'a str, bool)>> {
    rows.pairs(paraphrased)
        .map(|(name, f, r)| Ok((name, pair_layouts(f, r)?.chose_high)))
        .collect()
}
