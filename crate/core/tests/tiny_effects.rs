//! Sweeps and effect studies on a tiny random model (`tests/reference/tiny`), on the CPU and on the GPU.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::tiny::{engine, request};
use common::{StopsAfter, block_on};
use traitscope::device::DeviceChoice;
use traitscope::engine::Engine;
use traitscope::host::Quiet;
use traitscope::inspect::{PromptInput, TextRequest, log_probs, write};
use traitscope::measure::{JudgedText, Observation, Readout};
use traitscope::model::GenerateRequest;
use traitscope::ops::Activations;
use traitscope::steer::chance::gaussian;
use traitscope::steer::{Positions, Steering, SteeringEdit};
use traitscope::study::effect::{Arm, ArmKind, Persona};
use traitscope::study::{
    CoherenceRequest, EffectRequest, ScoreRequest, SweepEvent, SweepRequest, SweepResult, coherence, effect,
    score, sweep,
};

const DEVICES: [DeviceChoice; 2] = [DeviceChoice::Cpu, DeviceChoice::Gpu];

fn add(engine: &Engine, layer: usize, seed: u64, dose: f32) -> Steering {
    Steering {
        layer,
        vector: gaussian(engine.info().width, 1, seed).remove(0),
        norm: 2.0,
        edit: SteeringEdit::Add { dose },
        positions: Positions::All,
        condition: None,
    }
}

fn test(items: usize) -> ScoreRequest {
    ScoreRequest {
        inventory: None,
        gate_questions: 0,
        ..request(items)
    }
}

fn swept(engine: &mut Engine, request: &SweepRequest) -> SweepResult {
    block_on(sweep(engine, request, &Quiet, &mut |_| ())).unwrap()
}

fn same(a: &[Observation], b: &[Observation], tolerance: f64) {
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(b) {
        assert_eq!(
            (&a.item, a.readout, &a.template, a.layout, a.paraphrased),
            (&b.item, b.readout, &b.template, b.layout, b.paraphrased)
        );
        for (x, y) in a.options.iter().zip(&b.options) {
            assert!(
                (x.logprob - y.logprob).abs() <= tolerance,
                "{}: {x:?} {y:?}",
                a.item
            );
        }
    }
}

#[test]
fn every_condition_of_a_sweep_is_answered_as_if_it_were_the_only_one() {
    for device in DEVICES {
        let mut engine = engine(device, None);
        let last = Steering {
            positions: Positions::Last,
            ..add(&engine, 1, 3, 0.5)
        };
        let conditions = vec![
            vec![],
            vec![add(&engine, 1, 1, 0.3)],
            vec![add(&engine, 2, 1, 0.3)],
            vec![last],
            vec![add(&engine, 2, 2, -0.4), add(&engine, 1, 1, 0.1)],
            vec![add(&engine, 2, 1, 0.0)],
        ];
        let request = SweepRequest {
            test: test(2),
            conditions: conditions.clone(),
        };
        let all = swept(&mut engine, &request);
        assert!(!all.cancelled);
        for (steering, rows) in conditions.into_iter().zip(&all.observations) {
            let single = ScoreRequest { steering, ..test(2) };
            let alone = block_on(score(&mut engine, &single, &Quiet, &mut |_| ())).unwrap();
            same(rows, &alone.observations, 1e-4);
        }
        // A dose of 0 is the unsteered model to the bit, and a dose is none.
        assert_eq!(all.observations[5], all.observations[0]);
        for steered in &all.observations[1..5] {
            assert_ne!(steered, &all.observations[0]);
        }
        assert_eq!(swept(&mut engine, &request), all);
    }
}

#[test]
fn the_edits_of_the_test_itself_act_under_every_condition() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let own = add(&engine, 1, 5, 0.4);
    let undone = add(&engine, 1, 5, -0.4);
    let request = SweepRequest {
        test: ScoreRequest {
            steering: vec![own],
            ..test(1)
        },
        conditions: vec![vec![], vec![undone]],
    };
    let both = swept(&mut engine, &request);
    let plain = SweepRequest {
        test: test(1),
        conditions: vec![vec![]],
    };
    let plain = swept(&mut engine, &plain);
    assert_ne!(both.observations[0], plain.observations[0]);
    same(&both.observations[1], &plain.observations[0], 1e-4);
}

/// A study of one direction with its controls.
fn study(engine: &Engine) -> EffectRequest {
    let info = engine.info();
    let arm = |kind, seed, doses: &[f32]| Arm {
        kind,
        trait_name: "openness".into(),
        layer: 1,
        vector: gaussian(info.width, 1, seed).remove(0),
        norm: 2.0,
        doses: doses.to_vec(),
    };
    EffectRequest {
        test: test(3),
        arms: vec![
            arm(ArmKind::Trait, 1, &[0.4, 0.0, -0.2, 0.2, -0.4]),
            arm(ArmKind::Gaussian, 2, &[-0.4, 0.4]),
            arm(ArmKind::Shuffled, 3, &[-0.4, 0.4]),
            arm(ArmKind::Shuffled, 4, &[0.4, -0.4]),
            // Another size: no effect to compare, but a change at its dose.
            arm(ArmKind::Shuffled, 5, &[0.2, -0.2]),
        ],
        positions: Positions::All,
        personas: vec![Persona {
            name: "high".into(),
            system: "b a b".into(),
        }],
    }
}

#[test]
fn an_effect_study_holds_a_direction_against_its_controls() {
    for device in DEVICES {
        let mut engine = engine(device, None);
        let mut request = study(&engine);
        if device == DeviceChoice::Gpu {
            // A software GPU is slow; that its rows are those of single tests is tested above.
            request.test.items.items.truncate(1);
            request.test.paraphrases = false;
        }
        let request = request;
        let (mut heard, mut progress) = (Vec::new(), Vec::new());
        let result = block_on(effect(&mut engine, &request, &Quiet, &mut |event| match event {
            SweepEvent::Observation { condition, .. } => heard.push(condition),
            SweepEvent::Progress { done, total } => progress.push((done, total)),
        }))
        .unwrap();
        let conditions = request.conditions();
        // Unsteered, four doses, four times two of chance; under the persona: alone, and steered both ways.
        assert_eq!(conditions.len(), 1 + 4 + 8 + 3);
        let questions = result.observations[0].len();
        assert_eq!(heard.len(), questions * conditions.len());
        assert_eq!(progress.last(), Some(&(heard.len(), heard.len())));
        assert!(progress.is_sorted());

        // Every row is that of a test of its own.
        let checked = match device {
            DeviceChoice::Gpu => 0,
            _ => conditions.len(),
        };
        for (condition, rows) in conditions.iter().zip(&result.observations).take(checked) {
            let mut single = test(3);
            single.system = condition.persona.map(|_| "b a b".into()).or(single.system);
            single.steering = (condition.arm.iter())
                .map(|arm| Steering {
                    vector: request.arms[*arm].vector.clone(),
                    ..add(&engine, 1, 0, condition.dose)
                })
                .collect();
            let alone = block_on(score(&mut engine, &single, &Quiet, &mut |_| ())).unwrap();
            same(rows, &alone.observations, 1e-4);
        }

        let summary = &result.summary;
        let direction = &summary.directions[0];
        assert_eq!((direction.widest, summary.cosines.len()), (Some(0.4), 1));
        let continuation = |curve: &&traitscope::measure::DoseCurve| curve.readout == Readout::Continuation;
        let curve = direction.curves.iter().find(continuation).unwrap();
        let doses: Vec<f32> = curve.points.iter().map(|point| point.dose).collect();
        assert_eq!(doses, [-0.4, -0.2, 0.0, 0.2, 0.4]);
        let effect = direction
            .effects
            .iter()
            .find(|effect| effect.change.readout == Readout::Continuation);
        let effect = effect.unwrap();
        // The change from one end to the other is that of the curve.
        let ends = curve.points[4].d.value - curve.points[0].d.value;
        assert!((effect.change.d.value - ends).abs() < 1e-9);
        assert_eq!(effect.gaussian.unwrap().directions, 1);
        assert_eq!(effect.shuffled.unwrap().directions, 2);
        let at = |dose: Option<f32>| {
            let of = |one: &&traitscope::study::effect::ChanceEffects| {
                one.kind == ArmKind::Shuffled && one.dose == dose && one.readout == Readout::Continuation
            };
            summary.chance.iter().find(of).unwrap().changes.len()
        };
        assert_eq!([at(None), at(Some(0.4)), at(Some(0.2))], [2, 2, 1]);
        let personas: Vec<_> = summary
            .personas
            .iter()
            .map(|one| (one.direction, one.dose))
            .collect();
        assert_eq!(personas, [(None, 0.0), (Some(0), -0.4), (Some(0), 0.4)]);
        assert!(!summary.personas[0].changes.is_empty());
    }
}

#[test]
fn a_stopped_study_keeps_what_it_has() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let request = study(&engine);
    let host = StopsAfter::new(1);
    let mut heard = 0;
    let result = block_on(effect(&mut engine, &request, &host, &mut |event| {
        heard += usize::from(matches!(event, SweepEvent::Observation { .. }));
    }))
    .unwrap();
    assert!(result.cancelled);
    assert_eq!(result.observations.len(), request.conditions().len());
    assert_eq!(result.observations.iter().map(Vec::len).sum::<usize>(), heard);
    assert!(result.observations.last().unwrap().is_empty());
}

#[test]
fn studies_that_make_no_sense_are_refused_before_anything_is_computed() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let mut refused = |change: &dyn Fn(&mut EffectRequest), code: &str| {
        let mut request = study(&engine);
        change(&mut request);
        let silent = &mut |_| panic!("nothing is computed");
        let error = block_on(effect(&mut engine, &request, &Quiet, silent)).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    };
    refused(&|request| request.arms.truncate(0), "request.invalid");
    refused(&|request| drop(request.arms.remove(0)), "request.invalid");
    refused(&|request| request.arms[0].doses = vec![0.0], "request.invalid");
    refused(
        &|request| request.arms[0].doses = vec![0.1, 0.1],
        "request.invalid",
    );
    refused(&|request| request.arms[2].layer = 2, "request.invalid");
    refused(
        &|request| request.arms[1].kind = ArmKind::Trait,
        "request.invalid",
    );
    refused(&|request| request.test.gate_questions = 4, "request.invalid");
    refused(&|request| request.test.items.items.truncate(0), "request.invalid");
    refused(&|request| request.arms[0].doses = vec![11.0], "direction.alpha");
    refused(
        &|request| request.arms[0].doses = vec![f32::NAN],
        "direction.alpha",
    );
    refused(&|request| request.arms[3].norm = 0.0, "direction.alpha");
    refused(&|request| request.arms[3].vector.truncate(3), "direction.width");
    refused(&|request| request.arms[3].vector.fill(0.0), "direction.invalid");
    let rows = vec![Vec::new(); 17];
    assert_eq!(
        study(&engine).summarise(&rows).unwrap_err().code(),
        "request.invalid"
    );
}

#[test]
fn texts_under_each_dose_are_those_of_a_plain_run() {
    for device in DEVICES {
        let mut engine = engine(device, None);
        let mut arm = study(&engine).arms.remove(0);
        arm.doses = vec![2.0, -2.0];
        let request = CoherenceRequest {
            max_tokens: 6,
            seed: 4,
            ..CoherenceRequest::new(arm.clone(), vec!["so it is".into(), "and is it".into()])
        };
        let mut heard = Vec::new();
        let result = block_on(coherence(&mut engine, &request, &Quiet, &mut |dose, text| {
            heard.push((dose, text.prompt.clone()));
        }))
        .unwrap();
        assert_eq!(heard.len(), 6);
        let doses: Vec<f32> = result.doses.iter().map(|one| one.dose).collect();
        assert_eq!(doses, [-2.0, 0.0, 2.0]);
        for (dose, texts) in doses.iter().zip(&result.texts) {
            for (i, text) in texts.iter().enumerate() {
                let steering = Steering {
                    vector: arm.vector.clone(),
                    ..add(&engine, 1, 0, *dose)
                };
                let prompt = engine.ask(request.prompt_mode, None, &text.prompt).unwrap();
                let alone = TextRequest {
                    prompt: PromptInput::tokens(engine.tokenizer.encode_rendered(&prompt).unwrap()),
                    how: GenerateRequest {
                        max_tokens: 6,
                        temperature: 0.7,
                        seed: 4 + i as u64,
                    },
                    activations: Activations::F32,
                    steering: vec![steering],
                    meters: Vec::new(),
                };
                let alone = block_on(write(&mut engine, &alone, &Quiet, &mut |_| ())).unwrap();
                assert_eq!((&text.text, text.tokens), (&alone.text, alone.tokens.len()));
                // The unsteered model's own log-probabilities of it.
                let each = block_on(log_probs(&mut engine, &alone.prompt, &alone.tokens)).unwrap();
                let mean = each.iter().map(|value| f64::from(*value)).sum::<f64>() / each.len() as f64;
                assert!((text.log_prob.unwrap() - mean).abs() < 1e-5);
            }
        }
        assert_ne!(result.texts[0], result.texts[2]);
        assert!(!result.cancelled);
        // The third text is the first under a push: stopped there, only the unsteered ones can be judged.
        for (news, kept) in [(0, 0), (3, 1)] {
            let stopped = block_on(coherence(
                &mut engine,
                &request,
                &StopsAfter::new(news),
                &mut |_, _| (),
            ));
            let stopped = stopped.unwrap();
            assert!(stopped.cancelled);
            assert_eq!((stopped.doses.len(), stopped.texts.len()), (kept, kept));
            assert_eq!(stopped.usable, [0.0, 0.0]);
            assert!(stopped.texts.iter().all(|texts| *texts == result.texts[1]));
        }
    }
    let mut engine = engine(DeviceChoice::Cpu, None);
    let arm = study(&engine).arms.remove(0);
    let mut refused = |change: &dyn Fn(&mut CoherenceRequest), code: &str| {
        let mut request = CoherenceRequest::new(arm.clone(), vec!["so".into()]);
        change(&mut request);
        let silent = &mut |_: f32, _: &JudgedText| panic!("nothing is computed");
        let error = block_on(coherence(&mut engine, &request, &Quiet, silent)).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    };
    refused(&|request| request.prompts.clear(), "request.invalid");
    refused(&|request| request.max_tokens = 3, "request.invalid");
    refused(&|request| request.temperature = f32::NAN, "request.invalid");
    refused(&|request| request.max_tokens = 100_000, "prompt.length");
    refused(&|request| request.arm.doses = vec![12.0], "direction.alpha");
    refused(&|request| request.arm.layer = 9, "direction.layer");
}
