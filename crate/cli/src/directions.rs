//! Directions of traits: made, read along a text, and applied.

use crate::arguments::ModelArguments;
use crate::commands::{open_as, text_request, tokens};
use crate::direction_arguments::{Dose, Extract, Place, Project, Steer};
use crate::files::{Destination, read_at_most};
use crate::output::{self, Extracted, ExtractedLayer, print, say};
use crate::terminal::Terminal;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use traitscope::engine::Engine;
use traitscope::inspect::{self, TextRequest};
use traitscope::model::GenerateRequest;
use traitscope::monitor::Meter;
use traitscope::steer::files::{self, MAX_FILE_BYTES, control_vector, tensors, tensors::Precision};
use traitscope::steer::{
    ExtractRequest, Extraction, Positions, Steering, TraitArtefact, TraitVectors, length,
    orthogonal as own_parts,
};
use traitscope::{Error, Result};

/// Opens the model with the hash of its file, by which directions know their model.
pub async fn open(arguments: &ModelArguments, terminal: &Terminal) -> Result<Engine> {
    let path = &arguments.model;
    let sha256 = sha256(path).map_err(|error| Error::Io(format!("{}: {error}", path.display())))?;
    open_as(arguments, Some(sha256), terminal).await
}

fn sha256(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 20];
    loop {
        match file.read(&mut part)? {
            0 => break,
            read => hash.update(&part[..read]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The directions in a file.
pub fn read(path: &Path) -> Result<Vec<TraitVectors>> {
    files::read(&read_at_most(path, MAX_FILE_BYTES)?, &path.display().to_string())
}

fn of_trait<'v>(vectors: &'v mut [TraitVectors], name: &str) -> Result<&'v mut TraitVectors> {
    let known: Vec<_> = vectors.iter().map(|vectors| vectors.trait_name.clone()).collect();
    vectors
        .iter_mut()
        .find(|vectors| vectors.trait_name == name)
        .ok_or_else(|| {
            Error::RequestInvalid(format!(
                "the file has no trait {name:?}, only {}",
                known.join(", ")
            ))
        })
}

/// The edits that were asked for, along what each direction has of its own where that is wanted. Where the file does not say
/// what neutral text is like, that is measured.
pub async fn steering(
    engine: &mut Engine,
    vectors: &[TraitVectors],
    doses: &[Dose],
    orthogonal: bool,
    positions: Positions,
    terminal: &Terminal,
) -> Result<Vec<Steering>> {
    let mut vectors = vectors.to_vec();
    let mut steering = Vec::with_capacity(doses.len());
    for Dose { place, edit } in doses {
        let meter = meter(engine, &mut vectors, &place.trait_name, place.layer, terminal).await?;
        steering.push(Steering {
            layer: meter.layer,
            vector: meter.vector,
            norm: meter.neutral.map_or(0.0, |neutral| neutral.norm),
            edit: *edit,
            positions,
            condition: None,
        });
    }
    if orthogonal {
        let whole: Vec<&[f32]> = steering.iter().map(|one| &one.vector[..]).collect();
        let own = own_parts(&whole)?;
        for (one, vector) in steering.iter_mut().zip(own) {
            one.vector = vector;
        }
    }
    Ok(steering)
}

/// A meter along a direction of the file. Where the file does not say what neutral text is like, that is measured.
pub async fn meter(
    engine: &mut Engine,
    vectors: &mut [TraitVectors],
    name: &str,
    layer: usize,
    terminal: &Terminal,
) -> Result<Meter> {
    let of_trait = of_trait(vectors, name)?;
    of_trait.calibrate(engine, terminal).await?;
    let at = of_trait.at(layer)?;
    Ok(Meter {
        layer,
        vector: at.vector.clone(),
        neutral: at.neutral,
    })
}

/// The model, and a meter along a direction of a file. The file is read before the model is opened.
pub async fn open_along(
    arguments: &ModelArguments,
    file: &Path,
    at: &Place,
    terminal: &Terminal,
) -> Result<(Engine, Meter)> {
    let mut vectors = read(file)?;
    let mut engine = open(arguments, terminal).await?;
    let meter = meter(&mut engine, &mut vectors, &at.trait_name, at.layer, terminal).await?;
    Ok((engine, meter))
}

/// `extract`
pub async fn extract(command: Extract) -> Result<()> {
    let is_gguf = command.out.extension().is_some_and(|ending| ending == "gguf");
    if is_gguf && command.traits.len() > 1 {
        return Err(Error::RequestInvalid(
            "a control vector holds one trait; give --out a name that ends in .safetensors".into(),
        ));
    }
    let artefacts: Vec<TraitArtefact> = (command.traits.iter())
        .map(|path| TraitArtefact::from_json(&read_at_most(path, MAX_FILE_BYTES)?))
        .collect::<Result<_>>()?;
    let file = Destination::new(&command.out)?;
    let terminal = Terminal::default();
    let mut engine = open(&command.model, &terminal).await?;
    let mut made = Vec::with_capacity(artefacts.len());
    let mut results = Vec::with_capacity(artefacts.len());
    for artefact in artefacts {
        let request = ExtractRequest {
            max_tokens: command.max_tokens,
            temperature: command.temperature,
            seed: command.seed,
            ..ExtractRequest::new(artefact, command.method.into())
        };
        let extraction = traitscope::steer::extract(&mut engine, &request, &terminal, &mut |_| ()).await?;
        results.push(extracted(&extraction));
        made.push(extraction.vectors);
    }
    let precision = if command.f32 {
        Precision::F32
    } else {
        Precision::F16
    };
    let bytes = match &made[..] {
        [only] if is_gguf => control_vector::write(only)?,
        _ => tensors::write(&made, precision)?,
    };
    file.write(&bytes)?;
    if command.model.json {
        return print(&results);
    }
    for result in &results {
        let [high, low] = result.texts;
        say(&format!(
            "{}: {high} texts against {low}, {}\n",
            result.trait_name, result.method
        ));
        say("layer  length  stream  separation\n");
        for at in &result.layers {
            let norm = at.neutral.map_or(f32::NAN, |neutral| neutral.norm);
            let separation = at.separation.map_or_else(String::new, |auc| format!("{auc:.3}"));
            say(&format!(
                "{:>5}  {:>6.2}  {norm:>6.1}  {separation:>10}\n",
                at.layer, at.length
            ));
        }
    }
    Ok(())
}

fn extracted(extraction: &Extraction) -> Extracted {
    let vectors = &extraction.vectors;
    let layers = vectors.layers.iter().map(|at| ExtractedLayer {
        layer: at.layer,
        length: length(&at.vector),
        separation: extraction.separation.get(at.layer).copied().flatten(),
        neutral: at.neutral,
    });
    Extracted {
        trait_name: vectors.trait_name.clone(),
        method: vectors.method.clone(),
        texts: [extraction.high, extraction.low],
        responses: extraction.responses.len(),
        layers: layers.collect(),
    }
}

/// `project`
pub async fn project(command: Project) -> Result<()> {
    let mut vectors = read(&command.vectors)?;
    let terminal = Terminal::default();
    let mut engine = open(&command.model, &terminal).await?;
    let prompt = tokens(&command.prompt, &engine.tokenizer, engine.template.as_ref())?;
    let mut meters = Vec::with_capacity(command.at.len());
    for at in &command.at {
        meters.push(meter(&mut engine, &mut vectors, &at.trait_name, at.layer, &terminal).await?);
    }
    let request = TextRequest {
        prompt: inspect::PromptInput::tokens(prompt),
        how: GenerateRequest {
            max_tokens: 0,
            temperature: 0.0,
            seed: 0,
        },
        activations: Default::default(),
        steering: Vec::new(),
        meters,
    };
    let result = inspect::write(&mut engine, &request, &terminal, &mut |_| ()).await?;
    let names: Vec<_> = command.at.iter().map(ToString::to_string).collect();
    if command.model.json {
        return print(&output::Projected {
            tokens: result.prompt,
            pieces: result.pieces,
            readings: names.into_iter().zip(result.readings).collect(),
        });
    }
    say("z-scores against neutral text; the first token has none\n");
    say(&format!("{}  token\n", names.join("  ")));
    for (i, piece) in result.pieces.iter().enumerate() {
        for (name, reading) in names.iter().zip(&result.readings) {
            let z = if i == 0 {
                String::new()
            } else {
                format!("{:.2}", reading.z[i])
            };
            say(&format!("{z:>width$}  ", width = name.len()));
        }
        say(&format!("{piece:?}\n"));
    }
    Ok(())
}

/// `steer`
pub async fn steer(command: Steer) -> Result<()> {
    let vectors = read(&command.steering.vectors)?;
    let terminal = Terminal::default();
    let mut engine = open(&command.text.model, &terminal).await?;
    let prompt = tokens(&command.text.prompt, &engine.tokenizer, engine.template.as_ref())?;
    let positions = command.steering.positions.into();
    let steering = steering(
        &mut engine,
        &vectors,
        &command.steering.steer,
        command.steering.orthogonal,
        positions,
        &terminal,
    )
    .await?;
    let mut request = text_request(&command.text, prompt);
    // The meters stand where the edits are.
    request.meters = (steering.iter())
        .map(|edit| Meter {
            layer: edit.layer,
            vector: edit.vector.clone(),
            neutral: None,
        })
        .collect();
    let unsteered = inspect::write(&mut engine, &request, &terminal, &mut |_| ()).await?;
    request.steering = steering;
    let steered = inspect::write(&mut engine, &request, &terminal, &mut |_| ()).await?;
    let doses: Vec<_> = command.steering.steer.iter().map(ToString::to_string).collect();
    if command.text.model.json {
        return print(&output::SteeredText {
            steering: doses,
            unsteered,
            steered,
        });
    }
    say(&format!(
        "-- unsteered\n{}\n-- {}\n{}\n",
        unsteered.text,
        doses.join(" "),
        steered.text
    ));
    Ok(())
}
