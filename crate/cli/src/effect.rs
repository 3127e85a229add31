//! What a direction does to the answers, beside directions of chance.

use crate::commands::test_request;
use crate::direction_arguments::{Effect, Layers};
use crate::directions::{meter, open, read};
use crate::effect_report::EffectReport;
use crate::files::{Destination, read_at_most};
use crate::output::{self, print, say};
use crate::terminal::Terminal;
use traitscope::engine::Engine;
use traitscope::steer::chance::{gaussian, shuffled};
use traitscope::steer::files::MAX_FILE_BYTES;
use traitscope::steer::{ExtractRequest, Method, TraitArtefact, TraitVectors};
use traitscope::study::effect::{Arm, ArmKind, Persona};
use traitscope::study::{EffectRequest, EffectResult, ScoreRequest, effect as study};
use traitscope::{Error, Result};

/// `effect`
pub async fn effect(command: Effect) -> Result<()> {
    let mut test = test_request(&command.test)?;
    let artefacts: Vec<TraitArtefact> = (command.traits.iter())
        .map(|path| TraitArtefact::from_json(&read_at_most(path, MAX_FILE_BYTES)?))
        .collect::<Result<_>>()?;
    let mut vectors = read(&command.vectors)?;
    let rows = command.rows.as_deref().map(Destination::new).transpose()?;
    let terminal = Terminal::default();
    let mut engine = open(&command.model, &terminal).await?;

    let mut arms = Vec::new();
    for Layers { trait_name, layers } in &command.directions {
        for layer in layers {
            let meter = meter(&mut engine, &mut vectors, trait_name, *layer, &terminal).await?;
            arms.push(Arm {
                kind: ArmKind::Trait,
                trait_name: trait_name.clone(),
                layer: *layer,
                vector: meter.vector,
                norm: meter.neutral.map_or(0.0, |neutral| neutral.norm),
                doses: command.doses.clone(),
            });
        }
    }
    let chosen = choose(&mut engine, &command, &mut test, &mut arms, &terminal).await?;
    let mut beside = Vec::new();
    for arm in &arms {
        beside.extend(chance(&mut engine, &command, &vectors, &artefacts, arm, &terminal).await?);
    }
    arms.extend(beside);
    let request = EffectRequest {
        test,
        arms,
        positions: command.positions.into(),
        personas: if command.personas {
            artefacts.iter().flat_map(personas).collect()
        } else {
            Vec::new()
        },
    };
    let result = study(&mut engine, &request, &terminal, &mut |_| ()).await?;
    if let Some(rows) = rows {
        rows.write(lines(&request, &result).as_bytes())?;
    }
    let studied = output::Effects {
        chosen,
        doses: command.doses,
        items: request.test.items.items.len(),
        bank: request.test.items.name,
        bank_version: request.test.items.version,
        seed: request.test.seed,
        summary: result.summary,
        program: concat!("traitscope ", env!("CARGO_PKG_VERSION")).into(),
        model: engine.info(),
    };
    if command.model.json {
        return print(&studied);
    }
    say(&EffectReport(&studied).to_string());
    Ok(())
}

/// Where a trait is asked for at several layers, chooses one of them on every other item, and leaves the rest of the items to
/// the study.
async fn choose(
    engine: &mut Engine,
    command: &Effect,
    test: &mut ScoreRequest,
    arms: &mut Vec<Arm>,
    terminal: &Terminal,
) -> Result<Vec<output::ChosenLayer>> {
    let open: Vec<&Layers> = command
        .directions
        .iter()
        .filter(|one| one.layers.len() > 1)
        .collect();
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let [first, rest] = test.items.halves();
    let several = |arm: &&Arm| open.iter().any(|one| one.trait_name == arm.trait_name);
    let request = EffectRequest {
        test: ScoreRequest {
            items: first,
            ..test.clone()
        },
        arms: (arms.iter().filter(several))
            .map(|arm| {
                let widest = traitscope::measure::effect::widest(arm.doses.iter().copied());
                Arm {
                    doses: widest.map_or_else(Vec::new, |dose| vec![-dose, dose]),
                    ..arm.clone()
                }
            })
            .collect(),
        positions: command.positions.into(),
        personas: Vec::new(),
    };
    let result = study(engine, &request, terminal, &mut |_| ()).await?;
    let mut chosen = Vec::new();
    for Layers { trait_name, .. } in open {
        let readout = request.test.readouts[0];
        let layer = result.summary.strongest_layer(trait_name, readout).ok_or_else(|| {
            Error::RequestInvalid(format!(
                "no layer can be chosen for {trait_name}: there are no items of a trait of that name, or no dose is given both \
                 ways; name one layer"
            ))
        })?;
        arms.retain(|arm| arm.trait_name != *trait_name || arm.layer == layer);
        let effects = result
            .summary
            .directions
            .iter()
            .filter(|one| one.trait_name == *trait_name);
        chosen.push(output::ChosenLayer {
            trait_name: trait_name.clone(),
            layer,
            items: request.test.items.items.len(),
            effects: effects
                .map(|one| {
                    let own = |effect: &&traitscope::study::effect::PlacedEffect| {
                        effect.change.trait_name.eq_ignore_ascii_case(trait_name)
                            && effect.change.readout == readout
                    };
                    (
                        one.layer,
                        one.effects.iter().find(own).map(|effect| effect.change.d.value),
                    )
                })
                .collect(),
        });
    }
    test.items = rest;
    Ok(chosen)
}

/// The directions of chance to hold one against: drawn at random, and of its texts where they are known.
async fn chance(
    engine: &mut Engine,
    command: &Effect,
    vectors: &[TraitVectors],
    artefacts: &[TraitArtefact],
    arm: &Arm,
    terminal: &Terminal,
) -> Result<Vec<Arm>> {
    let (count, seed) = (command.chance, command.test.seed);
    let doses = match (
        &command.chance_doses[..],
        traitscope::measure::effect::widest(arm.doses.iter().copied()),
    ) {
        ([], Some(widest)) => vec![-widest, widest],
        ([], None) => arm.doses.clone(),
        (given, _) => given.to_vec(),
    };
    let mut drawn: Vec<_> = gaussian(arm.vector.len(), count, seed)
        .into_iter()
        .map(|vector| (ArmKind::Gaussian, vector))
        .collect();
    if let Some(artefact) = artefacts.iter().find(|artefact| artefact.name == arm.trait_name) {
        let method = vectors
            .iter()
            .find(|vectors| vectors.trait_name == arm.trait_name)
            .and_then(|vectors| Method::from_name(&vectors.method))
            .unwrap_or_default();
        let request = ExtractRequest::new(artefact.clone(), method);
        let of_texts = shuffled(engine, &request, arm.layer, count, seed, terminal).await?;
        drawn.extend(of_texts.into_iter().map(|vector| (ArmKind::Shuffled, vector)));
    }
    let arms = drawn.into_iter().map(|(kind, vector)| Arm {
        kind,
        vector,
        doses: doses.clone(),
        ..arm.clone()
    });
    Ok(arms.collect())
}

/// The first pair of instructions of a trait.
fn personas(artefact: &TraitArtefact) -> Vec<Persona> {
    let of = |pair: &traitscope::steer::Instructions| {
        [("high", &pair.high), ("low", &pair.low)].map(|(side, system)| Persona {
            name: format!("{} {side}", artefact.name),
            system: system.clone(),
        })
    };
    artefact
        .instructions
        .first()
        .map(of)
        .into_iter()
        .flatten()
        .collect()
}

/// Every row with its condition, a line each.
fn lines(request: &EffectRequest, result: &EffectResult) -> String {
    let mut lines = String::new();
    for (condition, rows) in request.conditions().iter().zip(&result.observations) {
        let arm = condition.arm.map(|arm| (arm, &request.arms[arm]));
        for observation in rows {
            let line = serde_json::json!({
                "persona": condition.persona.map(|persona| &request.personas[persona].name),
                "direction": arm.map(|(i, _)| i),
                "kind": arm.map(|(_, arm)| arm.kind),
                "trait": arm.map(|(_, arm)| &arm.trait_name),
                "layer": arm.map(|(_, arm)| arm.layer),
                "dose": condition.dose,
                "observation": observation,
            });
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
    }
    lines
}
