//! The commands: open the model, ask, print.

use crate::arguments::{
    Arguments, Command, Generate, Hidden, Logits, ModelArguments, PromptArguments, Score, Tokenize,
};
use crate::output;
use crate::terminal::Terminal;
use serde::Serialize;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;
use traitscope::engine::{Engine, OpenOptions};
use traitscope::gguf::{FileSource, Gguf};
use traitscope::items::{ItemBank, bundled_bank};
use traitscope::model::{GenerateRequest, Read};
use traitscope::prompt::TokenBatch;
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
    }
}

async fn open(arguments: &ModelArguments, terminal: &Terminal) -> Result<Engine> {
    let name = arguments
        .model
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let options = OpenOptions {
        device: arguments.device.into(),
        name,
        ..OpenOptions::default()
    };
    let engine = Engine::open(Rc::new(FileSource::open(&arguments.model)?), options, terminal).await?;
    let device = engine.info().device;
    if let Some(notice) = device.notice {
        eprintln!("{}: {} Running on the CPU.", notice.code, notice.message);
    }
    Ok(engine)
}

fn print<T: Serialize>(value: &T) -> Result<()> {
    let text = serde_json::to_string(value).map_err(|error| Error::Io(error.to_string()))?;
    writeln!(std::io::stdout(), "{text}").map_err(|error| Error::Io(error.to_string()))
}

fn messages(prompt: &PromptArguments, chat: &str) -> Vec<Message> {
    let system = prompt.system.iter().map(|text| Message::new("system", text));
    system.chain([Message::new("user", chat)]).collect()
}

/// The prompt's token ids; a plain text begins as the model's tokenizer asks.
fn tokens(
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
    let last = tokens.len().saturating_sub(1);
    let read = Read {
        logits: vec![last],
        ..Read::default()
    };
    let output = engine
        .model
        .forward(&TokenBatch::sequence(&tokens, 0), &read)
        .await?;
    let (top, logsumexp) = traitscope::model::top(&output.logits[0], command.top);
    let top = top
        .into_iter()
        .map(|(id, logit)| output::TopToken {
            id,
            token: engine.tokenizer.token(id).unwrap_or_default(),
            logit,
        })
        .collect();
    let result = output::Logits {
        top,
        tokens,
        logsumexp,
        model: engine.info(),
    };
    if command.model.json {
        return print(&result);
    }
    for entry in &result.top {
        println!("{:>7}  {:<20} {:>10.5}", entry.id, entry.token, entry.logit);
    }
    Ok(())
}

async fn hidden(command: Hidden) -> Result<()> {
    let mut engine = open(&command.model, &Terminal::default()).await?;
    let tokens = tokens(&command.prompt, &engine.tokenizer, engine.template.as_ref())?;
    let read = Read {
        hidden: true,
        ..Read::default()
    };
    let output = engine
        .model
        .forward(&TokenBatch::sequence(&tokens, 0), &read)
        .await?;
    let shape = [output.hidden.len(), tokens.len(), engine.model.config.width];
    let stream: Vec<u8> = output
        .hidden
        .iter()
        .flatten()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    let ids: Vec<u8> = tokens
        .iter()
        .flat_map(|id| i64::from(*id).to_le_bytes())
        .collect();
    write_safetensors(&command.out, &shape, &stream, &ids)?;
    let result = output::Hidden {
        tokens,
        shape,
        out: command.out.display().to_string(),
    };
    if command.model.json {
        return print(&result);
    }
    println!(
        "{}: {} x {} x {} values",
        result.out, shape[0], shape[1], shape[2]
    );
    Ok(())
}

fn write_safetensors(path: &Path, shape: &[usize], stream: &[u8], ids: &[u8]) -> Result<()> {
    use safetensors::tensor::{Dtype, TensorView, serialize};
    let io = |error: &dyn std::fmt::Display| Error::Io(format!("{}: {error}", path.display()));
    let views = HashMap::from([
        (
            "resid",
            TensorView::new(Dtype::F32, shape.to_vec(), stream).map_err(|e| io(&e))?,
        ),
        (
            "ids",
            TensorView::new(Dtype::I64, vec![ids.len() / 8], ids).map_err(|e| io(&e))?,
        ),
    ]);
    let bytes = serialize(views, None).map_err(|e| io(&e))?;
    std::fs::write(path, bytes).map_err(|e| io(&e))
}

fn tokenize(command: Tokenize) -> Result<()> {
    let source = FileSource::open(&command.model.model)?;
    let gguf = Gguf::read(&source)?;
    let tokenizer = Tokenizer::from_gguf(&gguf.metadata)?;
    let template = ChatTemplate::from_gguf(&gguf.metadata)?;
    let tokens = tokens(&command.prompt, &tokenizer, template.as_ref())?;
    let pieces = tokens
        .iter()
        .map(|id| tokenizer.token(*id).unwrap_or_default())
        .collect();
    let result = output::Tokens { tokens, pieces };
    if command.model.json {
        return print(&result);
    }
    for (id, piece) in result.tokens.iter().zip(&result.pieces) {
        println!("{id:>7}  {piece}");
    }
    Ok(())
}

async fn generate(command: Generate) -> Result<()> {
    let terminal = Terminal::default();
    let mut engine = open(&command.model, &terminal).await?;
    let prompt = tokens(&command.prompt, &engine.tokenizer, engine.template.as_ref())?;
    let request = GenerateRequest {
        max_tokens: command.max_tokens,
        temperature: command.temperature,
        seed: command.seed,
    };
    let Engine { model, tokenizer, .. } = &mut engine;
    let mut stream = tokenizer.stream();
    let mut text = String::new();
    let show = !command.model.json;
    let mut say = |piece: String| {
        if show {
            print!("{piece}");
            // A terminal that went away is noticed at the end.
            let _ = std::io::stdout().flush();
        }
        text.push_str(&piece);
    };
    let result = model
        .generate(
            &prompt,
            request,
            |id| tokenizer.is_end(id),
            &terminal,
            |id| say(stream.push(id)),
        )
        .await?;
    say(stream.finish());
    if show {
        println!();
        return Ok(());
    }
    print(&output::Generated {
        text,
        tokens: result.tokens,
        stop: result.stop,
        prompt_tokens: prompt.len(),
    })
}

async fn scores(command: Score) -> Result<()> {
    let mut items = match &command.items {
        Some(path) => {
            let bytes =
                std::fs::read(path).map_err(|error| Error::Io(format!("{}: {error}", path.display())))?;
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            ItemBank::from_json(&bytes, &name)?
        }
        None => bundled_bank()?,
    };
    if let Some(limit) = command.limit {
        items.items.truncate(limit);
    }
    let (name, version) = (items.name.clone(), items.version.clone());
    let request = ScoreRequest {
        items,
        readouts: command.readout.into_iter().map(Into::into).collect(),
        templates: command.templates.into_iter().map(Into::into).collect(),
        layouts: command.layouts.into_iter().map(Into::into).collect(),
        system: command.system,
        prompt_mode: command.mode.into(),
        gate_questions: command.gate,
        gain: command.gain,
        paraphrases: command.paraphrases,
        seed: command.seed,
    };
    request.check()?;
    let terminal = Terminal::default();
    let mut engine = open(&command.model, &terminal).await?;
    let result = score(&mut engine, &request, &terminal, &mut |_| ()).await?;
    let summary = result.summary;
    if command.model.json {
        return print(&output::Scored {
            observations: result.observations,
            scores: summary.scores,
            gate: summary.gate,
            letters: summary.letters,
            offered: summary.offered,
            items: name,
            items_version: version,
            seed: command.seed,
            program: result.program,
            model: engine.info(),
        });
    }
    for gate in &summary.gate {
        let verdict = if gate.passes { "passes" } else { "fails" };
        println!(
            "gate, {:?}: {} of {} right, {verdict}",
            gate.readout, gate.right, gate.items
        );
    }
    for score in &summary.scores {
        println!(
            "{:<18} {:<13} answers like high in {:5.1} of 100 items [{:.1}, {:.1}], expected {:5.1}",
            score.trait_name,
            format!("{:?}", score.readout),
            score.score,
            score.low,
            score.high,
            score.expected
        );
    }
    Ok(())
}
