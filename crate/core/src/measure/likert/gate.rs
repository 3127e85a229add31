//! Does this read-out rate what is true above what is not?

use std::collections::BTreeMap;

use super::super::gate::{GATE_LEAST, GATE_MARGIN, GateResult};
use super::super::normal::wilson;
use super::super::types::{Readout, count};
use super::Rating;
use super::score::{ItemFigures, Ratings};
use crate::error::{Error, Result};

/// What the name of a true statement about a question ends with.
pub const TRUE_ENDING: &str = "/true";

/// What the name of a false statement about a question ends with.
pub const FALSE_ENDING: &str = "/false";

/// What a coin gives: of two statements one is right.
const CHANCE: f64 = 0.5;

/// The result of one read-out from the ratings of pairs of statements, of which `asked` were to be asked; pairs that were not
/// asked completely are passed over. None if nothing is left.
///
/// A pair is right where the true statement is rated above the false one; one rated the same is not. `rate` must reach chance plus
/// the margin of the other gate, and the lower end of its interval must lie above chance.
///
/// # Errors
/// [`Error::RequestInvalid`] for a statement that is called neither true nor false, and what the rows give.
pub(super) fn gate(readout: Readout, ratings: &[Rating], asked: usize) -> Result<Option<GateResult>> {
    let table = Ratings::new(ratings)?;
    let mut pairs: BTreeMap<&str, [Option<ItemFigures<'_>>; 2]> = BTreeMap::new();
    for scale in table
        .scales(readout)
        .into_iter()
        .filter(|(_, facet)| facet.is_none())
    {
        for figures in table.figures(readout, scale).0 {
            let item = figures.item;
            let (question, side) = match (item.strip_suffix(TRUE_ENDING), item.strip_suffix(FALSE_ENDING)) {
                (Some(question), _) => (question, 0),
                (_, Some(question)) => (question, 1),
                _ => {
                    return Err(Error::RequestInvalid(format!(
                        "{item:?} is no statement of the gate"
                    )));
                }
            };
            pairs.entry(question).or_default()[side] = Some(figures);
        }
    }
    let pairs: Vec<_> = pairs
        .values()
        .filter_map(|[yes, no]| Some((yes.as_ref()?, no.as_ref()?)))
        .collect();
    let judged: Vec<bool> = pairs.iter().map(|(yes, no)| yes.value > no.value).collect();
    if judged.is_empty() {
        return Ok(None);
    }
    let p_right = pairs
        .iter()
        .map(|(yes, no)| above(&yes.shares, &no.shares))
        .sum::<f64>()
        / pairs.len() as f64;
    let right = judged.iter().filter(|right| **right).count();
    let rate = right as f64 / judged.len() as f64;
    let (low, high) = wilson(rate, judged.len());
    let complete = judged.len() == asked && judged.len() >= GATE_LEAST;
    Ok(Some(GateResult {
        readout,
        items: count(judged.len()),
        questions: count(judged.len()),
        asked: count(asked),
        right: count(right),
        rate,
        low,
        high,
        chance: CHANCE,
        p_right,
        letters: None,
        passes: complete && rate >= CHANCE + GATE_MARGIN && low > CHANCE,
    }))
}

/// Probability that a rating drawn from `a` lies above one drawn from `b`, ties counting half.
fn above(a: &[f64], b: &[f64]) -> f64 {
    let mut below = 0.0;
    a.iter()
        .zip(b)
        .map(|(of_a, of_b)| {
            let share = of_a * (below + of_b / 2.0);
            below += of_b;
            share
        })
        .sum()
}
