//! The figures of a test as text, and what they are worth: a score is never printed without what the gate says of its
//! read-out.

use crate::likert_report::LikertReport;
use std::fmt::{Display, Formatter, Result};
use traitscope::measure::{GateResult, MissingReason, Readout, RoundingLoss, Summary};

/// A summary as lines of text.
pub struct Report<'a> {
    pub summary: &'a Summary,
    /// What rounding activations changed, where it was done and measured.
    pub rounding: Option<&'a RoundingLoss>,
    /// How many questions the gate has, for those who did not ask it.
    pub questions: usize,
}

fn name(readout: Readout) -> &'static str {
    match readout {
        Readout::Letters => "letters",
        Readout::Continuation => "continuation",
    }
}

impl Report<'_> {
    fn gate(&self, readout: Readout) -> Option<&GateResult> {
        self.summary.gate.iter().find(|gate| gate.readout == readout)
    }

    /// What stands behind each score of the read-out; nothing where it passes.
    fn mark(&self, readout: Readout) -> &'static str {
        match self.gate(readout) {
            Some(gate) if gate.passes => "",
            Some(gate) if !gate.decides() => "  (gate undecided)",
            Some(_) => "  (fails the gate)",
            None => "  (gate not asked)",
        }
    }

    fn verdict(&self, readout: Readout) -> String {
        match self.gate(readout) {
            Some(gate) => format!(
                "{}: {} of {} right, {}",
                name(readout),
                gate.right,
                gate.items,
                if gate.passes {
                    "passes"
                } else if !gate.decides() {
                    "too few to decide"
                } else {
                    "fails; its scores mean little"
                }
            ),
            None => format!("{}: gate not asked: add --gate {}", name(readout), self.questions),
        }
    }
}

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Summary { scores, missing, .. } = self.summary;
        for score in scores {
            writeln!(
                f,
                "{:<18} {:<13} answers like high in {:5.1} of 100 items [{:.1}, {:.1}], expected {:5.1}{}",
                score.trait_name,
                name(score.readout),
                score.score,
                score.low,
                score.high,
                score.expected,
                self.mark(score.readout)
            )?;
        }
        for missing in missing {
            let why = match missing.reason {
                MissingReason::Locked => "the model answers the same letter whatever is asked",
                MissingReason::Incomplete => "no item was asked in both orders",
            };
            writeln!(
                f,
                "{:<18} {:<13} no score: {why}",
                missing.trait_name,
                name(missing.readout)
            )?;
        }
        if let Some(likert) = &self.summary.likert {
            LikertReport(likert).fmt(f)?;
        }
        if scores.is_empty() && missing.is_empty() && self.summary.gate.is_empty() {
            return Ok(());
        }
        let asked = |readout: &Readout| {
            self.gate(*readout).is_some()
                || scores.iter().any(|score| score.readout == *readout)
                || missing.iter().any(|missing| missing.readout == *readout)
        };
        writeln!(f, "\nGate (can this read-out find a right answer?)")?;
        for readout in [Readout::Letters, Readout::Continuation]
            .into_iter()
            .filter(asked)
        {
            writeln!(f, "  {}", self.verdict(readout))?;
        }
        match self.summary.offered {
            Some(readout) => writeln!(f, "Trait scores are offered from: {}", name(readout)),
            None => writeln!(f, "Trait scores are offered from: no read-out"),
        }?;
        match self.rounding {
            Some(loss) => writeln!(
                f,
                "Rounding activations moved the right option's probability by {:.4} on average, {:.4} at most, and the \
                 choice in {} of {} answers",
                loss.mean, loss.largest, loss.changed, loss.answers
            ),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]
mod tests {
    use super::*;
    use traitscope::measure::{
        Asked, Layout, OptionReading, continuation_observation, gate_continuation, gate_letters, gate_result,
        letters_observation, summarise,
    };

    /// A gate of 24 questions in which the letters answer A and the continuation is right.
    fn gate() -> Vec<GateResult> {
        let mut answers = Vec::new();
        for q in 0..24 {
            let id = format!("q{q}");
            answers.extend((0..4).map(|r| gate_letters(&id, q % 4, r, [-0.5, -3.0, -3.0, -3.0]).unwrap()));
            answers.push(gate_continuation(&id, 0, [(-3.0, 3), (-9.0, 3), (-9.0, 3), (-9.0, 3)]).unwrap());
        }
        [Readout::Letters, Readout::Continuation]
            .map(|readout| gate_result(readout, &answers, 24).unwrap().unwrap())
            .to_vec()
    }

    /// A line that starts with `start`, which there must be once.
    fn line<'a>(text: &'a str, start: &str) -> &'a str {
        let mut found = text.lines().filter(|line| line.starts_with(start));
        let line = found.next().unwrap_or_else(|| panic!("no {start:?} in\n{text}"));
        assert_eq!(found.next(), None, "{text}");
        line
    }

    /// One item in both read-outs, with or without the second order.
    fn summary(layouts: &[Layout], gate: &[GateResult]) -> Summary {
        let asked = Asked {
            item: "e1",
            trait_name: "Openness",
            paraphrased: false,
        };
        let reading = |logprob| OptionReading {
            logprob,
            tokens: 3,
            neutral_logprob: None,
        };
        let mut rows = vec![continuation_observation(asked, [-3.0, -4.0, -5.0, -6.0].map(reading)).unwrap()];
        rows.extend(
            layouts
                .iter()
                .map(|layout| letters_observation(asked, "T1", *layout, [-2.0, -2.5, -3.0, -3.5]).unwrap()),
        );
        summarise(&rows, gate, 1).unwrap()
    }

    fn text(summary: &Summary) -> String {
        Report {
            summary,
            rounding: None,
            questions: 24,
        }
        .to_string()
    }

    #[test]
    fn scores_of_a_read_out_that_fails_are_marked_and_the_other_is_offered() {
        let text = text(&summary(&[Layout::FORWARD, Layout::REVERSED], &gate()));
        assert!(line(&text, "Openness           letters").ends_with("(fails the gate)"));
        assert!(!line(&text, "Openness           continuation").contains("gate"));
        assert_eq!(
            line(&text, "  letters"),
            "  letters: 24 of 96 right, fails; its scores mean little"
        );
        assert_eq!(
            line(&text, "  continuation"),
            "  continuation: 24 of 24 right, passes"
        );
        assert_eq!(
            line(&text, "Trait scores"),
            "Trait scores are offered from: continuation"
        );
    }

    #[test]
    fn without_the_gate_nothing_is_offered_and_the_way_to_it_is_shown() {
        let text = text(&summary(&[Layout::FORWARD, Layout::REVERSED], &[]));
        for readout in ["letters", "continuation"] {
            assert!(line(&text, &format!("Openness           {readout}")).ends_with("(gate not asked)"));
            assert_eq!(
                line(&text, &format!("  {readout}")),
                format!("  {readout}: gate not asked: add --gate 24")
            );
        }
        assert_eq!(
            line(&text, "Trait scores"),
            "Trait scores are offered from: no read-out"
        );
    }

    #[test]
    fn a_trait_without_a_score_says_why() {
        let text = text(&summary(&[Layout::FORWARD], &[]));
        assert_eq!(
            line(&text, "Openness           letters"),
            "Openness           letters       no score: no item was asked in both orders"
        );
    }
}
