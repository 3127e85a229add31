//! The figures of an inventory as text.

use crate::output::readout;
use std::fmt::{Display, Formatter, Result};
use traitscope::measure::Readout;
use traitscope::measure::likert::LikertSummary;

/// The figures of an inventory as lines of text.
pub struct LikertReport<'a>(pub &'a LikertSummary);

impl Display for LikertReport<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let LikertSummary { scores, gate, .. } = self.0;
        let passes = |readout: Readout| {
            gate.iter()
                .find(|gate| gate.readout == readout)
                .map(|gate| gate.passes)
        };
        for score in scores {
            let name = score
                .facet
                .as_ref()
                .map_or_else(|| score.domain.clone(), |facet| format!("  {facet}"));
            let expected = &score.expected;
            let interval = match (expected.low, expected.high) {
                (Some(low), Some(high)) => format!(" [{low:.2}, {high:.2}]"),
                _ => String::new(),
            };
            let people = score
                .norm
                .as_ref()
                .map_or_else(String::new, |norm| format!(", people {:.2}", norm.mean));
            let mark = match passes(score.readout) {
                Some(true) => "",
                Some(false) => "  (fails the gate)",
                None => "  (gate not asked)",
            };
            writeln!(
                f,
                "{name:<22} {:<13} {:.2} of {} points, expected {:.2}{interval}{people}{mark}",
                readout(score.readout),
                score.score,
                score.points,
                expected.value
            )?;
        }
        if self.0.locked {
            writeln!(
                f,
                "letters: no score: the model answers the same label whatever is asked"
            )?;
        }
        for agreement in &self.0.agreement {
            writeln!(
                f,
                "{}: {:.2} points to statements keyed plus and {:.2} to those keyed minus{}",
                readout(agreement.readout),
                agreement.plus.value,
                agreement.minus.value,
                agreement
                    .bias
                    .map_or_else(String::new, |bias| format!(", agreement bias {bias:+.2}"))
            )?;
        }
        writeln!(f, "\nGate (is what is true rated above what is not?)")?;
        if gate.is_empty() {
            writeln!(f, "  not asked: add --gate")?;
        }
        for gate in gate {
            let verdict = match gate.passes {
                true => "passes",
                false if !gate.decides() => "too few to decide",
                false => "fails; its scores mean little",
            };
            writeln!(
                f,
                "  {}: {} of {} pairs right, {verdict}",
                readout(gate.readout),
                gate.right,
                gate.items
            )?;
        }
        match self.0.offered {
            Some(offered) => writeln!(
                f,
                "Scores of the inventory are offered from: {}",
                readout(offered)
            ),
            None => writeln!(f, "Scores of the inventory are offered from: no read-out"),
        }
    }
}
