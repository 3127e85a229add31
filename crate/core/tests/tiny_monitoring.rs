//! Meters before answers and on texts of a data set, on a tiny random model (`tests/reference/tiny`).

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::tiny::{engine, request};
use common::{StopsAfter, block_on};
use traitscope::device::DeviceChoice;
use traitscope::engine::Engine;
use traitscope::host::Quiet;
use traitscope::inspect::{PromptInput, TextRequest, write};
use traitscope::measure::Readout;
use traitscope::model::GenerateRequest;
use traitscope::monitor::Meter;
use traitscope::ops::Activations;
use traitscope::steer::chance::gaussian;
use traitscope::steer::{Neutral, Positions, Steering, SteeringEdit};
use traitscope::study::effect::Persona;
use traitscope::study::{
    DataText, DifferenceRequest, MonitoringRequest, ScoreRequest, difference, monitoring, score,
};
use traitscope::text::Rendered;

fn meter(engine: &Engine) -> Meter {
    Meter {
        layer: 1,
        vector: gaussian(engine.info().width, 1, 7).remove(0),
        neutral: Some(Neutral {
            norm: 2.0,
            mean: 0.5,
            sd: 0.25,
        }),
    }
}

#[test]
fn a_meter_is_read_at_the_last_token_before_each_answer() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let meter = meter(&engine);
    let plain = ScoreRequest {
        readouts: vec![Readout::Continuation],
        paraphrases: false,
        gain: false,
        gate_questions: 0,
        ..request(3)
    };
    let request = MonitoringRequest {
        test: plain.clone(),
        meter: meter.clone(),
        personas: vec![Persona {
            name: "b".into(),
            system: "b a b".into(),
        }],
    };
    let result = block_on(monitoring(&mut engine, &request, &Quiet)).unwrap();
    assert_eq!(result.rows.len(), 2 * 3);
    for row in &result.rows {
        let system = row.persona.map(|_| "b a b");
        let item = plain.items.items.iter().find(|item| item.id == row.item).unwrap();
        let rendered = engine
            .ask(plain.prompt_mode, system, &item.text(false).unwrap())
            .unwrap();
        let read = TextRequest {
            prompt: PromptInput::tokens(engine.tokenizer.encode_rendered(&rendered).unwrap()),
            how: GenerateRequest {
                max_tokens: 0,
                temperature: 0.0,
                seed: 0,
            },
            activations: Activations::F32,
            steering: Vec::new(),
            meters: vec![meter.clone()],
        };
        let read = block_on(write(&mut engine, &read, &Quiet, &mut |_| ())).unwrap();
        let last = f64::from(*read.readings[0].z.last().unwrap());
        assert!((row.z - last).abs() < 1e-3, "{} {last}", row.z);
        let single = ScoreRequest {
            system: system.map(Into::into),
            ..plain.clone()
        };
        let asked = block_on(score(&mut engine, &single, &Quiet, &mut |_| ())).unwrap();
        let answer = asked
            .observations
            .iter()
            .find(|answer| answer.item == row.item)
            .unwrap();
        assert!((answer.d - row.d).abs() < 1e-4);
    }
    // A stop costs what was under way, and what is kept says nothing of prompts that were not reached.
    let stopped = block_on(monitoring(&mut engine, &request, &StopsAfter::new(1))).unwrap();
    assert!(stopped.cancelled);
    assert_eq!(stopped.rows[..], result.rows[..3]);
    assert!(stopped.traits[0].means[0].is_some());
    assert_eq!(stopped.traits[0].means[1], None);

    // One item a trait here: over both prompts a line, and within one nothing.
    let of_trait = &result.traits[0];
    assert_eq!((of_trait.within.len(), of_trait.within[0]), (2, None));
    assert_eq!(of_trait.pooled.map(|pooled| pooled.pairs), Some(2));

    let mut refused = |change: &dyn Fn(&mut MonitoringRequest)| {
        let mut request = request.clone();
        change(&mut request);
        let error = block_on(monitoring(&mut engine, &request, &Quiet)).unwrap_err();
        assert_eq!(error.code(), "request.invalid");
    };
    refused(&|request| request.meter.neutral = None);
    refused(&|request| request.test.readouts.push(Readout::Letters));
    refused(&|request| request.test.paraphrases = true);
    refused(&|request| {
        request.test.steering = vec![Steering {
            layer: 1,
            vector: request.meter.vector.clone(),
            norm: 1.0,
            edit: SteeringEdit::Ablate,
            positions: Positions::All,
            condition: None,
        }];
    });
}

fn data(prompt: Option<&str>, response: &str) -> DataText {
    DataText {
        prompt: prompt.map(Into::into),
        response: response.into(),
    }
}

/// A text alone, two answers, and an answer of the model itself.
fn compared(engine: &Engine) -> DifferenceRequest {
    DifferenceRequest {
        texts: vec![
            data(None, "b a b a"),
            data(Some("a b"), "a a b"),
            data(Some("b b a"), "b"),
        ],
        meter: meter(engine),
        system: None,
        prompt_mode: request(1).prompt_mode,
        max_tokens: 6,
        temperature: 0.0,
        seed: 3,
    }
}

/// The mean z-score of the tokens from a place on, read as `project` reads them.
fn mean_z(engine: &mut Engine, tokens: &[u32], from: usize) -> f64 {
    let read = TextRequest {
        prompt: PromptInput::tokens(tokens),
        how: GenerateRequest {
            max_tokens: 0,
            temperature: 0.0,
            seed: 0,
        },
        activations: Activations::F32,
        steering: Vec::new(),
        meters: vec![meter(engine)],
    };
    let read = block_on(write(engine, &read, &Quiet, &mut |_| ())).unwrap();
    let z = &read.readings[0].z[from..];
    z.iter().map(|z| f64::from(*z)).sum::<f64>() / z.len() as f64
}

#[test]
fn texts_of_a_data_set_are_read_beside_the_models_own_answers() {
    for device in [DeviceChoice::Cpu, DeviceChoice::Gpu] {
        let mut engine = engine(device, None);
        let request = compared(&engine);
        let result = block_on(difference(&mut engine, &request, &Quiet)).unwrap();
        assert!(!result.cancelled);
        assert_eq!(result.rows.len(), 3);
        // The text alone has nothing to be held against, and comes last.
        assert_eq!((result.rows[2].index, &result.rows[2].own), (0, &None));
        assert!(result.rows[0].difference >= result.rows[1].difference);
        let alone = engine
            .tokenizer
            .encode_rendered(&Rendered::raw("b a b a"))
            .unwrap();
        assert!((result.rows[2].z - mean_z(&mut engine, &alone, 1)).abs() < 1e-3);
        for row in &result.rows[..2] {
            let text = &request.texts[row.index];
            let mut whole = engine
                .ask(request.prompt_mode, None, text.prompt.as_deref().unwrap())
                .unwrap();
            let prompt = engine.tokenizer.encode_rendered(&whole).unwrap();
            whole.append_user_text(&text.response);
            let tokens = engine.tokenizer.encode_rendered(&whole).unwrap();
            assert_eq!(tokens[..prompt.len()], prompt[..]);
            assert!((row.z - mean_z(&mut engine, &tokens, prompt.len())).abs() < 1e-3);
            let written = TextRequest {
                prompt: PromptInput::tokens(prompt.clone()),
                how: GenerateRequest {
                    max_tokens: 6,
                    temperature: 0.0,
                    seed: 0,
                },
                activations: Activations::F32,
                steering: Vec::new(),
                meters: Vec::new(),
            };
            let written = block_on(write(&mut engine, &written, &Quiet, &mut |_| ())).unwrap();
            let own = row.own.as_ref().unwrap();
            assert_eq!(own.text, written.text);
            let answered = [&prompt[..], &written.tokens].concat();
            assert!((own.z - mean_z(&mut engine, &answered, prompt.len())).abs() < 1e-3);
            assert!((row.difference.unwrap() - (row.z - own.z)).abs() < 1e-9);
        }
        let of = |pick: &dyn Fn(usize) -> Option<f64>| {
            let values: Vec<f64> = (0..3).filter_map(pick).collect();
            values.iter().sum::<f64>() / values.len() as f64
        };
        let mean = of(&|i| result.rows[i].difference);
        assert!((result.difference.unwrap().value - mean).abs() < 1e-9);
        assert!((result.z.unwrap().value - of(&|i| Some(result.rows[i].z))).abs() < 1e-9);
    }
}

#[test]
fn a_data_set_that_cannot_be_read_is_refused_and_a_stop_keeps_what_is_done() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let request = compared(&engine);
    let whole = block_on(difference(&mut engine, &request, &Quiet)).unwrap();
    let stopped = block_on(difference(&mut engine, &request, &StopsAfter::new(2))).unwrap();
    assert!(stopped.cancelled && stopped.rows.len() == 2);
    for row in &stopped.rows {
        assert!(whole.rows.contains(row));
    }
    let at_once = block_on(difference(&mut engine, &request, &StopsAfter::new(0))).unwrap();
    assert_eq!(
        (at_once.rows.len(), at_once.z, at_once.difference),
        (0, None, None)
    );

    let mut refused = |change: &dyn Fn(&mut DifferenceRequest), code: &str, part: &str| {
        let mut request = request.clone();
        change(&mut request);
        let error = block_on(difference(&mut engine, &request, &Quiet)).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(part), "{error}");
    };
    refused(&|request| request.texts.clear(), "texts.invalid", "none");
    refused(
        &|request| request.texts[1].response.clear(),
        "texts.invalid",
        "text 2",
    );
    refused(
        &|request| request.texts[2].response = "b ".repeat(4000),
        "prompt.length",
        "text 3",
    );
    refused(&|request| request.max_tokens = 100_000, "prompt.length", "text 2");
    refused(&|request| request.max_tokens = 0, "request.invalid", "no tokens");
    refused(
        &|request| request.temperature = -1.0,
        "request.invalid",
        "temperature",
    );
    refused(
        &|request| request.meter.neutral = None,
        "request.invalid",
        "neutral",
    );
    refused(&|request| request.meter.layer = 9, "direction.layer", "layer 9");
    refused(
        &|request| {
            request.meter.vector.pop();
        },
        "direction.width",
        "values",
    );
}
