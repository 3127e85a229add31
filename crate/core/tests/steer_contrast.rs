//! Directions of the real SmolLM2-135M-Instruct, and a steered item, against a second program
//! (`tests/reference/steer/contrast.py`).

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::{block_on, model_path};
use serde::Deserialize;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use traitscope::device::DeviceChoice;
use traitscope::engine::{Engine, OpenOptions};
use traitscope::gguf::FileSource;
use traitscope::host::{Host, Quiet};
use traitscope::items::bundled_bank;
use traitscope::measure::Observation;
use traitscope::steer::{
    ExtractRequest, Method, Positions, Steering, SteeringEdit, TraitArtefact, cosine, extract, length,
};
use traitscope::study::{ScoreRequest, score};

#[derive(Deserialize)]
struct Golden {
    methods: BTreeMap<String, BTreeMap<usize, Vec<f32>>>,
    /// Norm, mean, deviation.
    neutral: BTreeMap<usize, [f32; 3]>,
    separation: BTreeMap<usize, f64>,
    item: String,
    layer: usize,
    conditions: Vec<Condition>,
}

#[derive(Deserialize)]
struct Condition {
    name: String,
    kind: String,
    amount: f32,
    positions: Positions,
    /// Sums of log-probabilities.
    options: [f64; 4],
}

fn golden() -> Golden {
    serde_json::from_slice(include_bytes!("../../../tests/reference/steer/contrast.json")).unwrap()
}

fn artefact() -> TraitArtefact {
    TraitArtefact::from_json(include_bytes!("../../../tests/reference/steer/artefact.json")).unwrap()
}

fn engine(device: DeviceChoice) -> Engine {
    let source = Rc::new(FileSource::open(model_path()).unwrap());
    let options = OpenOptions {
        device,
        ..OpenOptions::default()
    };
    block_on(Engine::open(source, options, &Quiet)).unwrap()
}

#[test]
fn directions_are_those_of_the_reference() {
    let golden = golden();
    let mut cpu = engine(DeviceChoice::Cpu);
    for (name, method) in [
        ("statements", Method::Statements),
        ("last-prompt", Method::LastPrompt),
        ("prompt-mean", Method::PromptMean),
        ("letters", Method::Letters),
        ("neutral", Method::Neutral),
    ] {
        assert_eq!(method.name(), name);
        let request = ExtractRequest::new(artefact(), method);
        let found = block_on(extract(&mut cpu, &request, &Quiet, &mut |_| ())).unwrap();
        for (layer, wanted) in &golden.methods[name] {
            let at = found.vectors.at(*layer).unwrap();
            let (angle, ratio) = (cosine(&at.vector, wanted), length(&at.vector) / length(wanted));
            assert!(
                angle > 0.999_99 && (ratio - 1.0).abs() < 1e-3,
                "{name} {layer}: {angle} {ratio}"
            );
        }
        if method == Method::Statements {
            assert_eq!((found.high, found.low), (4, 4));
            assert_eq!(found.vectors.layers.len(), 31);
            compare_neutral(&golden, &found.vectors, 1e-3);
            for (layer, wanted) in &golden.separation {
                assert_eq!(found.separation[*layer], Some(*wanted), "{layer}");
            }
        }
    }
}

#[test]
fn directions_of_the_gpu_are_those_of_the_reference() {
    let golden = golden();
    let mut gpu = engine(DeviceChoice::Gpu);
    let request = ExtractRequest::new(artefact(), Method::Statements);
    let found = block_on(extract(&mut gpu, &request, &Quiet, &mut |_| ())).unwrap();
    for (layer, wanted) in &golden.methods["statements"] {
        let angle = cosine(&found.vectors.at(*layer).unwrap().vector, wanted);
        assert!(angle > 0.999, "{layer}: {angle}");
    }
    compare_neutral(&golden, &found.vectors, 1e-2);
}

fn compare_neutral(golden: &Golden, found: &traitscope::steer::TraitVectors, tolerance: f32) {
    for (layer, [norm, mean, sd]) in &golden.neutral {
        let neutral = found.at(*layer).unwrap().neutral.unwrap();
        for (found, wanted) in [(neutral.norm, norm), (neutral.mean, mean), (neutral.sd, sd)] {
            // A mean may lie near 0, so its error is held against the spread.
            let unit = wanted.abs().max(*sd);
            assert!(
                (found - wanted).abs() < tolerance * unit,
                "{layer}: {found} for {wanted}"
            );
        }
    }
}

#[test]
fn a_steered_item_is_answered_as_in_the_reference() {
    let golden = golden();
    let mut bank = bundled_bank().unwrap();
    bank.items.retain(|item| item.id == golden.item);
    let vector = &golden.methods["statements"][&golden.layer];
    let mut cpu = engine(DeviceChoice::Cpu);
    let mut ask = |steering: Vec<Steering>| -> Observation {
        let request = ScoreRequest {
            steering,
            ..serde_json::from_value(serde_json::json!({"items": bank, "readouts": ["continuation"]}))
                .unwrap()
        };
        let result = block_on(score(&mut cpu, &request, &Quiet, &mut |_| ())).unwrap();
        result.observations[0].clone()
    };
    let plain = ask(Vec::new());
    for condition in &golden.conditions {
        let edit = match &condition.kind[..] {
            "add" => SteeringEdit::Add {
                dose: condition.amount,
            },
            "induce" => SteeringEdit::Induce {
                target: condition.amount,
            },
            "ablate" => SteeringEdit::Ablate,
            other => panic!("{other}"),
        };
        let observation = ask(vec![Steering {
            layer: golden.layer,
            vector: vector.clone(),
            norm: golden.neutral[&golden.layer][0],
            edit,
            positions: condition.positions,
            condition: None,
        }]);
        for (option, wanted) in observation.options.iter().zip(condition.options) {
            let found = option.logprob;
            assert!(
                (found - wanted).abs() < 2e-3,
                "{}: {found} for {wanted}",
                condition.name
            );
        }
        match &condition.name[..] {
            // A dose of 0 is the model as it is, to the bit.
            "none" => assert_eq!(observation, plain),
            name => assert!((observation.d - plain.d).abs() > 1e-3, "{name} changes nothing"),
        }
    }
}

#[test]
fn an_edit_there_and_back_cancels_and_ablation_leaves_no_projection() {
    let mut cpu = engine(DeviceChoice::Cpu);
    let golden = golden();
    let vector = golden.methods["statements"][&15].clone();
    let steering = |edit| Steering {
        layer: 15,
        vector: vector.clone(),
        norm: golden.neutral[&15][0],
        edit,
        positions: Positions::All,
        condition: None,
    };
    let mut read = |edits: Vec<SteeringEdit>| {
        let request = serde_json::from_value(serde_json::json!({
            "prompt": "The kettle is on, and the window is open.",
            "max_tokens": 6, "temperature": 0.0, "seed": 0,
            "meters": [{"layer": 15, "vector": vector}],
        }));
        let request = traitscope::inspect::TextRequest {
            steering: edits.into_iter().map(steering).collect(),
            ..request.unwrap()
        };
        block_on(traitscope::inspect::write(
            &mut cpu,
            &request,
            &Quiet,
            &mut |_| (),
        ))
        .unwrap()
    };
    let plain = read(vec![]);
    let count = plain.prompt.len() + plain.tokens.len();
    assert_eq!(
        (plain.readings[0].projections.len(), plain.pieces.len()),
        (count, count)
    );
    assert_eq!(
        plain.pieces.concat(),
        format!("The kettle is on, and the window is open.{}", plain.text)
    );
    let there = read(vec![
        SteeringEdit::Add { dose: 0.25 },
        SteeringEdit::Add { dose: -0.25 },
    ]);
    assert_eq!(there.tokens, plain.tokens);
    let none = read(vec![SteeringEdit::Add { dose: 0.0 }]);
    assert_eq!(none, plain);
    let ablated = read(vec![SteeringEdit::Ablate]);
    let unit = golden.neutral[&15][0];
    // The first token's stream is a hundred times as long, and so is what rounding leaves of it.
    assert!(
        ablated.readings[0].projections[1..]
            .iter()
            .all(|p| p.abs() < 1e-4 * unit)
    );
    // What is read of the prompt moves by as much as was added.
    for dose in [-0.2, 0.1, 0.2] {
        let moved = read(vec![SteeringEdit::Add { dose }]);
        let pairs = moved.readings[0]
            .projections
            .iter()
            .zip(&plain.readings[0].projections);
        for (after, before) in pairs.take(plain.prompt.len()).skip(1) {
            assert!(
                (after - before - dose * unit).abs() < 1e-3 * unit,
                "{after} {before}"
            );
        }
    }
}

#[test]
fn responses_that_were_drawn_before_are_not_drawn_again() {
    /// Asks to stop after some pauses.
    struct Impatient(Cell<usize>);
    impl Host for Impatient {
        fn progress(&self, _: &str, _: u64, _: u64) {}
        fn cancelled(&self) -> bool {
            self.0.set(self.0.get().saturating_sub(1));
            self.0.get() == 0
        }
    }
    let mut cpu = engine(DeviceChoice::Cpu);
    let request = ExtractRequest {
        max_tokens: 12,
        temperature: 0.7,
        seed: 5,
        ..ExtractRequest::new(artefact(), Method::Responses)
    };
    let mut all = Vec::new();
    let whole = block_on(extract(&mut cpu, &request, &Quiet, &mut |r| all.push(r.clone())));
    assert_eq!(all.len(), 6);
    let mut some = Vec::new();
    let host = Impatient(Cell::new(30));
    let stopped = block_on(extract(&mut cpu, &request, &host, &mut |r| some.push(r.clone())));
    assert_eq!(stopped.unwrap_err().code(), "run.cancelled");
    assert!(!some.is_empty() && some.len() < 6 && some[..] == all[..some.len()]);
    let mut rest = 0;
    let resumed = ExtractRequest {
        responses: some.clone(),
        ..request
    };
    let again = block_on(extract(&mut cpu, &resumed, &Quiet, &mut |_| rest += 1));
    assert_eq!(rest, 6 - some.len());
    let (whole, again) = (whole.unwrap(), again.unwrap());
    assert_eq!(whole, again);
    assert_eq!(whole.responses, all);
    let kept = |r: &&traitscope::steer::Response| r.kept;
    assert_eq!(whole.high + whole.low, all.iter().filter(kept).count());
    for response in &all {
        // The contrast under exchanged instructions has the opposite sign: what it compares is the same.
        assert!(response.contrast.is_finite() && (0.0..=1.0).contains(&response.repeated));
    }
}

#[test]
fn what_does_not_suit_the_model_is_refused_before_anything_is_computed() {
    let mut cpu = engine(DeviceChoice::Cpu);
    let mut refused = |artefact: TraitArtefact, method, code: &str| {
        let request = ExtractRequest::new(artefact, method);
        let error = block_on(extract(&mut cpu, &request, &Quiet, &mut |_| ())).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    };
    let mut long = artefact();
    long.statements.high[1] = "tidy ".repeat(3000);
    refused(long.clone(), Method::Statements, "prompt.length");
    refused(long, Method::Letters, "prompt.length");
    let mut uneven = artefact();
    uneven.statements.low.pop();
    refused(uneven.clone(), Method::Letters, "contrast.invalid");
    uneven.statements.low.pop();
    refused(uneven, Method::Statements, "contrast.invalid");
    let mut mute = artefact();
    mute.questions.extract.clear();
    for method in [Method::LastPrompt, Method::Responses, Method::Neutral] {
        refused(mute.clone(), method, "contrast.invalid");
    }
}
