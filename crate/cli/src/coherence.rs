//! How hard a model can be pushed before its texts fall apart.

use crate::direction_arguments::Coherence;
use crate::directions::{meter, open, read};
use crate::files::read_at_most;
use crate::output::{self, print, say};
use crate::terminal::Terminal;
use traitscope::Result;
use traitscope::measure::Estimate;
use traitscope::steer::TraitArtefact;
use traitscope::steer::files::MAX_FILE_BYTES;
use traitscope::study::effect::{Arm, ArmKind};
use traitscope::study::{CoherenceRequest, coherence as study};

/// `coherence`
pub async fn coherence(command: Coherence) -> Result<()> {
    let mut prompts = command.questions;
    if let Some(path) = &command.artefact {
        let artefact = TraitArtefact::from_json(&read_at_most(path, MAX_FILE_BYTES)?)?;
        prompts.extend(artefact.questions.evaluate);
    }
    let mut vectors = read(&command.vectors)?;
    let terminal = Terminal::default();
    let mut engine = open(&command.model, &terminal).await?;
    let place = &command.direction;
    let meter = meter(
        &mut engine,
        &mut vectors,
        &place.trait_name,
        place.layer,
        &terminal,
    )
    .await?;
    let arm = Arm {
        kind: ArmKind::Trait,
        trait_name: place.trait_name.clone(),
        layer: place.layer,
        vector: meter.vector,
        norm: meter.neutral.map_or(0.0, |neutral| neutral.norm),
        doses: command.doses,
    };
    let request = CoherenceRequest {
        positions: command.positions.into(),
        system: command.system,
        prompt_mode: command.mode.into(),
        max_tokens: command.max_tokens,
        temperature: command.temperature,
        seed: command.seed,
        ..CoherenceRequest::new(arm, prompts)
    };
    let result = study(&mut engine, &request, &terminal, &mut |_, _| ()).await?;
    if command.model.json {
        return print(&output::Coherent {
            direction: place.to_string(),
            result,
            program: concat!("traitscope ", env!("CARGO_PKG_VERSION")).into(),
            model: engine.info(),
        });
    }
    say(&format!(
        "{place}: texts under each dose, judged by the unsteered model\n"
    ));
    say(" dose  log-probability a token  repeated  packing\n");
    for one in &result.doses {
        let Estimate { value, low, high } = one.log_prob;
        let interval = match (low, high) {
            (Some(low), Some(high)) => format!("[{low:.2}, {high:.2}]"),
            _ => String::new(),
        };
        say(&format!(
            "{:>+5}  {value:>6.2} {interval:<16}  {:>8.2}  {:>7.2}  {}\n",
            one.dose,
            one.repeated,
            one.packing,
            if one.coherent { "" } else { "falls apart" }
        ));
    }
    let [low, high] = result.usable;
    say(&format!("Usable from {low} to {high}\n"));
    Ok(())
}
