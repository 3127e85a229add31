//! `score` on the real SmolLM2-135M-Instruct against a second program (`tests/reference/score`): its own prompts, tokens,
//! forward and arithmetic.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{block_on, model_path};
use serde::Deserialize;
use std::rc::Rc;
use traitscope::device::DeviceChoice;
use traitscope::engine::{Engine, OpenOptions, PromptMode};
use traitscope::gguf::FileSource;
use traitscope::host::Quiet;
use traitscope::items::bundled_bank;
use traitscope::measure::{GateAnswer, Layout, Observation, OptionScore, Readout, Score};
use traitscope::ops::Activations;
use traitscope::prompt::templates::LetterTemplate;
use traitscope::study::{ScoreRequest, ScoreResult, score};

// The reference computes in f64. Measured on the CPU: labels differ by up to 2.2e-5 nats, sums over an option's 17 to 22
// tokens by 1.1e-4, d by 1.4e-5, shares by 2.1e-5. The bounds are about nine times that.
const LABEL: f64 = 2e-4;
const SUM: f64 = 1e-3;
const SHARE: f64 = 2e-4;
/// Where two options are no further apart, rounding may choose the other one.
const CLOSE_CALL: f64 = 2.0 * LABEL;

#[derive(Deserialize)]
struct Reference {
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    name: String,
    items: Vec<String>,
    templates: Vec<LetterTemplate>,
    #[serde(rename = "gate")]
    answers: Vec<Answer>,
    system: Option<String>,
    #[serde(default)]
    mode: PromptMode,
    observations: Vec<Row>,
    scores: Vec<Figures>,
}

#[derive(Deserialize)]
struct Row {
    item: String,
    #[serde(rename = "trait")]
    trait_name: String,
    paraphrased: bool,
    readout: Readout,
    template: Option<String>,
    layout: Option<Layout>,
    options: Vec<OptionScore>,
    option_mass: Option<f64>,
    p_high: f64,
    d: f64,
    p_high_gain: Option<f64>,
    d_gain: Option<f64>,
    best: String,
}

#[derive(Deserialize)]
struct Answer {
    item: String,
    readout: Readout,
    rotation: Option<u8>,
    chosen: u8,
    margin: f64,
    p_right: f64,
}

#[derive(Deserialize)]
struct Figures {
    #[serde(rename = "trait")]
    trait_name: String,
    readout: Readout,
    score: f64,
    expected: f64,
}

impl Run {
    fn request(&self) -> ScoreRequest {
        let mut bank = bundled_bank().unwrap();
        bank.items.retain(|item| self.items.contains(&item.id));
        bank.items
            .sort_by_key(|item| self.items.iter().position(|id| *id == item.id));
        ScoreRequest {
            inventory: None,
            items: bank,
            readouts: vec![Readout::Letters, Readout::Continuation],
            templates: self.templates.clone(),
            layouts: vec![Layout::FORWARD, Layout::REVERSED],
            frame: None,
            instruction: None,
            system: self.system.clone(),
            prompt_mode: self.mode,
            gate_questions: self.answers.len() / 5,
            gate_range: None,
            gain: true,
            paraphrases: true,
            activations: Activations::F32,
            steering: Vec::new(),
            seed: 1,
        }
    }
}

/// The largest differences met, to be shown.
#[derive(Debug, Default)]
struct Worst {
    label: f64,
    sum: f64,
    share: f64,
    d: f64,
}

fn near(worst: &mut f64, found: Option<f64>, expected: Option<f64>, bound: f64, what: &str) {
    match (found, expected) {
        (Some(found), Some(expected)) => {
            let off = (found - expected).abs();
            assert!(off < bound, "{what}: {found} for {expected}");
            *worst = worst.max(off);
        }
        _ => assert_eq!(found, expected, "{what}"),
    }
}

/// The position of the best option, and how far it stands above the next.
fn best(options: &[OptionScore]) -> (usize, f64) {
    let mut ranked: Vec<(f64, usize)> = options
        .iter()
        .enumerate()
        .map(|(i, option)| (option.logprob / f64::from(option.tokens), i))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    (ranked[0].1, ranked[0].0 - ranked[1].0)
}

fn check_row(found: &Observation, row: &Row, worst: &mut Worst) {
    let about = format!(
        "{} {:?} {:?} {:?} {}",
        row.item, row.readout, row.template, row.layout, row.paraphrased
    );
    assert_eq!(
        (&found.item, &found.trait_name, found.paraphrased, found.readout),
        (&row.item, &row.trait_name, row.paraphrased, row.readout)
    );
    assert_eq!(
        (&found.template, found.layout),
        (&row.template, row.layout),
        "{about}"
    );
    assert_eq!(found.options.len(), row.options.len());
    for (found, option) in found.options.iter().zip(&row.options) {
        assert_eq!(
            (&found.key, found.tokens),
            (&option.key, option.tokens),
            "{about}"
        );
        let (worst_so_far, bound) = match row.readout {
            Readout::Letters => (&mut worst.label, LABEL),
            Readout::Continuation => (&mut worst.sum, SUM),
        };
        near(
            worst_so_far,
            Some(found.logprob),
            Some(option.logprob),
            bound,
            &about,
        );
        near(
            &mut worst.sum,
            found.neutral_logprob,
            option.neutral_logprob,
            SUM,
            &about,
        );
    }
    let shares = [
        (found.option_mass, row.option_mass),
        (Some(found.p_high), Some(row.p_high)),
        (found.p_high_gain, row.p_high_gain),
    ];
    for (found, expected) in shares {
        near(&mut worst.share, found, expected, SHARE, &about);
    }
    for (found, expected) in [(Some(found.d), Some(row.d)), (found.d_gain, row.d_gain)] {
        near(&mut worst.d, found, expected, LABEL, &about);
    }
    let (chosen, margin) = best(&row.options);
    assert_eq!(
        row.options[chosen].key, row.best,
        "the reference contradicts itself"
    );
    if margin > CLOSE_CALL {
        assert_eq!(found.options[best(&found.options).0].key, row.best, "{about}");
        assert_eq!(found.win, Some(row.best.starts_with("high")), "{about}");
    }
}

fn check_gate(found: &GateAnswer, answer: &Answer, worst: &mut Worst) {
    let about = format!("{} {:?}", answer.item, answer.rotation);
    assert_eq!(
        (&found.item, found.readout, found.rotation),
        (&answer.item, answer.readout, answer.rotation)
    );
    near(
        &mut worst.share,
        Some(found.p_right),
        Some(answer.p_right),
        SHARE,
        &about,
    );
    if answer.margin > CLOSE_CALL {
        assert_eq!(found.chosen, answer.chosen, "{about}");
    }
}

fn check_scores(result: &ScoreResult, run: &Run) {
    let summary = &result.summary;
    for figures in &run.scores {
        let found: Option<&Score> = summary
            .scores
            .iter()
            .find(|s| s.trait_name == figures.trait_name && s.readout == figures.readout);
        let locked = figures.readout == Readout::Letters && summary.letters.as_ref().unwrap().locked;
        assert_eq!(found.is_none(), locked, "{} {}", run.name, figures.trait_name);
        if let Some(found) = found {
            let about = format!("{} {} {:?}", run.name, figures.trait_name, figures.readout);
            assert!((found.score - figures.score).abs() < 1e-4, "{about}");
            assert!(
                (found.expected - figures.expected).abs() < 100.0 * SHARE,
                "{about}"
            );
        }
    }
}

#[test]
fn prompts_tokens_and_figures_are_those_of_a_second_program() {
    let reference: Reference =
        serde_json::from_slice(include_bytes!("../../../tests/reference/score/score.json")).unwrap();
    let options = OpenOptions {
        device: DeviceChoice::Cpu,
        ..OpenOptions::default()
    };
    let source = Rc::new(FileSource::open(model_path()).unwrap());
    let mut engine = block_on(Engine::open(source, options, &Quiet)).unwrap();
    for run in &reference.runs {
        let result = block_on(score(&mut engine, &run.request(), &Quiet, &mut |_| ())).unwrap();
        let mut worst = Worst::default();
        assert_eq!(result.observations.len(), run.observations.len());
        for (found, row) in result.observations.iter().zip(&run.observations) {
            check_row(found, row, &mut worst);
        }
        // The reference goes question by question, the run read-out by read-out.
        assert_eq!(result.gate_answers.len(), run.answers.len());
        for answer in &run.answers {
            let same = |found: &&GateAnswer| {
                (&found.item, found.readout, found.rotation)
                    == (&answer.item, answer.readout, answer.rotation)
            };
            check_gate(result.gate_answers.iter().find(same).unwrap(), answer, &mut worst);
        }
        check_scores(&result, run);
        println!("{}: largest differences {worst:?}", run.name);
    }
}
