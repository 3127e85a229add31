//! What rounding activations changes: the same factual questions answered in both arithmetics.

use super::gate::GateAnswer;
use super::types::count;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// How far answers with rounded activations lie from those without.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RoundingLoss {
    /// Number of answers that were computed both ways.
    pub answers: u32,
    /// How many of them chose another option when rounded.
    pub changed: u32,
    /// Mean change of the right option's probability among the four, as a size, 0 to 1.
    pub mean: f64,
    /// The largest change.
    pub largest: f64,
}

/// Holds each answer of `exact` against the one to the same question in `rounded`; none where there are none.
///
/// # Errors
/// [`Error::RequestInvalid`] for a question that was not answered in `rounded`.
pub fn rounding_loss(exact: &[GateAnswer], rounded: &[GateAnswer]) -> Result<Option<RoundingLoss>> {
    let (mut changed, mut sum, mut largest) = (0, 0.0, 0.0_f64);
    for answer in exact {
        let same = |other: &&GateAnswer| {
            (&other.item, other.readout, other.rotation) == (&answer.item, answer.readout, answer.rotation)
        };
        let other = rounded.iter().find(same).ok_or_else(|| {
            Error::RequestInvalid(format!("question {:?} was not answered both ways", answer.item))
        })?;
        let change = (answer.p_right - other.p_right).abs();
        changed += usize::from(answer.chosen != other.chosen);
        sum += change;
        largest = largest.max(change);
    }
    Ok((!exact.is_empty()).then(|| RoundingLoss {
        answers: count(exact.len()),
        changed: count(changed),
        mean: sum / exact.len() as f64,
        largest,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Readout;

    fn answer(item: &str, rotation: Option<u8>, chosen: u8, p_right: f64) -> GateAnswer {
        GateAnswer {
            item: item.into(),
            readout: rotation.map_or(Readout::Continuation, |_| Readout::Letters),
            rotation,
            chosen,
            right: chosen == 0,
            p_right,
            labels: None,
        }
    }

    /// Worked example 10 of docs/protocol.md.
    #[test]
    fn worked_example() {
        let exact = [
            answer("a", None, 0, 0.60),
            answer("a", Some(1), 2, 0.20),
            answer("b", None, 1, 0.30),
        ];
        let rounded = [
            answer("b", None, 0, 0.36),
            answer("a", Some(2), 3, 0.90), // another rotation, not compared
            answer("a", Some(1), 2, 0.19),
            answer("a", None, 0, 0.58),
        ];
        let loss = rounding_loss(&exact, &rounded).unwrap().unwrap();
        assert_eq!((loss.answers, loss.changed), (3, 1));
        assert!((loss.mean - 0.03).abs() < 1e-12 && (loss.largest - 0.06).abs() < 1e-12);
    }

    #[test]
    fn nothing_asked_is_nothing_known_and_a_missing_answer_is_an_error() {
        assert_eq!(rounding_loss(&[], &[]).unwrap(), None);
        let missing = rounding_loss(&[answer("a", None, 0, 0.5)], &[]).unwrap_err();
        assert_eq!(missing.code(), "request.invalid");
    }
}
