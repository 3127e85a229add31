//! The commands: open the model, ask, print.

use crate::arguments::{
    Arguments, Command, Generate, Hidden, Logits, ModelArguments, PromptArguments, Score, TestArguments,
    Tokenize,
};
use crate::direction_arguments::OptionalSteering;
use crate::files::{Destination, read_at_most};
use crate::output::{self, complain, print, say};
use crate::report::Report;
use crate::terminal::Terminal;
use crate::{coherence, difference, directions, effect, free, monitor, study};
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;
use traitscope::engine::{Engine, OpenOptions};
use traitscope::gguf::{FileSource, Gguf};
use traitscope::inspect::{self, LogitsRequest, PromptInput, TextEvent, TextRequest};
use traitscope::items::{Instrument, ItemBank, LikertInventory, MAX_FILE_BYTES, bundled_bank, bundled_gate};
use traitscope::measure::Layout;
use traitscope::model::GenerateRequest;
use traitscope::study::{ScoreRequest, score};
use traitscope::text::{ChatTemplate, Message, Tokenizer};
use traitscope::{Error, Result};

/// Carries out one command.
pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Logits(command) => logits(command).await,
        Command::Hidden(command) => hidden(command).await,
        Command::Tokenize(command) => tokenize(command),
        Command::Generate(command) => generate(command).await,
        Command::Score(command) => scores(command).await,
        Command::Free(command) => free::free(command).await,
        Command::Study(command) => study::study(command).await,
        Command::Extract(command) => directions::extract(command).await,
        Command::Project(command) => directions::project(command).await,
        Command::Steer(command) => directions::steer(command).await,
        Command::Effect(command) => effect::effect(command).await,
        Command::Coherence(command) => coherence::coherence(command).await,
        Command::Monitor(command) => monitor::monitor(command).await,
        Command::Difference(command) => difference::difference(command).await,
    }
}

/// Opens the model.
pub async fn open(arguments: &ModelArguments, terminal: &Terminal) -> Result<Engine> {
    open_as(arguments, None, terminal).await
}

/// Opens the model whose file has this hash, if that is known.
pub async fn open_as(
    arguments: &ModelArguments,
    sha256: Option<String>,
    terminal: &Terminal,
) -> Result<Engine> {
    let name = arguments
        .model
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let options = OpenOptions {
        device: arguments.device.into(),
        name,
        sha256,
        ..OpenOptions::default()
    };
    let engine = Engine::open(Rc::new(FileSource::open(&arguments.model)?), options, terminal).await?;
    let device = engine.info().device;
    if let Some(notice) = device.notice {
        complain(&format!("{}: {}.", notice.code, notice.message));
    }
    Ok(engine)
}

fn messages(prompt: &PromptArguments, chat: &str) -> Vec<Message> {
    let system = prompt.system.iter().map(|text| Message::new("system", text));
    system.chain([Message::new("user", chat)]).collect()
}

/// The prompt's token ids; a plain text begins as the model's tokenizer asks.
pub fn tokens(
    prompt: &PromptArguments,
    tokenizer: &Tokenizer,
    template: Option<&ChatTemplate>,
) -> Result<Vec<u32>> {
    if let Some(chat) = &prompt.source.chat {
        let template = template
            .ok_or_else(|| Error::RequestInvalid("this model has no chat template; use --prompt".into()))?;
        return tokenizer.encode_rendered(&template.render(&messages(prompt, chat), true)?);
    }
    match &prompt.source.prompt {
        Some(text) => tokenizer.encode_rendered(&traitscope::text::Rendered::raw(text)),
        None => Ok(prompt.source.tokens.clone()),
    }
}

async fn logits(command: Logits) -> Result<()> {
    let mut engine = open(&command.model, &Terminal::default()).await?;
    let tokens = tokens(&command.prompt, &engine.tokenizer, engine.template.as_ref())?;
    let request = LogitsRequest {
        prompt: PromptInput::tokens(tokens),
        top: command.top,
        rows: None,
        activations: command.activations.into(),
    };
    let result = inspect::logits(&mut engine, &request).await?;
    if command.model.json {
        return print(&output::Logits {
            result,
            model: engine.info(),
        });
    }
    for entry in &result.top {
        say(&format!(
            "{:>7}  {:<20} {:>10.5}\n",
            entry.id, entry.token, entry.logit
        ));
    }
    Ok(())
}

async fn hidden(command: Hidden) -> Result<()> {
    let file = Destination::new(&command.out)?;
    let mut engine = open(&command.model, &Terminal::default()).await?;
    let tokens = tokens(&command.prompt, &engine.tokenizer, engine.template.as_ref())?;
    let inspect::Hidden { shape, streams } =
        inspect::hidden(&mut engine, &PromptInput::tokens(tokens)).await?;
    let tokens = shape.tokens;
    let shape = [streams.len(), tokens.len(), shape.width];
    let stream: Vec<u8> = streams
        .iter()
        .flatten()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    let ids: Vec<u8> = tokens
        .iter()
        .flat_map(|id| i64::from(*id).to_le_bytes())
        .collect();
    file.write(&safetensors(&shape, &stream, &ids)?)?;
    let result = output::Hidden {
        tokens,
        shape,
        out: command.out.display().to_string(),
    };
    if command.model.json {
        return print(&result);
    }
    say(&format!(
        "{}: {} x {} x {} values\n",
        result.out, shape[0], shape[1], shape[2]
    ));
    Ok(())
}

fn safetensors(shape: &[usize], stream: &[u8], ids: &[u8]) -> Result<Vec<u8>> {
    use safetensors::tensor::{Dtype, TensorView, serialize};
    let failed = |error: safetensors::SafeTensorError| Error::Write(error.to_string());
    let views = HashMap::from([
        (
            "resid",
            TensorView::new(Dtype::F32, shape.to_vec(), stream).map_err(failed)?,
        ),
        (
            "ids",
            TensorView::new(Dtype::I64, vec![ids.len() / 8], ids).map_err(failed)?,
        ),
    ]);
    serialize(views, None).map_err(failed)
}

fn tokenize(command: Tokenize) -> Result<()> {
    let source = FileSource::open(&command.model.model)?;
    let gguf = Gguf::read(&source)?;
    let tokenizer = Tokenizer::from_gguf(&gguf.metadata)?;
    let template = ChatTemplate::from_gguf(&gguf.metadata)?;
    let tokens = tokens(&command.prompt, &tokenizer, template.as_ref())?;
    let pieces = tokens
        .iter()
        .map(|&id| {
            tokenizer
                .token(id)
                .ok_or_else(|| Error::PromptInvalid(format!("the model has no token {id}")))
        })
        .collect::<Result<_>>()?;
    let result = output::Tokens { tokens, pieces };
    if command.model.json {
        return print(&result);
    }
    for (id, piece) in result.tokens.iter().zip(&result.pieces) {
        say(&format!("{id:>7}  {piece}\n"));
    }
    Ok(())
}

async fn generate(command: Generate) -> Result<()> {
    let terminal = Terminal::default();
    let mut engine = open(&command.model, &terminal).await?;
    let prompt = tokens(&command.prompt, &engine.tokenizer, engine.template.as_ref())?;
    let request = text_request(&command, prompt);
    let mut shown = 0;
    let mut show = |event: TextEvent<'_>| {
        if !command.model.json {
            shown += event.text.len();
            say(event.text);
        }
    };
    let result = inspect::write(&mut engine, &request, &terminal, &mut show).await?;
    if command.model.json {
        return print(&result);
    }
    // A character that the last token left unfinished is only in the whole text.
    say(result.text.get(shown..).unwrap_or_default());
    say("\n");
    Ok(())
}

/// What to write, without edits and meters.
pub fn text_request(command: &Generate, prompt: Vec<u32>) -> TextRequest {
    TextRequest {
        prompt: PromptInput::tokens(prompt),
        how: GenerateRequest {
            max_tokens: command.max_tokens,
            temperature: command.temperature,
            seed: command.seed,
        },
        activations: command.activations.into(),
        steering: Vec::new(),
        meters: Vec::new(),
    }
}

/// The instruments of these files, or the bundled items.
fn instruments(paths: &[PathBuf], limit: Option<usize>) -> Result<(ItemBank, Option<LikertInventory>)> {
    let (mut joined, mut inventory): (Option<ItemBank>, _) = (None, None);
    for path in paths {
        let bytes = read_at_most(path, MAX_FILE_BYTES)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        match Instrument::read(&bytes, &name.unwrap_or_default())? {
            Instrument::Items { bank } => {
                joined = Some(match joined {
                    Some(before) => before.join(bank)?,
                    None => bank,
                });
            }
            Instrument::Likert { inventory: found } => {
                if inventory.replace(found).is_some() {
                    return Err(Error::RequestInvalid(
                        "give one inventory of statements at a time".into(),
                    ));
                }
            }
        }
    }
    let most = limit.unwrap_or(usize::MAX);
    if let Some(inventory) = &mut inventory {
        inventory.items.truncate(most);
    }
    let mut items = match (joined, &inventory) {
        (Some(items), _) => items,
        (None, None) => bundled_bank()?,
        (None, Some(inventory)) => ItemBank {
            name: inventory.name.clone(),
            version: inventory.version.clone(),
            licence: inventory.licence.clone(),
            items: Vec::new(),
        },
    };
    items.items.truncate(most);
    Ok((items, inventory))
}

/// The test that was asked for, without a gate and without edits.
pub fn test_request(test: &TestArguments) -> Result<ScoreRequest> {
    let (items, inventory) = instruments(&test.items, test.limit)?;
    Ok(ScoreRequest {
        items,
        inventory,
        readouts: test.readout.iter().copied().map(Into::into).collect(),
        templates: test.templates.clone(),
        layouts: layouts(&test.layouts)?,
        frame: None,
        instruction: None,
        system: test.system.clone(),
        prompt_mode: test.mode.into(),
        gate_questions: 0,
        gate_range: None,
        gain: test.gain,
        paraphrases: test.paraphrases,
        activations: test.activations.into(),
        steering: Vec::new(),
        seed: test.seed,
    })
}

/// The orders of these names.
fn layouts(names: &[String]) -> Result<Vec<Layout>> {
    match names {
        [all] if all == "all" => Ok(Layout::all()),
        names => names.iter().map(|name| name.parse()).collect(),
    }
}

async fn scores(command: Score) -> Result<()> {
    let mut request = test_request(&command.test)?;
    request.gate_questions = command.gate;
    let (name, version) = (request.items.name.clone(), request.items.version.clone());
    request.check()?;
    let terminal = Terminal::default();
    let mut engine = match &command.steering.vectors {
        Some(path) => {
            let vectors = directions::read(path)?;
            let mut engine = directions::open(&command.model, &terminal).await?;
            let OptionalSteering {
                steer,
                orthogonal,
                positions,
                ..
            } = &command.steering;
            let positions = (*positions).into();
            request.steering =
                directions::steering(&mut engine, &vectors, steer, *orthogonal, positions, &terminal).await?;
            engine
        }
        None => open(&command.model, &terminal).await?,
    };
    let result = score(&mut engine, &request, &terminal, &mut |_| ()).await?;
    let summary = result.summary;
    if command.model.json {
        return print(&output::Scored {
            observations: result.observations,
            ratings: result.ratings,
            facts: result.facts,
            likert: summary.likert,
            scores: summary.scores,
            gate: summary.gate,
            letters: summary.letters,
            offered: summary.offered,
            items: name,
            items_version: version,
            seed: request.seed,
            steering: command.steering.steer.iter().map(ToString::to_string).collect(),
            activations: result.activations,
            rounding: result.rounding,
            program: result.program,
            model: engine.info(),
        });
    }
    let report = Report {
        summary: &summary,
        rounding: result.rounding.as_ref(),
        questions: bundled_gate()?.items.len(),
    };
    say(&report.to_string());
    Ok(())
}
