//! The figures of a study as text.

use crate::output::readout;
use std::fmt::{Display, Formatter, Result};
use traitscope::measure::Readout;
use traitscope::study::plan::{Ladder, ScaleOverSettings, StudyResult};

/// The figures of a study as lines of text.
pub struct StudyReport<'a>(pub &'a StudyResult);

impl Display for StudyReport<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let StudyResult { study, summary, .. } = self.0;
        writeln!(
            f,
            "{}: {} of {} settings, {}",
            study.name,
            summary.settings,
            study.combinations(),
            self.0.model
        )?;
        for gate in self.0.gate.iter().chain(&self.0.statement_gate) {
            writeln!(
                f,
                "gate, {}: {:.0}% right, {}",
                readout(gate.readout),
                100.0 * gate.rate,
                if gate.passes { "passes" } else { "fails" }
            )?;
        }
        if self.0.readouts.is_empty() {
            writeln!(f, "nothing was asked: no read-out passes the factual questions")?;
        }
        if summary.locked > 0 {
            writeln!(
                f,
                "{} settings answer one label whatever is asked: no letters of these",
                summary.locked
            )?;
        }
        for scale in &summary.scales {
            scale_line(f, scale)?;
        }
        for ladder in &summary.ladders {
            ladder_line(f, ladder)?;
        }
        for found in &summary.validity {
            writeln!(
                f,
                "{}: items and statements over {} settings: convergent {}, discriminant {}",
                readout(found.readout),
                found.settings,
                figure(found.validity.convergent),
                figure(found.validity.discriminant)
            )?;
        }
        for plane in &summary.planes {
            if let Some(apart) = &plane.apart {
                writeln!(
                    f,
                    "{}: {} of {} settings lie apart from the rest",
                    readout(plane.readout),
                    apart.settings.len(),
                    plane.settings.len()
                )?;
            }
        }
        Ok(())
    }
}

fn scale_line(f: &mut Formatter<'_>, scale: &ScaleOverSettings) -> Result {
    let unit = match (scale.statement, scale.readout) {
        (true, _) => "points",
        (false, Readout::Letters) => "%",
        (false, Readout::Continuation) => "nats/token",
    };
    writeln!(
        f,
        "{:<20} {:<13} {:>7.2} {unit}, SD {} [{:.2}, {:.2}] over {} settings; alpha {}, lambda-6 {}, omega {}",
        scale.scale,
        readout(scale.readout),
        scale.mean,
        figure(scale.sd),
        scale.lowest,
        scale.highest,
        scale.settings,
        figure(scale.reliability.alpha),
        figure(scale.reliability.lambda6),
        figure(scale.reliability.omega)
    )?;
    let clear = scale
        .levels
        .iter()
        .filter(|level| level.adjusted.is_some_and(|p| p < 0.05));
    for level in clear {
        writeln!(
            f,
            "  {} {}: {:+.2} against the rest (p {:.3} adjusted)",
            level.factor,
            level.level,
            level.difference,
            level.adjusted.unwrap_or(1.0)
        )?;
    }
    Ok(())
}

fn ladder_line(f: &mut Formatter<'_>, ladder: &Ladder) -> Result {
    writeln!(
        f,
        "ladder of {:<18} {:<20} {:<13} rho {}, first to last step {:+.2}",
        ladder.trait_name,
        ladder.scale,
        readout(ladder.readout),
        figure(ladder.rho),
        ladder.range
    )
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "none".into(), |value| format!("{value:.2}"))
}
