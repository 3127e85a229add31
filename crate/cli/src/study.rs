//! `study`: an instrument under many settings.

use crate::arguments::Study;
use crate::directions;
use crate::files::read_at_most;
use crate::output::{print, say};
use crate::study_report::StudyReport;
use crate::terminal::Terminal;
use std::collections::HashSet;
use std::path::Path;
use traitscope::engine::Engine;
use traitscope::host::{Host, Quiet};
use traitscope::items::{Instrument, ItemBank, LikertInventory, MAX_FILE_BYTES, bundled_bank};

use traitscope::study::plan::{Setting, SettingAnswers, StudyFile, StudyResult};
use traitscope::study::{ScoreResult, score};
use traitscope::{Error, Result};

/// What a study asks from.
struct Instruments {
    bank: ItemBank,
    inventories: Vec<(String, LikertInventory)>,
}

impl Instruments {
    fn of(&self, study: &StudyFile, setting: &Setting) -> Option<&LikertInventory> {
        self.named(study.inventory_of(setting)?)
    }

    fn named(&self, id: &str) -> Option<&LikertInventory> {
        let found = self.inventories.iter().find(|(other, _)| other == id);
        found.map(|(_, inventory)| inventory)
    }
}

pub async fn study(command: Study) -> Result<()> {
    let mut study = StudyFile::from_json(&read_at_most(&command.study, MAX_FILE_BYTES)?)?;
    if command.settings.is_some() {
        study.settings = command.settings;
        study.check()?;
    }
    let instruments = instruments(&study, &command)?;
    let terminal = Terminal::default();
    let settings = study.to_ask();
    if study.combinations() == 1 {
        return Err(Error::StudyInvalid(
            "it has one setting, which makes it a test: give its items, read-outs, templates, paraphrases and gate to `traitscope score`, \
             which tells scores and how far they depend on the form of asking"
                .into(),
        ));
    }
    // A study that cannot be carried out says so before the model is loaded, and every study how much it asks.
    let mut questions = 0;
    for setting in &settings {
        let request = study.request(setting, &instruments.bank, instruments.of(&study, setting))?;
        questions += request.questions();
    }
    terminal.note(&format!(
        "{} of {} settings, {questions} questions, after {} factual ones",
        settings.len(),
        study.combinations(),
        study.gate
    ));
    let mut engine = directions::open(&command.model, &terminal).await?;
    let mut result = begin(&mut engine, study, &instruments, &command, &terminal).await?;
    let known = command
        .out
        .iter()
        .filter(|path| path.exists())
        .chain(&command.with);
    for path in known {
        let other = StudyResult::from_json(&read_at_most(path, MAX_FILE_BYTES)?)?;
        result = result.join(other)?;
    }
    let done: HashSet<usize> = result.answers.iter().map(|own| own.setting).collect();
    let (count, activations) = (settings.len(), command.activations.into());
    for (place, setting) in settings.iter().enumerate() {
        terminal.progress("settings", place as u64, count as u64);
        if done.contains(&setting.index) || result.readouts.is_empty() {
            continue;
        }
        let mut request =
            result
                .study
                .request(setting, &instruments.bank, instruments.of(&result.study, setting))?;
        request.readouts.clone_from(&result.readouts);
        request.activations = activations;
        // Progress is told of settings, not of the questions of each.
        let ScoreResult {
            observations,
            ratings,
            ..
        } = score(&mut engine, &request, &Quiet, &mut |_| ()).await?;
        result.answers.push(SettingAnswers {
            device: Some(engine.info().device.kind),
            ..SettingAnswers::of(setting, &observations, &ratings)?
        });
        if let Some(path) = &command.out {
            keep(path, &result)?;
        }
    }
    terminal.progress("settings", count as u64, count as u64);
    result.answers.sort_by_key(|answers| answers.setting);
    result.summary = result.study.summarise(&result.answers, &result.norms)?;
    if let Some(path) = &command.out {
        keep(path, &result)?;
    }
    if command.model.json {
        return print(&result);
    }
    say(&StudyReport(&result).to_string());
    Ok(())
}

fn instruments(study: &StudyFile, command: &Study) -> Result<Instruments> {
    let bank = match &command.items {
        None => bundled_bank()?,
        Some(path) => match instrument(path)? {
            Instrument::Items { bank } => bank,
            Instrument::Likert { .. } => {
                return Err(Error::StudyInvalid(format!(
                    "{} holds statements, not items",
                    path.display()
                )));
            }
        },
    };
    let mut inventories = Vec::new();
    for id in study.inventories() {
        let folder = command.inventories.as_ref().ok_or_else(|| {
            Error::StudyInvalid(format!(
                "it rates {id:?}: say with --inventories where {id}.json is"
            ))
        })?;
        match instrument(&folder.join(format!("{id}.json")))? {
            Instrument::Likert { inventory } => inventories.push((id.to_owned(), inventory)),
            Instrument::Items { .. } => return Err(Error::StudyInvalid(format!("{id:?} is no inventory"))),
        }
    }
    Ok(Instruments { bank, inventories })
}

fn instrument(path: &Path) -> Result<Instrument> {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Instrument::read(&read_at_most(path, MAX_FILE_BYTES)?, &name)
}

/// The result without an answer: what the factual questions say decides which read-outs are asked.
async fn begin(
    engine: &mut Engine,
    study: StudyFile,
    instruments: &Instruments,
    command: &Study,
    terminal: &Terminal,
) -> Result<StudyResult> {
    // Statements of fact are in the words of the program: they go with the scale of the study's own inventory, not of a level's.
    let inventory = study
        .inventory
        .as_ref()
        .and_then(|own| instruments.named(&own.id));
    let (mut gate, mut statement_gate) = (Vec::new(), Vec::new());
    for mut request in study.gate_requests(inventory) {
        request.activations = command.activations.into();
        let summary = score(engine, &request, terminal, &mut |_| ()).await?.summary;
        match summary.likert {
            Some(likert) => statement_gate = likert.gate,
            None => gate = summary.gate,
        }
    }
    let info = engine.info();
    let (format, format_version) = StudyResult::format();
    let summary = study.summarise(&[], &[])?;
    Ok(StudyResult {
        format,
        format_version,
        program: format!("traitscope {}", env!("CARGO_PKG_VERSION")),
        date: None,
        model: info.name,
        model_sha256: info.sha256,
        device: info.device,
        activations: command.activations.into(),
        items: format!("{} {}", instruments.bank.name, instruments.bank.version),
        norms: inventory
            .map(|inventory| inventory.norms.clone())
            .unwrap_or_default(),
        readouts: study.readouts_to_ask(&gate, &statement_gate),
        gate,
        statement_gate,
        answers: Vec::new(),
        summary,
        study,
    })
}

/// Written beside the old file and put in its place, so that there is a whole file whatever happens.
fn keep(path: &Path, result: &StudyResult) -> Result<()> {
    let failed = |error: std::io::Error| Error::Write(format!("{}: {error}", path.display()));
    let text = serde_json::to_vec(result).map_err(|error| Error::Write(error.to_string()))?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    std::fs::write(&beside, text).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)
}
