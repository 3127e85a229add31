//! The figures of an effect study as text: no effect without its interval and its place among those of chance.

use crate::output::{Effects, shown};
use std::fmt::{Display, Formatter, Result};
use traitscope::measure::{PairedDifference, Placement, Readout};
use traitscope::study::effect::{DirectionEffects, PlacedEffect};

/// A study as lines of text.
pub struct EffectReport<'a>(pub &'a Effects);

impl Display for EffectReport<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let study = self.0;
        writeln!(f, "{} items of {}", study.items, study.bank)?;
        for chosen in &study.chosen {
            let tried = chosen.effects.iter().map(|(layer, d)| match d {
                Some(d) => format!("{layer}: {d:+.2}"),
                None => format!("{layer}: none"),
            });
            writeln!(
                f,
                "{}: layer {} was chosen on {} other items ({})",
                chosen.trait_name,
                chosen.layer,
                chosen.items,
                tried.collect::<Vec<_>>().join(", ")
            )?;
        }
        for direction in &study.summary.directions {
            of_direction(f, direction)?;
        }
        if study.summary.cosines.len() > 1 {
            writeln!(f, "\nCosines of the directions")?;
            for (direction, row) in study.summary.directions.iter().zip(&study.summary.cosines) {
                let cells: String = row.iter().map(|cosine| format!("{cosine:8.3}")).collect();
                writeln!(f, "  {:<22}{cells}", name(direction))?;
            }
        }
        if !study.summary.personas.is_empty() {
            writeln!(f, "\nAsked for in words, against the unsteered model without")?;
        }
        for persona in &study.summary.personas {
            let with = persona.direction.map_or_else(String::new, |i| {
                format!(" with {} {:+}", name(&study.summary.directions[i]), persona.dose)
            });
            for change in &persona.changes {
                let PairedDifference { trait_name, .. } = change;
                writeln!(
                    f,
                    "  {:<40} {trait_name:<18} {}",
                    format!("{}{with}", persona.persona),
                    of_change(change)
                )?;
            }
        }
        Ok(())
    }
}

fn name(direction: &DirectionEffects) -> String {
    format!("{}@{}", direction.trait_name, direction.layer)
}

fn of_direction(f: &mut Formatter<'_>, direction: &DirectionEffects) -> Result {
    writeln!(f, "\n{}: d in nats, along the doses", name(direction))?;
    for curve in &direction.curves {
        let points = curve
            .points
            .iter()
            .map(|point| format!("{:+}: {:+.2}", point.dose, point.d.value));
        let rho = curve
            .rho
            .map_or_else(String::new, |rho| format!("  rho {rho:+.2}"));
        writeln!(
            f,
            "  {:<18} {}{}{rho}",
            curve.trait_name,
            mark(curve.readout),
            points.collect::<Vec<_>>().join("  ")
        )?;
    }
    let Some(widest) = direction.widest else {
        return Ok(());
    };
    writeln!(f, "{}: effect from -{widest} to +{widest}", name(direction))?;
    for PlacedEffect {
        change,
        p_adjusted,
        gaussian,
        shuffled,
    } in &direction.effects
    {
        writeln!(
            f,
            "  {:<18} {}{}  p {p_adjusted:.4} (Holm)  {} of {} items the other way{}{}",
            change.trait_name,
            mark(change.readout),
            of_change(change),
            change.against,
            change.items,
            place("Gaussian", gaussian.as_ref()),
            place("shuffled", shuffled.as_ref())
        )?;
    }
    Ok(())
}

fn mark(readout: Readout) -> &'static str {
    match readout {
        Readout::Letters => "(letters) ",
        Readout::Continuation => "",
    }
}

fn of_change(change: &PairedDifference) -> String {
    let dz = change.dz.map_or_else(String::new, |dz| format!("  dz {dz:+.2}"));
    format!("{}{dz}", shown(change.d))
}

fn place(kind: &str, placement: Option<&Placement>) -> String {
    placement.map_or_else(String::new, |at| {
        format!("  larger than {:.0} % of {} {kind}", at.percentile, at.directions)
    })
}
