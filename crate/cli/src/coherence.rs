//! How hard a model can be pushed before its texts fall apart.

use crate::direction_arguments::Coherence;
use crate::directions::open_along;
use crate::files::read_at_most;
use crate::output::{self, print, say, shown};
use crate::terminal::Terminal;
use traitscope::Result;
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
    let terminal = Terminal::default();
    let place = &command.direction;
    let (mut engine, meter) = open_along(&command.model, &command.vectors, place, &terminal).await?;
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
        say(&format!(
            "{:>+5}  {:<23}  {:>8.2}  {:>7.2}  {}\n",
            one.dose,
            shown(one.log_prob),
            one.repeated,
            one.packing,
            if one.coherent { "" } else { "falls apart" }
        ));
    }
    let [low, high] = result.usable;
    say(&format!("Usable from {low} to {high}\n"));
    Ok(())
}
