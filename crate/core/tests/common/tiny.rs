//! The tiny random model (`tests/reference/tiny`) and a short test to give it.

use super::block_on;
use std::rc::Rc;
use traitscope::Result;
use traitscope::device::{Compute, DeviceChoice};
use traitscope::engine::{Engine, OpenOptions, PromptMode};
use traitscope::gguf::{Gguf, MemorySource};
use traitscope::host::Quiet;
use traitscope::items::bundled_bank;
use traitscope::measure::{Layout, Observation, Readout};
use traitscope::model::{LoadOptions, Model, load};
use traitscope::ops::Activations;
use traitscope::prompt::templates::LetterTemplate;
use traitscope::selftest::Golden;
use traitscope::study::ScoreRequest;

/// The file.
pub const TINY: &[u8] = include_bytes!("../../../../tests/reference/tiny/tiny.gguf");

/// The bytes of the tiny model with every `from` replaced by `to`, which is as long.
pub fn patched(from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = TINY.to_vec();
    let places: Vec<usize> = (0..bytes.len() - from.len())
        .filter(|at| bytes[*at..].starts_with(from.as_bytes()))
        .collect();
    assert!(!places.is_empty(), "{from} is not in the file");
    places
        .into_iter()
        .for_each(|at| bytes[at..at + to.len()].copy_from_slice(to.as_bytes()));
    bytes
}

/// A model of these bytes.
pub fn model(bytes: &[u8], compute: &Compute, options: LoadOptions) -> Result<Model> {
    let source = MemorySource(bytes.to_vec());
    let gguf = Gguf::read(&source)?;
    block_on(load(&source, &gguf, compute, options, &Quiet))
}

/// The tiny model on a device.
pub fn engine(device: DeviceChoice, golden: Option<Golden>) -> Engine {
    let options = OpenOptions {
        device,
        golden,
        ..OpenOptions::default()
    };
    block_on(Engine::open(
        Rc::new(MemorySource(TINY.to_vec())),
        options,
        &Quiet,
    ))
    .unwrap()
}

/// A test of so many short items.
pub fn request(items: usize) -> ScoreRequest {
    let mut bank = bundled_bank().unwrap();
    bank.items = bank.items.into_iter().step_by(25).take(items).collect();
    // The tiny tokenizer makes a token of every other letter; short texts keep the software GPU quick.
    for item in &mut bank.items {
        for text in [&mut item.situation, &mut item.query] {
            text.truncate(24);
        }
        let options = [
            &mut item.response_high1,
            &mut item.response_high2,
            &mut item.response_low1,
            &mut item.response_low2,
        ];
        for text in options {
            *text = text["I would ".len()..][..12].to_string();
        }
    }
    ScoreRequest {
        inventory: None,
        items: bank,
        readouts: vec![Readout::Continuation, Readout::Letters],
        templates: vec![LetterTemplate::T3],
        layouts: vec![Layout::FORWARD, Layout::REVERSED],
        frame: None,
        instruction: None,
        system: None,
        prompt_mode: PromptMode::Auto,
        gate_questions: 1,
        gate_range: None,
        gain: true,
        paraphrases: true,
        activations: Activations::F32,
        steering: Vec::new(),
        seed: 1,
    }
}

/// Same questions in the same order, log-probabilities within `tolerance`.
pub fn assert_same(a: &[Observation], b: &[Observation], tolerance: f64) {
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(b) {
        assert_eq!(
            (&a.item, a.readout, &a.template, a.layout),
            (&b.item, b.readout, &b.template, b.layout)
        );
        assert_eq!(a.paraphrased, b.paraphrased);
        for (x, y) in a.options.iter().zip(&b.options) {
            assert!(
                (x.logprob - y.logprob).abs() <= tolerance,
                "{}: {} and {}",
                a.item,
                x.logprob,
                y.logprob
            );
            assert_eq!(x.tokens, y.tokens);
        }
    }
}
