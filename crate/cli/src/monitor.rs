//! Whether a meter before the answer tells what the answer will be.

use crate::commands::test_request;
use crate::direction_arguments::Monitor;
use crate::directions::open_along;
use crate::files::read_at_most;
use crate::output::{self, print, say, shown};
use crate::terminal::Terminal;
use traitscope::Result;
use traitscope::measure::correlation::Correlation;
use traitscope::steer::TraitArtefact;
use traitscope::steer::files::MAX_FILE_BYTES;
use traitscope::study::effect::Persona;
use traitscope::study::{MonitoringRequest, monitoring};

/// `monitor`
pub async fn monitor(command: Monitor) -> Result<()> {
    let test = test_request(&command.test)?;
    let mut personas = Vec::new();
    for path in &command.traits {
        let artefact = TraitArtefact::from_json(&read_at_most(path, MAX_FILE_BYTES)?)?;
        for (i, pair) in (1..).zip(&artefact.instructions) {
            personas.extend(
                [("high", &pair.high), ("low", &pair.low)].map(|(side, system)| Persona {
                    name: format!("{} {side} {i}", artefact.name),
                    system: system.clone(),
                }),
            );
        }
    }
    let terminal = Terminal::default();
    let place = &command.at;
    let (mut engine, meter) = open_along(&command.model, &command.vectors, place, &terminal).await?;
    let request = MonitoringRequest {
        test,
        meter,
        personas,
    };
    let result = monitoring(&mut engine, &request, &terminal).await?;
    let names: Vec<String> = ["as the test is".to_owned()]
        .into_iter()
        .chain(request.personas.iter().map(|persona| persona.name.clone()))
        .collect();
    if command.model.json {
        return print(&output::Monitored {
            at: place.to_string(),
            conditions: names,
            result,
            program: concat!("traitscope ", env!("CARGO_PKG_VERSION")).into(),
            model: engine.info(),
        });
    }
    say(&format!(
        "{place} at the last token of the prompt, against d of the answer\n"
    ));
    for of_trait in &result.traits {
        say(&format!(
            "\n{}\n  {:<28} {}\n",
            of_trait.trait_name,
            "all together",
            correlated(of_trait.pooled)
        ));
        for ((name, within), means) in names.iter().zip(&of_trait.within).zip(&of_trait.means) {
            let Some([z, d]) = means else { continue };
            say(&format!(
                "  {name:<28} {}  mean z {z:+.2}, d {d:+.2}\n",
                correlated(*within)
            ));
        }
    }
    Ok(())
}

fn correlated(correlation: Option<Correlation>) -> String {
    let Some(Correlation { pairs, r, rho }) = correlation else {
        return "no correlation".into();
    };
    format!("r {}, rho {rho:+.2}, {pairs} answers", shown(r))
}
