//! Whole tests on a tiny random model (`tests/reference/tiny`), on the CPU and on the GPU.

#![allow(clippy::unwrap_used, reason = "a test fails where it meets an error")]

mod common;

use common::block_on;
use common::tiny::{self, TINY, assert_same, engine, patched, request};
use std::cell::Cell;
use std::rc::Rc;
use traitscope::device::{Compute, DeviceChoice};
use traitscope::engine::{Engine, OpenOptions, PromptMode};
use traitscope::gguf::{Gguf, MemorySource};
use traitscope::host::{Host, Quiet};
use traitscope::items::ItemBank;
use traitscope::measure::{Layout, Observation, Readout, gate_result};
use traitscope::model::{LoadOptions, Model, Read};
use traitscope::ops::Activations;
use traitscope::prompt::TokenBatch;
use traitscope::study::{ScoreEvent, ScoreRequest, ScoreResult, check, score};
use traitscope::text::{ChatTemplate, TokenizerSpec};

fn run(engine: &mut Engine, request: &ScoreRequest) -> ScoreResult {
    block_on(score(engine, request, &Quiet, &mut |_| ())).unwrap()
}

#[test]
fn a_run_is_the_sum_of_its_items_in_any_order_whatever_ran_before() {
    for device in [DeviceChoice::Cpu, DeviceChoice::Gpu] {
        let mut engine = engine(device, None);
        let request = request(3);
        let all = run(&mut engine, &request);
        assert_eq!(all.observations.len(), 3 * 2 * (1 + 2));
        assert_eq!(all.gate_answers.len(), 1 + 4);

        let mut singles = Vec::new();
        for item in &request.items.items {
            let mut single = request.clone();
            single.items.items = vec![item.clone()];
            singles.extend(run(&mut engine, &single).observations);
        }
        assert_same(&all.observations, &singles, 1e-4);

        let mut turned = request.clone();
        turned.items.items.reverse();
        let mut reversed = run(&mut engine, &turned);
        let place = |o: &Observation| request.items.items.iter().position(|item| item.id == o.item);
        reversed.observations.sort_by_key(place);
        assert_same(&all.observations, &reversed.observations, 1e-4);

        // The cache still holds the runs before: the same run again gives the same bits.
        assert_eq!(run(&mut engine, &request).observations, all.observations);
    }
}

#[test]
fn cpu_and_gpu_agree_on_every_option() {
    let request = request(2);
    let cpu = run(&mut engine(DeviceChoice::Cpu, None), &request);
    let gpu = run(&mut engine(DeviceChoice::Gpu, None), &request);
    assert_same(&cpu.observations, &gpu.observations, 2e-3);
}

#[test]
fn rounded_activations_are_said_and_measured_and_stay_with_their_request() {
    let exact = ScoreRequest {
        gate_questions: 4,
        ..request(2)
    };
    let rounded = ScoreRequest {
        activations: Activations::Int8,
        ..exact.clone()
    };
    let mut cpu = engine(DeviceChoice::Cpu, None);
    let before = run(&mut cpu, &exact);
    assert_eq!((before.activations, before.rounding), (Activations::F32, None));

    let other = run(&mut cpu, &rounded);
    assert_eq!(other.activations, Activations::Int8);
    assert_ne!(other.observations, before.observations);
    assert_same(&other.observations, &before.observations, 1.0);
    // Of four questions the first, with one continuation and four letter answers.
    let loss = other.rounding.unwrap();
    assert_eq!(loss.answers, 5);
    assert!(
        loss.largest > 0.0 && loss.mean <= loss.largest && loss.largest < 0.05,
        "{loss:?}"
    );

    // What is asked next without rounding has none.
    assert_eq!(run(&mut cpu, &exact).observations, before.observations);

    // A GPU does not round.
    let mut gpu = engine(DeviceChoice::Gpu, None);
    let one = |activations| ScoreRequest {
        activations,
        ..request(1)
    };
    let plain = run(&mut gpu, &one(Activations::F32));
    let asked = run(&mut gpu, &one(Activations::Int8));
    assert_eq!((asked.activations, asked.rounding), (Activations::F32, None));
    assert_eq!(asked.observations, plain.observations);
}

/// Stops when so many questions are left.
struct StopsBeforeTheEnd(Cell<bool>, u64);

impl Host for StopsBeforeTheEnd {
    fn progress(&self, _: &str, done: u64, total: u64) {
        self.0.set(total - done == self.1);
    }
    fn cancelled(&self) -> bool {
        self.0.get()
    }
}

#[test]
fn a_stop_while_rounding_is_measured_leaves_the_answers() {
    let rounded = ScoreRequest {
        activations: Activations::Int8,
        ..request(2)
    };
    let mut engine = engine(DeviceChoice::Cpu, None);
    let whole = run(&mut engine, &rounded);
    assert!(whole.rounding.is_some());
    // Of one question one continuation and four letter answers are asked again: before the first, and before the last.
    for left in [5, 1] {
        let host = StopsBeforeTheEnd(Cell::new(false), left);
        let stopped = block_on(score(&mut engine, &rounded, &host, &mut |_| ())).unwrap();
        assert!(!stopped.cancelled && stopped.rounding.is_none());
        assert_same(&stopped.observations, &whole.observations, 1e-4);
        assert_eq!(engine.model.compute.activations, Activations::Int8);
    }
}

#[test]
fn what_is_asked_again_counts_in_the_progress() {
    for activations in [Activations::F32, Activations::Int8] {
        let request = ScoreRequest {
            activations,
            ..request(1)
        };
        let (mut planned, mut told) = (0, Vec::new());
        let mut engine = engine(DeviceChoice::Cpu, None);
        block_on(score(&mut engine, &request, &Quiet, &mut |event| match event {
            ScoreEvent::Plan { questions, .. } => planned = questions,
            ScoreEvent::Progress { done, total, .. } => told.push((done, total)),
            _ => (),
        }))
        .unwrap();
        let again = if activations == Activations::F32 { 0 } else { 5 };
        assert_eq!(planned, 5 + 2 * (1 + 2) + again);
        assert_eq!(
            told,
            (1..=planned).map(|done| (done, planned)).collect::<Vec<_>>()
        );
    }
}

#[test]
fn what_does_not_fit_is_found_before_anything_is_computed() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let mut request = request(3);
    let last = request.items.items.last_mut().unwrap();
    let id = last.id.clone();
    last.paraphrased_query = Some("Q".repeat(3000));
    last.paraphrased_situation = Some("S".into());
    request.paraphrases = true;
    let mut rows = 0;
    let error = block_on(score(&mut engine, &request, &Quiet, &mut |event| {
        rows += u32::from(!matches!(event, ScoreEvent::Plan { .. }));
    }))
    .unwrap_err();
    assert_eq!((error.code(), rows), ("prompt.length", 0));
    assert!(error.to_string().contains(&id), "{error}");
    assert_eq!(block_on(check(&engine, &request, &Quiet)).unwrap_err(), error);
    // The paraphrase is in nobody's way where it is not asked for.
    request.paraphrases = false;
    run(&mut engine, &request);
}

#[test]
fn a_gate_in_parts_is_the_gate() {
    let gate = |range, readouts: &[Readout]| ScoreRequest {
        readouts: readouts.to_vec(),
        gate_questions: 3,
        gate_range: range,
        items: ItemBank {
            items: vec![],
            ..request(1).items
        },
        ..request(1)
    };
    let both = [Readout::Continuation, Readout::Letters];
    let mut engine = engine(DeviceChoice::Cpu, None);
    let whole = run(&mut engine, &gate(None, &both));
    assert_eq!(whole.gate_answers.len(), 3 + 12);
    let mut parts = Vec::new();
    for (range, readout) in [((0, 3), both[0]), ((0, 1), both[1]), ((1, 3), both[1])] {
        let part = run(&mut engine, &gate(Some(range), &[readout]));
        // A part says of itself that it is not the whole, and so passes nothing.
        let [result] = &part.summary.gate[..] else {
            panic!("{:?}", part.summary.gate)
        };
        assert_eq!((result.asked, result.questions == 3), (3, range == (0, 3)));
        parts.extend(part.gate_answers);
    }
    for readout in both {
        let [joined, at_once] =
            [&parts, &whole.gate_answers].map(|answers| gate_result(readout, answers, 3).unwrap().unwrap());
        assert_eq!(
            (joined.right, joined.questions),
            (at_once.right, at_once.questions)
        );
        assert!((joined.p_right - at_once.p_right).abs() < 1e-5);
        assert_eq!(joined.questions, joined.asked);
    }
    for range in [(1, 1), (2, 1), (0, 4)] {
        let refused = gate(Some(range), &both).check().unwrap_err();
        assert_eq!(refused.code(), "request.invalid");
    }
}

#[test]
fn an_option_without_tokens_is_named_before_anything_is_asked() {
    // A vocabulary without the control code U+0004: its token, of two bytes, is called otherwise.
    let length = "\u{2}\0\0\0\0\0\0\0";
    let file = patched(&format!("{length}\u{104}"), &format!("{length}\u{416}"));
    let options = OpenOptions {
        device: DeviceChoice::Cpu,
        ..OpenOptions::default()
    };
    let mut engine = block_on(Engine::open(Rc::new(MemorySource(file)), options, &Quiet)).unwrap();
    for prompt_mode in [PromptMode::Auto, PromptMode::Raw] {
        let mut request = ScoreRequest {
            prompt_mode,
            ..request(3)
        };
        request.items.items[2].response_low1 = "\u{4}".into();
        let mut answers = 0;
        let refused = block_on(score(&mut engine, &request, &Quiet, &mut |event| {
            answers += usize::from(!matches!(event, ScoreEvent::Plan { .. }));
        }));
        let refused = refused.unwrap_err();
        assert_eq!((refused.code(), answers), ("items.invalid", 0));
        let named = format!("item {:?}, field response_low1:", request.items.items[2].id);
        assert!(refused.to_string().contains(&named), "{refused}");

        // The letter read-out asks for none of its tokens.
        request.readouts = vec![Readout::Letters];
        assert!(!run(&mut engine, &request).cancelled);
    }
}

/// What fits alone fits together: questions are packed by the room there is, and one whose answers do not fit at once
/// is read an answer at a time.
#[test]
fn a_small_cache_changes_nothing_but_what_fits_at_all() {
    let request = ScoreRequest {
        gate_questions: 0,
        ..request(3)
    };
    let whole = run(&mut engine(DeviceChoice::Cpu, None), &request);
    let mut small = engine(DeviceChoice::Cpu, None);
    let mut refused = 0;
    let found = (16..512).find_map(|cache_slots| {
        let options = LoadOptions {
            cache_slots,
            chunk_tokens: 64,
        };
        small.model = tiny::model(TINY, &Compute::cpu(), options).unwrap();
        match block_on(score(&mut small, &request, &Quiet, &mut |_| ())) {
            Ok(result) => Some(result),
            Err(error) => {
                assert_eq!(error.code(), "prompt.length");
                assert!(error.to_string().contains("a question about item"), "{error}");
                refused += 1;
                None
            }
        }
    });
    assert!(refused > 16);
    assert_same(&found.unwrap().observations, &whole.observations, 1e-4);
}

#[test]
fn a_template_that_leaves_the_message_out_is_refused_in_either_read_out() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let gguf = Gguf::read(&MemorySource(TINY.to_vec())).unwrap();
    let spec = TokenizerSpec {
        chat_template: Some("{{ '' }}".into()),
        ..TokenizerSpec::from_gguf(&gguf.metadata).unwrap()
    };
    engine.template = ChatTemplate::from_spec(&spec).unwrap();
    for readout in [Readout::Letters, Readout::Continuation] {
        let request = ScoreRequest {
            readouts: vec![readout],
            ..request(1)
        };
        let error = block_on(score(&mut engine, &request, &Quiet, &mut |_| ())).unwrap_err();
        assert_eq!(error.code(), "template.failed");
    }
}

struct StopAfter {
    asked: Cell<u32>,
    limit: u32,
}

impl Host for StopAfter {
    fn progress(&self, _: &str, _: u64, _: u64) {}
    fn cancelled(&self) -> bool {
        self.asked.set(self.asked.get() + 1);
        self.asked.get() > self.limit
    }
}

#[test]
fn a_stopped_run_keeps_what_is_done() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let request = ScoreRequest {
        gate_questions: 0,
        ..request(3)
    };
    let whole = run(&mut engine, &request);
    let host = StopAfter {
        asked: Cell::new(0),
        // Before the questions are made, before the first forward, and before the second.
        limit: 2,
    };
    let mut heard = Vec::new();
    let stopped = block_on(score(&mut engine, &request, &host, &mut |event| {
        if let ScoreEvent::Observation { observation } = event {
            heard.push(observation);
        }
    }))
    .unwrap();
    assert!(stopped.cancelled && !whole.cancelled);
    assert!(!heard.is_empty() && heard.len() < whole.observations.len());
    assert_eq!(heard, stopped.observations);
    assert_eq!(heard[..], whole.observations[..heard.len()]);
}

#[test]
fn loading_stops_on_request() {
    let host = StopAfter {
        asked: Cell::new(0),
        limit: 2,
    };
    let source = Rc::new(MemorySource(TINY.to_vec()));
    let opened = block_on(Engine::open(source, OpenOptions::default(), &host));
    assert_eq!(opened.err().map(|error| error.code()), Some("run.cancelled"));
    assert_eq!(host.asked.get(), 3, "it stops when it is asked to, not later");
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let mut engine = engine(DeviceChoice::Cpu, None);
    let good = request(1);
    let refused = [
        ScoreRequest {
            readouts: vec![],
            ..good.clone()
        },
        ScoreRequest {
            templates: vec![],
            ..good.clone()
        },
        ScoreRequest {
            layouts: vec![Layout::FORWARD; 2],
            ..good.clone()
        },
        ScoreRequest {
            gate_questions: 0,
            items: {
                let mut b = good.items.clone();
                b.items.clear();
                b
            },
            ..good.clone()
        },
    ];
    for request in refused {
        assert_eq!(
            block_on(score(&mut engine, &request, &Quiet, &mut |_| ()))
                .unwrap_err()
                .code(),
            "request.invalid"
        );
    }
    let mut long = good;
    long.items.items[0].situation = "word ".repeat(3000);
    assert_eq!(
        block_on(score(&mut engine, &long, &Quiet, &mut |_| ()))
            .unwrap_err()
            .code(),
        "prompt.length"
    );
    let forward = |model: &mut Model, tokens: &[u32]| {
        block_on(model.forward(&TokenBatch::sequence(tokens, 0), &Read::default()))
            .unwrap_err()
            .code()
    };
    assert_eq!(forward(&mut engine.model, &[]), "prompt.invalid");
    assert_eq!(forward(&mut engine.model, &[1_000_000]), "prompt.invalid");
    assert_eq!(forward(&mut engine.model, &[1; 5000]), "prompt.length");
}
